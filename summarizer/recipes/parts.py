"""Parts: an article too long for one request, cut at its paragraphs into stretches that overlap."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from summarizer.article import Sentence

Part = tuple[Sentence, ...]

OVERLAP = 0.1
"""Share of a part that repeats the end of the one before, so that who "she" is and who speaks is seen in both. A
choice: it costs as much of the tokens."""

FULL = 0.5
"""A part ends between two paragraphs if that leaves it at least so full, else between two sentences of one."""

TRIES = 8
"""Sizes that are tried for parts of the same size."""


def cut(sentences: Sequence[Sentence], costs: Sequence[int], size: int) -> list[Part]:
    """As few parts as hold all `sentences`, whose tokens are `costs`, none of more than `size` tokens unless it is
    one sentence; as even as can be, so that the last one is no scrap.

    Each part but the first repeats the last paragraphs of the one before, or its last sentences, within `OVERLAP`; at
    the least its last sentence, where that and the next one fit together.
    """
    parts = _filled(sentences, costs, size, size)
    least = min(size, sum(costs) // max(1, len(parts)))
    for at in range(TRIES):
        even = _filled(sentences, costs, size, least + (size - least) * at // TRIES)
        if len(even) == len(parts):
            return even
    return parts


def _filled(sentences: Sequence[Sentence], costs: Sequence[int], size: int, wanted: int) -> list[Part]:
    """Parts that are filled one after the other up to the size that is wanted, and never beyond `size`."""
    sums = [0, *accumulate(costs)]
    parts: list[Part] = []
    new = 0
    while new < len(sentences):
        first = _overlap(sentences, sums, new, size)
        end = max(new + 1, bisect_right(sums, sums[first] + wanted) - 1)
        if end < len(sentences):
            end = _border(sentences, new, end, lowest=bisect_left(sums, sums[first] + FULL * wanted))
        parts.append(tuple(sentences[first:end]))
        new = end
    return parts


def _overlap(sentences: Sequence[Sentence], sums: Sequence[int], new: int, size: int) -> int:
    """Where the part begins whose first new sentence is `new`."""
    allowed = min(OVERLAP * size, size - (sums[new + 1] - sums[new]))
    earliest = bisect_left(sums, sums[new] - allowed, hi=new)
    paragraph = next((at for at in range(earliest, new) if _opens(sentences, at)), None)
    if paragraph is not None:
        return paragraph
    is_room = new and sums[new + 1] - sums[new - 1] <= size
    return min(earliest, new - 1) if is_room else new


def _border(sentences: Sequence[Sentence], new: int, end: int, lowest: int) -> int:
    """The last beginning of a paragraph up to `end`; `end` itself where there is none from `lowest` on."""
    return next((at for at in range(end, max(new, lowest - 1), -1) if _opens(sentences, at)), end)


def _opens(sentences: Sequence[Sentence], at: int) -> bool:
    return at == 0 or sentences[at].paragraph != sentences[at - 1].paragraph
