"""The report as Markdown: what went is ~~struck out~~, what came is **bold**; nothing from an article is markup."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from summarizer.versions.reports.report import TITLE, Report, Row
from summarizer.versions.reports.wording import Piece
from summarizer.views.markdown import escape

_MARKS = {"old": "~~", "new": "**", "same": ""}


def render(report: Report) -> str:
    """The report as a document; empty where nothing changed."""
    if not report.blocks:
        return ""
    return "\n\n".join(_blocks(report)) + "\n"


def _blocks(report: Report) -> Iterator[str]:
    yield f"# {TITLE}"
    yield "\n".join(f"- {escape(version)}" for version in report.versions)
    for block in report.blocks:
        yield f"## {block.title}"
        yield "\n".join(f"- {_line(row)}" for row in block.rows)
    if report.counted:
        yield f"Not listed: {report.counted}"


def _line(row: Row) -> str:
    nothing = Piece("", "same")
    text = "".join(_marked(piece, after) for piece, after in pairwise((*row.pieces, nothing)))
    about = f": {escape(row.about)}" if row.about else ""
    return f"{text.strip()}{about}{f' [{row.numbers}]' if row.numbers else ''}"


def _marked(piece: Piece, after: Piece) -> str:
    """A piece between its marks, which must not stand beside a blank, nor between punctuation and a letter."""
    text, mark = escape(piece.text), _MARKS[piece.kind]
    if not text:
        return " "
    ends_open = not text[-1].isalnum() and after.text[:1].isalnum() and bool(mark or _MARKS[after.kind])
    gap = " " if piece.text[-1:].isspace() or ends_open else ""
    return f"{' ' if piece.text[:1].isspace() else ''}{mark}{text}{mark}{gap}"
