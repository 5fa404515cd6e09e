"""Closed questions on top of the extractive record: what a small model is asked, and all it may decide."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, create_model

from summarizer.article import Article
from summarizer.checking.ground import accept
from summarizer.errors import AnswerInvalid
from summarizer.models.base import Message, Reply, Request
from summarizer.prompt import Prompt
from summarizer.recipes.base import Steps, with_findings
from summarizer.recipes.extractive import WRITTEN_BY_RULES, skeleton
from summarizer.summary import Entity, EntityType, Finding, Part, Quote

A = TypeVar("A", bound=BaseModel)

ANSWER_TOKENS = 64
"""Room for one name in JSON."""

NOBODY = "nobody"


class Kind(Part):
    """The answer to: what kind of name is it?"""

    kind: EntityType


def staged(article: Article, prompt: Prompt, language: str | None) -> Steps:
    """The record by rules, with the model's answers where the rules have none.

    It is asked what kind of name it is where the rules found no sign of one, and who says a quote where they found
    no speaker. It sees the one paragraph that matters: shown the whole article, small models answer worse.
    """
    content = skeleton(article, prompt.fields, prompt.max_points)
    entities: list[Entity] = []
    for entity in content.entities:
        entities.append((yield from _with_kind(entity, article, prompt)))
    quotes: list[Quote] = []
    for quote in content.quotes:
        quotes.append((yield from _with_speaker(quote, entities, article, prompt)))
    answered = _changed(content.entities, entities) + _changed(content.quotes, quotes)
    content = content.model_copy(update={"entities": tuple(entities), "quotes": tuple(quotes)})
    return with_findings(content, _by_rules_and_model(answered))


def _with_kind(entity: Entity, article: Article, prompt: Prompt) -> Generator[Request, Reply, Entity]:
    if entity.type != "other" or not entity.mentions:
        return entity
    sentence = article.sentence_at(entity.mentions[0].start)
    if sentence is None:
        return entity
    question = prompt.question("kind", text=article.sentence_text(sentence.number), name=entity.name)
    answer = yield from _ask("kind of name", question, Kind, [sentence.number], article)
    return entity.model_copy(update={"type": answer.kind}) if answer else entity


def _with_speaker(
    quote: Quote, entities: Sequence[Entity], article: Article, prompt: Prompt
) -> Generator[Request, Reply, Quote]:
    if quote.speaker is not None or not quote.evidence:
        return quote
    sentence = article.sentence_at(quote.evidence[0].start)
    if sentence is None:
        return quote
    numbers, names = _near(sentence.paragraph, entities, article)
    if not names:
        return quote
    # The answers are the names found near the quote, so nothing else can be answered.
    choices: Any = Literal[(*names, NOBODY)]
    answer_type = create_model("Speaker", __base__=Part, speaker=(choices, ...))
    text = " ".join(article.sentence_text(number) for number in numbers)
    question = prompt.question("speaker", text=text, names="; ".join(names))
    answer = yield from _ask("speaker of a quote", question, answer_type, numbers, article)
    speaker = getattr(answer, "speaker", NOBODY)
    return quote if speaker == NOBODY else quote.model_copy(update={"speaker": speaker})


def _near(paragraph: int, entities: Sequence[Entity], article: Article) -> tuple[list[int], list[str]]:
    """Numbers of the sentences of this paragraph, and who could speak in it; with the paragraph before it where
    nobody is named in this one."""
    for paragraphs in ({paragraph}, {paragraph - 1, paragraph}):
        sentences = [sentence for sentence in article.sentences if sentence.paragraph in paragraphs]
        start, end = sentences[0].start, sentences[-1].end
        speakers = [entity for entity in entities if entity.type in ("person", "organization")]
        named = [e.name for e in speakers if any(start <= span.start < end for span in e.mentions)]
        if named:
            break
    return [sentence.number for sentence in sentences], named


def _ask(
    purpose: str, question: str, answer: type[A], shown: Iterable[int], article: Article
) -> Generator[Request, Reply, A | None]:
    """The answer to a closed question; None when it was no valid one twice, and the rules' answer stays."""
    request = Request(
        purpose=purpose,
        messages=(Message("user", question),),
        answer=answer,
        max_tokens=ANSWER_TOKENS,
        shown=frozenset(shown),
    )
    reply = yield request
    try:
        return accept(reply.text, answer, article).answer
    except AnswerInvalid:
        return None


def _changed(before: Iterable[Part], after: Iterable[Part]) -> int:
    return sum(old != new for old, new in zip(before, after, strict=True))


def _by_rules_and_model(answers: int) -> Finding:
    return WRITTEN_BY_RULES.model_copy(
        update={
            "message": "Sentences are copied from the article and chosen by rules, which can be wrong or miss some. "
            f"Kinds of names and speakers that the rules had no answer for are a small model's: {answers}."
        }
    )
