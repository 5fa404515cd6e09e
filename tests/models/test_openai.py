"""The endpoint model against a scripted server: every row of what a server may do, sync and async."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, Literal

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field, SecretStr, field_validator
from stub_server import Step, StubServer, answer, dropped, error, html, json_step

from summarizer.answer_schema import answer_type, wire_schema
from summarizer.article import Article, Sentence
from summarizer.errors import (
    AnswerEmpty,
    AnswerFiltered,
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
from summarizer.models.base import Message, Reply, Request
from summarizer.models.connecting import connect
from summarizer.models.waiting import LONGEST_JITTER, wait_after, without_waiting
from summarizer.settings import Settings

How = Literal["sync", "async"]
both = pytest.mark.parametrize("how", ["sync", "async"])


class Visit(BaseModel):
    """An answer with what strict mode forbids on the wire: a length, a default, a range."""

    who: str = Field(min_length=1, max_length=40)
    guests: int = Field(0, ge=0)


GOOD = '{"who": "Ada", "guests": 3}'
BAD = '{"who": "", "guests": -1}'
REQUEST = Request(
    "record",
    (Message("system", "Answer."), Message("user", "Who came? {{ 7*7 }} {% if %}")),
    Visit,
    reask="Wrong:\n{problems}\nAgain {{ once }}.",
)


@pytest.fixture(autouse=True)
def no_waits() -> Iterator[None]:
    with without_waiting():
        yield


def settings(server: StubServer | None = None, **given: Any) -> Settings:
    base_url = server.base_url if server else None
    return Settings(**{"base_url": base_url, "api_key": SecretStr("sk-secret"), "tries": 4, **given})


def ask(how: How, chosen: Settings, request: Request = REQUEST) -> Reply:
    if how == "sync":
        with connect("stub", chosen) as model:
            return model.complete(request)

    async def go() -> Reply:
        async with connect("stub", chosen) as model:
            return await model.acomplete(request)

    return asyncio.run(go())


# --- what a server may do ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """What the server does, and what has to come of it: an error type, or None for the good answer."""

    script: tuple[Step, ...]
    outcomes: list[str]
    raises: type[ModelError] | None = None


def row(*script: Step, outcomes: str, raises: type[ModelError] | None = None) -> Row:
    return Row(script, outcomes.split(", "), raises)


good = answer(GOOD)
ROWS = {
    "good": row(good, outcomes="ok"),
    # transport
    "500 for ever": row(error(500), outcomes="status 500, status 500, status 500, status 500", raises=ProviderFailed),
    "429 for ever": row(error(429), outcomes="status 429, status 429, status 429, status 429", raises=ProviderFailed),
    "409, 408, 503, good": row(
        error(409), error(408), error(503), good, outcomes="status 409, status 408, status 503, ok"
    ),
    "page with status 503, good": row(html(503), good, outcomes="status 503, ok"),
    "dropped before, good": row(dropped("before"), good, outcomes="connection, ok"),
    "dropped during, good": row(dropped("during"), good, outcomes="connection, ok"),
    "page with status 200": row(html(), outcomes=", ".join(["no completion"] * 4), raises=ProviderFailed),
    "page with status 200, good": row(html(), good, outcomes="no completion, ok"),
    "no choices, good": row(json_step({"choices": []}), good, outcomes="no completion, ok"),
    "error with status 200, good": row(json_step({"error": {"message": "busy"}}), good, outcomes="no completion, ok"),
    "broken JSON, good": row(Step(b'{"choices": ['), good, outcomes="no completion, ok"),
    "a list, good": row(json_step([1]), good, outcomes="no completion, ok"),
    "no message, good": row(json_step({"choices": [{"finish_reason": "stop"}]}), good, outcomes="no completion, ok"),
    "retry later, good": row(error(429, retry_after="1"), good, outcomes="status 429, ok"),
    "must not retry": row(error(500, x_should_retry="false"), outcomes="status 500", raises=ProviderFailed),
    "may retry": row(error(400, x_should_retry="true"), good, outcomes="status 400, ok"),
    # what is not worth another try
    "quota": row(error(429, code="insufficient_quota"), outcomes="status 429", raises=QuotaExhausted),
    "billing": row(error(429, code="billing_hard_limit_reached"), outcomes="status 429", raises=QuotaExhausted),
    "402": row(error(402), outcomes="status 402", raises=QuotaExhausted),
    "credit": row(
        error(400, "Your credit balance is too low to access the API."), outcomes="status 400", raises=QuotaExhausted
    ),
    "401": row(error(401), outcomes="status 401", raises=KeyRejected),
    "403": row(error(403), outcomes="status 403", raises=KeyRejected),
    "key in a list": row(
        json_step([{"error": {"code": 400, "message": "API key not valid. Please pass a valid API key."}}], 400),
        outcomes="status 400",
        raises=KeyRejected,
    ),
    "404": row(error(404), outcomes="status 404", raises=ModelNotFound),
    "unknown parameter": row(
        error(400, "Unsupported parameter: 'top_k'", code="unsupported_parameter"),
        outcomes="status 400",
        raises=RequestRejected,
    ),
    "a parameter that it turns down for ever": row(
        error(400, "Unsupported parameter: 'max_tokens'", code="unsupported_parameter"),
        outcomes="status 400, status 400",
        raises=RequestRejected,
    ),
    "422": row(json_step({"detail": [{"msg": "no"}]}, 422), outcomes="status 422", raises=RequestRejected),
    # context
    "context by code": row(
        error(400, "too long", code="context_length_exceeded"), outcomes="status 400", raises=ContextExceeded
    ),
    "context of vllm": row(
        json_step(
            {
                "object": "error",
                "message": "This model's maximum context length is 16384 tokens. You requested 122946 tokens",
                "type": "BadRequestError",
                "code": 400,
            },
            400,
        ),
        outcomes="status 400",
        raises=ContextExceeded,
    ),
    "context of llama.cpp": row(
        json_step({"error": {"code": 400, "message": "too large", "type": "exceed_context_size_error"}}, 400),
        outcomes="status 400",
        raises=ContextExceeded,
    ),
    "context of llama.cpp with 500": row(
        error(500, "Context size has been exceeded."), outcomes="status 500", raises=ContextExceeded
    ),
    "context of anthropic": row(
        error(400, "prompt is too long: 210000 tokens > 200000"),
        outcomes="status 400",
        raises=ContextExceeded,
    ),
    "context of google": row(
        error(400, "The input token count (1500000) exceeds the maximum number of tokens allowed (1048576)."),
        outcomes="status 400",
        raises=ContextExceeded,
    ),
    "limit on tokens a minute is no context": row(
        error(429, "Request too large: context length 9000"), good, outcomes="status 429, ok"
    ),
    # the answer
    "refusal": row(answer(None, refusal="I can't help."), outcomes="refused", raises=AnswerRefused),
    "filter": row(answer(None, finish="content_filter"), outcomes="filtered", raises=AnswerFiltered),
    "filter on the prompt": row(error(400, code="content_filter"), outcomes="status 400", raises=AnswerFiltered),
    "cut, good": row(answer(GOOD[:9], finish="length"), good, outcomes="truncated, ok"),
    "cut twice": row(answer(GOOD[:9], finish="length"), outcomes="truncated, truncated", raises=AnswerTruncated),
    "empty, good": row(answer(""), good, outcomes="empty, ok"),
    "empty twice": row(answer(None), outcomes="empty, empty", raises=AnswerEmpty),
    "wrong, good": row(answer(BAD), good, outcomes="invalid, ok"),
    "no JSON, good": row(answer("Ada came."), good, outcomes="invalid, ok"),
    "cut JSON that claims to be whole, good": row(answer(GOOD[:12]), good, outcomes="invalid, ok"),
    "wrong, 500, 500, good": row(
        answer(BAD), error(500), error(500), good, outcomes="invalid, status 500, status 500, ok"
    ),
    "500, empty, good": row(error(500), answer(""), good, outcomes="status 500, empty, ok"),
    "wrong, cut, good": row(answer(BAD), answer(GOOD[:9], finish="length"), good, outcomes="invalid, truncated, ok"),
    # envelopes and numbers as strings, which need no second request
    "default left out": row(answer('{"who": "Ada"}'), outcomes="ok"),
    "fenced": row(answer(f"```json\n{GOOD}\n```"), outcomes="ok"),
    "fenced, with words": row(answer(f"Here it is:\n\n```\n{GOOD}\n```\nAnything else?"), outcomes="ok"),
    "after thoughts": row(answer('<think>Is it {"who": "Bob"}? No.</think>\n' + GOOD), outcomes="ok"),
    "a number in quotes": row(answer('{"who": "Ada", "guests": "3"}'), outcomes="ok"),
    "as a tool call": row(answer(None, finish="tool_calls", tool_arguments=GOOD), outcomes="ok"),
}


@both
@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS.keys())
def test_what_a_server_may_do(row: Row, how: How) -> None:
    with StubServer(*row.script) as server:
        if row.raises:
            with pytest.raises(ModelError) as caught:
                ask(how, settings(server))
            assert type(caught.value) is row.raises
            calls = caught.value.calls
        else:
            reply = ask(how, settings(server))
            assert Visit.model_validate_json(reply.text).who == "Ada"
            assert reply.problems == ()
            calls = reply.calls
        assert [call.outcome for call in calls] == row.outcomes
        assert len(server.requests) == len(row.outcomes)


@both
def test_nobody_listens(how: How) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound but not listening: refused
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        with pytest.raises(ProviderFailed, match=r"Is the server running") as caught:
            ask(how, settings(base_url=url))
    assert [call.outcome for call in caught.value.calls] == ["connection"] * 4


@both
def test_a_slow_server_is_given_up_on_after_every_try(how: How) -> None:
    with StubServer(answer(GOOD, delay=1.0)) as server, pytest.raises(ProviderFailed, match="2 times") as caught:
        ask(how, settings(server, timeout=0.1, tries=2))
    assert [call.outcome for call in caught.value.calls] == ["timeout", "timeout"]


KEYS = [
    "choices",
    "message",
    "content",
    "tool_calls",
    "function",
    "arguments",
    "refusal",
    "usage",
    "error",
    "prompt_tokens",
    "prompt_tokens_details",
    "finish_reason",
    "code",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 10**6) | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(KEYS),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(body=JSON, inside=st.sampled_from(["body", "choice", "message"]), status=st.sampled_from([200, 400, 429, 500]))
@hypothesis_settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_server_sends_ends_in_a_reply_or_a_model_error(body: Any, inside: str, status: int) -> None:
    if inside == "message":
        body = {"message": body}
    if inside in ("message", "choice"):
        body = {"choices": [body]}
    with StubServer(json_step(body, status)) as server:
        try:
            reply = ask("sync", settings(server, tries=1))
        except ModelError as raised:
            assert raised.calls
        else:
            assert reply.problems or Visit.model_validate_json(reply.text)


# --- the wire ---------------------------------------------------------------------------------------------------


def sent(chosen: dict[str, Any], step: Step = good, request: Request = REQUEST) -> dict[str, Any]:
    with StubServer(step) as server:
        ask("sync", settings(server, **chosen), request)
        assert server.requests[0].path == "/v1/chat/completions"
        assert server.requests[0].headers["authorization"] == "Bearer sk-secret"
        return server.requests[0].body


def test_the_strict_schema_is_really_sent() -> None:
    request = Request("record", REQUEST.messages, answer_type(("headline", "five_ws.who", "topics")))
    empty = '{"headline": {"text": "x", "evidence": []}, "five_ws": {"who": null}, "topics": []}'
    body = sent({}, answer(empty), request)
    assert body["response_format"] == {
        "type": "json_schema",
        "json_schema": {"name": "answer", "strict": True, "schema": wire_schema(request.answer)},
    }
    assert set(body) == {"model", "messages", "response_format", "max_tokens"}
    assert body["model"] == "stub"


def test_messages_go_out_as_they_are() -> None:
    # A template engine would turn {{ 7*7 }} into 49, and stop at {% if %}.
    assert sent({})["messages"] == [{"role": m.role, "content": m.content} for m in REQUEST.messages]


def test_the_schema_as_a_tool_that_must_be_called() -> None:
    body = sent({"structured": "tools"}, answer(None, tool_arguments=GOOD))
    function = {"name": "answer", "strict": True, "parameters": wire_schema(Visit)}
    assert body["tools"] == [{"type": "function", "function": function}]
    assert body["tool_choice"] == {"type": "function", "function": {"name": "answer"}}
    assert "response_format" not in body


def test_the_schema_in_words() -> None:
    body = sent({"structured": "prompted"})
    assert "response_format" not in body
    assert body["messages"][0]["content"].startswith("Answer.\n\n")
    assert json.dumps(wire_schema(Visit)) in body["messages"][0]["content"]
    assert body["messages"][1]["content"] == REQUEST.messages[1].content


def test_the_schema_in_words_without_a_system_message() -> None:
    body = sent({"structured": "prompted"}, request=Request("record", REQUEST.messages[1:], Visit))
    assert [message["role"] for message in body["messages"]] == ["system", "user"]


def test_temperature_and_room_are_sent_as_set() -> None:
    body = sent({"temperature": 0.0, "max_tokens": 77})
    assert (body["temperature"], body["max_tokens"]) == (0.0, 77)


def test_a_request_may_set_its_own_room() -> None:
    assert sent({}, request=Request("kind", REQUEST.messages, Visit, max_tokens=48))["max_tokens"] == 48


# --- asking again -----------------------------------------------------------------------------------------------


@both
def test_an_invalid_answer_is_met_with_its_problems_once(how: How) -> None:
    with StubServer(answer(BAD), good) as server:
        reply = ask(how, settings(server))
        first, second = (request.body["messages"] for request in server.requests)
    assert second[:2] == first
    assert second[2] == {"role": "assistant", "content": BAD}
    assert second[3]["content"] == (
        "Wrong:\nwho: String should have at least 1 character\n"
        "guests: Input should be greater than or equal to 0\nAgain {{ once }}."
    )
    assert reply.reasked


@both
def test_the_second_invalid_answer_is_returned_with_its_problems(how: How) -> None:
    with StubServer(answer(BAD), answer('{"who": 1}'), good) as server:
        reply = ask(how, settings(server))
    assert reply.text == '{"who": 1}'
    assert reply.problems == ("who: Input should be a valid string",)
    assert [call.outcome for call in reply.calls] == ["invalid", "invalid"]


class Named(BaseModel):
    names: tuple[str, ...]

    @field_validator("names")
    @classmethod
    def must_be_capitalised(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        if any(name.islower() for name in names):
            raise ValueError("names are capitalised")
        return names


def test_a_validators_own_words_reach_the_model() -> None:
    request = Request("names", REQUEST.messages, Named)
    with StubServer(answer('{"names": ["ada"]}'), answer('{"names": ["Ada"]}')) as server:
        ask("sync", settings(server), request)
        assert "names: names are capitalised" in server.requests[1].body["messages"][-1]["content"]


def test_very_many_problems_are_counted() -> None:
    request = Request("names", REQUEST.messages, Named)
    with StubServer(answer(json.dumps({"names": list(range(50))}))) as server:
        problems = ask("sync", settings(server), request).problems
    assert problems[0] == "names[0]: Input should be a valid string"
    assert problems[-1] == "and 30 more"


@both
def test_a_sentence_that_does_not_exist_is_a_problem_for_the_model(how: How) -> None:
    article = Article(text="It rained. It stopped.", sentences=(Sentence(1, 0, 10, 1), Sentence(2, 11, 22, 1)))
    request = Request("record", REQUEST.messages, answer_type(("headline",)), article=article)
    right = '{"headline": {"text": "Rain", "evidence": [1]}}'
    wrong = right.replace("1", "9")
    with StubServer(answer(wrong), answer(right)) as server:
        reply = ask(how, settings(server), request)
        told = server.requests[1].body["messages"][-1]["content"]
    assert "headline.evidence: sentence 9 does not exist" in told
    assert reply.text == right


@both
def test_a_cut_answer_gets_twice_the_room_and_keeps_it(how: How) -> None:
    with StubServer(answer("{", finish="length"), answer(BAD), good) as server:
        ask(how, settings(server, max_tokens=100))
        assert [request.body["max_tokens"] for request in server.requests] == [100, 200, 200]


def test_the_doubled_room_stays_within_the_context() -> None:
    long = Request("record", (Message("user", "word " * 400),), Visit)
    with StubServer(answer("{", finish="length"), good) as server:
        ask("sync", settings(server, max_tokens=200, context_tokens=long.estimated_tokens + 300), long)
        assert [request.body["max_tokens"] for request in server.requests] == [200, 300]


def test_an_answer_gets_no_more_than_a_third_of_a_small_context() -> None:
    with StubServer(good) as server:
        ask("sync", settings(server, context_tokens=4096))
        assert server.requests[0].body["max_tokens"] == 1365


@both
def test_an_article_too_long_is_not_sent_and_both_sizes_are_said(how: How) -> None:
    long = Request("record", (Message("user", "word " * 4000),), Visit)
    with StubServer(good) as server, pytest.raises(ContextExceeded) as caught:
        ask(how, settings(server, context_tokens=4096, max_tokens=500), long)
    assert server.requests == []
    assert f"{long.estimated_tokens:,}" in str(caught.value)
    assert "4,096" in str(caught.value)


# --- the account ------------------------------------------------------------------------------------------------


@both
def test_every_request_is_accounted_for_with_its_own_usage(how: How) -> None:
    script = answer(BAD, tokens=(100, 0, 10)), error(500), answer(GOOD, tokens=(130, 90, 12))
    with StubServer(*script) as server:
        calls = ask(how, settings(server)).calls
    assert [(call.tokens_in, call.tokens_cached, call.tokens_out) for call in calls] == [
        (100, 0, 10),
        (None, None, None),
        (130, 90, 12),
    ]
    assert {call.purpose for call in calls} == {"record"}
    assert all(call.seconds >= 0 for call in calls)


def test_a_server_that_does_not_count_is_not_taken_for_zero() -> None:
    with StubServer(answer(GOOD, tokens=None)) as server:
        assert ask("sync", settings(server)).calls[0].tokens_in is None


# --- waiting ----------------------------------------------------------------------------------------------------


@both
def test_a_retry_after_beyond_the_deadline_fails_at_once(how: How) -> None:
    with StubServer(error(429, retry_after="30"), good) as server, pytest.raises(ProviderFailed, match="1 time,"):
        ask(how, settings(server, deadline=10))
    assert len(server.requests) == 1


def test_a_retry_after_may_be_a_date() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    with StubServer(error(429, retry_after=later), good) as server, pytest.raises(ProviderFailed):
        ask("sync", settings(server, deadline=10))
    assert len(server.requests) == 1


@pytest.mark.parametrize("value", ["soon", "-5", "nan", "inf", "", "Yesterday 25:00"])
def test_a_retry_after_that_means_nothing_is_passed_over(value: str) -> None:
    with StubServer(error(429, retry_after=value), good) as server:
        assert ask("sync", settings(server, deadline=5)).text == GOOD


@given(attempt=st.integers(1, 50))
def test_the_wait_is_random_and_grows_to_its_limit(attempt: int) -> None:
    assert 0 <= wait_after(attempt, {}) <= min(LONGEST_JITTER, 2.0 ** (attempt - 1))


def test_a_retry_after_in_milliseconds_counts_first() -> None:
    with StubServer(error(429, retry_after_ms="1", retry_after="30"), good) as server:
        assert ask("sync", settings(server, deadline=10)).text == GOOD


def test_the_waits_are_real_when_nobody_turns_them_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.models.waiting._real", True)
    with StubServer(replace(error(429, retry_after="0.3"), refuses=0.3), good) as server:
        reply = ask("sync", settings(server))
    assert [call.outcome for call in reply.calls] == ["status 429", "ok"]


@both
def test_the_deadline_holds_over_re_asks_too(how: How) -> None:
    script = answer(BAD, delay=0.2), answer(GOOD, delay=5)
    with StubServer(*script) as server, pytest.raises(ProviderFailed, match="deadline") as caught:
        ask(how, settings(server, deadline=0.6))
    assert [call.outcome for call in caught.value.calls] == ["invalid", "timeout"]


# --- secrets and noise ------------------------------------------------------------------------------------------


@both
def test_the_key_is_in_no_message_no_log_and_no_repr(how: How, caplog: pytest.LogCaptureFixture) -> None:
    import traceback

    caplog.set_level(logging.DEBUG)
    said = "Incorrect API key provided: sk-secret"
    with StubServer(error(401, said)) as server, pytest.raises(KeyRejected) as caught:
        ask(how, settings(server))
    shown = "".join(traceback.format_exception(caught.value)) + caplog.text
    assert "sk-secret" not in shown
    assert "[key]" in str(caught.value)
    assert "sk-secret" not in repr(settings()) + repr(vars(connect("stub", settings(server))))


def test_an_invalid_answer_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    with StubServer(answer(BAD), good) as server:
        ask("sync", settings(server))
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


def test_a_complaint_that_sends_the_article_back_is_shortened_openly() -> None:
    with StubServer(error(400, "bad: " + "word " * 5000)) as server, pytest.raises(RequestRejected) as caught:
        ask("sync", settings(server))
    assert len(str(caught.value)) < 700
    assert "more characters" in str(caught.value)


@both
def test_one_model_answers_many_at_once(how: How) -> None:
    with StubServer(answer(GOOD, delay=0.05)) as server:
        chosen = settings(server)
        if how == "sync":
            with connect("stub", chosen) as model:
                replies = [model.complete(REQUEST) for _ in range(3)]
        else:

            async def go() -> list[Reply]:
                async with connect("stub", chosen) as model:
                    return await asyncio.gather(*(model.acomplete(REQUEST) for _ in range(8)))

            replies = asyncio.run(go())
    assert {reply.text for reply in replies} == {GOOD}
