"""Whether a date follows from its evidence and from the day the article was published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from summarizer.checking.analysis import Analysis, ArticleAnalysis
from summarizer.checking.statements.finding import StatementFinding
from summarizer.languages import primary
from summarizer.languages.language import language_of
from summarizer.text.calendars import Calendar, calendar_of, name_of
from summarizer.text.days import day_of, iso_of, parts_of
from summarizer.text.words import WORD, fold

RECKONED = 3
"""Years before and after publication that have names of their own in some languages: `позапрошлый`."""

NEAR = 7
"""Days before and after publication within which a weekday alone says which day is meant."""

_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})(?!\d)")
"""Day and month in digits, in either order."""


@dataclass(frozen=True, slots=True)
class CalendarWord:
    """A month (1 to 12) or a weekday (0 is Monday) where it stands in a text."""

    start: int
    text: str
    kind: Literal["month", "weekday"]
    number: int


def date_findings(iso: str, evidence: Analysis, article: ArticleAnalysis) -> Iterator[StatementFinding]:
    """What is wrong with an ISO 8601 date that should follow from the evidence and the day of publication."""
    parts = parts_of(iso)
    if not parts:
        message = f"“{iso}” is no date in the form 2022-04-13, 2022-04 or 2022."
        yield StatementFinding("date_not_in_evidence", "error", message)
        return
    published = day_of(article.published)
    found = [each.iso for each in evidence.dates if each.iso]
    if any(day.startswith(iso) for day in found) or _follows_from_publication(parts, evidence, published):
        return
    doubted = [name for name, is_there in _parts(parts, evidence, published) if not is_there]
    if "year" in doubted and parts[0] in article.years:
        doubted.remove("year")
    if doubted == ["year"] and not published:
        message = "The year can't be told: the date of publication is not known, and no sentence has this one."
        yield StatementFinding("date_not_in_evidence", "note", message)
    elif doubted and _is_reckoned(parts, evidence, published):
        message = f"{iso} is reckoned from what the cited sentences say."
        yield StatementFinding("date_not_in_evidence", "note", message)
    elif doubted:
        what = iso if len(doubted) == len(parts) else f"The {' and the '.join(doubted)} of {iso}"
        message = f"{what} cannot be told from the sentences cited for it."
        yield StatementFinding("date_not_in_evidence", "warning", message)


def _is_reckoned(parts: Sequence[int], evidence: Analysis, published: date | None) -> bool:
    """Whether a date may follow from a span of time, as "three weeks later", or from a feast such as Easter."""
    language = language_of(evidence.language)
    durations, text = language.words.durations, evidence.text.lower()
    is_glued = language.dates.glued_behind  # then no border tells words apart
    if any(map(text.__contains__, durations)) if is_glued else not durations.isdisjoint(WORD.findall(text)):
        return True
    if calendar_of(primary(evidence.language)).movable_feasts.search(text):
        return True
    return published is not None and len(parts) == 1 and abs(parts[0] - published.year) <= RECKONED


def undated_words(said: Analysis, evidence: Analysis, article: ArticleAnalysis) -> Iterator[StatementFinding]:
    """The months and weekdays of a written text that neither its evidence nor the day of publication gives."""
    meant = [word for word in said.seen_as(_calendar_words) if _is_meant(word, said)]
    if not meant or not calendar_of(primary(article.language)).weekdays:
        return
    known = {(word.kind, word.number) for word in evidence.seen_as(_calendar_words)}
    known |= {("month", int(month)) for pair in _NUMERIC.findall(evidence.text) for month in pair}
    kinds = {kind for kind, _ in known}
    if published := day_of(article.published):
        near = (published.weekday() + days for days in evidence.days_named)
        known |= {("month", published.month), ("weekday", published.weekday())}
        known |= {("weekday", weekday % 7) for weekday in near}
    everywhere = {
        (word.kind, word.number) for text in (article, article.title) for word in text.seen_as(_calendar_words)
    }
    for word in meant:
        if (word.kind, word.number) in known:
            continue
        if (word.kind, word.number) in everywhere and word.kind not in kinds:
            message = f"“{word.text}” does not stand in the sentences cited for it, but elsewhere in the article."
            yield StatementFinding("evidence_incomplete", "note", message)
        else:
            message = f"“{word.text}” does not follow from the sentences cited for it."
            yield StatementFinding("date_not_in_evidence", "warning", message)


def _calendar_words(text: Analysis) -> Sequence[CalendarWord]:
    """The months and weekdays in a text, whatever their case, abbreviations too."""
    calendar = calendar_of(primary(text.language))
    return [_calendar_word(word, calendar) for word in calendar.named.finditer(text.text)]


def _calendar_word(word: re.Match[str], calendar: Calendar) -> CalendarWord:
    if month := word["month"]:
        return CalendarWord(word.start(), word.group(), "month", calendar.months[name_of(month)])
    return CalendarWord(word.start(), word.group(), "weekday", calendar.weekdays[name_of(word["weekday"])])


def _is_meant(word: CalendarWord, said: Analysis) -> bool:
    """Whether the word is a month or weekday for sure: "Sat" and "May" are other words too."""
    text = said.text
    if language_of(said.language).dates.capitalised and not word.text[0].isupper():
        return False
    end = word.start + len(word.text)
    beside_digit = re.search(r"\d", text[max(0, word.start - 3) : word.start] + text[end : end + 3])
    return len(word.text) > 3 or beside_digit is not None


def _parts(parts: Sequence[int], evidence: Analysis, published: date | None) -> Iterator[tuple[str, bool]]:
    """Year, month and day, each with whether the evidence, or for the year the day of publication, gives it."""
    numbers, feasts = _integers(evidence), _feasts(evidence)
    years = {number for number in numbers if 1000 <= number <= 2999}
    by_publication = published is not None and not years and abs(parts[0] - published.year) <= 1
    yield "year", parts[0] in years or by_publication
    if len(parts) > 1:
        named = _months(evidence) | _forms_of_months(evidence) | {month for month, _ in feasts}
        months = named | _in_digits(evidence.text)
        yield "month", parts[1] in months
    if len(parts) > 2:
        yield "day", parts[2] in numbers or (parts[1], parts[2]) in feasts


def _follows_from_publication(parts: Sequence[int], evidence: Analysis, published: date | None) -> bool:
    """Whether it is a day or month about the publication, and the evidence speaks of such a one or of none."""
    day = day_of(iso_of(*parts))
    if published is None or len(parts) == 1:
        return False
    months = _months(evidence)
    if len(parts) == 2:
        distance = (parts[0] - published.year) * 12 + parts[1] - published.month
        return not months and abs(distance) <= 1
    if day is None:
        return False
    distance = (day - published).days
    weekdays = {word.number for word in evidence.seen_as(_calendar_words) if word.kind == "weekday"}
    if distance in evidence.days_named or (abs(distance) <= NEAR and day.weekday() in weekdays):
        return True
    if distance == 0:
        return not months and not weekdays  # "the court said" is news of the day
    same_month = (day.year, day.month) == (published.year, published.month)
    return same_month and not months and day.day in _integers(evidence)


def _months(text: Analysis) -> set[int]:
    return {word.number for word in text.seen_as(_calendar_words) if word.kind == "month"}


def _forms_of_months(text: Analysis) -> set[int]:
    """Months by the beginnings of words: in "сентябрьский" and "ocakta" no table has the name of one."""
    words = {fold(word) for word in WORD.findall(text.text)}
    names = {fold(name): number for name, number in calendar_of(primary(text.language)).months.items()}
    stems = {
        name[: max(SHORT_NAME, len(name) - 1)]: number for name, number in names.items() if len(name) >= SHORT_NAME
    }
    return {number for stem, number in stems.items() if any(word.startswith(stem) for word in words)}


SHORT_NAME = 4
"""Letters of the shortest name of a month that the beginning of a word may be."""


def _feasts(text: Analysis) -> list[tuple[int, int]]:
    """Month and day of each feast that it names."""
    feasts = calendar_of(primary(text.language)).feasts
    return [day for day, names in feasts.items() if names.search(text.text)]


def _in_digits(text: str) -> set[int]:
    """Integers in digits: the month of 13.04.2022 and of 4月, and not the three of "three people"."""
    return {int(digits) for digits in re.findall(r"(?<!\d)\d{1,2}(?!\d)", text)}


def _integers(text: Analysis) -> set[int]:
    values = (number.value for number in text.numbers)
    return {int(value) for value in values if value is not None and value == int(value)}
