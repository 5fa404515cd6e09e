"""Capital letters in a text: the words with one that stand side by side, and whether capitals tell anything in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.checking.vocabulary import has_capital
from summarizer.text.words import JOINED

TITLE_CASE = 0.6
"""Share of words with a capital from which on capitals tell nothing: a headline in title case."""

CapitalRun = list[re.Match[str]]
"""Words with capitals that stand side by side."""


def is_title_case(text: str) -> bool:
    """Whether most words have a capital, as in some headlines."""
    words = JOINED.findall(text)
    return len(words) > 4 and sum(map(has_capital, words)) >= TITLE_CASE * len(words)


def capital_runs(text: str) -> Iterator[CapitalRun]:
    """The runs of words with capitals, in order."""
    run: CapitalRun = []
    for word in JOINED.finditer(text):
        if run and text[run[-1].end() : word.start()] != " ":
            yield run
            run = []
        if has_capital(word.group()):
            run.append(word)
        elif run:
            yield run
            run = []
    if run:
        yield run
