"""A page's tree made plain before the article is looked for: layout tables, and other stories in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from summarizer.article import Removed
from summarizer.reading.header.titles import is_like
from summarizer.reading.page.hidden import drop
from summarizer.reading.visible_text import block_lines

if TYPE_CHECKING:
    from lxml.html import HtmlElement

CELL_WORDS = 50
"""A cell with so many words, or with a heading, is one of a layout: tables of data have shorter ones."""
STORY_WORDS = 40
"""Words of prose that make a story of what stands around a heading."""
_TABLE = ("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption")


def flatten_tables(tree: HtmlElement) -> None:
    """Tables that lay out a page become what they are to its reader: boxes."""
    for table in list(tree.iter("table")):
        cells = [cell for cell in table.iter("td", "th") if _own_table(cell) is table]
        if table.get("role") in ("presentation", "none") or any(map(_is_of_layout, cells)):
            for element in [part for part in table.iter(*_TABLE) if part is table or _own_table(part) is table]:
                element.tag = "div"


def _own_table(element: HtmlElement) -> HtmlElement | None:
    return next((above for above in element.iterancestors() if above.tag == "table"), None)


def _is_of_layout(cell: HtmlElement) -> bool:
    if any(cell.find(f".//{tag}") is not None for tag in ("h1", "h2", "article", "table")):
        return True
    return len(" ".join(cell.itertext()).split()) >= CELL_WORDS


def remove_other_stories(tree: HtmlElement) -> list[Removed]:
    """Of several stories with a heading each, all but the one with the page's title; nothing where none has it."""
    stories = [(heading, story) for heading in _headings(tree) if (story := _story(heading)) is not None]
    titles = [title for title in _titles(tree) if title]
    own = next((heading for title in titles for heading, _ in stories if is_like(_said(heading), title)), None)
    if own is None or len(stories) < 2:
        return []
    removed = []
    for heading, story in stories:
        if heading is not own and story.getparent() is not None:
            removed += [Removed("other_story", line) for line in block_lines(story)]
            drop(story)
    return removed


def _headings(tree: HtmlElement) -> list[HtmlElement]:
    """The headings of stories: of the first level, or else those of the elements called articles."""
    mains = list(tree.iter("h1"))
    if len(mains) > 1:
        return mains
    heads = (next(article.iter("h1", "h2"), None) for article in tree.iter("article"))
    return [head for head in heads if head is not None]


def _story(heading: HtmlElement) -> HtmlElement | None:
    """The widest element around a heading that has no other such heading, if it holds prose."""
    widest = None
    for above in heading.iterancestors():
        if above.tag in ("body", "html") or sum(1 for _ in above.iter(heading.tag)) > 1:
            break
        widest = above
    if widest is None:
        return None
    words = sum(len("".join(paragraph.itertext()).split()) for paragraph in widest.iter("p"))
    return widest if words >= STORY_WORDS else None


def _titles(tree: HtmlElement) -> Iterator[str]:
    for meta in tree.iter("meta"):
        if (meta.get("property") or meta.get("name") or "").lower() in ("og:title", "twitter:title"):
            yield meta.get("content") or ""
    yield from (_said(title) for title in tree.iter("title"))


def _said(element: HtmlElement) -> str:
    return " ".join(element.itertext())
