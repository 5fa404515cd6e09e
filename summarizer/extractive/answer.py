"""The answer to one of the five Ws."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CitedPhrase:
    """A phrase, and the numbers of the sentences that say it."""

    text: str
    sentences: tuple[int, ...]
