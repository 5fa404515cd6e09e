"""The strict form of any JSON schema: closed, every field required, without references; or what forbids it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from summarizer.errors import nearest

Path = tuple[str, ...]
"""A place in data, with `[]` for every item of a list."""

ITEMS = "[]"

_TOLD: Mapping[str, str] = {
    "minimum": "at least {}",
    "maximum": "at most {}",
    "exclusiveMinimum": "more than {}",
    "exclusiveMaximum": "less than {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minItems": "at least {} items",
    "maxItems": "at most {} items",
    "pattern": "matches {}",
}
"""Keywords that strict modes turn down, as they are told to the model in words."""

_FORMATS: Mapping[str, str] = {
    "date": "ISO 8601 date, as 2026-04-13",
    "date-time": "ISO 8601 date and time",
    "time": "ISO 8601 time",
    "duration": "ISO 8601 duration, as P4Y",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """What in a schema no provider's strict mode carries, and the way out."""

    where: str
    what: str
    instead: str

    def __str__(self) -> str:
        return f"{self.where or 'the schema itself'}: {self.what}. {self.instead}"


@dataclass(frozen=True)
class StrictForm:
    """A schema in its strict form."""

    wire: Mapping[str, Any]
    absent: frozenset[Path]
    """Fields that may be left out and not be null: on the wire null, in the data absent."""
    unions: int
    """Fields that may have several types, null among them."""
    dates: frozenset[Path]
    """Texts that are dates in ISO 8601."""
    choices: frozenset[Path]
    """Values out of a list that the schema has, which are its words and not the article's."""


def strict_form(schema: Mapping[str, Any]) -> tuple[StrictForm | None, tuple[Refusal, ...]]:
    """The strict form of a JSON schema (draft 2020-12, or as pydantic writes it); None with all that forbids it."""
    making = _Making(schema.get("$defs", schema.get("definitions", {})))
    wire = making.of(schema, (), ())
    if wire.get("type") != "object" and not making.refusals:
        making.refuse((), "it is no object", "Put it into a field of an object.")
    if making.refusals:
        return None, tuple(dict.fromkeys(making.refusals))
    dates, choices = frozenset(making.dates), frozenset(making.choices)
    return StrictForm(wire, frozenset(making.absent), making.unions, dates, choices), ()


@dataclass
class _Making:
    """A strict form on its way."""

    definitions: Mapping[str, Any]
    refusals: list[Refusal] = field(default_factory=list)
    absent: set[Path] = field(default_factory=set)
    dates: set[Path] = field(default_factory=set)
    choices: set[Path] = field(default_factory=set)
    unions: int = 0

    def refuse(self, path: Path, what: str, instead: str) -> dict[str, Any]:
        """Notes what forbids the form, and goes on, so that all of it can be named at once."""
        self.refusals.append(Refusal(spelled(path), what, instead))
        return {"type": "null"}

    def of(self, given: Any, path: Path, within: tuple[str, ...]) -> dict[str, Any]:
        """The strict form of a part; `within` are the definitions that it stands in."""
        if not isinstance(given, Mapping):
            return self._of_anything(path)
        if slips := _slips(given):
            told = ", ".join(f"{name!r} (did you mean {meant}?)" for name, meant in slips.items())
            return self.refuse(path, f"there is no keyword {told}", "Write it as JSON Schema does.")
        if "$ref" in given:
            return self._referred(given, path, within)
        if len(given.get("allOf", ())) == 1:
            return self.of({**_without(given, "allOf"), **given["allOf"][0]}, path, within)
        if refused := self._refused_keyword(given, path):
            return refused
        described = _described(given)
        if "anyOf" in given or "oneOf" in given:
            options = [self.of(each, path, within) for each in given.get("anyOf", given.get("oneOf"))]
            self.unions += 1
            return {"anyOf": options, **described}
        if isinstance(given.get("type"), list):
            return self.of({**described, "anyOf": [{**given, "type": kind} for kind in given["type"]]}, path, within)
        if "const" in given or "enum" in given:
            self.choices.add(path)
            values = [given["const"]] if "const" in given else list(given["enum"])
            return {"type": given.get("type") or _type_of(values), "enum": values, **described}
        return self._typed(given, described, path, within)

    def _typed(
        self, given: Mapping[str, Any], described: dict[str, Any], path: Path, within: tuple[str, ...]
    ) -> dict[str, Any]:
        match given.get("type", "object" if "properties" in given else None):
            case "object":
                return self._object(given, described, path, within)
            case "array":
                if not isinstance(given.get("items"), Mapping):
                    return self.refuse(path, "a list of anything", "Say what its items are, as list[str].")
                return {"type": "array", "items": self.of(given["items"], (*path, ITEMS), within), **described}
            case "string" | "integer" | "number" | "boolean" | "null" as kind:
                if given.get("format") in ("date", "date-time"):
                    self.dates.add(path)
                return {"type": kind, **described}
            case _:
                return self._of_anything(path)

    def _object(
        self, given: Mapping[str, Any], described: dict[str, Any], path: Path, within: tuple[str, ...]
    ) -> dict[str, Any]:
        fields = {name: each for name, each in given.get("properties", {}).items() if not _is_computed(each)}
        if not fields:
            return self.refuse(
                path, "a map, whose keys nobody knows", "Make it a list of objects with the key as a field."
            )
        properties: dict[str, Any] = {}
        for name, each in fields.items():
            properties[name] = self._property(each, (*path, name), within, name in given.get("required", ()))
        return {
            "type": "object",
            "properties": properties,
            "required": list(fields),
            "additionalProperties": False,
            **described,
        }

    def _property(self, given: Any, path: Path, within: tuple[str, ...], is_required: bool) -> dict[str, Any]:
        strict = self.of(given, path, within)
        if is_required or may_be_null(strict) or strict.get("type") == "array":
            return strict  # a list may be empty
        self.absent.add(path)
        self.unions += "anyOf" not in strict
        described = {"description": strict.pop("description")} if "description" in strict else {}
        options = strict.get("anyOf", [strict])
        return {"anyOf": [*options, {"type": "null"}], **described}

    def _referred(self, given: Mapping[str, Any], path: Path, within: tuple[str, ...]) -> dict[str, Any]:
        name = str(given["$ref"]).rpartition("/")[2]
        if given["$ref"] == "#" or name in within:
            return self.refuse(
                path, "it holds itself (recursion)", "Spell out the levels that there are, each a type."
            )
        if name not in self.definitions:
            return self.refuse(path, f"it refers to {given['$ref']}, which is not there", "Put it into $defs.")
        return self.of({**self.definitions[name], **_without(given, "$ref")}, path, (*within, name))

    def _refused_keyword(self, given: Mapping[str, Any], path: Path) -> dict[str, Any] | None:
        if "discriminator" in given:
            return self.refuse(path, "a union with a discriminator", "Take one type with a field for the kind.")
        if "prefixItems" in given or isinstance(given.get("items"), list):
            return self.refuse(path, "a tuple", "Take an object with a name for each place, or a list of one type.")
        if "patternProperties" in given or isinstance(given.get("additionalProperties"), Mapping):
            return self.refuse(
                path, "a map, whose keys nobody knows", "Make it a list of objects with the key as a field."
            )
        if unknown := [name for name in ("allOf", "not", "if", "dependentSchemas") if name in given]:
            return self.refuse(path, f"the keyword {unknown[0]}", "Spell out the type that results.")
        return None

    def _of_anything(self, path: Path) -> dict[str, Any]:
        return self.refuse(path, "it may be anything", "Say what it is: a string, a number, a list, an object.")


