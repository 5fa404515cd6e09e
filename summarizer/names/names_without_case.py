"""Uncased names: people in scripts without capital letters, found by the office that stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from summarizer.article import Article
from summarizer.languages.language import language_of
from summarizer.text.words import any_of


@dataclass(frozen=True, slots=True)
class Uncased:
    """Somebody's name, the role beside it, and the places where the name stands."""

    text: str
    role: str | None
    places: tuple[tuple[int, int], ...]


def find_uncased(article: Article, skipped: frozenset[int]) -> Iterator[Uncased]:
    """People with a role in the order in which it is said; nobody in languages without patterns for it."""
    roles: dict[str, str | None] = {}
    titles = language_of(article.language).names.titles
    read = [sentence for sentence in article.sentences if sentence.number not in skipped]
    for pattern in _patterns(article.language):
        for sentence in read:
            for match in pattern.finditer(article.text, sentence.start, sentence.end):
                role = None if match["role"] in titles else match["role"]
                roles[match["name"]] = roles.get(match["name"]) or role
    for name, role in roles.items():
        spans = (mention.span() for mention in re.finditer(re.escape(name), article.text))
        places = tuple(span for span in spans if _is_read(article, span[0], skipped))
        yield Uncased(name, role, places)


def _is_read(article: Article, at: int, skipped: frozenset[int]) -> bool:
    sentence = article.sentence_at(at)
    return sentence is not None and sentence.number not in skipped


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of a language; ROLE in them stands for any of its offices."""
    names = language_of(language).names
    return tuple(re.compile(pattern.replace("ROLE", f"(?:{any_of(names.roles)})")) for pattern in names.people)
