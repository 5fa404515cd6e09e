"""The parts of this package as functions of plain values, in the shape that a yardstick asks for."""

from __future__ import annotations

from summarizer.errors import ReadingError
from summarizer.reading import read_article


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
