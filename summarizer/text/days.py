"""Which days there are: the one place that says whether a date exists, and that counts from one to another.

Years go from 1 to 9999. Nothing here raises: what does not exist is None.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

EARLIEST_YEAR = 1690
"""The first newspapers; a page that says 0001-01-01 says nothing."""


def iso_of(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """A year, a month or a day in ISO 8601, as precise as it is given."""
    try:
        whole = date(year, 1 if month is None else month, 1 if day is None else day)
    except (ValueError, OverflowError):
        return None
    return whole.isoformat()[: 4 if month is None else 7 if day is None else 10]


_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


def parts_of(iso: str) -> tuple[int, ...]:
    """Year, month and day of an ISO 8601 date, as many as it gives; empty for anything else."""
    match = _ISO.fullmatch(iso)
    parts = tuple(int(part) for part in match.groups() if part) if match else ()
    return parts if parts and iso_of(*parts) else ()


def day_of(iso: str | None) -> date | None:
    """The day that an ISO 8601 date or time is on."""
    try:
        return date.fromisoformat((iso or "")[:10])
    except ValueError:
        return None


def day_after(day: date, distance: int) -> date | None:
    """The day so many days later; earlier below zero."""
    try:
        return day + timedelta(days=distance)
    except OverflowError:
        return None


def month_after(day: date, distance: int) -> str | None:
    """The month so many months later, as `2024-05`."""
    months = day.year * 12 + day.month - 1 + distance
    return iso_of(months // 12, months % 12 + 1)
