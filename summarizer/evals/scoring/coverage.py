"""Coverage: whether a summary tells a fact, by the words and the numbers of the fact that it has.

Many to one: several facts may stand in one sentence, and one fact in several. A word that many facts of the article
share, such as the name of whom it is about, does not say which of them is told, so words are weighted by inverse
document frequency, the facts being the documents; larger numbers count more than words. All of it follows people's
votes (benchmarks/metrics.py): one to one with sentences, the metric finds .33 of what people found told instead of
.71, and with all words counting alike the area under its curve is .82 instead of .85.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from summarizer.evals.scoring.tokens import content_words, number_of
from summarizer.evals.suites.labels import Fact
from summarizer.record import Summary
from summarizer.text.numbers import find_numbers, implied_numbers

ENOUGH = 0.6
"""Share of a fact's words that a summary must have."""
NUMBER, LEAST_NUMBER = 3.0, 10.0
"""Words that a number counts for, and from which number on: two of something stand in any text, 318 hardly do."""


def statements(summary: Summary) -> tuple[str, ...]:
    """Headline, abstract and key points: what a reader reads as the summary.

    Five Ws, quotes and figures are lists with scores of their own, and more of each would cover more facts.
    """
    headline = (summary.headline,) if summary.headline else ()
    return tuple(cited.text for cited in (*headline, *summary.abstract, *summary.key_points))


@dataclass(frozen=True)
class FactCoverage:
    """What texts tell: their words of content, and the values of their numbers."""

    words: frozenset[str]
    values: frozenset[float]

    @classmethod
    def by(cls, texts: Iterable[str], language: str) -> FactCoverage:
        """What the texts tell, each read by itself: "nine" behind a "million" would go on with it."""
        given = tuple(texts)
        words = frozenset(word for text in given for word in content_words(text, language))
        return cls(words, frozenset(value for text in given for value in _values(text, language)))


class FactList:
    """The facts of one article, and the weight of their words."""

    def __init__(self, facts: Sequence[Fact], language: str) -> None:
        self.facts = tuple(facts)
        self._language = language
        self._words = {
            wording: frozenset(content_words(wording, language)) for fact in facts for wording in _wordings(fact)
        }
        self._facts_with = Counter(
            word for fact in facts for word in set().union(*(self._words[wording] for wording in _wordings(fact)))
        )

    def missing(self, told: FactCoverage) -> tuple[Fact, ...]:
        """The facts that are not told."""
        return tuple(fact for fact in self.facts if not self._is_told(fact, told))

    def share(self, fact: Fact, told: FactCoverage) -> float:
        """The share of the words, by weight, that is told of the fact's wording of which most is."""
        return max(self._share(self._words[wording], told) for wording in _wordings(fact))

    def _is_told(self, fact: Fact, told: FactCoverage) -> bool:
        wanted = (_meant(number, _wordings(fact), self._language) for number in fact.numbers)
        return self.share(fact, told) >= ENOUGH and not any(told.values.isdisjoint(values) for values in wanted)

    def _share(self, words: frozenset[str], told: FactCoverage) -> float:
        whole = self._weight(words)
        return self._weight(words & told.words) / whole if whole else 0.0

    def _weight(self, words: frozenset[str]) -> float:
        rarity = ((word, math.log((len(self.facts) + 1) / self._facts_with[word])) for word in words)
        return math.fsum(rare * (NUMBER if _tells_much(word) else 1) for word, rare in rarity)


def _tells_much(word: str) -> bool:
    number = number_of(word)
    return number is not None and abs(number) >= LEAST_NUMBER


def _wordings(fact: Fact) -> tuple[str, ...]:
    return (fact.fact, *fact.any_of)


def _values(text: str, language: str) -> frozenset[float]:
    numbers = find_numbers(text, language)
    said = {number.value for number in numbers if number.value is not None}
    return frozenset(said | implied_numbers(text, numbers, language))


def _meant(number: str, wordings: tuple[str, ...], language: str) -> frozenset[float]:
    """The values that a number of a label stands for: 1200000 for the 1.2 of £1.2m, else what its digits say."""
    digits = _values(number, language)
    return frozenset(value for wording in wordings for value in _scaled(wording, digits, language)) or digits


def _scaled(wording: str, digits: frozenset[float], language: str) -> Iterator[float]:
    for found in find_numbers(wording, language):
        if found.value is not None and not digits.isdisjoint(_bare(found.text, language)):
            yield found.value


def _bare(text: str, language: str) -> frozenset[float]:
    """The value of a number's digits without what multiplies them, and that of the whole."""
    start = next((at for at, character in enumerate(text) if character.isdigit()), len(text))
    end = start
    while end < len(text) and (text[end].isdigit() or text[end] in ".,'’٫٬\u00a0\u202f "):
        end += 1
    return _values(text[start:end].rstrip(" .,"), language) | _values(text, language)
