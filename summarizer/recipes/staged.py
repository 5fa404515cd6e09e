"""Closed questions on top of the extractive record: what a small model is asked, and all it may decide."""

from __future__ import annotations

import json
from collections.abc import Generator

from summarizer.article import Article
from summarizer.checking.ground import accept
from summarizer.errors import AnswerInvalid
from summarizer.models.base import Message, Reply, Request
from summarizer.prompt import Prompt
from summarizer.recipes.base import Room, Steps, with_findings
from summarizer.recipes.extractive import WRITTEN_BY_RULES, skeleton
from summarizer.summary import Entity, EntityType, Finding, Part

ANSWER_TOKENS = 64
"""Room for one word in JSON."""

ANSWER = "\nAnswer:"
"""What parts an example in the file of the question from its answer; blank lines part the examples."""


class Kind(Part):
    """The answer to: what kind of name is it? A field called `kind` halves the right answers of small models."""

    answer: EntityType


def staged(article: Article, prompt: Prompt, language: str | None, room: Room | None = None) -> Steps:
    """The record by rules, with the model's answers where the rules have none.

    It is asked what kind of name it is where the rules found no sign of one, and sees the one sentence that matters:
    shown the whole article, small models answer worse. What else was tried did not help (docs/embedded.md): where
    the rules name no speaker, a small model names a wrong one four times out of five.
    """
    content = skeleton(article, prompt.fields, prompt.max_points)
    entities: list[Entity] = []
    for entity in content.entities:
        entities.append((yield from _with_kind(entity, article, prompt, room)))
    answered = sum(old != new for old, new in zip(content.entities, entities, strict=True))
    content = content.model_copy(update={"entities": tuple(entities)})
    return with_findings(content, _by_rules_and_model(answered))


def _with_kind(
    entity: Entity, article: Article, prompt: Prompt, room: Room | None
) -> Generator[Request, Reply, Entity]:
    if entity.type != "other" or not entity.mentions:
        return entity
    sentence = article.sentence_at(entity.mentions[0].start)
    if sentence is None:
        return entity
    requests = kind_requests(entity.name, sentence.number, article, prompt)
    if room and not all(map(room.holds, requests)):  # a table without full stops, read as one sentence
        return entity
    answers = []
    for request in requests:
        answers.append(_answer((yield request), article))
    is_sure = answers[0] is not None and answers[0] == answers[1]
    return entity.model_copy(update={"type": answers[0]}) if is_sure else entity


def kind_requests(name: str, sentence: int, article: Article, prompt: Prompt) -> tuple[Request, Request]:
    """The question what kind of name it is, with the examples in their order and backwards: an answer that depends on
    the order is a guess."""
    blocks = prompt.question("kind", text=article.sentence_text(sentence), name=name).split("\n\n")
    examples = [block for block in blocks[:-1] if ANSWER in block]
    rest = [block.partition(ANSWER)[0] for block in blocks if block not in examples]
    forwards, backwards = (
        Request(
            purpose="kind of name",
            messages=(*(turn for example in ordered for turn in _turns(example)), Message("user", "\n\n".join(rest))),
            answer=Kind,
            max_tokens=ANSWER_TOKENS,
            shown=frozenset({sentence}),
        )
        for ordered in (examples, examples[::-1])
    )
    return forwards, backwards


def _turns(example: str) -> tuple[Message, Message]:
    """An example as a turn of the conversation and its answer, in the form in which the answer is wanted."""
    asked, _, answer = example.partition(ANSWER)
    return Message("user", asked), Message("assistant", json.dumps({"answer": answer.strip()}))


def _answer(reply: Reply, article: Article) -> EntityType | None:
    """The kind; None when the answer was no valid one twice, and the rules' answer stays."""
    try:
        return accept(reply.text, Kind, article).answer.answer
    except AnswerInvalid:
        return None


def _by_rules_and_model(answers: int) -> Finding:
    return WRITTEN_BY_RULES.model_copy(
        update={
            "message": "Sentences are copied from the article and chosen by rules, which can be wrong or miss some. "
            f"Kinds of names that the rules had no answer for are a small model's guesses: {answers}."
        }
    )
