"""What the value of one property says: a word, a number, a length, a colour, a shape."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from summarizer.reading.page.hidden.css.colours import CURRENT, colour
from summarizer.reading.page.hidden.css.shapes import Transform, flat_colour
from summarizer.reading.page.hidden.css.values import Quantity, length, parted, quantity, word

if TYPE_CHECKING:
    from tinycss2.ast import Node

UNTOLD: Final = object()
"""A valid value of which can't be told what it does: it hides nothing."""

Reader = Callable[[list["Node"]], object]
"""Reads the significant tokens of a value; None for an invalid one."""

SIZES = "auto none min-content max-content fit-content stretch -webkit-fill-available"

_DISPLAYS = """
none contents block inline inline-block list-item flow flow-root run-in flex inline-flex -webkit-box
-webkit-inline-box -webkit-flex -ms-flexbox grid inline-grid -ms-grid table inline-table table-row-group
table-header-group table-footer-group table-row table-cell table-column table-column-group table-caption ruby
ruby-base ruby-text ruby-base-container ruby-text-container math grid-lanes inline-grid-lanes
"""
_SYSTEM_COLOURS = """
accentcolor accentcolortext activetext buttonborder buttonface buttontext graytext highlight highlighttext linktext
mark marktext selecteditem selecteditemtext visitedtext auto
"""
_FONT_SIZES = {
    "xx-small": Quantity(px=9),
    "x-small": Quantity(px=10),
    "small": Quantity(px=13),
    "medium": Quantity(px=16),
    "large": Quantity(px=18),
    "x-large": Quantity(px=24),
    "xx-large": Quantity(px=32),
    "xxx-large": Quantity(px=48),
    "math": Quantity(px=16),
    "smaller": Quantity(em=0.83),
    "larger": Quantity(em=1.2),
}


def keyword(allowed: str) -> Reader:
    """A reader of one of these words."""
    words = frozenset(allowed.split())
    return lambda tokens: word(tokens[0]) if len(tokens) == 1 and word(tokens[0]) in words else None


def a_length(words: str = "auto") -> Reader:
    """A reader of a length, or of one of these words."""
    allowed = frozenset(words.split())

    def reader(tokens: list[Node]) -> object:
        token = tokens[0]
        if word(token) in allowed:
            return word(token)
        found = length(token)
        if found is None and token.type == "function":
            return UNTOLD
        return found if len(tokens) == 1 else None

    return reader


def display(tokens: list[Node]) -> str | None:
    """How a box is laid out, without the words that say what is usual."""
    words = [word(token) for token in tokens]
    if not frozenset(words) <= frozenset(_DISPLAYS.split()):
        return None
    return " ".join(name for name in words if name not in ("flow", "block", "list-item")) or "block"


def ratio(tokens: list[Node]) -> object:
    """A number or a percentage, as a number."""
    found = quantity(tokens[0]) if len(tokens) == 1 else None
    if found is not None:
        return None if found.px or found.em or found.degrees else found.ratio
    if tokens[0].type == "function":
        return UNTOLD
    return word(tokens[0]) if word(tokens[0]) in ("auto", "none", "normal") else None


def a_colour(tokens: list[Node]) -> object:
    """A colour, CURRENT included."""
    if len(tokens) != 1:
        return None
    found = colour(tokens[0])
    is_untold = found is None and (tokens[0].type == "function" or word(tokens[0]) in _SYSTEM_COLOURS.split())
    return UNTOLD if is_untold else found


def font_size(tokens: list[Node]) -> object:
    """The height of letters; shares of that around are in em."""
    if len(tokens) != 1:
        return None
    if word(tokens[0]) in _FONT_SIZES:
        return _FONT_SIZES[word(tokens[0])]
    found = length(tokens[0])
    if found is None:
        return UNTOLD if tokens[0].type == "function" else None
    return Quantity(px=found.px, em=found.em + found.percent / 100)


def line_height(tokens: list[Node]) -> object:
    """The height of a line; plain numbers are in em."""
    found = quantity(tokens[0]) if len(tokens) == 1 else None
    if found is None:
        return UNTOLD if tokens[0].type == "function" or word(tokens[0]) == "normal" else None
    return Quantity(px=found.px, em=found.em + found.ratio)


def image(tokens: list[Node]) -> object:
    """`none`, or a colour where the image is a gradient of one; any other image is UNTOLD."""
    if len(tokens) == 1 and word(tokens[0]) == "none":
        return "none"
    images = [token for token in tokens if token.type in ("url", "function")]
    flat = flat_colour(images[0]) if len(images) == 1 else None
    return (flat or UNTOLD) if images else None


def by_transform(reader: Callable[[Sequence[Node]], Transform | None]) -> Reader:
    """A reader of a Transform."""
    return lambda tokens: "none" if word(tokens[0]) == "none" else reader(tokens) or UNTOLD


def shadows(tokens: list[Node]) -> object:
    """The colours of the shadows; CURRENT where one has none of its own."""
    if word(tokens[0]) == "none":
        return ()
    found = [[told for token in layer if (told := colour(token))] for layer in parted(tokens)]
    return tuple(colours[0] if colours else CURRENT for colours in found)


def stroke_width(tokens: list[Node]) -> object:
    """The width of an outline of letters."""
    return Quantity(px=1) if word(tokens[0]) in ("thin", "medium", "thick") else length(tokens[0]) or UNTOLD


def words(tokens: list[Node]) -> object:
    """All words of the value; names of animations are as they are written."""
    return frozenset(str(token.value) for token in tokens if token.type in ("ident", "string"))


def is_image(tokens: list[Node]) -> object:
    """Of `content`: whether an image stands in the element's place; anything else does nothing to an element."""
    return len(tokens) == 1 and tokens[0].type in ("url", "function")


def is_nothing(tokens: list[Node]) -> object:
    """Of the rows or columns of a grid: whether there is but one, without height: 0fr."""
    return len(tokens) == 1 and tokens[0].type in ("dimension", "number") and tokens[0].value == 0


def iterations(tokens: list[Node]) -> object:
    """Of an animation: whether it ends."""
    return "infinite" if word(tokens[0]) == "infinite" else "finite"
