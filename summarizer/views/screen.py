"""As much of a record as a screen holds: which rows go first where it is too long."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from summarizer.views.page import Block

LINES = 48
"""Of a screen, where there is none: in a pipe, in a file."""

_GO_FIRST = (
    ("quotes", 3),
    ("key_points", 6),
    ("findings", 5),
    ("data", 24),
    ("quotes", 2),
    ("key_points", 4),
    ("findings", 3),
    ("quotes", 1),
    ("key_points", 3),
    ("abstract", 0),
    ("quotes", 0),
    ("five_ws", 3),
    ("findings", 2),
    ("data", 3),
    ("key_points", 2),
    ("five_ws", 2),
    ("findings", 1),
    ("key_points", 1),
    ("five_ws", 1),
)
"""Blocks in the order in which they give up rows, each time down to this many."""

MAY_GO = {name for name, least in _GO_FIRST if not least}
"""Those that may be left out altogether."""

_OTHERS = 3
"""Rows that any other keeps, and it gives up the rest before them."""


@dataclass
class Screen:
    """Room for blocks, with an empty line between them."""

    lines: int
    height: Callable[[Block], int]
    """Of a block, in lines."""
    _heights: dict[tuple[str, int], int] = field(default_factory=dict)

    def fitted(self, blocks: Sequence[Block]) -> list[Block]:
        """The blocks, with as few rows less as it takes; one of none is left out."""
        held = {block.name: block for block in blocks}
        steps = (*((name, _OTHERS) for name in held if name not in dict(_GO_FIRST) and name != "header"), *_GO_FIRST)
        for name, least in steps:
            while name in held and len(held[name].rows) > least and self._taken(held) > self.lines:
                held[name] = held[name].with_room(len(held[name].rows) - 1)
        for name, _ in reversed(steps):  # a tall row that went may have left room for several
            while name in held and (more := _with_more(held[name])):
                if self._taken({**held, name: more}) > self.lines:
                    break
                held[name] = more
        return [block for block in held.values() if block.rows]

    def _taken(self, blocks: dict[str, Block]) -> int:
        return sum(self._height(block) + 1 for block in blocks.values() if block.rows) - 1

    def _height(self, block: Block) -> int:
        key = block.name, len(block.rows)
        if key not in self._heights:
            self._heights[key] = self.height(block)
        return self._heights[key]


def _with_more(block: Block) -> Block | None:
    """With one more of what was left out, if anything was."""
    shown = len(block.rows)
    return block.with_room(shown + 1) if shown < len(block.things) else None
