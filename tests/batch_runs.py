"""A batch by its command, in this process, and the lines that it leaves."""

from __future__ import annotations

from pathlib import Path

from commands import Done, run_command

from summarizer.batch.result import BatchResult, read_lines

OUT = Path("out.jsonl")


def batch(*arguments: str | Path) -> Done:
    """Runs `summarizer batch ARGUMENTS...`."""
    return run_command("batch", *arguments)


def lines() -> list[BatchResult]:
    """What stands in the file."""
    return [*read_lines(OUT)]
