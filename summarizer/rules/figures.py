"""Figures: the numbers of an article that carry news, with what they count and the clause that says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.article import Article, Sentence, Span
from summarizer.languages import primary, table
from summarizer.rules.dates import find_dates
from summarizer.rules.numbers import Number, find_numbers
from summarizer.rules.words import fold, stop_words, word_set

NOUN_WORDS = 3
"""Words behind a number that may be the name of what it counts."""

_LETTER = r"(?:[^\W\d_]|[\u0300-\u036f\u064b-\u0652\u0900-\u0963])"
"""A letter, or a sign above or below one: also those of Arabic and Devanagari."""

_NEXT_WORD = re.compile(rf"[ \u00a0]({_LETTER}+(?:['’]s(?= \w))?(?:-{_LETTER}+)*)")
_CLAUSE = re.compile(r"[,;:](?=\s)|[()—]|\s[–-]\s")
_CLOCK = re.compile(r"[:.]\d\d\b|\s?[ap]\.?m\b|\s?[hH]\b|\s?(?:Uhr|uur)\b")
_MINUTES = re.compile(r"\d[:.]\d\d$|:\d+$")
_YEAR = re.compile(r"(?:1[89]|20)\d\d(?:s|er)?")
_SCORE = re.compile(r"\d[-–]$")
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
    for number in numbers:
        is_dated = any(date.start < number.end and number.start < date.end for date in dates)
        if number.value is None or is_dated or _is_time(text, number) or _is_label(text, number, article.language):
            continue
        end = _noun_end(text, number, article.language)
        if end is None or (end == number.end and not _is_telling(text, number)):
            continue
        noun = text[number.end : end].strip()
        yield FoundFigure(
            text=article.span(sentence.start + number.start, sentence.start + end),
            value=1 / number.value if _is_fraction(number, article.language) else number.value,
            unit=" ".join(filter(None, (number.unit, noun))) or None,
            clause=_clause(article, sentence, text, number.start, end),
            sentence=sentence.number,
        )


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
    """Where the words end that name what is counted: the number's end when there are none, None for an age."""
    uncounted, stop = word_set(language, "words", "uncounted"), stop_words(language)
    end, last = number.end, number.end
    if re.match(r"(?i:-[^\W\d_]+-old|-jähr)", text[end : end + 12]) or text[end : end + 1] == "-":
        return None
    if number.unit is not None:
        return end
    for _ in range(NOUN_WORDS):
        word = _NEXT_WORD.match(text, end)
        if word is None or fold(word[1]) in stop:
            break
        if word[1].lower() in uncounted:
            return None
        end = word.end()
        last = end
        if _is_plural(word[1], language):
            break
    return last


def _is_time(text: str, number: Number) -> bool:
    """Whether a number is a year, a decade or a part of a clock time."""
    if _YEAR.fullmatch(number.text) or _MINUTES.search(text[max(0, number.start - 3) : number.end]):
        return True
    return _CLOCK.match(text, number.end) is not None


def _is_label(text: str, number: Number, language: str) -> bool:
    """Whether a number counts nothing: half of a score, an ordinal, an age in one word (`52-jarige`), a code, part of
    a name (`Três Poderes`)."""
    if _SCORE.search(text[max(0, number.start - 2) : number.start]) or _LEADING_ZERO.match(number.text):
        return True
    is_worded = " " not in number.text and _is_worded_ordinal(number.text, language)
    if number.unit is None and (_is_ordinal(number) or is_worded):
        return True
    return number.start > 1 and number.text[:1].isupper() and text[number.start - 2].isalnum()


def _is_ordinal(number: Number) -> bool:
    """`20th`, and not the `3m` of `3m people`."""
    ordinal = _ORDINAL.fullmatch(number.text)
    return ordinal is not None and number.value == float(ordinal["digits"])


def _is_fraction(number: Number, language: str) -> bool:
    """Whether it is a part of one: `a third higher`."""
    is_small = number.value is not None and 3 <= number.value <= 10
    return is_small and number.text.count(" ") == 1 and _is_worded_ordinal(number.text, language)


def _is_worded_ordinal(words: str, language: str) -> bool:
    last = _LAST_WORD.search(words)
    return last is not None and last[0].lower() in table(primary(language), "numbers").get("ordinals", {})


def _is_plural(word: str, language: str) -> bool:
    """Whether a word looks like the plural noun that ends the name of what is counted."""
    if language.startswith("de"):
        return word[0].isupper()
    if word.lower() in word_set(language, "words", "plurals"):
        return True
    endings = tuple(word_set(language, "words", "plural_endings")) or ("s",)
    return len(word) > 3 and word.endswith(endings) and not word.endswith("ss")


def _is_telling(text: str, number: Number) -> bool:
    """Whether a number without a noun still says something: it has a unit, or is large and is no `Room 101`."""
    if number.unit is not None:
        return True
    if text[: number.start].rpartition(" ")[0].rpartition(" ")[2][:1].isupper():
        return False
    return number.value is not None and abs(number.value) >= 100 and number.text[:1].isdigit()


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
