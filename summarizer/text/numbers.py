"""Numbers in running text, in digits of any script or in words, with their values."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from summarizer.languages.language import lower
from summarizer.text.number_grammar import Grammar, grammar
from summarizer.text.number_words import worded_numbers
from summarizer.text.words import LETTERS


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written, with its multiplier and unit: `text` is "$1.2 million", `value` 1200000.

    `value` is None for a vague number ("dozens"); `unit` is "percent", a currency or a measure; None for a count.
    """

    start: int
    end: int
    text: str
    value: float | None
    unit: str | None = None


def find_numbers(text: str, language: str) -> list[Number]:
    """The numbers of `text` in order, by the habits of the language (a BCP-47 tag).

    Left out: digits that belong to a name (A320, COVID-19, 5G), "one" and "half" by themselves.
    """
    habits, low = grammar(language), lower(text)
    in_digits = list(_in_digits(low, text, habits))
    rest = _without(low, in_digits)
    in_words: list[_Found] = []
    end = 0
    for word in worded_numbers(rest, habits):
        if word.start >= end:  # not the cent of "douze pour cent"
            in_words.append(_with_unit(_Found(word.start, word.end, word.value), rest, habits, end))
            end = in_words[-1].end
    found = sorted([*in_digits, *in_words], key=itemgetter(0)) if in_words else in_digits
    return [Number(start, end, text[start:end], value, unit) for start, end, value, unit in found]


def unit_of(name: str, language: str) -> str | None:
    """The unit, as numbers have it, that a name stands for alone: "euros" for "Euro"; None for what is none."""
    habits = grammar(language)
    low = lower(name.strip())
    return habits.currencies.get(low) or habits.units.get(low)


class _Found(NamedTuple):
    """A number in a text in lower case."""

    start: int
    end: int
    value: float | None
    unit: str | None = None


def implied_numbers(text: str, numbers: Sequence[Number], language: str) -> set[float]:
    """Values that a text has besides its numbers: "both" is two, Q4 and F-16 hold digits."""
    habits = grammar(language)
    rest = _without(lower(text), numbers)
    words = habits.implied.keys() & LETTERS.findall(rest) if habits.implied else ()
    return {habits.implied[word] for word in words} | {float(digits) for digits in _DIGITS.findall(rest)}


_DIGITS = re.compile(r"\d{1,15}")


def _without(text: str, numbers: Sequence[Number | _Found]) -> str:
    """The text with the numbers overwritten, so that no word of theirs is read again."""
    if not numbers:
        return text
    pieces, end = [], 0
    for number in numbers:
        pieces += [text[end : number.start], "\0" * (number.end - number.start)]
        end = number.end
    return "".join([*pieces, text[end:]])


_MINUS = re.compile(r"(?:^|[\s(])(?P<sign>[-−]|minus )$")
"""The sign, or the word for it that a dozen languages have."""
LONGEST_MINUS = 7
_CLINGING = re.compile(r"(?<![^\W\d_])[^\W\d_]++(?P<dash>-?)$")
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]")
_MORE = re.compile(r" ?(?P<digits>\d++)")


def _in_digits(low: str, text: str, habits: Grammar) -> Iterator[_Found]:
    """Those in `low`, the text in lower case."""
    end = 0
    for match in habits.numeral.finditer(low):
        if match.start() < end:
            continue  # the second half of 3億5000万
        number = _with_unit(_with_scales(low, match, habits), low, habits, end)
        if not _belongs_to_name(text, number, match):
            end = number.end
            yield number


def _with_scales(text: str, match: re.Match[str], habits: Grammar) -> _Found:
    """The number with what multiplies it: "1.2 million", "20th", "3億5000万"."""
    value, end = _value(match, habits), match.end()
    if ending := habits.ending.match(text, end):
        return _Found(match.start(), ending.end(), value)
    total = 0.0
    while scale := habits.scale.match(text, end):
        value, end = _times(value, habits.scales[scale["word"]]), scale.end()
        if habits.chained and (more := _MORE.match(text, end)):
            total, value, end = total + value, float(more["digits"]), more.end()
    return _Found(match.start(), end, total + value)


def _times(value: float, scale: float) -> float:
    """The product as it would be written: 4.1 million is 4,100,000 and not a fraction more."""
    return round(value * scale, 6)


def _with_unit(number: _Found, text: str, habits: Grammar, floor: int) -> _Found:
    """The number with its currency, measure or sign of percentage, from `floor` on."""
    start, end, value, unit = number
    if (before := habits.unit_before.search(text[max(floor, start - 7) : start])) and not _is_model(before, number):
        start -= len(before.group())
        unit = habits.before[before["word"]]
    if signed := habits.signed_scale.match(text, end):
        value, end = value and _times(value, habits.signed_scales[signed["word"]]), signed.end()
    elif scale := (habits.money_scale if unit else habits.counted_scale).match(text, end):
        value, end = value and _times(value, habits.money_scales[scale["word"]]), scale.end()
    if after := habits.unit.match(text, end):
        name = after["word"]
        unit, end = unit or habits.currencies.get(name) or habits.units[name], after.end()
    if value is not None and not math.isfinite(value):
        value = None  # hundreds of digits in a row
    minus = _MINUS.search(text[max(0, start - LONGEST_MINUS) : start])
    if value is not None and minus and start - len(minus["sign"]) >= floor:
        start, value = start - len(minus["sign"]), -value
    return _Found(start, end, value, unit)


def _is_model(before: re.Match[str], number: _Found) -> bool:
    """Whether letters before a digit or two are no currency: RS3."""
    letters = before.group()
    return letters.isascii() and letters.isalpha() and number.end - number.start < 3


def _belongs_to_name(text: str, number: _Found, match: re.Match[str]) -> bool:
    """Whether letters cling to the digits, as in A320, COVID-19 or 5G, or a power: 10⁶."""
    if number.start == match.start() and text[match.start() - 1 : match.start()].strip():
        before = text[max(0, match.start() - 20) : match.start()]
        word = _CLINGING.search(before)
        if word and _has_case(word.group()) and (not word["dash"] or word.group() != word.group().lower()):
            return True
    is_base = match.group() == "10" and bool(_RAISED.match(text, match.end()))
    return is_base or (number.end == match.end() and _has_case(text[match.end() : match.end() + 1]))


def _has_case(letters: str) -> bool:
    return letters.lower() != letters.upper()


def _value(match: re.Match[str], habits: Grammar) -> float:
    digits = match.group()
    if match["indian"]:
        return float(digits.replace(",", ""))
    if match["swapped"]:
        signs = re.findall(r"\D", digits)
        whole, _, part = digits.rpartition(signs[-1]) if len(set(signs)) > 1 else (digits, "", "0")
        return float(re.sub(r"\D", "", whole) + "." + part)
    if match["sign"]:
        digits = digits.replace(match["sign"], "")
    return float(re.sub(f"[{re.escape(habits.decimal)}]", ".", digits))
