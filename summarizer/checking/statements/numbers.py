"""Numbers of a statement: their values, units, signs and bounds, against what is cited for it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from summarizer.checking.analysis import Analysis, ArticleAnalysis, is_year
from summarizer.checking.statements.finding import Mismatch, StatementFinding, in_place_of
from summarizer.checking.statements.rounding import is_rounded
from summarizer.checking.statements.word_alignment import Alignment, Token, places_between, tokens
from summarizer.languages.language import language_of
from summarizer.text.antonyms import Opposites, opposites
from summarizer.text.numbers import Number
from summarizer.text.words import fold

LARGEST_PART = 20
"""Up to here a share is told in words: "one in twenty"."""

SHARE_OFF = 0.005
"""How far a share in percent may be from one in words: 67 percent for two thirds."""

COUNTED = 12
"""Up to here a writer may have counted what the article names one by one."""

_ALIKE: tuple[frozenset[str], ...] = (frozenset({"tons", "tonnes"}),)
"""Units that writers take for one another."""

_CHANGING = frozenset({"percent", "percentage points"})
"""Units of what rises and falls: "fell by 5 percent" is -5 percent."""


def number_findings(
    said: Analysis, cited: Sequence[Analysis], aligned: Alignment | None, article: ArticleAnalysis
) -> Iterator[StatementFinding]:
    """Numbers that are not those of what is cited, or of which something else is said."""
    if not said.numbers:
        return
    sources = [*cited, article.title]
    implied = frozenset[float]().union(article.year_of_publication, *(text.implied for text in sources))
    exact = sorted({value for text in sources for value in text.values})
    theirs = [number for text in sources for number in text.numbers]
    dated = frozenset[float]().union(*(text.seen_as(_days_and_years) for text in cited))
    for number in said.numbers:
        if number.value == 1:
            continue  # "one" seldom counts
        if number.value is None:
            yield from _vague(number, cited)
            continue
        same = [each for each in theirs if _is_same(each, number)]
        is_there = any(each.unit in (None, number.unit) for each in same)
        turned = replaced_number(number, aligned, is_elsewhere=is_there) if aligned else None
        if same:
            yield from _otherwise(number, same, said, cited)
            if aligned and (spans := _other_span(number, aligned)):
                yield in_place_of("unit_differs", spans, "error")
            if turned:
                yield in_place_of("number_not_in_evidence", turned)
        elif not (
            abs(number.value) in implied
            or (abs(number.value) in dated and _may_be_date(number, said))
            or is_rounded(number, exact, said.text, said.language)
            or _is_share(number, theirs, implied)
            or scaled(abs(number.value), [each for each in theirs if not (_has_scale(each) and _has_scale(number))])
        ):
            yield from _unsupported(number, turned, article)
    if aligned:
        for turned in changed_bounds(aligned):
            yield in_place_of("number_not_in_evidence", turned)


def _vague(number: Number, cited: Sequence[Analysis]) -> Iterator[StatementFinding]:
    """ "thousands" for "hundreds"."""
    theirs = {each.text.lower() for text in cited for each in text.numbers if each.value is None}
    if theirs and number.text.lower() not in theirs:
        yield in_place_of("number_not_in_evidence", Mismatch(number.text, " and ".join(sorted(theirs))))


def _is_same(one: Number, other: Number) -> bool:
    return one.value is not None and other.value is not None and abs(one.value) == abs(other.value)


def _is_share(number: Number, theirs: Sequence[Number], implied: Iterable[float]) -> bool:
    """ "75 percent" for "three quarters", "20 percent" for "one in five", where the sources have no percentage."""
    if number.unit != "percent" or number.value is None or any(each.unit == "percent" for each in theirs):
        return False
    known = {1.0, *implied, *(abs(each.value) for each in theirs if each.value is not None and each.unit is None)}
    parts = [each for each in known if 0 < each <= LARGEST_PART]
    return any(abs(number.value / 100 - one / other) < SHARE_OFF for one in parts for other in parts if one < other)


def scaled(value: float, others: Iterable[Number]) -> bool:
    """ "52 thousand" for a 52 in a table of thousands, and "16.8" for 16.8 million in a row of millions: the factor
    stands elsewhere."""
    known = [abs(other.value) for other in others if other.value is not None]
    return any(
        math.isclose(value, other * scale) for other in known for scale in (*_SCALES, *(1 / s for s in _SCALES))
    )


_SCALES = (1e3, 1e6, 1e9)


def _has_scale(number: Number) -> bool:
    """Whether a number has its own factor: "1.1 million", and not "52,000"."""
    value = abs(number.value or 0.0)
    return value >= min(_SCALES) and sum(map(str.isdigit, number.text)) < len(f"{value:.0f}")


def without_scale(numbers: Iterable[Number]) -> list[Number]:
    """Those that have no factor of their own, and so may have one that stands elsewhere."""
    return [number for number in numbers if not _has_scale(number)]


def _may_be_date(number: Number, said: Analysis) -> bool:
    """Whether a number may be a year or the day of a month, and is no count: not the 16 of "16 people"."""
    if is_year(number) or any(each.start <= number.start < each.end for each in said.dates):
        return True
    words = said.seen_as(tokens)
    is_counted = _counted(number, places_between(words, number.start, number.end), words) is not None
    return number.text[0].isdigit() and not is_counted


def _days_and_years(text: Analysis) -> frozenset[float]:
    """What "two years ago" and "Monday week" come to."""
    isos = [each.iso for each in text.dates if each.iso]
    return frozenset(float(part) for iso in isos for part in (iso[:4], iso[8:10]) if part)


def _otherwise(
    number: Number, same: Sequence[Number], said: Analysis, cited: Sequence[Analysis]
) -> Iterator[StatementFinding]:
    """A number that is there, but of another unit or with another sign."""
    units = {each.unit for each in same}
    if (
        number.unit
        and number.unit not in units
        and None not in units
        and not any(unit and are_alike(number.unit, unit) for unit in units)
    ):
        theirs = " and ".join(f"“{each.text}”" for each in same[:2])
        message = f"“{number.text}”: what is cited has {theirs}, another unit."
        yield StatementFinding("unit_differs", "error", message)
    elif number.unit == "percent" and not any(map(_has_percent, cited)) and any(each.unit is None for each in same):
        message = f"“{number.text}”: the cited sentences have the number, but not as a percentage."
        yield StatementFinding("unit_differs", "warning", message)
    elif _sign_is_lost(number, same, said):
        message = f"“{number.text}”: what is cited has “{same[0].text}”, with another sign."
        yield StatementFinding("number_not_in_evidence", "warning", message)


def _has_percent(text: Analysis) -> bool:
    """Whether anything in it is a percentage, or a heading says so."""
    return any(sign in text.text for sign in "%％") or any(number.unit in _CHANGING for number in text.numbers)


def are_alike(one: str, other: str) -> bool:
    """Whether two units are one for a reader."""
    return one == other or any({one, other} <= alike for alike in _ALIKE)


def _sign_is_lost(number: Number, same: Sequence[Number], said: Analysis) -> bool:
    if number.value is None or number.value < 0 or any(each.value is None or each.value >= 0 for each in same):
        return False
    words = opposites(said.language)
    return (
        words is not None
        and not words.negative.search(said.text)
        and not (number.unit in _CHANGING and any(one.search(said.text) for one, _ in words.turned_in(said.text)))
    )


def _unsupported(number: Number, turned: Mismatch | None, article: ArticleAnalysis) -> Iterator[StatementFinding]:
    start = None if number.value is None else article.seen_as(_first_places).get(abs(number.value))
    place = None if start is None else article.article.sentence_at(start)
    where = f"sentence {place.number}" if place else "elsewhere in the article"
    if turned:
        yield in_place_of("number_not_in_evidence", turned, "warning" if start is not None else "error")
    elif start is not None:
        message = f"“{number.text}” does not stand in the sentences cited for it; {where} has this number."
        yield StatementFinding("evidence_incomplete", "note", message)
    elif not any(map(str.isdigit, number.text)) and language_of(article.language).writing.prefixes:
        message = f"“{number.text}” was not found in the article, where words of numbers have many forms."
        yield StatementFinding("number_not_in_evidence", "note", message)
    elif number.value is not None and number.unit is None and 0 <= number.value <= COUNTED:
        message = f"“{number.text}” stands nowhere in the article; it may have been counted."
        yield StatementFinding("number_not_in_evidence", "note", message)
    else:
        message = f"“{number.text}” stands nowhere in the article."
        yield StatementFinding("number_not_in_evidence", "error", message)


def _first_places(text: Analysis) -> Mapping[float, int]:
    """Where each number first stands, without its sign."""
    places: dict[float, int] = {}
    for number in text.numbers:
        if number.value is not None:
            places.setdefault(abs(number.value), number.start)
    return places


def replaced_number(number: Number, aligned: Alignment, *, is_elsewhere: bool) -> Mismatch | None:
    """A number of the sources that counts or measures what this one does, where this one does not in any of them, and
    that the statement lacks; `is_elsewhere` says that what is cited besides may have this one."""
    places = places_between(aligned.words, number.start, number.end)
    counted = _counted(number, places, aligned.words)
    if counted is None or is_year(number) or number.text.lower() in language_of(aligned.language).numbers.ordinals:
        return None
    theirs = [(other, there, _counted(other, there, aligned.theirs)) for other, there in aligned.their_numbers]
    same = [(other, there) for other, there, what in theirs if what == counted and other.value is not None]
    values = aligned.said.values | aligned.said.implied
    free = [(other, there) for other, there in same if abs(other.value or 0.0) not in values and not is_year(other)]
    said = [what for other, _, what in theirs if _is_same(other, number) and other.unit in (None, number.unit)]
    if said or is_elsewhere:  # it may be of this, too: "seven men, five of them young"
        is_other = bool(said) and counted not in said and None not in said
        free = [(other, there) for other, there in free if is_other and _is_framed(places, there, aligned)]
    is_word = not any(map(str.isdigit, number.text))
    is_inflected = is_word and language_of(aligned.language).writing.names_inflected  # one of its forms may be there
    free = [
        (other, there)
        for other, there in free
        if (not is_inflected or aligned.is_copy(places.start, there.start))
        and not is_rounded(other, [abs(number.value or 0.0)], aligned.their_text, aligned.language)
    ]
    if not free or is_rounded(
        number, sorted(abs(other.value or 0.0) for other, _ in free), aligned.said.text, aligned.language
    ):
        return None
    return Mismatch(aligned.said_at(places), free[0][0].text)


def _is_framed(places: range, there: range, aligned: Alignment) -> bool:
    """Whether the words right before and right behind two numbers are the same."""
    before, behind = aligned.places.get(places.start - 1), aligned.places.get(places.stop)
    return before == there.start - 1 and behind == there.stop


def _other_span(number: Number, aligned: Alignment) -> Mismatch | None:
    """ "two months" for "two years"."""
    places = places_between(aligned.words, number.start, number.end)
    mine = _span_of_time(places, aligned.words, aligned.language)
    same = [(other, there) for other, there in aligned.their_numbers if _is_same(other, number)]
    theirs = [_span_of_time(there, aligned.theirs, aligned.language) for _, there in same]
    if mine is None or not theirs or None in theirs or mine in theirs:
        return None
    return Mismatch(
        aligned.said_at(range(places.start, places.stop + 1)),
        aligned.theirs_at(range(same[0][1].start, same[0][1].stop + 1)),
    )


def _span_of_time(places: range, words: Sequence[Token], language: str) -> str | None:
    """What tells years from months behind a number: in no language do two of them begin with the same two letters."""
    durations = language_of(language).words.durations
    behind = words[places.stop] if places and places.stop < len(words) else None
    return fold(behind.text)[:2] if behind and behind.text in durations else None


def _counted(number: Number, places: range, words: Sequence[Token]) -> str | None:
    """The unit of a number, or the stem of the telling word right behind it; None where there is none."""
    if number.unit:
        return number.unit
    behind = words[places.stop : places.stop + 2] if places else ()
    for word in behind:
        if not word.stem or word.stem[:1].isdigit():
            return None
        if word.is_telling:
            return word.stem
    return None


def changed_bounds(aligned: Alignment) -> Iterator[Mismatch]:
    """Bounds such as "less than 870" where the sources have the number with another bound, or with none."""
    words = opposites(aligned.language)
    if words is None:
        return
    for said in aligned.said.numbers:
        same = [
            (text.text, number)
            for text in aligned.sources
            for number in text.numbers
            if number.value is not None and number.value == said.value
        ]
        bound, phrase = _bound(aligned.said.text, said, words) if same else ("", "")
        theirs = [_bound(text, number, words) for text, number in same] if bound else []
        if not theirs or any(bound == other for other, _ in theirs) or _has_words(phrase, same):
            continue
        if (bound == "below" and words.strict.fullmatch(phrase)) or any(other for other, _ in theirs):
            other = next((f"{words_} {said.text}" for kind, words_ in theirs if kind), said.text)
            yield Mismatch(f"{phrase} {said.text}", other)


def _has_words(phrase: str, numbers: Sequence[tuple[str, Number]]) -> bool:
    """Whether the main word of a bound stands before one of the numbers all the same, if not as it is listed."""
    word = max(phrase.split(), key=len, default="")
    return any(word in text[max(0, number.start - 30) : number.start].lower() for text, number in numbers)


def _bound(text: str, number: Number, words: Opposites) -> tuple[str, str]:
    """Whether what stands before a number makes it a lower bound ("above"), an upper one, or none; and the words."""
    before = text[max(0, number.start - 30) : number.start]
    found = [
        (match.start(), kind, match.group())
        for kind, pattern in (("above", words.above), ("below", words.below))
        for match in pattern.finditer(before)
        if not before[match.end() :].strip()
    ]
    return min(found, default=(0, "", ""))[1:]  # "no more than" before "more than"
