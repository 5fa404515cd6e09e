"""What the gate can be believed: false findings when nothing changed, power at the drop it prints, and crashes.

    python -m benchmarks.gate [RUNS]

Scores are simulated as fact coverage is on real news: a case's own level, and a difference between two runs of
standard deviation .16 (measured between two systems on one article), cut to 0..1.
"""

from __future__ import annotations

import random
import statistics
import sys

from summarizer.evals.gate import GateEnding, GateRow, GateVerdict, gate

SPREAD = 0.16
SIZES = (8, 20, 48, 100)


def pair(throw: random.Random, cases: int, drop: float = 0.0) -> tuple[list[GateRow], list[GateRow]]:
    """A run and a second one that is worse by `drop` on average."""
    levels = [throw.uniform(0.35, 0.85) for _ in range(cases)]
    return _rows(throw, levels), _rows(throw, [level - drop for level in levels])


def _rows(throw: random.Random, levels: list[float]) -> list[GateRow]:
    # Both sides are noisy in the same way, or cutting to 0..1 would itself make one of them worse.
    scores = [min(1.0, max(0.0, throw.gauss(level, SPREAD / 2**0.5))) for level in levels]
    return [GateRow(case=str(at), scores={"facts": score}) for at, score in enumerate(scores)]


def share(throw: random.Random, runs: int, cases: int, drop: float = 0.0) -> float:
    """Share of runs in which the gate says REGRESSED."""
    verdicts = [gate(*pair(throw, cases, drop), ["facts"]).comparisons[0].verdict for _ in range(runs)]
    return statistics.fmean(verdict is GateVerdict.regressed for verdict in verdicts)


def crashes(throw: random.Random, runs: int) -> int:
    """Runs in which a gate passes, or a metric rises, although a case crashed."""
    wrong = 0
    for _ in range(runs):
        base, _ = pair(throw, throw.randint(1, 60))
        gone = throw.randrange(len(base))
        new = [GateRow(case=row.case, error="crash") if at == gone else row for at, row in enumerate(base)]
        result = gate(base, new, ["facts"])
        wrong += result.ending is GateEnding.passed or result.comparisons[0].difference > 0
    return wrong


def main() -> None:
    """Prints one row a size."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    throw = random.Random(1)
    print(f"{runs} simulated runs a cell, spread {SPREAD}")
    print("cases  false findings  smallest drop  power at it")
    for cases in SIZES:
        drops = [gate(*pair(throw, cases), ["facts"]).comparisons[0].smallest_drop for _ in range(40)]
        drop = statistics.median(drops)
        print(f"{cases:5} {share(throw, runs, cases):13.3f} {drop:14.3f} {share(throw, runs, cases, drop):12.3f}")
    print(f"crashes that passed or raised a metric: {crashes(throw, runs)} of {runs}")


if __name__ == "__main__":
    main()
