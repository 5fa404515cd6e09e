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
    """The values that stand beside a word of correction alone, as the old ones: nowhere without such a word, and, in
    a sentence that has the new one too, nearer to the word for the old one or before it."""
    words = correction_words(language)
    if words is None:
        return frozenset()
    plain, old, new = set[float](), set[float](), set[float]()
    for text, numbers in sentences:
        values = [(number.value, number.start) for number in numbers if number.value is not None]
        was = [match.start() for match in words.old.finditer(text)]
        now = [match.start() for match in words.new.finditer(text)]
        if not was:
            plain |= {value for value, _ in values}
            continue
        for value, start in values:
            if _last(now, start) > _last(was, start):
                new.add(value)
            elif _last(was, start) >= 0 and (now or not _PARTS.search(text, values[0][1], start)):
                old.add(value)
            else:
                new.add(value)
    return frozenset(old - plain - new)


_PARTS = re.compile(r"[;:()、。]|[,،](?!\d)")


def _last(places: list[int], before: int) -> int:
    """The last place before an offset; -1 without one."""
    return max((place for place in places if place < before), default=-1)
