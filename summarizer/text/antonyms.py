"""Words that say the opposite of one another, as a language's table of opposites has them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from summarizer.languages.language import language_of
from summarizer.text.numbers import Number
from summarizer.text.phrases import expression
from summarizer.text.words import WORD

LETTERS = 3
"""By so many first letters phrases are looked up; the shortest stem before a `*` is no shorter."""

_Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Opposites:
    """The patterns of a language: words that turn each other round, that make a statement possible or certain, and
    that make a number a bound."""

    turned: tuple[tuple[_Pattern, _Pattern], ...]
    """Each pair in both directions."""
    beginnings: Mapping[str, frozenset[int]]
    """The first letters of a phrase, and the numbers in `turned` of the pairs that it is on the left side of."""
    units: tuple[tuple[_Pattern, _Pattern], ...]
    """Each unit beside the other ones of its sort."""
    possible: _Pattern
    certain: _Pattern
    above: _Pattern
    below: _Pattern
    strict: _Pattern
    about: _Pattern
    unsure: _Pattern
    negative: _Pattern

    def is_bound(self, phrase: str, text: str) -> bool:
        """Whether a phrase is where it stands in a text part of a bound: the "more" of "more than"."""
        at = text.find(phrase)
        bounds = (match.span() for pattern in (self.above, self.below) for match in pattern.finditer(text))
        return any(start <= at < end for start, end in bounds)

    def turned_in(self, text: str) -> Iterator[tuple[_Pattern, _Pattern]]:
        """The pairs whose left side the text may have: hundreds of patterns need not be tried on every sentence."""
        words = {word[:LETTERS].lower() for word in WORD.findall(text)}
        numbers = frozenset[int]().union(*(self.beginnings[word] for word in words & self.beginnings.keys()))
        return (self.turned[number] for number in sorted(numbers))


@cache
def opposites(language: str) -> Opposites | None:
    """The opposites of a language by its BCP-47 tag; None for one without a table."""
    words = language_of(language).opposites
    if not words.pairs:
        return None
    sides = [side for one, other in words.pairs for side in ((one, other), (other, one))]
    return Opposites(
        turned=tuple((expression(one, language), expression(other, language)) for one, other in sides),
        beginnings=_beginnings([one for one, _ in sides]),
        units=tuple(_exclusive(words.units, language)),
        possible=expression(words.possible, language, re.NOFLAG),  # May is a month, and Will a man
        certain=expression(words.certain, language, re.NOFLAG),
        above=expression(words.above, language),
        below=expression(words.below, language),
        strict=expression(words.strict, language),
        about=expression(words.about, language),
        unsure=expression(words.unsure, language),
        negative=expression(words.negative, language),
    )


def _exclusive(sorts: Iterable[Sequence[Sequence[str]]], language: str) -> Iterator[tuple[_Pattern, _Pattern]]:
    for units in sorts:
        for unit in units:
            others = [phrase for other in units if other is not unit for phrase in other if phrase not in unit]
            yield expression(unit, language), expression(others, language)


def _beginnings(sides: Iterable[Iterable[str]]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for number, phrases in enumerate(sides):
        for first_word in filter(None, map(WORD.match, phrases)):
            found[first_word[0][:LETTERS]].add(number)
    return {letters: frozenset(numbers) for letters, numbers in found.items()}


REACH = 30
"""Characters before a number among which a word such as "about" stands."""


def is_about(number: Number, text: str, language: str) -> bool:
    """Whether a text says of a number in it that it is not exact."""
    words = opposites(language)
    return bool(words and ends_with(words.about, text[max(0, number.start - REACH) : number.start].rstrip()))


def ends_with(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a text ends in what the pattern matches."""
    return any(match.end() == len(text) for match in pattern.finditer(text))
