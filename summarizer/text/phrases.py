"""Phrases of a language as one expression."""

from __future__ import annotations

import re
from collections.abc import Iterable

from summarizer.languages.language import language_of
from summarizer.text.words import MARKS, any_of

LONGEST_PART = 40
"""Letters that `*` stands for: an end without bound would be read again from every part of a long word."""


def expression(phrases: Iterable[str], language: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """Any of the phrases as whole words; `*` stands for any ending, and no phrase at all matches nothing. In a
    language without spaces they stand anywhere."""
    pattern = any_of(phrases).replace(r"\*", rf"\w{{0,{LONGEST_PART}}}").replace("'", "['’]")
    if language_of(language).writing.unspaced:
        return re.compile(pattern, flags)
    return re.compile(rf"(?<![\w{MARKS}])(?:{pattern})(?![\w{MARKS}])", flags)
