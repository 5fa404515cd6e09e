"""The report as Markdown, for the comment under a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.evals.means import mean_measure
from summarizer.evals.reports.comparison import MEASURES, Change, Comparison
from summarizer.evals.reports.text import LEGEND, cell, figure
from summarizer.evals.reports.verdicts import gate_report
from summarizer.views.markdown import escape

MOST_CASES = 10
"""Cases that are named: the largest losses."""


def markdown_report(comparison: Comparison) -> str:
    """All of it."""
    return "\n".join(_lines(comparison)) + "\n"


def _lines(comparison: Comparison) -> Iterator[str]:
    yield f"## Evals: {escape(comparison.measured.name)}"
    others = [side for side in comparison.sides if side is not comparison.measured]
    yield from (f"\n{side.part.capitalize()}: {escape(side.name)}" for side in others)
    if comparison.verdict:
        yield f"\n**{comparison.verdict.ending.capitalize()}** against the baseline.\n"
        yield f"```\n{gate_report(comparison.verdict)}\n```"
    for split in comparison.splits:
        yield from _table(comparison, split)
    yield from _measures(comparison)
    yield f"\n{LEGEND} **Bold** decides in the gate."
    if comparison.judging:
        yield f"\n{escape(str(comparison.judging))}"
    if comparison.failures:
        yield "\n### Failed runs\n"
        for side, outcome in comparison.failures:
            yield f"- {escape(side.name)}, {outcome.case}: {escape(outcome.error or '')}"
    worse = [change for change in comparison.changes() if change.moved < 0][:MOST_CASES]
    if worse:
        yield "\n### Cases that lost most\n"
        yield from map(_case, worse)


def _table(comparison: Comparison, split: str) -> Iterator[str]:
    yield f"\n### {split}\n"
    yield "| metric | " + " | ".join(side.part for side in comparison.sides) + " |"
    yield "|---|" + "---|" * len(comparison.sides)
    for metric in comparison.metrics:
        name = f"**{metric}**" if metric in comparison.suite.primary else metric
        yield f"| {name} | " + " | ".join(map(cell, comparison.means(metric, split))) + " |"


def _measures(comparison: Comparison) -> Iterator[str]:
    yield "\n### Figures, means over all runs\n"
    yield "| | " + " | ".join(side.part for side in comparison.sides) + " |"
    yield "|---|" + "---|" * len(comparison.sides)
    for name in MEASURES:
        values = [mean_measure(side.outcomes, name) for side in comparison.sides]
        yield f"| {name} | " + " | ".join(map(figure, values)) + " |"


def _case(change: Change) -> str:
    missing = "; ".join(map(escape, change.new.missing_facts))
    return f"- {change.case} ({change.split}) {change.moved:+.2f}" + (f": missing {missing}" if missing else "")
