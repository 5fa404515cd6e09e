"""Negations in running text, and the words they turn round."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from summarizer.languages import primary
from summarizer.languages.language import language_of, lower
from summarizer.languages.tables import NegationTable
from summarizer.text.words import LETTERS

REACH = 3
"""Telling words that a negation is taken to govern, within its clause."""

FARTHEST = 20
"""Words among which those are sought."""


EXCEPTED = 3
"""Words behind a negation among which one stands that takes something from it."""

SHORTEST = 4
"""Letters of a word with a meaning of its own, mostly."""

_TOKEN = re.compile(rf"{LETTERS.pattern}(?:['’][^\W\d_]+)?|[.,;:!?()–—。、，；：！？।]")
"""A word, or what parts clauses; in Chinese and Japanese a clause."""

_NUMBERED = re.compile(r"\bnos?\.?\s(?=\d)", re.IGNORECASE)
"""The short form of number: "world No 1" denies nothing."""


@dataclass(frozen=True, slots=True)
class Negation:
    """A word of negation and what it governs. `is_plain` is False for a word such as "denied", which may stand for a
    negation but need not be one."""

    word: str
    is_plain: bool
    start: int
    """Where the word stands."""
    governed: tuple[int, ...]
    """Where the words do that it governs, the nearest first."""

    def moved(self, by: int) -> Negation:
        """The same in a text before which so many characters were put."""
        return replace(self, start=self.start + by, governed=tuple(start + by for start in self.governed))


@dataclass(frozen=True, slots=True)
class Polarity:
    """The negations of a text."""

    negations: tuple[Negation, ...]

    @property
    def plain(self) -> tuple[Negation, ...]:
        """The negations proper."""
        return tuple(negation for negation in self.negations if negation.is_plain)


def polarity(text: str, language: str) -> Polarity | None:
    """What `text` denies; None for a language without a table of negations."""
    denial = _denial(primary(language))
    if denial is None:
        return None
    plain = lower(_NUMBERED.sub(lambda short: " " * len(short.group()), text)).replace("’", "'")
    places = [(match.group(), match.start()) for match in _TOKEN.finditer(plain)]
    tokens = [token for token, _ in places]
    denying = [at for at, token in enumerate(tokens) if denial.may_deny(token)]
    delayed = denial.delayed(tokens) if denying else frozenset[int]()
    negations: list[Negation] = []
    for at in denying:
        denies = denial.is_plain(tokens[at])
        if denies or denial.is_implicit(tokens[at]):
            is_plain = denies and at not in delayed and not denial.is_other(tokens, at)
            governed = tuple(places[place][1] for place in _reached(tokens, at, denial))
            negations.append(Negation(tokens[at], is_plain, places[at][1], governed))
    return Polarity(tuple(negations))


@dataclass(frozen=True, slots=True)
class _Denial:
    table: NegationTable
    any_beginnings: tuple[str, ...]
    any_parts: tuple[str, ...]
    """Of what denies and what may."""

    def may_deny(self, token: str) -> bool:
        """Whether a closer look is due, which few words are worth."""
        if token in self.table.words or f"{token} ".startswith(self.any_beginnings):
            return True
        if token.endswith(self.table.endings):
            return True
        return bool(self.any_parts) and _holds(token, self.any_parts)

    def is_plain(self, token: str) -> bool:
        table = self.table
        begins = token.startswith(table.beginnings) and not token.startswith(table.other_beginnings)
        return token in table.words or begins or token.endswith(table.endings) or _holds(token, table.parts)

    def is_other(self, tokens: list[str], at: int) -> bool:
        """Whether the word denies nothing here: "not only", "une personne", "nobody but him"."""
        before = tokens[at - 1] if at else ""
        behind = tokens[at + 1] if at + 1 < len(tokens) else ""
        excepted = not self.table.excepting.isdisjoint(tokens[at + 1 : at + 1 + EXCEPTED])
        return before in self.table.never_behind or behind in self.table.only or excepted

    def delayed(self, tokens: list[str]) -> frozenset[int]:
        """The places of negations that deny a limit or a condition only: those that a word such as "until" or
        "without" soon follows within their clause, and that "without"."""
        found, limits, between, is_followed = set[int](), list[int](), 0, False
        for at in range(len(tokens) - 1, -1, -1):
            if is_followed and (tokens[at] in self.table.without or tokens[at] in self.table.until):
                limits, between = [*limits, at], 0
            elif limits and self.is_plain(tokens[at]):
                found |= {at, *limits}
            between += self.is_telling(tokens[at])
            is_followed = tokens[at][0].isalpha()
            if not is_followed or between > REACH:
                limits = []
        return frozenset(found)

    def is_implicit(self, token: str) -> bool:
        return f"{token} ".startswith(self.table.implicit) or _holds(token, self.table.implicit_parts)

    def is_telling(self, token: str) -> bool:
        return len(token) >= SHORTEST and token not in self.table.empty


def _holds(token: str, parts: Iterable[str]) -> bool:
    return any(part in token for part in parts)


@cache
def _denial(code: str) -> _Denial | None:
    language = language_of(code)
    if "negation" not in language.table_names:
        return None
    table = language.negation
    return _Denial(table, table.beginnings + table.implicit, table.parts + table.implicit_parts)


def _reached(tokens: list[str], at: int, denial: _Denial) -> Iterator[int]:
    """The places near `at` that belong to its clause."""
    directions = [range(at + 1, min(len(tokens), at + 1 + FARTHEST))]
    if not denial.table.after_only:
        directions.append(range(at - 1, max(-1, at - 1 - FARTHEST), -1))
    for places in directions:
        telling = 0
        for place in places:
            telling += denial.is_telling(tokens[place])
            if telling > REACH or not tokens[place][0].isalpha():
                break
            yield place
