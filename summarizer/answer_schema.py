"""The wire: the type an answer must have, and its strict JSON schema."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Annotated, Any, get_args

from pydantic import BaseModel, Field, create_model, model_validator

from summarizer.record import SECTIONS, Asked, Bounded, Content, FiveWs


class _Answer(Asked):
    """Base of all answers: one that has none of its fields answers something else."""

    @model_validator(mode="before")
    @classmethod
    def _has_any_field(cls, given: Any) -> Any:
        if isinstance(given, Mapping) and given.keys().isdisjoint(cls.model_fields):
            raise ValueError(f"none of the fields asked for is there: {', '.join(cls.model_fields)}")
        return given


ASKABLE = tuple(
    name for top in SECTIONS for name in (top, *(f"{top}.{part}" for part in FiveWs.model_fields if top == "five_ws"))
)
"""What an answer can be asked to have: the fields of the record, and the parts of the five Ws."""


@cache  # a prompt is read for every article, and its fields are the same
def answer_type(fields: tuple[str, ...], max_points: int | None = None) -> type[BaseModel]:
    """The type of an answer that fills these fields of the record, with so many key points at most; `five_ws.who`
    asks for a part of one.

    Raises KeyError with the names that are no such field.
    """
    if unknown := [name for name in fields if name not in ASKABLE]:
        raise KeyError(", ".join(unknown))
    wanted: dict[str, list[str]] = {}
    for name in fields:
        top, _, part = name.partition(".")
        wanted.setdefault(top, []).extend([part] if part else [])
    chosen: dict[str, Any] = {name: _required(Content, name) for name in SECTIONS if name in wanted}
    if "key_points" in chosen and max_points:
        points, field = chosen["key_points"]
        chosen["key_points"] = (Annotated[points, Bounded(max_items=max_points, is_asked=True)], field)
    if parts := wanted.get("five_ws"):
        questions: dict[str, Any] = {name: _required(FiveWs, name) for name in FiveWs.model_fields if name in parts}
        chosen["five_ws"] = (create_model("FiveWs", __base__=Asked, **questions), Field())
    return create_model("Answer", __base__=_Answer, **chosen)


def _required(model: type[BaseModel], name: str) -> tuple[Any, Any]:
    """The field as an answer has to have it: what only a record may lack is no null."""
    info = model.model_fields[name]
    annotation: Any = info.rebuild_annotation()
    if not info.is_required() and type(None) in get_args(info.annotation):
        annotation = next(kind for kind in get_args(info.annotation) if kind is not type(None))
    return annotation, Field(description=info.description)


_KEPT = frozenset(
    ("type", "properties", "items", "required", "enum", "const", "anyOf", "$ref", "$defs", "description")
)

BOUNDS = frozenset({"minItems", "maxItems", "maxLength"})
"""The keywords of bounds, of which a server may take some."""


@lru_cache(maxsize=64)
def wire_schema(model: type[BaseModel], bounds: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The strict JSON schema of `model`: every field required, no extra ones, no keyword that strict mode
    or a provider's grammar may reject (lengths, patterns, defaults, titles), nothing computed.

    `bounds` are those of `BOUNDS` that the server takes all the same.
    """
    schema = model.model_json_schema(mode="validation")
    strict: dict[str, Any] = _Strict(_KEPT | bounds, schema.get("$defs", {})).of(_undocumented(schema))
    definitions = strict.pop("$defs", {})
    used = _references(strict, definitions)
    return {"$defs": {name: definitions[name] for name in definitions if name in used}, **strict} if used else strict


@dataclass(frozen=True)
class _Strict:
    """What is left of a schema: the keywords that are kept. `definitions` are what a $ref in it may mean."""

    kept: frozenset[str]
    definitions: Mapping[str, Any]

    def of(self, schema: Any) -> Any:
        if not isinstance(schema, Mapping):
            return schema
        out: dict[str, Any] = {key: value for key, value in schema.items() if key in self.kept}
        if "const" in out:
            out["enum"] = [out.pop("const")]
        if "$ref" in out:
            return self._referred(out)
        if schema.get("type") == "object":
            fields = {k: v for k, v in schema.get("properties", {}).items() if not v.get("computed")}
            out["properties"] = {name: self.of(field) for name, field in fields.items()}
            out["required"] = list(fields)
            out["additionalProperties"] = False
        if "items" in out:
            out["items"] = self.of(out["items"])
        if "anyOf" in out:
            out["anyOf"] = [self.of(option) for option in out["anyOf"]]
        if "$defs" in out:
            out["$defs"] = {name: self.of(_undocumented(definition)) for name, definition in out["$defs"].items()}
        return out

    def _referred(self, reference: Mapping[str, Any]) -> Any:
        """The $ref alone, since strict mode takes nothing beside one; where its texts are to be shorter than
        elsewhere, what it refers to with these bounds."""
        if "maxLength" not in reference:
            return {"$ref": reference["$ref"]}
        definition = self.definitions[reference["$ref"].rpartition("/")[2]]
        texts = {
            name: {**part, "maxLength": reference["maxLength"]}
            for name, part in definition["properties"].items()
            if part.get("type") == "string"
        }
        return self.of(_undocumented({**definition, "properties": {**definition["properties"], **texts}}))


def _undocumented(definition: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of a type without the docstring of its class, which is for readers of the code."""
    return {name: part for name, part in definition.items() if name != "description"}


def _references(schema: Any, definitions: Mapping[str, Any]) -> set[str]:
    """Names of the definitions that `schema` leads to."""
    names: set[str] = set()
    pending = [json.dumps(schema)]
    while pending:
        new = set(re.findall(r'"#/\$defs/([^"]+)"', pending.pop())) - names
        names |= new
        pending += [json.dumps(definitions[name]) for name in new]
    return names


def inlined(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A wire schema without references, for servers that know none; one that refers to itself stays as it is."""
    definitions = schema.get("$defs", {})
    if any(name in _references(definition, definitions) for name, definition in definitions.items()):
        return dict(schema)
    whole: dict[str, Any] = _resolved({name: part for name, part in schema.items() if name != "$defs"}, definitions)
    return whole


def _resolved(schema: Any, definitions: Mapping[str, Any]) -> Any:
    if isinstance(schema, list):
        return [_resolved(item, definitions) for item in schema]
    if not isinstance(schema, Mapping):
        return schema
    if "$ref" in schema:
        return _resolved(definitions[schema["$ref"].removeprefix("#/$defs/")], definitions)
    return {name: _resolved(part, definitions) for name, part in schema.items()}


def schema_sha256(model: type[BaseModel]) -> str:
    """Hash of the wire schema with all bounds: changes exactly when what the model is asked for changes."""
    return hashlib.sha256(json.dumps(wire_schema(model, BOUNDS)).encode()).hexdigest()
