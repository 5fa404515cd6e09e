"""The report for a terminal and a CI log: plain lines of at most a hundred characters or so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.evals.comparing.means import Mean, mean_measure
from summarizer.evals.comparing.reports.comparison import Comparison, Side, Table
from summarizer.evals.comparing.reports.verdicts import gate_report
from summarizer.evals.suites.suite import Suite
from summarizer.views.printable import printable

CELL = 26
NARROW = 11
HEAD = 22

MOST_FACTS = 20
"""Missing facts that are named."""

COSTS = ("words", "tokens_in", "tokens_out")
"""What a line of the matrix shows besides the primary metrics, where any model has a value."""

LEGEND = "Mean [its 95 % interval] scored/expected cases; a failed run scores 0."


def text_report(comparison: Comparison) -> str:
    """All of it: a table a split, the figures, what failed, and the gate's verdict."""
    return "\n".join(_lines(comparison))


def _lines(comparison: Comparison) -> Iterator[str]:
    yield from (f"{side.part:{HEAD}}{side.name}" for side in comparison.sides)
    yield ""
    for split in comparison.splits:
        cases = len({outcome.case for outcome in comparison.measured.of(split)})
        title = f"{split}, {cases} case{'s' * (cases != 1)}"
        yield from _table(title, comparison.scores(split), comparison.suite.primary)
    yield from _table("figures", comparison.figures())
    yield from _missing(comparison)
    yield f"{LEGEND} * decides in the gate."
    if comparison.judging:
        yield str(comparison.judging)
    yield from _failures(comparison)
    if comparison.verdict:
        yield ""
        yield gate_report(comparison.verdict, comparison.moves())


def _table(title: str, table: Table, primary: Sequence[str] = ()) -> Iterator[str]:
    yield f"{title:{HEAD}}" + "".join(f"{side.part:>{CELL}}" for side in table.sides)
    for row in table.rows:
        mark = " *" if row.name in primary else ""
        yield f"{row.name + mark:{HEAD}}" + "".join(f"{cell(value):>{CELL}}" for value in row.values)
    yield ""


def matrix_report(suite: Suite, sides: Sequence[Side]) -> str:
    """A line for each model with each prompt: its primary metrics, what it costs, how many runs failed."""
    wide = max(len(side.info.name) for side in sides)
    costs = [name for name in COSTS if any(mean_measure(side.outcomes, name) is not None for side in sides)]
    scored = [name for name in suite.primary if any(_mean(suite, side, name) for side in sides)]
    names = [f"{name:>{CELL}}" for name in scored] + [f"{name:>{NARROW}}" for name in (*costs, "failed")]
    rows = (f"{side.info.name:{wide}}" + "".join(_matrix_cells(suite, side, scored, costs)) for side in sides)
    return "\n".join([" " * wide + "".join(names), *rows, "", LEGEND, *_failures(Comparison(suite, tuple(sides)))])


def _mean(suite: Suite, side: Side, metric: str) -> Mean | None:
    return Comparison(suite, (side,)).means(metric, None)[0]


def _matrix_cells(suite: Suite, side: Side, scored: Sequence[str], costs: Sequence[str]) -> Iterator[str]:
    for metric in scored:
        yield f"{cell(_mean(suite, side, metric)):>{CELL}}"
    for name in costs:
        yield f"{cell(mean_measure(side.outcomes, name)):>{NARROW}}"
    yield f"{len(Comparison(suite, (side,)).failures):{NARROW}}"


def _missing(comparison: Comparison) -> Iterator[str]:
    """The first facts that are not told, where no verdict names those that were lost."""
    if comparison.verdict or not comparison.missing:
        return
    yield "facts that are missing"
    yield from (printable(f"  {fact}") for fact in comparison.missing[:MOST_FACTS])
    if more := len(comparison.missing[MOST_FACTS:]):
        yield f"  and {more:,} more: all of them stand in -o report.html"
    yield ""


def _failures(comparison: Comparison) -> Iterator[str]:
    for side, outcome in comparison.failures:
        yield f"FAILED  {side.name}, {outcome.case}: {outcome.error}"


def cell(value: Mean | float | None) -> str:
    """A mean with its interval and its cases, or a figure with three digits that count."""
    if isinstance(value, Mean):
        return f"{value.value:.3f} [{value.low:.2f}, {value.high:.2f}] {value.scored}/{value.expected}"
    return "-" if value is None else f"{value:.0f}" if value >= 100 else f"{value:.3g}"
