"""Adverts in a page, which its own markup calls so, taken out before the article is looked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summarizer.article import Removed
from summarizer.reading.page.hidden import drop
from summarizer.reading.visible_text import block_lines

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONGEST_ADVERT = 400
"""Characters: what is longer may be the article in a box with a bad name."""

_ADVERT = re.compile(
    r"(?:ads?|advert|adverts|advertisement|advertising|ad-?(?:box|slot|unit|wrapper|container|banner)"
    r"|sponsored|sponsored-content|dfp|anzeige|werbung|publicidad|publicite|pubblicita|publicidade|reklama?|advertentie)"
    r"(?:[_-]\d+)?",
    re.IGNORECASE,
)
_NAMED = frozenset(("div", "aside", "section", "p", "span", "ins", "figure", "li"))


def remove_adverts(tree: HtmlElement) -> list[Removed]:
    """Takes short elements with the class or id of an advert out of `tree`, and lists what held text."""
    removed = []
    for element in [element for element in tree.iter() if element.tag in _NAMED and _is_advert(element)]:
        text = " ".join(block_lines(element))
        if len(text) <= LONGEST_ADVERT and element.getparent() is not None:
            drop(element)
            if text:
                removed.append(Removed("ad", text))
    return removed


def _is_advert(element: HtmlElement) -> bool:
    names = [*(element.get("class") or "").split(), element.get("id") or ""]
    return any(_ADVERT.fullmatch(name) for name in names if name)
