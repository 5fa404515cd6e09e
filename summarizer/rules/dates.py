"""Dates in running text, in ISO 8601 and no more precise than the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from summarizer.languages import primary, table

_EVENT = re.compile(r"['’]s(?:\s[A-ZÀ-ÖØ-Þ]\w*)+")

_CLAUSE = 60
"""Characters before a weekday in which a word of what is to come makes it the next one."""


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date as it stands at `start` to `end`. `iso` is None when the text, with the date of publication where that
    is known, does not say which it is."""

    start: int
    end: int
    iso: str | None


@dataclass(frozen=True)
class Calendar:
    """How a language writes dates: one pattern for all of them, and what its words stand for."""

    pattern: re.Pattern[str]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    relative: Mapping[str, tuple[str, int]]
    future: re.Pattern[str]
    next: re.Pattern[str]
    last: re.Pattern[str]
    prefix: re.Pattern[str]
    suffix: re.Pattern[str]


def find_dates(text: str, language: str, published: str | None = None) -> list[FoundDate]:
    """The dates of `text` in order. Weekdays, `yesterday` and dates without a year are told from `published`."""
    calendar = calendar_of(primary(language))
    issued = day_of(published)
    found: list[FoundDate] = []
    for match in calendar.pattern.finditer(text):
        start = match.start(_first_group(match))
        iso = _iso(match, text, calendar, issued)
        if iso != _NO_SUCH_DAY:
            found.append(FoundDate(start, match.end(), iso))
    return found


def date_phrase(text: str, found: FoundDate, language: str) -> str:
    """The date with the words that belong to it: `late on Thursday`, `Thursday morning`, `Sunday's World Cup`."""
    if event := _EVENT.match(text, found.end):
        return text[found.start : event.end()]
    calendar = calendar_of(primary(language))
    before = calendar.prefix.search(text[max(0, found.start - 40) : found.start])
    behind = calendar.suffix.match(text, found.end)
    return text[found.start - len(before[0]) if before else found.start : behind.end() if behind else found.end]


_NO_SUCH_DAY = ""


def _first_group(match: re.Match[str]) -> str:
    """The group that begins the date itself, behind a word that only has to stand before it."""
    return min((name for name, value in match.groupdict().items() if value), key=match.start)


def _iso(match: re.Match[str], text: str, calendar: Calendar, issued: date | None) -> str | None:
    parts = {name.rstrip("0123456789"): value for name, value in match.groupdict().items() if value}
    if "weekday" in parts:
        return _weekday(calendar.weekdays[parts["weekday"].lower()], match, text, calendar, issued)
    if "relative" in parts:
        return _relative(*calendar.relative[parts["relative"].lower()], issued)
    month = parts.get("month")
    number = calendar.months.get(month.lower().rstrip(".")) or int(month) if month else None
    day = int(parts["day"]) if "day" in parts else None
    if "year" in parts:
        return _formatted(int(parts["year"]), number, day)
    if number is None or issued is None:
        return None
    return _formatted(_nearest_year(number, day, issued), number, day)


def _formatted(year: int, month: int | None, day: int | None) -> str:
    try:
        whole = date(year, month or 1, day or 1)
    except ValueError:
        return _NO_SUCH_DAY
    return whole.isoformat()[: 10 if day else 7 if month else 4]


def _nearest_year(month: int, day: int | None, issued: date) -> int:
    """The year that brings a date without one nearest to the day of publication."""
    years = (issued.year - 1, issued.year, issued.year + 1)
    return min(years, key=lambda year: abs((date(year, month, min(day or 15, 28)) - issued).days))


def _weekday(weekday: int, match: re.Match[str], text: str, calendar: Calendar, issued: date | None) -> str | None:
    if issued is None:
        return None
    back = (issued.weekday() - weekday) % 7
    before = text[max(0, match.start() - _CLAUSE) : match.start()]
    if calendar.last.search(before):
        return (issued - timedelta(days=back or 7)).isoformat()
    if calendar.next.search(before) or calendar.future.search(before):
        return (issued + timedelta(days=(7 - back) if back else 7)).isoformat()
    return (issued - timedelta(days=back)).isoformat()


def _relative(unit: str, distance: int, issued: date | None) -> str | None:
    if issued is None:
        return None
    if unit == "day":
        return (issued + timedelta(days=distance)).isoformat()
    if unit == "year":
        return str(issued.year + distance)
    months = issued.year * 12 + issued.month - 1 + distance
    return f"{months // 12}-{months % 12 + 1:02d}"


