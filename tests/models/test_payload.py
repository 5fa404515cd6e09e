"""What an endpoint is sent: by its row, by the settings, and without what it turned down."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import BaseModel, SecretStr
from stub_server import Step, StubServer, answer, error

from summarizer.answer_schema import inlined, wire_schema
from summarizer.errors import ModelNotReady, RequestRejected
from summarizer.models.base import Message, Reply, Request
from summarizer.models.connecting import connect
from summarizer.models.conversation import Turn
from summarizer.models.openai.dialect import OpenAIDialect
from summarizer.models.providers.catalogue import PROVIDERS, provider
from summarizer.models.providers.endpoint import THOUGHTS, Endpoint
from summarizer.models.providers.payload import payload
from summarizer.models.providers.provider import Provider
from summarizer.models.remote.model import EndpointModel
from summarizer.record import Cited
from summarizer.settings import LEVELS, Reasoning, Settings


class Note(BaseModel):
    """An answer with a part of its own."""

    first: Cited
    rest: list[Cited]


class Tree(BaseModel):
    """A part that holds parts of its kind."""

    name: str
    parts: list[Tree]


class Forest(BaseModel):
    """An answer that holds one."""

    tree: Tree


REQUEST = Request("record", (Message("system", "Answer."), Message("user", "What?")), Note)
GOOD = answer('{"first": {"text": "Ada came.", "evidence": []}, "rest": []}')


def body(row: Provider | str, **given: Any) -> dict[str, Any]:
    row = row if isinstance(row, Provider) else next(r for r in PROVIDERS if r.name == row)
    endpoint = Endpoint.of(row, row.name, "m", None, Settings(**given))
    return payload(endpoint, Turn(REQUEST.messages, 1000), Note)


def asked(*script: Step, **given: Any) -> tuple[Reply, list[dict[str, Any]]]:
    with StubServer(*script) as server:
        chosen = Settings(base_url=server.base_url, api_key=SecretStr("k"), **given)
        with connect("m", chosen) as model:
            reply = model.complete(REQUEST)
        return reply, [request.body for request in server.requests]


# --- rows -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", PROVIDERS, ids=lambda row: str(row.name))
def test_every_row_can_be_asked_at_every_level_and_names_its_source(row: Provider) -> None:
    assert row.source.startswith("https://")
    for level in LEVELS:
        sent = body(row, reasoning=level)
        assert json.dumps(sent)
        assert (sent.get("max_tokens") or sent.get("max_completion_tokens") or 0) >= 1000 + THOUGHTS[level]


@pytest.mark.parametrize(
    ("name", "level", "expected"),
    [
        ("openai", "none", {"reasoning_effort": "none"}),
        ("openai", "high", {"reasoning_effort": "high"}),
        ("google", "none", {"reasoning_effort": "low"}),  # it can't be turned off
        ("groq", "none", {"reasoning_effort": "low"}),
        ("mistral", "medium", {"reasoning_effort": "high"}),
        ("deepseek", "none", {"thinking": {"type": "disabled"}}),
        ("deepseek", "low", {"thinking": {"type": "enabled"}, "reasoning_effort": "low"}),
        ("vllm", "none", {"chat_template_kwargs": {"enable_thinking": False}}),
        ("openrouter", "low", {"reasoning": {"effort": "low"}}),
        ("together", "none", {"reasoning": {"enabled": False}}),
    ],
)
def test_thinking_is_set_in_the_form_that_the_row_knows(
    name: str, level: Reasoning, expected: dict[str, Any]
) -> None:
    sent = body(name, reasoning=level)
    keys = ("reasoning_effort", "thinking", "chat_template_kwargs", "reasoning")
    assert {key: sent[key] for key in keys if key in sent} == expected


def test_thoughts_have_room_beside_the_answer_also_where_they_can_not_be_turned_off() -> None:
    assert body("openai")["max_completion_tokens"] == 1000
    assert body("openai", reasoning="high")["max_completion_tokens"] == 1000 + THOUGHTS["high"]
    assert body("groq")["max_completion_tokens"] == 1000 + THOUGHTS["low"]


def test_a_temperature_is_sent_only_where_it_is_taken() -> None:
    assert body("openai", temperature=0.2)["temperature"] == 0.2
    assert "temperature" not in body("openai", temperature=0.2, reasoning="low")
    assert "temperature" not in body("anthropic", temperature=0.2)
    assert body("vllm", temperature=0.2, reasoning="low")["temperature"] == 0.2


def test_json_object_has_the_schema_in_words_too() -> None:
    sent = body("deepseek")
    assert sent["response_format"] == {"type": "json_object"}
    assert '"evidence"' in sent["messages"][0]["content"]


def test_openrouter_is_held_to_hosts_that_heed_the_schema() -> None:
    assert body("openrouter")["provider"] == {"require_parameters": True}


def test_bounds_are_sent_where_a_grammar_takes_them() -> None:
    def keywords(name: str) -> set[str]:
        text = json.dumps(body(name)["response_format"])
        return {keyword for keyword in ("minItems", "maxItems", "maxLength") if f'"{keyword}"' in text}

    assert keywords("openai") == {"minItems", "maxItems"}  # what it takes besides, it cuts in the middle of a word
    assert keywords("vllm") == {"minItems", "maxItems", "maxLength"}
    assert keywords("groq") == keywords("google") == set()


def test_bounds_that_are_turned_down_are_left_out() -> None:
    with StubServer(refusing("Invalid schema: 'maxItems' is not permitted"), GOOD) as server:
        row = provider("openai")
        assert row
        endpoint = Endpoint("o", "m", row, server.base_url, 32_000, "json_schema")
        with EndpointModel(endpoint, OpenAIDialect(), Settings()) as model:
            reply = model.complete(REQUEST)
        bodies = [json.dumps(request.body) for request in server.requests]
    assert ["maxItems" in sent for sent in bodies] == [True, False]
    assert "looked at afterwards" in reply.findings[0].message


def test_references_are_written_out_where_they_are_not_taken() -> None:
    schema = body("bedrock")["response_format"]["json_schema"]["schema"]
    assert "$ref" not in json.dumps(schema) and "$defs" not in schema
    assert schema["properties"]["first"] == schema["properties"]["rest"]["items"]
    assert "$defs" in body("openai")["response_format"]["json_schema"]["schema"]


def test_a_schema_that_refers_to_itself_keeps_its_references() -> None:
    assert "$defs" in inlined(wire_schema(Forest))


def test_an_address_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    row = provider("azure")
    assert row
    monkeypatch.delenv("AZURE_OPENAI_ENDPOINT", raising=False)
    with pytest.raises(ModelNotReady, match="AZURE_OPENAI_ENDPOINT"):
        connect("azure:mine", Settings(api_key=SecretStr("k")))
    monkeypatch.setenv("AZURE_OPENAI_ENDPOINT", "https://mine.openai.azure.com/")
    assert row.address == "https://mine.openai.azure.com/openai/v1"


# --- what a server turns down -----------------------------------------------------------------------------------


def refusing(message: str) -> Step:
    return error(400, message, code="unsupported_parameter")


@pytest.mark.parametrize(
    ("complaint", "gone", "instead"),
    [
        ("'max_tokens': unsupported. Use 'max_completion_tokens' instead.", "max_tokens", "max_completion_tokens"),
        ("Unsupported value: 'temperature' does not support 0.2 with this model.", "temperature", None),
        ("1 validation error: response_format extra fields not permitted", "response_format", None),
        ("This model does not support json_schema; use json_object", None, "response_format"),
    ],
)  # fmt: skip
def test_what_is_turned_down_is_not_sent_again_and_told(
    complaint: str, gone: str | None, instead: str | None
) -> None:
    reply, bodies = asked(refusing(complaint), GOOD, temperature=0.2)
    assert len(bodies) == 2
    assert gone is None or (gone in bodies[0] and gone not in bodies[1])
    assert instead is None or instead in bodies[1]
    assert [finding.code for finding in reply.findings] == ["parameter_refused"]
    assert [call.outcome for call in reply.calls] == ["status 400", "ok"]


def test_strict_and_references_are_left_out_of_the_schema_alone() -> None:
    _, bodies = asked(refusing("Unknown field: strict"), refusing("$defs is not supported in response_format"), GOOD)
    assert ["strict" in sent["response_format"]["json_schema"] for sent in bodies] == [True, False, False]
    assert ["$defs" in sent["response_format"]["json_schema"]["schema"] for sent in bodies] == [True, True, False]


def test_without_response_format_the_schema_stands_in_the_prompt() -> None:
    _, bodies = asked(refusing("response_format is not supported"), GOOD)
    assert '"evidence"' in bodies[1]["messages"][0]["content"]


def test_a_limit_that_is_too_high_is_lowered_to_what_the_server_says() -> None:
    said = "max_tokens is too large: 4000. This model supports at most 2,048 completion tokens."
    _, bodies = asked(refusing(said), GOOD)
    assert [sent["max_tokens"] for sent in bodies] == [4000, 2048]


def test_it_is_learned_once_for_all_requests() -> None:
    with StubServer(refusing("Unsupported parameter: 'temperature'"), GOOD) as server:
        chosen = Settings(base_url=server.base_url, temperature=0.2)
        with connect("m", chosen) as model:
            replies = [model.complete(REQUEST) for _ in range(3)]
        assert ["temperature" in request.body for request in server.requests] == [True, False, False, False]
        assert all(reply.findings for reply in replies)


def test_a_complaint_about_nothing_that_was_sent_is_an_error_at_once() -> None:
    with pytest.raises(RequestRejected) as caught:
        asked(refusing("Unsupported parameter: 'logit_bias'"), GOOD)
    assert len(caught.value.calls) == 1


def test_a_model_that_must_think_is_asked_to_think_little(monkeypatch: pytest.MonkeyPatch) -> None:
    said = "Unsupported value: 'reasoning_effort' does not support 'none'. Supported values are: 'low' and 'high'."
    with StubServer(refusing(said), GOOD) as server:
        row = provider("ollama")
        assert row
        chosen = Settings()
        endpoint = Endpoint(row.name, "m", row, server.base_url, 32_000, "json_schema")
        with EndpointModel(endpoint, OpenAIDialect(), chosen) as model:
            model.complete(REQUEST)
        sent = [(request.body["reasoning_effort"], request.body["max_tokens"]) for request in server.requests]
    assert sent == [("none", 4000), ("low", 4000 + THOUGHTS["low"])]
