"""What a written sentence turns round in the sentence it comes closest to: opposites, doubts, bounds and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.checking.analysis import Analysis
from summarizer.checking.statements.sentence_alignment import AlignedPair
from summarizer.text.antonyms import Opposites, opposites
from summarizer.text.numbers import Number
from summarizer.text.words import WITH_APOSTROPHE

WINDOW = 6
"""Words on either side of a word in which its opposite takes away the contrast: "fell in May and rose in June"."""

NEAR_COPY = 0.5
"""Share of terms from which on a number that stands in the place of another one is taken to replace it."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Words of a written sentence, and those of its source that stand in their place."""

    said: str
    source: str


def opposite_words(pair: AlignedPair) -> Iterator[Mismatch]:
    """Words that say the opposite of what the source has at their place: "rose" for "fell"."""
    table = opposites(pair.language)
    for one, other in table.turned_in(pair.said.text) if table else ():
        if one.search(pair.said.text):
            yield from _in_place_of(one, other, pair)


def certain_words(pair: AlignedPair) -> Iterator[Mismatch]:
    """What is certain in the written sentence, and only possible in the source: "will" for "may"."""
    table = opposites(pair.language)
    if table and table.certain.search(pair.said.text):
        yield from _in_place_of(table.certain, table.possible, pair)


def _in_place_of(one: re.Pattern[str], other: re.Pattern[str], pair: AlignedPair) -> Iterator[Mismatch]:
    """Words of the pattern `one` where the sources have no such word, but at the same place one of `other`."""
    agreeing = [match for text in pair.sources for match in one.finditer(text.text)]
    repeated = [*other.finditer(pair.said.text)]
    opposed = [match for text in pair.sources for match in other.finditer(text.text)]
    opposed = [match for match in opposed if not any(pair.is_about_the_same(said, match) for said in repeated)]
    for said in one.finditer(pair.said.text) if opposed else ():
        if other.search(_around(said)) or any(pair.is_about_the_same(said, match) for match in agreeing):
            continue
        for source in opposed:
            if not one.search(_around(source)) and pair.is_about_the_same(said, source):
                yield Mismatch(said.group(), source.group())
                return


def _around(word: re.Match[str]) -> str:
    """The words next to a word, and it."""
    text = word.string
    before = [match.start() for match in WITH_APOSTROPHE.finditer(text, 0, word.start())][-WINDOW:]
    after = [match.end() for match in WITH_APOSTROPHE.finditer(text, word.end())][:WINDOW]
    return text[before[0] if before else word.start() : after[-1] if after else word.end()]


def replaced_numbers(pair: AlignedPair) -> Iterator[Mismatch]:
    """Numbers that the sources do not have, where they have another one of the same unit at the same place."""
    said_numbers = list(_matches(pair.said)) if pair.share >= NEAR_COPY else []
    if not said_numbers:
        return
    known = {value for text in pair.sources for value in text.values | text.implied}
    said_values = pair.said.values | pair.said.implied
    others = [number for text in pair.sources for number in _matches(text)]
    for said, match in said_numbers:
        if said.value is None or said.value == 1 or abs(said.value) in known:
            continue
        for source, place in others:
            is_free = source.value is not None and abs(source.value) not in said_values
            if is_free and source.unit == said.unit and pair.is_about_the_same(match, place):
                yield Mismatch(said.text, source.text)
                break


def changed_bounds(pair: AlignedPair) -> Iterator[Mismatch]:
    """Bounds such as "less than 870" where the source has the number with another bound, or with none."""
    table = opposites(pair.language)
    if table is None:
        return
    said_numbers = list(_matches(pair.said))
    sources = [number for text in pair.sources for number in _matches(text)] if said_numbers else []
    for said, match in said_numbers:
        same = [place for number, place in sources if number.value == said.value]
        bound, phrase = _bound(match, table) if same else ("", "")
        theirs = [_bound(place, table) for place in same] if bound else []
        if not theirs or any(bound == other for other, _ in theirs):
            continue
        if table.strict.fullmatch(phrase) or any(other for other, _ in theirs):
            other = next((f"{bounding} {said.text}" for kind, bounding in theirs if kind), said.text)
            yield Mismatch(f"{phrase} {said.text}", other)


def _bound(number: re.Match[str], table: Opposites) -> tuple[str, str]:
    """Whether what stands before a number makes it a lower bound ("above"), an upper one, or none; and the words."""
    before = number.string[max(0, number.start() - 30) : number.start()]
    for kind, pattern in (("above", table.above), ("below", table.below)):
        for match in pattern.finditer(before):
            if not before[match.end() :].strip():
                return kind, match.group()
    return "", ""


def _matches(text: Analysis) -> Iterator[tuple[Number, re.Match[str]]]:
    """The numbers of a text, each with its place as a match."""
    for number in text.numbers:
        yield number, text.stretch(number.start, number.end)
