"""Comparing: where two versions of one record differ, by paths."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from summarizer.desk.bodies import Agreement, Difference, Kept
from summarizer.record import SECTIONS, Content

EDITABLE = frozenset((*SECTIONS, "data", "evidence"))
"""What a person can change; the rest follows from it, or says how the record came to be."""


def differences(first: Content, second: Content) -> tuple[Difference, ...]:
    """The places where these differ: fields by their paths in the first, what only the second has by its own."""
    return tuple(_between(_said(first), _said(second), ""))


def agreement(first: Kept, second: Kept) -> Agreement:
    """How far two reviews of a record say the same."""
    contents = [Content.model_validate(each.value, extra="ignore") for each in (first, second)]
    ours, theirs = map(_statements, contents)
    return Agreement(
        between=(first.by, second.by),
        statements=len(ours | theirs),
        same=len(ours & theirs),
        differences=differences(*contents),
    )


def _said(content: Content) -> dict[str, Any]:
    """What a person has a say in, as JSON; where a name stands in the article is computed."""
    said = content.model_dump(mode="json", include={*EDITABLE})
    names = [{**name, "mentions": []} for name in said["entities"]]
    return {**said, "entities": names}


def _statements(content: Content) -> set[str]:
    """Each thing that is said, with its field."""
    said = _said(content)
    parts = ((name, each) for name, value in said.items() for each in _items(value))
    return {json.dumps(part, sort_keys=True) for part in parts}


def _items(value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        yield from value
    elif isinstance(value, dict) and "text" not in value:
        yield from ([name, each] for name, each in value.items() if each is not None)
    elif value is not None:
        yield value


def _between(first: Any, second: Any, path: str) -> Iterator[Difference]:
    if first == second:
        return
    if isinstance(first, dict) and isinstance(second, dict):
        for name in {**first, **second}:
            yield from _between(first.get(name), second.get(name), f"{path}.{name}".removeprefix("."))
    elif isinstance(first, list) and isinstance(second, list) and not path.endswith("evidence"):
        yield from _in_lists(first, second, path)
    else:
        yield Difference(path=path, first=first, second=second)


ALIKE = 0.6
"""Of two statements, from which on one counts as the other, changed: half of it is names of fields."""


def _paired(
    places: range, others: range, ours: list[str], theirs: list[str]
) -> Iterator[tuple[int | None, int | None]]:
    """Places of what differs: what is alike together, the rest alone, both in their order."""
    free = others.start
    for at in places:
        alike = ((there, SequenceMatcher(a=ours[at], b=theirs[there]).ratio()) for there in range(free, others.stop))
        there, ratio = max(alike, key=lambda pair: pair[1], default=(free, 0.0))
        if ratio < ALIKE:
            yield at, None
            continue
        yield from ((None, each) for each in range(free, there))
        yield at, there
        free = there + 1
    yield from ((None, each) for each in range(free, others.stop))


def _in_lists(first: list[Any], second: list[Any], path: str) -> Iterator[Difference]:
    """What stands in both is passed over, though it has moved up or down for what is new or gone."""
    ours, theirs = ([json.dumps(each, sort_keys=True) for each in items] for items in (first, second))
    for what, a, end_a, b, end_b in SequenceMatcher(a=ours, b=theirs, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        for at, there in _paired(range(a, end_a), range(b, end_b), ours, theirs):
            if at is not None and there is not None:
                yield from _between(first[at], second[there], f"{path}[{at}]")
            elif there is not None:
                yield Difference(path=f"{path}[{there}]", first=None, second=second[there])
            elif at is not None:
                yield Difference(path=f"{path}[{at}]", first=first[at], second=None)
