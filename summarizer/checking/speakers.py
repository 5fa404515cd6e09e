"""Whether the article gives a quote to another speaker than the record does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarizer.checking.analysis import ArticleAnalysis
from summarizer.names.entities import find_names
from summarizer.quotes.quote_attribution import find_speakers
from summarizer.record import Entity, Finding, Quote
from summarizer.text.quotations import Quotation, find_quotations
from summarizer.text.reporting_words import claims
from summarizer.text.terms import stop_words
from summarizer.text.words import JOINED, fold, stem_of

BESIDE = 3
"""Words between a verb that reports speech and the name of who speaks."""

REACH = 60
"""Characters in which those stand."""


def speaker_findings(
    quotes: Sequence[Quote], entities: Sequence[Entity], article: ArticleAnalysis
) -> Iterator[Finding]:
    """Quotes beside which the article names somebody else as the one who says it.

    By the rules of the extractive record, which are sure where they name a speaker, and by the names of people in the
    sentence of the quote where its speaker is named nowhere near.
    """
    if not any(quote.speaker for quote in quotes):
        return
    quotations = find_quotations(article.article)
    by_rules = find_speakers(article.article, quotations, find_names(article.article))
    people = [entity.name for entity in entities if entity.type == "person"]
    people += [quote.speaker for quote in quotes if quote.speaker and _words(quote.speaker, article)]
    for at, quote in enumerate(quotes):
        places = article.places_of(quote.text, quote.evidence)
        if not quote.speaker or not places:
            continue
        named = _by_rules(places[0], quotations, [speaker.name for speaker in by_rules])
        if named and not any(_is_same(named, person, article) for person in people):
            named = None  # what the rules take for a name the record does not
        other = named if named and not _is_same(named, quote.speaker, article) else None
        other = other or (None if named else _named_beside(places, quote.speaker, people, quotations, article))
        if other and not _is_same(other, quote.speaker, article):
            yield Finding(
                code="speaker_differs",
                severity="warning",
                path=f"quotes[{at}].speaker",
                message=f"The article names “{other}” beside this quote, not “{quote.speaker}”.",
                evidence=quote.evidence,
            )


def _by_rules(place: tuple[int, int], quotations: Sequence[Quotation], speakers: Sequence[str | None]) -> str | None:
    for quotation, speaker in zip(quotations, speakers, strict=True):
        if quotation.start <= place[0] < quotation.end:
            return speaker
    return None


def _named_beside(
    places: Sequence[tuple[int, int]],
    speaker: str,
    people: Sequence[str],
    quotations: Sequence[Quotation],
    article: ArticleAnalysis,
) -> str | None:
    """The one person who is named in the sentences of a quote, outside of quotation marks, and next to a word of
    speech or while the speaker is named nowhere near."""
    first, last = article.article.sentence_at(places[0][0]), article.article.sentence_at(places[-1][1] - 1)
    words = claims(article.language)
    if first is None or last is None or words is None:
        return None
    outside = _outside(first.start, last.end, quotations, article.text)
    there = _words(outside, article)
    named = [person for person in people if _is_named(person, there, article)]
    if len({frozenset(_words(person, article)) for person in named}) != 1:
        return None
    other, own = _words(named[0], article), _words(speaker, article)
    if own & other or own & there:
        return None
    is_beside = any(_is_beside(match, outside, other, article) for match in words.verbs.finditer(outside))
    return named[0] if is_beside else None


def _is_named(person: str, there: set[str], article: ArticleAnalysis) -> bool:
    words = _words(person, article)
    return words <= there or (len(words) == 1 and bool(words & there))


def _is_beside(verb: re.Match[str], text: str, name: set[str], article: ArticleAnalysis) -> bool:
    """Whether a name stands right before or behind a verb."""
    before = JOINED.findall(text[max(0, verb.start() - REACH) : verb.start()])[-BESIDE:]
    behind = JOINED.findall(text[verb.end() : verb.end() + REACH])[:BESIDE]
    return bool(name & (_words(" ".join(before), article) | _words(" ".join(behind), article)))


def _outside(start: int, end: int, quotations: Sequence[Quotation], text: str) -> str:
    inside = [
        (max(start, each.start), min(end, each.end)) for each in quotations if each.start < end and each.end > start
    ]
    borders = [start, *(border for pair in inside for border in pair), end]
    return " ".join(text[a:b] for a, b in zip(borders[::2], borders[1::2], strict=False) if a < b)


def _is_same(one: str, other: str, article: ArticleAnalysis) -> bool:
    """Whether two names may be one's: a surname alone may be anybody's who has it."""
    words, others = _words(one, article), _words(other, article)
    if fold(one) == _initials(other) or fold(other) == _initials(one):
        return True
    return words <= others or others <= words or (bool(words & others) and min(len(words), len(others)) < 2)


def _words(name: str, article: ArticleAnalysis) -> set[str]:
    stop = stop_words(article.language)
    return {stem_of(word) for word in map(fold, JOINED.findall(name)) if word not in stop and len(word) > 1}


def _initials(name: str) -> str:
    return "".join(word[0] for word in JOINED.findall(name) if word[0].isupper()).lower()
