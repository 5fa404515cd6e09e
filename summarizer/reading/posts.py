"""Live blogs: short posts one below the other, each under its hour."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from summarizer.reading.datelines import date_in_line
from summarizer.reading.page import PageLines

FEWEST_POSTS = 4
LONGEST_STAMP = 6
"""Words of a line that says the hour of a post."""
PROSE_SHARE = 0.6
"""Of the posts, those that hold a line of prose: in a list of headlines with their hours none does."""


def keep_posts(page: PageLines, doubtful: Sequence[str]) -> int | None:
    """Keeps every line of a live blog that only its place, its neighbours or its likeness speak against, those of the
    rules `doubtful`. The number of the line at which the posts begin; None when there are none."""
    stamps = _stamps(page)
    prose = [any(page.prose[start:end]) for start, end in pairwise([*stamps, len(page.lines)])]
    if len(stamps) < FEWEST_POSTS or sum(prose) < PROSE_SHARE * len(stamps):
        return None
    first = stamps[prose.index(True)]
    last = max(i for i, is_prose in enumerate(page.prose) if is_prose)
    for i in range(first, last + 1):
        if page.rules[i] in doubtful:
            page.rules[i] = None
    return first


def _stamps(page: PageLines) -> list[int]:
    """The numbers of the lines that say an hour, and a date at most, but for those under a heading for other texts."""
    return [
        i
        for i, line in enumerate(page.lines)
        if line.words <= LONGEST_STAMP
        and page.rules[i] != "section"
        and re.match(r"\W*\d{1,2} ?[:.h時时시]", line.text)
        and date_in_line(line.text)
    ]
