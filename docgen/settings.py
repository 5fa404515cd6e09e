"""The settings as a table and as a sample file, each with its name in the environment, its default and what it is."""

from __future__ import annotations

import json
from collections.abc import Mapping

from pydantic.fields import FieldInfo

from docgen.page import table
from summarizer.settings import CONFIG_FILE, ENVIRONMENT_PREFIX, Settings

HEAD = ("setting", "in the environment", "default", "what it is")


def setting_reference() -> str:
    """A row a setting, in the order of the code."""
    return table(HEAD, (_row(name, field) for name, field in Settings.model_fields.items()))


def _row(name: str, field: FieldInfo) -> tuple[str, ...]:
    default = "none" if field.default is None else f"`{json.dumps(field.default)}`"
    return f"`{name}`", f"`{ENVIRONMENT_PREFIX}{name.upper()}`", default, str(field.description)


EXAMPLES: Mapping[str, object] = {
    "model": "openai:gpt-6-luna",
    "base_url": "http://localhost:8000/v1",
    "api_key": "...",
    "own_schema": "schema.json",
    "recipe": "one_request",
    "language": "en",
    "temperature": 0.0,
    "context_tokens": 128_000,
    "structured": "json_schema",
    "record": "recordings",
    "cache": "replies.sqlite",
    "priced_as": "openai:gpt-6-luna",
}
"""Of the settings that have no default."""


def sample_file() -> str:
    """Every setting, commented out: with its default, else with an example."""
    lines = (_line(name, field) for name, field in Settings.model_fields.items())
    return "\n".join(["```toml", f"# {CONFIG_FILE}", *lines, "```"])


def _line(name: str, field: FieldInfo) -> str:
    value = EXAMPLES[name] if field.default is None else field.default
    return f"# {name} = {json.dumps(value)}{'  # an example: none is the default' if field.default is None else ''}"