def may_be_null(schema: Mapping[str, Any]) -> bool:
    """Whether a strict schema takes null."""
    return schema.get("type") == "null" or any(may_be_null(option) for option in schema.get("anyOf", ()))


def spelled(path: Path) -> str:
    """`charges[].name` for its steps."""
    return "".join(step if step == ITEMS else f".{step}" for step in path).removeprefix(".")


_STEP = re.compile(r"\[(?:\d+|\*)?\]|[^.\[\]]+")


def steps_of_pattern(path: str) -> Path:
    """The steps of a path in which `[]`, `[*]` and `[0]` stand for every item of a list."""
    steps = _STEP.findall(path.strip().removeprefix("$").lstrip("."))
    return tuple(ITEMS if step.startswith("[") else step for step in steps)


_READ = {
    *("$ref", "$defs", "definitions", "type", "properties", "required", "items", "enum", "const", "anyOf", "oneOf"),
    *("allOf", "description", "format", "additionalProperties", "prefixItems", "patternProperties", *_TOLD),
}
"""Keywords that decide what is asked for. Others may stand in a schema, for whoever knows them."""

_NEAR = {"minProperties", "maxProperties"}
"""What JSON Schema has besides and is nearly called so."""

_SLIP = 0.81
"""So near to a keyword that is read, another one is that keyword misspelt: `propertys` is, `terms` is not."""


def _slips(given: Mapping[str, Any]) -> dict[str, str]:
    """Keywords that are misspelt, each with the one that was meant."""
    unknown = [name for name in given if name not in _READ | _NEAR and not name.startswith("x-")]
    return {name: near for name in unknown if (near := nearest(name, _READ, _SLIP))}


def _described(given: Mapping[str, Any]) -> dict[str, Any]:
    """The description, with what strict modes can't be told otherwise."""
    told = [given["description"]] if given.get("description") else []
    told += [_FORMATS[given["format"]]] if given.get("format") in _FORMATS else []
    told += [words.format(given[keyword]) for keyword, words in _TOLD.items() if keyword in given]
    return {"description": "; ".join(told)} if told else {}


def _is_computed(given: Any) -> bool:
    return isinstance(given, Mapping) and bool(given.get("computed"))


def _type_of(values: list[Any]) -> Any:
    kinds = list(dict.fromkeys(_kinds(values)))
    return kinds[0] if len(kinds) == 1 else kinds


def _kinds(values: list[Any]) -> Iterator[str]:
    for value in values:
        if value is None:
            yield "null"
        elif isinstance(value, bool):
            yield "boolean"
        else:
            yield "string" if isinstance(value, str) else "integer" if isinstance(value, int) else "number"


def _without(given: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in given.items() if key != name}
