"""The elements of a page in reading order, each with the text right in it and with how it looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarizer.reading.page.hidden.css.browser import UNREAD
from summarizer.reading.page.hidden.css.cascade import Cascade
from summarizer.reading.page.hidden.css.variables import with_custom
from summarizer.reading.page.hidden.looks import Look, look_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ASIDE = frozenset(("a", "button", "label", "select", "nav", "footer", "aside", "form", "dialog", "menu"))
_ASIDE_ROLES = frozenset(("dialog", "alertdialog", "menu", "navigation", "tooltip", "alert", "button"))


@dataclass(frozen=True, slots=True)
class VisiblePiece:
    """An element and its own text, without that of the elements in it."""

    element: HtmlElement
    text: str
    look: Look
    is_aside: bool
    """Whether it stands in a menu, a form, a link or the like, and not in running text."""


def pieces_of(tree: HtmlElement) -> list[VisiblePiece]:
    """All but the elements that are read as data, if at all."""
    cascade = Cascade(tree)
    found: list[VisiblePiece] = []
    pending = [(tree, cascade.root, Look(custom=with_custom({}, cascade.initial())), False)]
    while pending:
        element, matched, above, is_aside = pending.pop()
        look = look_of(element, above, cascade.declared(element, matched))
        is_aside = is_aside or element.tag in _ASIDE or element.get("role") in _ASIDE_ROLES
        found.append(VisiblePiece(element, _text(element), look, is_aside))
        wrapped = matched.children if matched is not None else [None] * len(element)
        pending += [
            (child, wrapper, look, is_aside)
            for child, wrapper in zip(reversed(element), reversed(wrapped), strict=True)
            if child.tag not in UNREAD
        ]
    return found


def _text(element: HtmlElement) -> str:
    return "".join([element.text or "", *(child.tail or "" for child in element)]).strip()
