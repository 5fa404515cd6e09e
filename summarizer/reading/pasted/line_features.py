"""What can be seen of a line in a copied page, as numbers."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from summarizer.reading.header.titles import can_be_title, content_words
from summarizer.reading.pasted.line_context import LONG_WORDS, LabelledLines
from summarizer.reading.pasted.line_rules import PageLine

REACH = 24
"""Lines below a title in which its article takes its words up."""
LONGEST_STAMP = 14
"""Words."""

_STAMP = re.compile(
    r"\b\d{1,2}:\d\d\b"
    r"|\b\d+ ?(?:h|m|d|hrs?|hours?|minutes?|mins?|days?|weeks?|months?|years?) ago\b"
    r"|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d\b"
    r"|^\d+[hmd]$",
    re.IGNORECASE,
)


def traits(page: LabelledLines, suspicions: Sequence[str | None]) -> list[dict[str, float]]:
    """The traits of each line. `suspicions` are the rules that the lines fall under if the page's rules for many
    lines are believed.

    Lines with a date or an hour part teasers and comments from each other; an article has one or two at its top.
    """
    view = _View.of(page)
    return [
        {
            "words": math.log1p(line.words),
            "long": line.words >= LONG_WORDS,
            "digits": sum(map(str.isdigit, line.text)) / len(line.text),
            "repeated": view.copies[line.text] > 1,
            "before_prose": not view.prose[i],
            "prose": page.prose[i] and suspicions[i] is None,
            "in_section": suspicions[i] == "section",
            "in_list": suspicions[i] == "list",
            "stamps_above": view.stamps_between(i - 4, i),
            "stamps_around": view.stamps_between(i - 6, i + 7),
            **_place_of(i, view),
        }
        for i, line in enumerate(page.lines)
    ]


def _place_of(i: int, view: _View) -> dict[str, float]:
    """Where the line stands towards the title; far below it when there is none."""
    title = view.title
    if title is None:
        return {"above_title": 0, "lines_from_title": 3, "stamps_from_title": 0}
    return {
        "above_title": i < title,
        "lines_from_title": math.log1p(max(0, i - title)),
        "stamps_from_title": math.log1p(view.stamps_between(title, i)),
    }


@dataclass(frozen=True)
class _View:
    """What the traits of every line are read off."""

    copies: Counter[str]
    prose: list[int]
    """Words of prose before each line, and in all."""
    stamps: list[int]
    """Stamps before each line, and in all."""
    title: int | None

    @classmethod
    def of(cls, page: LabelledLines) -> _View:
        words = (line.words if prose else 0 for line, prose in zip(page.lines, page.prose, strict=True))
        weights = [0, *accumulate(words)]
        stamps = [0, *accumulate(map(is_stamp, page.lines))]
        copies = Counter(line.text for line in page.lines)
        return cls(copies, weights, stamps, guess_title(page, weights))

    def stamps_between(self, start: int, end: int) -> int:
        """Stamps in the lines from `start` up to `end`, as far as there are such."""
        last = len(self.stamps) - 1
        start = max(0, start)
        return max(0, self.stamps[min(end, last)] - self.stamps[start]) if end > start else 0


def is_stamp(line: PageLine) -> bool:
    return line.words <= LONGEST_STAMP and bool(_STAMP.search(line.text))


def guess_title(page: LabelledLines, weights: Sequence[int]) -> int | None:
    """The line whose words the prose below it takes up most, where much of the prose stands below it."""
    places = _places(page)
    best, most = None, 0.0
    for i, line in enumerate(page.lines):
        if page.prose[i] or not can_be_title(line.text):
            continue
        words = set(content_words(line.text))
        end = min(len(page.lines), i + REACH + 1)
        taken_up = sum(_is_between(places.get(word, ()), i, end) for word in words) / (len(words) + 1)
        score = taken_up * min(1, 3 * (weights[end] - weights[i]) / max(1, weights[-1]))
        if score > most:
            best, most = i, score
    return best


def _places(page: LabelledLines) -> dict[str, list[int]]:
    """The numbers of the lines of prose in which each word stands."""
    places = defaultdict(list)
    for i, line in enumerate(page.lines):
        for word in set(content_words(line.text)) if page.prose[i] else ():
            places[word].append(i)
    return places


def _is_between(places: Sequence[int], start: int, end: int) -> bool:
    at = bisect_right(places, start)
    return at < len(places) and places[at] < end
