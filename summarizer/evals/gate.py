"""The gate: whether a change made things worse, decided case by case against a baseline, and how sure that is.

Two layers. The hard one needs no statistics: a case that is gone, more errors than before, an invariant broken or
no longer reported.
The paired one compares each case with itself: a one-sided sign-flip test of at most three declared metrics,
Holm-adjusted.
A failed run has the worst score there is, so that a crash is never an improvement.

Method: Fisher's randomization test for paired differences (exact for up to 12 cases); Holm 1979; the interval is
Student's. Constants below were chosen before any result was looked at.
"""

from __future__ import annotations

import itertools
import math
import random
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from summarizer.errors import EvalInvalid
from summarizer.faults import faults_of

ALPHA = 0.05
"""Chance of calling an unchanged thing worse, over all primary metrics together."""
MARGIN = 0.05
"""A drop that nobody would mind: the interval has to end above it to say NON-INFERIOR."""
LEAST_DROP = 0.01
"""A smaller drop is not called a regression, however sure it is."""
FEWEST_CASES = 8
"""With fewer no verdict is given: the test can hardly reach ALPHA."""
MOST_PRIMARIES = 3
EXACT_UP_TO = 12
FLIPS = 10_000
POWER = 0.8
WORST, BEST = 0.0, 1.0
"""The first is the score of a failed run; every metric runs from 0 to 1, and more is better."""


class GateRow(BaseModel):
    """One run of one case, by any harness: a line of a JSONL file."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    case: str
    repeat: int = 0
    error: str | None = None
    """Why there is no result; scores and invariants of such a row do not count."""
    scores: dict[str, float | None] = Field(default_factory=dict)
    """Metrics by name; None where the case expects nothing of the kind."""
    invariants: dict[str, bool] = Field(default_factory=dict)
    """What must never break: True where it held."""
    missing_facts: tuple[str, ...] | None = None
    """The expected facts that are not told, in words; None where nothing says which."""
    versions: dict[str, str] = Field(default_factory=dict)
    """Of the dataset and of the metrics: rows with others can't be compared."""

    @field_validator("error")
    @classmethod
    def _none_for_no_words(cls, error: str | None) -> str | None:
        return error if error and error.strip() else None


class GateVerdict(StrEnum):
    """What the paired test of one metric says."""

    regressed = "REGRESSED"
    non_inferior = "NON-INFERIOR"
    inconclusive = "INCONCLUSIVE"
    improved = "IMPROVED"
    none = "NO VERDICT"
    """There are too few cases for any."""


class GateEnding(StrEnum):
    """What a gate comes to in all."""

    passed = "passed"
    failed = "failed"
    no_verdict = "no verdict"


@dataclass(frozen=True)
class GateComparison:
    """One metric, before and after, over the cases that have it in both."""

    metric: str
    verdict: GateVerdict
    base: float
    new: float
    cases: int
    failed: int
    """Runs of the new side that failed and count as the worst score."""
    low: float
    high: float
    """The 90 % interval of the mean difference, as far as scores reach."""
    p_worse: float
    p_better: float
    """One-sided and Holm-adjusted."""
    smallest_drop: float
    """The drop that a suite of this size and spread would find four times in five."""

    @property
    def difference(self) -> float:
        """New minus base."""
        return self.new - self.base


@dataclass(frozen=True)
class Result:
    """The outcome of a gate. `broken` are the violations of the hard layer, in plain words."""

    broken: tuple[str, ...]
    comparisons: tuple[GateComparison, ...]

    @property
    def ending(self) -> GateEnding:
        """Failed where something is broken or regressed; without a verdict on every metric never passed. INCONCLUSIVE
        passes, and says so."""
        verdicts = {comparison.verdict for comparison in self.comparisons}
        if self.broken or GateVerdict.regressed in verdicts:
            return GateEnding.failed
        return GateEnding.no_verdict if GateVerdict.none in verdicts else GateEnding.passed


