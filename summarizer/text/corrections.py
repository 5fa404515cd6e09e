"""What an article takes back of what it, or somebody in it, said before."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from summarizer.languages.language import language_of
from summarizer.text.numbers import Number
from summarizer.text.phrases import expression


@dataclass(frozen=True)
class CorrectionWords:
    """What stands beside a version that no longer holds, and beside the one that does."""

    old: re.Pattern[str]
    new: re.Pattern[str]
    versions: re.Pattern[str]
    """Those for an old one that can be nothing else: "an earlier version of this article"."""


@cache
def correction_words(language: str) -> CorrectionWords | None:
    """Those of a language by its BCP-47 tag; None for one without a table."""
    table = language_of(language).corrections
    if not table.old:
        return None
    return CorrectionWords(
        expression((*table.old, *table.versions), language),
        expression(table.new, language),
        expression(table.versions, language),
    )


def superseded_numbers(sentences: Iterable[tuple[str, Iterable[Number]]], language: str) -> frozenset[float]:
    """The values that a word for an old version stands right before, wherever they stand."""
    words = correction_words(language)
    if words is None:
        return frozenset()
    old, others = set[float](), set[float]()
    for text, numbers in sentences:
        ends = [match.end() for match in words.old.finditer(text)]
        free = 0
        for number in numbers:
            if number.value is not None:
                was = max((end for end in ends if free <= end <= number.start), default=None)
                is_old = was is not None and not _holds_again(text[was : number.start], words)
                (old if is_old else others).add(number.value)
                free = number.end
    return frozenset(old - others)


def _holds_again(between: str, words: CorrectionWords) -> bool:
    """Whether a new clause begins, or the version that holds."""
    return bool(_PARTS.search(between) or words.new.search(between))


_PARTS = re.compile(r"[;:()、。]|[,،](?!\d)")
