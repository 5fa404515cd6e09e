"""Word lists as data: `languages/CODE/TABLE.toml`, one file a language and a subject."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

ANYTHING = ".{0,600}"
"""What `.*` in a list of expressions stands for: the rest of a line that may be the page's; a longer one is not."""


@cache
def table(language: str, name: str) -> Mapping[str, Any]:
    """The table `name` (paste, calendar, numbers, negation ...) of a language by its BCP-47 tag, of which the
    first subtag counts; empty when there is none."""
    file = files(__name__) / primary(language) / f"{name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


@cache
def with_table(name: str) -> tuple[str, ...]:
    """Codes of the languages that have this table, in alphabetical order."""
    folders = sorted(folder.name for folder in files(__name__).iterdir() if folder.is_dir())
    return tuple(code for code in folders if (files(__name__) / code / f"{name}.toml").is_file())


def alternatives(name: str, key: str) -> str:
    """What the tables `name` of all languages list under `key`, as the alternatives of one regular expression."""
    tables = (table(code, name) for code in with_table(name))
    return "|".join(f"(?:{entry.replace('.*', ANYTHING)})" for words in tables for entry in words.get(key, ()))


def lower(text: str) -> str:
    """`text` in lower case, as long as it was: the patterns of the tables, which are in lower case, match
    this in a third of the time that they take with no regard to case."""
    return text.replace("İ", "i").lower()


@lru_cache(maxsize=256)
def primary(language: str) -> str:
    """The first subtag: `pt` of `pt-BR`."""
    return language.replace("_", "-").split("-")[0].lower()
