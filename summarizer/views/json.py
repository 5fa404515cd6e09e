"""The record as JSON, with nothing in it that acts on a terminal."""

from __future__ import annotations

import re

from pydantic import BaseModel

ACTING = "\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
"""Characters that JSON may hold as they are, and that act on a terminal or break a line."""


def render(record: BaseModel) -> str:
    """The record, or a part of it, as indented JSON; it reads back with `Summary.model_validate_json`."""
    return escape(record.model_dump_json(indent=2), ACTING)


def escape(text: str, characters: str) -> str:
    """JSON with these characters (a class of a regular expression) as escapes: all of them can only stand inside a
    string, where the escape means the same."""
    return re.sub(f"[{characters}]", lambda found: f"\\u{ord(found[0]):04x}", text)
