"""Moves: what each case has lost and won against an earlier run, in scores and in facts by their words."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarizer.evals.gate import GateRow, by_case, has_score, mean_score_of

LEAST_MOVE = 0.005
"""A smaller move of a score is none."""
LOST, WON = "lost", "won"
MISSING = (LOST, "missing", "missing as before")
"""What a case does not tell now."""


@dataclass(frozen=True)
class MovedScore:
    """A metric of one case, before and after, its repeats averaged."""

    metric: str
    base: float
    new: float


@dataclass(frozen=True)
class Move:
    """One case. Facts are in the words of their labels."""

    case: str
    scores: tuple[MovedScore, ...]
    """Those that have moved."""
    by: float
    """The mean move of the metrics that decide."""
    facts: Mapping[str, tuple[str, ...]]
    """Facts by what has become of them: lost, won, and those that are told neither now nor before; where nobody knows
    what was told before, those that are missing."""

    @property
    def is_one(self) -> bool:
        """Whether anything has moved."""
        return bool(self.scores or self.facts.keys() & {LOST, WON})


def moves(base: Sequence[GateRow], new: Sequence[GateRow], metrics: Sequence[str]) -> tuple[Move, ...]:
    """A move for every case of `new`, the largest loss first."""
    before = by_case(base)
    all_moves = (_move(case, before.get(case, ()), rows, metrics) for case, rows in by_case(new).items())
    return tuple(sorted(all_moves, key=lambda move: (move.by, -len(move.facts.get(LOST, ())), move.case)))


def _move(case: str, before: Sequence[GateRow], after: Sequence[GateRow], metrics: Sequence[str]) -> Move:
    scores = list(_scores(before, after, metrics)) if before else []
    return Move(
        case,
        scores=tuple(score for score in scores if abs(score.new - score.base) >= LEAST_MOVE),
        by=statistics.fmean(score.new - score.base for score in scores) if scores else 0.0,
        facts={what: facts for what, facts in _facts(_missing(before), _missing(after)).items() if facts},
    )


def _facts(had: tuple[str, ...] | None, has: tuple[str, ...] | None) -> dict[str, tuple[str, ...]]:
    """By the facts that were missing before, and that are now."""
    if had is None or has is None:
        return {"missing": has or ()}
    return {
        LOST: tuple(fact for fact in has if fact not in had),
        WON: tuple(fact for fact in had if fact not in has),
        "missing as before": tuple(fact for fact in has if fact in had),
    }


def _scores(before: Sequence[GateRow], after: Sequence[GateRow], metrics: Sequence[str]) -> Iterator[MovedScore]:
    for name in metrics:
        if has_score(name, before) or has_score(name, after):
            yield MovedScore(name, mean_score_of(name, before), mean_score_of(name, after))


def _missing(rows: Sequence[GateRow]) -> tuple[str, ...] | None:
    """Facts that more than half of these runs do not tell; None where no run says which."""
    told = [row.missing_facts for row in rows if row.missing_facts is not None]
    counts = Counter(fact for facts in told for fact in facts)
    return tuple(fact for fact, count in counts.items() if 2 * count > len(told)) if told else None
