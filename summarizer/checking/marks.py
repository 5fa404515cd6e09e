"""What is annotated to the fields of a model, also to what they hold: their promises and their bounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from summarizer.evidence import Evidence

_RESOLVES = get_args(Evidence)[1]
"""What makes a field's type the type of evidence."""


@cache  # models are few, and their parts many
def marks_of(model: type[BaseModel]) -> Mapping[str, tuple[Any, ...]]:
    """The marks of every field."""
    return {name: tuple(_metadata(field.annotation, field.metadata)) for name, field in model.model_fields.items()}


def is_evidence(marks: Sequence[Any]) -> bool:
    """Whether these are the marks of a field of evidence."""
    return _RESOLVES in marks


def _metadata(annotation: Any, outer: Sequence[Any]) -> list[Any]:
    """What is annotated to a type, also to what it holds: list[Annotated[str, Written()]]."""
    found = list(outer)
    if get_origin(annotation) is Annotated:
        annotation, *inner = get_args(annotation)
        found += inner
    for argument in get_args(annotation):
        found += _metadata(argument, ())
    return found
