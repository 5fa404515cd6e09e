"""Bounds: where an answer has more than was asked for, or nothing, whether or not a server held the model to it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel

from summarizer.checking.marks import is_evidence, marks_of
from summarizer.record import Bounded, Finding

LISTED = 8
"""So many places a message names; a model that heeds no bound breaks dozens."""


def beyond_bounds(answer: BaseModel) -> tuple[Finding, ...]:
    """A finding for each list that has too few items, and one for all lists and texts that are too long or may have
    been cut. Sentences that are cited are left to `check`."""
    at_bounds = list(_at_bounds(answer, (), ""))
    lacking = (_shorter(part) for part in at_bounds if part.size < part.least)
    long = [part for part in at_bounds if part.is_too_long or part.may_be_cut]
    return (*lacking, *([_longer(long)] if long else []))


@dataclass(frozen=True, slots=True)
class _AtBound:
    """A list or a text that is at a bound or beyond, and where it stands."""

    path: str
    size: int
    unit: str
    least: int
    most: float
    is_asked: bool

    @property
    def is_too_long(self) -> bool:
        return self.size > self.most

    @property
    def may_be_cut(self) -> bool:
        """Whether it ends just where a grammar would have ended it."""
        return self.size == self.most and not self.is_asked

    @property
    def told(self) -> str:
        cut = ", and so perhaps cut" if self.may_be_cut else ""
        return f"{self.path}: {self.size} of at most {self.most:.0f}{self.unit}{cut}"


def _at_bounds(value: Any, bounds: tuple[Bounded, ...], path: str) -> Iterator[_AtBound]:
    match value:
        case BaseModel():
            for name, own in _bounds_of(type(value)):
                part = getattr(value, name)
                held = own + bounds if isinstance(part, str) else own
                yield from _at_bounds(part, held, f"{path}.{name}" if path else name)
        case list() | tuple():
            yield from _counted(value, bounds, path)
            for at, item in enumerate(value):
                yield from _at_bounds(item, bounds, f"{path}[{at}]")
        case dict():
            for key, item in value.items():
                yield from _at_bounds(item, bounds, f"{path}.{key}")
        case str():
            most = min((bound.max_length for bound in bounds if bound.max_length), default=math.inf)
            if len(value) >= most:
                yield _AtBound(path, len(value), " characters", 0, most, is_asked=False)


@cache
def _bounds_of(model: type[BaseModel]) -> tuple[tuple[str, tuple[Bounded, ...]], ...]:
    """The fields of a model with their bounds, but for those of evidence."""
    return tuple(
        (name, tuple(mark for mark in marks if isinstance(mark, Bounded)))
        for name, marks in marks_of(model).items()
        if not is_evidence(marks)
    )


def _counted(items: Sequence[Any], bounds: Sequence[Bounded], path: str) -> Iterator[_AtBound]:
    least = max((bound.min_items for bound in bounds if bound.min_items), default=0)
    most = min((bound.max_items for bound in bounds if bound.max_items), default=math.inf)
    if not least <= len(items) < most:
        yield _AtBound(path, len(items), "", least, most, is_asked=any(bound.is_asked for bound in bounds))


def _shorter(part: _AtBound) -> Finding:
    message = f"The answer has {part.size or 'none'} of at least {part.least} that were asked for."
    return Finding(code="shorter_than_asked", severity="warning", path=part.path, message=message)


def _longer(parts: Sequence[_AtBound]) -> Finding:
    more = f"; and {len(parts) - LISTED} more" if len(parts) > LISTED else ""
    message = "The answer goes up to the bounds of what was asked for, or beyond. "
    message += "; ".join(part.told for part in parts[:LISTED]) + more
    return Finding(code="longer_than_asked", severity="note", path="", message=message)
