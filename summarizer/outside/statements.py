"""Statements: what is to be checked in a text, in Markdown or in JSON of any shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from summarizer.errors import SchemaInvalid, path_of
from summarizer.reading import read_article
from summarizer.schemas.paths import Leaf, kind_of, leaves
from summarizer.schemas.strict_form import Path, spelled, steps_of_pattern

Kind = Literal["statement", "quote", "name", "number", "date"]
"""What a value promises: words of its own that the article bears out, words copied from it, a name or a number in it,
an ISO 8601 date that follows from it."""

KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Statement:
    """One value to be checked, and where it stands: `bullets[2]`, or `sentence 3` of a text."""

    path: str
    value: str | int | float
    kind: Kind


@dataclass(frozen=True, slots=True)
class Statements:
    """All that is to be checked, and the paths of values that nobody said what they are."""

    statements: tuple[Statement, ...]
    unmapped: tuple[str, ...] = ()


def statements_of_text(text: str) -> Statements:
    """The sentences of a text or of Markdown, headings too."""
    read = read_article(text, kind="markdown", raw=True)
    title = [read.title] if read.title and read.title not in read.text else []
    said = [*title, *(read.sentence_text(each.number) for each in read.sentences)]
    return Statements(tuple(Statement(f"sentence {at}", text, "statement") for at, text in enumerate(said, 1)))


def statements_of_json(data: Any, kinds: Mapping[str, str]) -> Statements:
    """The values of JSON data, each of the kind that `kinds` gives its path: `{"bullets[]": "statement"}`. A path
    stands for all that it holds.

    Raises SchemaInvalid for a kind that is none, a path that leads nowhere, and where no kind is given at all.
    """
    found = list(leaves(data))
    places = dict.fromkeys(kind_of(leaf.steps) for leaf in found)
    if unknown := sorted({kind for kind in kinds.values() if kind not in KINDS}):
        raise SchemaInvalid(f"there is no kind {unknown[0]!r}: a value is a {', '.join(KINDS)}")
    patterns = {steps_of_pattern(path): kind for path, kind in kinds.items()}
    lost = [spelled(pattern) for pattern in patterns if not any(_leads(pattern, place) for place in places)]
    if lost or not patterns:
        wrong = f"nothing stands at {', '.join(lost)}" if lost else "it has to be said what the values are"
        there = "\n".join(f"- {spelled(place)}" for place in places)
        raise SchemaInvalid(
            f"{wrong}: --map PATH=KIND, with a KIND of {', '.join(KINDS)}. The values of this file stand at\n{there}"
        )
    return Statements(tuple(_mapped(found, patterns)), tuple(_unmapped(places, [*patterns])))


def _mapped(found: Sequence[Leaf], patterns: Mapping[Path, Any]) -> Iterator[Statement]:
    for leaf in found:
        kind = next((kind for pattern, kind in patterns.items() if _leads(pattern, kind_of(leaf.steps))), None)
        if kind and not isinstance(leaf.value, bool):
            yield Statement(path_of(leaf.steps), leaf.value, kind)


def _unmapped(places: Sequence[Path] | Mapping[Path, None], patterns: Sequence[Path]) -> Iterator[str]:
    return (spelled(place) for place in places if not any(_leads(pattern, place) for pattern in patterns))


def _leads(pattern: Path, place: Path) -> bool:
    """Whether a pattern stands for a place, or for what holds it."""
    return place[: len(pattern)] == pattern
