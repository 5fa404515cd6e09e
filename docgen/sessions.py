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
    """The page with every session run again."""

    def session(block: re.Match[str]) -> str:
        command = block[1].partition("\n")[0]
        return f"```console\n{command}\n{run(command.removeprefix('$ '), ROOT).stdout.rstrip()}\n```"

    return SESSION.sub(session, page)
