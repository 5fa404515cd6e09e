"""The paragraphs of an extracted article that are none of its text, each with the rule that says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.reading.header.bylines import is_bio
from summarizer.reading.header.header import read_header
from summarizer.reading.header.metadata import Metadata
from summarizer.reading.header.publication_dates import opening_date
from summarizer.reading.pasted.line_context import is_prose
from summarizer.reading.pasted.line_rules import PageLine, line_rule
from summarizer.text.words import WORD

TOP, BOTTOM = 6, 4
"""Paragraphs among which a title, a byline and a date may stand, and those in which the authors are described."""
LIKENESS = 0.7
"""Words shared with the title (Dice) by a line that says it again: pages vary their headline in its tags."""


@dataclass(frozen=True, slots=True)
class SiftedParagraphs:
    """For each paragraph the rule that drops it, or None, and what the paragraphs say of authors and dates."""

    rules: tuple[str | None, ...]
    said: Metadata


def judge(paragraphs: Sequence[str], metadata: Metadata) -> SiftedParagraphs:
    """What goes: junk by its own words, at the top what says the title, the authors or the date once more, and at the
    end what says who the authors are. A page of nothing else keeps it all."""
    lines = [PageLine(0, len(paragraph), paragraph) for paragraph in paragraphs]
    top = _top(lines, metadata.title)
    header = read_header([line.text for line in top], [], [])

    def rule(i: int, line: PageLine) -> str | None:
        if i < len(top):
            return line_rule(line) or ("title" if _is_title(line, metadata.title) else header.rules.get(i))
        is_last = i >= len(lines) - BOTTOM
        return line_rule(line) or ("bio" if is_last and is_bio(line.text, metadata.authors) else None)

    rules = tuple(rule(i, line) for i, line in enumerate(lines))
    dateline = opening_date(lines[len(top)].text) if len(top) < len(lines) else None
    said = header.metadata.or_else(Metadata(published=dateline))
    return SiftedParagraphs(rules if None in rules else (None,) * len(rules), said)


def _top(lines: Sequence[PageLine], title: str | None) -> Sequence[PageLine]:
    """The lines before the first prose that is not the title."""
    body = (i for i, line in enumerate(lines[:TOP]) if is_prose(line) and not _is_title(line, title))
    return lines[: next(body, TOP)]


def _is_title(line: PageLine, title: str | None) -> bool:
    words, others = (Counter(WORD.findall(text.lower())) for text in (line.text, title or ""))
    return 2 * (words & others).total() > LIKENESS * (words.total() + others.total())
