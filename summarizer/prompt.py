"""A prompt is a folder: prompt.toml, system.md, article.md, reask.md. Rendering never runs an article's text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Prompt:
    name: str
