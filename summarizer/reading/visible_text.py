"""The text of a page's tree, a block a line, as select-all and copy give it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NAMES = """
address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer form
h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre section summary table tbody td tfoot th thead
tr ul
"""
BLOCKS = frozenset(_NAMES.split())
_NO_TEXT = frozenset(("script", "style", "head", "title"))
SHORTEST_OWN = 12
"""Words of an element with a name of the page's own that make it a block."""


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the page, the element that holds its first words, and the share of its characters in links."""

    text: str
    element: HtmlElement
    linked: float


@dataclass(frozen=True, slots=True)
class _Run:
    text: str
    element: HtmlElement
    breaks: bool
    """Whether it begins a new line."""
    is_link: bool


def block_lines(tree: HtmlElement) -> Iterator[str]:
    """The lines of the page, in reading order and without white space around them."""
    return (block.text for block in blocks(tree))


def blocks(tree: HtmlElement) -> Iterator[Block]:
    """The lines of the page, each with where it stands."""
    line: list[_Run] = []
    for run in _runs(tree):
        if run.breaks:
            yield from _block(line)
            line.clear()
        line.append(run)
    yield from _block(line)


def _block(runs: list[_Run]) -> Iterator[Block]:
    if whole := " ".join("".join(run.text for run in runs).split()):
        first = next(run.element for run in runs if run.text.strip())
        linked = sum(len(run.text) for run in runs if run.is_link)
        yield Block(whole, first, linked / max(1, sum(len(run.text) for run in runs)))


def _runs(tree: HtmlElement) -> Iterator[_Run]:
    """Pieces of text in reading order. Without recursion: pages nest deeply."""
    from lxml.etree import iterwalk

    links = 0
    walk = iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        breaks = is_block(element)
        if event == "start" and element.tag in _NO_TEXT:
            walk.skip_subtree()
        elif event == "start":
            links += element.tag == "a"
            yield _Run(element.text or "", element, breaks, links > 0)
        if event == "end" and element is not tree:
            links -= element.tag == "a"
            yield _Run(element.tail or "", element.getparent(), breaks, links > 0)


def is_block(element: HtmlElement) -> bool:
    """Whether it begins a new line."""
    if not isinstance(element.tag, str):
        return False
    return element.tag in BLOCKS or ("-" in element.tag and _has_words(element, SHORTEST_OWN))


def _has_words(element: HtmlElement, wanted: int) -> bool:
    """Whether there are so many words in it; no more of it is read than that takes."""
    words = 0
    for text in element.itertext():
        words += len(text.split())
        if words >= wanted:
            return True
    return False
