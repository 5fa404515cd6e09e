"""The parts of this package as functions of plain values, in the shape that a yardstick asks for."""

from __future__ import annotations

from functools import lru_cache

from summarizer.article import Article
from summarizer.checking.check import check
from summarizer.errors import ReadingError
from summarizer.reading import read_article
from summarizer.summary import Cited


def html(raw: bytes, url: str) -> str:
    """The article's text in an HTML page."""
    try:
        return read_article(raw, kind="html", url=url).text
    except ReadingError:
        return ""


def copies(text: str) -> str:
    """The article's text in a copied page."""
    try:
        return read_article(text, kind="text").text
    except ReadingError:
        return ""


def alarms(article: str, summary: str) -> list[str]:
    """The errors and warnings that a record shows for a text that cites its whole article; notes are no alarms."""
    read = _article(article)
    statement = Cited(text=summary, evidence=(read.span(0, len(read.text)),))
    return [f"{found.code}: {found.message}" for found in check(statement, read) if found.severity != "info"]


@lru_cache(maxsize=4)
def _article(text: str) -> Article:
    return read_article(text, kind="text")
