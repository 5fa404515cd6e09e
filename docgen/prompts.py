"""The fields that a prompt may ask for, in the words that a model is given of them."""

from __future__ import annotations

from docgen.page import table
from summarizer.answer_schema import ASKABLE
from summarizer.record import Content, FiveWs


def field_reference() -> str:
    """A row a field, in the order of the record."""
    return table(("field", "what it is"), ((f"`{name}`", _told(name)) for name in ASKABLE))


def _told(name: str) -> str:
    top, _, part = name.partition(".")
    field = FiveWs.model_fields[part] if part else Content.model_fields[top]
    return field.description or "the main event: all that follow, each of which can be asked for alone"
