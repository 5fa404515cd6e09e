"""Whether a number is another one rounded, as people round in a summary."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from summarizer.text.antonyms import REACH, ends_with, is_about, opposites
from summarizer.text.numbers import Number

FARTHEST = 0.05
"""Share of the exact number that rounding may add or take away."""

LARGE = 1000
"""From here on a round number is taken for a rounded one; "20 died" is not "21 died" unless it says "about"."""

_YEARS = range(1500, 2101)


def is_rounded(number: Number, exact: Sequence[float], text: str, language: str) -> bool:
    """Whether `number`, which stands in `text`, is one of the exact values, which are in order, rounded.

    A whole number under a thousand counts only where the text says so ("about 20"), and "more than" or "nearly" must
    be true of the exact value. Years are never rounded.
    """
    value = abs(number.value or 0.0)
    if not value or (value in _YEARS and number.unit is None and number.text.isdecimal()):
        return False
    low, high = value / (1 + FARTHEST), value / (1 - FARTHEST)
    near = exact[bisect_left(exact, low) : bisect_right(exact, high)]
    return any(_rounds(value, other) and _is_said(value, other, number, text, language) for other in near)


def _rounds(value: float, exact: float) -> bool:
    """Whether `value` is `exact` rounded up or down to fewer significant digits."""
    return _digits(value) < _digits(exact) and abs(value - exact) < _step(value)


def _is_said(value: float, exact: float, number: Number, text: str, language: str) -> bool:
    words = opposites(language)
    before = text[max(0, number.start - REACH) : number.start].rstrip()
    if words and ends_with(words.above, before):
        return value < exact
    if words and ends_with(words.below, before):
        return value > exact
    return exact >= LARGE or exact != int(exact) or is_about(number, text, language)


def _digits(value: float) -> int:
    """Significant digits: two of 1,200 and of 0.12."""
    return len(f"{value:.15g}".partition("e")[0].replace(".", "").strip("0"))


def _step(value: float) -> float:
    """What the last significant digit counts: 100 in 1,200."""
    return 10.0 ** (math.floor(math.log10(value)) + 1 - _digits(value))
