"""Live blogs: short posts one below the other, each under its hour."""

from __future__ import annotations

import re
from itertools import pairwise

from summarizer.reading.header.publication_dates import date_in_line
from summarizer.reading.pasted.line_context import UNLIKE, LabelledLines, is_prose

FEWEST_POSTS = 4
LONGEST_STAMP = 6
"""Words of a line that says the hour of a post."""
LONGEST_SHORT_POST = 8
"""Lines of a post without prose that may stand above the first post with prose."""
PROSE_SHARE = 0.6
"""Of the posts, those that hold a line of prose: in a list of headlines with their hours none does."""


def posts_of(page: LabelledLines) -> range | None:
    """The lines of a live blog from its first post to its last prose; None when there is none."""
    stamps = _stamps(page)
    posts = [range(start, end) for start, end in pairwise([*stamps, len(page.lines)])]
    prose = [any(_is_prose(page, i) for i in post) for post in posts]
    if len(posts) < FEWEST_POSTS or sum(prose) < PROSE_SHARE * len(posts):
        return None
    first = prose.index(True)
    while first > 0 and len(posts[first - 1]) <= LONGEST_SHORT_POST:
        first -= 1
    return range(stamps[first], 1 + max(i for i in range(len(page.lines)) if _is_prose(page, i)))


def _is_prose(page: LabelledLines, i: int) -> bool:
    return is_prose(page.lines[i]) and (page.rules[i] is None or page.rules[i] in UNLIKE)


def _stamps(page: LabelledLines) -> list[int]:
    """The numbers of the lines that say an hour, and a date at most, outside of lists of other texts."""
    return [
        i
        for i, line in enumerate(page.lines)
        if line.words <= LONGEST_STAMP
        and page.rules[i] != "section"
        and re.match(r"\W*\d{1,2} ?[:.h時时시]", line.text)
        and date_in_line(line.text)
    ]
