"""Rivals: sentences that give different figures for one thing, each as somebody's word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from summarizer.article import Article
from summarizer.extractive.figures import FoundFigure
from summarizer.text.reporting_words import cues
from summarizer.text.words import fold

NEXT = 2
"""Two versions stand at most so many sentences apart."""


def find_rivals(article: Article, figures: Sequence[FoundFigure]) -> Mapping[int, frozenset[int]]:
    """For each sentence with a figure the numbers of those close by with another figure of its unit, where the later
    one reports somebody's word."""
    by_unit: dict[str, list[FoundFigure]] = defaultdict(list)
    for figure in figures:
        if figure.unit:
            by_unit[fold(figure.unit)].append(figure)
    rivals: dict[int, set[int]] = defaultdict(set)
    for same_unit in by_unit.values():
        for one, other in pairwise(same_unit):
            if 0 < other.sentence - one.sentence <= NEXT and _is_reported(article, other.sentence):
                rivals[one.sentence].add(other.sentence)
                rivals[other.sentence].add(one.sentence)
    return {number: frozenset(others) for number, others in rivals.items()}


def _is_reported(article: Article, number: int) -> bool:
    words = article.sentence_text(number).lower().split()
    return not cues(article.language).verbs.isdisjoint(words)
