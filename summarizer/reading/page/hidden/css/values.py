"""Lengths, shares and angles of CSS, as far as they can be told without laying a page out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tinycss2.ast import Node

WIDTH, HEIGHT = 1280.0, 900.0
"""Pixels of the screen that a page is taken to be read on."""
DEEPEST = 20
"""Brackets within brackets; deeper sums are nobody's."""

_PIXELS = {"px": 1, "in": 96, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "q": 2.4 / 2.54, "pt": 4 / 3, "pc": 16, "rem": 16}
_LETTERS = {"em": 1.0, "ex": 0.5, "ch": 0.5, "cap": 0.7, "ic": 1.0, "lh": 1.2, "rlh": 1.2}
_SCREENS = {"vw": WIDTH, "vi": WIDTH, "vh": HEIGHT, "vb": HEIGHT, "vmin": HEIGHT, "vmax": WIDTH}
_DEGREES = {"deg": 1.0, "grad": 0.9, "turn": 360.0, "rad": 57.29577951308232}
_CONSTANTS = {"infinity": float("inf"), "-infinity": float("-inf"), "pi": 3.141592653589793, "e": 2.718281828459045}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A sum of what can be added in CSS; most have one part."""

    number: float = 0
    px: float = 0
    em: float = 0
    percent: float = 0
    degrees: float = 0
    is_share: bool = False
    """Whether it is written in percent at all, be it 0%."""

    def __add__(self, other: Quantity) -> Quantity:
        sums = {name: getattr(self, name) + getattr(other, name) for name in _PARTS}
        return Quantity(**sums, is_share=self.is_share or other.is_share)

    def times(self, factor: float) -> Quantity:
        return Quantity(**{name: getattr(self, name) * factor for name in _PARTS}, is_share=self.is_share)

    def pixels(self, font: float, whole: float = 0) -> float:
        """Its length where letters are `font` pixels high and 100% is `whole`."""
        return self.px + self.em * font + self.percent / 100 * whole

    @property
    def ratio(self) -> float:
        """A number, or the share that a percentage is."""
        return self.number + self.percent / 100


_PARTS = tuple(field.name for field in fields(Quantity) if field.name != "is_share")


def significant(tokens: Iterable[Node]) -> list[Node]:
    """The tokens without white space and comments."""
    return [token for token in tokens if token.type not in ("whitespace", "comment")]


def quantity(token: Node, depth: int = 0) -> Quantity | None:
    """The value of one token; None for what is none or can't be told."""
    if token.type == "number":
        return Quantity(number=token.value)
    if token.type == "percentage":
        return Quantity(percent=token.value, is_share=True)
    if token.type == "dimension":
        return _dimension(token.value, token.lower_unit)
    if word(token) in _CONSTANTS:
        return Quantity(number=_CONSTANTS[word(token)]) if depth else None
    if depth > DEEPEST:
        return None
    if token.type == "() block":
        return _sum(significant(token.content), depth + 1)
    return _function(token.lower_name, significant(token.arguments), depth) if token.type == "function" else None


def length(token: Node) -> Quantity | None:
    """A length; of plain numbers 0 alone is one."""
    found = quantity(token)
    return None if found is None or found.degrees or found.number else found


def word(token: Node) -> str:
    """A keyword in lower case; empty for anything else."""
    return str(token.lower_value) if token.type == "ident" else ""


def parted(tokens: Iterable[Node]) -> list[list[Node]]:
    """What stands between commas."""
    parts: list[list[Node]] = [[]]
    for token in significant(tokens):
        if token == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def arguments(tokens: Iterable[Node]) -> list[list[Node]]:
    """The arguments of a function, parted by commas, or by white space where there is no comma."""
    parts = parted(tokens)
    return parts if len(parts) > 1 else [[token] for token in parts[0]]


def _dimension(value: float, unit: str) -> Quantity | None:
    if unit in _PIXELS:
        return Quantity(px=value * _PIXELS[unit])
    if unit in _LETTERS:
        return Quantity(em=value * _LETTERS[unit])
    if unit in _DEGREES:
        return Quantity(degrees=value * _DEGREES[unit])
    screen = _SCREENS.get(unit[1:] if unit[:1] in "sld" and unit[1:] in _SCREENS else unit)
    return None if screen is None else Quantity(px=value * screen / 100)


def _function(name: str, tokens: list[Node], depth: int) -> Quantity | None:
    if name in ("calc", "-webkit-calc"):
        return _sum(tokens, depth + 1)
    if name not in ("min", "max", "clamp"):
        return None
    found = [_sum(part, depth + 1) for part in arguments(tokens)]
    known = [value for value in found if value is not None]
    if not known or len(known) < len(found) or len({value.is_share for value in known}) > 1:
        return None
    if name == "clamp" and len(known) == 3:
        return max(known[0], min(known[1], known[2], key=_size), key=_size)
    return min(known, key=_size) if name == "min" else max(known, key=_size)


def _size(value: Quantity) -> float:
    return value.pixels(16, 100) + value.number + value.degrees


def _sum(tokens: list[Node], depth: int) -> Quantity | None:
    signs: list[float] = [1.0]
    terms: list[list[Node]] = [[]]
    for token in tokens:
        if token in ("+", "-"):
            signs.append(1.0 if token == "+" else -1.0)
            terms.append([])
        else:
            terms[-1].append(token)
    total = Quantity()
    for sign, term in zip(signs, terms, strict=True):
        product = _product(term, depth)
        if product is None:
            return None
        total += product.times(sign)
    return total


def _product(tokens: list[Node], depth: int) -> Quantity | None:
    values = [quantity(token, depth) for token in tokens[::2]]
    if len(tokens) % 2 == 0 or None in values:
        return None
    product, *factors = [value for value in values if value is not None]
    for operator, factor in zip(tokens[1::2], factors, strict=True):
        if operator == "*" and product == Quantity(number=product.number):
            product, factor = factor, product
        if operator not in ("*", "/") or factor != Quantity(number=factor.number):
            return None
        if operator == "/" and not factor.number:
            return None
        product = product.times(factor.number if operator == "*" else 1 / factor.number)
    return product
