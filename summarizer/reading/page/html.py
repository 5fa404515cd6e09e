"""An HTML page: what a reader sees of its article, and what it says about itself."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from summarizer.article import Removed
from summarizer.errors import SourceEmpty, SourceUnsupported
from summarizer.reading.characters.decoding import Decoded, normalise, without_data
from summarizer.reading.characters.offset_map import PARAGRAPH_BREAK
from summarizer.reading.extract import Extract
from summarizer.reading.header.metadata import Metadata, page_metadata
from summarizer.reading.page.adverts import remove_adverts
from summarizer.reading.page.boilerplate import judge
from summarizer.reading.page.drop_caps import join_drop_caps
from summarizer.reading.page.hidden import remove_hidden
from summarizer.reading.page.inline import say_inline
from summarizer.reading.page.layout import flatten_tables, remove_other_stories
from summarizer.reading.page.main_content import article_paragraphs
from summarizer.reading.page.recovery import with_lost_prose
from summarizer.reading.visible_text import block_lines

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LARGEST_PAGE = 5_000_000
"""Characters besides data in addresses. The largest of 519 measured news pages has 2.2 million; 10 million take
trafilatura 12 seconds."""
LONGEST_TAG = 65_536
"""Characters. One tag with 100,000 attributes stops every parser there is for minutes."""


def read_page(decoded: Decoded, *, name: str, url: str | None = None, raw: bool = False) -> Extract:
    """The article of an HTML page, and what the page says about itself. With `raw` all that is seen of it is its
    article.

    Raises SourceUnsupported for a page too large or too deep, SourceEmpty for one without visible text.
    """
    decoded = replace(decoded, text=without_data(decoded.text))
    if len(decoded.text) > LARGEST_PAGE:
        size = f"{len(decoded.text) / 1e6:.1f} million characters"
        raise SourceUnsupported(
            f"{name} has {size}; at most {LARGEST_PAGE / 1e6:.0f} million are read. Save the article alone."
        )
    source = normalise(decoded)
    tree = _parse(source.text, name)
    characters = tuple(Removed(entry.rule, entry.text) for entry in source.removed)
    removed = remove_hidden(tree)
    if not raw:
        removed += [*remove_adverts(tree), *say_inline(tree), *remove_other_stories(tree)]
    flatten_tables(tree)
    join_drop_caps(tree)
    metadata = page_metadata(tree, url)
    page = _whole(tree, metadata) if raw else _article_of(tree, metadata, url)
    if not page.body.text:
        raise SourceEmpty(
            f"{name} shows no text: it may be built by scripts. Save it from a browser, or paste its text."
        )
    return page.behind((*characters, *removed))


def _article_of(tree: HtmlElement, metadata: Metadata, url: str | None) -> Extract:
    found = with_lost_prose(tree, article_paragraphs(tree, url))
    judged = judge(found.paragraphs, metadata)
    verdicts = list(zip(found.paragraphs, judged.rules, strict=True))
    text = PARAGRAPH_BREAK.join(paragraph for paragraph, rule in verdicts if rule is None)
    said_apart = tuple(Removed(rule, paragraph) for paragraph, rule in verdicts if rule)
    around = (Removed("title", entry.text) if entry.text == metadata.title else entry for entry in found.removed)
    return Extract.unmapped(text, metadata.or_else(judged.said), (*said_apart, *around))


def _whole(tree: HtmlElement, metadata: Metadata) -> Extract:
    body = tree.find("body")
    return Extract.unmapped(PARAGRAPH_BREAK.join(block_lines(tree if body is None else body)), metadata, ())


_CHARSET = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*+=\s*+["']?\s*+([\w-]+)""", re.IGNORECASE
)


def declared_charset(content: str | bytes) -> str | None:
    """What a page says its bytes are."""
    match = _CHARSET.search(content[:4096]) if isinstance(content, bytes) else None
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
