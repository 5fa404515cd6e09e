"""Dates in running text, in ISO 8601 and no more precise than the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from summarizer.languages import primary
from summarizer.text.calendars import Calendar, calendar_of, name_of
from summarizer.text.days import day_after, day_of, iso_of, month_after

_EVENT = re.compile(r"['’]s(?:\s[A-ZÀ-ÖØ-Þ]\w*)+")

_BESIDE = re.compile(r"[\s,،、()（）]{0,3}")
"""What stands between two words for one day: `yesterday, Saturday`, `Tuesday, 15 October`."""

JUST_BEEN = 100
"""Days back to which a date without a year is that of this year."""

UNLIKELY = 2
"""How much farther a day seems on the side of the publication where it is not expected."""


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date as it stands at `start` to `end`. `iso` is None when the text, with the date of publication where that
    is known, does not say which it is. Both ends of `9 and 10 May` stand at the same place.

    `is_sure` says that it can be no other day: `on Monday` may be the last one or the next.
    """

    start: int
    end: int
    iso: str | None
    is_sure: bool = True


def find_dates(text: str, language: str, published: str | None = None) -> list[FoundDate]:
    """The dates of `text` in order. Weekdays, `yesterday` and dates without a year are told from `published`."""
    calendar = calendar_of(primary(language))
    issued = day_of(published)
    found: list[FoundDate] = []
    weekdays: dict[int, int] = {}
    for match in calendar.pattern.finditer(text):
        if match.lastgroup is None:
            continue  # a word that only looks like a date
        dated = _Dated(text, match, _parts(match), calendar, issued)
        told = list(dated.found())
        if "weekday" in dated.parts and told:
            weekdays[len(found)] = dated.weekday
        found += told
    for index, weekday in weekdays.items():
        found[index] = _agreed(text, found, index, weekday)
    return found


def date_phrase(text: str, found: FoundDate, language: str) -> str:
    """The date with the words that belong to it: `late on Thursday`, `Thursday morning`, `Sunday's World Cup`."""
    if event := _EVENT.match(text, found.end):
        return text[found.start : event.end()]
    calendar = calendar_of(primary(language))
    before = calendar.prefix.search(text[max(0, found.start - 40) : found.start])
    behind = calendar.suffix.match(text, found.end)
    return text[found.start - len(before[0]) if before else found.start : behind.end() if behind else found.end]


def days_named(text: str, language: str) -> set[int]:
    """Distances from the day of publication that the text names: 0 for today, -1 for yesterday."""
    calendar = calendar_of(primary(language))
    phrases = (_parts(match).get("relative") for match in calendar.pattern.finditer(text))
    places = (calendar.relative[name_of(phrase)] for phrase in phrases if phrase)
    return {distance for unit, distance in places if unit == "day"}


def _agreed(text: str, found: list[FoundDate], index: int, weekday: int) -> FoundDate:
    """The weekday as the day beside it, if that is such a day."""
    here = found[index]
    for other in found[max(0, index - 1) : index + 2]:
        left, right = sorted((here, other), key=lambda date: date.start)
        day = day_of(other.iso)
        if day and day.weekday() == weekday and _BESIDE.fullmatch(text, left.end, right.start):
            return replace(here, iso=other.iso, is_sure=True)
    return here


def _parts(match: re.Match[str]) -> Mapping[str, str]:
    return {name.rstrip("0123456789"): value for name, value in match.groupdict().items() if value}


