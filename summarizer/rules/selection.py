"""Selection: the few sentences that together say most of an article in a given number of words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summarizer.rules.ranking import Ranked

NEAR_DUPLICATE = 0.6
"""Sentences that share so much of the shorter one's terms say the same."""


def select(ranked: Sequence[Ranked], most: int, words: int, fewest: int = 0, least: float = 0.0) -> list[Ranked]:
    """Again and again the sentence that adds most to those chosen before for its words, with those that give other
    figures for the same thing: up to `most` of them, `fewest` even beyond the words.

    None of them says what another one has said. Behind the fewest each adds something, and more than the part `least`
    of what the first one did, so that none only fills the room. A search for the best set covers no more key facts: a
    fact stands in one sentence, and its terms scattered over several are none. Sentences cut short at their clauses
    cover 0.01 more, as little can go without harm to the rest.
    """
    chosen: list[Ranked] = []
    by_number = {item.number: item for item in _statements(ranked, fewest)}
    left = list(by_number.values())
    while left and len(chosen) < most:
        room = words - _words(chosen)
        fitting = [item for item in left if _fits(_together(item, by_number, chosen), room, most - len(chosen))]
        fitting = fitting or (left if len(chosen) < fewest else [])
        best = _most_adding(fitting, chosen)
        if best is None or (len(chosen) >= fewest and not _is_worth(best, chosen, least)):
            break
        group = _together(best, by_number, chosen)[: most - len(chosen)]
        chosen += group
        left = [item for item in left if item not in group and not any(_same(item, other) for other in group)]
    return chosen


def _statements(ranked: Sequence[Ranked], fewest: int) -> list[Ranked]:
    """Those that say something; headings and other labels only where there are too few without them."""
    telling = [item for item in ranked if item.terms]
    statements = [item for item in telling if not item.is_label]
    return statements if len(statements) >= max(1, fewest) else telling


def _together(item: Ranked, by_number: Mapping[int, Ranked], chosen: Sequence[Ranked]) -> list[Ranked]:
    rivals = [by_number[number] for number in sorted(item.rivals) if number in by_number]
    return [item, *(rival for rival in rivals if rival not in chosen)]


def _fits(group: Sequence[Ranked], room: int, most: int) -> bool:
    return len(group) <= most and _words(group) <= room


def _words(items: Sequence[Ranked]) -> int:
    return sum(item.words for item in items)


def _most_adding(fitting: Sequence[Ranked], chosen: Sequence[Ranked]) -> Ranked | None:
    """The one that adds most, of an ordinary length if there is such."""
    ordinary = [item for item in fitting if item.is_ordinary] or fitting
    covered = frozenset(term for item in chosen for term in item.terms)
    return max(ordinary, key=lambda item: _added(item, chosen, covered), default=None)


def _is_worth(item: Ranked, chosen: Sequence[Ranked], least: float) -> bool:
    covered = frozenset(term for other in chosen for term in other.terms)
    return _added(item, chosen, covered) > (least * chosen[0].score if chosen else 0.0)


def _added(item: Ranked, chosen: Sequence[Ranked], covered: frozenset[str]) -> float:
    """What a sentence adds; one that hangs on the one before it counts where that is chosen too."""
    return item.gain(covered, item.stands_alone or any(other.number + 1 == item.number for other in chosen))


def _same(one: Ranked, other: Ranked) -> bool:
    shared = len(one.terms.keys() & other.terms.keys())
    return shared >= NEAR_DUPLICATE * min(len(one.terms), len(other.terms))
