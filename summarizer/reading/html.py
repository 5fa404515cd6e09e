"""An HTML page: what a reader sees of its article, by trafilatura, with a second opinion where that finds little."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarizer.article import Removed, count_words
from summarizer.errors import SourceEmpty, SourceUnsupported
from summarizer.reading.blocks import block_lines
from summarizer.reading.hidden import remove_hidden
from summarizer.reading.lines import Line, line_rule
from summarizer.reading.metadata import Metadata, page_metadata
from summarizer.reading.paste import clean_lines
from summarizer.reading.text import Decoded, decode, normalise
from summarizer.reading.traced import PARAGRAPH_BREAK, Traced

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LARGEST_PAGE = 5_000_000
"""Characters. The largest of 519 measured news pages has 2.2 million; 10 million take trafilatura 12 seconds."""
LONGEST_TAG = 65_536
"""Characters. One tag with 100,000 attributes stops every parser there is for minutes."""
FEWEST_WORDS = 40
"""A body shorter than this calls for a second opinion."""


@dataclass(frozen=True, slots=True)
class Page:
    """What was read from an HTML page: its paragraphs, what it says about itself, what was taken out."""

    text: str
    metadata: Metadata
    removed: tuple[Removed, ...]


def read_page(
    content: str | bytes, *, name: str = "the page", url: str | None = None, charset: str | None = None
) -> Page:
    """The article of an HTML page. `charset` is what its server declares; it goes before what the page declares.

    Raises SourceUnsupported for a page too large or too deep, SourceEmpty for one without visible text.
    """
    decoded = (
        Decoded(content, "utf-8") if isinstance(content, str) else decode(content, charset or _declared(content))
    )
    if len(decoded.text) > LARGEST_PAGE:
        size = f"{len(decoded.text) / 1e6:.1f} million characters"
        raise SourceUnsupported(
            f"{name} has {size}; at most {LARGEST_PAGE / 1e6:.0f} million are read. Save the article alone."
        )
    source = normalise(decoded)
    tree = _parse(source.text, name)
    hidden = remove_hidden(tree)
    metadata = page_metadata(tree, url)
    text, junk = _without_junk(_body(tree, url))
    if not text:
        raise SourceEmpty(
            f"{name} shows no text: it may be built by scripts. Save it from a browser, or paste its text."
        )
    characters = tuple(Removed(entry.rule, entry.text) for entry in source.removed)
    return Page(text, metadata, (*characters, *hidden, *junk))


_CHARSET = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE
)


def _declared(content: bytes) -> str | None:
    match = _CHARSET.search(content[:4096])
    return match[1].decode("ascii") if match else None


def _parse(text: str, name: str) -> HtmlElement:
    from lxml import etree, html

    # Without huge_tree libxml2 drops everything nested more than some 255 elements deep, in silence; with it, 2,048.
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        tree = html.document_fromstring(_without_endless_tags(text).encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return html.document_fromstring("<html><body></body></html>")
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise SourceUnsupported(f"{name} nests its elements too deeply to be read whole. Paste its text instead.")
    return tree


def _without_endless_tags(text: str) -> str:
    return re.sub(rf"<[a-zA-Z][^<>]{{{LONGEST_TAG},}}>?", " ", text) if len(text) > LONGEST_TAG else text


def _body(tree: HtmlElement, url: str | None) -> str:
    """The paragraphs of the article: by trafilatura, else by its recall, else by the rules for pasted text."""
    best = ""
    for attempt in (_extracted, _recalled, _pasted):
        text = attempt(tree, url)
        if count_words(text) > count_words(best):
            best = text
        if count_words(best) >= FEWEST_WORDS:
            break
    return best


def _without_junk(text: str) -> tuple[str, list[Removed]]:
    """The paragraphs without those that the rules for single pasted lines know for junk."""
    paragraphs = text.split(PARAGRAPH_BREAK)
    rules = [line_rule(Line(0, len(paragraph), paragraph)) for paragraph in paragraphs]
    kept = [paragraph for paragraph, rule in zip(paragraphs, rules, strict=True) if rule is None]
    return PARAGRAPH_BREAK.join(kept), [Removed(r, p) for p, r in zip(paragraphs, rules, strict=True) if r]


def _extracted(tree: HtmlElement, url: str | None, *, recall: bool = False) -> str:
    from trafilatura import extract

    text = extract(tree, url=url, include_comments=False, favor_recall=recall) or ""
    return PARAGRAPH_BREAK.join(line.strip() for line in text.splitlines() if line.strip())


def _recalled(tree: HtmlElement, url: str | None) -> str:
    return _extracted(tree, url, recall=True)


def _pasted(tree: HtmlElement, url: str | None) -> str:
    return clean_lines(Traced.of("\n".join(block_lines(tree)))).body.text