def day_of(iso: str | None) -> date | None:
    """The day that an ISO 8601 date or time is on; None when it says none."""
    try:
        return date.fromisoformat((iso or "")[:10])
    except ValueError:
        return None


# --- the pattern of a language ----------------------------------------------------------------------------------


@cache
def calendar_of(code: str) -> Calendar:
    """The calendar of a language by its code; without a table it knows ISO dates and those of East Asia."""
    dates, words = table(code, "dates"), table(code, "dates").get("words", {})
    months = _numbered(table(code, "calendar").get("months", []), 1)
    weekdays = _numbered(dates.get("weekdays", []), 0)
    relative = {
        phrase: (unit, int(distance))
        for unit, distances in dates.get("relative", {}).items()
        for distance, phrases in distances.items()
        for phrase in phrases
    }
    return Calendar(
        pattern=_pattern(months, weekdays, relative, dates),
        months=months,
        weekdays=weekdays,
        relative=relative,
        future=re.compile(rf"\b(?:{_any(words.get('future', ()))})\b[^.!?;]*$", re.IGNORECASE),
        next=re.compile(rf"\b(?:{_any(words.get('next', ()))})\s$", re.IGNORECASE),
        last=re.compile(rf"\b(?:{_any(words.get('last', ()))})\s$", re.IGNORECASE),
        prefix=re.compile(rf"\b(?:{_any(words.get('on', ()))})\s$", re.IGNORECASE),
        suffix=re.compile(rf"\s(?:{_any(words.get('part_of_day', ()))})\b", re.IGNORECASE),
    )


def _numbered(names: Iterable[Iterable[str]], first: int) -> dict[str, int]:
    return {name: number for number, forms in enumerate(names, first) for name in forms}


def _any(words: Iterable[str]) -> str:
    """A pattern for any of these, the longest first; for none of them one that never matches."""
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in longest_first) or r"(?!)"


def _pattern(
    months: Iterable[str], weekdays: Iterable[str], relative: Iterable[str], dates: Mapping[str, Any]
) -> re.Pattern[str]:
    words = dates.get("words", {})
    month, weekday = _cased(months, dates), _cased(weekdays, dates)
    both_cases = [form for phrase in relative for form in (phrase, phrase.capitalize())]
    of = rf"(?:(?:{_any(words.get('of', ()))})\s)?"
    suffix = rf"\s?(?:{_any(words.get('ordinals', ()))})"
    ordinal = rf"(?:{suffix}|\.)?"
    within = rf"(?i:{_any(words.get('in', ()))})"
    year = r"[12]\d{3}(?![\d.,]\d|\d)"
    forms = (
        r"(?P<year1>[12]\d{3})-(?P<month1>\d\d)(?:-(?P<day1>\d\d))?(?![-\d])",
        r"(?P<year2>[12]\d{3})\s?[年년](?:\s?(?P<month2>1[0-2]|0?[1-9])\s?[月월](?:\s?(?P<day2>[0-3]?\d)\s?[日일])?)?",
        r"(?P<day3>[0-3]?\d)\.\s?(?P<month3>1[0-2]|0?[1-9])\.\s?(?P<year3>[12]\d{3})",
        rf"(?P<day4>[0-3]?\d){ordinal}\s{of}(?P<month4>{month})(?!\w)\.?(?:,?\s{of}(?P<year4>{year}))?",
        rf"(?P<month5>{month})\.?\s(?P<day5>[0-3]?\d)(?:{suffix})?(?![\w:])(?:,?\s(?P<year5>{year}))?",
        rf"(?P<month6>{month})\.?,?\s{of}(?P<year6>{year})",
        rf"(?P<weekday1>{weekday})(?:{_any(words.get('part_of_day', ()))})?(?!\w)",
        rf"(?P<relative1>{_any(both_cases)})(?!\w)",
        rf"{within}[\s-](?P<month7>{month})(?!\w|\.?,?\s{of}\d)",
        rf"(?:{within}\s|\()(?P<year7>{year})(?!\w)",
    )
    return re.compile(r"(?<![\w.-])(?:" + "|".join(forms) + ")")


def _cased(names: Iterable[str], dates: Mapping[str, Any]) -> str:
    names = list(names)
    capitals = [name.capitalize() for name in names]
    return _any(capitals if dates.get("capitalised") else [*names, *capitals])
