"""Analysis: what is read in a text, each thing once and when it is first asked for, for all checks that ask."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from functools import cached_property
from typing import Any, Self, TypeVar

from summarizer.article import Article, Span, TitleSpan
from summarizer.checking.capitals import CapitalRun, capital_runs, is_title_case
from summarizer.checking.people import People
from summarizer.checking.quote_location import Locator, locate_cited
from summarizer.checking.vocabulary import Vocabulary, WordForms, without_possessive
from summarizer.languages import primary
from summarizer.languages.language import language_of
from summarizer.record import Entity
from summarizer.text.corrections import superseded_numbers
from summarizer.text.dates import FoundDate, days_named, find_dates
from summarizer.text.instructions.prompt_injection import instruction_sentences
from summarizer.text.negation import Polarity, polarity
from summarizer.text.numbers import Number, find_numbers, implied_numbers
from summarizer.text.terms import stop_words, terms
from summarizer.text.words import JOINED, fold

T = TypeVar("T")

FIRST_LINES = 6
"""Sentences among which the line stands that dates an article."""

LONGEST_FIXED = 4
"""Letters of a word of which nothing is taken for an ending."""

_MAIN = re.compile(r"[,;(]")
"""What ends the first part of a role."""

_STRETCH = re.compile(".+", re.DOTALL)


class Analysis:
    """A text in a language (BCP-47): a statement, a sentence, an article. Nothing changes it once it is made."""

    def __init__(self, text: str, language: str, published: str | None = None) -> None:
        self.text = text
        self.language = language
        self.published = published
        """The day by which its weekdays are told, ISO 8601."""
        self._views: dict[Callable[[Analysis], Any], Any] = {}
        self._terms_around: dict[tuple[int, int], tuple[list[str], list[str]]] = {}

    @cached_property
    def numbers(self) -> Sequence[Number]:
        return find_numbers(self.text, self.language)

    @cached_property
    def values(self) -> frozenset[float]:
        """The values of the numbers without their signs: "fell by 5" and "-5" agree."""
        return frozenset(values(self.numbers))

    @cached_property
    def implied(self) -> frozenset[float]:
        """The values that it has without a number."""
        return frozenset(implied_numbers(self.text, self.numbers, self.language))

    @cached_property
    def dates(self) -> Sequence[FoundDate]:
        return find_dates(self.text, self.language, self.published)

    @cached_property
    def days_named(self) -> frozenset[int]:
        """Distances from the day of publication: -1 for yesterday."""
        return frozenset(days_named(self.text, self.language))

    @cached_property
    def polarity(self) -> Polarity | None:
        """What it denies and affirms; None in a language without a table of negations."""
        return polarity(self.text, self.language)

    @cached_property
    def terms(self) -> frozenset[str]:
        return frozenset(terms(self.text, self.language))

    @cached_property
    def capital_runs(self) -> Sequence[CapitalRun]:
        return tuple(capital_runs(self.text))

    @cached_property
    def is_title_case(self) -> bool:
        return is_title_case(self.text)

    def terms_around(self, place: re.Match[str]) -> tuple[list[str], list[str]]:
        """The terms before and after a place in it."""
        start, end = place.span()
        if (start, end) not in self._terms_around:
            around = terms(self.text[:start], self.language), terms(self.text[end:], self.language)
            self._terms_around[start, end] = around
        return self._terms_around[start, end]

    def stretch(self, start: int, end: int) -> re.Match[str]:
        """The part from one offset to another as a match, which knows what stands around it."""
        if match := _STRETCH.match(self.text, start, end):
            return match
        raise ValueError(f"there is nothing between {start} and {end}")

    def seen_as(self, view: Callable[[Analysis], T]) -> T:
        """What `view`, which is of one check alone, makes of this text."""
        if view not in self._views:
            self._views[view] = view(self)
        made: T = self._views[view]
        return made


class ArticleAnalysis(Analysis):
    """The text of an article, with its parts and what stands beside it."""

    def __init__(self, article: Article) -> None:
        self.kinds: dict[str, str | None] = {}
        self.role_words: set[str] = set()
        """Those of the roles that its record lists, in lower case."""
        self.types: dict[str, str] = {}
        """What each name is that its record lists."""
        self.roles: dict[str, Analysis] = {}
        """The role of each person that its record lists; empty where it has none."""
        super().__init__(article.text, article.language, article.dated or _first_day(article))
        self.article = article
        self._parts: dict[tuple[tuple[int, int], ...], Analysis] = {}

    def naming(self, entities: Sequence[Entity]) -> Self:
        """The same, where these are known to be names."""
        found = copy(self)
        stop = stop_words(self.language)
        found.kinds = {}
        found.roles = {
            each.name: Analysis(_MAIN.split(each.role or "")[0], self.language)
            for each in entities
            if each.type == "person"
        }
        found.types = {entity.name: entity.type for entity in entities}
        for made in ("named_people", "named_entities"):
            found.__dict__.pop(made, None)
        roles = (entity.role or "" for entity in entities)
        found.role_words = {word.lower() for role in roles for word in JOINED.findall(role) if fold(word) not in stop}
        for entity in entities:
            words = [self.key_of(word) for word in JOINED.findall(entity.name) if fold(word) not in stop]
            found.kinds |= {word: found.kinds.get(word) for word in words[:-1]} | dict.fromkeys(
                words[-1:], entity.type
            )
        return found

    @cached_property
    def named_people(self) -> People:
        """Where the people stand whom its record lists."""
        return People(self.roles, self.text, self.language, self.key_of)

    @cached_property
    def named_entities(self) -> People:
        """Where all stands that its record lists by name."""
        return People(self.types, self.text, self.language, self.key_of)

    def key_of(self, word: str) -> str:
        """What the forms of a word of a name share."""
        low = fold(without_possessive(word))
        if self._inflects and len(low) > LONGEST_FIXED:
            return low[:-2]
        return low.rstrip("s") if len(low) > LONGEST_FIXED else low

    def kind_of(self, word: str) -> str | None:
        """What the name is whose last word this is, as the record has it."""
        return self.kinds.get(self.key_of(word))

    @cached_property
    def _inflects(self) -> bool:
        return language_of(self.language).writing.names_inflected

    def cited(self, evidence: Sequence[Span]) -> Analysis:
        """The text of all spans together."""
        return self._part(tuple(map(_place, evidence)))

    def sentences_in(self, span: Span) -> Iterator[Analysis]:
        """The sentences that a span covers, each as far as it does."""
        first = self.article.sentence_at(span.start)
        if isinstance(span, TitleSpan):
            yield self.cited([span])
            return
        if first is not None and span.end <= first.end:
            yield self.cited([span])
            return
        for sentence in self.article.sentences:
            start, end = max(span.start, sentence.start), min(span.end, sentence.end)
            if start < end:
                yield self._part(((start, end),))

    def _part(self, places: tuple[tuple[int, int], ...]) -> Analysis:
        if places not in self._parts:
            title = self.article.title or ""
            text = "\n".join(title if place == _TITLE else self.text[slice(*place)] for place in places)
            self._parts[places] = self if text == self.text else Analysis(text, self.language, self.published)
        return self._parts[places]

    @cached_property
    def locator(self) -> Locator:
        return Locator(self.text)

    def places_of(self, quote: str, evidence: Sequence[Span]) -> tuple[tuple[int, int], ...]:
        """Where a quote stands, in what is cited for it before all."""
        return locate_cited(quote, evidence, self.locator).spans

    def in_title(self, words: str) -> TitleSpan | None:
        """Where words of any length stand in the title."""
        places = self._title_locator.locate(words, shortest=1).spans
        if not places:
            return None
        start, end = places[0][0], places[-1][1]
        return TitleSpan(start=start, end=end, text=(self.article.title or "")[start:end], of="title")

    @cached_property
    def title(self) -> Analysis:
        """The title, which counts as text of the article; empty where it has none."""
        return Analysis(self.article.title or "", self.language)

    @cached_property
    def _title_locator(self) -> Locator:
        return Locator(self.article.title or "")

    @cached_property
    def locator_beside(self) -> Locator:
        """Of title, authors and site."""
        return Locator("\n".join([self.article.title or "", *self.article.authors, self.article.site or ""]))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of the text with title, authors and site."""
        return self._words_with(self.article.title, *self.article.authors, self.article.site)

    @cached_property
    def untitled_vocabulary(self) -> Vocabulary:
        """The same without those of the title."""
        return self._words_with(*self.article.authors, self.article.site)

    def _words_with(self, *beside: str | None) -> Vocabulary:
        more = "\n".join(filter(None, beside))
        return Vocabulary((self._words, *([WordForms(more, self.language)] if more else [])))

    @cached_property
    def _words(self) -> WordForms:
        return WordForms(self.text, self.language)

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that it names anywhere, and that of its publication."""
        named = {int(number.text) for text in (self, self.title) for number in text.numbers if is_year(number)}
        return frozenset(named | ({int(self.published[:4])} if self.published else set()))

    @cached_property
    def year_of_publication(self) -> frozenset[float]:
        """The year, which any text may name; empty when it is not known."""
        year = (self.published or "")[:4]
        return frozenset({float(year)} if year.isdecimal() else ())

    @cached_property
    def instructions(self) -> frozenset[int]:
        """The numbers of the sentences that address a model."""
        return instruction_sentences(self.article)

    @cached_property
    def superseded(self) -> frozenset[float]:
        """The values of the numbers that the article takes back."""
        article = self.article
        sentences = [self.cited([article.span(each.start, each.end)]) for each in article.sentences]
        return superseded_numbers([(each.text, each.numbers) for each in sentences], self.language)

    def is_translated(self, language: str) -> bool:
        """Whether a text in `language` is in another one than the article."""
        return primary(language) != primary(self.language)


def _first_day(article: Article) -> str | None:
    """The first whole date among the first lines of an article of which nobody says when it was published."""
    first = article.text[: article.sentences[:FIRST_LINES][-1].end] if article.sentences else ""
    return next((each.iso for each in find_dates(first, article.language) if each.iso and len(each.iso) == 10), None)


def is_year(number: Number) -> bool:
    """Whether a number is one, as 1987 and not 1,987."""
    return number.value is not None and number.unit is None and number.text.isdecimal() and len(number.text) == 4


_TITLE = (-1, -1)


def _place(span: Span) -> tuple[int, int]:
    return _TITLE if isinstance(span, TitleSpan) else (span.start, span.end)


def values(numbers: Iterable[Number]) -> set[float]:
    """The values without their signs: "fell by 5" and "-5" agree."""
    return {abs(number.value) for number in numbers if number.value is not None and math.isfinite(number.value)}
