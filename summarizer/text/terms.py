"""Terms: the words of a text that carry content, folded so that forms of one word are equal."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from unicodedata import combining

from summarizer.article import is_unspaced
from summarizer.languages.language import language_of

TERM_LENGTH = 6
"""Characters that are kept of a word: cutting words short is the stemming that needs no grammar of the language."""

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+")


def fold(text: str) -> str:
    """`text` in lower case without accents, so that Zelenský is found as Zelensky."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    # Below U+0300 nothing combines.
    return "".join([character for character in decomposed if character < "\u0300" or not combining(character)])


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
        return [word[:TERM_LENGTH] for word in words if word not in stop and (len(word) > 1 or word.isdigit())]
    found: list[str] = []
    for word in words:
        if is_unspaced(word[0]):
            found += [word[at : at + 2] for at in range(max(1, len(word) - 1))]
        elif word not in stop and (len(word) > 1 or word.isdigit()):
            found.append(word[:TERM_LENGTH])
    return found
