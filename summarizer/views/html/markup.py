"""HTML in the making: whatever is no `Markup` is text, and is escaped."""

from __future__ import annotations

import re
import unicodedata
from html import escape


class Markup(str):
    """HTML already; only what is made in this package is."""

    __slots__ = ()


def element(name: str, *children: str | None, **attributes: str | bool | None) -> Markup:
    """An element with these children; an attribute that is None or False is left out, `class_` is `class`."""
    said = "".join(_attribute(name, value) for name, value in attributes.items())
    return Markup(f"<{name}{said}>{joined(*children)}</{name}>")


def joined(*parts: str | None) -> Markup:
    """One after the other."""
    return Markup("".join(part if isinstance(part, Markup) else text(part) for part in parts if part is not None))


def text(words: str) -> Markup:
    """Text as it is read, never as markup; a character that acts or that no page can hold is shown as one that is
    lacking, so that every other keeps its place."""
    return Markup(escape(_NO_TEXT.sub("\ufffd", words)))


def direction(words: str) -> str:
    """In which direction it is written, by its first letter."""
    kinds = map(unicodedata.bidirectional, words)
    return "rtl" if next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L" else "ltr"


def _attribute(name: str, value: str | bool | None) -> str:
    shown = name.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    return f" {shown}" if value is True else f' {shown}="{text(value)}"'


_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Controls, overrides of the writing direction, halves of characters."""
