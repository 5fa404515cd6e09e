"""When: of the dates in an article's first sentences the one on which the news happened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from summarizer.article import Article
from summarizer.rules.answer import Answer
from summarizer.rules.dates import FoundDate, date_phrase, find_dates
from summarizer.rules.days import day_of
from summarizer.rules.words import terms, word_set

FIRST_SENTENCES = 5
"""Without a date of publication, and for times of day, only so many sentences are read."""

RECENT_DAYS, CLOSE_DAYS = 31, 7
"""A date farther from that of publication is what the article looks back on, or ahead to; news is mostly closer."""

FAR = 0.5
"""What a date counts that is recent but not close, a month or a year, or that of a relative clause."""

VAGUE = {len("2024-05"): 0.5, len("2024"): 0.25}
"""What a month or a year counts where the date of publication is not known: mostly the article looks back on it."""

ALIKE = 1.0
"""What having all of the headline's words counts, beside being the first sentence."""

_CLOCK = re.compile(r"\b\d{1,2}(?:[:.]\d\d(?: ?[ap]\.?m\b\.?)?| ?[ap]\.?m\b\.?| ?[hH] ?\d\d| Uhr)(?!\w)")


def find_when(article: Article, headline: Answer | None, read: Sequence[int]) -> Answer | None:
    """The date that is most likely that of the news, else the first time of day, in the sentences to be read."""
    return _likeliest_date(article, headline, read) or next(_clock_times(article, read[:FIRST_SENTENCES]), None)


def _likeliest_date(article: Article, headline: Answer | None, read: Sequence[int]) -> Answer | None:
    """Of the dates close to that of publication the one that stands early, in a sentence with the headline's words;
    where the date of publication is not known, of those in the first sentences."""
    wanted = frozenset(terms(headline.text, article.language)) if headline else frozenset()
    best: _Dated | None = None
    for at, number in enumerate(read if article.dated else read[:FIRST_SENTENCES]):
        text = article.sentence_text(number)
        dates = find_dates(text, article.language, article.dated)
        alike = len(wanted.intersection(terms(text, article.language))) / len(wanted) if dates and wanted else 0.0
        for found in dates:
            score = _closeness(found, article.dated) * (ALIKE * alike + 1 / (1 + at))
            score *= FAR if _in_relative_clause(text, found, article.language) else 1.0
            answer = Answer(date_phrase(text, found, article.language), (number,))
            best = _better(best, _Dated(found.iso, score, answer))
    return best.answer if best and best.score > 0 else None


@dataclass(frozen=True, slots=True)
class _Dated:
    iso: str | None
    score: float
    answer: Answer

    @property
    def has_number(self) -> bool:
        return any(map(str.isdigit, self.answer.text))


def _better(best: _Dated | None, other: _Dated) -> _Dated:
    """The one with the higher score; of two names for one day the one that has to be worked out by nobody."""
    if best is None:
        return other
    if other.score > 0 and best.iso and best.iso == other.iso and best.has_number != other.has_number:
        return replace(best if best.has_number else other, score=max(best.score, other.score))
    return other if other.score > best.score else best


def _in_relative_clause(text: str, found: FoundDate, language: str) -> bool:
    clause = text[: found.start].rpartition(",")[2].split(maxsplit=1)
    return bool(clause) and clause[0].lower() in word_set(language, "words", "relative")


def _closeness(found: FoundDate, published: str | None) -> float:
    """How well a date can be that of the news, from 0 to 1, by its distance from the day of publication."""
    issued, day = day_of(published), day_of(found.iso)
    if found.iso is None or published is None or issued is None:
        return 1.0 if found.iso is None or day else VAGUE[len(found.iso)]
    if day is None:
        return FAR * published.startswith(found.iso)
    distance = abs((day - issued).days)
    return 1.0 if distance <= CLOSE_DAYS else FAR * (distance <= RECENT_DAYS)


def _clock_times(article: Article, read: Sequence[int]) -> Iterator[Answer]:
    for number in read:
        if match := _CLOCK.search(article.sentence_text(number)):
            yield Answer(match[0], (number,))
