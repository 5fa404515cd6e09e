"""Ranking: which sentences carry an article, by the terms that they bring and where those first stand."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from summarizer.article import Article, Sentence, count_words
from summarizer.extractive.sentences.prose import introduces, stands_alone
from summarizer.text.quotations import Quotation
from summarizer.text.terms import terms

FADING = 0.4
"""A term that first stands n sentences below the top counts 1 / (1 + FADING * n). On REALSumm's development articles
0.4 to 0.8 cover the same share of the key facts, within 0.01, and 0.2 a little less; trained weights of more features
cover no more."""

FADING_OF_ESSAYS = 0.1
"""The same in genres that do not tell the most important first. A choice: no labelled data has such articles."""

ESSAYS = frozenset({"opinion", "analysis", "review", "interview"})

DENSITY = 0.4
"""A sentence's weight is divided by its words to this power: at 0 long sentences win, at 1 dense ones. On the same
articles 0.2 to 0.8 cover 0.03 more of the key facts in as many words than 0, and the same within 0.01."""

LEAST_ALIKE = 0.2
"""Share of a title's terms that a sentence must have to be evidence for it."""

LEAD = 0.8
"""What standing first counts beside that share: titles are written from the lead."""

LEAD_FADING = 0.15
"""How fast that fades from one sentence to the next."""

SHARED = 2
"""Terms that a sentence which tells the news has in common with the title or the first one."""

REPLY, BEGINNING = 0.35, 3
"""A sentence of which a quotation fills a larger share, or that begins with one (characters), is what somebody says
in reply."""

_ORDINARY = range(6, 61)
"""Words of an ordinary sentence: shorter ones are labels, longer ones lists without full stops."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A sentence with the terms that speak for it, each with its weight."""

    number: int
    words: int
    terms: Mapping[str, float]
    stands_alone: bool
    """Whether a reader can follow it without the others."""
    tells: bool = True
    """Whether it also names of whom it speaks, and speaks of what the title or the first sentence does."""
    rivals: frozenset[int] = frozenset()
    """Numbers of the sentences that give another figure for the same thing."""

    @property
    def is_ordinary(self) -> bool:
        """Whether it is as long as sentences are."""
        return self.words in _ORDINARY

    @property
    def score(self) -> float:
        """What it says on its own for the words it takes."""
        return self.gain(frozenset())

    def gain(self, covered: frozenset[str]) -> float:
        """What it adds to sentences that have these terms, for the words it takes."""
        added = sum(weight for term, weight in self.terms.items() if term not in covered)
        return added / math.pow(max(1, self.words), DENSITY)


def rank(
    article: Article,
    quotations: Sequence[Quotation] = (),
    skipped: frozenset[int] = frozenset(),
    rivals: Mapping[int, frozenset[int]] = MappingProxyType({}),
    names: Sequence[int] = (),
) -> list[Ranked]:
    """The article's sentences, best first, without those whose numbers are in `skipped`; `names` are the offsets at
    which names begin, in order."""
    language = article.language
    per_sentence = [frozenset(terms(article.text[s.start : s.end], language)) for s in article.sentences]
    weights = _weights(per_sentence, frozenset(terms(article.title or "", language)), article.genre)
    broken = _broken(article, quotations)
    is_cased = any(map(str.isupper, article.text))  # without capitals nothing tells names
    telling = _telling(article, per_sentence, names)
    passed_over = broken | skipped
    alone = {s.number for s in article.sentences if s.number not in passed_over and stands_alone(article, s.number)}
    ranked = [
        Ranked(
            number=sentence.number,
            words=count_words(article.text[sentence.start : sentence.end]),
            terms={term: weights[term] for term in found},
            stands_alone=sentence.number in alone,
            tells=sentence.number in alone and (not is_cased or sentence.number in telling),
            rivals=rivals.get(sentence.number, frozenset()),
        )
        for sentence, found in zip(article.sentences, per_sentence, strict=True)
        if sentence.number not in skipped
    ]
    return sorted(ranked, key=lambda item: (-item.score, item.number))


def _telling(article: Article, per_sentence: Sequence[frozenset[str]], names: Sequence[int]) -> set[int]:
    """Numbers of the sentences that say of whom they speak, and speak of what the title or the first one does."""
    news = frozenset(terms(article.title or "", article.language)).union(*per_sentence[:1])
    pairs = zip(article.sentences, per_sentence, strict=True)
    near = [s.number for at, (s, found) in enumerate(pairs) if at == 0 or len(found & news) >= SHARED]
    return {number for number in near if introduces(article, number, names)}


def _weights(per_sentence: Iterable[frozenset[str]], title: frozenset[str], genre: str | None) -> dict[str, float]:
    """What a term counts: more, the more sentences have it and the earlier it comes. The title is one more sentence,
    at the top."""
    fading = FADING_OF_ESSAYS if genre in ESSAYS else FADING
    counts = Counter(title)
    first = dict.fromkeys(title, 0)
    for at, found in enumerate(per_sentence):
        counts.update(found)
        for term in found:
            first.setdefault(term, at)
    return {term: math.sqrt(count) / (1 + fading * first[term]) for term, count in counts.items()}


def _broken(article: Article, quotations: Iterable[Quotation]) -> set[int]:
    """Numbers of the sentences that hold a part of a quotation, or are what somebody says in reply."""
    numbers: set[int] = set()
    for quotation in quotations:
        first, last = article.sentence_at(quotation.opened), article.sentence_at(quotation.closed - 1)
        if first and last and first.number != last.number:
            numbers.update(range(first.number, last.number + 1))
        elif last and (_fills(quotation, last) > REPLY or quotation.opened - last.start < BEGINNING):
            numbers.add(last.number)
    return numbers


def _fills(quotation: Quotation, sentence: Sentence) -> float:
    return (quotation.end - quotation.start) / (sentence.end - sentence.start)


def most_alike(article: Article, text: str, ranked: Sequence[Ranked], most: int = 2) -> list[int]:
    """Numbers of the sentences that share most terms with `text`; none when they share hardly any."""
    wanted = frozenset(terms(text, article.language))
    if not wanted:
        return []
    shares = [(len(item.terms.keys() & wanted) / len(wanted), item) for item in ranked]
    alike = [(share + _lead(item.number), item.number) for share, item in shares if share >= LEAST_ALIKE]
    best = sorted(alike, reverse=True)[:most]
    return sorted(number for score, number in best if score >= 0.95 * best[0][0])


def _lead(number: int) -> float:
    return LEAD / (1 + LEAD_FADING * (number - 1))
