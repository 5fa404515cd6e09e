"""The record without a model: sentences of the article, and what rules find in them, all of it verbatim."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from summarizer.article import Article, Span
from summarizer.checking.whole import article_findings
from summarizer.prompt import Prompt
from summarizer.recipes.base import Steps, with_findings
from summarizer.rules.dates import find_dates
from summarizer.rules.figures import find_figures
from summarizer.rules.fivews import Answer, find_five_ws
from summarizer.rules.instructions import addresses_model, instruction_sentences
from summarizer.rules.names import Name, find_names
from summarizer.rules.quotes import Quotation, find_quotations
from summarizer.rules.ranking import Ranked, most_alike, rank, select
from summarizer.rules.speakers import find_speakers
from summarizer.summary import (
    ArticleInfo,
    Cited,
    Content,
    Entity,
    Event,
    Figure,
    Finding,
    FiveWs,
    Quote,
)

FEWEST_POINTS = 3
SENTENCES_A_POINT = 2.5
"""One key point for so many sentences, within three and the prompt's limit."""

WRITTEN_BY_RULES = Finding(
    code="written_by_rules",
    severity="info",
    path="",
    message="No language model took part: sentences are copied from the article and chosen by rules; kinds of names, "
    "roles and speakers are guessed by rules, which can be wrong or miss some.",
)


def extractive(article: Article, prompt: Prompt, language: str | None) -> Steps:
    """Asks nothing. `language` is not heeded: everything stays in the words of the article."""
    return with_findings(skeleton(article, prompt.fields, prompt.max_points), WRITTEN_BY_RULES)
    yield


def skeleton(article: Article, fields: Sequence[str], max_points: int) -> Content:
    """These fields of the record by rules; `five_ws.who` stands for a part of one."""
    draft = _Draft(article, max_points)
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
    return Content(article=ArticleInfo.of(article), **filled, findings=article_findings(article))


class _Draft:
    """The parts of the record, each from what the rules find; sentences that address a model are in none of them."""

    def __init__(self, article: Article, max_points: int) -> None:
        self.article = article
        self.max_points = max_points
        self.skipped = instruction_sentences(article)

    @cached_property
    def names(self) -> tuple[Name, ...]:
        return find_names(self.article, self.skipped)

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        return find_quotations(self.article)

    @cached_property
    def ranked(self) -> list[Ranked]:
        return rank(self.article, self.quotations, self.skipped)

    def headline(self) -> Cited | None:
        """The title with the sentences it agrees with; without a title the best sentence."""
        answer = self._headline
        return self._cited(answer) if answer else None

    @cached_property
    def _headline(self) -> Answer | None:
        title = self.article.title
        if title and addresses_model(title, self.article.language):
            title = None
        if title and (alike := most_alike(self.article, title, self.ranked)):
            return Answer(title, tuple(alike))
        return self._sentence(self.ranked[0].number) if self.ranked else None

    def abstract(self) -> tuple[Cited, ...]:
        """The best sentence that stands on its own."""
        best = [item.number for item in self.ranked if item.stands_alone][:1]
        return self._in_order(best)

    def key_points(self) -> tuple[Cited, ...]:
        """The best sentences, in the order of the article."""
        few = max(FEWEST_POINTS, round(len(self.article.sentences) / SENTENCES_A_POINT))
        chosen = select(self.ranked, min(self.max_points, few))
        return self._in_order(item.number for item in chosen)

    def five_ws(self, fields: Sequence[str]) -> FiveWs:
        """Short answers to the questions that `fields` ask; None for the others."""
        answers = find_five_ws(self.article, self.names, self._headline, self.skipped)
        asked = FiveWs.model_fields if "five_ws" in fields else [f.removeprefix("five_ws.") for f in fields]
        found = {name: getattr(answers, name) for name in FiveWs.model_fields}
        return FiveWs(**{name: self._cited(a) if a and name in asked else None for name, a in found.items()})

    def entities(self) -> tuple[Entity, ...]:
        """The names, those mentioned most first."""
        return tuple(
            Entity(
                name=name.text,
                type=name.type,
                role=name.role,
                mentions=tuple(self.article.span(mention.start, mention.end) for mention in name.mentions),
            )
            for name in self.names
        )

    def quotes(self) -> tuple[Quote, ...]:
        """What is quoted as speech, with who said it."""
        speakers = find_speakers(self.article, self.quotations, self.names)
        return tuple(
            Quote(
                text=self.article.text[quotation.start : quotation.end],
                speaker=speaker.name,
                speaker_role=speaker.role,
                evidence=(self.article.span(quotation.start, quotation.end),),
            )
            for quotation, speaker in zip(self.quotations, speakers, strict=True)
            if quotation.is_speech and not self._touches_skipped(quotation)
        )

    def _touches_skipped(self, quotation: Quotation) -> bool:
        first, last = self.article.sentence_at(quotation.start), self.article.sentence_at(quotation.end - 1)
        numbers = range(first.number, last.number + 1) if first and last else range(0)
        return not self.skipped.isdisjoint(numbers)

    def figures(self) -> tuple[Figure, ...]:
        """The numbers with what they count, in the order of the article."""
        return tuple(
            Figure(
                text=figure.text.text,
                measures=figure.clause.text,
                value=figure.value,
                unit=figure.unit,
                evidence=self._sentences((figure.sentence,)),
            )
            for figure in find_figures(self.article, self.skipped)
        )

    def timeline(self) -> tuple[Event, ...]:
        """For each date the best sentence that names it, earliest first."""
        events: dict[str, int] = {}
        for item in self.ranked:
            text = self.article.sentence_text(item.number)
            for found in find_dates(text, self.article.language, self.article.published):
                if found.iso:
                    events.setdefault(found.iso, item.number)
        return tuple(
            Event(date=iso, text=self.article.sentence_text(number), evidence=self._sentences((number,)))
            for iso, number in sorted(events.items())
        )

    def _in_order(self, numbers: Iterable[int]) -> tuple[Cited, ...]:
        return tuple(self._cited(self._sentence(number)) for number in sorted(numbers))

    def _sentence(self, number: int) -> Answer:
        return Answer(self.article.sentence_text(number), (number,))

    def _cited(self, answer: Answer) -> Cited:
        return Cited(text=answer.text, evidence=self._sentences(answer.sentences))

    def _sentences(self, numbers: Iterable[int]) -> tuple[Span, ...]:
        sentences = [self.article.sentence(number) for number in numbers]
        return tuple(self.article.span(sentence.start, sentence.end) for sentence in sentences)
