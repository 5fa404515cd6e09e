"""Whether a condition of a style sheet holds on a reader's screen: @media, @container, @supports."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from operator import eq, ge, gt, le, lt
from typing import TYPE_CHECKING

from summarizer.reading.page.hidden.css.properties import RELEVANT, read
from summarizer.reading.page.hidden.css.values import DEEPEST, HEIGHT, WIDTH, parted, quantity, significant, word

if TYPE_CHECKING:
    from tinycss2.ast import Node

Test = Callable[[Sequence["Node"]], bool | None]
"""Whether what stands in brackets, or a function, holds; None where it can't be told."""


@dataclass(frozen=True, slots=True)
class _Range:
    """What a measure may be."""

    least: float
    most: float

    def compares(self, operator: str, value: float) -> bool | None:
        if operator not in _OPERATORS:
            return None
        at_least, at_most = (bool(_OPERATORS[operator](end, value)) for end in (self.least, self.most))
        return at_least if at_least == at_most else None


_OPERATORS = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq}


_SCREEN = {
    **{name: _Range(WIDTH, WIDTH) for name in ("width", "device-width")},
    **{name: _Range(HEIGHT, HEIGHT) for name in ("height", "device-height")},
    **{name: _Range(WIDTH / HEIGHT, WIDTH / HEIGHT) for name in ("aspect-ratio", "device-aspect-ratio")},
    **{name: _Range(1, 3) for name in ("resolution", "-webkit-device-pixel-ratio", "device-pixel-ratio")},
    "color": _Range(8, 10),
    **{name: _Range(0, 0) for name in ("monochrome", "color-index", "grid")},
}
_BOX = {
    **{name: _Range(300, WIDTH) for name in ("width", "inline-size")},
    **{name: _Range(0, 100_000) for name in ("height", "block-size", "aspect-ratio")},
}
_STATES = {
    "orientation": "landscape",
    **dict.fromkeys(("hover", "any-hover"), "hover"),
    **dict.fromkeys(("pointer", "any-pointer"), "fine"),
    "prefers-color-scheme": "light",
    **dict.fromkeys(
        ("prefers-reduced-motion", "prefers-contrast", "prefers-reduced-transparency", "prefers-reduced-data"),
        "no-preference",
    ),
    **dict.fromkeys(("forced-colors", "inverted-colors"), "none"),
    "scripting": "enabled",
    "update": "fast",
    "display-mode": "browser",
    **dict.fromkeys(("overflow-block", "overflow-inline"), "scroll"),
}
_SHARPNESS = {"dppx": 1.0, "x": 1.0, "dpi": 1 / 96, "dpcm": 2.54 / 96}


@lru_cache(maxsize=256)  # the same for many rules
def on_screen(query: str) -> bool | None:
    """Whether a media query list holds: `print, screen and (min-width: 600px)`."""
    queries = _listed(query)
    return _either([_condition(tokens, partial(_feature, _SCREEN), 0) for tokens in queries]) if queries else True


def in_box(condition: str) -> bool | None:
    """Whether a container query holds: `card (min-width: 400px)`."""
    [tokens] = _listed(condition)[:1] or [[]]
    while tokens and word(tokens[0]) not in ("", "not"):
        tokens = tokens[1:]
    return _condition(tokens, partial(_feature, _BOX), 0)


def is_supported(condition: str) -> bool | None:
    """Whether @supports holds in a browser of today."""
    [tokens] = _listed(condition)[:1] or [[]]
    return _condition(tokens, _support, 0)


def _listed(text: str) -> list[list[Node]]:
    from tinycss2 import parse_component_value_list

    return [part for part in parted(parse_component_value_list(text, skip_comments=True)) if part]


def _either(found: list[bool | None]) -> bool | None:
    return True if True in found else None if None in found else False


def _both(found: list[bool | None]) -> bool | None:
    return False if False in found else None if None in found else True


def _not(found: bool | None) -> bool | None:
    return None if found is None else not found


