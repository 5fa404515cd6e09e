"""Disagreements: two values for one counted thing inside one article, where rules are sure that it is one thing."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from summarizer.article import TITLE_NUMBER, Article, Span, TitleSpan
from summarizer.checking.analysis import is_year
from summarizer.languages.language import language_of
from summarizer.names.entities import find_names
from summarizer.record import Content
from summarizer.text.antonyms import opposites
from summarizer.text.corrections import correction_words
from summarizer.text.dates import find_dates
from summarizer.text.negation import polarity
from summarizer.text.numbers import Number, find_numbers
from summarizer.text.quotations import find_quotations
from summarizer.text.reporting_words import claims
from summarizer.text.terms import stop_words, terms
from summarizer.text.words import LETTERS, WORD, fold, stem_of
from summarizer.versions.change import Disagreement, Stated

# How sure the rules are: on 356 English news texts and the articles of our suite they name no pair; of the pairs that
# `_is_one_thing` takes for one thing all have one value. Whoever loosens one of these measures that again.

FEWEST = 2
"""Terms of the shorter of two clauses, all of which the longer one must have: what is counted, and what of it."""

BEFORE = 24
"""Characters before a number in which a word makes a bound of it, or one more of it."""

VALUES = 2
"""Of what has more values in an article, each is of another time or place."""

LEAD = 3
"""Sentences that tell, with the title, what it is about: of that alone two values are surely of one thing."""

_NOUN = re.compile(rf"[ \u00a0]({LETTERS.pattern})")
_CLAUSE = re.compile(r"[,;:](?=\s)|[()—]|\s[–-]\s|\n")


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence, or the title, which is number 0, and where it begins in its text."""

    number: int
    text: str
    start: int = 0


@dataclass(frozen=True, slots=True)
class _Count:
    """A number that counts something, alone in its clause, and what is said of it."""

    span: TitleSpan | Span
    sentence: int
    value: float
    counted: str
    terms: frozenset[str]
    """Of its clause."""
    marks: frozenset[str]
    """The names and dates of its sentence that the lead has not: they make another thing of it."""
    is_attributed: bool


def disagreeing_counts(article: Article) -> tuple[Disagreement, ...]:
    """Each two values for one thing, in the order of the article. Only counts in the article's own words: no
    measures, no bounds ("at least 14"), no shares, no rounded values, nothing that a quotation or two sources say,
    nothing that the article itself calls an earlier version."""
    return tuple(_Reader(article).found())


def new_disagreements(old: Article | Content, new: Article | Content) -> tuple[Disagreement, ...]:
    """Those of the new article that the old one has not."""
    if not (isinstance(old, Article) and isinstance(new, Article)) or old.text == new.text:
        return ()
    known = {(each.first.text, each.second.text) for each in disagreeing_counts(old)}
    return tuple(each for each in disagreeing_counts(new) if (each.first.text, each.second.text) not in known)


