"""Evidence: sentence numbers on the wire, spans of the article in the record.

A model cites sentences by number, the title by 0; validation turns the numbers into spans of the article in
pydantic's validation context, `Report.model_validate_json(text, context={"article": article})`, and serialization
writes spans. What names sentences beyond doubt is read, too: "3", 3.0, "[3]", "3-5", {"sentence": 3}, a number
without a list around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Required, TypedDict

from pydantic import BeforeValidator, ValidationInfo, WithJsonSchema

from summarizer.article import TITLE_NUMBER, Article, Span, TitleSpan


class Grounding(TypedDict, total=False):
    """The validation context: what sentence numbers are resolved against. A mapping, as instructor's `context` is."""

    article: Required[Article]
    shown: frozenset[int]
    """The sentences that may be cited; without it, or where it is empty, all."""
    problems: list[str]
    """Where it is there, what cites another sentence is left out and named in it, and is no error."""


def _resolve(value: Any, info: ValidationInfo) -> Any:
    """Sentence numbers to spans; spans (a record read back) stay as they are, and need no context."""
    return None if value is None else tuple(_Citations.within(info.context).spans(value))


@dataclass(frozen=True, slots=True)
class _Citations:
    """The reader of what a model cites."""

    article: Article | None
    shown: frozenset[int]
    problems: list[str] | None

    @classmethod
    def within(cls, context: Any) -> _Citations:
        """By the validation context, whatever else is in it."""
        known = context if isinstance(context, Mapping) else {}
        article = known.get("article")
        is_known = isinstance(article, Article)
        return cls(article if is_known else None, known.get("shown") or frozenset(), known.get("problems"))

    def spans(self, value: Any) -> list[Any]:
        """The spans of all that is cited, each once."""
        spans: list[Any] = []
        numbers: set[int] = set()
        for item in self._items(value):
            if not isinstance(item, int):
                spans += [item] if item not in spans else []
            elif item not in numbers:
                numbers.add(item)
                spans += self._cited_sentence(item)
        return spans

    def _items(self, value: Any) -> Iterator[Any]:
        """The sentence numbers and the spans in `value`."""
        match value:
            case bool() | None:
                self._unreadable(value)
            case int():
                yield value
            case float() if value.is_integer():
                yield int(value)
            case str():
                yield from self._numbers_in(value)
            case list() | tuple():
                for item in value:
                    yield from self._items(item)
            case Span() | {"start": _, "end": _, "text": _}:
                yield value
            case Mapping() if len(named := [value[name] for name in _NUMBERED if name in value]) == 1:
                yield from self._items(named)
            case _:
                self._unreadable(value)

    def _numbers_in(self, text: str) -> Iterator[int]:
        """The numbers that `text` is a list of, as "3", "[3, 5]", "3-5" or "sentences 3 and 5"."""
        listed = " ".join(text.split()).strip("\"'")
        if inner := re.fullmatch(r"[\[({]\s*([^\[\](){}]*?)\s*[\])}]", listed):
            listed = inner[1]
            if not listed:
                return
        parts = [_PART.fullmatch(part.strip("\"' ")) for part in _BETWEEN.split(listed)]
        if not all(parts) or _THOUSANDS.search(listed):
            self._unreadable(text)
            return
        for part in filter(None, parts):
            yield from self._between(int(part[1]), int(part[2] or part[1]), text)

    def _between(self, first: int, last: int, text: str) -> Iterator[int]:
        """All numbers from the first to the last; of more than the article has the ends alone, one of which it
        lacks."""
        if last < first:
            self._unreadable(text)
        elif self.article and last - first > len(self.article.sentences):
            yield from (first, last)
        else:
            yield from range(first, last + 1) if self.article else (first,)

    def _unreadable(self, value: Any) -> None:
        """That it is no sentence number is an error, or noted."""
        self._complain(f"{str(value)[:40]!r} is no sentence number; write the numbers alone, as [3, 5]")

    def _cited_sentence(self, number: int) -> list[Span]:
        """The sentence of this number; none where it can't be cited and that is allowed."""
        if self.article is None:
            raise ValueError(
                "sentence numbers can be read only where the article is known that they are of: validate with "
                'context={"article": article}, an Article as read_article makes it'
            )
        if number == TITLE_NUMBER and self.article.title_span:
            return [self.article.title_span]
        try:
            sentence = self.article.sentence(number)
            self._demand_shown(number)
        except IndexError as error:
            self._complain(str(error))
            return []
        return [self.article.span(sentence.start, sentence.end)]

    def _complain(self, problem: str) -> None:
        """ValueError, but leniently a note."""
        if self.problems is None:
            raise ValueError(problem)
        self.problems.append(problem)

    def _demand_shown(self, number: int) -> None:
        """IndexError for a sentence that a model has not seen, and so can't know."""
        if self.shown and number not in self.shown:
            first, last = min(self.shown), max(self.shown)
            raise IndexError(f"sentence {number} is not among those shown here, from {first} to {last}")


_NUMBERED = ("sentence", "sentences", "number", "numbers", "sentence_number", "sentence_numbers")
"""Names of the one number, or of several, in an object around them."""

_NUMBER = r"(?:(?:sentences?|sent|nos?|numbers?|lines?|s|#|№)[\s._#]*)?\[?\s*(\d{1,9})(?:\.0*)?\s*\]?"
_PART = re.compile(rf"(?:from\s+)?{_NUMBER}(?:\s*(?:[-–—−]|\bto\b|\bthrough\b|\.\.+)\s*{_NUMBER})?", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[,;]|\band\b|&)\s*|(?<=\])\s*(?=\[)", re.IGNORECASE)
_THOUSANDS = re.compile(r"\d,\d{3}\b")
"""Which may be one number or two."""


Evidence = Annotated[
    tuple[TitleSpan | Span, ...],
    BeforeValidator(_resolve),
    WithJsonSchema({"type": "array", "items": {"type": "integer"}}, mode="validation"),
]
"""Sentence numbers on the wire, spans in the record."""
