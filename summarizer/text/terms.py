"""Terms: the words of a text that carry content, folded and cut to stems so that forms of one word are equal."""

from __future__ import annotations

import re
from functools import cache

from summarizer.article import is_unspaced
from summarizer.languages.language import language_of
from summarizer.text.words import STEM, WORD, fold

_WORD = re.compile(rf"\d+(?:[.,]\d+)*|{WORD.pattern}")


@cache
def stop_words(language: str) -> frozenset[str]:
    """Words that carry no content, folded."""
    return frozenset(fold(word) for word in language_of(language).words.stop)


def terms(text: str, language: str) -> list[str]:
    """The terms of `text` in their order; scripts without spaces give pairs of characters."""
    stop = stop_words(language)
    folded = fold(text)
    words = _WORD.findall(folded)
    if folded.isascii():
        return [word[:STEM] for word in words if word not in stop and (len(word) > 1 or word.isdigit())]
    found: list[str] = []
    for word in words:
        if is_unspaced(word[0]):
            found += [word[at : at + 2] for at in range(max(1, len(word) - 1))]
        elif word not in stop and (len(word) > 1 or word.isdigit()):
            found.append(word[:STEM])
    return found
