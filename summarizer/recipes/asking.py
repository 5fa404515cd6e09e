"""What a writing model is asked: for the record of an article, or of a part of it, and for one out of its parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from summarizer.answer_schema import answer_type
from summarizer.article import Article, Sentence
from summarizer.models.base import Message, Request
from summarizer.prompts import Prompt, cited_numbers
from summarizer.record import Cited


def record_request(
    article: Article, prompt: Prompt, language: str | None, sentences: Sequence[Sentence], purpose: str = "record"
) -> Request:
    """For every field of the prompt, from these sentences of the article."""
    shown = article if len(sentences) == len(article.sentences) else replace(article, sentences=tuple(sentences))
    return Request(
        purpose=purpose,
        messages=(
            Message("system", prompt.system()),
            *_examples(prompt),
            Message("user", prompt.article(shown, language)),
        ),
        answer=prompt.answer if shown is article else prompt.part_answer,
        reask=prompt.reask(),
        shown=frozenset(sentence.number for sentence in sentences),
        article=article,
    )


def _examples(prompt: Prompt) -> Iterator[Message]:
    """The examples as turns that were had before, the same for every article."""
    for example in prompt.examples:
        yield Message("user", prompt.shown(example))
        yield Message("assistant", example.answer)


def merge_request(
    article: Article,
    prompt: Prompt,
    language: str | None,
    fields: Sequence[str],
    statements: Sequence[Cited],
    purpose: str = "merging",
) -> Request:
    """For these fields of the record, from what was found in the parts of the article."""
    return Request(
        purpose=purpose,
        messages=(
            Message("system", prompt.system(fields)),
            Message("user", prompt.merge(article, fields, statements, language)),
        ),
        answer=answer_type(tuple(fields), prompt.max_points),
        reask=prompt.reask(),
        shown=frozenset(number for statement in statements for number in cited_numbers(statement, article)),
        article=article,
    )
