"""Coverage: whether a summary tells a fact, by the words and the numbers of the fact that it has.

Many to one: several facts may stand in one sentence, and one fact in several. Held against people's votes on 25
systems (`benchmarks/metrics.py`), one to one does far worse.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.evals.labels import Fact
from summarizer.evals.wording import content_words
from summarizer.rules.numbers import find_numbers, implied_numbers
from summarizer.summary import Summary

ENOUGH = 0.6
"""Share of a fact's words that a summary must have; chosen on people's votes, see benchmarks/metrics.py."""


@dataclass(frozen=True)
class Told:
    """What a text tells: its words of content and the values of its numbers."""

    words: frozenset[str]
    values: frozenset[float]
    language: str

    @classmethod
    def by(cls, text: str, language: str) -> Told:
        """What `text` tells."""
        return cls(frozenset(content_words(text, language)), _values(text, language), language)

    def share(self, wording: str) -> float:
        """The share of the wording's words that are told; of a wording without any, nothing is."""
        words = set(content_words(wording, self.language))
        return len(words & self.words) / len(words) if words else 0.0

    def covers(self, fact: Fact) -> bool:
        """Whether one of the fact's wordings is told, with all the numbers that it must carry."""
        wordings = (fact.fact, *fact.any_of)
        has_words = any(self.share(wording) >= ENOUGH for wording in wordings)
        return has_words and all(
            not self.values.isdisjoint(_meant(number, wordings, self.language)) for number in fact.numbers
        )


def statements(summary: Summary) -> str:
    """Headline, abstract and key points: what a reader reads as the summary.

    Five Ws, quotes and figures are lists with scores of their own, and more of each would cover more facts.
    """
    headline = (summary.headline,) if summary.headline else ()
    return "\n".join(cited.text for cited in (*headline, *summary.abstract, *summary.key_points))


def _values(text: str, language: str) -> frozenset[float]:
    said = {number.value for number in find_numbers(text, language) if number.value is not None}
    return frozenset(said | implied_numbers(text, language))


def _meant(number: str, wordings: tuple[str, ...], language: str) -> set[float]:
    """The values that a number of a label stands for: 1200000 for the 1.2 of £1.2m, else what its digits say."""
    digits = _values(number, language)
    scaled = {value for wording in wordings for value in _scaled(wording, digits, language)}
    return scaled or set(digits)


def _scaled(wording: str, digits: frozenset[float], language: str) -> Iterator[float]:
    for found in find_numbers(wording, language):
        if found.value is not None and not digits.isdisjoint(_bare(found.text, language)):
            yield found.value


def _bare(text: str, language: str) -> set[float]:
    """The value of a number's digits, without what multiplies them; of one in words its whole value."""
    digits = [character for character in text if character.isdigit() or character in ".,'’٫٬\u00a0\u202f "]
    bare = "".join(digits).strip(" .,")
    return set(_values(bare or text, language)) | set(_values(text, language))
