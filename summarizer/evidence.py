"""Evidence: sentence numbers on the wire, spans of the article in the record.

A model cites sentences by number; validation turns the numbers into spans of the article that `grounded_in`
names, and serialization writes spans.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from summarizer.article import Article, Span


@dataclass
class Grounding:
    """What citations are resolved against: the sentences of `article`, of which only those in `shown` may be cited
    (None: all). `lenient` keeps what cites another, and `problems` says so."""

    article: Article
    lenient: bool = False
    shown: frozenset[int] | None = None
    problems: list[str] = field(default_factory=list)


_grounding: ContextVar[Grounding | None] = ContextVar("grounding", default=None)


@contextlib.contextmanager
def grounded_in(
    article: Article, *, lenient: bool = False, shown: frozenset[int] | None = None
) -> Iterator[Grounding]:
    """Within this block sentence numbers are citations of `article`. Holds per thread and per task."""
    grounding = Grounding(article, lenient, shown)
    token = _grounding.set(grounding)
    try:
        yield grounding
    finally:
        _grounding.reset(token)


def _resolve(value: Any) -> Any:
    """Sentence numbers to spans; spans (a record read back) stay as they are."""
    if not isinstance(value, list | tuple):
        return value
    spans: list[Any] = []
    for item in value:
        is_number = isinstance(item, int) and not isinstance(item, bool)
        found = _cited_sentence(item) if is_number else [item]
        spans += [span for span in found if span not in spans]
    return tuple(spans)


def _cited_sentence(number: int) -> list[Span]:
    """The sentence of this number; none where it can't be cited and that is allowed."""
    grounding = _grounding.get()
    if grounding is None:
        raise ValueError("sentence numbers can be read only within `grounded_in(article)`")
    try:
        sentence = grounding.article.sentence(number)
        _demand_shown(number, grounding.shown)
    except IndexError as error:
        if not grounding.lenient:
            raise ValueError(str(error)) from None
        grounding.problems.append(str(error))
        return []
    return [grounding.article.span(sentence.start, sentence.end)]


def _demand_shown(number: int, shown: frozenset[int] | None) -> None:
    """IndexError for a sentence that a model has not seen, and so can't know."""
    if shown and number not in shown:
        raise IndexError(f"sentence {number} is not among those shown here, from {min(shown)} to {max(shown)}")


Evidence = Annotated[
    tuple[Span, ...],
    BeforeValidator(_resolve),
    WithJsonSchema({"type": "array", "items": {"type": "integer"}}, mode="validation"),
]
"""Sentence numbers on the wire, spans in the record."""
