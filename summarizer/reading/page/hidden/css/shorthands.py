"""What declarations that set several properties at once say of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarizer.reading.page.hidden.css.colours import CLEAR, CURRENT, Colour
from summarizer.reading.page.hidden.css.value_readers import (
    UNTOLD,
    Reader,
    a_colour,
    a_length,
    font_size,
    image,
    keyword,
    line_height,
    stroke_width,
)
from summarizer.reading.page.hidden.css.values import Quantity, length, word

if TYPE_CHECKING:
    from tinycss2.ast import Node

_BACKGROUND_WORDS = """
none repeat repeat-x repeat-y no-repeat round space scroll fixed local left right top bottom center cover contain auto
border-box padding-box content-box text
"""
_IMAGES = ("gradient", "image", "image-set", "element", "paint", "cross-fade")
_SYSTEM_FONTS = ("caption", "icon", "menu", "message-box", "small-caption", "status-bar")
_OF_ANIMATIONS = {
    "animation-fill-mode": frozenset(("forwards", "both", "backwards")),
    "animation-direction": frozenset(("reverse", "alternate", "alternate-reverse")),
    "animation-play-state": frozenset(("paused", "running")),
}


@dataclass(frozen=True, slots=True)
class Shorthand:
    """The properties that it sets, and what it says of them; nothing if it is invalid."""

    longhands: tuple[str, ...]
    read: Callable[[list[Node]], dict[str, object]]


def sides(pattern: str, reader: Reader, names: str = "top right bottom left") -> Shorthand:
    """One to four values for the sides of a box, or one or two for two ends."""
    longhands = tuple(pattern.format(side) for side in names.split())

    def read(tokens: list[Node]) -> dict[str, object]:
        if len(tokens) > len(longhands):
            return {}
        # A side that isn't given is as the opposite one, or as the first if that isn't given either.
        given = [index if index < len(tokens) else max(0, index - 2) % len(tokens) for index in range(len(longhands))]
        values = [reader([tokens[index]]) for index in given]
        return {} if None in values else dict(zip(longhands, values, strict=True))

    return Shorthand(longhands, read)


def _background(tokens: list[Node]) -> dict[str, object]:
    told = [a_colour([token]) for token in tokens if not _is_image(token)]
    colours = [value for value in told if isinstance(value, Colour) or value == CURRENT]
    words = {word(token) for token in tokens if word(token) and a_colour([token]) is None}
    if not words <= frozenset(_BACKGROUND_WORDS.split()):
        return {}
    images = [token for token in tokens if _is_image(token)]
    return {
        "background-color": colours[-1] if colours else UNTOLD if UNTOLD in told else CLEAR,
        "background-image": (image(images) or UNTOLD) if images else "none",
        "background-clip": frozenset(words & {"text"}),
    }


def _is_image(token: Node) -> bool:
    return token.type == "url" or (token.type == "function" and str(token.lower_name).endswith(_IMAGES))


def _font(tokens: list[Node]) -> dict[str, object]:
    for index, token in enumerate(tokens[:-1]):
        size = font_size([token])
        if size is not None and not (token.type == "number" and token.value):
            has_line = tokens[index + 1] == "/" and index + 2 < len(tokens)
            line = line_height([tokens[index + 2]]) if has_line else UNTOLD
            return {"font-size": size, "line-height": line or UNTOLD}
    return {"font-size": UNTOLD, "line-height": UNTOLD} if word(tokens[0]) in _SYSTEM_FONTS else {}


def _mask(tokens: list[Node]) -> dict[str, object]:
    images = [token for token in tokens if token.type in ("url", "function")]
    after = next((tokens[index + 1] for index, token in enumerate(tokens[:-1]) if token == "/"), None)
    size = a_length("auto cover contain")([after]) if after is not None else UNTOLD
    return {"mask-image": image(images) if images else "none", "mask-size": size or UNTOLD}


def _stroke(tokens: list[Node]) -> dict[str, object]:
    widths = [token for token in tokens if length(token) or word(token) in ("thin", "medium", "thick")]
    colours = [token for token in tokens if a_colour([token]) is not None]
    return {
        "-webkit-text-stroke-width": stroke_width(widths) if widths else Quantity(),
        "-webkit-text-stroke-color": a_colour(colours[:1]) if colours else CURRENT,
    }


def _flex(tokens: list[Node]) -> dict[str, object]:
    numbers = [float(token.value) for token in tokens if token.type == "number"]
    return {"flex-grow": numbers[0] if numbers else float(word(tokens[0]) not in ("none", "initial"))}


def _animation(tokens: list[Node]) -> dict[str, object]:
    words = frozenset(str(token.value) for token in tokens if token.type in ("ident", "string"))
    known = frozenset().union(*_OF_ANIMATIONS.values())
    return {
        "animation-name": words - known,
        "animation-iteration-count": "infinite" if "infinite" in words else "finite",
        "animation-timeline": frozenset(),
        **{name: words & values for name, values in _OF_ANIMATIONS.items()},
    }


_margin, _overflow = a_length("auto"), keyword("visible hidden clip scroll auto overlay")
SHORTHANDS = {
    "overflow": sides("overflow-{}", _overflow, "x y"),
    "inset": sides("{}", _margin),
    "inset-inline": sides("{}", _margin, "left right"),
    "inset-block": sides("{}", _margin, "top bottom"),
    **{kind: sides(kind + "-{}", _margin) for kind in ("margin", "padding")},
    **{f"{kind}-inline": sides(kind + "-{}", _margin, "left right") for kind in ("margin", "padding")},
    **{f"{kind}-block": sides(kind + "-{}", _margin, "top bottom") for kind in ("margin", "padding")},
    "background": Shorthand(("background-color", "background-image", "background-clip"), _background),
    "font": Shorthand(("font-size", "line-height"), _font),
    "flex": Shorthand(("flex-grow",), _flex),
    "mask": Shorthand(("mask-image", "mask-size"), _mask),
    "-webkit-text-stroke": Shorthand(("-webkit-text-stroke-width", "-webkit-text-stroke-color"), _stroke),
    "animation": Shorthand(
        ("animation-name", "animation-iteration-count", "animation-timeline", *_OF_ANIMATIONS), _animation
    ),
}
