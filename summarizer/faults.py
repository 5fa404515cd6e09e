"""Faults: what is wrong with data that somebody wrote, in words for whoever did, and with the key that was meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, get_args

from summarizer.errors import meant

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

Form = type["BaseModel"] | None
"""What the data should be; None where its keys are not known."""


def faults_of(error: ValidationError, whole: str = "the file", form: Form = None) -> str:
    """All that is wrong, each with its field; `whole` names what has a fault that is no field's."""
    return "; ".join(
        f"{'.'.join(map(str, detail['loc'])) or whole}: {fault_in(detail, form)}" for detail in error.errors()
    )


def fault_in(detail: Mapping[str, Any], form: Form = None) -> str:
    """What is wrong with one field, by pydantic's detail. Repeats nothing of a value, which may be a key."""
    kind, bounds = str(detail["type"]), detail.get("ctx", {})
    if kind == "extra_forbidden":
        *above, name = detail["loc"]
        return f"there is no such key{meant(str(name), _keys_at(form, above))}"
    if kind == "string_pattern_mismatch":
        return "it is empty" if bounds["pattern"] == r"\S" else f"it does not have the form {bounds['pattern']}"
    if kind in _WORDS:
        return _WORDS[kind].format_map(bounds)
    return str(detail["msg"]).removeprefix("Value error, ")


_LIST, _TABLE, _TEXT = "it has to be a list", "it has to be keys with their values", "it has to be a text"
_WHOLE, _NUMBER, _TRUTH = "it has to be a whole number", "it has to be a number", "it has to be true or false"

_WORDS: Mapping[str, str] = {
    "missing": "it is missing",
    "string_type": _TEXT,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "bool_type": _TRUTH,
    "bool_parsing": _TRUTH,
    "tuple_type": _LIST,
    "list_type": _LIST,
    "dict_type": _TABLE,
    "mapping_type": _TABLE,
    "model_type": _TABLE,
    "model_attributes_type": _TABLE,
    "path_type": "it has to be the name of a file or a folder",
    "literal_error": "it has to be {expected}",
    "greater_than": "it has to be more than {gt}",
    "greater_than_equal": "it has to be at least {ge}",
    "less_than": "it has to be less than {lt}",
    "less_than_equal": "it has to be at most {le}",
    "too_short": "it has to have at least {min_length}",
    "too_long": "it has to have at most {max_length}",
}


def _keys_at(form: Form, location: Sequence[int | str]) -> list[str]:
    """The keys that there are at a place of the data."""
    for step in location:
        field = form.model_fields.get(step) if form and isinstance(step, str) else None
        if field:
            form = next(_models_in(field.annotation), None)
    return [*form.model_fields] if form else []


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that a type is made of."""
    if isinstance(annotation, type) and hasattr(annotation, "model_fields"):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)
