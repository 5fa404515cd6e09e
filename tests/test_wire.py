"""The wire schema holds only what strict mode takes, for every field that a prompt may ask for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from summarizer.summary import FiveWs
from summarizer.wire import ANSWER_FIELDS, answer_type, schema_sha256, wire_schema

STRICT = {
    "object": {"type", "properties", "required", "additionalProperties", "description", "$defs"},
    "array": {"type", "items", "description"},
    "string": {"type", "enum", "description"},
    "integer": {"type", "description"},
    "number": {"type", "description"},
    "null": {"type"},
}
"""All that is used of what OpenAI's strict mode and the grammars of local servers have in common."""

PARTS = tuple(f"five_ws.{part}" for part in FiveWs.model_fields)
some_fields = st.lists(st.sampled_from(ANSWER_FIELDS + PARTS), min_size=1, unique=True).map(tuple)


def nodes(schema: Mapping[str, Any], depth: int = 0) -> Iterator[tuple[Mapping[str, Any], int]]:
    yield schema, depth
    for child in schema.get("properties", {}).values():
        yield from nodes(child, depth + 1)
    for child in schema.get("$defs", {}).values():
        yield from nodes(child, depth)
    if "items" in schema:
        yield from nodes(schema["items"], depth + 1)
    for child in schema.get("anyOf", ()):
        yield from nodes(child, depth)


def faults(schema: Mapping[str, Any]) -> list[str]:
    found = [] if schema.get("type") == "object" else ["the root is no object"]
    for node, depth in nodes(schema):
        if "$ref" in node:
            allowed = {"$ref"}
        elif "anyOf" in node:
            allowed = {"anyOf", "description"}
        else:
            allowed = STRICT.get(node.get("type", ""), set())
        found += [f"{key} in {node}" for key in node if key not in allowed]
        if node.get("type") == "object":
            if node.get("additionalProperties") is not False:
                found.append(f"open: {node}")
            if node.get("required") != list(node.get("properties", ())):
                found.append(f"optional: {node}")
        if depth > 10:
            found.append("deeper than ten levels")
    return found


def test_every_field_at_once() -> None:
    assert faults(wire_schema(answer_type(ANSWER_FIELDS))) == []


@given(some_fields)
def test_any_choice_of_fields(fields: tuple[str, ...]) -> None:
    schema = wire_schema(answer_type(fields))
    assert faults(schema) == []
    assert set(schema["properties"]) == {field.partition(".")[0] for field in fields}
    referred = set(re.findall(r'"#/\$defs/(\w+)"', json.dumps(schema)))
    assert referred == set(schema.get("$defs", {}))


class Loose(BaseModel):
    anything: dict[str, int]
    either: tuple[int, str]


def test_the_walk_finds_what_strict_mode_refuses() -> None:
    assert faults(Loose.model_json_schema())


def test_what_is_computed_is_not_asked_for() -> None:
    assert "mentions" not in json.dumps(wire_schema(answer_type(("entities",))))


def test_evidence_is_asked_for_as_numbers() -> None:
    cited = wire_schema(answer_type(("headline",)))["$defs"]["Cited"]
    assert cited["properties"]["evidence"]["items"] == {"type": "integer"}


def test_part_of_the_five_ws() -> None:
    five_ws = wire_schema(answer_type(("five_ws.who", "five_ws.when")))["$defs"]["FiveWs"]
    assert list(five_ws["properties"]) == ["who", "when"]


@pytest.mark.parametrize("wrong", ["run", "headlines", "five_ws.whence", "headline.text"])
def test_an_unknown_field_is_named(wrong: str) -> None:
    with pytest.raises(KeyError, match=wrong.replace(".", r"\.")):
        answer_type(("headline", wrong))


def test_the_hash_changes_with_what_is_asked() -> None:
    one, two = answer_type(("headline",)), answer_type(("headline", "quotes"))
    assert schema_sha256(one) == schema_sha256(answer_type(("headline",))) != schema_sha256(two)
