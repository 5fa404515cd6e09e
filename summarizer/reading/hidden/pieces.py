"""The text of a page in pieces, each with how it looks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarizer.reading.hidden.boxes import Cause
from summarizer.reading.hidden.browser import UNREAD
from summarizer.reading.hidden.cascade import Cascade
from summarizer.reading.hidden.looks import Look, look_of
from summarizer.reading.hidden.variables import with_custom

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ASIDE = frozenset(("a", "button", "label", "select", "nav", "footer", "aside", "form", "dialog", "menu"))
_ASIDE_ROLES = frozenset(("dialog", "alertdialog", "menu", "navigation", "tooltip", "alert", "button"))


@dataclass(frozen=True, slots=True)
class Piece:
    """Text between two tags: at the beginning of an element, or after it (`is_after`)."""

    element: HtmlElement
    is_after: bool
    text: str
    look: Look
    is_aside: bool
    """Whether it stands in a menu, a form, a link or the like, and not in running text."""

    @property
    def holder(self) -> HtmlElement:
        """The element that the text is right in."""
        return self.element.getparent() if self.is_after else self.element

    @property
    def causes(self) -> tuple[Cause, ...]:
        return self.look.hidden_by


@dataclass(frozen=True, slots=True)
class Shown:
    """An element and how it looks."""

    element: HtmlElement
    look: Look
    is_aside: bool


def shown_elements(tree: HtmlElement) -> list[Shown]:
    """The elements of a page in reading order, but for those that are read as data."""
    cascade = Cascade(tree)
    found: list[Shown] = []
    pending = [(tree, cascade.root, Look(custom=with_custom({}, cascade.initial())), False)]
    while pending:
        element, matched, above, is_aside = pending.pop()
        look = look_of(element, above, cascade.declared(element, matched))
        is_aside = is_aside or element.tag in _ASIDE or element.get("role") in _ASIDE_ROLES
        found.append(Shown(element, look, is_aside))
        wrapped = matched.children if matched is not None else [None] * len(element)
        pending += [
            (child, wrapper, look, is_aside)
            for child, wrapper in zip(reversed(element), reversed(wrapped), strict=True)
            if child.tag not in UNREAD
        ]
    return found


def pieces_of(shown: list[Shown]) -> Iterator[Piece]:
    """All text of the elements. What stands after an element is text of the one around it."""
    for one in shown:
        element = one.element
        if element.text and element.text.strip():
            yield Piece(element, False, element.text, one.look, one.is_aside)
        for child in element:
            if child.tail and child.tail.strip():
                yield Piece(child, True, child.tail, one.look, one.is_aside)
