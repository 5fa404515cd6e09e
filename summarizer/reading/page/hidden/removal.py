"""Text that a page holds and a reader can't see, taken out of the tree before anything is read from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from summarizer.article import Removed
from summarizer.reading.page.hidden.css.cascade import has_outside_styles
from summarizer.reading.page.hidden.doubts import may_be_on_dark, may_be_on_picture
from summarizer.reading.page.hidden.looks import Look
from summarizer.reading.page.hidden.opened import opened
from summarizer.reading.page.hidden.pieces import VisiblePiece, pieces_of
from summarizer.reading.visible_text import block_lines

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SAID = ("style", "hidden", "aria-hidden")
"""Attributes that have been obeyed; by them trafilatura would drop what a style sheet shows after all."""


_STRUCK = re.compile(r"text-decoration[^;]{0,40}line-through", re.IGNORECASE)


def remove_hidden(tree: HtmlElement) -> list[Removed]:
    """Takes what a reader can't see out of `tree`, and lists what held text.

    What external style sheets and scripts hide is out of reach. A page that shows nothing at all waits for a script
    and is left as it is.
    """
    from lxml.etree import Comment, ProcessingInstruction, strip_elements

    strip_elements(tree, Comment, ProcessingInstruction, with_tail=False)
    pieces = pieces_of(tree)
    judge = _Judge(tree, pieces)
    removed = list(_taken_out(pieces, judge)) if judge.seen else []
    for piece in pieces:
        is_struck = _STRUCK.search(piece.element.get("style", ""))
        for name in _SAID:
            piece.element.attrib.pop(name, None)
        if is_struck:  # which is seen, and said later
            piece.element.set("style", "text-decoration: line-through")
    return removed


class _Judge:
    """Which elements hold something that is seen, and by which rule the others don't."""

    def __init__(self, tree: HtmlElement, pieces: list[VisiblePiece]) -> None:
        self._looks = {piece.element: piece.look for piece in pieces}
        self._opened = opened(tree, pieces)
        self._has_outside = has_outside_styles(tree)
        self._rules: dict[Look, str | None] = {}
        self._doubtful: set[HtmlElement] = set()
        self.seen: set[HtmlElement] = set()
        holders = [piece.element for piece in pieces if piece.text]
        self._see(holder for holder in holders if self.rule(holder) is None)
        self._doubtful.update(holder for holder in holders if self._is_doubtful(holder))
        self._see(self._doubtful)

    def rule(self, element: HtmlElement) -> str | None:
        """By which rule the text right in the element isn't seen; None where it is, or may be."""
        if element in self._doubtful:
            return None
        look = self._looks[element]
        if look not in self._rules:
            causes = (cause.rule for cause in look.hidden_by if cause not in self._opened)
            self._rules[look] = next(causes, look.blank)
        return self._rules[look]

    def is_closed(self, element: HtmlElement) -> bool:
        """Whether nothing at all in the element is seen, be it text or not."""
        return any(cause not in self._opened for cause in self._looks[element].causes)

    def _see(self, elements: Iterable[HtmlElement]) -> None:
        for element in elements:
            while element is not None and element not in self.seen:
                self.seen.add(element)
                element = element.getparent()

    def _is_doubtful(self, element: HtmlElement) -> bool:
        if self.rule(element) != "hidden.colour":
            return False
        look = self._looks[element]
        if may_be_on_picture(element, look):
            return True
        return self._has_outside and may_be_on_dark(element, look, self.seen)


def _taken_out(pieces: list[VisiblePiece], judge: _Judge) -> Iterator[Removed]:
    gone: set[HtmlElement] = set()
    for element in (piece.element for piece in pieces):
        rule = None if element in gone else judge.rule(element)
        if rule is None:
            continue
        text = " ".join(block_lines(element))
        is_whole = element not in judge.seen and (bool(text) or judge.is_closed(element))
        if is_whole and element.getparent() is not None:
            gone.update(element.iter())
            drop(element)
        else:
            text = " ".join(_texts_cut(element))
        if text:
            yield Removed(rule, text)


def _texts_cut(element: HtmlElement) -> Iterator[str]:
    """The text right in an element, which goes, while the elements in it stay."""
    if element.text and element.text.strip():
        yield " ".join(element.text.split())
        element.text = " "
    for child in element:
        if child.tail and child.tail.strip():
            yield " ".join(child.tail.split())
            child.tail = " "


def drop(element: HtmlElement) -> None:
    """Removes the element; the text after it belongs to its parent and stays."""
    parent, before = element.getparent(), element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
