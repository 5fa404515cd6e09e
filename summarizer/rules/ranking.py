"""Ranking: which sentences carry an article, by where they stand and what they say."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from summarizer.article import Article, count_words
from summarizer.rules.quotes import Quotation
from summarizer.rules.words import terms, word_set

POSITION, CENTRAL, TITLE = 1.0, 0.5, 0.5
"""Weights of the features; measured on REALSumm's development articles."""

NEAR_DUPLICATE = 0.6
"""Sentences that share so much of the shorter one's terms say the same."""

LEAST_ALIKE = 0.2
"""Share of a title's terms that a sentence must have to be evidence for it."""

LEAD = 0.8
"""What standing first counts beside that share: titles are written from the lead."""

_FEWEST_WORDS, _MOST_WORDS = 6, 50
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Ranked:
    """A sentence with what speaks for it, each between 0 and 1."""

    number: int
    position: float
    central: float
    title: float
    stands_alone: bool
    terms: frozenset[str]

    @property
    def score(self) -> float:
        """The weighted sum; a sentence that hangs on the one before it counts half."""
        total = POSITION * self.position + CENTRAL * self.central + TITLE * self.title
        return total if self.stands_alone else total / 2


def rank(
    article: Article, quotations: Sequence[Quotation] = (), skipped: frozenset[int] = frozenset()
) -> list[Ranked]:
    """The article's sentences, best first, without those whose numbers are in `skipped`."""
    language = article.language
    per_sentence = [frozenset(terms(article.text[s.start : s.end], language)) for s in article.sentences]
    weights = _weights(per_sentence)
    title = frozenset(terms(article.title or "", language))
    broken = _broken(article, quotations)
    hanging, linking = (word_set(language, "words", key) for key in ("hanging", "linking"))
    sums = [sum(weights[term] for term in found) / math.sqrt(len(found) + 4) for found in per_sentence]
    most = max(sums, default=0.0) or 1.0
    ranked = [
        Ranked(
            number=sentence.number,
            position=1 / (1 + 0.15 * (sentence.number - 1)),
            central=value / most,
            title=len(found & title) / len(title) if title else 0.0,
            stands_alone=sentence.number not in broken and _stands_alone(article, sentence.number, hanging, linking),
            terms=found,
        )
        for sentence, found, value in zip(article.sentences, per_sentence, sums, strict=True)
        if sentence.number not in skipped
    ]
    return sorted(ranked, key=lambda item: (-item.score, item.number))


def _weights(per_sentence: Iterable[frozenset[str]]) -> dict[str, float]:
    """What a term counts: terms of many sentences are what the article is about."""
    counts = Counter(term for found in per_sentence for term in found)
    return {term: math.log1p(count - 1) for term, count in counts.items()}


def _broken(article: Article, quotations: Iterable[Quotation]) -> set[int]:
    """Numbers of the sentences that hold a part of a quotation, or one that only a pronoun has said."""
    pronouns = word_set(article.language, "speech", "pronouns")
    numbers: set[int] = set()
    for quotation in quotations:
        first, last = article.sentence_at(quotation.opened), article.sentence_at(quotation.closed - 1)
        if first and last and first.number != last.number:
            numbers.update(range(first.number, last.number + 1))
        elif last and not pronouns.isdisjoint(
            _first_words(article.text[quotation.closed : min(last.end, quotation.closed + 60)], 3)
        ):
            numbers.add(last.number)
    return numbers


def _stands_alone(article: Article, number: int, hanging: frozenset[str], linking: frozenset[str]) -> bool:
    text = article.sentence_text(number)
    first = _first_words(text, 4)
    if not first or first[0] in hanging or not linking.isdisjoint(first):
        return False
    return _FEWEST_WORDS <= count_words(text) <= _MOST_WORDS


def _first_words(text: str, most: int) -> list[str]:
    return [word.lower() for word in _WORD.findall(text[:60])[:most]]


def select(ranked: Sequence[Ranked], most: int) -> list[Ranked]:
    """Up to `most` of the best sentences, none that says what a better one has said."""
    chosen: list[Ranked] = []
    for item in ranked:
        if len(chosen) == most:
            break
        if item.terms and not any(_same(item, other) for other in chosen):
            chosen.append(item)
    return chosen


def _same(one: Ranked, other: Ranked) -> bool:
    shared = len(one.terms & other.terms)
    return shared >= NEAR_DUPLICATE * min(len(one.terms), len(other.terms))


def most_alike(article: Article, text: str, ranked: Sequence[Ranked], most: int = 2) -> list[int]:
    """Numbers of the sentences that share most terms with `text`; none when they share hardly any."""
    wanted = frozenset(terms(text, article.language))
    if not wanted:
        return []
    shares = [(len(item.terms & wanted) / len(wanted), item) for item in ranked]
    alike = [(share + LEAD * item.position, item.number) for share, item in shares if share >= LEAST_ALIKE]
    best = sorted(alike, reverse=True)[:most]
    return sorted(number for score, number in best if score >= 0.95 * best[0][0])
