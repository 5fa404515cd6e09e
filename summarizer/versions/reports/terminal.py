"""The report for a terminal: what went is struck out in red, what came is green; without colour [-so-] and {+so+}."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from summarizer.versions.reports.report import TITLE, Report, Row
from summarizer.versions.reports.wording import Piece
from summarizer.views.printable import printable
from summarizer.views.terminal import WIDEST

_STYLES = {"old": "red strike", "new": "green", "same": ""}
_MARKS = {"old": ("[-", "-]"), "new": ("{+", "+}"), "same": ("", "")}


def on_screen(report: Report) -> str:
    """The report as wide, and in as many colours, as the terminal at standard output has."""
    console = Console(file=sys.stdout)
    return render(report, width=min(console.width, WIDEST), color=not console.no_color)


def render(report: Report, *, width: int = 80, color: bool = False) -> str:
    """The report as lines of at most `width` columns; empty where nothing changed."""
    if not report.blocks:
        return ""
    console = Console(
        file=io.StringIO(),
        width=width,
        height=25,  # with both sizes given, rich does not ask the environment
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        legacy_windows=False,
    )
    with console.capture() as capture:
        console.print(Text(TITLE, "bold"))
        for version in report.versions:
            console.print(Text(_line(version), "dim"))
        for block in report.blocks:
            console.print(Text(f"\n{block.title.upper()}", "bold"))
            for row in block.rows:
                console.print(Padding(Text.assemble(*_spans(row, marked=not color)), (0, 0, 0, 2)))
        if report.counted:
            console.print(Text(f"\nNot listed: {report.counted}", "dim"))
    return "".join(f"{line.rstrip()}\n" for line in capture.get().rstrip().split("\n"))


def _spans(row: Row, *, marked: bool) -> Iterator[tuple[str, str]]:
    for piece in row.pieces:
        yield (_marked(piece) if marked else _line(piece.text)), _STYLES[piece.kind]
    if row.about:
        yield f": {_line(row.about)}", "dim"
    if row.numbers:
        yield f" [{row.numbers}]", "dim"


def _marked(piece: Piece) -> str:
    before, behind = _MARKS[piece.kind]
    text = _line(piece.text)
    core = text.rstrip()
    return f"{before}{core}{behind}{text[len(core) :]}"


def _line(text: str) -> str:
    """Text from outside on one line, with nothing in it that acts on a terminal."""
    return re.sub(r"\s+", " ", printable(text))
