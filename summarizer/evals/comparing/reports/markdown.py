"""The report as Markdown, for the comment under a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.evals.comparing.moves import Move
from summarizer.evals.comparing.reports.comparison import Comparison, Table
from summarizer.evals.comparing.reports.text import LEGEND, MOST_FACTS, cell
from summarizer.evals.comparing.reports.verdicts import gate_report, scores_of
from summarizer.views.markdown import escape

MOST_CASES = 20
"""Cases that are named: the largest losses first."""


def markdown_report(comparison: Comparison) -> str:
    """All of it."""
    return "\n".join(_lines(comparison)) + "\n"


def _lines(comparison: Comparison) -> Iterator[str]:
    yield f"## Evals: {escape(comparison.measured.name)}"
    others = [side for side in comparison.sides if side is not comparison.measured]
    yield from (f"\n{side.part.capitalize()}: {escape(side.name)}" for side in others)
    if comparison.verdict:
        yield f"\n**{comparison.verdict.ending.capitalize()}** against the baseline.\n"
        yield f"```\n{gate_report(comparison.verdict, ())}\n```"
    for split in comparison.splits:
        yield f"\n### {split}\n"
        yield from _table(comparison.scores(split), "metric", comparison.suite.primary)
    yield "\n### Figures, means over all runs\n"
    yield from _table(comparison.figures())
    yield f"\n{LEGEND} **Bold** decides in the gate."
    if comparison.judging:
        yield f"\n{escape(str(comparison.judging))}"
    if comparison.failures:
        yield "\n### Failed runs\n"
        for side, outcome in comparison.failures:
            yield f"- {escape(side.name)}, {outcome.case}: {escape(outcome.error or '')}"
    moved = [move for move in comparison.moves() if move.is_one]
    if moved:
        yield "\n### What cases lost and won\n"
        for move in moved[:MOST_CASES]:
            yield from _case(move)
    if comparison.missing and not comparison.verdict:
        yield "\n### Facts that are missing\n"
        yield from (f"- {escape(str(fact))}" for fact in comparison.missing[:MOST_FACTS])
        if more := len(comparison.missing[MOST_FACTS:]):
            yield f"- and {more:,} more"


def _table(table: Table, title: str = "", primary: Sequence[str] = ()) -> Iterator[str]:
    yield f"| {title} | " + " | ".join(side.part for side in table.sides) + " |"
    yield "|---|" + "---|" * len(table.sides)
    for row in table.rows:
        name = f"**{row.name}**" if row.name in primary else row.name
        yield f"| {name} | " + " | ".join(map(cell, row.values)) + " |"


def _case(move: Move) -> Iterator[str]:
    yield f"- {move.by:+.2f} {move.case}{escape(scores_of(move))}"
    yield from (f"  - {what}: {escape(fact)}" for what, facts in move.facts.items() for fact in facts)
