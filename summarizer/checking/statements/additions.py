"""What is appended to a statement and stands nowhere in the article."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from summarizer.checking.analysis import Analysis, ArticleAnalysis
from summarizer.checking.statements.word_alignment import Alignment, Token, tokens
from summarizer.languages.language import language_of
from summarizer.text.reporting_words import claims

FEWEST = 3
"""Telling words of an addition; fewer may be other words for what the article says."""

UNKNOWN = 0.75
"""Share of them that the article has not, its other words apart."""

COPIED = 0.75
"""Share of the other words of the statement that its sources must have for those to be no paraphrase."""

BEGINNING = 5
"""Letters of a word that one of the article must not begin with either, in a clause in the middle."""

SHORTEST = 4
"""Letters of a word whose forms are told from others."""


def addition(aligned: Alignment, article: ArticleAnalysis) -> str | None:
    """What a statement has where the article has nothing of it: its end, behind the last word that its sources have,
    or a clause without any of their words."""
    if not aligned.places or language_of(aligned.language).writing.prefixes:
        return None  # where words are written together, too many look new
    end = range(max(aligned.places) + 1, len(aligned.words))
    if _is_new(end, aligned, article.seen_as(_stems)):
        return _added(end, aligned)
    beginnings = article.seen_as(_beginnings)
    return next((_added(each, aligned) for each in _clauses(aligned) if _is_new(each, aligned, beginnings)), None)


def _clauses(aligned: Alignment) -> Iterator[range]:
    """The clauses behind the first that share no word with the sources."""
    joins = language_of(aligned.language).names.joins
    ends = [at for at, word in enumerate(aligned.words) if word.text in _COMMAS or word.text in joins]
    for first, last in itertools.pairwise((*ends, len(aligned.words))):
        if aligned.places.keys().isdisjoint(range(first, last)):
            yield range(first + 1, last)


_COMMAS = frozenset(",;:؛،–—")


def _is_new(places: range, aligned: Alignment, known: frozenset[str]) -> bool:
    """Whether some words, of which the article has next to none, are not the summary's own for who says so."""
    telling = [aligned.words[at] for at in places if _tells(aligned.words[at])]
    fewest = FEWEST + language_of(aligned.language).writing.names_inflected
    new = [word for word in telling if known.isdisjoint((word.stem, word.text[:SHORTEST], word.text[:BEGINNING]))]
    if len(new) < max(fewest, UNKNOWN * len(telling)):
        return False
    others = [at for at, word in enumerate(aligned.words) if _tells(word) and at not in places]
    if sum(at in aligned.places for at in others) < COPIED * len(others):
        return False  # all of it is told in other words
    added = aligned.said_at(places)
    reported = claims(aligned.language)
    return not (reported and reported.attributions.search(added))


def _added(places: range, aligned: Alignment) -> str:
    last = max(at for at in places if _tells(aligned.words[at]))
    return aligned.said_at(range(places.start, last + 1)).strip(" ,;:–—-")


def _tells(word: Token) -> bool:
    return word.is_telling and len(word.text) >= SHORTEST and not word.text[0].isdigit()


def _stems(text: Analysis) -> frozenset[str]:
    return frozenset(word.stem for word in text.seen_as(tokens) if word.is_telling)


def _beginnings(text: Analysis) -> frozenset[str]:
    return frozenset(word.text[:BEGINNING] for word in text.seen_as(tokens) if word.is_telling)
