"""Tokens: the words of a statement as two versions are compared by them, a number, a date or a name being one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from summarizer.article import is_unspaced
from summarizer.text.dates import find_dates
from summarizer.text.numbers import Number, find_numbers
from summarizer.text.words import LETTERS, MARKS, any_of, fold

_WORD = re.compile(rf"[^\W_]+(?:[{MARKS}]+[^\W_]*)*(?:['’][^\W_]+)*|[%€$£¥₹]")
_HAS_DIGIT = re.compile(r"\d")

Kind = Literal["word", "number", "date", "name"]


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of a text; two are the same when their keys are: 12 and twelve, Zelenský and Zelensky."""

    start: int
    end: int
    key: str
    kind: Kind
    unit: str | None = None
    """Of a number."""


@dataclass(frozen=True)
class Tokenizer:
    """Reads texts of one language in which these names may stand."""

    language: str
    names: re.Pattern[str]

    @classmethod
    def knowing(cls, language: str, names: Iterable[str]) -> Tokenizer:
        """The reader that knows these names."""
        known = sorted({name for name in names if name})
        spaced = any_of(name for name in known if not is_unspaced(name[0]))
        unspaced = any_of(name for name in known if is_unspaced(name[0]))
        return cls(language, re.compile(rf"(?<![^\W_])(?:{spaced})(?![^\W_])|(?:{unspaced})"))

    def tokens(self, text: str) -> tuple[Token, ...]:
        """The tokens in their order; none overlap."""
        found: list[Token] = []
        for token in (*self._dates(text), *self._numbers(text), *self._named(text), *_words(text)):
            found.append(token)
        return tuple(_apart(found))

    def _dates(self, text: str) -> Iterator[Token]:
        """Those with a digit or a month; a weekday is the same word whenever it was published."""
        for date in find_dates(text, self.language):
            said = text[date.start : date.end].rstrip(".")
            yield Token(date.start, date.start + len(said), date.iso or fold(said), "date")

    def _numbers(self, text: str) -> Iterator[Token]:
        for number in find_numbers(text, self.language):
            yield Token(number.start, number.end, _number_key(number), "number", number.unit)

    def _named(self, text: str) -> Iterator[Token]:
        for match in self.names.finditer(text):
            yield Token(match.start(), match.end(), name_key(match.group()), "name")


def _number_key(number: Number) -> str:
    said = fold(number.text) if number.value is None else f"{number.value:g}"
    return f"{said} {number.unit or ''}".strip()


@cache
def name_key(name: str) -> str:
    """What two spellings of one name share: accents, capitals and dots do not count."""
    return " ".join(_WORD.findall(fold(name).replace("’", "'")))


def _words(text: str) -> Iterator[Token]:
    """The words; of a script without spaces the characters."""
    for match in _WORD.finditer(text):
        if is_unspaced(match.group()[0]):
            yield from (Token(at, at + 1, text[at], "word") for at in range(*match.span()))
        else:
            yield Token(*match.span(), fold(match.group()).replace("’", "'"), "word")


def _apart(tokens: Sequence[Token]) -> Iterator[Token]:
    """Without those that overlap one before them in the sequence, in the order of the text."""
    taken: set[int] = set()
    kept: list[Token] = []
    for token in tokens:
        places = range(token.start, token.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(token)
    return iter(sorted(kept, key=lambda token: token.start))


def next_word(text: str, end: int) -> str:
    """The word behind a place, folded: what a number there counts."""
    word = LETTERS.search(text, end, end + 40)
    return fold(word.group()) if word else ""
