"""Hard-wrapped lines, as in mail and old text files, joined again into the paragraphs they were."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass

from summarizer.reading.characters.offset_map import Edit, MappedText
from summarizer.text.sentence_ends import END

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
    hyphen: int
    """Where the last character of the line stands."""
    before: str
    after: str

    @property
    def ends_sentence(self) -> bool:
        return END.search(self.before) is not None

    @property
    def is_within_sentence(self) -> bool:
        """Whether the line ends with a comma, or within a word."""
        return self.before.endswith(",") or (bool(_PARTED.search(self.before)) and self.after[:1].islower())

    def is_full(self, width: int) -> bool:
        """Whether the next word would not have fitted; an unspaced script has no words to wrap at."""
        word = re.match(r"\S{0,20}", self.after)
        return len(self.before) + 1 + (len(word[0]) if word else 0) > width


def unwrap(source: MappedText) -> MappedText:
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
    whole = re.sub(r"(?<![^\W\d_])[^\W\d_]++[-\u2010\xad][ \t]*+\n[ \t]*+[^\W\d_]++", " ", source.text.lower())
    words = frozenset(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", whole))
    joined = (line_break for line_break in breaks if line_break in full or line_break.is_within_sentence)
    return source.edit(_joint(line_break, words) for line_break in joined)


def _joint(line_break: _Break, words: Set[str]) -> Edit:
    """A space, or nothing where a word was parted; its hyphen stays where the word has one elsewhere."""
    parted = _PARTED.search(line_break.before)
    rest = _REST.match(line_break.after)
    if parted is None or rest is None or rest[0].lower() in _SUSPENDING:
        return Edit(line_break.at, line_break.at + 1, " ")
    left, right = parted["left"].lower(), rest[0].lower()
    is_compound = f"{left}-{right}" in words or (left in words and right in words and left + right not in words)
    if is_compound or not rest[0][0].islower():
        return Edit(line_break.at, line_break.at + 1)
    return Edit(line_break.hyphen, line_break.at + 1, rule="char.hyphen")


_PARTED = re.compile(r"(?<![^\W\d_])(?P<left>[^\W\d_]{2,}+)[-\u2010\xad]$")
_REST = re.compile(r"[^\W\d_]{2,}")
_SUSPENDING = frozenset(
    ("and", "or", "to", "und", "oder", "bis", "et", "ou", "y", "o", "e", "en", "of", "och", "og", "eller")
)


def _breaks(text: str) -> list[_Break]:
    found, at, last, before = [], 0, 0, ""
    for line in text.split("\n"):
        after = line.strip()
        if before and after:
            found.append(_Break(at - 1, last, before, after))
        before, last = after, at + len(line.rstrip()) - 1
        at += len(line) + 1
    return found
