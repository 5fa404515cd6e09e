"""Every command with its arguments and options, in the words of its own help."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer
import typer.main

from docgen.page import table
from summarizer.cli import app


def command_reference() -> str:
    """A section for each command, in the order of `summarizer --help`."""
    return "\n\n".join(_sections(typer.main.get_command(app), "summarizer"))


def _sections(command: Any, name: str) -> Iterator[str]:
    inner = getattr(command, "commands", {})
    if not inner:
        yield _section(command, name)
    for word, each in inner.items():
        yield from _sections(each, f"{name} {word}")


def _section(command: Any, name: str) -> str:
    context = typer.Context(command, info_name=name)
    records = filter(None, (parameter.get_help_record(context) for parameter in command.params))  # None: it is hidden
    rows = [(f"`{' '.join(spelling.split())}`", " ".join(said.split())) for spelling, said in records]
    parts = [f"### {name}", " ".join((command.help or "").split()), table(("option", ""), rows) if rows else ""]
    return "\n\n".join(filter(None, parts))
