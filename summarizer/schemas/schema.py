"""A schema of the user's own: the strict form that a model is asked for, and the object that an answer becomes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any

from pydantic import BaseModel, Field, PlainValidator, TypeAdapter, ValidationInfo, WithJsonSchema, create_model

from summarizer.errors import SchemaInvalid
from summarizer.record import Citations, Part
from summarizer.schemas.strict_form import ITEMS, Path, StrictForm, strict_form

Read = Callable[[Any, Any], Any]
"""Takes data from the wire and pydantic's validation context, and gives the user's object. Raises ValueError."""


class PathEvidence(Part):
    """What a value of the data rests on."""

    path: str = Field(description="of a value in data, as charges[0].name; that of an object stands for all in it")
    sentences: Citations = Field(description="numbers of the sentences that say it")


@dataclass(frozen=True)
class Filled:
    """Data as it came, and the object that it became."""

    wire: Any
    value: Any


@dataclass(frozen=True)
class Schema:
    """A schema that can be asked for. `schema_of` makes it."""

    name: str
    source: Mapping[str, Any] = field(repr=False)
    """The JSON schema as its author wrote it."""
    form: StrictForm = field(repr=False)
    _read: Read = field(repr=False, compare=False)

    @cached_property
    def answer(self) -> type[BaseModel]:
        """The type of an answer: the data, and evidence by path."""
        return self._answer(self.form.wire, self._filled)

    @cached_property
    def partial_answer(self) -> type[BaseModel]:
        """The type of an answer on one part of a long article, which need not have everything."""
        return self._answer(nullable(self.form.wire), lambda value, info: Filled(value, None))

    def _answer(self, wire: Mapping[str, Any], read: Callable[[Any, ValidationInfo], Filled]) -> type[BaseModel]:
        data: Any = Annotated[Any, PlainValidator(read), WithJsonSchema(dict(wire), mode="validation")]
        fields: dict[str, Any] = {
            "data": (data, Field()),
            "evidence": (tuple[PathEvidence, ...], Field(description="one entry for every value in data")),
        }
        return create_model("Answer", __base__=Part, **fields)

    def _filled(self, value: Any, info: ValidationInfo) -> Filled:
        return Filled(value, self.read(value, info.context))

    def read(self, data: Any, context: Any = None) -> Any:
        """The user's object from data as it is on the wire: an instance of the class, for a JSON schema the data.

        Raises ValueError (pydantic's ValidationError is one) for what does not fit.
        """
        return self._read(_with_absent(data, self.form.absent), context)


def schema_of(source: Any) -> Schema:
    """A schema from a pydantic model, another type that pydantic knows, or a JSON schema as a dict.

    Raises SchemaInvalid that names everything in it that can't be asked for.
    """
    if isinstance(source, Schema):
        return source
    if isinstance(source, Mapping):
        return _made(str(source.get("title") or "schema"), source, _by_json_schema(source))
    try:
        adapter: TypeAdapter[Any] = TypeAdapter(source)
        schema = adapter.json_schema(mode="validation")
    except Exception as error:  # pydantic has a dozen errors for what is no type, or has no JSON schema
        raise SchemaInvalid(
            f"a schema is a pydantic model, a JSON schema as a dict or a Path to one, not {source!r:.80}: {error}"
        ) from error

    def read(data: Any, context: Any) -> Any:
        return adapter.validate_json(json.dumps(data), context=context)

    return _made(getattr(source, "__name__", "schema"), schema, read)


def _made(name: str, source: Mapping[str, Any], read: Read) -> Schema:
    form, refusals = strict_form(source)
    if form is None:
        listed = "\n".join(f"- {refusal}" for refusal in refusals)
        raise SchemaInvalid(f"the schema {name!r} can't be asked for, since no provider carries all of it:\n{listed}")
    return Schema(name, source, form, read)


def _by_json_schema(source: Mapping[str, Any]) -> Read:
    """Validates with all that the schema says, also what no strict mode carries."""
    from jsonschema import Draft202012Validator, FormatChecker
    from jsonschema.exceptions import SchemaError

    try:
        Draft202012Validator.check_schema(source)
    except SchemaError as error:
        where = ".".join(map(str, error.absolute_path)) or "its top"
        raise SchemaInvalid(f"this is no JSON schema: at {where}, {error.message}") from error
    validator = Draft202012Validator(source, format_checker=FormatChecker())

    def read(data: Any, context: Any) -> Any:
        faults = [f"{fault.json_path.removeprefix('$.')}: {fault.message}" for fault in validator.iter_errors(data)]
        if faults:
            raise ValueError("; ".join(faults))
        return data

    return read


def _with_absent(data: Any, absent: frozenset[Path], path: Path = ()) -> Any:
    """The data without the nulls that stand for what is absent."""
    if isinstance(data, list):
        return [_with_absent(item, absent, (*path, ITEMS)) for item in data]
    if not isinstance(data, dict):
        return data
    there = {name: value for name, value in data.items() if value is not None or (*path, name) not in absent}
    return {name: _with_absent(value, absent, (*path, name)) for name, value in there.items()}


def nullable(wire: Mapping[str, Any]) -> dict[str, Any]:
    """A strict form in which every field of every object may be null."""
    if wire.get("type") == "array":
        return {**wire, "items": nullable(wire["items"])}
    if "anyOf" in wire:
        return {**wire, "anyOf": [nullable(option) for option in wire["anyOf"]]}
    if wire.get("type") != "object":
        return dict(wire)
    fields = {name: _or_null(nullable(each)) for name, each in wire["properties"].items()}
    return {**wire, "properties": fields}


def _or_null(strict: dict[str, Any]) -> dict[str, Any]:
    from summarizer.schemas.strict_form import may_be_null

    if strict.get("type") == "array" or may_be_null(strict):
        return strict  # a list may be empty
    described = {"description": strict["description"]} if "description" in strict else {}
    options = strict.get("anyOf") or [{name: part for name, part in strict.items() if name != "description"}]
    return {"anyOf": [*options, {"type": "null"}], **described}
