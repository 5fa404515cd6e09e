"""Colours of CSS in every notation, and whether one can be told from another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from summarizer.reading.page.hidden.css.values import arguments, quantity, significant, word

if TYPE_CHECKING:
    from tinycss2.ast import Node
    from tinycss2.color4 import Color

ALIKE = 0.06
"""Of each channel; `#f0f0f0` on white is as good as unseen, `#eee` begins to show."""
FAINTEST = 0.1
"""Opacity below which text is as good as unseen."""


@dataclass(frozen=True, slots=True)
class Colour:
    """In sRGB; channels and opacity go from 0 to 1."""

    red: float
    green: float
    blue: float
    alpha: float = 1.0

    @property
    def channels(self) -> tuple[float, float, float]:
        return self.red, self.green, self.blue

    def on(self, ground: Colour) -> Colour:
        """What is seen of it on a ground."""
        if self.alpha == 1:
            return self
        return _mixed(replace(self, alpha=1.0), replace(ground, alpha=1.0), self.alpha)

    def is_like(self, ground: Colour) -> bool:
        """Whether text of this colour can't be seen on the ground."""
        return all(abs(a - b) <= ALIKE for a, b in zip(self.on(ground).channels, ground.channels, strict=True))


WHITE, BLACK, CLEAR = Colour(1, 1, 1), Colour(0, 0, 0), Colour(0, 0, 0, 0)
CURRENT: Literal["currentcolor"] = "currentcolor"

_OF_THE_SYSTEM = {"canvas": WHITE, "field": WHITE, "canvastext": BLACK, "fieldtext": BLACK}
_D50_TO_D65 = (
    (0.9555766, -0.0230393, 0.0631636),
    (-0.0282895, 1.0099416, 0.0210077),
    (0.0122982, -0.0204830, 1.3299098),
)
_TO_SRGB = (
    (3.2404542, -1.5371385, -0.4985314),
    (-0.9692660, 1.8760108, 0.0415560),
    (0.0556434, -0.2040259, 1.0572252),
)


def colour(token: Node, depth: int = 0) -> Colour | Literal["currentcolor"] | None:
    """The colour that a token names; None where it names none, or one that can't be told."""
    if word(token) in _OF_THE_SYSTEM:
        return _OF_THE_SYSTEM[word(token)]
    if token.type == "function" and depth < 4:
        special = {"color-mix": _mix, "light-dark": _light}.get(token.lower_name)
        if special:
            return special(arguments(token.arguments), depth + 1)
        parts = significant(token.arguments)
        if len(parts) in (5, 7) and word(parts[0]) == "from":
            return _relative(token.lower_name, parts[1:], depth + 1)
    return _plain(token)


def _plain(token: Node) -> Colour | Literal["currentcolor"] | None:
    from tinycss2.color4 import parse_color

    try:
        found = parse_color(token)
        return CURRENT if found == "currentcolor" else _in_srgb(found) if found else None
    except (ArithmeticError, AttributeError, LookupError, NotImplementedError, TypeError, ValueError):
        return None  # of arguments that its grammar doesn't foresee: color(), rgb(none 0 calc(1))


def _in_srgb(found: Color) -> Colour | None:
    channels = [value or 0.0 for value in found.coordinates]
    if found.space in ("hsl", "hwb"):
        channels = list(found.to("srgb").coordinates)
    elif found.space in ("lab", "lch", "xyz-d50"):
        channels = _linear_to_srgb(_product(_D50_TO_D65, found.to("xyz-d50").coordinates))
    elif found.space in ("oklab", "oklch", "xyz-d65", "xyz"):
        channels = _linear_to_srgb(found.to("xyz-d65").coordinates)
    elif found.space == "srgb-linear":
        channels = [_gamma(value) for value in channels]
    # White, black and what lies between are the same in all other spaces.
    red, green, blue = (min(1.0, max(0.0, value)) for value in channels)
    return Colour(red, green, blue, found.alpha)


def _linear_to_srgb(xyz: tuple[float, ...] | list[float]) -> list[float]:
    return [_gamma(value) for value in _product(_TO_SRGB, xyz)]


def _product(matrix: tuple[tuple[float, ...], ...], vector: tuple[float, ...] | list[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def _gamma(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    """So much of the one, the rest of the other; clear ones lend no colour."""
    alpha = one.alpha * share + other.alpha * (1 - share)
    if not alpha:
        return CLEAR
    red, green, blue = (
        (a * one.alpha * share + b * other.alpha * (1 - share)) / alpha
        for a, b in zip(one.channels, other.channels, strict=True)
    )
    return Colour(red, green, blue, alpha)


def _light(parts: list[list[Node]], depth: int) -> Colour | Literal["currentcolor"] | None:
    return colour(parts[0][0], depth) if len(parts) == 2 and parts[0] else None


def _mix(parts: list[list[Node]], depth: int) -> Colour | None:
    """color-mix(in SPACE, COLOUR SHARE, COLOUR SHARE); what lies between two colours in another space is not told."""
    if len(parts) != 3 or len(parts[0]) < 2:
        return None
    one, other = (_colour_among(part, depth) for part in parts[1:])
    if one is None or other is None:
        return None
    first, second = (_share_among(part) for part in parts[1:])
    left = first if first is not None else 1 - second if second is not None else 0.5
    right = second if second is not None else 1 - left
    if left + right <= 0:
        return None
    found = _mixed(one, other, left / (left + right))
    is_plain = word(parts[0][1]) == "srgb" or not (one.alpha and other.alpha and left and right)
    return replace(found, alpha=found.alpha * min(1.0, left + right)) if is_plain or one.is_like(other) else None


def _colour_among(tokens: list[Node], depth: int) -> Colour | None:
    found = [colour(token, depth) for token in tokens if token.type != "percentage"]
    return found[0] if len(found) == 1 and isinstance(found[0], Colour) else None


def _share_among(tokens: list[Node]) -> float | None:
    return next((float(token.value) / 100 for token in tokens if token.type == "percentage"), None)


def _relative(name: str, parts: list[Node], depth: int) -> Colour | None:
    """A colour from another whose channels are taken over as they are: rgb(from white r g b / 0)."""
    base, channels = colour(parts[0], depth), parts[1:4]
    if not isinstance(base, Colour) or "".join(map(word, channels)) not in (name[-3:], name[:3]):
        return None
    alpha = quantity(parts[-1]) if len(parts) == 6 else None
    return replace(base, alpha=base.alpha if alpha is None else min(1.0, max(0.0, alpha.ratio)))
