"""Wording: the words of a text that carry content, equal where only their form differs, numbers by their value.

- A language with a Snowball stemmer is stemmed by it; words of any other are cut to their first letters.
- Scripts without spaces give pairs of neighbouring characters: most of their words have two, and to part them properly
  takes a dictionary. Signs that only join words part the pairs; Japanese grammar is written in hiragana, so hiragana
  parts them and counts for nothing, and katakana, which spells whole words, is kept whole. Korean has spaces, but its
  particles cling to the words: pairs inside each word.
- Words of the language's stop list are left out; letters by themselves too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from itertools import groupby, pairwise

from summarizer.article import is_unspaced
from summarizer.languages import primary
from summarizer.rules.numbers import Number, find_numbers
from summarizer.rules.words import TERM_LENGTH, fold, stop_words

STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
"""Snowball's names of the languages it has a stemmer for."""

_WORD = re.compile(r"[^\W_]+")
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
    stop, stem = stop_words(language), _stemmer(primary(language))
    words: list[str] = []
    for piece in _pieces(text, language):
        if isinstance(piece, Number):
            words.append(f"#{piece.value!r}")
        else:
            words += [fold(stem(word)) for word in _words(piece) if len(word) > 1 and fold(word) not in stop]
    return words


def all_words(text: str) -> list[str]:
    """Every word as it stands, but for case and accents; a run of a script without spaces is one."""
    return _WORD.findall(fold(printed(text)))


def name_words(name: str, language: str) -> tuple[str, ...]:
    """What a name is known by: its words without articles and the like, unstemmed; all, if it has no others."""
    words, stop = all_words(name), stop_words(language)
    return tuple(word for word in words if word not in stop) or tuple(words)


def _pieces(text: str, language: str) -> Iterator[Number | str]:
    """The text, with the numbers that have a value apart."""
    end = 0
    for number in find_numbers(text, language):
        if number.value is not None:
            yield text[end : number.start]
            yield number
            end = number.end
    yield text[end:]


def _words(text: str) -> Iterator[str]:
    for kind, characters in groupby(text.lower(), _kind):
        run = "".join(characters)
        if kind in ("han", "hangul"):
            yield from map("".join, pairwise(run)) if len(run) > 1 else [run * 2]
        elif kind in ("letters", "katakana"):
            yield run


@cache
def _kind(character: str) -> str:
    """The kind of word that a character can be part of; "" for none."""
    name = unicodedata.name(character, "")
    if "HIRAGANA" in name and "PROLONGED" not in name:
        return ""
    if "KATAKANA" in name:
        return "katakana"
    if name.startswith("HANGUL"):
        return "hangul"
    if is_unspaced(character):
        return "han"
    return "letters" if character.isalnum() or unicodedata.category(character)[0] == "M" else ""


@cache
def _stemmer(code: str) -> Callable[[str], str]:
    if code not in STEMMERS:
        return lambda word: word[:TERM_LENGTH]
    from snowballstemmer import stemmer

    stem: Callable[[str], str] = cache(stemmer(STEMMERS[code]).stemWord)
    return stem
