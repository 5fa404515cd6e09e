"""How a language writes dates: one pattern for all of them, built from its tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from summarizer.languages.language import ALL, Language, language_of
from summarizer.text.phrases import expression
from summarizer.text.words import MARKS, any_of

_CLAUSE = 60
"""Characters before a date in which a word of what is to come makes a weekday the next one."""

_ZEROS = "0٠۰०０"
"""The zeros of the scripts whose digits dates are written in; the other digits follow them."""

_WORD = rf"\w{MARKS}"
"""What a word is made of."""

_SMALL_LETTER = r"(?-i:[^\W\d_A-ZÀ-ÖØ-Þ])"
"""What a verb begins with, and a name such as Teherán does not."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words beside a date that say which of several days it is."""

    before: re.Pattern[str]
    behind: re.Pattern[str]

    def is_beside(self, text: str, start: int, end: int) -> bool:
        """Whether one of them stands before `start` or behind `end`."""
        return bool(self.before.search(text[max(0, start - _CLAUSE) : start]) or self.behind.match(text, end))


@dataclass(frozen=True)
class Calendar:
    """The dates of a language: one pattern for all of them, and what its words stand for."""

    pattern: re.Pattern[str]
    named: re.Pattern[str]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    relative: Mapping[str, tuple[str, int]]
    eras: Mapping[str, int]
    weeks: Mapping[int, Cue]
    future: Cue
    next: Cue
    last: Cue
    prefix: re.Pattern[str]
    suffix: re.Pattern[str]
    feasts: Mapping[tuple[int, int], re.Pattern[str]]
    """What a month and day are called: Christmas Eve."""
    movable_feasts: re.Pattern[str]


@cache
def calendar_of(code: str) -> Calendar:
    """The calendar of a language by its code; without a table it knows ISO dates and those of East Asia."""
    parts = _Parts(code)
    return Calendar(
        pattern=re.compile(_pattern(parts)),
        named=parts.compiled(
            rf"{parts.start}(?:(?P<month>{any_of(parts.months)})(?:{any_of(parts.said.month_behind)})?"
            rf"|(?P<weekday>{any_of(parts.weekdays)})(?:{any_of(parts.said.part_of_day)})?){parts.stop}"
        ),
        months={name_of(name): number for name, number in parts.months.items()},
        weekdays={name_of(name): number for name, number in parts.weekdays.items()},
        relative={name_of(phrase): place for phrase, place in parts.relative.items()},
        eras=parts.dates.eras,
        weeks={weeks: parts.cue(phrases, phrases) for weeks, phrases in parts.dates.week.items()},
        future=Cue(
            parts.compiled(
                rf"{parts.start}(?:{any_of(parts.said.future)}){parts.stop}[^.!?;。！？；।؟]{{0,{_CLAUSE}}}$"
                rf"|{parts.start}{_SMALL_LETTER}\w{{1,{_CLAUSE}}}(?:{any_of(parts.said.future_endings)}){parts.stop}[^.,!?;]{{0,{_CLAUSE}}}$"
            ),
            parts.compiled(
                rf"[^.!?;,。！？；、，।،؟]{{0,40}}?{parts.start}(?:{any_of(parts.said.future_behind)}){parts.stop}"
            ),
        ),
        next=parts.cue(parts.said.next, parts.said.next_behind),
        last=parts.cue(parts.said.last, parts.said.last_behind),
        prefix=parts.compiled(rf"{parts.start}(?:{any_of(parts.said.on)}){parts.gap}$"),
        suffix=parts.compiled(rf"{parts.gap}(?:{any_of(parts.said.part_of_day)}){parts.stop}"),
        feasts={_month_and_day(day): expression(names, code) for day, names in parts.dates.feasts.items()},
        movable_feasts=expression(parts.dates.movable_feasts, code),
    )


def _month_and_day(day: str) -> tuple[int, int]:
    month, _, number = day.partition("-")
    return int(month), int(number)


def name_of(phrase: str) -> str:
    """A name or phrase as a calendar has it, whatever its case and white space: a pattern that does not regard case
    takes the I of KASIM for the ı of kasım, and so does this."""
    return " ".join(phrase.casefold().replace("i̇", "i").replace("ı", "i").split())


