"""What the extraction drops of the prose that a reader sees in the article, put back in its place or listed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from summarizer.article import Removed
from summarizer.reading.pasted.line_context import is_prose
from summarizer.reading.pasted.line_rules import PageLine, line_rule
from summarizer.reading.visible_text import Block, blocks

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST_LINKED = 0.3
"""The share of its characters that stand in links, up to which a block may be prose of the article."""
LEAST_SHARE = 0.9
"""Of the words of prose that were kept, those that the container of the article holds."""
SHORT_WORDS = 3
"""Words of a sentence between lines of prose."""
MENDED_SHARE = 0.5
"""A paragraph with this share of a block's characters, all in it, is what is left of the block."""
LONGEST_CARD = 80
"""Words of a card that announces another story by a link in its heading."""

_AROUND = frozenset(
    ("nav", "aside", "footer", "figure", "figcaption", "form", "button", "table", "pre", "dl", "header")
)
_NAMED = re.compile(
    r"(?<![a-z])(?:(?P<comment>comments?|disqus|replies|respond)|(?P<related>related|recommend(?:ed|ations?)"
    r"|more-?(?:from|on|stories)|read-?(?:also|next)|popular|trending|most-?read)"
    r"|(?P<bio>authors?|bio|byline|contributors?)|(?P<caption>caption|credits?)"
    r"|(?P<promo>newsletter|subscri(?:be|ption)|sign-?up|paywall|cookies?|consent|promo|donat(?:e|ions?))"
    r"|(?P<info>share|sharing|social|copyright|disclaimer|sidebar|footer|meta|tags|toolbar|breadcrumbs?))(?![a-z])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """The paragraphs with the prose that was lost, and what of it is none of the article."""

    paragraphs: list[str]
    removed: list[Removed]


def with_lost_prose(tree: HtmlElement, paragraphs: list[str]) -> Found:
    """Compares the paragraphs with the blocks of prose that stand in the same container."""
    body = tree.find("body")
    page = list(blocks(tree if body is None else body))
    said = _Said(paragraphs)
    kept = [i for i, block in enumerate(page) if _is_prose(block) and said.place(block.text) is not None]
    if not kept:
        return Found(paragraphs, [Removed("around", block.text) for block in page if not said.has(block.text)])
    container = _container([page[i] for i in kept])
    added: dict[int, list[str]] = {}
    mended: dict[int, str] = {}
    removed: list[Removed] = []
    at, is_parted, said.reached = -1, False, 0
    region = _region(page, container, kept)
    for i, block in enumerate(page):
        if i not in region and not said.has(block.text):
            removed.append(Removed("around", block.text))
    for i in region:
        place = said.place(page[i].text)
        is_said = _is_prose(page[i]) or (kept[0] < i < kept[-1] and _is_short_sentence(page[i]))
        is_parted |= i > kept[-1] and place is None and not is_said
        rest = said.rest_of(page[i].text) if is_said and place is None else None
        if place is not None or rest is not None:
            at = max(at, place if place is not None else at, rest if rest is not None else at)
            mended |= {rest: page[i].text} if rest is not None else {}
        elif rule := _rule(page[i], container) or ("tail" if is_parted else None if is_said else "around"):
            removed.append(Removed(rule, page[i].text))
        else:
            added.setdefault(at, []).append(page[i].text)
    return Found(list(_merged(paragraphs, added, mended)), removed)


def _merged(paragraphs: list[str], added: dict[int, list[str]], mended: dict[int, str]) -> Iterator[str]:
    yield from added.get(-1, ())
    for i, paragraph in enumerate(paragraphs):
        yield mended.get(i, paragraph)
        yield from added.get(i, ())


class _Said:
    """The letters and digits of the paragraphs, and the paragraph in which each stands."""

    def __init__(self, paragraphs: Sequence[str]) -> None:
        self.squashed = [_squash(paragraph) for paragraph in paragraphs]
        self.whole = "".join(self.squashed)
        self.starts = [0, *accumulate(map(len, self.squashed))]
        self.reached = 0

    def place(self, text: str) -> int | None:
        """The number of the paragraph that says it, or its end; rather one behind the last one found."""
        key = _squash(text)
        at = self.whole.find(key, self.reached) if key else -1
        at = self.whole.find(key) if at < 0 and key else at
        if at < 0:
            return None
        self.reached = max(self.reached, at) if len(key) > 40 else self.reached
        return bisect_right(self.starts, at + len(key) - 1) - 1

    def has(self, text: str) -> bool:
        """Whether they say it."""
        return _squash(text) in self.whole

    def rest_of(self, text: str) -> int | None:
        """The number of the paragraph that is what is left of it."""
        key = _squash(text)
        least = MENDED_SHARE * len(key)
        return next((i for i, part in enumerate(self.squashed) if len(part) >= least and part in key), None)


def _squash(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _is_prose(block: Block) -> bool:
    return block.linked <= MOST_LINKED and is_prose(PageLine(0, len(block.text), block.text))


def _is_short_sentence(block: Block) -> bool:
    line = PageLine(0, len(block.text), block.text)
    return block.linked <= MOST_LINKED and line.is_sentence and line.words >= SHORT_WORDS and line_rule(line) is None


def _container(kept: Sequence[Block]) -> HtmlElement:
    """The deepest element that holds nearly all of the prose that was kept."""
    weights: dict[HtmlElement, int] = {}
    for block in kept:
        for element in (block.element, *block.element.iterancestors()):
            weights[element] = weights.get(element, 0) + len(block.text)
    least = LEAST_SHARE * max(weights.values())
    element = next(element for element in weights if element.getparent() is None or element.tag in ("body", "html"))
    inner: HtmlElement | None = element
    while inner is not None:
        element = inner
        inner = next((child for child in element if weights.get(child, 0) >= least), None)
    return element


def _region(page: Sequence[Block], container: HtmlElement, kept: Sequence[int]) -> range:
    """From the heading above the first prose, or the first line of the container, to its end or the article's."""
    outer = next((above for above in container.iterancestors() if above.tag == "article"), container)
    inside = [i for i, block in enumerate(page) if _holds(outer, block.element)]
    first = min(inside[0], kept[0])
    heading = next((i for i in range(kept[0], -1, -1) if _is_in(page[i].element, "h1")), None)
    start = heading if heading is not None else first
    return range(start, inside[-1] + 1)


def _holds(outer: HtmlElement, element: HtmlElement) -> bool:
    return outer is element or any(above is outer for above in element.iterancestors())


def _is_in(element: HtmlElement, tag: str) -> bool:
    return element.tag == tag or any(above.tag == tag for above in element.iterancestors())


def _rule(block: Block, container: HtmlElement) -> str | None:
    """The rule by which a block of prose is none of the article's: what its elements are called, or a card."""
    for element in (block.element, *block.element.iterancestors()):
        if element is container or element.tag in ("body", "html", "article", "main"):
            return None
        if element.tag == "header" and element.find(".//h1") is not None:
            return "deck"
        if element.tag in _AROUND:
            return "around"
        named = _NAMED.search(f"{element.get('class') or ''} {element.get('id') or ''}")
        if named:
            return named.lastgroup
        if _is_card(element):
            return "teaser"
    return None


def _is_card(element: HtmlElement) -> bool:
    if element.tag == "a":
        return True
    is_short = len("".join(element.itertext()).split()) <= LONGEST_CARD
    return is_short and any(
        heading.find(".//a") is not None for tag in ("h2", "h3", "h4", "h5") for heading in element.iter(tag)
    )
