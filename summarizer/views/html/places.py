"""Places in the article as a page knows them: sentences by their elements, and stretches of those in a browser's
own count of characters."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from summarizer.article import TITLE_NUMBER, Article, Sentence, Span, TitleSpan


@dataclass(frozen=True)
class Piece:
    """From where to where a span lies in a sentence, in UTF-16 code units, as scripts count."""

    place: int
    """Of the sentence: 0 for the title, then in the order of the article; kept pieces lack numbers, or share them."""
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.place}:{self.start}-{self.end}"


@dataclass(frozen=True)
class Places:
    """The sentences of one article by their places."""

    article: Article

    def pieces(self, spans: Iterable[Span]) -> tuple[Piece, ...]:
        """The stretches of sentences that the spans cover, each once."""
        return tuple(dict.fromkeys(piece for span in spans for piece in self._pieces(span)))

    def number(self, place: int) -> int:
        """By which readers know the sentence."""
        return self.article.sentences[place - 1].number if place else TITLE_NUMBER

    def _pieces(self, span: Span) -> Iterator[Piece]:
        if isinstance(span, TitleSpan):
            if self.article.title:
                yield _piece(TITLE_NUMBER, self.article.title, span.start, span.end)
            return
        first = max(0, bisect.bisect_right(self._starts, span.start) - 1)
        for place in range(first, bisect.bisect_left(self._starts, span.end)):
            sentence = self.article.sentences[place]
            if span.start < sentence.end:
                yield self._within(place + 1, sentence, span)

    def _within(self, place: int, sentence: Sentence, span: Span) -> Piece:
        words = self.article.text[sentence.start : sentence.end]
        return _piece(place, words, span.start - sentence.start, span.end - sentence.start)

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.article.sentences]


def _piece(place: int, words: str, start: int, end: int) -> Piece:
    return Piece(place, _units(words[: max(0, start)]), _units(words[: max(0, end)]))


def _units(words: str) -> int:
    """Its length in UTF-16."""
    return len(words) + sum(character > "\uffff" for character in words)
