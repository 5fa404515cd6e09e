"""Ranking: which sentences carry an article, by the terms that they bring and where those first stand."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from summarizer.article import Article, count_words
from summarizer.rules.instructions import task_sentences
from summarizer.rules.quotes import Quotation
from summarizer.rules.strangers import Familiar
from summarizer.rules.words import terms, word_set

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

MOST_SHARED = 0.25
"""Of a stranger's terms so many may occur elsewhere. Key points without such sentences cover 0.006 more of the key
facts of those articles; with 0.15 as many, with 0.34 fewer by 0.02."""

MOST_STRANGERS = 0.25
"""Of an article's sentences so many may share hardly a term with others; where there are more, and in short articles
there are, it is their way."""

_ORDINARY = range(6, 61)
"""Words of an ordinary sentence: shorter ones are labels, longer ones lists without full stops."""

_WORD = re.compile(r"[^\W_]+")
_NUMBERING = re.compile(r"[^\W\d_]+\.? \d{1,3}[.:]?\s*")
"""`Table 1.`, `Abb. 3:`"""
_STOP = re.compile(r"[.!?…。！？｡؟۔।።][\"'”’»“)\]*」』）\s]*$")


@dataclass(frozen=True, slots=True)
class Ranked:
    """A sentence with the terms that speak for it, each with its weight."""

    number: int
    words: int
    terms: Mapping[str, float]
    stands_alone: bool
    is_aside: bool = False
    """Whether it states nothing of the article: it ends without a full stop where most sentences have one, as
    headings, bylines and captions do, sets a task, or shares hardly a term with the rest."""
    rivals: frozenset[int] = frozenset()
    """Numbers of the sentences that give another figure for the same thing."""

    @property
    def is_ordinary(self) -> bool:
        """Whether it is as long as sentences are."""
        return self.words in _ORDINARY

    @property
    def score(self) -> float:
        """What it says on its own for the words it takes."""
        return self.gain(frozenset(), self.stands_alone)

    def gain(self, covered: frozenset[str], stands: bool) -> float:
        """What it adds to sentences that have these terms, for the words it takes: nothing unless a reader can follow
        it, as it stands."""
        if not stands:
            return 0.0
        added = sum(weight for term, weight in self.terms.items() if term not in covered)
        return added / math.pow(max(1, self.words), DENSITY)


def rank(
    article: Article,
    quotations: Sequence[Quotation] = (),
    skipped: frozenset[int] = frozenset(),
    rivals: Mapping[int, frozenset[int]] = MappingProxyType({}),
) -> list[Ranked]:
    """The article's sentences, best first, without those whose numbers are in `skipped`."""
    language = article.language
    per_sentence = [frozenset(terms(article.text[s.start : s.end], language)) for s in article.sentences]
    title = frozenset(terms(article.title or "", language))
    weights = _weights(per_sentence, title, article.genre)
    broken, asides = _broken(article, quotations), _labels(article) | task_sentences(article)
    asides |= _strangers(article, per_sentence, title).difference(rivals)
    hanging, linking = (word_set(language, "words", key) for key in ("hanging", "linking"))
    ranked = [
        Ranked(
            number=sentence.number,
            words=count_words(article.text[sentence.start : sentence.end]),
            terms={term: weights[term] for term in found},
            stands_alone=sentence.number not in broken and _stands_alone(article, sentence.number, hanging, linking),
            is_aside=sentence.number in asides,
            rivals=rivals.get(sentence.number, frozenset()),
        )
        for sentence, found in zip(article.sentences, per_sentence, strict=True)
        if sentence.number not in skipped
    ]
    return sorted(ranked, key=lambda item: (-item.score, item.number))


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


def _labels(article: Article) -> set[int]:
    """Numbers of the sentences without a full stop, if most have one, and of those that only number something."""
    numbers = {s.number for s in article.sentences if not _STOP.search(article.text, max(s.start, s.end - 8), s.end)}
    numbering = {s.number for s in article.sentences if _NUMBERING.fullmatch(article.text, s.start, s.end)}
    return numbering | (numbers if 2 * len(numbers) < len(article.sentences) else set())


def _strangers(article: Article, per_sentence: Sequence[frozenset[str]], title: frozenset[str]) -> frozenset[int]:
    """Numbers of the sentences that share hardly a term with others, where those are exceptions."""
    familiar = Familiar.to(article, [title, *per_sentence])
    numbers = {
        s.number
        for s, found in zip(article.sentences, per_sentence, strict=True)
        if familiar.lacks(found, MOST_SHARED, least=2)
    }
    return frozenset(numbers if len(numbers) <= MOST_STRANGERS * len(article.sentences) else ())


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
    first = _first_words(article.sentence_text(number), 4)
    return bool(first) and first[0] not in hanging and linking.isdisjoint(first)


def _first_words(text: str, most: int) -> list[str]:
    return [word.lower() for word in _WORD.findall(text[:60])[:most]]


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
