"""Numbers written in words, or in Chinese numerals, and what they amount to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass

from summarizer.text.number_grammar import Grammar
from summarizer.text.words import LETTERS

_GAPS = (" ", "-", "\u2011", "\n")


@dataclass(frozen=True, slots=True)
class Worded:
    """A number in words from `start` to `end`; `value` is None for a vague one such as "dozens"."""

    start: int
    end: int
    value: float | None


@dataclass(slots=True)
class _Count:
    """A number as it is read word by word: `total` holds what is closed by a thousand or more."""

    start: int
    end: int = 0
    total: float = 0
    current: float = 0
    scale: float = float("inf")
    hundred: bool = False
    linked: bool = False
    hyphen: bool = False
    ten_joins: bool = False
    vague: bool = False
    telling: bool = False
    """Whether it is more than "one", "a" or "half", which are seldom counts."""

    def add(self, value: float) -> bool:
        """Takes a plain number word in if it can follow what is there."""
        low = self.current % 100
        fresh = low == 0 and not (self.current == 0 and self.telling and self.total == 0)
        units_after_tens = low >= 20 and low % 10 == 0 and (value < 10 or (low in (60, 80) and value < 20))
        units_after_ten = low == 10 and value < 10 and self.ten_joins  # dix-huit, on iki
        ten_after_units = 0 < low < 10 and value == 10 and self.ten_joins and not self.linked  # خمسة عشر
        teens = units_after_ten or ten_after_units
        tens_after_units = self.linked and 0 < low < 10 and value >= 20 and value % 10 == 0
        half_more = self.linked and value == 0.5
        if low == 4 and value == 20 and self.hyphen:
            self.current += 76  # quatre-vingt
        elif (fresh and value < 100) or units_after_tens or teens or tens_after_units or half_more:
            self.current += value
        else:
            return False
        self.telling = self.telling or value not in (1, 0.5)
        return True

    def multiply(self, scale: float) -> bool:
        """Takes a word such as hundred or million in if it can follow what is there."""
        if scale < 1000:
            if self.hundred or self.current >= 100:
                return False
            self.current = (self.current or 1) * scale
            self.hundred = True
        elif scale < self.scale:
            self.total += (self.current or 1) * scale
            self.current, self.scale, self.hundred = 0, scale, False
        elif not self.current and scale > self.scale:
            self.total *= scale  # mil millones, thousand million
            self.scale = scale
        else:
            return False
        self.telling = True
        return True


def worded_numbers(text: str, grammar: Grammar) -> Iterator[Worded]:
    """The numbers that are written in words, in order, in a text in lower case."""
    if grammar.numerals:
        yield from _han_numbers(text, grammar)
    if not grammar.values or (grammar.compound is None and grammar.words.isdisjoint(LETTERS.findall(text))):
        return
    count: _Count | None = None
    for match in LETTERS.finditer(text):
        word, at = match.group(), match.start()
        if grammar.compound is None and word not in grammar.words:
            continue
        pieces = grammar.split(word)
        if not pieces:
            continue
        longer = _extended(count, pieces, text[count.end : at], grammar) if count else None
        if longer is None:
            yield from _told(count)
            if all(piece in grammar.connectors and piece not in grammar.values for piece in pieces):
                count = None
                continue
            begins = _with_article(text, at, grammar)
            start = _Count(begins, end=at, vague=word in grammar.vague, ten_joins=grammar.ten_joins)
            longer = _extended(start, pieces, "", grammar)
        count = longer
        if count:
            count.end = match.end()
    yield from _told(count)


def _told(count: _Count | None) -> Iterator[Worded]:
    if count and count.telling:
        yield Worded(count.start, count.end, None if count.vague else count.total + count.current)


def _only_links(gap: str, grammar: Grammar) -> bool:
    """Whether nothing but the "and a" of "two and a half" stands between."""
    if len(gap) > 12 or gap[:1] not in _GAPS:
        return False
    words = LETTERS.findall(gap)
    joined = " ".join(words)
    return (
        bool(words)
        and joined == gap.strip()
        and all(word in grammar.connectors or word in grammar.articles for word in words)
    )


def _with_article(text: str, at: int, grammar: Grammar) -> int:
    """Where the "a" of "a hundred" starts, if there is one."""
    before = re.search(r"(?<!\w)(\w{1,5})[ -]$", text[max(0, at - 7) : at])
    return at - len(before.group()) if before and before[1] in grammar.articles else at


def _extended(count: _Count, pieces: tuple[str, ...], gap: str, grammar: Grammar) -> _Count | None:
    """The count with further number words; None if they do not go on with it."""
    if gap and gap not in _GAPS and not _only_links(gap, grammar):
        return None
    longer = copy(count)
    longer.linked, longer.hyphen = len(gap) > 1, gap == "-"
    for piece in pieces:
        if piece in grammar.connectors and piece not in grammar.values:
            longer.linked = True
            continue
        scale = grammar.scales.get(piece)
        if not (longer.multiply(scale) if scale else longer.add(grammar.all_parts[piece])):
            return None
        longer.linked = False
    return longer


def _han_numbers(text: str, grammar: Grammar) -> Iterator[Worded]:
    """Numbers in Chinese numerals, of two signs at least: one alone is mostly part of another word."""
    signs = {**grammar.numerals, **{s: v for s, v in grammar.scales.items() if len(s) == 1 and s > "\u2e80"}}
    starts = "".join(sign for sign, value in signs.items() if value <= 1000)
    for match in re.finditer(rf"(?<![\d.,])[{starts}][{''.join(signs)}]+", text):
        yield Worded(match.start(), match.end(), _han_value([signs[sign] for sign in match.group()]))


def _han_value(values: list[float]) -> float:
    if all(value < 10 for value in values):
        return float("".join(str(int(value)) for value in values))
    total = section = digit = 0.0
    for value in values:
        if value < 10:
            digit = value
        elif value <= 1000:
            section, digit = section + (digit or 1) * value, 0
        else:
            total, section, digit = total + (section + digit or 1) * value, 0, 0
    return total + section + digit
