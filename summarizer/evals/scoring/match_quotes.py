"""Quotes: which of the labelled ones a record has, word for word, and whether it says who spoke."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.checking.quote_location import Locator
from summarizer.evals.scoring.tokens import name_words
from summarizer.evals.suites.labels import EntityLabel, QuoteLabel
from summarizer.record import Quote


def holding(label: QuoteLabel, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """The quotes of the record that hold the labelled words in one place, but for typography; the shortest of them,
    since the others hold more than those. A quote that is joined with " ... " holds each of its parts."""
    having = [quote for quote in quotes if Locator(quote.text).locate(label.text, shortest=1).spans]
    shortest = min((len(quote.text) for quote in having), default=0)
    return tuple(quote for quote in having if len(quote.text) == shortest)


def speakers_right(
    labels: Sequence[QuoteLabel], quotes: Sequence[Quote], entities: Sequence[EntityLabel], language: str
) -> Iterator[bool]:
    """For each labelled quote that is found, whether its speaker is the labelled one; nobody must be nobody, and a
    record that names two is not right."""
    for label in labels:
        if found := holding(label, quotes):
            yield all(_is_right(label.speaker, quote.speaker, entities, language) for quote in found)


def _is_right(expected: str | None, given: str | None, entities: Sequence[EntityLabel], language: str) -> bool:
    if expected is None or given is None:
        return expected == given
    names = {expected}.union(*((entity.name, *entity.aliases) for entity in entities if entity.name == expected))
    return name_words(given, language) in {name_words(name, language) for name in names}
