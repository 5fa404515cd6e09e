"""What a page shows of a command: the output beneath it, made by running it."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from docgen.page import ROOT

SESSION = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
"""A block of a command behind `$` and its output."""


def run(command: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs `summarizer ...` in a folder, 80 columns wide, without the user's keys and settings."""
    words = shlex.split(command, comments=True)
    inherited = {
        k: v for k, v in os.environ.items() if not k.endswith("_API_KEY") and not k.startswith("SUMMARIZER_")
    }
    inherited |= {"COLUMNS": "80", "SUMMARIZER_CACHE_DIR": str(folder / "cache")} | environment
    arguments = [sys.executable, "-m", "summarizer", *words[1:]]
    return subprocess.run(arguments, capture_output=True, text=True, check=False, cwd=folder, env=inherited)


def with_output_anew(page: str) -> str:
    """The page with every session run again; one that differs in its times alone is left as it was."""

    def session(block: re.Match[str]) -> str:
        command, _, shown = block[1].partition("\n")
        given = run(command.removeprefix("$ "), ROOT).stdout.rstrip()
        is_same = without_times(given) == without_times(shown)
        return block[0] if is_same else f"```console\n{command}\n{given}\n```"

    return SESSION.sub(session, page)


def without_times(output: str) -> str:
    """The output with no seconds in it, which differ from run to run."""
    return re.sub(r"\d+ ms|\d+\.\d s", "TIME", output).strip()
