"""The command as its users run it: in this process, with one import of the client for all tests, or in its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from summarizer.cli import app


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


def run_command(*words: str | Path, stdin: bytes = b"", **environment: str) -> Done:
    """Runs `summarizer WORDS...` with this set besides; what it raises but to exit is raised here."""
    result = CliRunner(env=environment).invoke(app, [*map(str, words)], prog_name="summarizer", input=stdin)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Done(result.exit_code, result.stdout, result.stderr)


def summarizer(*arguments: str | Path, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs `summarizer ARGUMENTS...` in a process of its own, with no settings of the environment but these."""
    inherited = {
        k: v for k, v in os.environ.items() if not k.endswith("_API_KEY") and not k.startswith("SUMMARIZER_")
    }
    command = [sys.executable, "-m", "summarizer", *map(str, arguments)]
    done = subprocess.run(command, input=stdin, capture_output=True, check=False, env=inherited | environment)
    return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())
