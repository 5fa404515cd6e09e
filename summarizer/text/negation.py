"""Negations in running text, and the words they turn round."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from summarizer.languages import primary, table

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


def polarity(text: str, language: str) -> Polarity | None:
    """What `text` denies and what it affirms; None for a language without a table of negations."""
    words = _words(primary(language))
    if words is None:
        return None
    tokens = _TOKEN.findall(_NUMBERED.sub(" ", text).lower().replace("’", "'"))
    denying = [at for at, token in enumerate(tokens) if words.may_deny(token)]
    delayed = words.delayed(tokens) if denying else frozenset[int]()
    negations: list[Negation] = []
    governed: set[int] = set()
    for at in denying:
        denies = words.is_plain(tokens[at])
        if denies or words.is_implicit(tokens[at]):
            reached = list(_reached(tokens, at, words))
            governed.update([at, *reached])
            governs = words.stems(tokens[place] for place in reached)
            negations.append(Negation(tokens[at], governs, denies and at not in delayed))
    return Polarity(tuple(negations), words.stems(token for at, token in enumerate(tokens) if at not in governed))


@dataclass(frozen=True, slots=True)
class _Words:
    plain: frozenset[str]
    beginnings: tuple[str, ...]
    other_beginnings: tuple[str, ...]
    """Of words that begin like that and deny nothing."""
    endings: tuple[str, ...]
    parts: tuple[str, ...]
    """Found anywhere in a word: the scripts without spaces, and languages that deny within the verb."""
    implicit: tuple[str, ...]
    implicit_parts: tuple[str, ...]
    empty: frozenset[str]
    after_only: bool
    """Whether a negation governs only what follows it."""
    until: frozenset[str]
    """What makes a denial a delay: "not put out until noon" says that it was."""

    any_beginnings: tuple[str, ...]
    any_parts: tuple[str, ...]
    """Of what denies and what may."""

    def may_deny(self, token: str) -> bool:
        """Whether a closer look is due, which few words are worth."""
        if token in self.plain or token.startswith(self.any_beginnings) or token.endswith(self.endings):
            return True
        return bool(self.any_parts) and _holds(token, self.any_parts)

    def is_plain(self, token: str) -> bool:
        begins = token.startswith(self.beginnings) and not token.startswith(self.other_beginnings)
        return token in self.plain or begins or token.endswith(self.endings) or _holds(token, self.parts)

    def delayed(self, tokens: list[str]) -> frozenset[int]:
        """The places that a word such as "until" follows within their clause."""
        found, follows = set[int](), False
        for at in range(len(tokens) - 1, -1, -1):
            if follows:
                found.add(at)
            follows = tokens[at][0].isalpha() and (follows or tokens[at] in self.until)
        return frozenset(found)

    def is_implicit(self, token: str) -> bool:
        return token.startswith(self.implicit) or _holds(token, self.implicit_parts)

    def stems(self, tokens: Iterable[str]) -> frozenset[str]:
        return frozenset([token[:STEM] for token in tokens if len(token) >= SHORTEST and token not in self.empty])

    def is_telling(self, token: str) -> bool:
        return len(token) >= SHORTEST and token not in self.empty


def _holds(token: str, parts: Iterable[str]) -> bool:
    return any(part in token for part in parts)


@cache
def _words(code: str) -> _Words | None:
    words = table(code, "negation")
    if not words:
        return None
    return _Words(
        plain=frozenset(words["words"]),
        beginnings=tuple(words.get("beginnings", ())),
        other_beginnings=tuple(words.get("other_beginnings", ())),
        endings=tuple(words.get("endings", ())),
        parts=tuple(words.get("parts", ())),
        implicit=tuple(words.get("implicit", ())),
        implicit_parts=tuple(words.get("implicit_parts", ())),
        empty=frozenset(words.get("empty", ())),
        after_only=words.get("after_only", False),
        until=frozenset(words.get("until", ())),
        any_beginnings=(*words.get("beginnings", ()), *words.get("implicit", ())),
        any_parts=(*words.get("parts", ()), *words.get("implicit_parts", ())),
    )


def _reached(tokens: list[str], at: int, words: _Words) -> Iterator[int]:
    """The places near `at` that belong to its clause."""
    directions = [range(at + 1, min(len(tokens), at + 1 + FARTHEST))]
    if not words.after_only:
        directions.append(range(at - 1, max(-1, at - 1 - FARTHEST), -1))
    for places in directions:
        telling = 0
        for place in places:
            telling += words.is_telling(tokens[place])
            if telling > REACH or not tokens[place][0].isalpha():
                break
            yield place
