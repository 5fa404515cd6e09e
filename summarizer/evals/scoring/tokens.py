"""Wording: the words of a text that carry content, equal where only their form differs, numbers by their value.

- A language with a Snowball stemmer is stemmed by it; words of any other are cut to their first letters.
- In scripts without spaces words could be parted by a dictionary only. A Chinese character is a morpheme, and one of
  a word's two often stands for it where a fact is told in other words, so characters are taken one by one. Japanese
  grammar is written in hiragana, which counts for nothing; katakana, which spells whole words, is kept whole. Thai
  letters, and Korean syllables, whose particles cling to the words, are taken in pairs.
- Words of the language's stop list are left out, and letters by themselves; without a list, words of two letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise
from threading import Lock

from summarizer.article import is_unspaced
from summarizer.languages.language import language_of
from summarizer.text.numbers import Number, find_numbers
from summarizer.text.terms import stop_words
from summarizer.text.words import WORD, fold

PREFIX = 5
"""Letters that are kept of a word where there is no stemmer; in Turkish as good as one (Can et al. 2008)."""

_NUMBER = "#"
_CLINGING = re.compile(r"(?<=\w)'\w+")
"""What an apostrophe parts from the word before it, where that is an ending and no word."""
_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛`´′ʼ＇", "'"),
        **dict.fromkeys("“”„‟«»‹›〝〞＂「」『』″", '"'),
        **dict.fromkeys("‐‑‒–—―−－", "-"),
        "…": "...",
    }
)


def printed(text: str) -> str:
    """`text` without its typography: one kind of quote marks, dashes and spaces."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_TYPOGRAPHY).split())


def content_words(text: str, language: str) -> list[str]:
    """The words that carry content, stemmed and in their order; `#7` for a number, in digits or in words."""
    stop, stem = stop_words(language), _stemmer(language_of(language).writing.stemmer)
    shortest = 2 if stop else 3
    words: list[str] = []
    for piece in _pieces(_without_endings(printed(text), language), language):
        if isinstance(piece, Number):
            words.append(f"{_NUMBER}{piece.value:.12g}")
            continue
        for run in _runs(piece):
            if run.kind == "han":
                words += [character for character in run.text if character not in stop]
            elif run.kind == "pairs":
                words += map("".join, pairwise(run.text)) if len(run.text) > 1 else [run.text]
            elif len(run.text) >= shortest and fold(run.text) not in stop:
                words.append(fold(stem(run.text)))
    return words


def number_of(word: str) -> float | None:
    """The value of a word of content that is a number."""
    return float(word.removeprefix(_NUMBER)) if word.startswith(_NUMBER) else None


def all_words(text: str) -> list[str]:
    """Every word as it stands, but for case and accents; a run of a script without spaces is one."""
    return WORD.findall(fold(printed(text)))


def name_words(name: str, language: str) -> tuple[str, ...]:
    """What a name is known by: its words without articles and the like, unstemmed; all, if it has no others."""
    words, stop = all_words(name), stop_words(language)
    return tuple(word for word in words if word not in stop) or tuple(words)


def _without_endings(text: str, language: str) -> str:
    return _CLINGING.sub("", text) if language_of(language).writing.ending_after_apostrophe else text


def _pieces(text: str, language: str) -> Iterator[Number | str]:
    """The text, with the numbers that have a value apart."""
    end = 0
    for number in find_numbers(text, language):
        if number.value is not None:
            yield text[end : number.start]
            yield number
            end = number.end
    yield text[end:]


@dataclass(frozen=True, slots=True)
class _Run:
    """Characters of one kind that stand side by side."""

    kind: str
    text: str


def _runs(text: str) -> Iterator[_Run]:
    for kind, characters in groupby(text.lower(), _kind):
        if kind:
            yield _Run(kind, "".join(characters))


@cache
def _kind(character: str) -> str:
    """What a character is part of; "" for what stands between words, and for hiragana."""
    name = unicodedata.name(character, "")
    if name.startswith("CJK "):
        return "han"
    if name.startswith("HANGUL "):
        return "pairs"
    if name.startswith("KATAKANA"):
        return "katakana"
    if is_unspaced(character):
        return "" if "HIRAGANA" in name else "pairs"
    return "letters" if character.isalnum() or unicodedata.category(character)[0] == "M" else ""


@cache
def _stemmer(name: str | None) -> Callable[[str], str]:
    if name is None:
        return lambda word: word[:PREFIX]
    from snowballstemmer import stemmer

    snowball, in_turn = stemmer(name), Lock()

    @cache
    def stem(word: str) -> str:
        with in_turn:  # a stemmer keeps the word that it works on in itself
            return str(snowball.stemWord(word))

    return stem
