"""Selection: the few sentences that together say most of an article in a given number of words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from summarizer.extractive.sentences.ranking import Ranked

NEAR_DUPLICATE = 0.6
"""Sentences that share so much of the shorter one's terms say the same."""


def select(ranked: Sequence[Ranked], most: int, words: int, fewest: int = 0, least: float = 0.0) -> list[Ranked]:
    """Again and again, of the sentences that a reader can follow alone, the one that adds most to those chosen before
    for its words, with those that give other figures for the same thing: up to `most`, `fewest` beyond the words.

    None of them says what another one has said. Behind the fewest each adds something, and more than the part `least`
    of what the first one did, so that none only fills the room. A search for the best set covers no more key facts: a
    fact stands in one sentence, and its terms scattered over several are none. Sentences cut short at their clauses
    cover 0.01 more, as little can go without harm to the rest.
    """
    chosen: list[Ranked] = []
    statements = [item for item in ranked if item.terms and item.stands_alone]
    by_number = {item.number: item for item in statements}
    offered = _Offered(statements)
    while len(chosen) < most:
        places = most - len(chosen)
        fits = partial(_fits, by_number=by_number, chosen=chosen, room=words - _words(chosen), most=places)
        best = offered.most_adding(chosen, fits)
        if best is None and len(chosen) < fewest:
            best = offered.most_adding(chosen, lambda item: True)
        if best is None or (len(chosen) >= fewest and not _is_worth(best, chosen, least)):
            break
        chosen += _together(best, by_number, chosen)[:places]
    return chosen


class _Offered:
    """The sentences to choose from, those first that would add most to nothing: what one adds to others is no more,
    so few need to be looked at each time."""

    def __init__(self, statements: Sequence[Ranked]) -> None:
        ranked = [(item.score, -place, item) for place, item in enumerate(statements)]
        self._ranked = sorted(ranked, key=lambda offer: offer[:2], reverse=True)

    def most_adding(self, chosen: Sequence[Ranked], wanted: Callable[[Ranked], bool]) -> Ranked | None:
        """The wanted one that adds most and says what none of the chosen says, of an ordinary length if there is
        such."""
        return self._best(chosen, lambda item: item.is_ordinary and wanted(item)) or self._best(chosen, wanted)

    def _best(self, chosen: Sequence[Ranked], wanted: Callable[[Ranked], bool]) -> Ranked | None:
        covered = frozenset(term for item in chosen for term in item.terms)
        best: tuple[float, int] = (-1.0, 0)
        found = None
        for most, place, item in self._ranked:
            if most < best[0]:
                break
            adds = (item.gain(covered), place)
            if adds > best and wanted(item) and not any(item is other or _same(item, other) for other in chosen):
                best, found = adds, item
        return found


def _together(item: Ranked, by_number: Mapping[int, Ranked], chosen: Sequence[Ranked]) -> list[Ranked]:
    rivals = [by_number[number] for number in sorted(item.rivals) if number in by_number]
    return [item, *(rival for rival in rivals if rival not in chosen)]


def _fits(item: Ranked, by_number: Mapping[int, Ranked], chosen: Sequence[Ranked], room: int, most: int) -> bool:
    group = _together(item, by_number, chosen)
    return len(group) <= most and _words(group) <= room


def _words(items: Sequence[Ranked]) -> int:
    return sum(item.words for item in items)


def _is_worth(item: Ranked, chosen: Sequence[Ranked], least: float) -> bool:
    covered = frozenset(term for other in chosen for term in other.terms)
    return item.gain(covered) > (least * chosen[0].score if chosen else 0.0)


def _same(one: Ranked, other: Ranked) -> bool:
    shared = len(one.terms.keys() & other.terms.keys())
    return shared >= NEAR_DUPLICATE * min(len(one.terms), len(other.terms))
