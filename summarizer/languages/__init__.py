"""What is known of languages, as data: `CODE/TABLE.toml`, one file a language and a subject; `mul` holds for all."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=256)
def primary(language: str) -> str:
    """The first subtag: `pt` of `pt-BR`."""
    return language.replace("_", "-").split("-")[0].lower()
