"""Five Ws: whether an answer says what one of the labelled wordings says."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.evals.listed import ALIKE, alike
from summarizer.evals.wording import all_words, content_words
from summarizer.rules.dates import find_dates


def is_right(answer: str | None, wordings: Sequence[str], language: str) -> bool:
    """Whether the answer shares enough words of content with one of the wordings; without an answer it doesn't."""
    return answer is not None and any(_overlap(answer, wording, language) >= ALIKE for wording in wordings)


def is_same_day(answer: str | None, wordings: Sequence[str], language: str, published: str | None) -> bool:
    """Whether the answer names a date that one of the wordings names: "on Tuesday" for "4 March"."""
    named = {day for wording in wordings for day in _dates(wording, language, published)}
    return answer is not None and not named.isdisjoint(_dates(answer, language, published))


def _dates(text: str, language: str, published: str | None) -> set[str]:
    return {found.iso for found in find_dates(text, language, published) if found.iso}


def _overlap(answer: str, wording: str, language: str) -> float:
    """Token F1 of the words of content; of all words, where one of them has no others."""
    content = content_words(answer, language), content_words(wording, language)
    return alike(*content) if all(content) else alike(all_words(answer), all_words(wording))
