"""Sentences of an article that address a language model instead of a reader."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from summarizer.article import Article
from summarizer.languages import primary, table


@lru_cache(maxsize=1)  # both the recipe and the checks ask for it, a fifth of the time of the rules
def instruction_sentences(article: Article) -> frozenset[int]:
    """The numbers of the sentences that speak to a model: "ignore previous instructions", "in your response, ...".

    Phrases alone are looked at, so a question or an order that a reader could be given too is not told.
    """
    return frozenset(
        sentence.number
        for sentence in article.sentences
        if addresses_model(article.text[sentence.start : sentence.end], article.language)
    )


def addresses_model(text: str, language: str) -> bool:
    """Whether a sentence speaks to a model; English phrases count in every language."""
    return _pattern(primary(language)).search(_fold(text).lower()) is not None


def _fold(text: str) -> str:
    """The text with letters in disguise (full-width, mathematical) as plain ones, and plain apostrophes."""
    return unicodedata.normalize("NFKC", text).replace("’", "'")


@cache
def _pattern(code: str) -> re.Pattern[str]:
    """The phrases of the language, and those of English and of chat templates, which attacks in all languages use."""
    phrases = {phrase for name in {"mul", "en", code} for phrase in table(name, "instructions").get("phrases", ())}
    # Phrases of a sentence's or a word's beginning are tried there alone, and not at every character.
    starting = {start: [phrase for phrase in phrases if phrase.startswith(start)] for start in ("^", r"\b")}
    others = phrases.difference(*starting.values())
    tried = {**{start: sorted(found) for start, found in starting.items()}, "": sorted(others)}
    return re.compile("|".join(f"{start}(?:{'|'.join(map(_lower, found))})" for start, found in tried.items()))


def _lower(phrase: str) -> str:
    """The expression for lower case, in which it is searched three times as fast as with no regard to case."""
    return re.sub(r"\\.|[^\\]+", lambda part: part[0] if part[0].startswith("\\") else part[0].lower(), phrase)
