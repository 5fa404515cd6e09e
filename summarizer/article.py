"""The article as it was read: clean text, numbered sentences, and the way back to the original."""

from __future__ import annotations

import bisect
import hashlib
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Status = Literal["ok", "too_short", "not_an_article", "paywalled", "refused", "filtered"]


TITLE_NUMBER = 0
"""By which the title is cited, as sentences are by theirs."""


class Span(BaseModel):
    """A stretch of `Article.text`: `article.text[span.start:span.end] == span.text`."""

    model_config = ConfigDict(frozen=True)

    start: int
    end: int
    text: str
    sentence: int | None = None
    """Number of the sentence in which it begins; null in records that were written before there was one."""
    last_sentence: int | None = Field(default=None, exclude_if=lambda number: number is None)
    """Number of the one in which it ends; only there where that is another."""


class TitleSpan(Span):
    """A stretch of `Article.title`: `article.title[span.start:span.end] == span.text`."""

    sentence: int | None = TITLE_NUMBER
    of: Literal["title"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the clean text. Numbers start at 1, paragraphs too."""

    number: int
    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Segment:
    """`length` characters at `start` in the clean text stand for `original_length` at `original_start` in the
    original. Where the lengths are equal the characters correspond one to one."""

    start: int
    length: int
    original_start: int
    original_length: int


@dataclass(frozen=True, slots=True)
class Removed:
    """Something that was in the source and is not in the clean text, and the rule that took it out.

    `start` and `end` are offsets in `Article.original`; None for HTML, whose source has no such offsets.
    """

    rule: str
    text: str
    start: int | None = None
    end: int | None = None
    is_prose: bool = False
    """Whether a reader saw it, and it is long enough for a sentence of running text."""


@dataclass(frozen=True)
class Article:
    """A read article. `reading.read_article` makes it; nothing changes it afterwards.

    `original` is the decoded source of a text input, and `segments` lead from `text` to it; for HTML both
    are empty. Paragraphs of `text` are parted by a blank line. Dates are ISO 8601 as the source gives them.
    """

    text: str
    sentences: tuple[Sentence, ...]
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    site: str | None = None
    url: str | None = None
    language: str = "und"
    """BCP-47; `und` when no language could be told."""
    genre: str | None = None
    """What the source calls itself: news, opinion, analysis, review, interview, obituary, live or release."""
    doubtful: frozenset[int] = frozenset()
    """Numbers of the sentences that may be no part of the article but of the page it was copied from: an advert, a
    teaser, a comment. Rules choose none of them, and a model is told which they are."""
    status: Status = "ok"
    status_reason: str | None = None
    removed: tuple[Removed, ...] = ()
    original: str = ""
    segments: tuple[Segment, ...] = field(default=(), repr=False)

    @property
    def dated(self) -> str | None:
        """What weekdays and days without a year are told by: the date of publication, else of the last change."""
        return self.published or self.modified

    def sentence(self, number: int) -> Sentence:
        """The sentence with this number; IndexError when there is none."""
        if not 1 <= number <= len(self.sentences):
            raise IndexError(f"sentence {number} does not exist; the article has 1 to {len(self.sentences)}")
        return self.sentences[number - 1]

    def span(self, start: int, end: int) -> Span:
        """The stretch from `start` to `end` with its text and the sentences that it lies in."""
        first, last = self.sentence_at(start), self.sentence_at(max(start, end - 1))
        return Span(
            start=start,
            end=end,
            text=self.text[start:end],
            sentence=first.number if first else None,
            last_sentence=last.number if first and last and last is not first else None,
        )

    def sentence_text(self, number: int) -> str:
        """The text of the sentence with this number."""
        sentence = self.sentence(number)
        return self.text[sentence.start : sentence.end]

    @property
    def title_span(self) -> TitleSpan | None:
        """The whole title; None without one."""
        return TitleSpan(start=0, end=len(self.title), text=self.title, of="title") if self.title else None

    def number_of(self, span: Span) -> int | None:
        """The number of the sentence where a span begins, that of the title; None between sentences."""
        if isinstance(span, TitleSpan):
            return TITLE_NUMBER
        sentence = self.sentence_at(span.start)
        return sentence.number if sentence else None

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds the character at `offset`; None between sentences."""
        at = bisect.bisect_right(self._starts, offset) - 1
        return self.sentences[at] if at >= 0 and offset < self.sentences[at].end else None

    def origin(self, offset: int) -> int | None:
        """Where the character at `offset` of `text` stands in `original`; None for HTML and for the blank
        line that joins two paragraphs."""
        at = bisect.bisect_right(self.segments, offset, key=lambda segment: segment.start) - 1
        if at < 0:
            return None
        segment = self.segments[at]
        inside = offset - segment.start
        if inside >= segment.length:
            return None
        return segment.original_start + (inside if segment.length == segment.original_length else 0)

    @cached_property
    def words(self) -> int:
        """Words of the text; in scripts without spaces two characters count as one."""
        return count_words(self.text)

    @cached_property
    def sha256(self) -> str:
        """Hash of title and text: the identity of what a model is shown."""
        doubts = f"\n{sorted(self.doubtful)}" if self.doubtful else ""
        return hashlib.sha256(f"{self.title or ''}\n{self.text}{doubts}".encode()).hexdigest()

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]


_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]+")


def is_unspaced(character: str) -> bool:
    """Whether the character belongs to a script that is written without spaces between words."""
    return _UNSPACED.match(character) is not None


def unspaced_in(text: str) -> str:
    """The characters of `text` that belong to such scripts."""
    return "" if text.isascii() else "".join(_UNSPACED.findall(text))


def count_words(text: str) -> int:
    """Words of `text`; in scripts without spaces two characters count as one."""
    return len(text.split()) + len(unspaced_in(text)) // 2
