"""Data of a schema of one's own out of the parts of a long article: lists joined by their items' keys."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from summarizer.errors import path_of
from summarizer.record import Finding
from summarizer.schemas.paths import Steps, steps_of
from summarizer.schemas.schema import PathEvidence
from summarizer.text.words import fold

KEYS = ("id", "name", "title")
"""Fields by which things are known; without one the first text."""


class PartData(NamedTuple):
    """What one part of the article came to."""

    data: Any
    evidence: Sequence[PathEvidence]


@dataclass(frozen=True)
class MergedData:
    """One set of data, its evidence, and where the parts say different things."""

    data: Any
    evidence: tuple[PathEvidence, ...]
    findings: tuple[Finding, ...]


def merged_data(parts: Sequence[PartData]) -> MergedData:
    """The data of all parts: items of a list with the same key are one, of other values the first that is said."""
    merging = _Merging()
    data = merging.of([_Place(at, (), part.data) for at, part in enumerate(parts)], ())
    evidence = tuple(merging.moved_evidence(parts))
    return MergedData(data, evidence, tuple(merging.findings))


class _Place(NamedTuple):
    """A value of one part, and where it stands there."""

    part: int
    steps: Steps
    value: Any

    def at(self, step: str | int) -> _Place:
        return _Place(self.part, (*self.steps, step), self.value[step])


@dataclass
class _Merging:
    """The places that items of lists have moved to, and what was found on the way."""

    moved: dict[tuple[int, Steps], Steps] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def of(self, places: Sequence[_Place], to: Steps) -> Any:
        """One value out of those of the parts."""
        there = [place for place in places if place.value is not None]
        if not there:
            return None
        if all(isinstance(place.value, dict) for place in there):
            names = dict.fromkeys(name for place in there for name in place.value)
            return {
                name: self.of([place.at(name) for place in there if name in place.value], (*to, name))
                for name in names
            }
        if all(isinstance(place.value, list) for place in there):
            return [self._item(group, (*to, at)) for at, group in enumerate(_grouped(there))]
        self._compare(there, to)
        return there[0].value

    def _item(self, group: Sequence[_Place], to: Steps) -> Any:
        for place in group:
            self.moved[place.part, place.steps] = to
        return self.of(group, to)

    def _compare(self, places: Sequence[_Place], to: Steps) -> None:
        said = {fold(str(place.value)): place.value for place in reversed(places)}
        if len(said) < 2:
            return
        values = " and ".join(f"“{value}”" for value in reversed(said.values()))
        message = f"Different parts of the article give {values}; the first is kept."
        path = path_of(("data", *to))
        self.findings.append(Finding(code="read_in_parts", severity="warning", path=path, message=message))

    def moved_evidence(self, parts: Sequence[PartData]) -> Iterator[PathEvidence]:
        """The evidence of all parts, with the paths that their values have now."""
        for number, (data, evidence) in enumerate(parts):
            for each in evidence:
                steps = steps_of(each.path, data)
                path = each.path if steps is None else path_of(self._now(number, steps))
                yield each.model_copy(update={"path": path})

    def _now(self, part: int, steps: Steps) -> Steps:
        """Where a place of a part has gone."""
        for end in range(len(steps), 0, -1):
            if (part, steps[:end]) in self.moved:
                return (*self.moved[part, steps[:end]], *steps[end:])
        return steps


def _grouped(lists: Sequence[_Place]) -> list[list[_Place]]:
    """The items of all lists, those with one key together; within one list they were meant apart."""
    groups: list[list[_Place]] = []
    for each in lists:
        known: Mapping[str, list[_Place]] = {_key(group[0].value): group for group in reversed(groups)}
        for at in range(len(each.value)):
            item = each.at(at)
            group = known.get(_key(item.value))
            if group is None or group[-1].part == item.part:
                groups.append([item])
            else:
                group.append(item)
    return groups


def _key(item: Any) -> str:
    """What an item of a list is known by."""
    if not isinstance(item, dict):
        return fold(str(item))
    named = [item[name] for name in KEYS if isinstance(item.get(name), str)]
    named += [value for value in item.values() if isinstance(value, str)]
    return fold(named[0]) if named else json.dumps(item, sort_keys=True)
