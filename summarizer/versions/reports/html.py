"""The report as a page, in which nothing from an article is markup: what went is `del`, what came is `ins`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from summarizer.versions.reports.report import TITLE, Report, Row
from summarizer.versions.reports.wording import Piece
from summarizer.views.html import document
from summarizer.views.html.frame import PAGE_START
from summarizer.views.html.markup import Markup, element, joined

_ELEMENTS = {"old": "del", "new": "ins"}


def page(report: Report) -> str:
    """The report as a page of its own; it says so where nothing changed."""
    body = element("main", *_elements(report), class_="versions")
    return document(TITLE, body, styles=[_sheet()])


def is_page(text: str) -> bool:
    """Whether it is such a page."""
    return text.startswith(PAGE_START) and '<main class="versions">' in text


@cache
def _sheet() -> str:
    return files("summarizer.versions.reports").joinpath("page.css").read_text(encoding="utf-8")


def _elements(report: Report) -> Iterator[Markup]:
    yield element("h1", TITLE)
    yield _list(report.versions, "quiet")
    for block in report.blocks:
        yield element("h2", block.title)
        yield _list(map(_row, block.rows))
    if not report.blocks:
        yield element("p", "Nothing.")
    if report.counted:
        yield element("p", f"Not listed: {report.counted}", class_="quiet")


def _list(items: Iterable[str], kind: str | None = None) -> Markup:
    return element("ul", *(element("li", item, dir="auto") for item in items), class_=kind)


def _row(row: Row) -> Markup:
    about = f": {row.about}" if row.about else ""
    numbers = element("span", f" [{row.numbers}]", class_="quiet") if row.numbers else None
    return joined(*map(_piece, row.pieces), about, numbers)


def _piece(piece: Piece) -> Markup:
    name = _ELEMENTS.get(piece.kind)
    return element(name, piece.text) if name else joined(piece.text)
