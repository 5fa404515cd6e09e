"""Means over cases: a failed run counts as the worst score, and how many cases a mean is of stands beside it."""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from summarizer.evals.gate import BEST, WORST, t_quantile
from summarizer.evals.running.outcome import Outcome


@dataclass(frozen=True)
class Mean:
    """A mean over cases, the repeats of a case averaged first."""

    value: float
    low: float
    high: float
    """The 95 % interval (Student's) within what scores can be; all of that for a single case."""
    scored: int
    """Cases that came to a score in every repeat."""
    expected: int
    """Cases that have an expectation of the kind."""


def mean_score(outcomes: Sequence[Outcome], metric: str, expecting: Collection[str]) -> Mean | None:
    """The mean of a metric over the cases named in `expecting`; None when none of them has a score."""
    cases: dict[str, list[float | None]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.case in expecting:
            cases[outcome.case].append(WORST if outcome.error is not None else outcome.scores.get(metric))
    failed = {outcome.case for outcome in outcomes if outcome.error is not None}
    means = [statistics.fmean(had) for scores in cases.values() if (had := [s for s in scores if s is not None])]
    if not means:
        return None
    scored = sum(None not in scores and case not in failed for case, scores in cases.items())
    mean, reach = statistics.fmean(means), _reach(means)
    return Mean(mean, max(WORST, mean - reach), min(BEST, mean + reach), scored, len(expecting))


def mean_measure(outcomes: Iterable[Outcome], name: str) -> float | None:
    """The mean of a figure that is no score, over the runs that have it."""
    had = [value for outcome in outcomes if (value := outcome.measures.get(name)) is not None]
    return statistics.fmean(had) if had else None


def expecting(outcomes: Iterable[Outcome], metric: str) -> frozenset[str]:
    """The cases that have a score of this metric in any of the outcomes."""
    return frozenset(outcome.case for outcome in outcomes if outcome.scores.get(metric) is not None)


def _reach(values: Sequence[float]) -> float:
    if len(values) < 2:
        return math.inf
    return t_quantile(0.975, len(values) - 1) * statistics.stdev(values) / math.sqrt(len(values))
