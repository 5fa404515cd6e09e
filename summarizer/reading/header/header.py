"""The lines above an article: which of them are its title, its byline and its date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

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


@dataclass(frozen=True, slots=True)
class _Said:
    """The rules of lines that tell of authors and dates, and what they say, by line number."""

    rules: Mapping[int, str]
    authors: Mapping[int, tuple[str, ...]]
    dates: Mapping[int, DateLine]

    @classmethod
    def by(cls, lines: Sequence[str]) -> _Said:
        """What each line says for itself."""
        found = [date_in_line(line) for line in lines]
        dates = [dated or dates_beside(line) for dated, line in zip(found, lines, strict=True)]
        names = [names_in_byline(beside.rest) for beside in dates]
        rules = {i: "byline" if names[i] else "date" for i in range(len(lines)) if names[i] or found[i]}
        authors = {i: named for i, named in enumerate(names) if named}
        return cls(rules, authors, {i: dates[i] for i in rules})


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
    said = _Said.by(lines)
    open_lines = [number for number in candidates if number not in said.rules]
    about = {*said.rules, *([len(lines)] if opens_dated else [])}
    title = title_line(lines, open_lines, prose, about, is_top=is_top)
    if title is not None:
        titles = {number: "title" for number in candidates if lines[number] == lines[title]}
        said = _with_bare_names(replace(said, rules={**said.rules, **titles}), lines, candidates, title)
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


def _with_bare_names(said: _Said, lines: Sequence[str], candidates: Sequence[int], title: int) -> _Said:
    """Below the title a name alone, near the date or above an office, is the author's; so is a byline without a name,
    and what stands between them, such as a place."""
    rules, authors = dict(said.rules), dict(said.authors)
    dates = [number for number, rule in rules.items() if rule == "date" and number > title]
    is_named = any(number > title for number in authors)
    for number in (number for number in candidates if number > title and number not in rules):
        is_above_office = number + 1 < len(lines) and is_office(lines[number + 1])
        near = is_above_office or any(abs(number - at) <= NEAR for at in dates)
        name = bare_name(lines[number]) if near and not is_named else None
        if name:
            authors[number], is_named = (name,), True
        if name or (near and opens_as_byline(lines[number])):
            rules[number] = "byline"
            rules |= {number + 1: "byline"} if is_above_office else {}
    told = [number for number in rules if number > title]
    for number in range(min(told, default=0) + 1, max(told, default=0)):
        if number in candidates and number not in rules and len(lines[number].split()) <= LONGEST_PLACE:
            rules[number] = "byline"
    return replace(said, rules=rules, authors=authors)
