"""The command as its users run it, but in this process: one import of the client for all tests."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from summarizer.cli import app, spelled_out


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


def run_command(*words: str | Path) -> Done:
    """Runs `summarizer WORDS...`; what it raises but to exit is raised here."""
    result = CliRunner().invoke(app, spelled_out([*map(str, words)]))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Done(result.exit_code, result.stdout, result.stderr)
