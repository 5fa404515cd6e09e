"""Quotes: which of the labelled ones a record has, word for word, and whether it says who spoke."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.checking.locate import locator
from summarizer.evals.labels import EntityLabel, QuoteLabel
from summarizer.evals.wording import name_words
from summarizer.summary import Quote


def holding(label: QuoteLabel, quotes: Sequence[Quote]) -> Quote | None:
    """The shortest quote of the record that holds the labelled words, whole and in one place; None if none does.

    A quote that is joined with " ... " holds each of its parts.
    """
    having = [quote for quote in quotes if _has(quote.text, label.text)]
    return min(having, key=lambda quote: len(quote.text), default=None)


def _has(recorded: str, labelled: str) -> bool:
    return bool(locator(recorded).locate(labelled, shortest=1).spans)


def speakers_right(
    labels: Sequence[QuoteLabel], quotes: Sequence[Quote], entities: Sequence[EntityLabel], language: str
) -> Iterator[bool]:
    """For each labelled quote that is found, whether its speaker is the labelled one; nobody must be nobody."""
    for label in labels:
        if quote := holding(label, quotes):
            yield _is_right(label.speaker, quote.speaker, entities, language)


def _is_right(expected: str | None, given: str | None, entities: Sequence[EntityLabel], language: str) -> bool:
    if expected is None or given is None:
        return expected == given
    names = {expected}.union(*((entity.name, *entity.aliases) for entity in entities if entity.name == expected))
    return name_words(given, language) in {name_words(name, language) for name in names}
