"""What a provider is asked for: the strict form of any schema, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from summarizer.answer_schema import wire_schema
from summarizer.errors import SchemaInvalid
from summarizer.schemas import schema_of


class Kind(StrEnum):
    FRAUD = "fraud"
    THEFT = "theft"


class Count(BaseModel):
    """A count."""

    kind: Kind
    months: Annotated[int, Field(ge=0, le=600)] = 0


class Case(BaseModel):
    model_config = ConfigDict(title="case")

    day: date = Field(alias="decidedOn")
    gravest: Count = Field(description="the gravest count")
    counts: list[Count] = []
    tags: set[str]
    verdict: Literal["guilty"] | None = None


def data_schema(source: Any) -> dict[str, Any]:
    wire = wire_schema(schema_of(source).answer)
    data: dict[str, Any] = wire["properties"]["data"]
    return data


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for part in schema.values():
            yield from objects(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from objects(part)


def test_every_object_is_closed_and_all_its_fields_are_required() -> None:
    found = list(objects(wire_schema(schema_of(Case).answer)))
    assert len(found) > 3
    assert all(each["additionalProperties"] is False for each in found)
    assert all(each["required"] == list(each["properties"]) for each in found)


def test_nothing_stands_in_it_that_a_strict_mode_turns_down() -> None:
    spelled = str(data_schema(Case))
    for keyword in ("default", "format", "minimum", "maximum", "uniqueItems", "$ref", "title", "const"):
        assert f"'{keyword}'" not in spelled


def test_what_it_can_not_hold_is_told_in_words() -> None:
    schema = data_schema(Case)
    assert "ISO 8601" in schema["properties"]["decidedOn"]["description"]
    months = schema["properties"]["gravest"]["properties"]["months"]
    assert "at least 0; at most 600" in str(months)


def test_what_may_be_left_out_is_null_on_the_wire_and_absent_in_the_object() -> None:
    schema = schema_of(Case)
    assert {"type": "null"} in data_schema(Case)["properties"]["gravest"]["properties"]["months"]["anyOf"]
    count = {"kind": "theft", "months": None}
    read = schema.read(
        {"decidedOn": "2026-03-02", "gravest": count, "counts": [count], "tags": ["a", "a"], "verdict": None}
    )
    assert read == Case(
        decidedOn=date(2026, 3, 2), gravest=Count(kind=Kind.THEFT), counts=[Count(kind=Kind.THEFT)], tags={"a"}
    )


def test_descriptions_of_fields_reach_the_model_and_the_class_is_untouched() -> None:
    before = Case.model_json_schema()
    assert data_schema(Case)["properties"]["gravest"]["description"] == "the gravest count"
    assert Case.model_json_schema() == before


def test_a_foreign_json_schema_is_held_to_all_that_it_says() -> None:
    source = {
        "type": "object",
        "properties": {
            "code": {"type": "string", "pattern": "^[A-Z]{2}\\d+$"},
            "day": {"type": "string", "format": "date"},
            "note": {"type": "string"},
        },
        "required": ["code", "day"],
    }
    schema = schema_of(source)
    assert schema.read({"code": "AB1", "day": "2026-01-02", "note": None}) == {"code": "AB1", "day": "2026-01-02"}
    with pytest.raises(ValueError, match=r"code: 'ab1' does not match"):
        schema.read({"code": "ab1", "day": "2026-01-02", "note": None})


class Cat(BaseModel):
    kind: Literal["cat"]


class Dog(BaseModel):
    kind: Literal["dog"]


class Tree(BaseModel):
    branches: list[Tree]


@pytest.mark.parametrize(
    ("annotation", "said"),
    [
        (dict[str, int], "a map, whose keys nobody knows"),
        (tuple[int, str], "a tuple"),
        (Any, "it may be anything"),
        (list[Any], "it may be anything"),
        (Tree, "recursion"),
        (Annotated[Cat | Dog, Field(discriminator="kind")], "a union with a discriminator"),
    ],
    ids=str,
)
def test_what_no_provider_carries_is_refused_with_the_field_and_the_way_out(annotation: Any, said: str) -> None:
    class Own(BaseModel):
        fine: int
        odd: annotation

    with pytest.raises(SchemaInvalid) as refused:
        schema_of(Own)
    line = str(refused.value).splitlines()[1]
    assert line.startswith("- odd") and said in line and line.count(". ") >= 1
    assert "fine" not in line


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        (
            {"type": "object", "propertys": {}},
            "itself: there is no keyword 'propertys' (did you mean properties?)",
        ),
        ({"requierd": ["a"]}, "itself: there is no keyword 'requierd' (did you mean required?)"),
        ({"properties": {"a": {"typ": "string"}}}, "a: there is no keyword 'typ' (did you mean type?)"),
        ({"properties": {"a": {"type": "array", "item": {}}}}, "a: there is no keyword 'item' (did you mean items?)"),
        (
            {"properties": {"a": {"$ref": "#/$defs/b"}}, "$defs": {"b": {"enums": ["c"]}}},
            "'enums' (did you mean enum?)",
        ),
    ],
)
def test_a_misspelt_keyword_is_met_with_the_one_that_was_meant(schema: dict[str, Any], said: str) -> None:
    whole = {"type": "object", "properties": {"fine": {"type": "string"}}, **schema}
    with pytest.raises(SchemaInvalid) as refused:
        schema_of(whole)
    assert said in str(refused.value)


def test_words_that_a_schema_has_for_others_are_let_be() -> None:
    noted = {
        "type": "string",
        "terms": "of trade",
        "label": "A",
        "x-type": "line",
        "example": "b",
        "minProperties": 1,
    }
    assert schema_of({"type": "object", "properties": {"a": noted}}).form.wire["properties"].keys() == {"a"}


def test_all_that_is_refused_is_named_at_once() -> None:
    class Own(BaseModel):
        one: dict[str, int]
        other: tuple[int, str]

    with pytest.raises(SchemaInvalid, match=r"(?s)- one: .*- other: "):
        schema_of(Own)


@pytest.mark.parametrize("source", [3, "Verdict", {"type": "strin"}, {"type": "string"}, None], ids=str)
def test_what_is_no_schema_is_said_to_be_none(source: Any) -> None:
    with pytest.raises(SchemaInvalid):
        schema_of(source)
