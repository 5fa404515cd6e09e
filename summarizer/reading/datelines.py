"""A line that says nothing but when a text appeared: `Published 27 April 2023, 14:32 CEST`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from summarizer.languages import table, with_table

LONGEST = 100
"""Characters."""


@dataclass(frozen=True, slots=True)
class DateLine:
    """The ISO date in the line, None when it can't be told, and whether it is that of a later version."""

    date: str | None
    is_update: bool


def date_in_line(line: str) -> DateLine | None:
    """The first date of a line that holds dates, times and the words about them, and nothing else."""
    if len(line) > LONGEST or not re.search(r"\d", line):
        return None
    words = re.findall(r"[^\W\d_]+", line.lower())
    vocabulary = _words()
    if any(word not in vocabulary.known and word not in vocabulary.months for word in words):
        return None
    is_update = bool(words) and words[0] in vocabulary.updates
    day = _first_date(line.lower(), vocabulary.months)
    return DateLine(day, is_update) if day or _NUMERIC.search(line) else None


@dataclass(frozen=True, slots=True)
class _Words:
    months: dict[str, int]
    known: frozenset[str]
    updates: frozenset[str]


_TIME_WORDS = "am pm a m p h t z uhr utc gmt bst cet cest est edt et pst pdt ist jst st nd rd th kl 年 月 日 년 월 일"


@cache
def _words() -> _Words:
    calendars = [table(code, "calendar") for code in with_table("calendar")]
    months = {
        name: number for words in calendars for number, names in enumerate(words["months"], 1) for name in names
    }
    about, updates = set(_TIME_WORDS.split()), set()
    for words in (table(code, "paste") for code in with_table("paste")):
        about.update(" ".join([*words.get("published", ()), *words.get("modified", ())]).split())
        updates.update(" ".join(words.get("modified", ())).split())
    for words in calendars:
        about.update(words["weekdays"], words.get("joints", ()))
    return _Words(months, frozenset(about), frozenset(updates))


_ISO = re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(
    r"\b(?P<d>\d{1,2})(?:st|nd|rd|th|er|º)?[. ]*(?:de |of |d')?(?P<month>[^\W\d_]+)[., ]*(?:de |del )?(?P<y>\d{4})\b"
)
_MONTH_FIRST = re.compile(r"\b(?P<month>[^\W\d_]+)\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?,? (?P<y>\d{4})\b")
_YEAR_FIRST = re.compile(r"(?P<y>\d{4})\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日일]")
_NUMERIC = re.compile(r"\b(?P<a>\d{1,2})(?P<sep>[./])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4})\b")


def _first_date(line: str, months: dict[str, int]) -> str | None:
    for pattern in (_ISO, _YEAR_FIRST, _DAY_FIRST, _MONTH_FIRST):
        for match in pattern.finditer(line):
            parts = match.groupdict()
            month = int(parts["m"]) if "m" in parts else months.get(parts["month"], 0)
            if day := _iso(int(parts["y"]), month, int(parts["d"])):
                return day
    numeric = _NUMERIC.search(line)
    return _numeric(numeric) if numeric else None


def _numeric(match: re.Match[str]) -> str | None:
    """Day and month where the order is sure: with full stops the day is first, with slashes it may be either."""
    first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
    if match["sep"] == "." or first > 12 or first == second:
        return _iso(year, second, first)
    return _iso(year, first, second) if second > 12 else None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
