"""What is appended to a statement and stands nowhere in the article."""

from __future__ import annotations

from summarizer.checking.analysis import Analysis, ArticleAnalysis
from summarizer.checking.statements.word_alignment import Alignment, Token, tokens
from summarizer.languages.language import language_of
from summarizer.text.antonyms import opposites
from summarizer.text.reporting_words import claims

FEWEST = 3
"""Telling words of an addition; fewer may be other words for what the article says."""

UNKNOWN = 0.75
"""Share of them that the article has in no form, its other words apart."""

SHORTEST = 4
"""Letters of a word whose forms are told from others."""


def addition(aligned: Alignment, article: ArticleAnalysis) -> str | None:
    """The end of a statement, behind the last word that its sources have, where the article has nothing of it."""
    writing = language_of(aligned.language).writing
    if not aligned.places or writing.prefixes:
        return None  # where words are written together, too many look new
    fewest = FEWEST + writing.names_inflected
    last = max(aligned.places)
    tail = [at for at in range(last + 1, len(aligned.words)) if _tells(aligned.words[at])]
    if len(tail) < fewest:
        return None
    known = article.seen_as(_stems)
    unknown = [at for at in tail if aligned.words[at].stem not in known]
    if len(unknown) < UNKNOWN * len(tail) or len(unknown) < fewest:
        return None
    added = aligned.said_at(range(last + 1, tail[-1] + 1))
    reported, doubt = claims(aligned.language), opposites(aligned.language)
    if (reported and reported.attributions.search(added)) or (doubt and doubt.unsure.search(added)):
        return None  # in words of the summary's own: who says so, what may come of it
    return aligned.said_at(range(last + 1, tail[-1] + 1)).strip(" ,;:–—-")


def _tells(word: Token) -> bool:
    return word.is_telling and len(word.text) >= SHORTEST and not word.text[0].isdigit()


def _stems(text: Analysis) -> frozenset[str]:
    return frozenset(word.stem for word in text.seen_as(tokens) if word.is_telling)
