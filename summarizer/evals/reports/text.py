"""The report for a terminal and a CI log: plain lines of at most a hundred characters or so."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from summarizer.evals.means import Mean, mean_measure
from summarizer.evals.reports.comparison import MEASURES, Change, Comparison, Side
from summarizer.evals.reports.verdicts import gate_report
from summarizer.evals.suite import Suite
from summarizer.views.terminal import printable

CELL = 21
NARROW = 11
HEAD = 22

COSTS = ("words", "tokens_in", "tokens_out")
"""What a line of the matrix shows besides the primary metrics, where any model has a value."""

LEAST_MOVE = 0.005
"""A smaller move of a case is written as none."""

LEGEND = "Mean ±half of its 95 % interval, scored/expected cases; a failed run scores 0."


def text_report(comparison: Comparison) -> str:
    """All of it: a table a split, the figures, what failed, and the gate's verdict."""
    return "\n".join(_lines(comparison))


def _lines(comparison: Comparison) -> Iterator[str]:
    yield from (f"{side.part:{HEAD}}{side.name}" for side in comparison.sides)
    yield ""
    for split in comparison.splits:
        cases = len({outcome.case for outcome in comparison.measured.of(split)})
        yield f"{f'{split}, {cases} cases':{HEAD}}" + "".join(f"{side.part:>{CELL}}" for side in comparison.sides)
        for metric in comparison.metrics:
            mark = " *" if metric in comparison.suite.primary else ""
            cells = map(cell, comparison.means(metric, split))
            yield f"{metric + mark:{HEAD}}" + "".join(f"{text:>{CELL}}" for text in cells)
        yield ""
    yield from _measures(comparison)
    yield f"{LEGEND} * decides in the gate."
    if comparison.judging:
        yield str(comparison.judging)
    yield from _failures(comparison)
    if comparison.verdict:
        yield ""
        yield from filter(None, map(_moved, comparison.changes()))
        yield gate_report(comparison.verdict)


def _moved(change: Change) -> str | None:
    """What a case has lost or won in the metrics that decide, and the facts that are missing now, by their words."""
    if change.old is None or abs(change.moved) < LEAST_MOVE:
        return None
    missing = printable("; ".join(change.new.missing_facts))
    said = f"{'lost' if change.moved < 0 else 'won'}  {change.moved:+.2f}  {change.case}"
    return f"{said}, missing: {missing}" if missing else said


def matrix_report(suite: Suite, sides: Sequence[Side]) -> str:
    """A line for each model with each prompt: its primary metrics, what it costs, how many runs failed."""
    wide = max(len(side.info.name) for side in sides)
    costs = [name for name in COSTS if any(mean_measure(side.outcomes, name) is not None for side in sides)]
    names = [f"{name:>{CELL}}" for name in suite.primary] + [f"{name:>{NARROW}}" for name in (*costs, "failed")]
    rows = (f"{side.info.name:{wide}}" + "".join(_matrix_cells(suite, side, costs)) for side in sides)
    return "\n".join([" " * wide + "".join(names), *rows, "", LEGEND, *_failures(Comparison(suite, tuple(sides)))])


def _matrix_cells(suite: Suite, side: Side, costs: Sequence[str]) -> Iterator[str]:
    alone = Comparison(suite, (side,))
    for metric in suite.primary:
        yield f"{cell(alone.means(metric, None)[0]):>{CELL}}"
    for name in costs:
        yield f"{figure(mean_measure(side.outcomes, name)):>{NARROW}}"
    yield f"{len(alone.failures):{NARROW}}"


def _failures(comparison: Comparison) -> Iterator[str]:
    for side, outcome in comparison.failures:
        yield f"FAILED  {side.name}, {outcome.case}: {outcome.error}"


def _measures(comparison: Comparison) -> Iterator[str]:
    for name in MEASURES:
        values = [mean_measure(side.outcomes, name) for side in comparison.sides]
        if any(value is not None for value in values):
            yield f"{name:{HEAD}}" + "".join(f"{figure(value):>{CELL}}" for value in values)
    yield ""


def cell(mean: Mean | None) -> str:
    """A mean with its interval and its cases."""
    if mean is None:
        return "-"
    reach = "" if math.isinf(mean.reach) else f" ±{mean.reach:.3f}"
    return f"{mean.value:.3f}{reach} {mean.scored}/{mean.expected}"


def figure(value: float | None) -> str:
    """A figure with three digits that count."""
    return "-" if value is None else f"{value:.0f}" if value >= 100 else f"{value:.3g}"
