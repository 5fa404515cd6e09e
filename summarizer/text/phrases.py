"""Phrases of a language as one expression."""

from __future__ import annotations

import re
from collections.abc import Iterable

from summarizer.languages.language import language_of


def expression(phrases: Iterable[str], language: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """Any of the phrases as whole words; `*` stands for any ending, and no phrase at all matches nothing. In a
    language without spaces they stand anywhere."""
    words = [re.escape(phrase).replace(r"\*", r"\w*").replace("'", "['’]") for phrase in phrases]
    longest_first = sorted(words, key=len, reverse=True)
    if not words:
        return re.compile(r"(?!)")
    if language_of(language).writing.unspaced:
        return re.compile("|".join(longest_first), flags)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)", flags)