def read_rows(path: Path) -> tuple[GateRow, ...]:
    """The rows of a JSONL file. Raises EvalInvalid that names file and line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EvalInvalid(f"{path} can't be read: {error}") from error
    rows = tuple(_row(line, f"{path}, line {number}") for number, line in enumerate(lines, 1) if line.strip())
    if not rows:
        raise EvalInvalid(f"{path} holds no rows")
    return rows


def _row(line: str, where: str) -> GateRow:
    try:
        row = GateRow.model_validate_json(line)
    except ValidationError as error:
        raise EvalInvalid(f"{where}: {faults_of(error, 'the line', GateRow)}") from None
    outside = [name for name, score in row.scores.items() if score is not None and not 0 <= score <= 1]
    if outside:
        raise EvalInvalid(f"{where}: scores run from 0 to 1, and {', '.join(outside)} is outside")
    return row


def gate(base: Sequence[GateRow], new: Sequence[GateRow], primaries: Sequence[str]) -> Result:
    """Compares two runs of one suite on the primary metrics.

    Raises EvalInvalid when the versions differ, when there are more than three primaries, or when one is in no row.
    """
    _comparable(base, new, primaries)
    before, after = by_case(base), by_case(new)
    samples = [_paired(name, before, after) for name in primaries]
    worse = _holm([sign_flip([-d for d in sample.differences]) for sample in samples])
    better = _holm([sign_flip(sample.differences) for sample in samples])
    compared = zip(samples, worse, better, strict=True)
    comparisons = tuple(_comparison(sample, down, up, len(primaries)) for sample, down, up in compared)
    return Result(tuple(_broken(before, after)), comparisons)


def _comparable(base: Sequence[GateRow], new: Sequence[GateRow], primaries: Sequence[str]) -> None:
    if not 1 <= len(primaries) <= MOST_PRIMARIES:
        raise EvalInvalid(f"declare one to {MOST_PRIMARIES} primary metrics, not {len(primaries)}")
    versions = {tuple(sorted(row.versions.items())) for row in (*base, *new)}
    if len(versions) > 1:
        said = " / ".join(", ".join(f"{k} {v}" for k, v in one) or "none" for one in sorted(versions))
        raise EvalInvalid(f"the rows are of different versions and can't be compared: {said}")
    for name in primaries:
        if not any(row.scores.get(name) is not None for row in base):
            raise EvalInvalid(f"no row of the baseline has a score for {name!r}")


Cases = Mapping[str, Sequence[GateRow]]


def by_case(rows: Sequence[GateRow]) -> Cases:
    """The rows of each case."""
    cases: dict[str, list[GateRow]] = defaultdict(list)
    for row in rows:
        cases[row.case].append(row)
    return cases


# --- the hard layer ---------------------------------------------------------------------------------------------


def _broken(before: Cases, after: Cases) -> Iterator[str]:
    for case in before:
        if case not in after:
            yield f"{case} is missing"
    failed_before, failed_after = _failed_share(before), _failed_share(after)
    if failed_after > failed_before:
        names = sorted({row.case for rows in after.values() for row in rows if row.error is not None})
        yield f"{failed_after:.0%} of the runs failed, {failed_before:.0%} before: {', '.join(names)}"
    for case, name in sorted(_violations(after) - _violations(before)):
        yield f"{case}: {name} is broken"
    gone = _reported(before, any) - _reported(after, all)
    for name in sorted({name for _, name in gone}):
        cases = sorted(case for case, one in gone if one == name and _answered(after.get(case, ())))
        if cases:
            yield f"{name} was reported before and is not now: {', '.join(cases)}"


def _failed_share(cases: Cases) -> float:
    return statistics.fmean(row.error is not None for rows in cases.values() for row in rows)


def _violations(cases: Cases) -> set[tuple[str, str]]:
    rows = (row for rows in cases.values() for row in _answered(rows))
    return {(row.case, name) for row in rows for name, held in row.invariants.items() if not held}


def _reported(cases: Cases, how_many: Callable[[Iterable[bool]], bool]) -> set[tuple[str, str]]:
    """The invariants that any or all runs of a case tell of."""
    return {
        (case, name)
        for case, rows in cases.items()
        for name in {name for row in rows for name in row.invariants}
        if how_many(name in row.invariants for row in _answered(rows))
    }


def _answered(rows: Sequence[GateRow]) -> list[GateRow]:
    return [row for row in rows if row.error is None]


# --- the paired layer -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Sample:
    metric: str
    base: tuple[float, ...]
    new: tuple[float, ...]
    failed: int

    @property
    def differences(self) -> list[float]:
        return [new - base for base, new in zip(self.base, self.new, strict=True)]


def _paired(metric: str, before: Cases, after: Cases) -> _Sample:
    """The case means of one metric, repeats averaged first: the case is the unit, never the run.

    A case counts when a run of either side has a score for it; a case that is missing counts as failed.
    """
    named = [case for case in before if has_score(metric, before[case]) or has_score(metric, after.get(case, ()))]
    new = [after.get(case, ()) for case in named]
    return _Sample(
        metric,
        tuple(mean_score_of(metric, before[case]) for case in named),
        tuple(mean_score_of(metric, rows) for rows in new),
        sum(row.error is not None for rows in new for row in rows) + sum(not rows for rows in new),
    )


def has_score(metric: str, rows: Sequence[GateRow]) -> bool:
    """Whether any of these runs came to a score."""
    return any(row.scores.get(metric) is not None for row in rows if row.error is None)


def mean_score_of(metric: str, rows: Sequence[GateRow]) -> float:
    """The mean over the runs of one case, of which some other run has a score."""
    # A score that is gone, of a case that has one in another run, is no missing expectation: it counts as the worst.
    scores = [WORST if row.error is not None else row.scores.get(metric) for row in rows]
    return statistics.fmean([score if score is not None else WORST for score in scores] or [WORST])


def sign_flip(differences: Sequence[float]) -> float:
    """One-sided p-value of the mean being above zero, were the sign of every difference a coin's throw.

    Exact for up to 12 differences, else by 10,000 seeded throws.
    """
    observed, n = math.fsum(differences), len(differences)
    if n == 0:
        return 1.0
    slack = 1e-12 * sum(map(abs, differences))  # sums that differ only in rounding are equal
    if n <= EXACT_UP_TO:
        sums = [sum(sign * d for sign, d in zip(signs, differences, strict=True)) for signs in _signs(n)]
        return sum(total >= observed - slack for total in sums) / len(sums)
    throw = random.Random(n)
    hits = 0
    for _ in range(FLIPS):
        bits = throw.getrandbits(n)
        total = sum(d if bits >> at & 1 else -d for at, d in enumerate(differences))
        hits += total >= observed - slack
    return (hits + 1) / (FLIPS + 1)


def _signs(n: int) -> Iterator[tuple[int, ...]]:
    return itertools.product((1, -1), repeat=n)


def _holm(p_values: Sequence[float]) -> list[float]:
    """Holm's step-down adjustment, in the order given."""
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    adjusted, highest = [0.0] * len(p_values), 0.0
    for rank, at in enumerate(order):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[at]))
        adjusted[at] = highest
    return adjusted


