"""Figures: the numbers of an article that carry news, with what they count and the clause that says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.article import Article, Sentence, Span
from summarizer.languages.language import language_of
from summarizer.text.antonyms import is_about
from summarizer.text.dates import find_dates
from summarizer.text.number_grammar import grammar
from summarizer.text.numbers import Number, find_numbers
from summarizer.text.terms import stop_words
from summarizer.text.words import LETTERS, fold

NOUN_WORDS = 3
"""Words behind a number that may be the name of what it counts."""

_NEXT_WORD = re.compile(rf"[ \u00a0]({LETTERS.pattern}(?:['’]s(?= \w))?(?:-{LETTERS.pattern})*)")
_CLAUSE = re.compile(r"[,;:](?=\s)|[()—]|\s[–-]\s")
_CLOCK = re.compile(r"[:.]\d\d\b|\s?[ap]\.?m\b|\s?[hH]\b")
_MINUTES = re.compile(r"\d[:.]\d\d$|:\d+$")
_YEAR = re.compile(r"(?:1[89]|20)\d\d(?:s|er)?")
_CODE = re.compile(r"(?:\d[-–]|[§+#])\s?$")
"""What stands before the second half of a score, a section, a minute of play, a number of something."""

_ORDINAL = re.compile(r"(?P<digits>\d+)-?[^\W\d_]+")
_LAST_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]++$")
_REFERENCE = re.compile(
    r"(?:https?://|www\.|(?i:\bdoi\b):? ?|(?<![\w.])(?=10\.\d{4,9}/))\S+"  # an address, a DOI
    r"|(?<![\w.,/])(?:\+\d{1,3}|0\d{1,5})(?:[ /.()-]{1,3}\d{2,}){1,6}"  # a telephone number
)
_MAY_REFER = re.compile(r"\+\d|(?<![\d.,])0\d|/|www\.|(?i:\bdoi\b)")
"""What a sentence has that holds such a reference; most have it not."""

_COLUMN = re.compile(r"\S(?:\t| {2,})(?=[\d.,%-]+(?:\s|$))")
_LEADING_ZERO = re.compile(r"0\d")
MILLION = 1e6

CLOSE, CLOSE_WORDS = 10, 2
"""Characters, and words, between two numbers that say one thing: `six in every ten`."""

_SHORT_CLAUSE = 4
LONGEST_CLAUSE = 300
"""Characters; of a longer clause what is nearest to the number. It is what a statement may have."""


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """A number as written with what it counts; `clause` is the part of the sentence around it."""

    text: Span
    value: float
    unit: str | None
    clause: Span
    sentence: int
    is_about: bool
    """Whether the article says that it is not exact: `some 1,200 people`."""


def find_figures(article: Article, skipped: frozenset[int] = frozenset()) -> tuple[FoundFigure, ...]:
    """The figures of an article, each value of each unit once; no dates, ages, clock times or ordinals, and nothing
    from the sentences whose numbers are in `skipped`."""
    found: dict[tuple[float, str | None], FoundFigure] = {}
    for sentence in article.sentences:
        if sentence.number not in skipped:
            for figure in _in_sentence(article, sentence):
                found.setdefault((figure.value, figure.unit and fold(figure.unit)), figure)
    return tuple(found.values())


def _in_sentence(article: Article, sentence: Sentence) -> Iterator[FoundFigure]:
    text = article.sentence_text(sentence.number)
    numbers = [] if _is_row(text) else _without_references(text, find_numbers(text, article.language))
    dates = find_dates(text, article.language) if numbers else []
    for at, number in enumerate(numbers):
        is_dated = any(date.start < number.end and number.start < date.end for date in dates)
        if (
            number.value is None
            or is_dated
            or _is_time(text, number, article.language)
            or _is_label(text, number, article.language)
        ):
            continue
        end = _noun_end(text, number, article.language)
        if end is None or not _is_whole(text, numbers, at, end, article.language):
            continue
        noun = text[number.end : end].strip()
        yield FoundFigure(
            text=article.span(sentence.start + number.start, sentence.start + end),
            value=number.value,
            unit=" ".join(filter(None, (number.unit, noun))) or None,
            clause=_clause(article, sentence, text, number.start, end),
            sentence=sentence.number,
            is_about=is_about(number, text, article.language),
        )


def _is_whole(text: str, numbers: Sequence[Number], at: int, end: int, language: str) -> bool:
    """Whether a number with its noun, up to `end`, is no part of what says more: an end of a range (`four to six
    weeks`), a part of a sum (`six years and two months`, `four and a half`) or of a share (`six in ten shops`), one
    kind of two (`520 sheep and goats`), a rate (`50 km per hour`)."""
    if at and _are_joined(text[numbers[at - 1].end : numbers[at].start], language):
        return False
    if at + 1 < len(numbers) and _are_joined(text[end : numbers[at + 1].start], language):
        return False
    behind = _NEXT_WORD.match(text, end)
    if text[end : end + 1] == "/" or behind is None:
        return text[end : end + 1] != "/"
    if behind[1].lower() in language_of(language).words.per and numbers[at].unit in _measures(language):
        return False
    other = _NEXT_WORD.match(text, behind.end())
    is_sum = behind[1].lower() in language_of(language).words.alternatives
    return not (is_sum and other and (_is_plural(other[1], language) or other[1].lower() in _halves(language)))


def _are_joined(between: str, language: str) -> bool:
    """Whether so little stands between two numbers that they say one thing."""
    words = LETTERS.findall(between)
    is_close = len(between) <= CLOSE and len(words) <= CLOSE_WORDS
    is_sum = len(words) == 2 and words[1].lower() in language_of(language).words.alternatives
    return is_close or (is_sum and words[0].lower() in language_of(language).words.durations)


def _measures(language: str) -> frozenset[str]:
    """Units of which a rate is something else than they are: kilometres per hour."""
    return frozenset(grammar(language).units.values()) - {"percent", "percentage points"}


def _halves(language: str) -> frozenset[str]:
    return language_of(language).words.halves


def _is_row(text: str) -> bool:
    """Whether a line is a row of a table, whose numbers say nothing without its head."""
    return text.startswith("|") or not any(map(str.isalpha, text)) or len(_COLUMN.findall(text)) > 1


def _without_references(text: str, numbers: list[Number]) -> list[Number]:
    """The numbers that are no part of an address, a DOI or a telephone number."""
    if not numbers or not _MAY_REFER.search(text):
        return numbers
    places = [match.span() for match in _REFERENCE.finditer(text)]
    return [number for number in numbers if not any(start <= number.start < end for start, end in places)]


def _noun_end(text: str, number: Number, language: str) -> int | None:
    """Where the words end that name what is counted; None for an age, and where no plural noun follows."""
    uncounted, stop = language_of(language).words.uncounted, stop_words(language)
    if text[number.end : number.end + 1] == "-":  # 52-year-old
        return None
    if number.unit is not None:
        return number.end
    end, found = number.end, None
    for _ in range(_reach(language)):
        word = _NEXT_WORD.match(text, end)
        if word is None or fold(word[1]) in stop:
            break
        if word[1].lower() in uncounted or _is_worded_ordinal(word[1], language):  # due terzi
            return None
        is_plural = _is_plural(word[1], language)
        if (found and not is_plural) or not (is_plural or _describes(word[1], language)):
            break
        end = word.end()
        found = end if is_plural else None
        if is_plural and not language_of(language).words.adjectives_behind:
            break
    is_one = found is not None and " " not in text[number.end + 1 : found]
    return _with_joined(text, found, language) if found and is_one else found


def _reach(language: str) -> int:
    """Words behind a number that may name what it counts: adjectives behind a noun are best left out."""
    if not _marks_plurals(language):
        return 1
    return 2 if language_of(language).words.adjectives_behind else NOUN_WORDS


def _describes(word: str, language: str) -> bool:
    """Whether a word that is no plural may stand between a number and its noun: `15 armed officers`."""
    endings = language_of(language).words.adjective_endings
    return word.endswith(endings) if endings else not language_of(language).words.adjectives_behind


def _with_joined(text: str, end: int, language: str) -> int:
    """Where a noun ends with what a small word joins to it: `210 vigili del fuoco`."""
    links = language_of(language).names.links - language_of(language).names.joins
    links -= language_of(language).speech.determiners
    while (link := _NEXT_WORD.match(text, end)) and link[1] in links:
        noun = _NEXT_WORD.match(text, link.end())
        if noun is None or not noun[1].islower() or fold(noun[1]) in stop_words(language):
            break
        is_described = (more := _NEXT_WORD.match(text, noun.end())) and fold(more[1]) not in stop_words(language)
        if is_described and more and more[1] not in links:
            break
        end = noun.end()
    return end


def _is_time(text: str, number: Number, language: str) -> bool:
    """Whether a number is a year, a decade or a part of a clock time."""
    if _YEAR.fullmatch(number.text) or _MINUTES.search(text[max(0, number.start - 3) : number.end]):
        return True
    behind = _NEXT_WORD.match(text, number.end)
    is_hour = behind is not None and behind[1] in language_of(language).words.hours
    return is_hour or _CLOCK.match(text, number.end) is not None


def _is_label(text: str, number: Number, language: str) -> bool:
    """Whether a number counts nothing: half of a score, an ordinal, an age in one word (`52-jarige`), a code, a
    section, part of a name (`Três Poderes`, `Red Dead Redemption 2`), or stands behind what makes it vague."""
    before = text[max(0, number.start - 20) : number.start]
    if _CODE.search(before) or _LEADING_ZERO.match(number.text):
        return True
    if number.unit is not None:
        return False
    if _is_vague(text, number, language):
        return True
    last = _LAST_WORD.search(before.rstrip())
    tells = not language_of(language).writing.nouns_capitalised
    is_named = tells and last is not None and last[0][0].isupper() and last.start() > 0
    is_worded = " " not in number.text and _is_worded_ordinal(number.text, language)
    if is_named or is_worded or _is_ordinal(number) or (number.value or 0) % 1:
        return True
    return number.start > 1 and number.text[:1].isupper() and text[number.start - 2].isalnum()


def _is_vague(text: str, number: Number, language: str) -> bool:
    """Whether a number in words is about so much (`several thousand teachers`, `une vingtaine de messages`), or what
    an hour or a year without a number is longer by (`hora y cuarenta minutos`)."""
    habits = grammar(language)
    if number.text.isalpha():
        follows = text.startswith(tuple(f" {of}" for of in habits.of), number.end) and (number.value or 0) < MILLION
        is_bare = number.text.lower() in habits.scales.keys() - language_of(language).numbers.exact
        if follows or is_bare:
            return True
    before = ["", "", "", *LETTERS.findall(text[max(0, number.start - 20) : number.start])]
    noun, joint = before[-2:]
    uncounted = language_of(language).words.uncounted
    if joint.lower() in language_of(language).words.per or _is_one_of(before, language):
        return True
    return joint in language_of(language).words.alternatives and noun.lower() in uncounted


def _is_one_of(before: Sequence[str], language: str) -> bool:
    """Whether these words make a number the second of a share: `one in 140 ticks`."""
    ones, stop = language_of(language).words.ones, stop_words(language)
    return any(before[-far].lower() in ones and fold(before[1 - far]) in stop for far in (2, 3))


def _is_ordinal(number: Number) -> bool:
    """`20th`, and not the `3m` of `3m people`."""
    ordinal = _ORDINAL.fullmatch(number.text)
    return ordinal is not None and number.value == float(ordinal["digits"])


def _is_worded_ordinal(phrase: str, language: str) -> bool:
    last = _LAST_WORD.search(phrase)
    return last is not None and last[0].lower() in language_of(language).numbers.ordinals


def _is_plural(word: str, language: str) -> bool:
    """Whether a word looks like a plural noun, or an adjective before or behind one: `grandes villes`."""
    if language_of(language).writing.nouns_capitalised:
        return word.istitle()
    if word.lower() in language_of(language).words.plurals or not _marks_plurals(language):
        return True
    words = language_of(language).words
    is_long = word.islower() and len(word) > 3
    return is_long and word.endswith(words.plural_endings) and not word.endswith(words.singular_endings)


def _marks_plurals(language: str) -> bool:
    """Whether the form of a noun tells that it is counted."""
    return language_of(language).writing.nouns_capitalised or bool(language_of(language).words.plural_endings)


def _clause(article: Article, sentence: Sentence, text: str, start: int, end: int) -> Span:
    """The clause around a number; the sentence where that would be only a few words; not more than a bound."""
    left = max((match.end() for match in _CLAUSE.finditer(text, 0, start)), default=0)
    right = _CLAUSE.search(text, end)
    last = right.start() if right else len(text)
    if len(text[left:last].split()) < _SHORT_CLAUSE:
        left, last = 0, len(text)
    if last - left > LONGEST_CLAUSE:
        left, last = _nearest_words(text, left, last, start, end)
    stretch = text[left:last]
    left += len(stretch) - len(stretch.lstrip())
    return article.span(sentence.start + left, sentence.start + left + len(stretch.strip()))


def _nearest_words(text: str, left: int, last: int, start: int, end: int) -> tuple[int, int]:
    """The whole words about a number, as many on either side as the bound has room for."""
    room = max(0, LONGEST_CLAUSE - (end - start)) // 2
    first, after = max(left, start - room), min(last, end + room)
    if first > left:
        first = text.find(" ", first, start) + 1 or start
    if after < last:
        after = max(end, text.rfind(" ", end, after))
    return first, after
