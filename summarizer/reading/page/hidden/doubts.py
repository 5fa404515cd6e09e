"""Whether text in the colour of its ground may stand on another one, which the page doesn't tell of."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import TYPE_CHECKING

from summarizer.reading.page.hidden.looks import Look

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


def may_be_on_dark(element: HtmlElement, look: Look, seen: Set[HtmlElement]) -> bool:
    """Whether a style sheet outside of the page may give the text another ground than that of the page.

    It gives none to a single paragraph among others: where one next to it is seen, the text is hidden.
    """
    if look.ground.holder is not None and look.ground.holder.tag not in ("html", "body"):
        return False
    is_named = False
    while (parent := element.getparent()) is not None and len(parent) == 1 and not (parent.text or "").strip():
        is_named |= bool(parent.get("class") or parent.get("id"))
        element = parent
    beside = [other for other in _beside(element) if not is_named or other.tag == element.tag]
    return element.tag in _OFTEN_ON_DARK or seen.isdisjoint(beside)


def _beside(element: HtmlElement) -> Iterator[HtmlElement]:
    parent = element.getparent()
    if parent is not None:
        if (parent.text or "").strip():
            yield parent
        yield from (other for other in parent if other is not element)
