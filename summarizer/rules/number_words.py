"""Numbers written in words, or in Chinese numerals, and what they amount to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.rules.number_grammar import Grammar

_WORD = re.compile(r"[^\W\d_]+")
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
    vague: bool = False
    telling: bool = False
    """Whether it is more than "one", "a" or "half", which are seldom counts."""

    def add(self, value: float) -> bool:
        """Takes a plain number word in if it can follow what is there."""
        low = self.current % 100
        fresh = low == 0 and not (self.current == 0 and self.telling and self.total == 0)
        units_after_tens = low >= 20 and low % 10 == 0 and (value < 10 or (low in (60, 80) and value < 20))
        tens_after_units = self.linked and 0 < low < 10 and value >= 20 and value % 10 == 0
        half_more = self.linked and value == 0.5
        if low == 4 and value == 20 and self.hyphen:
            self.current += 76  # quatre-vingt
        elif (fresh and value < 100) or units_after_tens or tens_after_units or half_more:
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

    def result(self) -> Worded | None:
        if not self.telling:
            return None
        return Worded(self.start, self.end, None if self.vague else self.total + self.current)


def worded_numbers(text: str, grammar: Grammar) -> Iterator[Worded]:
    """The numbers that are written in words, in order."""
    if grammar.numerals:
        yield from _han_numbers(text, grammar)
    if not grammar.values:
        return
    count: _Count | None = None
    for match in _WORD.finditer(text):
        word, at = match.group().lower(), match.start()
        pieces = grammar.split(word)
        if count and not (text[count.end : at] in _GAPS or _only_links(text[count.end : at], grammar)):
            if found := count.result():
                yield found
            count = None
        if not pieces:
            continue
        if count and _take(count, pieces, text[count.end : at], grammar):
            count.end = match.end()
            continue
        if count and (found := count.result()):
            yield found
        count = _Count(_with_article(text, at, grammar))
        _take(count, pieces, "", grammar)
        count.vague = word in grammar.vague
        count.end = match.end()
    if count and (found := count.result()):
        yield found


def _only_links(gap: str, grammar: Grammar) -> bool:
    """Whether nothing but the "and a" of "two and a half" stands between."""
    if len(gap) > 12 or gap[:1] not in _GAPS:
        return False
    words = _WORD.findall(gap.lower())
    joined = " ".join(words)
    return (
        bool(words)
        and joined == gap.strip().lower()
        and all(word in grammar.connectors or word in grammar.articles for word in words)
    )


def _with_article(text: str, at: int, grammar: Grammar) -> int:
    """Where the "a" of "a hundred" starts, if there is one."""
    before = re.search(r"(?<!\w)(\w{1,5})[ -]$", text[max(0, at - 7) : at])
    return at - len(before.group()) if before and before[1].lower() in grammar.articles else at


def _take(count: _Count, pieces: tuple[str, ...], gap: str, grammar: Grammar) -> bool:
    count.linked = any(word in grammar.connectors for word in _WORD.findall(gap.lower()))
    count.hyphen = gap == "-"
    for piece in pieces:
        if piece in grammar.scales:
            taken = count.multiply(grammar.scales[piece])
        elif piece in grammar.connectors and piece not in grammar.values:
            count.linked = taken = True
            continue
        else:
            taken = count.add(grammar.all_parts[piece])
        count.linked = False
        if not taken:
            return False
    return True


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
