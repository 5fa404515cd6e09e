"""Paths: where a value stands in data, as `charges[0].name`, and what stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from summarizer.schemas.strict_form import ITEMS, Path

Steps = tuple[str | int, ...]

_STEP = re.compile(r"\[(\d+)\]|\.?([^.\[\]]+)")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value that holds no other, and its place."""

    steps: Steps
    value: Any


def leaves(data: Any, steps: Steps = ()) -> Iterator[Leaf]:
    """All values in JSON data that are something, in their order."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from leaves(value, (*steps, name))
    elif isinstance(data, list | tuple):
        for at, value in enumerate(data):
            yield from leaves(value, (*steps, at))
    elif data is not None:
        yield Leaf(steps, data)


def steps_of(path: str, data: Any) -> Steps | None:
    """The steps of a path that leads somewhere in `data`; None for one that does not.

    Also of what is meant beyond doubt: `$.charges[0]`, `data.charges[0]`, `charges.0`, `/charges/0`.
    """
    text = path.strip().replace("/", ".").removeprefix("$").strip(".")
    for candidate in (text, text.removeprefix("data").strip(".")):
        steps = _steps_in(candidate, data)
        if steps is not None:
            return steps
    return None


def _steps_in(text: str, data: Any) -> Steps | None:
    steps: list[str | int] = []
    for match in _STEP.finditer(text):
        name = match[2]
        if isinstance(data, list | tuple):
            number = match[1] or name
            if not number.isdecimal() or int(number) >= len(data):
                return None
            steps.append(int(number))
            data = data[int(number)]
        elif isinstance(data, dict) and name in data:
            steps.append(name)
            data = data[name]
        else:
            return None
    return tuple(steps) if "".join(match[0] for match in _STEP.finditer(text)) == text else None


def kind_of(steps: Steps) -> Path:
    """The place in the schema that a place in the data is of."""
    return tuple(ITEMS if isinstance(step, int) else step for step in steps)


def at_place(data: Any, place: Path) -> Iterator[Any]:
    """All values at a place of the schema."""
    if not place:
        yield data
    elif place[0] == ITEMS:
        for item in data if isinstance(data, list) else ():
            yield from at_place(item, place[1:])
    elif isinstance(data, dict) and data.get(place[0]) is not None:
        yield from at_place(data[place[0]], place[1:])
