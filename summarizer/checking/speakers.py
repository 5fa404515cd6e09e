"""Whether the article gives a quote to another speaker than the record does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.checking.analysis import ArticleAnalysis
from summarizer.checking.people import People
from summarizer.checking.speaker_context import SpeakerContext
from summarizer.names.entities import find_names
from summarizer.quotes.quote_attribution import find_speakers
from summarizer.record import Entity, Finding, Quote
from summarizer.text.gazetteer import gazetteer
from summarizer.text.quotations import Quotation, find_quotations
from summarizer.text.terms import stop_words
from summarizer.text.words import JOINED, LETTERS, fold, stem_of

LONGEST = 3
"""Telling words of an office that no list has; more tell a story."""


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
    context = SpeakerContext(
        article,
        People(people, article.text, article.language, article.key_of),
        quotations,
        _holders(entities, article),
    )
    for at, quote in enumerate(quotes):
        places = article.places_of(quote.text, quote.evidence)
        if not quote.speaker or not places:
            continue
        named = _by_rules(places[0], quotations, [speaker.name for speaker in by_rules])
        bearers = [person for person in people if named and _is_same(named, person, article)]
        is_agreed = named is not None and _is_same(named, quote.speaker, article)
        if not is_agreed and not any(context.names_beside(person, places) for person in bearers):
            named = None  # no name in the record, or none that stands in the sentence of the quote
        other = named if named and not _is_same(named, quote.speaker, article) else None
        other = other or (None if named else context.other_speaker(quote.speaker, places))
        other = other or context.interviewed(quote, quotes)
        if (
            other
            and not _is_same(other, quote.speaker, article)
            and not _is_part(other, quote.speaker, entities, article)
        ):
            yield Finding(
                code="speaker_differs",
                severity="warning",
                path=f"quotes[{at}].speaker",
                message=f"The article names “{other}” beside this quote, not “{quote.speaker}”.",
                evidence=quote.evidence,
            )


def _holders(entities: Sequence[Entity], article: ArticleAnalysis) -> dict[str, str]:
    """The people of a record by the words for offices that one of them has alone."""
    known, stop = gazetteer(article.language), stop_words(article.language)
    found: dict[str, set[str]] = {}
    for entity in entities:
        role = (entity.role or "").partition(",")[0] if entity.type == "person" else ""
        telling = [word.lower() for word in LETTERS.findall(role) if fold(word) not in stop]
        for at, word in enumerate(telling):
            if (at == 0 and len(telling) <= LONGEST) or known.is_role(word):
                found.setdefault(word, set()).add(entity.name)
    return {word: next(iter(names)) for word, names in found.items() if len(names) == 1}


def _by_rules(place: tuple[int, int], quotations: Sequence[Quotation], speakers: Sequence[str | None]) -> str | None:
    for quotation, speaker in zip(quotations, speakers, strict=True):
        if quotation.start <= place[0] < quotation.end:
            return speaker
    return None


def _is_same(one: str, other: str, article: ArticleAnalysis) -> bool:
    """Whether two names may be one's: a surname alone may be anybody's who has it."""
    words, others = _words(one, article), _words(other, article)
    if fold(one) == _initials(other) or fold(other) == _initials(one):
        return True
    return words <= others or others <= words or (bool(words & others) and min(len(words), len(others)) < 2)


def _is_part(one: str, other: str, entities: Sequence[Entity], article: ArticleAnalysis) -> bool:
    """Whether one is no person, and has the other's name: `Moe` and `the campaign of Moe`."""
    people = {entity.name for entity in entities if entity.type == "person"}
    return bool(_words(one, article) & _words(other, article)) and not {one, other} <= people


def _words(name: str, article: ArticleAnalysis) -> set[str]:
    stop = stop_words(article.language)
    return {stem_of(word) for word in map(fold, JOINED.findall(name)) if word not in stop and len(word) > 1}


def _initials(name: str) -> str:
    return "".join(word[0] for word in JOINED.findall(name) if word[0].isupper()).lower()
