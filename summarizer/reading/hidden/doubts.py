"""Whether text in the colour of its ground may stand on another one, which the page doesn't tell of."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import TYPE_CHECKING

from summarizer.reading.hidden.looks import Look

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PICTURES = ("img", "picture", "video", "canvas", "svg", "iframe", "object")
_HOLDERS = frozenset(("article", "main", "body", "html"))
"""Pictures stand beside text in these, not behind it."""
_OFTEN_ON_DARK = frozenset(("a", "button", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "td", "th"))


def may_be_on_picture(element: HtmlElement, look: Look) -> bool:
    """Whether a picture stands with the text in a box, whose ground it may be."""
    if look.ground.holder is element:
        return False
    for holder in element.iterancestors():
        if holder.tag in _HOLDERS:
            return False
        if next(holder.iter(*_PICTURES), None) is not None:
            return True
        if holder is look.ground.holder:
            return False
    return False


def may_be_on_dark(element: HtmlElement, look: Look, seen: Set[HtmlElement], top: HtmlElement) -> bool:
    """Whether a style sheet outside of the page may give the text another ground.

    It gives none to a single paragraph among others: where those next to `top`, the outermost element in this colour,
    are in another one, the text is hidden.
    """
    if look.ground.holder is element:
        return False
    return element.tag in _OFTEN_ON_DARK or not any(other in seen for other in _beside(top))


def _beside(element: HtmlElement) -> Iterator[HtmlElement]:
    parent = element.getparent()
    if parent is not None:
        if (parent.text or "").strip():
            yield parent
        yield from (other for other in parent if other is not element and other.tag == element.tag)
