"""Text that a page holds and a reader can't see, taken out of the tree before anything is read from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from summarizer.article import Removed
from summarizer.reading.blocks import block_lines
from summarizer.reading.hidden.cascade import has_outside_styles
from summarizer.reading.hidden.doubts import may_be_on_dark, may_be_on_picture
from summarizer.reading.hidden.looks import Look
from summarizer.reading.hidden.opened import opened
from summarizer.reading.hidden.pieces import Shown, pieces_of, shown_elements

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SAID = ("style", "hidden", "aria-hidden")
"""Attributes that have been obeyed; by them trafilatura would drop what a style sheet shows after all."""


def remove_hidden(tree: HtmlElement) -> list[Removed]:
    """Takes what a reader can't see out of `tree`, and lists what held text.

    What external style sheets and scripts hide is out of reach. A page that shows nothing at all waits for a script
    and is left as it is.
    """
    from lxml.etree import Comment, ProcessingInstruction, strip_elements

    strip_elements(tree, Comment, ProcessingInstruction, with_tail=False)
    shown = shown_elements(tree)
    judge = _Judge(tree, shown)
    removed = list(_taken_out(shown, judge)) if judge.seen else []
    for one in shown:
        for name in _SAID:
            one.element.attrib.pop(name, None)
    return removed


class _Judge:
    """Which elements hold something that is seen, and by which rule the others don't."""

    def __init__(self, tree: HtmlElement, shown: list[Shown]) -> None:
        pieces = list(pieces_of(shown))
        self._looks = {one.element: one.look for one in shown}
        self._opened = opened(tree, pieces)
        self._has_outside = has_outside_styles(tree)
        self._rules: dict[Look, str | None] = {}
        self._doubtful: set[HtmlElement] = set()
        self.seen: set[HtmlElement] = set()
        holders = list(dict.fromkeys(piece.holder for piece in pieces))
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
        return self._has_outside and may_be_on_dark(element, look, self.seen, self._outermost(element))

    def _outermost(self, element: HtmlElement) -> HtmlElement:
        """The outermost element around this one whose text would have the colour of its ground, too."""
        parent = element.getparent()
        while parent is not None and self._looks[parent].blank == "hidden.colour":
            element, parent = parent, parent.getparent()
        return element


def _taken_out(shown: list[Shown], judge: _Judge) -> Iterator[Removed]:
    gone: set[HtmlElement] = set()
    for element in (one.element for one in shown):
        rule = None if element in gone else judge.rule(element)
        if rule is None:
            continue
        text = _text(element)
        is_whole = element not in judge.seen and (bool(text) or judge.is_closed(element))
        if is_whole and element.getparent() is not None:
            gone.update(element.iter())
            drop(element)
        else:
            text = " ".join(_texts_cut(element))
        if text:
            yield Removed(rule, text)


def _text(element: HtmlElement) -> str:
    parts = element.itertext() if element.tag in ("template", "noscript") else block_lines(element)
    return " ".join(" ".join(parts).split())


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
