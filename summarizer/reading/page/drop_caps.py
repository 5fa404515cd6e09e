"""The first letter of a text, set large in an element of its own, put back before the rest of its word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summarizer.reading.page.hidden import drop
from summarizer.reading.visible_text import BLOCKS

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LETTER = re.compile(r"[“”„«»\"'‘’¿¡(]{0,2}[^\W\d_]")
_NAMED = re.compile(r"drop|cap|initial|first|letter|lettrine", re.IGNORECASE)
_HOLDERS = ("div", "p", "span", "b", "strong", "big", "font", "em", "i")


def join_drop_caps(tree: HtmlElement) -> None:
    """Changes `tree`: a drop cap loses its element, and a text that stood loose behind it gets a paragraph."""
    for element in list(tree.iter(*_HOLDERS, "img")):
        letter = (element.get("alt", "") if element.tag == "img" else "".join(element.itertext())).strip()
        if len(letter) > 3 or not _LETTER.fullmatch(letter) or not letter[-1].isupper() or not _begins_text(element):
            continue
        rest, after = element.tail or "", element.getnext()
        # What isn't called so may be a word: "A man", "C is".
        is_named = _NAMED.search(element.get("class") or "") is not None
        if rest.lstrip()[:1].islower() and (is_named or not rest[0].isspace()):
            _put_before_tail(element, letter + rest.lstrip())
        elif (
            not rest.strip() and after is not None and _begins_low(after) and (is_named or letter[-1] not in "AIOYE")
        ):
            after.text = letter + after.text.lstrip()
            element.getparent().remove(element)


def _begins_text(element: HtmlElement) -> bool:
    before, parent = element.getprevious(), element.getparent()
    if parent is None:
        return False
    said = parent.text if before is None else before.tail
    return not (said or "").strip() and (element.tag in BLOCKS or before is None or before.tag in BLOCKS)


def _begins_low(element: HtmlElement) -> bool:
    return element.tag in _HOLDERS and (element.text or "").lstrip()[:1].islower()


def _put_before_tail(element: HtmlElement, text: str) -> None:
    element.tail = text
    if element.tag in BLOCKS:
        paragraph = element.makeelement("p")
        paragraph.text, element.tail = text, None
        element.getparent().replace(element, paragraph)
        while (after := paragraph.getnext()) is not None and after.tag not in BLOCKS:
            paragraph.append(after)
    else:
        drop(element)
