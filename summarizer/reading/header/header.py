"""The lines above an article: which of them are its title, its byline and its date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from summarizer.reading.header.bylines import bare_name, is_office, names_in_byline, opens_as_byline
from summarizer.reading.header.metadata import Metadata
from summarizer.reading.header.publication_dates import DateLine, date_in_line, dates_beside
from summarizer.reading.header.titles import title_line

LONGEST_PLACE = 3
"""Words of a line between authors and date: a place, or an office."""
NEAR = 2
"""So many lines from a date, or below the title, a bare name is that of an author."""


@dataclass(frozen=True, slots=True)
class Header:
    """The rules (title, byline, date) by line number, and what those lines say."""

    rules: Mapping[int, str]
    metadata: Metadata
    title_line: int | None = None


@dataclass(slots=True)
class _Said:
    """What the lines read so far say, by line number."""

    rules: dict[int, str] = field(default_factory=dict)
    authors: dict[int, tuple[str, ...]] = field(default_factory=dict)
    dates: dict[int, DateLine] = field(default_factory=dict)


def read_header(
    lines: Sequence[str],
    candidates: Sequence[int],
    prose: Iterable[str],
    *,
    opens_dated: bool = False,
    is_top: bool = False,
) -> Header:
    """What the lines above the article say. `candidates` are those that no rule took for junk, in order; `prose`
    are the lines of the article itself; `opens_dated` says that the article opens with a dateline, `is_top` that
    the text itself begins with these lines."""
    said = _Said()
    for number, line in enumerate(lines):
        _read_line(said, number, line)
    open_lines = [number for number in candidates if number not in said.rules]
    about = {*said.rules, *([len(lines)] if opens_dated else [])}
    title = title_line(lines, open_lines, prose, about, is_top=is_top)
    if title is not None:
        said.rules |= {number: "title" for number in candidates if lines[number] == lines[title]}
        _read_bare_names(said, lines, candidates, title)
    return Header(said.rules, _metadata(said, lines[title] if title is not None else None, title or 0), title)


def _metadata(said: _Said, named: str | None, title: int) -> Metadata:
    """What stands below the title is about its article, what stands above it may be about another."""

    def in_order(number: int) -> tuple[bool, int]:
        return number < title, abs(number - title)

    authors = [said.authors[number] for number in sorted(said.authors, key=in_order)]
    dates = [said.dates[number] for number in sorted(said.dates, key=in_order)]
    below = [found for number, found in said.dates.items() if number > title] or dates
    modified = next((found.modified for found in dates if found.modified), None)
    # A date above the title is mostly the day's own; it counts where nothing else does.
    told = below if any(found.published or found.modified for found in below) else dates
    published = next((found.published for found in told if found.published), None)
    return Metadata(named, next(iter(authors), ()), published, modified)


def _read_line(said: _Said, number: int, line: str) -> None:
    dated = date_in_line(line)
    beside = dated or dates_beside(line)
    if names := names_in_byline(beside.rest):
        said.authors[number] = names
    if names or dated:
        said.rules[number] = "byline" if names else "date"
        said.dates[number] = beside


def _read_bare_names(said: _Said, lines: Sequence[str], candidates: Sequence[int], title: int) -> None:
    """Below the title a name alone, near the date or above an office, is the author's; so is a byline without a name,
    and what stands between them, such as a place."""
    dates = [number for number, rule in said.rules.items() if rule == "date" and number > title]
    is_named = any(number > title for number in said.authors)
    for number in (number for number in candidates if number > title and number not in said.rules):
        is_above_office = number + 1 < len(lines) and is_office(lines[number + 1])
        near = is_above_office or any(abs(number - at) <= NEAR for at in dates)
        name = bare_name(lines[number]) if near and not is_named else None
        if name:
            said.authors[number], is_named = (name,), True
        if name or (near and opens_as_byline(lines[number])):
            said.rules[number] = "byline"
            said.rules |= {number + 1: "byline"} if is_above_office else {}
    told = [number for number in said.rules if number > title]
    for number in range(min(told, default=0) + 1, max(told, default=0)):
        if number in candidates and number not in said.rules and len(lines[number].split()) <= LONGEST_PLACE:
            said.rules[number] = "byline"