class _Parts:
    """A language's words of dates as patterns, with the borders that words have in its script."""

    def __init__(self, code: str) -> None:
        self.dates, self.said = language_of(code).dates, language_of(code).dates.words
        self.months = months_of(language_of(code))
        self.weekdays = _numbered(self.dates.weekdays, 0)
        self.relative: dict[str, tuple[str, int]] = {
            phrase: (unit, distance)
            for unit, distances in self.dates.relative
            for distance, phrases in distances.items()
            for phrase in phrases
        }
        self.start = "" if self.dates.glued_before else rf"(?<![{_WORD}])"
        self.stop = "" if self.dates.glued_behind else rf"(?![{_WORD}])"
        self.gap = r"\s?" if self.dates.glued_before else r"\s"
        self.month = self.cased(self.months)
        self.of = rf"(?:(?:{any_of(self.said.of)})\s)?"
        self.ordinal = rf"\s?(?:{any_of(self.said.ordinals)})"
        self.year = rf"{_YEAR}(?![\d.,]\d|\d|\s(?:{'|'.join(language_of(ALL).dates.before_christ)}))"
        # in Arabic a month has two names: "تشرين الأول/أكتوبر"
        self.twice = rf"(?:\s?/\s?(?:{self.month}))?"

    def relative_of(self, unit: str) -> str:
        return any_of(phrase for phrase, (its_unit, _) in self.relative.items() if its_unit == unit)

    def cased(self, names: Iterable[str]) -> str:
        """A pattern for the names as they stand in a text; where they always have a capital, with it alone."""
        names = list(names)
        capitals = [name.capitalize() for name in names]
        return any_of(capitals if self.dates.capitalised else [*names, *capitals])

    def compiled(self, pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    def cue(self, before: Iterable[str], behind: Iterable[str]) -> Cue:
        return Cue(
            self.compiled(rf"{self.start}(?:{any_of(before)}){self.gap}$"),
            self.compiled(rf"{self.gap}(?:{any_of(behind)}){self.stop}"),
        )


def months_of(*spoken: Language) -> dict[str, int]:
    """The months of these languages by their names, in all forms."""
    names = [months for language in spoken for months in (language.calendar.months, language.dates.months)]
    return {name: number for months in names for name, number in _numbered(months, 1).items()}


def _numbered(names: Iterable[Iterable[str]], first: int) -> dict[str, int]:
    return {name: number for number, forms in enumerate(names, first) for name in forms}


def _either_case(phrases: Iterable[str]) -> str:
    """A pattern for the phrases as they stand in a sentence, or begin one."""
    return any_of(form for phrase in phrases for form in (phrase, phrase[0].upper() + phrase[1:]))


def _digits(first: int, last: int) -> str:
    """A class of the digits from `first` to `last` in every script."""
    return "[" + "".join(f"{chr(ord(zero) + first)}-{chr(ord(zero) + last)}" for zero in _ZEROS) + "]"


_DAY = rf"{_digits(0, 3)}?\d"
_MONTH = rf"(?:{_digits(1, 1)}{_digits(0, 2)}|{_digits(0, 0)}?{_digits(1, 9)})"
_YEAR = rf"{_digits(1, 2)}\d{{3}}"
_BARE_YEAR = rf"(?:{_digits(1, 1)}{_digits(5, 9)}|{_digits(2, 2)}{_digits(0, 0)})\d\d"
_DASH = r"\s?[-–—~～〜]\s?"


def _pattern(parts: _Parts) -> str:
    """All dates. Groups of one kind are told apart by a number behind its name."""
    others = rf"{parts.start}(?:{any_of(parts.said.other)})|" if parts.said.other else ""
    border = parts.start or r"(?<![\d.])"
    clitics = rf"(?:{any_of(parts.said.clitics)})?" if parts.said.clitics else ""
    forms = rf"(?=\d)(?:{'|'.join(_number_first(parts))})|{clitics}(?:{'|'.join(_word_first(parts))})"
    return rf"{others}{_east_asian(parts)}|{border}(?<![.-])(?:{forms})"


def _number_first(parts: _Parts) -> Iterator[str]:
    """2024-05-03, 3.5.2024, 3 May 2024, 9 and 10 May."""
    month, of, ordinal = parts.month, parts.of, rf"(?:{parts.ordinal}|\.)?"
    yield rf"(?P<year1>{_YEAR})-(?P<month1>\d\d)(?:-(?P<day1>\d\d))?(?![-\d])"
    yield rf"(?P<day2>{_DAY})\.\s?(?P<month2>{_MONTH})\.\s?(?P<year2>{_YEAR})"
    yield (
        rf"(?:(?P<first3>{_DAY}){ordinal}(?:{_DASH}|\s(?:{any_of(parts.said.range)})\s))?(?P<day3>{_DAY}){ordinal}\s{of}"
        rf"(?P<month3>{month}){parts.stop}{parts.twice}\.?"
        rf"(?:,?\s{of}(?P<year3>{parts.year})|{_in_other_year(parts, 3)})"
    )
    yield rf"(?P<year4>{_YEAR})(?:{any_of(parts.said.year_behind)}){parts.stop}"
    yield rf"(?P<day5>{_DAY})(?:{any_of(parts.said.day_behind)}){parts.stop}"
    if parts.dates.year_first:
        yield rf"(?P<year6>{_YEAR})\.?\s(?P<month6>{month})(?:\s(?P<day6>{_DAY})(?![\w:])|[{_WORD}]*)"


def _word_first(parts: _Parts) -> Iterator[str]:
    """Monday, yesterday, May 3, May 2024, in May, in 2024."""
    month, of, stop = parts.month, parts.of, parts.stop
    # "this month" and "this year" say when only beside a day or a month
    alone = (phrase for phrase, place in parts.relative.items() if place not in {("month", 0), ("year", 0)})
    month_behind = rf"(?:{any_of(parts.said.month_behind)})"
    within, before_year = _either_case(parts.said.within), _either_case(parts.said.before_year or parts.said.within)
    in_brackets = rf"\s\((?P<day7>{_DAY})(?:/(?P<month7>{_MONTH})(?:/(?P<year7>{_YEAR}))?)?\)"
    yield rf"(?P<weekday7>{parts.cased(parts.weekdays)})(?:{any_of(parts.said.part_of_day)})?{stop}(?:{in_brackets})?"
    never_behind = "".join(rf"(?<!{re.escape(word)}\s)" for word in parts.said.never_behind)
    yield rf"{never_behind}(?P<relative8>{_either_case(alone)}){stop}"
    yield (
        rf"(?P<month9>{month})(?:\.?\s(?P<day9>{_DAY})(?:{parts.ordinal})?(?:{_DASH}(?P<last9>{_DAY}))?(?![\w:])"
        rf"(?:,?\s(?P<year9>{parts.year}))?"
        rf"|{month_behind}?{parts.twice}\.?,?\s{of}(?P<year10>{parts.year})|{month_behind}{stop})"
    )
    yield rf"(?:{within})[\s-](?P<month11>{month})(?!\w|\.?,?\s{of}\d){parts.twice}{_in_other_year(parts, 11)}"
    yield rf"(?:(?:{before_year})\s|\()(?P<year12>(?={_BARE_YEAR}){parts.year})(?![\w-]|\s?–)"
    yield (
        rf"(?:{_either_case(parts.said.day)})\s(?P<day13>{_DAY})"
        rf"(?![{_WORD}]|[.,/:]\d|\s(?:{any_of(parts.said.of)})\s|\s(?:{month}){stop})"
    )


def _in_other_year(parts: _Parts, number: int) -> str:
    """Behind a month "last year", if it is there."""
    return rf"(?:,?\s{parts.of}(?P<other_year{number}>{parts.relative_of('year')}){parts.stop})?"


def _east_asian(parts: _Parts) -> str:
    """Dates with a sign behind each number: 2024年12月28日, 1月1日至3日, 去年12月, 28日."""
    short = rf"(?P<short21>\d\d)(?=[年년]\s?{_MONTH}[月월])"
    era = rf"(?P<era21>{any_of(parts.dates.eras)})(?P<era_year21>元|\d{{1,3}})"
    last = rf"(?:(?:{_DASH}|\s?(?:{any_of(parts.said.range)})\s?)(?P<last{{0}}>{_DAY})[日일号號])?"
    month = rf"(?P<month{{0}}>{_MONTH})\s?[月월]"
    day = rf"(?:\s?(?P<day{{0}}>{_DAY})\s?[日일号號]{last})?"
    forms = [rf"(?:(?P<year21>{_YEAR})|{era}|{short})\s?[年년](?:\s?{(month + day).format(21)})?"]
    if parts.dates.days_alone:
        joint = r"[的の\s]?"
        forms += [
            rf"(?:(?P<other_year22>{parts.relative_of('year')}){joint})?{month.format(22)}(?!期){day.format(22)}",
            rf"(?P<other_month23>{parts.relative_of('month')}){joint}(?P<day23>{_DAY})[日일]{last.format(23)}",
            rf"(?P<day24>{_DAY})[日일](?!{any_of(parts.said.duration)})",
        ]
    return rf"(?<![\d.,])(?:{'|'.join(forms)})"
