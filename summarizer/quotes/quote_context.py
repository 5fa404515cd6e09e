"""Scene: an article as the search for speakers sees it, with where names stand outside of quotations."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.article import Article
from summarizer.names.entities import Name
from summarizer.text.gazetteer import Gazetteer, gazetteer
from summarizer.text.quotations import Quotation, paragraph_spans
from summarizer.text.reporting_words import Cues, cues
from summarizer.text.terms import stop_words


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: a name with its role, or only what the article calls somebody without a name."""

    name: str | None
    role: str | None


NOBODY = Speaker(None, None)


@dataclass(frozen=True, slots=True)
class PreviousSpeech:
    """The speech before: whose it was, and where it ended."""

    speaker: Speaker = NOBODY
    end: int = 0


def named(name: Name) -> Speaker:
    """The speaker with this name."""
    return Speaker(name.text, name.role)


@dataclass(frozen=True, slots=True)
class NameMention:
    """Where a name stands."""

    start: int
    end: int
    name: Name

    @property
    def can_speak(self) -> bool:
        return self.name.type in ("person", "organization", None)


class QuoteContext:
    """An article with its quotations and names, and what lies before and around an offset in it."""

    def __init__(self, article: Article, quotations: Sequence[Quotation], names: Sequence[Name]) -> None:
        self.text = article.text
        self.cues: Cues = cues(article.language)
        self.known: Gazetteer = gazetteer(article.language)
        self.stop = stop_words(article.language)
        self.quotations = quotations
        self.people = frozenset(name.text for name in names if name.type == "person")
        self.paragraphs = paragraph_spans(article)
        self.stops = [s.end for s in article.sentences if not self.text[s.end : s.end + 3].lstrip()[:1].islower()]
        places = [NameMention(mention.start, mention.end, name) for name in names for mention in name.mentions]
        self.places = sorted(_outside(quotations, places), key=lambda place: place.start)
        self.starts = [place.start for place in self.places]

    def is_person(self, speaker: Speaker) -> bool:
        """Whether a speaker is somebody with a name."""
        return speaker.name in self.people

    def words(self, start: int, end: int) -> list[re.Match[str]]:
        """The words between two offsets."""
        return list(self.cues.word.finditer(self.text, start, end))

    def names(self, start: int, end: int) -> list[NameMention]:
        """The names that begin between two offsets."""
        return self.places[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def sentence_end(self, at: int) -> int:
        """Where the sentence ends that goes on at `at`; one before a small letter has not ended."""
        index = bisect_right(self.stops, at)
        return self.stops[index] if index < len(self.stops) else len(self.text)

    def sentence_start(self, at: int) -> int:
        """Where the sentence that holds `at` begins."""
        index = bisect_right(self.stops, at)
        return self.stops[index - 1] if index else 0

    def paragraph_start(self, at: int) -> int:
        """Where the paragraph begins that holds `at`."""
        return self.paragraphs[max(0, bisect_right(self.paragraphs, at, key=lambda span: span[0]) - 1)][0]

    def is_whole(self, quotation: Quotation) -> bool:
        """Whether a paragraph is all quotation."""
        start, end = self.paragraphs[quotation.paragraph - 1]
        return quotation.opened - start < 2 and end - quotation.closed < 3

    def opening_before(self, at: int) -> int:
        """Where the quotation opens that ends before `at` in its sentence, or the sentence itself begins."""
        start = self.sentence_start(at)
        opened = [quotation.opened for quotation in self.quotations if start <= quotation.closed <= at]
        return min([start, *opened]) if opened else start

    def is_possessive(self, place: NameMention) -> bool:
        """Whether a name only tells whose the next word is: `Okafor's report`."""
        return self.text[place.end : place.end + 2] in ("'s", "’s", "' ", "’ ")


def _outside(quotations: Sequence[Quotation], places: Sequence[NameMention]) -> Iterator[NameMention]:
    """Names in the article's own words: who is spoken of does not speak."""
    for place in places:
        at = bisect_right(quotations, place.start, key=lambda quotation: quotation.start) - 1
        if at < 0 or place.start >= quotations[at].end:
            yield place
