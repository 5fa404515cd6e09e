"""Segments: the sentences of two versions cut at the same places, so that a comma for a full stop, or other quotation
marks, make no other sentences."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

from summarizer.article import Article, is_unspaced
from summarizer.text.words import WORD, fold
from summarizer.versions.version import Statement, Version

PUT_IN = 3
"""Words that may stand in the place of a full stop: "lost and a third was" for "lost. A third was"."""

LARGEST = 4_000_000
"""Words of the one times words of the other from which on what differs is too much to be looked at word by word."""


@dataclass(frozen=True, slots=True)
class Segments:
    """The statements of both versions."""

    old: tuple[Statement, ...]
    new: tuple[Statement, ...]


def segments_of(old: Version, new: Version) -> Segments:
    """The statements of two articles, those joined that are one in the other; of two records as they are."""
    if not isinstance(old.of, Article) or not isinstance(new.of, Article):
        return Segments(old.statements, new.statements)
    before, after = [*map(words_of, old.statements)], [*map(words_of, new.statements)]
    cuts_old, cuts_new = set[int](), set[int]()
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "replace":
            one, other = before[i:j], after[k:m]
            cuts_old |= {i + at for at in _joints(one, other)}
            cuts_new |= {k + at for at in _joints(other, one)}
    return Segments(_joined(old, cuts_old), _joined(new, cuts_new))


def words_of(statement: Statement) -> tuple[str, ...]:
    """Folded; of a script without spaces the characters."""
    words = WORD.findall(fold(statement.text))
    return tuple(part for word in words for part in (word if is_unspaced(word[0]) else (word,)))


def _joints(sentences: Sequence[tuple[str, ...]], others: Sequence[tuple[str, ...]]) -> Iterator[int]:
    """The numbers of the sentences that go on, in the other version, in the sentence of the one before them."""
    words, theirs = [[word for each in side for word in each] for side in (sentences, others)]
    if len(words) * len(theirs) > LARGEST:
        return
    ends = [*accumulate(map(len, others))]
    blocks = SequenceMatcher(None, words, theirs, autojunk=False).get_matching_blocks()
    place = {block.a + at: block.b + at for block in blocks for at in range(block.size)}
    for number, start in enumerate(accumulate(map(len, sentences[:-1])), 1):
        last, first = place.get(start - 1, -PUT_IN), place.get(start, len(theirs))
        is_near = last >= 0 and first < len(theirs) and first - last <= PUT_IN + 1
        if is_near and bisect_right(ends, last) == bisect_right(ends, first):
            yield number


def _joined(version: Version, joints: set[int]) -> tuple[Statement, ...]:
    """The statements, those with these numbers as one with that before them."""
    joined: list[Statement] = []
    for number, statement in enumerate(version.statements):
        if number in joints and joined:
            statement = version.stretch(joined.pop().spans[0].start, statement.spans[0].end)
        joined.append(statement)
    return tuple(joined)