def _condition(tokens: list[Node], test: Test, depth: int) -> bool | None:
    words = list(map(word, tokens))
    if not tokens or depth > DEEPEST:
        return None
    if words[0] in ("not", "only"):
        rest = _condition(tokens[1:], test, depth + 1)
        return _not(rest) if words[0] == "not" else rest
    parts: list[bool | None] = []
    is_negated = False
    for token, name in zip(tokens, words, strict=True):
        if name in ("and", "or", "not"):
            is_negated = name == "not"
            continue
        holds = name in ("all", "screen") if name else _operand(token, test, depth)
        parts.append(_not(holds) if is_negated else holds)
        is_negated = False
    return _either(parts) if "or" in words else _both(parts)


def _operand(token: Node, test: Test, depth: int) -> bool | None:
    if token.type != "() block":
        return test([token]) if token.type == "function" else None
    inner = significant(token.content)
    if inner and (inner[0].type in ("() block", "function") or (len(inner) > 1 and word(inner[0]) == "not")):
        return _condition(inner, test, depth + 1)
    return test(inner)


def _feature(ranges: Mapping[str, _Range], tokens: Sequence[Node]) -> bool | None:
    named = [index for index, token in enumerate(tokens) if word(token)]
    if not named:
        return None
    first = named[0]
    name = word(tokens[first])
    if len(tokens) > 2 and tokens[1] == ":":
        return _plain_feature(name, tokens[2:], ranges)
    if len(tokens) == 1:
        return _STATES[name] not in ("none", "no-preference") if name in _STATES else _non_zero(ranges.get(name))
    before, after = tokens[:first], tokens[first + 1 :]
    return _both([_compared(name, before, ranges, is_before=True), _compared(name, after, ranges, is_before=False)])


def _non_zero(found: _Range | None) -> bool | None:
    return None if found is None else found.most > 0


def _plain_feature(name: str, value: Sequence[Node], ranges: Mapping[str, _Range]) -> bool | None:
    if name in _STATES:
        return word(value[0]) == _STATES[name]
    for prefix, operator in (("min-", ">="), ("max-", "<="), ("", "=")):
        bare = name.replace(prefix, "", 1) if prefix else name
        if bare in ranges and (prefix in name or not prefix):
            size = _size(value)
            return None if size is None else ranges[bare].compares(operator, size)
    return None


def _compared(name: str, side: Sequence[Node], ranges: Mapping[str, _Range], *, is_before: bool) -> bool | None:
    """One side of `400px <= width < 2000px`."""
    operator = "".join(token.value for token in side if token.type == "literal" and token.value in "<=>")
    size = _size([token for token in side if token.type != "literal" or token == "/"])
    if not side:
        return True
    if name not in ranges or size is None:
        return None
    turned = operator.translate({60: ">", 62: "<"}) if is_before else operator
    return ranges[name].compares(turned, size)


def _size(tokens: Sequence[Node]) -> float | None:
    if len(tokens) == 3 and tokens[1] == "/":
        parts = [quantity(token) for token in (tokens[0], tokens[2])]
        return parts[0].number / parts[1].number if parts[0] and parts[1] and parts[1].number else None
    if len(tokens) == 1 and tokens[0].type == "dimension" and tokens[0].lower_unit in _SHARPNESS:
        return float(tokens[0].value) * _SHARPNESS[tokens[0].lower_unit]
    found = quantity(tokens[0]) if len(tokens) == 1 else None
    return None if found is None else found.pixels(16) + found.number


def _support(tokens: Sequence[Node]) -> bool | None:
    if tokens and tokens[0].type == "function":
        return True if tokens[0].lower_name == "selector" else None
    if len(tokens) < 3 or tokens[1] != ":":
        return None
    name = word(tokens[0])
    if name in RELEVANT:
        return bool(read(name, tokens[2:]))
    return None if name.startswith("-") and not name.startswith("--") else bool(name)
