"""The report as a page, in which nothing from an article is markup: what went is `del`, what came is `ins`."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from summarizer.versions.reports.report import TITLE, Report, Row
from summarizer.versions.reports.wording import Piece
from summarizer.views.html import PAGE_START
from summarizer.views.printable import printable

_ELEMENTS = {"old": "del", "new": "ins"}


def page(report: Report) -> str:
    """The report as a page of its own; it says so where nothing changed."""
    return f"{PAGE_START}{TITLE}</title>\n" + "\n".join(_elements(report)) + "\n"


def _elements(report: Report) -> Iterator[str]:
    yield f"<h1>{TITLE}</h1>"
    yield _list(map(_text, report.versions))
    for block in report.blocks:
        yield f"<h2>{_text(block.title)}</h2>"
        yield _list(map(_row, block.rows))
    if not report.blocks:
        yield "<p>Nothing.</p>"
    if report.counted:
        yield f"<p>Not listed: {report.counted}</p>"


def _list(items: Iterator[str]) -> str:
    return "<ul>\n" + "\n".join(f"<li>{item}</li>" for item in items) + "\n</ul>"


def _row(row: Row) -> str:
    about = f": {_text(row.about)}" if row.about else ""
    numbers = f" [{row.numbers}]" if row.numbers else ""
    return "".join(map(_piece, row.pieces)) + about + numbers


def _piece(piece: Piece) -> str:
    element = _ELEMENTS.get(piece.kind)
    return f"<{element}>{_text(piece.text)}</{element}>" if element else _text(piece.text)


def _text(text: str) -> str:
    return escape(printable(text))
