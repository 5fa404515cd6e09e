"""The record without a model: sentences of the article, and what rules find in them, all of it verbatim."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from summarizer.article import TITLE_NUMBER, Article, Span, count_words
from summarizer.checking.analysis import ArticleAnalysis
from summarizer.checking.article_findings import article_findings
from summarizer.extractive.answer import CitedPhrase
from summarizer.extractive.figures import FoundFigure, find_figures
from summarizer.extractive.five_ws import find_five_ws
from summarizer.extractive.sentences.conflicting_figures import find_rivals
from summarizer.extractive.sentences.prose import is_personal, unprosaic
from summarizer.extractive.sentences.ranking import BEGINNING, Ranked, most_alike, rank
from summarizer.extractive.sentences.selection import select
from summarizer.names.entities import Name, find_names, starts_of
from summarizer.prompts import Prompt
from summarizer.quotes.interviews import InterviewAnswer, find_turns
from summarizer.quotes.quote_attribution import NOBODY, Speaker, find_speakers
from summarizer.recipes.base import Steps, TokenBudget, with_findings
from summarizer.record import (
    ArticleInfo,
    Cited,
    CitedTime,
    Content,
    Entity,
    Event,
    Figure,
    Finding,
    FiveWs,
    Quote,
)
from summarizer.text.dates import FoundDate, find_dates
from summarizer.text.quotations import Quotation, find_quotations

FEWEST_POINTS = 3
POINTS_SHARE, POINTS_WORDS = 0.4, range(60, 151)
"""Words of the key points together: this share of the article's, within these bounds."""

REPORTED_WORDS = 4
"""From so many words on, quoted words are speech where something says whose; with a capital they may be a title."""

DATELINE, LEAD = 40, 2
"""Characters at the beginning of a sentence in which the day of publication is that of a dateline; and so many of the
first sentences tell the news."""

TITLE, LONG = 6, 3
"""So many words at most, in which all of more letters have a capital, are a title."""

MOSTLY = 0.5
"""Share of their sentences that quoted words fill which are speech though nothing says whose."""

LEAST_ADDED = 0.05
"""A point that adds less than this part of what the first one says only fills the room."""

ABSTRACT_SENTENCES, ABSTRACT_WORDS = 2, 60
"""The abstract is the best sentence, and a second one where it is short."""

WRITTEN_BY_RULES = Finding(
    code="written_by_rules",
    severity="note",
    path="",
    message="No language model took part: sentences are copied from the article and chosen by rules; what no sure "
    "sign tells is left out, and so is much of the article.",
)


def extractive(article: Article, prompt: Prompt, language: str | None, room: TokenBudget | None = None) -> Steps:
    """Asks nothing. `language` is not heeded: everything stays in the words of the article; nor is `room`."""
    return with_findings(extract(article, prompt.fields, prompt.max_points), WRITTEN_BY_RULES)
    yield


def extract(article: Article, fields: Sequence[str], max_points: int) -> Content:
    """These fields of the record by rules; `five_ws.who` stands for a part of one."""
    analysis = ArticleAnalysis(article)
    draft = _Draft(analysis, max_points)
    fill: dict[str, Any] = {
        "headline": draft.headline,
        "abstract": draft.abstract,
        "key_points": draft.key_points,
        "five_ws": lambda: draft.five_ws(fields),
        "entities": draft.entities,
        "quotes": draft.quotes,
        "figures": draft.figures,
        "timeline": draft.timeline,
    }
    wanted = {field.partition(".")[0] for field in fields}
    filled = {name: make() for name, make in fill.items() if name in wanted}
    return Content(article=ArticleInfo.of(article), **filled, findings=article_findings(analysis))


