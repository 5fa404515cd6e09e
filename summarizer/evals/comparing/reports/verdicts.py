"""Verdicts: the outcome of a gate as lines that fit a terminal and a CI log."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from summarizer.evals.comparing.moves import Move
from summarizer.evals.gate import FEWEST_CASES, GateComparison, GateVerdict, Result
from summarizer.views.printable import printable


def gate_report(result: Result, moves: Sequence[Move]) -> str:
    """What each case has lost and won, the verdict of every primary metric with its interval, what is broken, and
    what this suite could not see."""
    return "\n".join((*moved(moves), *_lines(result)))


def moved(moves: Sequence[Move]) -> Iterator[str]:
    """The cases that have moved, with their scores and facts."""
    for move in moves:
        if move.is_one:
            how = "lost" if move.by < 0 else "won" if move.by > 0 else "moved"
            yield printable(f"{how:5} {move.by:+.2f}  {move.case}{scores_of(move)}")
            yield from (printable(f"  {what}: {fact}") for what, facts in move.facts.items() for fact in facts)


def scores_of(move: Move) -> str:
    """The scores that have moved."""
    said = ", ".join(f"{score.metric} {score.base:.3f} to {score.new:.3f}" for score in move.scores)
    return f": {said}" if said else ""


def _lines(result: Result) -> Iterator[str]:
    yield f"{'metric':16} {'base':>6} {'new':>6} {'difference, 90 % interval':>26}  cases  verdict"
    for comparison in result.comparisons:
        yield _row(comparison)
    for comparison in result.comparisons:
        yield _remark(comparison)
    for violation in result.broken:
        yield f"BROKEN  {violation}"
    yield result.ending


def _row(c: GateComparison) -> str:
    interval = f"{c.difference:+.3f} [{c.low:+.3f}, {c.high:+.3f}]" if c.cases > 1 else f"{c.difference:+.3f}"
    return f"{c.metric:16} {c.base:6.3f} {c.new:6.3f} {interval:>26}  {c.cases:5}  {c.verdict}"


def _remark(c: GateComparison) -> str:
    runs = "run counts" if c.failed == 1 else "runs count"
    failed = f"; {c.failed} failed {runs} as the worst score" if c.failed else ""
    if math.isinf(c.smallest_drop):
        cases = f"{c.cases} case{'s' * (c.cases != 1)}"
        return f"{c.metric}: {cases}; no verdict is given on fewer than {FEWEST_CASES}{failed}"
    if c.smallest_drop > c.base:
        return f"{c.metric}: its cases move too much for this suite to find any drop four times in five{failed}"
    unseen = "; that none was seen does not mean that there is none" if c.verdict is GateVerdict.inconclusive else ""
    return f"{c.metric}: this suite finds a drop of {c.smallest_drop:.3f} four times in five{unseen}{failed}"
