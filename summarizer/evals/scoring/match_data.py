"""Data: whether the values of a schema of one's own are those of the labels, by their paths."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic_core import to_jsonable_python

from summarizer.evals.scoring.match_five_ws import is_right
from summarizer.schemas.paths import at_place
from summarizer.schemas.strict_form import ITEMS, steps_of_pattern


def values_right(labels: Mapping[str, Any], data: Any, language: str) -> Iterator[bool]:
    """For every labelled value whether the data has it: at `verdict.years` this one, at `charges[].name` those of the
    list in any order, where one that is not labelled is wrong, too."""
    found = to_jsonable_python(data, by_alias=True)
    for path, wanted in labels.items():
        place = steps_of_pattern(path)
        given = list(at_place(found, place))
        if ITEMS in place:
            yield from _each_right(wanted, given, language)
        else:
            yield _is_same(wanted, given[0] if given else None, language)


def _each_right(wanted: Any, given: Sequence[Any], language: str) -> Iterator[bool]:
    """Each labelled value is found once; then a False for each that is given beyond them."""
    left = list(given)
    for value in wanted if isinstance(wanted, list | tuple) else [wanted]:
        at = next((at for at, other in enumerate(left) if _is_same(value, other, language)), None)
        yield at is not None
        if at is not None:
            del left[at]
    yield from (False for _ in left)


def _is_same(wanted: Any, given: Any, language: str) -> bool:
    """Texts by their words of content, as the answers to the five Ws; all else by its value."""
    if isinstance(wanted, str) and isinstance(given, str):
        return wanted == given or is_right(given, [wanted], language)
    if _is_number(wanted) and _is_number(given):
        return math.isclose(wanted, given)
    return bool(wanted == given)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