class _Draft:
    """The parts of the record, each from what the rules find; sentences that address a model, or that
    may be none of the article's, are in none of them."""

    def __init__(self, analysis: ArticleAnalysis, max_points: int) -> None:
        self.analysis, self.article = analysis, (article := analysis.article)
        self.max_points = max_points
        self.skipped = analysis.instructions | unprosaic(article) | article.doubtful

    @cached_property
    def names(self) -> tuple[Name, ...]:
        return find_names(self.article, self.skipped)

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        return find_quotations(self.article)

    @cached_property
    def turns(self) -> tuple[InterviewAnswer, ...]:
        return find_turns(self.article, self.names)

    @cached_property
    def ranked(self) -> list[Ranked]:
        """The sentences, best first."""
        rivals = find_rivals(self.article, self.found_figures)
        return rank(self.article, self.quotations, self.skipped, rivals, starts_of(self.names))

    @cached_property
    def is_essay(self) -> bool:
        """Whether it is an interview or a column, of which no sentence says much without those around it."""
        return bool(self.turns) or is_personal(self.article, self.quotations)

    @cached_property
    def found_figures(self) -> tuple[FoundFigure, ...]:
        found = find_figures(self.article, self.skipped)
        return tuple(each for each in found if each.value not in self.analysis.superseded)

    def headline(self) -> Cited | None:
        """The title, if sentences agree with it; without a title the first sentence, if it stands alone."""
        answer = self._headline
        return self._cited(answer) if answer else None

    @cached_property
    def _headline(self) -> CitedPhrase | None:
        title = self.article.title
        if title and most_alike(self.article, title, self.ranked):
            return CitedPhrase(title, (TITLE_NUMBER,))
        first = min(self.ranked, key=lambda item: item.number, default=None)
        return self._sentence(first.number) if first and first.tells else None

    def abstract(self) -> tuple[Cited, ...]:
        """The one or two sentences that together say most; none without one of the first, which tell the news."""
        if self.is_essay:
            return ()
        telling = [item for item in self.ranked if item.tells]
        chosen = select(telling, ABSTRACT_SENTENCES, ABSTRACT_WORDS, fewest=1, least=LEAST_ADDED)
        lead = [sentence.number for sentence in self.article.sentences if sentence.number not in self.skipped][:LEAD]
        tells = any(item.number in lead for item in chosen)
        return self._in_order(chosen) if tells else ()

    def key_points(self) -> tuple[Cited, ...]:
        """The sentences that together say most, in the order of the article."""
        if self.turns:  # answers say little without their questions
            return ()
        words = min(max(POINTS_WORDS[0], round(POINTS_SHARE * self.article.words)), POINTS_WORDS[-1])
        new = [item for item in self.ranked if self.article.sentence_text(item.number) != self.article.title]
        return self._in_order(select(new, self.max_points, words, fewest=FEWEST_POINTS, least=LEAST_ADDED))

    def five_ws(self, fields: Sequence[str]) -> FiveWs:
        """Short answers to the questions that `fields` ask; None for the others."""
        answers = find_five_ws(self.article, self.names, self._headline, self.skipped)
        asked = FiveWs.model_fields if "five_ws" in fields else [f.removeprefix("five_ws.") for f in fields]
        found = {name: self._cited(answer) for name in asked if (answer := getattr(answers, name, None))}
        when = found.pop("when", None)
        others = {name: found.get(name) for name in FiveWs.model_fields if name != "when"}
        return FiveWs(when=CitedTime(**dict(when)) if when else None, **others)

    def entities(self) -> tuple[Entity, ...]:
        """The names of which a sign tells the kind, those mentioned most first."""
        return tuple(
            Entity(
                name=name.text,
                type=name.type,
                role=name.role,
                mentions=tuple(self.article.span(mention.start, mention.end) for mention in name.mentions),
            )
            for name in self.names
            if name.type is not None
        )

    def quotes(self) -> tuple[Quote, ...]:
        """What is said, with who said it: in quotation marks, or as the answers of an interview."""
        turns = [(turn.start, turn.end, turn.speaker) for turn in self.turns]
        return tuple(
            Quote(
                text=self.article.text[start:end],
                speaker=speaker.name,
                speaker_role=speaker.role,
                evidence=(self.article.span(start, end),),
            )
            for start, end, speaker in turns or self._quoted()
            if not self._touches_skipped(start, end)
        )

    def _quoted(self) -> Iterator[tuple[int, int, Speaker]]:
        speakers = find_speakers(self.article, self.quotations, self.names)
        for quotation, speaker in zip(self.quotations, speakers, strict=True):
            if self._is_said(quotation) if speaker == NOBODY else self._is_reported(quotation):
                yield quotation.start, quotation.end, speaker

    def _is_reported(self, quotation: Quotation) -> bool:
        """Whether quoted words that somebody is said to have used are more than a term."""
        words = self.article.text[quotation.start : quotation.end]
        is_long = count_words(words) >= REPORTED_WORDS and not words[0].isupper()
        is_title = len(words.split()) <= TITLE and all(
            word[:1].isupper() for word in words.split() if len(word) > LONG
        )
        is_title = is_title and words[-1] not in ".!?…" and not quotation.is_parted
        return (quotation.is_speech or quotation.is_parted or is_long) and not is_title

    def _is_said(self, quotation: Quotation) -> bool:
        """Whether quoted words are speech though nothing says whose: they fill their sentences; else they may be a
        title."""
        first, last = self.article.sentence_at(quotation.start), self.article.sentence_at(quotation.end - 1)
        if first is None or last is None or not quotation.is_speech:
            return False
        is_first = quotation.opened - first.start < BEGINNING
        return is_first and quotation.end - quotation.start > MOSTLY * (last.end - first.start)

    def _touches_skipped(self, start: int, end: int) -> bool:
        first, last = self.article.sentence_at(start), self.article.sentence_at(end - 1)
        numbers = range(first.number, last.number + 1) if first and last else range(0)
        return not self.skipped.isdisjoint(numbers)

    def figures(self) -> tuple[Figure, ...]:
        """The numbers with what they count, in the order of the article."""
        return tuple(
            Figure(
                text=figure.text.text,
                measures=figure.clause.text,
                value=figure.value,
                qualifier="about" if figure.is_about else None,
                unit=figure.unit,
                evidence=self._sentences((figure.sentence,)),
            )
            for figure in self.found_figures
        )

    def timeline(self) -> tuple[Event, ...]:
        """For each date the best sentence that names it in the article's own words, earliest first."""
        events: dict[str, int] = {}
        for item in () if self.is_essay else self.ranked:
            text = self.article.sentence_text(item.number) if item.stands_alone else ""
            for found in find_dates(text, self.article.language, self.article.dated):
                is_dateline = found.start < DATELINE and found.iso == self.article.dated
                if found.iso and found.is_sure and not is_dateline and not self._is_quoted(item.number, found):
                    events.setdefault(found.iso, item.number)
        return tuple(
            Event(date=iso, text=self.article.sentence_text(number), evidence=self._sentences((number,)))
            for iso, number in sorted(events.items())
        )

    def _is_quoted(self, number: int, found: FoundDate) -> bool:
        at = self.article.sentence(number).start + found.start
        before = bisect_right(self.quotations, at, key=lambda quotation: quotation.start)
        return before > 0 and at < self.quotations[before - 1].end

    def _in_order(self, chosen: Iterable[Ranked]) -> tuple[Cited, ...]:
        return tuple(self._cited(self._sentence(number)) for number in sorted(item.number for item in chosen))

    def _sentence(self, number: int) -> CitedPhrase:
        return CitedPhrase(self.article.sentence_text(number), (number,))

    def _cited(self, answer: CitedPhrase) -> Cited:
        title = self.article.title_span if TITLE_NUMBER in answer.sentences else None
        return Cited(text=answer.text, evidence=(title,) if title else self._sentences(answer.sentences))

    def _sentences(self, numbers: Iterable[int]) -> tuple[Span, ...]:
        sentences = [self.article.sentence(number) for number in numbers]
        return tuple(self.article.span(sentence.start, sentence.end) for sentence in sentences)
