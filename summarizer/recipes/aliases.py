"""Aliases: short forms of a name, which another part of the article may give in full."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from summarizer.record import Entity
from summarizer.text.words import fold

FEWEST_INITIALS = 2


def with_aliases(entities: Sequence[Entity], join: Callable[[Entity, Entity], Entity]) -> list[Entity]:
    """The entities without those that only shorten another: a surname, an acronym. One that might stand for two
    stays."""
    full: dict[tuple[str, str], list[int]] = {}
    for at, entity in enumerate(entities):
        for short in _short_forms(entity):
            full.setdefault((entity.type, short), []).append(at)
    kept: dict[int, Entity] = dict(enumerate(entities))
    for at, entity in enumerate(entities):
        holders = full.get((entity.type, fold(entity.name)), [])
        if len(holders) == 1 and holders != [at]:
            kept[holders[0]] = join(kept[holders[0]], kept.pop(at))
    return list(kept.values())


def _short_forms(entity: Entity) -> Iterator[str]:
    """What a name of several words may be called: somebody by the surname, a body by its initials."""
    words = entity.name.split()
    if len(words) > 1 and entity.type == "person":
        yield fold(words[-1])
    initials = _initials(words)
    if entity.type == "organization" and len(initials) >= FEWEST_INITIALS:
        yield fold(initials)


def _initials(words: Iterable[str]) -> str:
    return "".join(word[0] for word in words if word[0].isupper())
