"""Wording: two texts as one, with what was taken out and what was put in at its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from summarizer.article import is_unspaced
from summarizer.versions.tokens import Token, Tokenizer

_TAIL = re.compile(r"(?<![^\w%€$£¥₹])[^\w%€$£¥₹]+$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch that stands in one of the two texts alone, or in both."""

    text: str
    kind: Literal["same", "old", "new"]


def pieces(old: str, new: str, language: str) -> Iterator[Piece]:
    """The new text with what was taken out at its place; what lies between two words goes with the one before it."""
    tokenizer = Tokenizer.knowing(language, ())
    before, after = tokenizer.tokens(old), tokenizer.tokens(new)
    matcher = SequenceMatcher(None, [token.key for token in before], [token.key for token in after], autojunk=False)
    last = ""
    for tag, i, j, k, m in matcher.get_opcodes():
        gone, come = (_stretch(old, before, i, j) if tag != "equal" else ""), _stretch(new, after, k, m)
        tail = _shared_tail(gone, come)
        stretches = (
            Piece(gone[: len(gone) - len(tail)], "old"),
            Piece(come[: len(come) - len(tail)], "same" if tag == "equal" else "new"),
            Piece(tail, "same"),
        )
        for piece in stretches:
            if piece.text:
                yield from (Piece(" ", "same") for _ in range(_lacks_space(last, piece.text)))
                yield piece
                last = piece.text


def _shared_tail(gone: str, come: str) -> str:
    """What stands behind the last word of both: a full stop is not struck out to be put in again."""
    tail = _TAIL.search(gone)
    return tail[0] if tail and gone != tail[0] and come.endswith(tail[0]) and come != tail[0] else ""


def _lacks_space(before: str, behind: str) -> bool:
    """Whether a word would run into the next, each being of another text."""
    return before[-1:].isalnum() and behind[:1].isalnum() and not is_unspaced(behind[0])


def _stretch(text: str, tokens: Sequence[Token], first: int, last: int) -> str:
    if first == last:
        return ""
    start = tokens[first].start if first else 0
    return text[start : tokens[last].start if last < len(tokens) else len(text)]
