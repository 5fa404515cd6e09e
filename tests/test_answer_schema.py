"""The wire schema holds only what strict mode takes, for every field that a prompt may ask for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from summarizer.answer_schema import BOUNDS, answer_type, schema_sha256, wire_schema
from summarizer.evidence import Evidence
from summarizer.prompts import load_prompt
from summarizer.record import SECTIONS, Bounded, Cited, FiveWs

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
some_fields = st.lists(st.sampled_from((*SECTIONS, *PARTS)), min_size=1, unique=True).map(tuple)


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
    assert faults(wire_schema(answer_type(tuple(SECTIONS)))) == []


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


EVERYTHING = answer_type(tuple(SECTIONS), 7)


def without(schema: Any, keywords: frozenset[str]) -> Any:
    """The schema without these keywords."""
    if isinstance(schema, list):
        return [without(part, keywords) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {key: without(part, keywords) for key, part in schema.items() if key not in keywords}


def resolved(schema: Any, definitions: Mapping[str, Any]) -> Any:
    """The schema with all that it refers to in its place."""
    if isinstance(schema, list):
        return [resolved(part, definitions) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return resolved(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    return {key: resolved(part, definitions) for key, part in schema.items() if key != "$defs"}


class TestBounds:
    def test_every_list_and_text_has_one_where_the_server_takes_them(self) -> None:
        for node, _ in nodes(wire_schema(EVERYTHING, BOUNDS)):
            if node.get("type") == "array":
                assert "maxItems" in node, node
            if node.get("type") == "string" and "enum" not in node:
                assert "maxLength" in node, node

    @pytest.mark.parametrize("taken", [BOUNDS, frozenset({"minItems", "maxItems"}), frozenset({"maxLength"})])
    def test_nothing_else_differs_from_the_schema_without_them(self, taken: frozenset[str]) -> None:
        plain, bounded = wire_schema(EVERYTHING), wire_schema(EVERYTHING, taken)
        assert {key for node, _ in nodes(bounded) for key in node} >= taken
        rest = without(bounded, taken)
        assert faults(rest) == []
        assert resolved(rest, rest["$defs"]) == resolved(plain, plain["$defs"])

    def test_lists_that_a_server_bounds_leave_its_references_as_they_are(self) -> None:
        taken = frozenset({"minItems", "maxItems"})
        assert without(wire_schema(EVERYTHING, taken), taken) == wire_schema(EVERYTHING)

    def test_a_statement_cites_one_to_three_sentences(self) -> None:
        evidence = wire_schema(EVERYTHING, BOUNDS)["$defs"]["Cited"]["properties"]["evidence"]
        assert (evidence["minItems"], evidence["maxItems"]) == (1, 3)

    def test_the_number_of_points_is_the_prompts(self) -> None:
        for name, most in (("news", 7), ("brief", 3)):
            points = wire_schema(load_prompt(name).answer, BOUNDS)["properties"]["key_points"]
            assert (points["minItems"], points["maxItems"]) == (1, most)
        unknown = wire_schema(answer_type(("key_points",)), BOUNDS)["properties"]["key_points"]
        assert "maxItems" not in unknown and unknown["minItems"] == 1

    def test_a_headline_and_the_five_ws_are_shorter_than_a_point(self) -> None:
        schema = wire_schema(answer_type(("headline", "key_points", "five_ws.why")), BOUNDS)
        definitions = schema["$defs"]
        headline = schema["properties"]["headline"]["properties"]["text"]["maxLength"]
        why = definitions["FiveWs"]["properties"]["why"]["anyOf"][0]["properties"]["text"]["maxLength"]
        assert headline == why < definitions["Cited"]["properties"]["text"]["maxLength"]

    def test_a_schema_of_ones_own_has_those_of_its_own_marks(self) -> None:
        class Free(BaseModel):
            claim: str
            sources: Evidence

        class Held(BaseModel):
            short: Annotated[str, Bounded(max_length=9)] | None
            lead: Annotated[Cited, Bounded(max_length=40)]
            points: Annotated[list[Cited], Bounded(max_items=2)]
            code: str = Field(max_length=3)

        assert wire_schema(Free, BOUNDS) == wire_schema(Free)
        held = wire_schema(Held, BOUNDS)["properties"]
        assert held["short"]["anyOf"][0]["maxLength"] == 9
        assert held["lead"]["properties"]["text"]["maxLength"] == 40
        assert held["points"]["maxItems"] == 2 and held["points"]["items"] == {"$ref": "#/$defs/Cited"}
        assert held["code"]["maxLength"] == 3 and "maxLength" not in wire_schema(Held)["properties"]["code"]

    def test_the_hash_changes_with_the_number_of_points(self) -> None:
        three, four = answer_type(("key_points",), 3), answer_type(("key_points",), 4)
        assert wire_schema(three) == wire_schema(four)
        assert schema_sha256(three) != schema_sha256(four)
        assert schema_sha256(answer_type(("quotes",), 3)) == schema_sha256(answer_type(("quotes",), 4))