def _comparison(sample: _Sample, p_worse: float, p_better: float, primaries: int) -> GateComparison:
    differences, n = sample.differences, len(sample.base)
    mean, base = statistics.fmean(differences), statistics.fmean(sample.base)
    error = statistics.stdev(differences) / math.sqrt(n) if n > 1 else math.inf
    reach = t_quantile(1 - ALPHA, n - 1) * error if n > 1 else math.inf
    low, high = mean - reach, mean + reach
    return GateComparison(
        metric=sample.metric,
        verdict=_verdict(mean, low, p_worse, p_better, n),
        base=base,
        new=statistics.fmean(sample.new),
        cases=n,
        failed=sample.failed,
        low=max(low, WORST - base),
        high=min(high, BEST - base),
        p_worse=p_worse,
        p_better=p_better,
        smallest_drop=smallest_drop(differences, primaries),
    )


def _verdict(mean: float, low: float, p_worse: float, p_better: float, cases: int) -> GateVerdict:
    if cases < FEWEST_CASES:
        return GateVerdict.none
    if p_worse <= ALPHA and mean <= -LEAST_DROP:
        return GateVerdict.regressed
    if p_better <= ALPHA and mean > 0:
        return GateVerdict.improved
    return GateVerdict.non_inferior if low > -MARGIN else GateVerdict.inconclusive


def smallest_drop(differences: Sequence[float], primaries: int = 1) -> float:
    """The drop that the test finds with a power of 80 %, given the spread of these differences."""
    n = len(differences)
    if n < FEWEST_CASES:
        return math.inf
    quantiles = t_quantile(1 - ALPHA / primaries, n - 1) + t_quantile(POWER, n - 1)
    return max(LEAST_DROP, quantiles * statistics.stdev(differences) / math.sqrt(n))


def t_quantile(p: float, freedom: int) -> float:
    """Quantile of Student's distribution (Abramowitz and Stegun 26.7.5; within .002 from 7 degrees of freedom on)."""
    z = statistics.NormalDist().inv_cdf(p)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + math.fsum(term / freedom**power for power, term in enumerate(terms, 1))
