"""Which lines of a copied page are its article: a linear model of the single line, then the likeliest run of all."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

SWITCH = 8.0
"""What it costs to go from article to page or back, in the unit of the lines' log odds."""


def likely_lines(
    traits: Sequence[Mapping[str, float]], lengths: Sequence[int], weights: Mapping[str, float] | None = None
) -> list[bool]:
    """Whether each line belongs to the article, by its traits and those of all others.

    The best path through the two states (Viterbi), in which a line counts by the square root of its words.
    """
    weights = weights or trained_weights()
    outside = inside = 0.0
    stays: list[tuple[bool, bool]] = []
    for seen, number in zip(traits, lengths, strict=True):
        gain = log_odds(seen, weights) * max(1, number) ** 0.5
        stays.append((outside >= inside - SWITCH, inside >= outside - SWITCH))
        outside, inside = max(outside, inside - SWITCH), max(inside, outside - SWITCH) + gain
    state, path = inside > outside, []
    for stay_outside, stay_inside in reversed(stays):
        path.append(state)
        state = stay_inside if state else not stay_outside
    return path[::-1]


def log_odds(traits: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """How much speaks for a line of the article."""
    return weights["bias"] + sum(weights[name] * value for name, value in traits.items())


@cache
def trained_weights() -> Mapping[str, float]:
    """`line_weights.toml`, which `benchmarks/train_lines.py` writes."""
    return tomllib.loads((files(__package__) / "line_weights.toml").read_text(encoding="utf-8"))
