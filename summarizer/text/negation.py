"""Negations in running text, and the words they turn round."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from summarizer.languages import primary
from summarizer.languages.language import language_of
from summarizer.languages.tables import NegationTable

REACH = 3
"""Telling words that a negation is taken to govern, within its clause."""

FARTHEST = 20
"""Words among which those are sought."""

STEM = 5
"""Letters by which forms of one word are told to be the same: resign, resigned."""

SHORTEST = 4
"""Letters of a word with a meaning of its own, mostly."""

_TOKEN = re.compile(r"[^\W\d_]++(?:[\u0900-\u0963]++[^\W\d_]*+)*+(?:['’][^\W\d_]+)?|[.,;:!?()–—。、，；：！？।]")
"""A word, also one with the vowel signs of Devanagari, or what parts clauses; in Chinese and Japanese a clause."""


_NUMBERED = re.compile(r"\bnos?\.?\s(?=\d)", re.IGNORECASE)
"""The short form of number: "world No 1" denies nothing."""


@dataclass(frozen=True, slots=True)
class Negation:
    """A word of negation and the stems of what it governs. `is_plain` is False for a word such as "denied", which
    may stand for a negation but need not be one."""

    word: str
    governs: frozenset[str]
    is_plain: bool


@dataclass(frozen=True, slots=True)
class Polarity:
    """The negations of a text, and the stems in it that no negation governs."""

    negations: tuple[Negation, ...]
    affirmed: frozenset[str]

    @property
    def plain(self) -> tuple[Negation, ...]:
        """The negations proper."""
        return tuple(negation for negation in self.negations if negation.is_plain)

    @property
    def negated(self) -> frozenset[str]:
        """The stems that some negation governs."""
        return frozenset[str]().union(*(negation.governs for negation in self.negations))


@lru_cache(maxsize=1024)  # one sentence is the evidence of several statements
def polarity(text: str, language: str) -> Polarity | None:
    """What `text` denies and what it affirms; None for a language without a table of negations."""
    code = primary(language)
    words = _words(code)
    if words is None:
        return None
    tokens = _TOKEN.findall(_NUMBERED.sub(" ", text).lower().replace("’", "'"))
    delayed = words.delayed(tokens)
    negations: list[Negation] = []
    governed: set[int] = set()
    for at, token in enumerate(tokens):
        denies, implies = _kind(code, token)
        if denies or implies:
            is_plain = denies and at not in delayed
            reached = list(_reached(tokens, at, words))
            governed.update([at, *reached])
            negations.append(Negation(token, words.stems(tokens[place] for place in reached), is_plain))
    return Polarity(tuple(negations), words.stems(token for at, token in enumerate(tokens) if at not in governed))


@dataclass(frozen=True, slots=True)
class _Words:
    table: NegationTable

    def is_plain(self, token: str) -> bool:
        known = self.table
        begins = token.startswith(known.beginnings) and not token.startswith(known.other_beginnings)
        return token in known.words or begins or token.endswith(known.endings) or _holds(token, known.parts)

    def delayed(self, tokens: list[str]) -> frozenset[int]:
        """The places that a word such as "until" follows within their clause."""
        found, follows = set[int](), False
        for at in range(len(tokens) - 1, -1, -1):
            if follows:
                found.add(at)
            follows = tokens[at][0].isalpha() and (follows or tokens[at] in self.table.until)
        return frozenset(found)

    def is_implicit(self, token: str) -> bool:
        return token.startswith(self.table.implicit) or _holds(token, self.table.implicit_parts)

    def stems(self, tokens: Iterable[str]) -> frozenset[str]:
        return frozenset([token[:STEM] for token in tokens if self.is_telling(token)])

    def is_telling(self, token: str) -> bool:
        return len(token) >= SHORTEST and token not in self.table.empty


def _holds(token: str, parts: Iterable[str]) -> bool:
    return any(part in token for part in parts)


@lru_cache(maxsize=8192)  # a few hundred words make most of any text
def _kind(code: str, token: str) -> tuple[bool, bool]:
    """Whether a word denies, and whether it may."""
    words = _words(code)
    return words is not None and words.is_plain(token), words is not None and words.is_implicit(token)


@cache
def _words(code: str) -> _Words | None:
    return _Words(language_of(code).negation) if "negation" in language_of(code).table_names else None


def _reached(tokens: list[str], at: int, words: _Words) -> Iterator[int]:
    """The places near `at` that belong to its clause."""
    directions = [range(at + 1, min(len(tokens), at + 1 + FARTHEST))]
    if not words.table.after_only:
        directions.append(range(at - 1, max(-1, at - 1 - FARTHEST), -1))
    for places in directions:
        telling = 0
        for place in places:
            telling += words.is_telling(tokens[place])
            if telling > REACH or not tokens[place][0].isalpha():
                break
            yield place
