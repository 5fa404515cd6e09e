"""The paragraphs of an extracted article that are none of its text, each with the rule that says so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from summarizer.reading.header import read_header
from summarizer.reading.lines import Line, line_rule
from summarizer.reading.metadata import Metadata
from summarizer.reading.page import is_prose

TOP = 6
"""Paragraphs among which a title, a byline and a date may stand."""
LIKENESS = 0.7
"""Words shared with the title (Dice) by a line that says it again: pages vary their headline in its tags."""


def paragraph_rules(paragraphs: Sequence[str], metadata: Metadata) -> list[str | None]:
    """For each paragraph the rule that drops it, or None: junk by its own words, or at the top, saying the title, the
    authors or the date once more. A page of nothing else keeps it all."""
    lines = [Line(0, len(paragraph), paragraph) for paragraph in paragraphs]
    rules = [line_rule(line) for line in lines]
    top = _top(lines, metadata.title)
    said = read_header([line.text for line in top], [], frozenset()).rules
    for i, line in enumerate(top):
        rules[i] = rules[i] or ("title" if _is_title(line, metadata.title) else said.get(i))
    return rules if None in rules else [None] * len(rules)


def _top(lines: Sequence[Line], title: str | None) -> Sequence[Line]:
    """The lines before the first prose that is not the title."""
    body = (i for i, line in enumerate(lines[:TOP]) if is_prose(line) and not _is_title(line, title))
    return lines[: next(body, TOP)]


def _is_title(line: Line, title: str | None) -> bool:
    words, others = (Counter(re.findall(r"\w+", text.lower())) for text in (line.text, title or ""))
    return 2 * (words & others).total() > LIKENESS * (words.total() + others.total())
