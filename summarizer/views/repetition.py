"""What a page says already, so that it need not say it again."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SENTENCE = 25
"""Characters from which on words that stand inside others are a repetition; shorter ones are names and numbers."""


class Said:
    """The texts that a page has so far."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._texts = [_words(text) for text in texts]

    def add(self, *texts: str) -> None:
        """They are on the page now."""
        self._texts += map(_words, texts)

    def has(self, text: str) -> bool:
        """Whether one of the texts is the same, or has all of it word for word; case and punctuation aside."""
        words = _words(text)
        return self.has_whole(text) or (len(words) >= _SENTENCE and any(words in said for said in self._texts))

    def has_whole(self, text: str) -> bool:
        """Whether one of the texts is the same."""
        return _words(text) in self._texts


def _words(text: str) -> str:
    return " ".join(["", *re.findall(r"[^\W_]+", text.casefold()), ""])
