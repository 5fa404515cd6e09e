"""Evidence: sentence numbers on the wire, spans of the article in the record.

A model cites sentences by number; validation turns the numbers into spans of the article that `grounded_in`
names, and serialization writes spans. What names sentences beyond doubt is read, too: "3", 3.0, "[3]", "3-5",
{"sentence": 3}, a number without a list around it.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
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
    if value is None:
        return None
    spans: list[Any] = []
    numbers: set[int] = set()
    for item in _items(value):
        if not isinstance(item, int):
            spans += [item] if item not in spans else []
        elif item not in numbers:
            numbers.add(item)
            spans += _cited_sentence(item)
    return tuple(spans)


def _items(value: Any) -> Iterator[Any]:
    """The sentence numbers and the spans in `value`."""
    match value:
        case bool() | None:
            yield from _unreadable(value)
        case int():
            yield value
        case float() if value.is_integer():
            yield int(value)
        case str():
            yield from _numbers_in(value)
        case list() | tuple():
            for item in value:
                yield from _items(item)
        case Mapping() if len(named := [value[name] for name in _NUMBERED if name in value]) == 1:
            yield from _items(named)
        case Span() | {"start": _}:
            yield value
        case _:
            yield from _unreadable(value)


_NUMBERED = ("sentence", "sentences", "number", "numbers", "sentence_number", "sentence_numbers")
"""Names of the one number, or of several, in an object around them."""

_NUMBER = r"(?:(?:sentences?|sent|nos?|numbers?|lines?|s|#|№)[\s._#]*)?\[?\s*(\d{1,9})(?:\.0*)?\s*\]?"
_PART = re.compile(rf"(?:from\s+)?{_NUMBER}(?:\s*(?:[-–—−]|\bto\b|\bthrough\b|\.\.+)\s*{_NUMBER})?", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[,;]|\band\b|&)\s*|(?<=\])\s*(?=\[)", re.IGNORECASE)
_THOUSANDS = re.compile(r"\d,\d{3}\b")
"""Which may be one number or two."""


def _numbers_in(text: str) -> Iterator[int]:
    """The numbers that `text` is a list of, as "3", "[3, 5]", "3-5" or "sentences 3 and 5"."""
    listed = " ".join(text.split()).strip("\"'")
    if inner := re.fullmatch(r"[\[({]\s*([^\[\](){}]*?)\s*[\])}]", listed):
        listed = inner[1]
        if not listed:
            return
    parts = [_PART.fullmatch(part.strip("\"' ")) for part in _BETWEEN.split(listed)]
    if not all(parts) or _THOUSANDS.search(listed):
        yield from _unreadable(text)
        return
    for part in filter(None, parts):
        yield from _between(int(part[1]), int(part[2] or part[1]), text)


def _between(first: int, last: int, text: str) -> Iterator[int]:
    """All numbers from the first to the last; of more than the article has the ends alone, one of which it lacks."""
    grounding = _grounding.get()
    if last < first:
        yield from _unreadable(text)
    elif grounding and last - first > len(grounding.article.sentences):
        yield from (first, last)
    else:
        yield from range(first, last + 1) if grounding else (first,)


def _unreadable(value: Any) -> Iterator[int]:
    """Nothing; that it is no sentence number is an error, or noted."""
    _complain(f"{str(value)[:40]!r} is no sentence number; write the numbers alone, as [3, 5]")
    yield from ()


def _cited_sentence(number: int) -> list[Span]:
    """The sentence of this number; none where it can't be cited and that is allowed."""
    grounding = _grounding.get()
    if grounding is None:
        raise ValueError("sentence numbers can be read only within `grounded_in(article)`")
    try:
        sentence = grounding.article.sentence(number)
        _demand_shown(number, grounding.shown)
    except IndexError as error:
        _complain(str(error))
        return []
    return [grounding.article.span(sentence.start, sentence.end)]


def _complain(problem: str) -> None:
    """ValueError, but leniently a note."""
    grounding = _grounding.get()
    if grounding is None or not grounding.lenient:
        raise ValueError(problem)
    grounding.problems.append(problem)


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
