"""What transforms, clips, filters and gradients leave of a box."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import cos, hypot, isnan, nan, radians
from typing import TYPE_CHECKING

from summarizer.reading.page.hidden.css.colours import CURRENT, Colour, colour
from summarizer.reading.page.hidden.css.values import Quantity, arguments, length, quantity, significant, word

if TYPE_CHECKING:
    from tinycss2.ast import Node

NOTHING = 2.5
"""Pixels: what has less room, or is less high, can't be read."""
BLURRED = 8.0
"""Pixels of blur in which letters of a usual size are lost."""
_SIDE = 100.0
"""For shapes, the side of the box in pixels: what they leave of it doesn't hang on its true size."""


@dataclass(frozen=True, slots=True)
class Transform:
    """How a box is scaled, moved and turned; a turn about x or y shows it narrower, edge on not at all."""

    across: float = 1.0
    along: float = 1.0
    right: Quantity = field(default_factory=Quantity)
    down: Quantity = field(default_factory=Quantity)
    is_back: bool = False

    def then(self, other: Transform) -> Transform:
        """Both, one after the other."""
        return Transform(
            self.across * other.across,
            self.along * other.along,
            self.right + other.right,
            self.down + other.down,
            self.is_back != other.is_back,
        )


def transform(tokens: Sequence[Node]) -> Transform | None:
    """What a list of transform functions does; None where one of them isn't known."""
    done = Transform()
    for token in tokens:
        values = (
            _quantities(part[0] for part in arguments(token.arguments) if part) if token.type == "function" else []
        )
        step = _step(token.lower_name, values) if values else None
        if step is None:
            return None
        done = done.then(step)
    return done


def scaled(tokens: Sequence[Node]) -> Transform | None:
    """The property `scale`."""
    values = _quantities(tokens)
    return _step("scale", values) if values else None


def translated(tokens: Sequence[Node]) -> Transform | None:
    """The property `translate`."""
    values = _quantities(tokens)
    return _step("translate", values) if values else None


def rotated(tokens: Sequence[Node]) -> Transform | None:
    """The property `rotate`: an angle, an axis by name and an angle, or three numbers and an angle."""
    axes = [word(token) for token in tokens if word(token)]
    values = _quantities(token for token in tokens if not word(token))
    if not values:
        return None
    return _step(f"rotate{axes[0]}" if axes else "rotate3d" if len(values) == 4 else "rotate", values)


def _quantities(tokens: Iterable[Node]) -> list[Quantity]:
    """Nothing where one of them can't be told."""
    found = [quantity(token) for token in tokens]
    known = [value for value in found if value is not None]
    return known if len(known) == len(found) else []


def _step(name: str, values: list[Quantity]) -> Transform | None:
    first, second = values[0], values[1] if len(values) > 1 else None
    match name:
        case "translate" | "translate3d":
            return Transform(right=first, down=second or Quantity())
        case "translatex":
            return Transform(right=first)
        case "translatey":
            return Transform(down=first)
        case "scale" | "scale3d":
            return Transform(first.ratio, (second or first).ratio)
        case "scalex":
            return Transform(across=first.ratio)
        case "scaley":
            return Transform(along=first.ratio)
        case "rotatex" | "rotatey":
            return _turned(float(name[-1] == "x"), float(name[-1] == "y"), first.degrees)
        case "rotate3d" if len(values) == 4:
            return _turned(first.number, values[1].number, values[3].degrees)
        case "rotate" | "rotatez" | "perspective" | "translatez" | "scalez":
            return Transform()
        case "skew" | "skewx" | "skewy":
            return Transform(along=float(all(abs(cos(radians(value.degrees))) > 0.02 for value in values)))
        case "matrix" if len(values) == 6:
            return _matrix(*(value.number for value in values))
        case "matrix3d" if len(values) == 16:
            return _matrix(*(values[index].number for index in (0, 1, 4, 5, 12, 13)))
    return None


def _turned(x: float, y: float, degrees: float) -> Transform:
    seen = cos(radians(degrees))
    if (abs(x) > 0) == (abs(y) > 0):
        return Transform()
    return Transform(seen if y else 1.0, seen if x else 1.0, is_back=seen < 0)


