"""Hard-wrapped lines, as in mail and old text files, joined again into the paragraphs they were."""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarizer.reading.traced import Edit, Traced

FEWEST_BREAKS = 3
NARROWEST, WIDEST = 40, 100
"""Characters a wrapped line may have at most; a paragraph a line is longer."""
FULL_SHARE = 0.6
"""Of the breaks within a block, those that stand where the next word did not fit."""
SENTENCE_SHARE = 0.4
"""A text more of whose lines end as sentences is not wrapped: it has a paragraph a line."""


@dataclass(frozen=True, slots=True)
class _Break:
    """A line feed between two lines of a block, and what stands on either side of it."""

    at: int
    before: str
    after: str

    @property
    def ends_sentence(self) -> bool:
        return bool(re.search(r"[.!?…。！？][\"'”’»)」]*$", self.before))

    def is_full(self, width: int) -> bool:
        """Whether the next word would not have fitted; an unspaced script has no words to wrap at."""
        word = re.match(r"\S{0,20}", self.after)
        return len(self.before) + 1 + (len(word[0]) if word else 0) > width


def unwrapped(source: Traced) -> Traced:
    """The text with the line feeds of a hard wrap made spaces; as it was if it is not wrapped."""
    breaks = _breaks(source.text)
    if len(breaks) < FEWEST_BREAKS:
        return source
    width = sorted(len(line_break.before) for line_break in breaks)[int(0.95 * (len(breaks) - 1))]
    full = [line_break for line_break in breaks if line_break.is_full(width)]
    sentences = sum(line_break.ends_sentence for line_break in breaks)
    wrapped = len(full) >= FULL_SHARE * len(breaks) and sentences <= SENTENCE_SHARE * len(breaks)
    if not (wrapped and NARROWEST <= width <= WIDEST):
        return source
    return source.edit(Edit(line_break.at, line_break.at + 1, " ") for line_break in full)


def _breaks(text: str) -> list[_Break]:
    found, at, before = [], 0, ""
    for line in text.split("\n"):
        after = line.strip()
        if before and after:
            found.append(_Break(at - 1, before, after))
        before = after
        at += len(line) + 1
    return found
