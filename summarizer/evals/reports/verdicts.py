"""Verdicts: the outcome of a gate as lines that fit a terminal and a CI log."""

from __future__ import annotations

import math
from collections.abc import Iterator

from summarizer.evals.gate import FEWEST_CASES, Comparison, Result, Verdict


def gate_report(result: Result) -> str:
    """The verdict of every primary metric with its interval, what is broken, and what this suite could not see."""
    return "\n".join(_lines(result))


def _lines(result: Result) -> Iterator[str]:
    yield f"{'metric':16} {'base':>6} {'new':>6} {'difference, 90 % interval':>26}  cases  verdict"
    for comparison in result.comparisons:
        yield _row(comparison)
    for comparison in result.comparisons:
        yield _remark(comparison)
    for violation in result.broken:
        yield f"BROKEN  {violation}"
    yield result.ending


def _row(c: Comparison) -> str:
    interval = f"{c.difference:+.3f} [{c.low:+.3f}, {c.high:+.3f}]" if c.cases > 1 else f"{c.difference:+.3f}"
    return f"{c.metric:16} {c.base:6.3f} {c.new:6.3f} {interval:>26}  {c.cases:5}  {c.verdict}"


def _remark(c: Comparison) -> str:
    failed = f"; {c.failed} failed runs count as the worst score" if c.failed else ""
    if math.isinf(c.smallest_drop):
        return f"{c.metric}: {c.cases} cases; no verdict is given on fewer than {FEWEST_CASES}{failed}"
    unseen = "; that none was seen does not mean that there is none" if c.verdict is Verdict.inconclusive else ""
    return f"{c.metric}: this suite finds a drop of {c.smallest_drop:.3f} four times in five{unseen}{failed}"