def _matrix(a: float, b: float, c: float, d: float, right: float, down: float) -> Transform:
    across = hypot(a, b)
    along = abs(a * d - b * c) / across if across else 0.0
    return Transform(across, along, Quantity(px=right), Quantity(px=down))


def is_clipped_away(tokens: Sequence[Node]) -> bool:
    """Whether the property `clip` leaves nothing: rect(0, 0, 0, 0)."""
    if len(tokens) != 1 or tokens[0].type != "function" or tokens[0].lower_name != "rect":
        return False
    return _is_cut_by_rect([part[0] for part in arguments(tokens[0].arguments) if part])


def is_cut_away(tokens: Sequence[Node]) -> bool:
    """Whether the property `clip-path` leaves nothing."""
    shape = next((token for token in tokens if token.type == "function"), None)
    return shape is not None and shape.lower_name in _CUTS and _CUTS[shape.lower_name](significant(shape.arguments))


def _is_cut_by_inset(tokens: list[Node]) -> bool:
    sides = _pixels(tokens)
    if not sides or len(sides) > 4:
        return False
    top, right = sides[0], sides[min(1, len(sides) - 1)]
    bottom, left = sides[2] if len(sides) > 2 else top, sides[3] if len(sides) > 3 else right
    return top + bottom >= _SIDE or left + right >= _SIDE


def _is_cut_by_radius(tokens: list[Node]) -> bool:
    return any(radius < NOTHING / 2 for radius in _pixels(tokens))


def _is_cut_by_rect(tokens: list[Node]) -> bool:
    sides = _pixels(tokens)
    return len(sides) == 4 and (sides[2] - sides[0] < NOTHING or sides[1] - sides[3] < NOTHING)


def _is_cut_by_size(tokens: list[Node]) -> bool:
    return any(side < NOTHING for side in _pixels(tokens)[2:4])


def _is_cut_by_polygon(tokens: list[Node]) -> bool:
    points = [_pixels(part) for part in arguments(tokens) if part and not word(part[0])]
    if any(len(point) != 2 or isnan(sum(point)) for point in points):
        return False
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, [*points[1:], *points[:1]], strict=True)) / 2
    lines = [[point[axis] for point in points] for axis in (0, 1)]
    return abs(area) < NOTHING or any(max(line) <= 0 or min(line) >= _SIDE for line in lines)


def _is_cut_by_path(tokens: list[Node]) -> bool:
    """A path that goes to its beginning and nowhere else."""
    return any(
        re.fullmatch(r"\s*+(?:m[\s\d.,+-]*+z?\s*+)?", token.value, re.I) for token in tokens if token.type == "string"
    )


_CUTS: dict[str, Callable[[list[Node]], bool]] = {
    "inset": _is_cut_by_inset,
    "circle": _is_cut_by_radius,
    "ellipse": _is_cut_by_radius,
    "rect": _is_cut_by_rect,
    "xywh": _is_cut_by_size,
    "polygon": _is_cut_by_polygon,
    "path": _is_cut_by_path,
}


def _pixels(tokens: Sequence[Node]) -> list[float]:
    """Lengths up to the word that begins another part (`round`, `at`); NaN for what can't be told, as `auto`."""
    words = [
        index for index, token in enumerate(tokens) if token.type == "ident" and token.lower_value in ("round", "at")
    ]
    found = [length(token) for token in tokens[: words[0] if words else None]]
    return [nan if value is None else value.pixels(16, _SIDE) for value in found]


def opacity_of_filter(tokens: Sequence[Node]) -> float:
    """What filters leave of a text: opacity and a strong blur take it away."""
    left = 1.0
    for token in tokens:
        values = _quantities(significant(token.arguments)) if token.type == "function" else []
        if values and token.lower_name == "opacity":
            left *= max(0.0, values[0].ratio)
        elif values and token.lower_name == "blur" and values[0].pixels(16) >= BLURRED:
            left = 0.0
    return left


def flat_colour(token: Node) -> Colour | None:
    """The one colour of a gradient, if it has but one."""
    if token.type != "function" or not token.lower_name.endswith("gradient"):
        return None
    found = [colour(part) for part in significant(token.arguments) if part.type in ("ident", "hash", "function")]
    colours = [value for value in found if isinstance(value, Colour)]
    is_flat = bool(colours) and CURRENT not in found and all(value == colours[0] for value in colours)
    return colours[0] if is_flat else None
