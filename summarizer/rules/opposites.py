"""Words that say the opposite of one another, as a language's table of opposites has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from summarizer.languages import primary, table

_Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Opposites:
    """The patterns of a language: pairs of words that turn each other round, and what makes a statement possible or
    certain and a number a bound."""

    pairs: tuple[tuple[_Pattern, _Pattern], ...]
    possible: _Pattern
    certain: _Pattern
    above: _Pattern
    below: _Pattern
    strict: _Pattern
    about: _Pattern

    def turned(self) -> Iterator[tuple[_Pattern, _Pattern]]:
        """Each pair in both directions."""
        for one, other in self.pairs:
            yield one, other
            yield other, one


@cache
def opposites(language: str) -> Opposites | None:
    """The opposites of a language by its BCP-47 tag; None for one without a table."""
    words = table(primary(language), "opposites")
    if not words:
        return None
    return Opposites(
        pairs=tuple((_pattern(one), _pattern(other)) for one, other in words["pairs"]),
        possible=_pattern(words["possible"], re.NOFLAG),  # May is a month, and Will a man
        certain=_pattern(words["certain"], re.NOFLAG),
        **{name: _pattern(words[name]) for name in ("above", "below", "strict", "about")},
    )


def _pattern(phrases: str, flags: re.RegexFlag = re.IGNORECASE) -> _Pattern:
    """Any of the phrases as whole words; `*` stands for any ending, and no phrase at all matches nothing."""
    words = [re.escape(phrase.strip()).replace(r"\*", r"\w*") for phrase in phrases.split(",") if phrase.strip()]
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)" if words else r"(?!)", flags)
