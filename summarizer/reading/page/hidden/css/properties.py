"""What a declaration says of the properties that can hide text: shorthands taken apart, each value read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarizer.reading.page.hidden.css import value_readers
from summarizer.reading.page.hidden.css.shapes import (
    is_clipped_away,
    is_cut_away,
    opacity_of_filter,
    rotated,
    scaled,
    transform,
    translated,
)
from summarizer.reading.page.hidden.css.shorthands import SHORTHANDS
from summarizer.reading.page.hidden.css.value_readers import SIZES, UNTOLD, Reader, a_length, keyword
from summarizer.reading.page.hidden.css.values import significant, word

if TYPE_CHECKING:
    from tinycss2.ast import Node

__all__ = ["RELEVANT", "UNTOLD", "Deferred", "Wide", "read"]


@dataclass(frozen=True, slots=True)
class Wide:
    """inherit, initial, unset, revert."""

    keyword: str


@dataclass(frozen=True, slots=True)
class Deferred:
    """A declaration with var() in it: what it says is known with the element."""

    name: str
    tokens: Sequence[Node]


_WIDE = ("inherit", "initial", "unset", "revert", "revert-layer")
_SUBSTITUTED = ("var", "env", "attr", "if")


def read(name: str, tokens: Sequence[Node]) -> dict[str, object]:
    """Values by longhand; none for an invalid declaration, which is ignored, and for a property of no account."""
    name = _ALIASES.get(name, name)
    longhands, parts = _longhands(name), significant(tokens)
    if not longhands or not parts:
        return {}
    if _is_deferred(parts):
        return dict.fromkeys(longhands, Deferred(name, parts))
    if len(parts) == 1 and word(parts[0]) in _WIDE:
        return dict.fromkeys(longhands, Wide(word(parts[0])))
    if name in SHORTHANDS:
        return SHORTHANDS[name].read(parts)
    value = _READERS[name](parts) if name in _READERS else None
    return {} if value is None else {name: value}


def _longhands(name: str) -> tuple[str, ...]:
    if name == "all":
        return tuple(_READERS)
    return SHORTHANDS[name].longhands if name in SHORTHANDS else (name,) if name in _READERS else ()


def _is_deferred(tokens: Sequence[Node]) -> bool:
    pending = list(tokens)
    while pending:
        token = pending.pop()
        if token.type == "function":
            if token.lower_name in _SUBSTITUTED:
                return True
            pending.extend(token.arguments)
        elif token.type == "() block":
            pending.extend(token.content)
    return False


_overflow, _wrap = "visible hidden clip scroll auto overlay", "wrap balance pretty stable"
_READERS: dict[str, Reader] = {
    "display": value_readers.display,
    "visibility": keyword("visible hidden collapse"),
    "position": keyword("static relative absolute fixed sticky -webkit-sticky"),
    "float": keyword("none left right inline-start inline-end"),
    "box-sizing": keyword("content-box border-box"),
    "overflow-x": keyword(_overflow),
    "overflow-y": keyword(_overflow),
    "content-visibility": keyword("visible auto hidden"),
    "white-space": keyword(f"normal nowrap pre pre-wrap pre-line break-spaces {_wrap}"),
    "backface-visibility": keyword("visible hidden"),
    "isolation": keyword("auto isolate"),
    "-webkit-text-security": keyword("none disc circle square"),
    **dict.fromkeys(
        ("mix-blend-mode", "background-clip", "contain", "transition", "color-scheme"), value_readers.words
    ),
    **dict.fromkeys(("opacity", "zoom", "z-index", "font-size-adjust", "flex-grow"), value_readers.ratio),
    "font-size": value_readers.font_size,
    "line-height": value_readers.line_height,
    **dict.fromkeys(("color", "background-color", "-webkit-text-fill-color"), value_readers.a_colour),
    "-webkit-text-stroke-color": value_readers.a_colour,
    "-webkit-text-stroke-width": value_readers.stroke_width,
    "text-shadow": value_readers.shadows,
    "background-image": value_readers.image,
    "mask-image": value_readers.image,
    "mask-size": a_length("auto cover contain"),
    "transform": value_readers.by_transform(transform),
    "scale": value_readers.by_transform(scaled),
    "translate": value_readers.by_transform(translated),
    "rotate": value_readers.by_transform(rotated),
    "clip": is_clipped_away,
    "clip-path": is_cut_away,
    "filter": opacity_of_filter,
    "content": value_readers.is_image,
    "grid-template-rows": value_readers.is_nothing,
    "grid-template-columns": value_readers.is_nothing,
    **dict.fromkeys(("animation-name", "animation-fill-mode", "animation-direction"), value_readers.words),
    **dict.fromkeys(("animation-play-state", "animation-timeline"), value_readers.words),
    "animation-iteration-count": value_readers.iterations,
    **dict.fromkeys(("width", "min-width", "max-width", "height", "min-height", "max-height"), a_length(SIZES)),
    **dict.fromkeys(("left", "top", "right", "bottom"), a_length("auto")),
    **dict.fromkeys(("margin-left", "margin-top", "margin-right", "margin-bottom"), a_length("auto")),
    **dict.fromkeys(("padding-left", "padding-top", "padding-right", "padding-bottom"), a_length()),
    **dict.fromkeys(("text-indent", "letter-spacing", "word-spacing"), a_length("normal")),
}

_ALIASES = {
    "block-size": "height",
    "inline-size": "width",
    "max-block-size": "max-height",
    "max-inline-size": "max-width",
    "min-block-size": "min-height",
    "min-inline-size": "min-width",
    "overflow-block": "overflow-y",
    "overflow-inline": "overflow-x",
    "text-wrap": "white-space",
    "text-wrap-mode": "white-space",
    **dict.fromkeys(("transition-property", "transition-duration", "will-change"), "transition"),
    **{
        f"{kind}{axis}-{end}": f"{kind.removeprefix('inset-')}{side}"
        for kind in ("margin-", "padding-", "inset-")
        for axis, end, side in (
            ("inline", "start", "left"),
            ("inline", "end", "right"),
            ("block", "start", "top"),
            ("block", "end", "bottom"),
        )
    },
}
"""Other names: those by the direction of text, for a text that runs from left to right, and those of old."""
_ALIASES |= {
    f"-webkit-{name}": name
    for name in (*_READERS, *SHORTHANDS, "transition-property", "transition-duration")
    if name.startswith(("transform", "filter", "opacity", "clip-path", "mask", "animation", "background-clip"))
    or name in ("backface-visibility", "transition")
}

RELEVANT = frozenset((*_READERS, *SHORTHANDS, *_ALIASES, "all"))
"""Every name of a property that has a say in whether text is seen."""
