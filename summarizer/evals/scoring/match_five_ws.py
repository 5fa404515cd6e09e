"""Five Ws: whether an answer says what one of the labelled wordings says."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.article import count_words
from summarizer.evals.scoring.match_lists import alike
from summarizer.evals.scoring.tokens import all_words, content_words
from summarizer.text.dates import find_dates

HALF = 0.5
"""Token F1 from which on an answer counts; more, where one word is all they share: a family name is not a person."""
LONGEST = 20
"""Words of an answer that may say more than the wording, as long as it says all of it."""


def is_right(answer: str | None, wordings: Sequence[str], language: str) -> bool:
    """Whether the answer shares enough words of content with one of the wordings; without an answer it doesn't."""
    return answer is not None and any(_says(answer, wording, language) for wording in wordings)


def is_same_day(answer: str | None, wordings: Sequence[str], language: str, published: str | None) -> bool:
    """Whether the answer names a date that one of the wordings names: "on Tuesday" for "4 March"."""
    named = {day for wording in wordings for day in _dates(wording, language, published)}
    return answer is not None and not named.isdisjoint(_dates(answer, language, published))


def _says(answer: str, wording: str, language: str) -> bool:
    said, wanted = content_words(answer, language), content_words(wording, language)
    if not said or not wanted:
        said, wanted = all_words(answer), all_words(wording)
    is_within = len(wanted) > 1 and set(wanted) <= set(said) and count_words(answer) <= LONGEST
    shares_more = len(set(wanted) & set(said)) > 1
    return is_within or alike(said, wanted) > HALF or (alike(said, wanted) == HALF and shares_more)


def _dates(text: str, language: str, published: str | None) -> set[str]:
    return {found.iso for found in find_dates(text, language, published) if found.iso}
