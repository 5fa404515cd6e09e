"""The settings as a table, each with its default and what it is."""

from __future__ import annotations

import json

from pydantic.fields import FieldInfo

from docgen.page import table
from summarizer.settings import Settings

HEAD = ("setting", "default", "what it is")


def setting_reference() -> str:
    """A row a setting, in the order of the code."""
    return table(HEAD, (_row(name, field) for name, field in Settings.model_fields.items()))


def _row(name: str, field: FieldInfo) -> tuple[str, ...]:
    default = "none" if field.default is None else f"`{json.dumps(field.default)}`"
    return f"`{name}`", default, str(field.description)
