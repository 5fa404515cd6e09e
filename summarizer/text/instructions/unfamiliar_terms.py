"""Strangers: sentences that share hardly a term with the rest of their article, as adverts and planted ones do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from summarizer.article import Article, unspaced_in

FEWEST_WORDS = 80
"""Words of an article: of a shorter one it can't be told what belongs to it."""
LEAST_LETTERS = 4
"""Shorter terms occur in any text."""


@dataclass(frozen=True, slots=True)
class Familiar:
    """In how many sentences the terms of an article stand; nothing where it is too short."""

    counts: Mapping[str, int]

    @classmethod
    def to(cls, article: Article, sentences: Iterable[Collection[str]]) -> Familiar:
        """By the terms of these sentences of the article."""
        if article.words < FEWEST_WORDS:
            return cls({})
        return cls(Counter(term for found in sentences for term in found))

    def lacks(self, found: Collection[str], most: float, least: int = 1) -> bool:
        """Whether of these terms no more than the part `most` stands in `least` of the sentences."""
        own = [term for term in found if len(term) >= LEAST_LETTERS or unspaced_in(term)] or found
        known = sum(self.counts.get(term, 0) >= least for term in own)
        return bool(self.counts) and bool(own) and known <= most * len(own)
