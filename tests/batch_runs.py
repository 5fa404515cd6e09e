"""A batch by its command, in this process, and the lines that it leaves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from commands import Done, run_command

from summarizer.batch.result import BatchResult, Head
from summarizer.jsonl_file import lines_of

OUT = Path("out.jsonl")


def batch(*arguments: str | Path) -> Done:
    """Runs `summarizer batch ARGUMENTS...`."""
    return run_command("batch", *arguments)


def lines() -> list[BatchResult]:
    """What stands in the file."""
    return [*read_lines(OUT)]


def read_lines(path: Path) -> Iterator[BatchResult]:
    """The lines of a finished or unfinished output; blank and torn ones are passed over."""
    return (BatchResult.model_validate_json(line) for _, line in lines_of(path) if Head.of(line))