class _Reader:
    """One article, read for what it counts."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.language = article.language
        self.quotations = find_quotations(article)
        mentions = [mention for name in find_names(article) for mention in name.mentions]
        self.names = sorted((each.start, fold(article.text[each.start : each.end])) for each in mentions)
        self.said = [
            _Said(TITLE_NUMBER, article.title or ""),
            *(_Said(each.number, article.sentence_text(each.number), each.start) for each in article.sentences),
        ]
        self.lead = frozenset(mark for said in self.said[: LEAD + 1] for mark in self._marks(said))

    def found(self) -> Iterator[Disagreement]:
        """The pairs, in the order of the article."""
        by_thing: dict[str, list[_Count]] = defaultdict(list)
        for count in self._counts():
            by_thing[count.counted].append(count)
        things = [counts for counts in by_thing.values() if len({count.value for count in counts}) == VALUES]
        pairs = [pair for counts in things for pair in combinations(counts, 2) if _is_one_thing(*pair)]
        for one, other in sorted(pairs, key=lambda pair: (pair[0].span.start, pair[1].span.start)):
            if not _is_rounded(one.value, other.value):
                yield Disagreement(first=_stated(one.span), second=_stated(other.span))

    def _counts(self) -> Iterator[_Count]:
        for said in self.said:
            if said.number not in self.article.doubtful:
                yield from self._in_sentence(said)

    def _in_sentence(self, sentence: _Said) -> Iterator[_Count]:
        text = sentence.text
        numbers = find_numbers(text, self.language)
        if not numbers or not self._is_plain(text):
            return
        said = claims(self.language)
        dates = find_dates(text, self.language)
        marks = frozenset(self._marks(sentence)) - self.lead
        for number in numbers:
            noun = _NOUN.match(text, number.end)
            start, end = _clause(text, number)
            is_dated = any(date.start < number.end and number.start < date.end for date in dates)
            is_alone = sum(start <= each.start < end for each in numbers) == 1
            if noun is None or is_dated or not is_alone or not self._is_count(sentence, number, noun[1]):
                continue
            yield _Count(
                span=self._span(sentence, number.start, noun.end()),
                sentence=sentence.number,
                value=number.value or 0,
                counted=stem_of(fold(noun[1])),
                terms=frozenset(terms(text[start : number.start] + text[number.end : end], self.language)),
                marks=marks,
                is_attributed=bool(said and said.attributions.search(text)),
            )

    def _is_plain(self, text: str) -> bool:
        """Whether a sentence says what is: nothing denied, possible, or taken back; only where tables tell that."""
        bounds, denied, taken = (
            opposites(self.language),
            polarity(text, self.language),
            correction_words(self.language),
        )
        if bounds is None or denied is None or denied.negations:
            return False
        patterns = [bounds.possible, bounds.unsure, *([taken.old, taken.new] if taken else [])]
        return not any(pattern.search(text) for pattern in patterns)

    def _span(self, said: _Said, start: int, end: int) -> TitleSpan | Span:
        if said.number == TITLE_NUMBER:
            return TitleSpan(start=start, end=end, text=said.text[start:end], of="title")
        return self.article.span(said.start + start, said.start + end)

    def _is_count(self, sentence: _Said, number: Number, noun: str) -> bool:
        """Whether a number counts what its noun names, and all of it: no measure, year, duration, bound or part, not
        one more, and nothing that is quoted."""
        words = language_of(self.language).words
        if number.value is None or number.value < 2 or number.value % 1 or number.unit or is_year(number):
            return False
        if fold(noun) in stop_words(self.language) or noun.lower() in words.durations | words.uncounted:
            return False
        at, is_title = sentence.start + number.start, sentence.number == TITLE_NUMBER
        is_quoted = not is_title and any(each.start <= at < each.end for each in self.quotations)
        return not is_quoted and not self._is_bound(sentence.text[: number.start][-BEFORE:])

    def _is_bound(self, before: str) -> bool:
        """Whether the words before a number make a bound or a part of it."""
        last = fold((WORD.findall(before) or [""])[-1])
        known, bounds = language_of(self.language), opposites(self.language)
        patterns = (bounds.above, bounds.below, bounds.about, bounds.strict) if bounds else ()
        is_more = last in known.words.hanging - known.words.alternatives - known.speech.relatives  # another
        return is_more or any(each.search(before) for each in patterns)

    def _marks(self, said: _Said) -> Iterator[str]:
        yield from (fold(said.text[date.start : date.end]) for date in find_dates(said.text, self.language))
        if said.number != TITLE_NUMBER:
            first, end = (bisect_left(self.names, (at, "")) for at in (said.start, said.start + len(said.text)))
            yield from (name for _, name in self.names[first:end])


def _clause(text: str, number: Number) -> tuple[int, int]:
    """The part of a sentence around a number."""
    start = max((match.end() for match in _CLAUSE.finditer(text, 0, number.start)), default=0)
    end = _CLAUSE.search(text, number.end)
    return start, end.start() if end else len(text)


def _is_one_thing(one: _Count, other: _Count) -> bool:
    """Whether two counts are surely of one thing, which the lead tells of: all that the one says is what the other
    says."""
    if one.sentence > LEAD or one.sentence == other.sentence or (one.is_attributed and other.is_attributed):
        return False
    shorter, longer = sorted((one.terms, other.terms), key=len)
    return one.marks == other.marks and len(shorter) >= FEWEST and shorter <= longer


def _is_rounded(one: float, other: float) -> bool:
    """Whether the one may stand for the other: 200 homes for 213, and each value for itself."""
    shorter, longer = sorted((f"{one:.0f}", f"{other:.0f}"), key=lambda digits: len(digits.rstrip("0")))
    zeros = len(shorter) - len(shorter.rstrip("0"))
    return abs(int(shorter) - int(longer)) < int(10**zeros)


def _stated(span: TitleSpan | Span) -> Stated:
    return Stated(text=span.text, spans=(span,))
