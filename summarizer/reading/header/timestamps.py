"""When an article appeared and changed, by the elements of its page that say so: `<time>` and those of microdata."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from summarizer.reading.header.publication_dates import date_in_line
from summarizer.text.days import EARLIEST_YEAR, iso_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DATE = re.compile(
    r"(\d{4})-(\d{2})(?:-(\d{2}))?"
    r"(?:[T ]((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)
_OF_SCRIPT = re.compile(
    r"(?P<weekday>\w{3}) (?P<month>[A-Z][a-z]{2}) {1,2}(?P<day>\d{1,2}) (?:(?P<year>\d{4}) (?P<time>\d\d:\d\d:\d\d)"
    r"(?: (?:GMT|UTC)(?P<zone>[+-]\d{4})?)?|(?P<hour>\d\d:\d\d:\d\d) (?:UTC |GMT )?(?P<late>\d{4})).*"
)
"""How scripts (`Sat Mar 08 2025 15:21:41 GMT+0000`) and C (`Sat Mar  8 15:21:41 2025`) write a date."""
_MODIFIED = re.compile(r"modif|updat", re.IGNORECASE)
_PUBLISHED = re.compile(r"publi|posted|created|pubdate", re.IGNORECASE)
_ELSEWHERE = re.compile(r"\b(?:related|recommended|sidebar|teaser|comments?|popular|most-?read)\b", re.IGNORECASE)
_AROUND = frozenset(("aside", "nav", "footer", "a"))


@dataclass(frozen=True, slots=True)
class Times:
    """ISO dates, None where no element tells them."""

    published: str | None
    modified: str | None


def iso_date(value: Any) -> str | None:
    """An ISO 8601 date that can be one, as precise as it was given."""
    match = _DATE.match(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    year, month, day, time, zone = match.groups()
    found = iso_of(int(year), int(month), int(day) if day else None)
    if found is None or not EARLIEST_YEAR <= int(year) <= date.today().year + 1:
        return None
    return found + (f"T{time}{zone or ''}" if time and day else "")


def any_date(value: Any) -> str | None:
    """A date in any form that is clear: of ISO 8601, of scripts, in words, in seconds since 1970."""
    if iso := iso_date(value):
        return iso
    text = str(value).strip() if isinstance(value, str | int) else ""
    if re.fullmatch(r"1\d{9}(?:\d{3})?", text):
        return datetime.fromtimestamp(int(text[:10]), UTC).isoformat().replace("+00:00", "Z")
    if match := _OF_SCRIPT.fullmatch(text):
        return _of_script(match)
    if re.fullmatch(r"(?:19|20)\d{6}(?:T.*)?", text):
        return iso_date(f"{text[:4]}-{text[4:6]}-{text[6:8]}")
    found = date_in_line(text)
    return found.published if found else None


def _of_script(match: re.Match[str]) -> str | None:
    try:
        month = datetime.strptime(match["month"], "%b").month
    except ValueError:
        return None
    zone = (match["zone"] or "").replace("+0000", "Z")
    zone = f"{zone[:3]}:{zone[3:]}" if len(zone) == 5 else zone
    day, year = f"{int(match['day']):02}", match["year"] or match["late"]
    return iso_date(f"{year}-{month:02}-{day}T{match['time'] or match['hour']}{zone}")


def times_of(tree: HtmlElement) -> Times:
    """What elements say; those of other stories, beside or below the article, don't count."""
    published: list[str | None] = []
    plain: list[str | None] = []
    modified: list[str | None] = []
    for element in _dated(tree):
        said = element.get("datetime") or element.get("content") or element.get("title")
        value = any_date(said) or (any_date(" ".join(element.itertext())) if element.tag == "time" else None)
        if value or _DATE.match((said or "").strip()):  # a day that does not exist makes no room for another
            names = _names(element)
            is_modified = bool(_MODIFIED.search(names)) and not _PUBLISHED.search(names)
            (modified if is_modified else published if _PUBLISHED.search(names) else plain).append(value)
    return Times(next(iter([*published, *plain]), None), next(iter(modified), None))


def _dated(tree: HtmlElement) -> Iterator[HtmlElement]:
    for element in tree.iter("time", "span", "abbr", "div", "p", "i"):
        is_named = re.search(r"^date(?:Published|Modified|Created)$", element.get("itemprop") or "")
        is_abbreviation = element.tag == "abbr" and (element.get("class") or "").split()[:1] in (
            ["published"],
            ["updated"],
        )
        if (element.tag == "time" or is_named or is_abbreviation) and not _is_elsewhere(element):
            yield element


def _is_elsewhere(element: HtmlElement) -> bool:
    return any(
        above.tag in _AROUND or _ELSEWHERE.search(f"{above.get('class') or ''} {above.get('id') or ''}")
        for above in element.iterancestors()
    )


def _names(element: HtmlElement) -> str:
    """What an element is called and what its line says of it."""
    own = [element.get(name) or "" for name in ("itemprop", "class", "id", "pubdate")]
    own.append("pubdate" if "pubdate" in element.attrib else "")
    before = element.getprevious()
    parent = element.getparent()
    said = (parent.text if before is None and parent is not None else before.tail if before is not None else "") or ""
    labelled = f"{' '.join(own)} {element.text or ''}"
    return labelled if _MODIFIED.search(labelled) or _PUBLISHED.search(labelled) else f"{labelled} {said[-40:]}"
