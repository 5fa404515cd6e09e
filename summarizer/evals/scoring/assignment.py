"""Matching: which of the found goes with which of the expected, one to one, so that as many as can be are matched."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

E = TypeVar("E")
F = TypeVar("F")


@dataclass(frozen=True)
class Agreement:
    """How well a list agrees with what is expected; None where there is nothing to judge."""

    precision: float | None
    recall: float | None
    f1: float

    @classmethod
    def of(cls, matched: int, expected: int, found: int) -> Agreement:
        """Two empty lists agree."""
        return cls(
            matched / found if found else None,
            matched / expected if expected else None,
            2 * matched / (expected + found) if expected + found else 1.0,
        )


def best_match(
    expected: Sequence[E], found: Sequence[F], likeness: Callable[[E, F], float]
) -> tuple[tuple[E, F], ...]:
    """The pairs of the assignment that matches most and, among those, is most alike.

    `likeness` is 0 for what does not go together, and at most 1.
    """
    likenesses = [[likeness(e, f) for f in found] for e in expected]
    most = len(expected) + 1
    # That two go together counts more than all likenesses in sum.
    costs = [[-(most + value) if value > 0 else 0.0 for value in row] for row in likenesses]
    return tuple((expected[row], found[column]) for row, column in _assignment(costs) if likenesses[row][column] > 0)


def _assignment(costs: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The pairs of row and column with the smallest sum of costs (Hungarian method; Kuhn 1955, Munkres 1957)."""
    rows, columns = len(costs), len(costs[0]) if costs else 0
    if rows > columns:
        return [(row, column) for column, row in _assignment([list(row) for row in zip(*costs, strict=True)])]
    of_row, of_column = [0.0] * (rows + 1), [0.0] * (columns + 1)
    row_of = [0] * (columns + 1)  # counted from 1; 0 is none
    for row in range(1, rows + 1):
        row_of[0], column = row, 0
        least, before, seen = [math.inf] * (columns + 1), [0] * (columns + 1), [False] * (columns + 1)
        while row_of[column]:
            seen[column] = True
            here, slack, nearest = row_of[column], math.inf, 0
            for other in range(1, columns + 1):
                if seen[other]:
                    continue
                reduced = costs[here - 1][other - 1] - of_row[here] - of_column[other]
                if reduced < least[other]:
                    least[other], before[other] = reduced, column
                if least[other] < slack:
                    slack, nearest = least[other], other
            for other in range(columns + 1):
                if seen[other]:
                    of_row[row_of[other]] += slack
                    of_column[other] -= slack
                else:
                    least[other] -= slack
            column = nearest
        while column:
            row_of[column] = row_of[before[column]]
            column = before[column]
    return [(row_of[column] - 1, column - 1) for column in range(1, columns + 1) if row_of[column]]
