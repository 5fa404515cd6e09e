"""What a browser shows and hides by itself, before any style sheet, and what attributes ask of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from summarizer.reading.page.hidden.css.colours import BLACK, WHITE, Colour
from summarizer.reading.page.hidden.css.properties import UNTOLD, read

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_UNSHOWN = """
template noscript textarea select object iframe svg video audio canvas progress meter noembed noframes applet
"""
UNSHOWN = frozenset(_UNSHOWN.split())
"""Elements whose text is no text of the page, whatever a style sheet says: without scripts, instead of a film."""
UNREAD = frozenset(("head", "script", "style", "title", "meta", "link", "base"))
"""Elements that are left where they are: what they hold is read as data or not at all."""
_INLINE = """
a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark nobr q rb rt ruby s samp small
span strike strong sub sup time tt u var wbr
"""
INLINE = frozenset(_INLINE.split())

TABLE = frozenset(("table", "caption", "colgroup", "tbody", "thead", "tfoot", "tr", "td", "th"))

_LINK, _YELLOW, _GREY = Colour(0, 0, 0.93), Colour(1, 1, 0), Colour(0.94, 0.94, 0.94)
_FOR_SCREEN_READERS = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text|a11y-hidden|u-hidden)(?:\s|$)", re.IGNORECASE
)
"""Names that frameworks give to text for screen readers; their style sheets are seldom in the page."""
_BARE_HEX = re.compile(r"(?:[0-9a-fA-F]{3}){1,2}")
_COLOURS = (("color", "font", "color"), ("text", "body", "color"), ("bgcolor", "", "background-color"))


def by_itself(element: HtmlElement) -> Iterator[tuple[str, object]]:
    """The properties of an element that a style sheet of the page may set otherwise."""
    tag, attributes = element.tag, element.attrib
    if tag in ("datalist", "rp", "annotation", "annotation-xml"):
        yield "display", "none"
    elif tag == "mark":
        yield from (("background-color", _YELLOW), ("color", BLACK))
    elif tag == "button":
        yield from (("background-color", _GREY), ("color", BLACK))
    elif tag == "dialog":
        yield from (("background-color", WHITE), ("color", BLACK))
    if not attributes and tag != "dialog":
        return
    if tag == "a" and "href" in attributes:
        yield "color", _LINK
    if tag == "dialog" and "open" not in attributes:
        yield "display", "none"
    if "popover" in attributes and tag != "dialog":
        yield "display", "none"
    if "hidden" in attributes:
        until_found = attributes["hidden"].lower() == "until-found"
        yield ("content-visibility", "hidden") if until_found else ("display", "none")
    if _FOR_SCREEN_READERS.search(attributes.get("class", "")):
        yield from (("position", "absolute"), ("clip", True))
    yield from _of_old(element)


def _of_old(element: HtmlElement) -> Iterator[tuple[str, object]]:
    """What attributes of old say of colours."""
    for attribute, tag, name in _COLOURS:
        value = element.get(attribute)
        if value and tag in ("", element.tag):
            yield from _colour(name, value).items()
    if element.get("background"):
        yield "background-image", UNTOLD


def _colour(name: str, value: str) -> dict[str, object]:
    from tinycss2 import parse_component_value_list

    return read(name, parse_component_value_list(f"#{value}" if _BARE_HEX.fullmatch(value) else value))
