"""Which words of a statement stand where in the sentences cited for it, and what stands there in the place of one."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from summarizer.checking.analysis import Analysis
from summarizer.languages.language import language_of
from summarizer.text.negation import Negation
from summarizer.text.numbers import Number
from summarizer.text.terms import stop_words
from summarizer.text.words import LETTERS, fold, stem_of

SHORT = 4
"""Letters that two forms of a short word must share."""

NEIGHBOURS = 6
"""Words before and after one among which others say which of its places in the sources is meant."""

FRAME = 3
"""Telling words of a source that a name may have, where those next to it on both sides are the same."""

LONGEST_GAP = 10
"""Words of a source between two that stand beside each other in a statement, for what is between to be in the place
of a third."""

COPIED = 0.6
"""Share of the telling words of a clause of the statement that one sentence must have for it to be a copy."""

FEWEST_COPIED = 2
"""So many of them at least, where the clause of the sources has as many."""

TOLD = 0.5
"""Share of those of a clause of the sources that the statement must have to tell it over again."""

_TOKEN = re.compile(rf"\d+(?:[.,:]\d+)*|{LETTERS.pattern}(?:['’](?:s|t|re|ve|ll|d|m)(?!\w))?|[.,;:!?()–—“”\"„«»؛،।]")


class Token(NamedTuple):
    """A word of a text, or a sign that parts clauses."""

    text: str
    """In lower case."""
    stem: str
    """Empty for a sign."""
    start: int
    end: int
    is_telling: bool

    def moved(self, by: int) -> Token:
        """The same in a text before which so many characters were put."""
        return self._replace(start=self.start + by, end=self.end + by)


def tokens(text: Analysis) -> tuple[Token, ...]:
    """The words and signs of a text in their order."""
    stop = stop_words(text.language)
    return tuple(_tokens(text.text, stop))


def _tokens(text: str, stop: frozenset[str]) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        word = match.group()
        if not word[0].isalnum():
            yield Token(word, "", match.start(), match.end(), False)
            continue
        low = fold(word).replace("’", "'")
        is_telling = low not in stop and low.partition("'")[0] not in stop and (len(low) > 1 or low.isdigit())
        yield Token(word.lower().replace("’", "'"), stem_of(low), match.start(), match.end(), is_telling)


@dataclass(frozen=True)
class Alignment:
    """A statement and all that is cited for it, word by word; places are numbers of tokens."""

    said: Analysis
    sources: tuple[Analysis, ...]
    """The sentences, in the order of the article."""

    @property
    def language(self) -> str:
        return self.said.language

    @cached_property
    def words(self) -> tuple[Token, ...]:
        return self.said.seen_as(tokens)

    @cached_property
    def theirs(self) -> tuple[Token, ...]:
        """The words of all sources, by their offsets in `their_text`."""
        found: list[Token] = []
        for source, offset in self._offsets:
            found += [word.moved(offset) for word in source.seen_as(tokens)]
            found.append(_END)
        return tuple(found)

    @cached_property
    def their_text(self) -> str:
        """All sources, each a line."""
        return "\n".join(source.text for source in self.sources)

    @cached_property
    def _offsets(self) -> Sequence[tuple[Analysis, int]]:
        lengths = [0, *accumulate(len(source.text) + 1 for source in self.sources)]
        return list(zip(self.sources, lengths, strict=False))

    @cached_property
    def their_negations(self) -> Sequence[Negation]:
        """The negations of the sources, by their offsets in `their_text`."""
        known = ((source.polarity, offset) for source, offset in self._offsets)
        return [each.moved(offset) for polarity, offset in known if polarity for each in polarity.negations]

    @cached_property
    def places(self) -> dict[int, int]:
        """For each telling word of the statement that a source has, where."""
        known: dict[str, list[int]] = {}
        for at, token in enumerate(self.theirs):
            if token.is_telling:
                known.setdefault(token.stem, []).append(at)
        short: dict[str, list[int]] = {}
        for stem, there in known.items():
            if len(stem) >= SHORT:
                short.setdefault(stem[:SHORT], []).extend(there)
        found = [
            (at, there)
            for at, token in enumerate(self.words)
            if token.is_telling
            and (
                there := known.get(token.stem)
                or [each for each in short.get(token.stem[:SHORT], ()) if self._is_form(token, each)]
            )
        ]
        sure = {at: there[0] for at, there in found if len(there) == 1}
        for at, there in found:
            if len(there) > 1:
                sure[at] = min(there, key=lambda place: _distance(place, at, sure))
        return sure

    @cached_property
    def their_numbers(self) -> Sequence[tuple[Number, range]]:
        """The numbers of the sources, each with the places of its words."""
        return [
            (number, inside)
            for source, offset in self._offsets
            for number in source.numbers
            if (inside := places_between(self.theirs, number.start + offset, number.end + offset))
        ]

    def said_at(self, places: range) -> str:
        """The words of the statement at some places, as they are written."""
        return self.said.text[self.words[places.start].start : self.words[places.stop - 1].end]

    def theirs_at(self, places: range) -> str:
        """Those of the sources."""
        return self.their_text[self.theirs[places.start].start : self.theirs[places.stop - 1].end]

    def _is_form(self, word: Token, place: int) -> bool:
        """Whether two short words differ in their endings alone: rule, ruled."""
        lengths = sorted((word.end - word.start, self.theirs[place].end - self.theirs[place].start))
        return lengths[0] >= SHORT and lengths[1] <= lengths[0] + 2 and lengths[1] <= SHORT + 3

    @cached_property
    def share(self) -> float:
        """Share of the telling words of the statement that a source has."""
        return len(self.places) / len(self._telling) if self._telling else 0.0

    @property
    def lacks_one(self) -> bool:
        """Whether a source has all telling words of the statement but one, which may be the negation."""
        return len(self._telling) - len(self.places) <= 1

    @cached_property
    def _matched(self) -> frozenset[int]:
        return frozenset(self.places.values())

    @cached_property
    def _aligned(self) -> Sequence[int]:
        return sorted(self.places)

    def opposite(self, first: int, last: int) -> range:
        """Where in the sources that stands which is in the place of the words from `first` to `last`."""
        at = bisect_left(self._aligned, first)
        before = self._aligned[at - 1] if at else None
        at = bisect_right(self._aligned, last)
        after = self._aligned[at] if at < len(self._aligned) else None
        if before is not None and first - before > NEIGHBOURS:
            before = None
        if after is not None and after - last > NEIGHBOURS:
            after = None
        left = None if before is None else self.places[before]
        right = None if after is None else self.places[after]
        if left is not None and right is not None:
            if (
                left < right
                and right - left <= LONGEST_GAP
                and not any(self.theirs[at] is _END for at in range(left, right))
            ):
                return range(left + 1, right)
            return range(0)
        if left is not None:
            return range(left + 1, self._stretch(left, 1))
        if right is not None:
            return range(self._stretch(right, -1) + 1, right)
        return range(0)

    def is_framed(self, name: range) -> bool:
        """Whether the telling words next to a name on both sides are those of the sources, next to each other."""
        before, after = self._beside(name.start - 1, -1), self._beside(name.stop, 1)
        if before is None or after is None or before >= after:
            return False
        between = [self.theirs[at] for at in range(before + 1, after)]
        return _END not in between and sum(token.is_telling for token in between) <= FRAME

    def _beside(self, at: int, step: int) -> int | None:
        """Where in the sources the next telling word stands, small words and signs passed over."""
        while 0 <= at < len(self.words) and not self.words[at].is_telling:
            at += step
        return self.places.get(at)

    def _stretch(self, at: int, step: int) -> int:
        """How far the words go on that no word of the statement is, within their sentence."""
        end = at + step
        while 0 <= end < len(self.theirs) and abs(end - at) <= LONGEST_GAP:
            if end in self._matched or self.theirs[end] is _END:
                break
            end += step
        return end

    def is_copy(self, here: int, there: int) -> bool:
        """Whether the clause of the statement around one of its words tells that around a word of the sources over
        again, with nothing of another sentence: what is condensed from several may well say it otherwise."""
        source = self._sentence_of(there)
        own = {self.theirs[at].stem for at in source}
        clause = [at for at in clause_of(self.theirs, there) if self.theirs[at].is_telling]
        mine = [at for at in clause_of(self.words, here) if self.words[at].is_telling]
        known = [at for at in mine if at in self.places]
        if any(self.places[at] not in source and self.words[at].stem not in own for at in known if at != here):
            return False
        places = {self.places[at] for at in known}
        told = [at for at in clause if at in places or self.theirs[at].stem in self._stems]
        fewest = min(FEWEST_COPIED, sum(at != there for at in clause))
        if places and self._telling <= {here, *known} and places <= {*clause}:
            return True  # there is nothing else in the statement: "nobody was hurt" of three who were
        return len(known) >= max(fewest, round(COPIED * len(mine))) and len(told) >= TOLD * len(clause)

    @cached_property
    def _telling(self) -> frozenset[int]:
        return frozenset(at for at, word in enumerate(self.words) if word.is_telling)

    def shares_number(self, here: int, there: int) -> bool:
        """Whether a number stands in the clause of the statement around one of its words, and in that around a word
        of the sources: what is said of it, then, is said of the same thing."""
        mine = {self.words[at].text for at in clause_of(self.words, here)}
        theirs = {self.theirs[at].text for at in clause_of(self.theirs, there)}
        return any(word[0].isdigit() for word in mine & theirs)

    def _sentence_of(self, place: int) -> range:
        """The places of the sentence of the sources that has a word."""
        first = next((at + 1 for at in range(place, -1, -1) if self.theirs[at] is _END), 0)
        return range(first, next(at for at in range(place, len(self.theirs)) if self.theirs[at] is _END))

    def is_new(self, place: int) -> bool:
        """Whether the statement has no form of a word of the sources."""
        return self.theirs[place].stem not in self._stems

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(token.stem for token in self.words)

    @cached_property
    def their_stems(self) -> frozenset[str]:
        """The stems of all words of the sources."""
        return frozenset(token.stem for token in self.theirs)


_END = Token("", "", 0, 0, False)
"""Between two sources."""


def _distance(place: int, at: int, sure: dict[int, int]) -> int:
    """How far a place is from where the neighbours of a word stand."""
    near = [sure[other] for other in range(at - NEIGHBOURS, at + NEIGHBOURS + 1) if other != at and other in sure]
    return min((abs(place - other) for other in near), default=place)


def clause_of(words: Sequence[Token], at: int) -> range:
    """The words around one up to the next sign on either side."""
    first = at
    while first > 0 and words[first - 1].stem:
        first -= 1
    last = at
    while last + 1 < len(words) and words[last + 1].stem:
        last += 1
    return range(first, last + 1)


def places_between(words: Sequence[Token], start: int, end: int) -> range:
    """The words between two offsets."""
    inside = [at for at, word in enumerate(words) if word.stem and word.start < end and word.end > start]
    return range(inside[0], inside[-1] + 1) if inside else range(0)


def alignment(said: Analysis, sources: Sequence[Analysis]) -> Alignment | None:
    """The alignment of a statement, None where it is in another language or has no words to tell by."""
    if language_of(said.language).writing.unspaced or not sources:
        return None
    return Alignment(said, tuple(sources))
