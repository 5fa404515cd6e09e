"""Pairing: which statement of the old version became which of the new one, wherever it stands now."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from summarizer.text.terms import terms
from summarizer.versions.segments import segments_of, words_of
from summarizer.versions.version import Statement, Version

ALIKE, ALIKE_IN_PLACE = 0.5, 0.34
"""Share of their terms that two statements have in common, as Dice counts it, from which on the one became the other:
anywhere, and between the same two neighbours."""

COMMON, NEAREST = 100, 5
"""Statements that have a term, from which on it tells nothing of which became which; and so many of those that share
most terms with one are looked at, so that time stays linear in the length of an article."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A statement in both versions; in one alone where the other is None."""

    old: Statement | None
    new: Statement | None


@dataclass(frozen=True, slots=True)
class Pairing:
    """Those that changed, that were added and that were dropped, and how many only stand elsewhere."""

    pairs: tuple[Pair, ...]
    moved: int


def paired(old: Version, new: Version) -> Pairing:
    """The statements of two versions side by side, without those that are the same to the letter."""
    return _Pairing(old, new).result()


class _Pairing:
    """The work of pairing: `partners` leads from the number of a new statement to that of the old one."""

    def __init__(self, old: Version, new: Version) -> None:
        segments = segments_of(old, new)
        self.old, self.new = segments.old, segments.new
        self.partners = dict(_equal(*([(each.field, each.text) for each in side] for side in (self.old, self.new))))
        self.still = _longest_rising(sorted(self.partners.items()))
        self.moved = len(self.partners) - len(self.still)
        self.same = frozenset(self.partners)
        self.old_terms = [Counter(terms(each.text, old.language)) for each in self.old]
        self.new_terms = [Counter(terms(each.text, new.language)) for each in self.new]

    def result(self) -> Pairing:
        """All pairs: changed and added in the order of the new version, then what was dropped."""
        self._pair_same_words()
        self._pair_alike()
        pairs = [
            Pair(self.old[self.partners[at]] if at in self.partners else None, statement)
            for at, statement in enumerate(self.new)
            if at not in self.same
        ]
        kept = {*self.partners.values()}
        dropped = [Pair(statement, None) for at, statement in enumerate(self.old) if at not in kept]
        return Pairing((*pairs, *dropped), self.moved)

    def _pair_same_words(self) -> None:
        """Those that differ in nothing but typography."""
        new = [None if at in self.partners else (each.field, words_of(each)) for at, each in enumerate(self.new)]
        taken = {*self.partners.values()}
        old = [at if at in taken else (each.field, words_of(each)) for at, each in enumerate(self.old)]
        self.partners.update(_equal(old, new))

    def _pair_alike(self) -> None:
        """The most alike first."""
        taken = {*self.partners.values()}
        for _, i, j in sorted(self._alike(taken), key=lambda each: (-each[0], abs(each[1] - each[2]))):
            if i not in taken and j not in self.partners:
                taken.add(i)
                self.partners[j] = i

    def _alike(self, taken: set[int]) -> Iterator[tuple[float, int, int]]:
        """How alike which old and new statement are, where that is enough."""
        holders: dict[str, list[int]] = defaultdict(list)
        for j in range(len(self.new)):
            for term in self.new_terms[j] if j not in self.partners else ():
                holders[term].append(j)
        old_gaps, new_gaps = [place[1] for place in self.still], [place[0] for place in self.still]
        for i in range(len(self.old)):
            mine = self.old_terms[i]
            rare = (holders[term] for term in mine if len(holders.get(term, ())) in range(1, COMMON))
            shared = Counter(j for found in rare for j in found) if i not in taken else Counter[int]()
            for j, _ in shared.most_common(NEAREST):
                is_in_place = bisect_right(old_gaps, i) == bisect_right(new_gaps, j)
                share = _dice(mine, self.new_terms[j])
                least = ALIKE_IN_PLACE if is_in_place else ALIKE
                if self.old[i].field == self.new[j].field and share >= least:
                    yield share, i, j


def _equal(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[int, int]]:
    """The places of a new and an old thing that are the same, each with the one of its turn."""
    places: dict[Hashable, list[int]] = defaultdict(list)
    for i in range(len(old) - 1, -1, -1):
        places[old[i]].append(i)
    for j, thing in enumerate(new):
        if same := places.get(thing):
            yield j, same.pop()


def _longest_rising(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of the pairs, the first of each rising, that stand in the same order in both versions, as many as can."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for at, (_, i) in enumerate(places):
        length = bisect_left(ends, i)
        ends[length : length + 1] = [i]
        last[length : length + 1] = [at]
        before.append(last[length - 1] if length else -1)
    rising: list[tuple[int, int]] = []
    at = last[-1] if last else -1
    while at >= 0:
        rising.append(places[at])
        at = before[at]
    return rising[::-1]


def _dice(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / ((one.total() + other.total()) or 1)
