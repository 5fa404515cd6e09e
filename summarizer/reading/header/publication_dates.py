"""Lines that say when a text appeared: `Published 27 April 2023, 14:32 CEST | Updated 28 April`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from summarizer.languages.language import Language, languages, lower
from summarizer.text.calendars import months_of
from summarizer.text.days import EARLIEST_YEAR, iso_of
from summarizer.text.words import LETTERS, any_of

LONGEST = 140
"""Characters of a line about dates."""
MOST_BESIDE = 4
"""Words that may stand in a part of such a line that says nothing of dates: a place, a section, a source."""
LONGEST_BYLINE = 400
"""Characters of a line that is about the text and tells its dates beside other things."""
LONGEST_DATELINE = 90
"""Characters before the dash in `OSLO, 3 March 2025 (NPB) – `."""

LATEST_YEAR = 2200

Event = Literal["published", "modified"]


@dataclass(frozen=True, slots=True)
class DateLine:
    """ISO dates of the first and of a later version, None where the line tells none, and what else it says."""

    published: str | None = None
    modified: str | None = None
    labelled: bool = False
    """Whether it calls its date one of publication or of change."""
    rest: str = ""

    @property
    def is_pure(self) -> bool:
        """Whether it says nothing else."""
        return _is_known(self.rest)


@dataclass(frozen=True, slots=True)
class _Stamp:
    start: int
    end: int
    iso: str | None
    event: Event | None


def date_in_line(line: str) -> DateLine | None:
    """What a line says of dates that holds nothing but them and words about them, or a few other words apart from
    those, behind a bar, a dash or the like."""
    if len(line) > LONGEST or not re.search(r"\d", line):
        return None
    stamps = _stamps(line)
    blanked = _blanked(line, stamps)
    if not (stamps or _CLOCK.search(line) or _NUMERIC.search(line)) or not _says_little(blanked, stamps):
        return None
    return _dated(stamps, blanked)


def dates_beside(line: str) -> DateLine:
    """The dates of a line that is known to be about the text, such as a byline, whatever else it says."""
    stamps = _stamps(line) if len(line) <= LONGEST_BYLINE and re.search(r"\d", line) else []
    return _dated(stamps, _blanked(line, stamps) if stamps else line)


def opening_date(line: str) -> str | None:
    """The date of the dateline with which an article opens: `OSLO, 3 March 2025 – The harbour ...`."""
    head = line[: LONGEST_DATELINE + 40]
    found = next(_dates(head), None)
    if found is None or found.end > LONGEST_DATELINE:
        return None
    is_place = _is_place(head[: found.start])
    return found.iso if is_place and _AFTER_DATELINE.match(head, found.end) else None


def _is_place(text: str) -> bool:
    """`OSLO, ` and `Rio de Janeiro (`, but not `On Monday, `."""
    names = LETTERS.findall(text)
    if not names or not re.search(r"[,.(]\s*+(?:[^\W\d_]{1,10}\s*+)?$", text) or names[0].lower() in _words().beside:
        return False
    return names[0][0].isupper() and all(name[0].isupper() or len(name) <= 3 for name in names)


_AFTER_DATELINE = re.compile(
    r"\.?\)?,?\s*+(?:\([^()]{1,30}\)|[^\W\d_]{2,10}|/[^/]{2,30}/)?\s*+\)?\s*+(?:--|[–—:-])\s"
)


def _dated(stamps: list[_Stamp], blanked: str) -> DateLine:
    published = [stamp for stamp in stamps if stamp.event != "modified"]
    first = next((stamp for stamp in published if stamp.event), published[0] if published else None)
    changes = [stamp.iso for stamp in stamps if stamp.event == "modified"]
    labelled = any(stamp.event for stamp in stamps)
    return DateLine(first.iso if first else None, changes[-1] if changes else None, labelled, blanked)


def _stamps(line: str) -> list[_Stamp]:
    """The dates of the line in order, each with what the words before it say of it, or those after the only one."""
    found = sorted(_dates(line), key=lambda stamp: stamp.start)
    years = [stamp.iso[:4] for stamp in found if stamp.iso]
    found = sorted([*found, *_without_year(line, found, years)], key=lambda stamp: stamp.start)
    stamps, before = [], 0
    for stamp in found:
        event = _event(line[before : stamp.start])
        if event is None and len(found) == 1:
            event = _event(line[stamp.end :])
        stamps.append(_Stamp(stamp.start, stamp.end, stamp.iso, event))
        before = stamp.end
    return stamps


def _event(text: str) -> Event | None:
    """What the last word about dates among them says."""
    last = None
    for match in _words().events.finditer(lower(text)):
        last = match
    return None if last is None else "modified" if last["modified"] else "published"


def _without_year(line: str, dated: list[_Stamp], years: list[str]) -> Iterator[_Stamp]:
    """`25 March` beside `26 March 2025`, and the like of it, in the same year."""
    for match in _words().short.finditer(lower(line)) if years else ():
        inside = any(stamp.start < match.end() and match.start() < stamp.end for stamp in dated)
        month = _words().months[match["before"] or match["after"]]
        iso = _iso(int(years[0]), month, int(match["first"] or match["second"]))
        if iso and not inside:
            yield _Stamp(match.start(), match.end(), iso, None)


def _blanked(line: str, stamps: Iterable[_Stamp]) -> str:
    """The line without its dates and hours."""
    for stamp in stamps:
        line = line[: stamp.start] + " " * (stamp.end - stamp.start) + line[stamp.end :]
    return _CLOCK.sub(lambda match: _HOUR * len(match[0]), line)


_HOUR = "\x1f"
"""What stands for the characters of an hour: white space, and yet to be told from other."""


def _says_little(blanked: str, stamps: Sequence[_Stamp]) -> bool:
    """Whether every part of the line is about dates, or short and apart from the date."""
    if _SENTENCE_END.search(blanked) and not _is_known(blanked):
        return False
    ends = [match.start() for match in _PARTS.finditer(blanked)] + [len(blanked)]
    start = 0
    for end in ends:
        part, holds_date = blanked[start:end], any(start <= stamp.start < end for stamp in stamps)
        if not _is_known(part) and (
            not stamps or not _may_stand_beside(part) or (holds_date and not _is_named(part))
        ):
            return False
        start = end
    return True


def _is_named(part: str) -> bool:
    """Whether the words around the date are a name, and the hour is told too: `Ann Byrd 3 March 2025 14:20`."""
    words = LETTERS.findall(part)
    names = [word for word in words if not _is_known(word) and word != "by"]
    return _HOUR in part and all(name[0].isupper() for name in names)


_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{2})[.!?]$")
_PARTS = re.compile(
    r"[|•·⋅／\u3000\t]|\s[–—/-]\s|(?<=[^\s\d,]),\s|(?<=[^\W\d_])\s{2,}(?=[^\W\d_])"
    r"|\s(?=[\u3040-\u30ff\u3400-\u9fff])|(?<=[\u3040-\u30ff\u3400-\u9fff])\s"
)


def _may_stand_beside(part: str) -> bool:
    words = [word for word in _tokens(part) if word not in _words().beside]
    return len(words) <= MOST_BESIDE


def _is_known(part: str) -> bool:
    known = _words().beside
    return all(word in known or word in _words().months for word in _tokens(_words().events.sub(" ", lower(part))))


def _tokens(text: str) -> list[str]:
    """Words, with the marks that Indic scripts put on their letters."""
    return re.findall(r"[^\s\d!-/:-@\[-`{-~·•،؛।–—…«»“”„「」（）：，、。／]+", lower(text))


@dataclass(frozen=True, slots=True)
class _Words:
    months: dict[str, int]
    beside: frozenset[str]
    """Words that stand beside dates."""
    events: re.Pattern[str]
    day_first_labels: re.Pattern[str]
    day_month_year: re.Pattern[str]
    month_day_year: re.Pattern[str]
    short: re.Pattern[str]


@cache
def _words() -> _Words:
    calendars = [language.calendar for language in languages()]
    months = months_of(*languages())
    beside = frozenset(word for words in calendars for word in words.weekdays | words.joints)
    day_first = _of_all(lambda language: () if language.calendar.month_first else _labels(language))
    month = rf"(?:{any_of(months)})(?![^\W\d_])"
    joint = rf"(?:(?:{_of_all(lambda language: language.dates.words.of)})[ .]*+)?"
    year = r"(?P<y>\d{4})(?!\d(?!\d?:\d\d))"  # the hour may be glued to it
    ordinal = rf"(?:{_of_all(lambda language: language.dates.words.ordinals)})?"
    return _Words(
        months,
        beside,
        _events(),
        re.compile(rf"(?<![^\W\d_])(?:{day_first})"),
        re.compile(rf"(?<!\d)(?P<d>\d{{1,2}}){ordinal}[., ]*+{joint}(?P<month>{month})[.,]*+ *+{joint}{year}"),
        re.compile(rf"(?<![^\W\d_])(?P<month>[^\W\d_]++)\.? (?P<d>\d{{1,2}}){ordinal},? {year}"),
        re.compile(
            rf"(?<!\d)(?P<first>\d{{1,2}}){ordinal}[. ]+{joint}(?P<before>{month})"
            rf"|(?P<after>{month})\.? (?P<second>\d{{1,2}})(?![\d:])"
        ),
    )


def _of_all(listed: Callable[[Language], Iterable[str]]) -> str:
    return any_of({word for language in languages() for word in listed(language)})


def _labels(language: Language) -> Iterable[str]:
    return language.paste.published + language.paste.modified


def _events() -> re.Pattern[str]:
    """Words about the first and about a later version; in scripts without spaces other letters may follow."""
    published = _of_all(lambda language: language.paste.published)
    modified = _of_all(lambda language: language.paste.modified)
    return re.compile(
        rf"(?<![^\W\d_])(?:(?P<modified>{modified})|(?P<published>{published}))(?![^\W\d_\u3040-\u9fff\uac00-\ud7af])"
    )


_CLOCK = re.compile(r"(?<!\d)\d{1,2} ?[:.h時时시](?: ?\d{2}(?!\d))(?::\d{2})?")
_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<y>\d{4})(?:\s*[年년]\s*|(?P<sep>[-/.]) ?)(?P<m>\d{1,2})"
    r"(?:\s*[月월]\s*|(?P=sep) ?)(?P<d>\d{1,2})(?!\d)[일日]?"
)
_NUMERIC = re.compile(r"(?<!\d)(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4})(?!\d)")


def _dates(line: str) -> Iterator[_Stamp]:
    """The dates with a year, those of one way of writing after those of another."""
    text, words, taken = lower(line), _words(), [False] * (len(line) + 1)
    for pattern in (_YEAR_FIRST, words.day_month_year, words.month_day_year, _NUMERIC):
        for match in pattern.finditer(text):
            iso = _of_match(match, text)
            if iso and not taken[match.start()]:
                taken[match.start() : match.end()] = [True] * len(match[0])
                yield _Stamp(match.start(), match.end(), iso, None)


def _of_match(match: re.Match[str], text: str) -> str | None:
    parts = match.groupdict()
    if "a" in parts:
        return _numeric(match, bool(_words().day_first_labels.search(text)), bool(re.search(r"\d ?[ap]\.?m\b", text)))
    month = int(parts["m"]) if "m" in parts else _words().months.get(parts["month"], 0)
    return _iso(int(parts["y"]), month, int(parts["d"]))


def _numeric(match: re.Match[str], day_first: bool, half_days: bool) -> str | None:
    """Day and month where the order is sure: with slashes either may be first, but in English alone, and the month is
    where hours are told in half days."""
    first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
    if second > 12 or (half_days and first <= 12):
        return _iso(year, first, second)
    return _iso(year, second, first) if day_first or match["sep"] == "." or first > 12 or first == second else None


def _iso(year: int, month: int, day: int) -> str | None:
    return iso_of(year, month, day) if EARLIEST_YEAR <= year <= LATEST_YEAR else None
