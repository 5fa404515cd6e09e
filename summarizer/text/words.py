"""Words: what one is, and what its spellings and its forms have in common."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from unicodedata import combining

STEM = 6
"""Letters of a word that are its stem: cutting words short is the stemming that needs no grammar of the language."""

BEGINNING = 5
"""Letters by which the words of two texts are told to be forms of one: resign, resigned."""

MARKS = r"\u0300-\u036f\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"
"""Accents and vowel signs above and below letters, which `\\w` leaves out: of Latin, Arabic and Devanagari."""

WORD = re.compile(r"[^\W_]+")
"""Letters and digits: `don't` is two words."""

LETTERS = re.compile(rf"[^\W\d_]++(?:[{MARKS}]++[^\W\d_]*+)*+")
"""A word without digits, with the signs on its letters."""

WITH_APOSTROPHE = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
"""`don't` is one word, and `short-term` two."""

JOINED = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*")
"""Words as a name has them: `O'Neill-Smith`, `U.S`, `AT&T`."""


def fold(text: str) -> str:
    """`text` in lower case without accents, so that Zelenský is found as Zelensky."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    # Below U+0300 nothing combines.
    return "".join([character for character in decomposed if character < "\u0300" or not combining(character)])


def stem_of(word: str) -> str:
    """What forms of one folded word share."""
    word = word.removesuffix("'s").removesuffix("'")
    if word[:1].isdigit():
        return word
    return word[:BEGINNING] if len(word) > BEGINNING else word.rstrip("s") if len(word) > 3 else word


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of these, the longest first; for none of them one that never matches.

    Words with the same first letter stand together, so that most are passed over at once.
    """
    by_letter: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        rest = re.escape(word[1:]).replace(r"\ ", r"\s")
        by_letter.setdefault(re.escape(word[0]).replace(r"\ ", r"\s"), []).append(rest)
    return "|".join(rf"{letter}(?:{'|'.join(rests)})" for letter, rests in by_letter.items()) or r"(?!)"
