"""Anthropic's own API against a scripted server: what is sent, what comes back, and what goes wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pydantic import BaseModel, SecretStr
from stub_server import Step, StubServer, events, json_step

from summarizer.errors import (
    AnswerRefused,
    AnswerTruncated,
    ContextExceeded,
    KeyRejected,
    ModelError,
    ModelNotFound,
    ProviderFailed,
    QuotaExhausted,
    RequestRejected,
)
from summarizer.models.anthropic.dialect import AnthropicDialect
from summarizer.models.base import Message, Reply, Request
from summarizer.models.providers.catalogue import provider
from summarizer.models.providers.endpoint import THOUGHTS, Endpoint
from summarizer.models.remote.model import EndpointModel
from summarizer.models.waiting import without_waiting
from summarizer.settings import Settings


class Visit(BaseModel):
    """The answer."""

    who: str
    guests: int


GOOD = '{"who": "Ada", "guests": 3}'
REQUEST = Request(
    "record", (Message("system", "Answer."), Message("user", "Who came?")), Visit, reask="Wrong: {problems}"
)


@pytest.fixture(autouse=True)
def no_waits() -> Iterator[None]:
    with without_waiting():
        yield


def message(text: str, *, stop: str = "end_turn", **others: Any) -> Step:
    blocks = [{"type": "thinking", "thinking": "Hm.", "signature": "s"}, {"type": "text", "text": text}]
    usage = {
        "input_tokens": 100,
        "cache_read_input_tokens": 40,
        "cache_creation_input_tokens": 10,
        "output_tokens": 30,
        "output_tokens_details": {"thinking_tokens": 12},
    }
    body = {"id": "m", "type": "message", "role": "assistant", "model": "m", "content": blocks, "stop_reason": stop}
    return json_step({**body, "usage": usage, **others})


def complaint(status: int, kind: str, words: str) -> Step:
    return json_step({"type": "error", "error": {"type": kind, "message": words}, "request_id": "r"}, status)


def asked(*script: Step, request: Request = REQUEST, **given: Any) -> tuple[Reply, StubServer]:
    row = provider("anthropic")
    assert row
    with StubServer(*script) as server:
        row = replace(row, base_url=server.base_url.removesuffix("/v1"))
        chosen = Settings(**given)
        endpoint = Endpoint.of(row, "anthropic:claude", "claude", SecretStr("sk-secret"), chosen)
        with EndpointModel(endpoint, AnthropicDialect(), chosen) as model:
            return model.complete(request), server


def test_the_schema_is_really_on_the_wire() -> None:
    reply, server = asked(message(GOOD))
    assert json.loads(reply.text) == json.loads(GOOD)
    [sent] = server.requests
    form = sent.body["output_config"]["format"]
    assert form["type"] == "json_schema"
    assert form["schema"]["required"] == ["who", "guests"] and form["schema"]["additionalProperties"] is False
    assert sent.body["system"] == "Answer."
    assert sent.body["messages"] == [{"role": "user", "content": "Who came?"}]
    assert sent.body["thinking"] == {"type": "disabled"}
    assert "temperature" not in sent.body and "stream" not in sent.body
    assert (sent.path, sent.headers["authorization"]) == ("/v1/messages", "Bearer sk-secret")


def test_thinking_has_its_effort_and_its_room() -> None:
    _, server = asked(message(GOOD), reasoning="low", temperature=0.5)
    body = server.requests[0].body
    assert body["thinking"] == {"type": "adaptive"}
    assert body["output_config"]["effort"] == "low" and "format" in body["output_config"]
    assert body["max_tokens"] == 4000 + THOUGHTS["low"]
    assert "temperature" not in body  # it takes none


def test_tokens_are_counted_with_what_a_cache_had_and_thoughts_apart() -> None:
    reply, _ = asked(message(GOOD))
    [call] = reply.calls
    assert (call.tokens_in, call.tokens_cached, call.tokens_out, call.tokens_thought) == (150, 40, 30, 12)


@pytest.mark.parametrize(
    ("step", "kind", "requests"),
    [
        (complaint(401, "authentication_error", "invalid x-api-key"), KeyRejected, 1),
        (complaint(404, "not_found_error", "model: claude"), ModelNotFound, 1),
        (complaint(400, "invalid_request_error", "prompt is too long: 12 tokens > 10 maximum"), ContextExceeded, 1),
        (complaint(400, "invalid_request_error", "Your credit balance is too low"), QuotaExhausted, 1),
        (complaint(400, "invalid_request_error", "messages: at least one is required"), RequestRejected, 1),
        (complaint(529, "overloaded_error", "Overloaded"), ProviderFailed, 4),
        (complaint(500, "api_error", "Internal server error"), ProviderFailed, 4),
        (message("", stop="refusal", stop_details={"type": "refusal", "explanation": "Not this."}), AnswerRefused, 1),
        (message('{"who": "A', stop="max_tokens"), AnswerTruncated, 2),
        (message('{"who": "A', stop="model_context_window_exceeded"), AnswerTruncated, 2),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_the_error_it_is_for_the_others(step: Step, kind: type[ModelError], requests: int) -> None:
    with pytest.raises(kind) as caught:
        asked(step)
    assert len(caught.value.calls) == requests
    assert "sk-secret" not in str(caught.value) + repr(caught.value.__cause__)


def test_an_invalid_answer_is_asked_for_again_in_the_conversation() -> None:
    reply, server = asked(message('{"who": "Ada"}'), message(GOOD))
    assert reply.reasked
    assert [turn["role"] for turn in server.requests[1].body["messages"]] == ["user", "assistant", "user"]


def test_a_refused_parameter_is_left_out() -> None:
    refused = complaint(400, "invalid_request_error", "thinking: this model does not support it")
    reply, server = asked(refused, message(GOOD))
    assert ["thinking" in request.body for request in server.requests] == [True, False]
    assert [finding.code for finding in reply.findings] == ["parameter_refused"]


def stream_of(text: str, stop: str | None = "end_turn") -> Step:
    deltas = [
        {"type": "content_block_delta", "index": 1, "delta": {"type": "text_delta", "text": part}} for part in text
    ]
    start = {"type": "message_start", "message": {"usage": {"input_tokens": 100, "output_tokens": 1}}}
    thinking = {"type": "content_block_delta", "index": 0, "delta": {"type": "thinking_delta", "thinking": "Hm."}}
    end = {"type": "message_delta", "delta": {"stop_reason": stop}, "usage": {"output_tokens": 30}}
    ends = [end, {"type": "message_stop"}] if stop else []
    return events(start, {"type": "ping"}, thinking, *deltas, *ends, done=False)


def test_it_can_be_listened_to() -> None:
    heard: list[str] = []
    reply, server = asked(stream_of(GOOD), request=replace(REQUEST, hear=heard.append))
    assert server.requests[0].body["stream"] is True
    assert json.loads(reply.text) == json.loads(GOOD)
    assert heard[-1] == GOOD
    assert (reply.calls[0].tokens_in, reply.calls[0].tokens_out) == (100, 30)


def test_a_stream_that_breaks_off_is_no_answer() -> None:
    with pytest.raises(ProviderFailed, match="ended before the answer did"):
        asked(stream_of(GOOD[:10], None), request=replace(REQUEST, hear=lambda text: None), tries=1)


def test_an_error_in_a_stream_is_tried_again() -> None:
    failing = events({"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}, done=False)
    reply, _ = asked(failing, stream_of(GOOD), request=replace(REQUEST, hear=lambda text: None))
    assert [call.outcome for call in reply.calls] == ["status 503", "ok"]