@dataclass(frozen=True, slots=True)
class _Dated:
    """A match of the pattern of dates, to be read."""

    text: str
    match: re.Match[str]
    parts: Mapping[str, str]
    calendar: Calendar
    issued: date | None

    def found(self) -> Iterator[FoundDate]:
        """The date, or both ends of a range; none if there is no such day."""
        iso = self._iso()
        if iso is None and self._is_told:
            return
        whole = FoundDate(self._start, self.match.end(), iso, self._is_sure(iso))
        first, last = (self._same_month(whole, self._number(end)) for end in ("first", "last"))
        yield from (found for found in (first, whole, last) if found)

    def _same_month(self, whole: FoundDate, number: int | None) -> FoundDate | None:
        day = day_of(whole.iso)
        iso = iso_of(day.year, day.month, number) if day and number is not None else None
        return replace(whole, iso=iso) if iso else None

    @property
    def _start(self) -> int:
        """Where the date itself begins, behind a word that only has to stand before it."""
        return min(self.match.start(name) for name, value in self.match.groupdict().items() if value)

    @property
    def weekday(self) -> int:
        return self.calendar.weekdays[name_of(self.parts["weekday"])]

    @property
    def _is_told(self) -> bool:
        """Whether the text, with the date of publication where that is known, says which date it is."""
        return self.issued is not None or self._year() is not None

    def _is_sure(self, iso: str | None) -> bool:
        """Whether a year, a distance or a word such as `last` tells which day it is; a day of a month without a year
        is one that has just been."""
        if iso is None or self.issued is None or self._year() is not None or self._direction() or self._in_week():
            return True
        if place := self._place("relative"):
            return place != ("day", 0)  # today may be these days
        if "other_month" in self.parts:
            return True
        day = day_of(iso if len(iso) == len("2024-05-01") else f"{iso}-01")
        return "month" in self.parts and day is not None and 0 <= (self.issued - day).days <= JUST_BEEN

    def _in_week(self) -> bool:
        place = (self.text, self._start, self.match.end())
        return any(cue.is_beside(*place) for cue in self.calendar.weeks.values())

    def _iso(self) -> str | None:
        """The date; None if it is not told, or if there is none such."""
        day, month, year = self._number("day"), self._month(), self._year()
        if year is not None:
            return iso_of(year, month, day)
        if self.issued is None:
            return None
        if relative := self._place("relative"):
            return _relative(*relative, self.issued)
        if other_month := self._place("other_month"):
            there = day_of(f"{_relative(*other_month, self.issued)}-01")
            return iso_of(there.year, there.month, day) if there else None
        if month is not None:
            year = _nearest_year(month, day, self.issued, self._direction(), self._is_to_come())
            return iso_of(year, month, day)
        found = self._nearest_weekday(self.issued) if day is None else _nearest_day(day, self.issued)
        return found.isoformat() if found else None

    def _number(self, name: str) -> int | None:
        return int(self.parts[name]) if name in self.parts else None

    def _place(self, name: str) -> tuple[str, int] | None:
        """What a phrase such as "last year" says: how many days, months or years from the publication."""
        return self.calendar.relative[name_of(self.parts[name])] if name in self.parts else None

    def _month(self) -> int | None:
        month = self.parts.get("month")
        return self.calendar.months.get(name_of(month).rstrip(".")) or int(month) if month else None

    def _year(self) -> int | None:
        parts = self.parts
        if "era" in parts:
            return self.calendar.eras[parts["era"]] + (1 if parts["era_year"] == "元" else int(parts["era_year"]))
        if "short" in parts:
            near = self.issued.year if self.issued else 2000
            return near + (int(parts["short"]) - near + 50) % 100 - 50
        other = self._place("other_year")
        return self.issued.year + other[1] if other and self.issued else self._number("year")

    def _direction(self) -> int:
        """-1 for the last one, 1 for the next one, 0 where no word says so."""
        place = (self.text, self._start, self.match.end())
        return self.calendar.next.is_beside(*place) - self.calendar.last.is_beside(*place)

    def _is_to_come(self) -> bool:
        return self.calendar.future.is_beside(self.text, self._start, self.match.end())

    def _nearest_weekday(self, issued: date) -> date | None:
        place = (self.text, self._start, self.match.end())
        back = (issued.weekday() - self.weekday) % 7
        for weeks, cue in self.calendar.weeks.items():
            if cue.is_beside(*place):
                return day_after(issued, self.weekday - issued.weekday() + 7 * weeks)
        direction = self._direction()
        if direction < 0:
            return day_after(issued, -(back or 7))
        if direction > 0 or self._is_to_come():
            return day_after(issued, 7 - back)
        return day_after(issued, -back)


def _nearest_year(month: int, day: int | None, issued: date, direction: int, is_to_come: bool) -> int:
    """The year that brings a date without one nearest to the day of publication, before or behind it if told so.

    News looks back: without a word of what is to come a day ahead counts as twice as far, with one a day behind.
    """
    here, there = (issued.month, issued.day), (month, day or issued.day)
    if direction < 0:
        return issued.year - (there >= here)
    if direction > 0:
        return issued.year + (there <= here)
    years = (issued.year - 1, issued.year, issued.year + 1)
    days = {year: day_of(iso_of(year, month, min(day or 15, 28))) for year in years}
    distances = {year: (found - issued).days for year, found in days.items() if found}
    behind, ahead = (UNLIKELY, 1) if is_to_come else (1, UNLIKELY)
    return min(distances, key=lambda year: max(-distances[year] * behind, distances[year] * ahead))


def _nearest_day(day: int, issued: date) -> date | None:
    """The day of that number, of the months about the publication, that is nearest to it."""
    months = (month_after(issued, distance) for distance in (-1, 0, 1))
    days = (day_of(f"{month}-{day:02d}") for month in months)
    return min(
        (found for found in days if found), key=lambda found: (abs((found - issued).days), found), default=None
    )


def _relative(unit: str, distance: int, issued: date) -> str | None:
    if unit == "day":
        day = day_after(issued, distance)
        return day.isoformat() if day else None
    return iso_of(issued.year + distance) if unit == "year" else month_after(issued, distance)
