"""Dates in running text, in ISO 8601 and no more precise than the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from summarizer.languages import primary
from summarizer.rules.calendars import Calendar, calendar_of

_EVENT = re.compile(r"['’]s(?:\s[A-ZÀ-ÖØ-Þ]\w*)+")

_BESIDE = re.compile(r"[\s,،、()（）]{0,3}")
"""What stands between two words for one day: `yesterday, Saturday`, `Tuesday, 15 October`."""

UNLIKELY = 2
"""How much farther a day seems on the side of the publication where it is not expected."""

_NO_SUCH_DAY = ""


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date as it stands at `start` to `end`. `iso` is None when the text, with the date of publication where that
    is known, does not say which it is. Both ends of `9 and 10 May` stand at the same place."""

    start: int
    end: int
    iso: str | None


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
        if "weekday" in dated.parts:
            weekdays[len(found)] = dated.weekday
        found += dated.found()
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
    places = (calendar.relative[_name(phrase)] for phrase in phrases if phrase)
    return {distance for unit, distance in places if unit == "day"}


def day_of(iso: str | None) -> date | None:
    """The day that an ISO 8601 date or time is on; None when it says none."""
    try:
        return date.fromisoformat((iso or "")[:10])
    except ValueError:
        return None


def _agreed(text: str, found: list[FoundDate], index: int, weekday: int) -> FoundDate:
    """The weekday as the day beside it, if that is such a day."""
    here = found[index]
    for other in found[max(0, index - 1) : index + 2]:
        left, right = sorted((here, other), key=lambda date: date.start)
        day = day_of(other.iso)
        if day and day.weekday() == weekday and _BESIDE.fullmatch(text, left.end, right.start):
            return replace(here, iso=other.iso)
    return here


def _parts(match: re.Match[str]) -> Mapping[str, str]:
    return {name.rstrip("0123456789"): value for name, value in match.groupdict().items() if value}


def _name(phrase: str) -> str:
    """A name as the tables have it, whatever its case and white space."""
    return " ".join(phrase.lower().split())


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
        whole = FoundDate(self._start, self.match.end(), self._iso())
        if whole.iso == _NO_SUCH_DAY:
            return
        first, last = (self._same_month(whole, self.parts.get(end)) for end in ("first", "last"))
        yield from (found for found in (first, whole, last) if found)

    def _same_month(self, whole: FoundDate, day: str | None) -> FoundDate | None:
        other = day_of(f"{whole.iso[:8]}{int(day):02d}") if day and whole.iso else None
        return replace(whole, iso=other.isoformat()) if other else None

    @property
    def _start(self) -> int:
        """Where the date itself begins, behind a word that only has to stand before it."""
        return min(self.match.start(name) for name, value in self.match.groupdict().items() if value)

    @property
    def weekday(self) -> int:
        return self.calendar.weekdays[_name(self.parts["weekday"])]

    def _iso(self) -> str | None:
        day, month = self._number("day"), self._month()
        if year := self._year():
            return _formatted(year, month, day)
        if self.issued is None:
            return None
        if "relative" in self.parts:
            return _relative(*self.calendar.relative[_name(self.parts["relative"])], self.issued)
        if "other_month" in self.parts:
            there = _relative(*self.calendar.relative[_name(self.parts["other_month"])], self.issued)
            return _formatted(int(there[:4]), int(there[5:]), day)
        if month:
            return _formatted(
                _nearest_year(month, day, self.issued, self._direction(), self._is_to_come()), month, day
            )
        return _nearest_day(day, self.issued) if day else self._nearest_weekday(self.issued).isoformat()

    def _number(self, name: str) -> int | None:
        return int(self.parts[name]) if name in self.parts else None

    def _month(self) -> int | None:
        month = self.parts.get("month")
        return self.calendar.months.get(_name(month).rstrip(".")) or int(month) if month else None

    def _year(self) -> int | None:
        parts = self.parts
        if "era" in parts:
            return self.calendar.eras[parts["era"]] + (1 if parts["era_year"] == "元" else int(parts["era_year"]))
        if "short" in parts:
            near = self.issued.year if self.issued else 2000
            return near + (int(parts["short"]) - near + 50) % 100 - 50
        if "other_year" in parts and self.issued:
            return self.issued.year + self.calendar.relative[_name(parts["other_year"])][1]
        return self._number("year")

    def _direction(self) -> int:
        """-1 for the last one, 1 for the next one, 0 where no word says so."""
        place = (self.text, self._start, self.match.end())
        return self.calendar.next.is_beside(*place) - self.calendar.last.is_beside(*place)

    def _is_to_come(self) -> bool:
        return self.calendar.future.is_beside(self.text, self._start, self.match.end())

    def _nearest_weekday(self, issued: date) -> date:
        place = (self.text, self._start, self.match.end())
        back = (issued.weekday() - self.weekday) % 7
        for weeks, cue in self.calendar.weeks.items():
            if cue.is_beside(*place):
                return issued + timedelta(days=self.weekday - issued.weekday() + 7 * weeks)
        direction = self._direction()
        if direction < 0:
            return issued - timedelta(days=back or 7)
        if direction > 0 or self._is_to_come():
            return issued + timedelta(days=7 - back)
        return issued - timedelta(days=back)


def _formatted(year: int, month: int | None, day: int | None) -> str:
    try:
        whole = date(year, month or 1, day or 1)
    except ValueError:
        return _NO_SUCH_DAY
    return whole.isoformat()[: 10 if day else 7 if month else 4]


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
    distances = {year: (date(year, month, min(day or 15, 28)) - issued).days for year in years}
    behind, ahead = (UNLIKELY, 1) if is_to_come else (1, UNLIKELY)
    return min(years, key=lambda year: max(-distances[year] * behind, distances[year] * ahead))


def _nearest_day(day: int, issued: date) -> str:
    """The day of that number, of the months about the publication, that is nearest to it."""
    months = (_relative("month", distance, issued) for distance in (-1, 0, 1))
    days = (day_of(f"{month}-{day:02d}") for month in months)
    near = sorted((abs((found - issued).days), found.isoformat()) for found in days if found)
    return near[0][1] if near else _NO_SUCH_DAY


def _relative(unit: str, distance: int, issued: date) -> str:
    if unit == "day":
        return (issued + timedelta(days=distance)).isoformat()
    if unit == "year":
        return str(issued.year + distance)
    months = issued.year * 12 + issued.month - 1 + distance
    return f"{months // 12}-{months % 12 + 1:02d}"
