"""The text of a page's tree, a block a line, as select-all and copy give it."""

from __future__ import annotations

from collections.abc import Iterator
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


def block_lines(tree: HtmlElement) -> Iterator[str]:
    """The lines of the page, in reading order and without white space around them."""
    line: list[str] = []
    for text, breaks in _runs(tree):
        if breaks and (whole := " ".join("".join(line).split())):
            yield whole
        if breaks:
            line.clear()
        line.append(text)
    if whole := " ".join("".join(line).split()):
        yield whole


def _runs(tree: HtmlElement) -> Iterator[tuple[str, bool]]:
    """Pieces of text in reading order, and whether each begins a new line. Without recursion: pages nest deeply."""
    from lxml.etree import iterwalk

    walk = iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        is_block = element.tag in BLOCKS
        if event == "start" and element.tag in _NO_TEXT:
            walk.skip_subtree()
        elif event == "start":
            yield element.text or "", is_block
        if event == "end" and element is not tree:
            yield element.tail or "", is_block
