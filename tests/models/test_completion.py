"""Completions as servers really send them: read from a body, a stream, or found to be none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from instructor.utils import extract_json_from_codeblock
from pydantic import BaseModel, ConfigDict
from stub_server import Step, StubServer, json_step

from summarizer.errors import (
    AnswerEmpty,
    AnswerFiltered,
    AnswerRefused,
    AnswerTruncated,
    ContextExceeded,
    KeyRejected,
    ModelError,
    ProviderFailed,
    RequestRejected,
)
from summarizer.models.answers.usage import Usage
from summarizer.models.base import Message, Reply, Request
from summarizer.models.connecting import connect
from summarizer.models.remote.completion import read_completion
from summarizer.models.remote.errors import NoCompletion
from summarizer.models.remote.stream import DONE, Stream, lines_of
from summarizer.models.waiting import without_waiting
from summarizer.settings import Settings


class Ferry(BaseModel):
    """The answer asked for here."""

    model_config = ConfigDict(extra="forbid")

    name: str
    decks: list[int]


FERRY = {"name": "Aurora", "decks": [1, 2, 3]}
GOOD = json.dumps(FERRY)
CUT = GOOD[:-5]
ROOM = 400
REQUEST = Request("record", (Message("system", "Answer."), Message("user", "Which ferry?")), Ferry)


def body(message: Any, finish: Any = "stop", **fields: Any) -> dict[str, Any]:
    """A completion with this message, or with a message of this content."""
    if not isinstance(message, dict) or message == FERRY:
        message = {"role": "assistant", "content": message}
    return {"id": "1", "choices": [{"index": 0, "message": message, "finish_reason": finish}], **fields}


def spent(tokens_out: int) -> dict[str, int]:
    return {"prompt_tokens": 900, "completion_tokens": tokens_out, "total_tokens": 900 + tokens_out}


def called(arguments: Any, **function: Any) -> dict[str, Any]:
    call = {"id": "1", "type": "function", "function": {"name": "answer", "arguments": arguments, **function}}
    return {"role": "assistant", "content": None, "tool_calls": [call]}


def text(value: str, kind: str = "text") -> dict[str, str]:
    return {"type": kind, "text": value}


SAID: dict[str, Any] = {
    "content": body(GOOD),
    "parts": body([text(GOOD)]),
    "parts that part the answer": body([text(GOOD[:9]), text(GOOD[9:])]),
    "parts that are texts": body([GOOD[:9], GOOD[9:]]),
    "parts of the Responses API": body([text(GOOD, "output_text")]),
    "a part alone": body({"content": text(GOOD)}),
    "parts with a value": body([{"type": "text", "text": {"value": GOOD, "annotations": []}}]),
    "thoughts in a part": body([{"type": "thinking", "thinking": [text("Is it 9?")]}, text(GOOD)]),
    "reasoning in a part": body([{"type": "reasoning", "text": '{"name": "X", "decks": []}'}, text(GOOD)]),
    "JSON in a part": body([{"type": "json", "json": FERRY}]),
    "a tool in a part": body([{"type": "tool_use", "id": "1", "name": "answer", "input": FERRY}]),
    "an object": body(FERRY),
    "an object in a list": body([FERRY]),
    "a message that is a text": {"choices": [{"message": GOOD, "finish_reason": "stop"}]},
    "a delta": {"choices": [{"delta": {"content": GOOD}, "finish_reason": "stop"}]},
    "a text instead of a message": {"choices": [{"text": GOOD, "finish_reason": "stop"}]},
    "parsed": body({"content": None, "parsed": FERRY}),
    "a tool call": body(called(GOOD), "tool_calls"),
    "a tool call with an object": body(called(FERRY), "tool_calls"),
    "a tool call with parameters": body(called(None, parameters=FERRY), "tool_use"),
    "a tool call without a function": body({"tool_calls": [{"name": "answer", "input": FERRY}]}, "tool_use"),
    "a tool call that is no list": body({"tool_calls": called(GOOD)["tool_calls"][0]}),
    "an empty list of tool calls": body({"content": GOOD, "tool_calls": []}),
    "a tool call that says nothing": body({**called(""), "content": GOOD}),
    "a tool call beside words": body({**called(GOOD), "content": "I call the tool."}),
    "two tool calls": body({"tool_calls": called("{}")["tool_calls"] + called(GOOD)["tool_calls"]}),
    "a function call": body(
        {"content": None, "function_call": {"name": "answer", "arguments": GOOD}}, "function_call"
    ),
    "words around a fence": body(f"Here it is:\n```json\n{GOOD}\n```\nHope it helps!"),
    "the end of thoughts": body({"content": None, "reasoning_content": f"The ferry, then.\n\n{GOOD}"}),
    "the end of reasoning": body({"content": "", "reasoning": GOOD, "reasoning_details": []}),
    "thoughts beside it": body({"content": GOOD, "reasoning_content": "Is it the Borealis?"}),
    "whole at the limit": body(GOOD + "  \n" * 9, "length"),
    "no reason to end": body(GOOD, None),
    "an unknown reason to end": body(GOOD, "eos_token"),
    "a reason that is an object": body(GOOD, {"type": "stop"}),
    "a body in a body": {"code": 200, "message": "success", "data": body(GOOD)},
    "a body in a list": [body(GOOD)],
    "a body in a string": json.dumps(body(GOOD)),
    "a success beside it": body(GOOD, error=None, base_resp={"status_code": 0, "status_msg": "success"}),
}


@pytest.mark.parametrize("sent", SAID.values(), ids=SAID.keys())
def test_the_answer_is_found_wherever_it_stands(sent: Any) -> None:
    found = read_completion(sent, Ferry, ROOM)
    assert (found.problems, json.loads(found.text)) == ((), FERRY)


@pytest.mark.parametrize("words", ["{}", "Sure!\n{}", "```json\n{}\n```", "<think>Hm.</think>{}\nBye.", '"{}'])
def test_instructor_takes_the_json_out_of_the_words_around_it(words: str) -> None:
    content = words.replace("{}", GOOD)
    assert json.loads(read_completion(body(content), Ferry, ROOM).text) == json.loads(
        extract_json_from_codeblock(content)
    )


def test_what_instructor_takes_out_of_something_broken_is_no_answer() -> None:
    broken = f'{{"note": "he said "no" to it", "ferry": {GOOD}, '
    assert read_completion(body(broken), Ferry, ROOM).problems


def test_thoughts_with_a_draft_are_no_answer() -> None:
    thoughts = f"It could be {GOOD}, but I am not sure that it is."
    with pytest.raises(AnswerEmpty):
        read_completion(body({"content": "", "reasoning_content": thoughts}), Ferry, ROOM)


ENDS: dict[str, tuple[Any, type[Exception]]] = {
    # cut
    **{
        f"cut: {finish}": (body(CUT, finish), AnswerTruncated)
        for finish in ("length", "MAX_TOKENS", "max_tokens", "max_output_tokens", "model_length", "token_limit",
                       "incomplete", "model_context_window_exceeded", "max_new_tokens")
    },
    "cut: stop, with all tokens spent": (body(CUT, "stop", usage=spent(ROOM)), AnswerTruncated),
    "cut: eos, with all but one token": (body(CUT, "eos", usage=spent(ROOM - 1)), AnswerTruncated),
    "cut: tool_calls, with all tokens spent": (body(called(CUT), "tool_calls", usage=spent(ROOM)), AnswerTruncated),
    "cut: null": (body(CUT, None), AnswerTruncated),
    "cut: unknown": (body(f"```json\n{CUT}", "unknown"), AnswerTruncated),
    "cut: the native name": (
        {"choices": [{"message": {"content": CUT}, "finish_reason": "stop", "native_finish_reason": "MAX_TOKENS"}]},
        AnswerTruncated,
    ),
    "cut: stop, by an estimate": (body(CUT.replace("Aurora", "A ferry " * 200)), AnswerTruncated),
    "cut: in open thoughts": (body(f"<think>Let me see: {GOOD} would", None), AnswerTruncated),
    "cut: thoughts alone": (body({"content": "", "reasoning_content": "Hm."}, "length"), AnswerTruncated),
    "cut: thoughts alone that say stop": (
        body({"content": None, "reasoning_content": "Hm. " * 500}, "stop"),
        AnswerTruncated,
    ),
    "cut: thoughts that nobody sees": (body("", "stop", usage=spent(ROOM)), AnswerTruncated),
    # filtered
    **{
        f"filtered: {finish}": (body("", finish), AnswerFiltered)
        for finish in ("content_filter", "SAFETY", "PROHIBITED_CONTENT", "BLOCKLIST", "RECITATION", "SPII",
                       "sensitive", "guardrail_intervened", "content_filtered", "IMAGE_SAFETY", "moderation",
                       "content_policy_violation", "data_inspection_failed", "responsible_ai_policy_violation")
    },
    "filtered: the native name": (
        {"choices": [{"message": {"content": ""}, "finish_reason": "stop", "native_finish_reason": "SAFETY"}]},
        AnswerFiltered,
    ),
    "filtered: in the middle": (body(CUT, "content_filter"), AnswerFiltered),
    # refused
    "refused": (body({"content": None, "refusal": "I can't help."}), AnswerRefused),
    "refused: in a part": (body([{"type": "refusal", "refusal": "I can't help."}]), AnswerRefused),
    "refused: as the end": (body("I can't help.", "refusal"), AnswerRefused),
    # empty
    "empty": (body(""), AnswerEmpty),
    "empty: null": (body(None, None), AnswerEmpty),
    "empty: blank": (body(" \n"), AnswerEmpty),
    "empty: no parts": (body([]), AnswerEmpty),
    "empty: a malformed call": (body(None, "MALFORMED_FUNCTION_CALL"), AnswerEmpty),
    "empty: little thought": (body({"content": "", "reasoning_content": "Hm."}, usage=spent(5)), AnswerEmpty),
    # none
    "none: broken off": (body(CUT, "error"), NoCompletion),
    "none: aborted": (body("", "abort"), NoCompletion),
    "none: no resources": (body("", "insufficient_system_resource"), NoCompletion),
    "none: no network": (body(CUT, "network_error"), NoCompletion),
    "none: no choices": ({"choices": []}, NoCompletion),
    "none: null": ({"choices": None}, NoCompletion),
    "none: no message": ({"choices": [{"finish_reason": "stop"}]}, NoCompletion),
    "none: a number": ([1], NoCompletion),
    "none: a text": ("welcome", NoCompletion),
}  # fmt: skip


@pytest.mark.parametrize(("sent", "kind"), ENDS.values(), ids=ENDS.keys())
def test_why_there_is_no_answer_is_told_by_any_name(sent: Any, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        read_completion(sent, Ferry, ROOM)


@pytest.mark.parametrize(
    "sent",
    [
        body(CUT, "stop", usage=spent(30)),
        body(CUT, "stop"),
        body("The ferry is the Aurora.", None),
        body('{"name": 1}', "stop", usage=spent(ROOM)),
    ],
    ids=["an end in the middle, early", "the same, uncounted", "no JSON", "the wrong form, at the limit"],
)
def test_a_bad_answer_that_was_not_cut_is_a_bad_answer(sent: Any) -> None:
    assert read_completion(sent, Ferry, ROOM).problems


FIELDS = [
    "choices", "message", "delta", "content", "type", "text", "tool_calls", "function", "arguments", "refusal",
    "reasoning", "finish_reason", "usage", "prompt_tokens", "completion_tokens", "error",
]  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 10**6) | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4),
    max_leaves=15,
)


@given(JSON, st.sampled_from(["body", "choice", "message"]))
def test_any_body_is_an_answer_or_an_error_that_says_why_not(sent: Any, where: str) -> None:
    if where != "body":
        sent = {"choices": [{"message": sent} if where == "message" else sent]}
    try:
        found = read_completion(sent, Ferry, ROOM)
    except (ModelError, NoCompletion):
        return
    assert found.problems or Ferry.model_validate_json(found.text)


# --- streams ----------------------------------------------------------------------------------------------------


def chunk(delta: dict[str, Any] | None, finish: str | None = None, **fields: Any) -> dict[str, Any]:
    choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish}]
    return {"id": "1", "object": "chat.completion.chunk", "model": "m", "choices": choices, **fields}


def pieces(name: str = "content", whole: str = GOOD) -> list[dict[str, Any]]:
    return [chunk({name: whole[at : at + 7]}) for at in range(0, len(whole), 7)]


def calls(*arguments: str) -> list[dict[str, Any]]:
    first = {"index": 0, "id": "1", "type": "function", "function": {"name": "answer", "arguments": ""}}
    further = [{"index": 0, "function": {"arguments": part}} for part in arguments]
    return [chunk({"tool_calls": [call]}) for call in (first, *further)]


END = chunk({}, "stop")
STREAMS: dict[str, list[Any]] = {
    "content": [chunk({"role": "assistant"}), *pieces(), END, DONE],
    "without an end but the last chunk": [*pieces(), END],
    "without a reason to end": [*pieces(), DONE],
    "with thoughts": [*pieces("reasoning_content", "Is it? " * 9), *pieces(), END, DONE],
    "with the answer in thoughts": [*pieces("reasoning_content"), END, DONE],
    "with arguments": [*calls(GOOD[:5], GOOD[5:9], GOOD[9:]), chunk({}, "tool_calls"), DONE],
    "with arguments that are whole": [
        chunk({"tool_calls": [{"function": {"name": "answer", "arguments": FERRY}}]}, "tool_calls")
    ],
    "with a function call": [
        *(chunk({"function_call": {"name": "answer", "arguments": part}}) for part in (GOOD[:9], GOOD[9:])),
        chunk({}, "function_call"),
    ],
    "with parts": [chunk({"content": [text(GOOD[:9])]}), chunk({"content": [text(GOOD[9:])]}), END],
    "with texts": [{"choices": [{"text": GOOD[:9]}]}, {"choices": [{"text": GOOD[9:], "finish_reason": "stop"}]}],
    "with the whole at the end": [*pieces(), {"choices": [{"message": {"content": GOOD}, "finish_reason": "stop"}]}],
    "of one event": [body(GOOD)],
    "with other choices": [
        {"choices": [{"index": 1, "delta": {"content": "no"}}, {"index": 0, "delta": {"content": GOOD}}]},
        END,
    ],
    "with what is no chunk": [None, 7, [], {"choices": None}, {"choices": [None, {}]}, *pieces(), END],
}


@pytest.mark.parametrize("events", STREAMS.values(), ids=STREAMS.keys())
def test_a_stream_becomes_one_completion(events: list[Any]) -> None:
    assembled = read(events).answer
    assert assembled.is_ended
    assert json.loads(read_completion(assembled.completion(), Ferry, ROOM).text) == FERRY


def test_a_stream_has_its_text_up_to_now_and_in_the_end_its_counts() -> None:
    assembled = read(pieces()[:2]).answer
    assert (assembled.text, assembled.is_ended) == (GOOD[:14], False)
    assembled.add(END)
    assembled.add(chunk(None, usage=spent(12)))
    assert assembled.is_ended
    assert Usage.of(assembled.completion()) == Usage(900, None, 12)
    assert read(calls("{", "}")).answer.text == "{}"


def test_both_halves_of_a_character_meet_again() -> None:
    halves = [chunk({"content": part}) for part in ('{"name": "\ud83d', '\udea2 Aurora", "decks": []}')]
    found = read_completion(read([*halves, END]).completion(), Ferry, ROOM)
    assert json.loads(found.text)["name"] == "🚢 Aurora"
    assert found.findings == ()


def read(events: list[Any]) -> Stream:
    stream = Stream(lambda chunk: chunk)
    for line in lines_of(sse(events)):
        stream.read(line)
    return stream


def taken(text: str) -> list[Any]:
    """The events that a stream takes out of a body."""
    events: list[Any] = []
    stream = Stream(lambda event: events.append(event) or event)  # type: ignore[func-returns-value]
    for line in lines_of(text):
        stream.read(line)
    return events


def sse(events: list[Any], form: str = "data: {}\n\n") -> str:
    return "".join(form.replace("{}", event if event == DONE else json.dumps(event)) for event in events)


FORMS = {
    "as OpenAI": "data: {}\n\n",
    "without a space": "data:{}\n\n",
    "with carriage returns": "data: {}\r\n\r\n",
    "with carriage returns alone": "data: {}\r\r",
    "with names": "event: message\nid: 1\ndata: {}\n\n",
    "with comments": ": OPENROUTER PROCESSING\n\ndata: {}\n\n",
    "without blank lines": "data: {}\n",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_events_are_read_in_every_form(form: str) -> None:
    events = [*pieces(whole=GOOD.replace("Aurora", "Au\u2028ro\u0085ra")), END, DONE]
    assert taken(sse(events, form)) == events[:-1]


def test_an_event_may_have_more_lines_than_one() -> None:
    lines = json.dumps(END, indent=2).splitlines()
    assert taken("".join(f"data: {line}\n" for line in lines) + "\n") == [END]


# --- over the wire ----------------------------------------------------------------------------------------------


def stream(events: list[Any], content_type: str = "text/event-stream", form: str = "data: {}\n\n") -> Step:
    return Step(sse(events, form).encode(), content_type=content_type)


@pytest.fixture(autouse=True)
def no_waits() -> Iterator[None]:
    with without_waiting():
        yield


def ask(*script: Step, base: str = "", request: Request = REQUEST, **given: Any) -> Reply:
    with StubServer(*script) as server:
        address = server.base_url.removesuffix("/v1") + base if base else server.base_url
        with connect("stub", Settings(base_url=address, **{"tries": 3, "max_tokens": ROOM, **given})) as model:
            return model.complete(request)


good = json_step(body(GOOD))
WHOLE = [*pieces(), END, DONE]


@pytest.mark.parametrize(
    "step",
    [
        stream(WHOLE),
        stream(WHOLE, "application/json"),
        stream(WHOLE, form=": ping\r\n\r\nevent: message\r\ndata:{}\r\n\r\n"),
        Step(json.dumps(body(GOOD)).encode() + b"\n\ndata: [DONE]\n\n", content_type="text/event-stream"),
        Step(b"\n\n\n  " + json.dumps(body(GOOD)).encode()),
        Step(b"\xef\xbb\xbf" + json.dumps(body(GOOD)).encode()),
        Step(json.dumps(body(GOOD)).encode("utf-16")),
        Step(json.dumps(body(GOOD)).encode(), content_type="text/plain"),
    ],
    ids=["stream", "JSON by name", "comments", "an end behind it", "lines before it", "a mark", "UTF-16", "text"],
)
def test_a_body_is_read_whatever_its_form(step: Step) -> None:
    assert json.loads(ask(step).text) == FERRY


def test_half_a_character_in_the_bytes_is_left_out_and_told() -> None:
    step = Step(
        json.dumps(body(GOOD), ensure_ascii=False).replace("Aurora", "Au\ud83dra").encode(errors="surrogatepass")
    )
    reply = ask(step)
    assert json.loads(reply.text)["name"] == "Aura"
    assert [finding.code for finding in reply.findings] == ["characters_removed"]


@pytest.mark.parametrize("events", [pieces(), pieces()[:3], [chunk({"role": "assistant"})]])
def test_a_stream_that_ends_early_is_a_connection_that_broke(events: list[Any]) -> None:
    reply = ask(stream(events), good)
    assert [call.outcome for call in reply.calls] == ["connection", "ok"]
    with pytest.raises(ProviderFailed, match="the stream ended before the answer did") as caught:
        ask(stream(events))
    assert "/v1" not in str(caught.value).partition("at last")[2]


@pytest.mark.parametrize(
    ("event", "outcome", "kind"),
    [
        ({"error": {"message": "Provider returned error", "code": 502}}, "status 502", ProviderFailed),
        ({"error": {"message": "no", "code": "invalid_api_key"}}, "status 401", KeyRejected),
        ({"error": "Context size has been exceeded."}, "status 413", ContextExceeded),
    ],
)
def test_an_error_in_a_stream_is_that_error(event: Any, outcome: str, kind: type[ModelError]) -> None:
    with pytest.raises(kind) as caught:
        ask(stream([*pieces()[:2], event]))
    assert {call.outcome for call in caught.value.calls} == {outcome}


def test_an_event_that_is_named_an_error_is_one() -> None:
    with pytest.raises(KeyRejected):
        ask(Step(b'event: error\ndata: {"message": "Invalid API key", "code": 401}\n\n'))


@pytest.mark.parametrize(
    ("sent", "outcomes", "kind"),
    [
        ({"error": {"message": "Invalid API key provided", "code": 401}}, 1, KeyRejected),
        ({"error": {"message": "no", "code": "429"}}, 3, ProviderFailed),
        ({"error": "Input is too long for requested model."}, 1, ContextExceeded),
        ({"error": {"message": "no", "type": "invalid_request_error"}}, 1, RequestRejected),
        ({"choices": [{"message": {"content": ""}, "error": {"code": 503, "message": "no"}}]}, 3, ProviderFailed),
        ({"choices": [], "promptFeedback": {"blockReason": "SAFETY"}}, 1, AnswerFiltered),
    ],
)
def test_an_error_with_status_200_is_met_as_its_own_status(sent: Any, outcomes: int, kind: type[ModelError]) -> None:
    with pytest.raises(kind) as caught:
        ask(json_step(sent))
    assert len(caught.value.calls) == outcomes


def test_an_error_with_status_200_is_tried_again() -> None:
    failed = json_step({"choices": [{"message": {"content": ""}, "finish_reason": "error"}]})
    assert [call.outcome for call in ask(failed, failed, good).calls] == ["no completion", "no completion", "ok"]


@pytest.mark.parametrize(
    ("step", "base", "is_hinted"),
    [
        (Step(b"<!doctype html><title>Welcome</title>", content_type="text/html"), "/api", True),
        (Step(b"<!doctype html><title>Welcome</title>", content_type="text/html"), "/v1", False),
        (Step(b"Ollama is running", content_type="text/plain"), "/api", True),
        (Step(b'{"choices": ['), "/api", False),
        (Step(b""), "/api", False),
        (json_step({"error": {"message": "busy"}}), "/api", False),
        (stream(pieces()), "/api", False),
        (json_step({"error": "Unexpected endpoint or method. (POST /chat/completions)"}), "/api", True),
        (json_step({"detail": "Not Found"}, 404), "/api", True),
        (json_step({"detail": "Not Found"}, 404), "/v2", False),
        (json_step({"error": "busy"}, 500), "/api", False),
    ],
)
def test_v1_is_advised_only_where_it_is_likely(step: Step, base: str, is_hinted: bool) -> None:
    with pytest.raises(ModelError) as caught:
        ask(step, base=base, tries=1)
    assert ("usually ends in /v1" in str(caught.value)) == is_hinted


def test_a_page_is_told_by_its_words() -> None:
    page = b"<html><head><style>b {}</style></head><body><h1>502</h1>Bad <b>Gateway</b></body></html>"
    with pytest.raises(ProviderFailed, match="a page: 502 Bad Gateway"):
        ask(Step(page, content_type="text/html"), tries=1)


@pytest.mark.parametrize(("context", "is_hinted"), [(100_000, False), (1_100, True)])
def test_nothing_twice_is_called_too_long_only_near_the_context(context: int, is_hinted: bool) -> None:
    with pytest.raises(AnswerEmpty, match="twice") as caught:
        long = replace(REQUEST, messages=(Message("user", "Which ferry? " * 200),))
        ask(json_step(body("")), request=long, context_tokens=context)
    assert ("too long" in str(caught.value)) == is_hinted


def test_a_cut_answer_that_claims_to_be_whole_gets_more_room() -> None:
    with StubServer(json_step(body(CUT, "stop", usage=spent(ROOM))), good) as server:
        with connect("stub", Settings(base_url=server.base_url, max_tokens=ROOM)) as model:
            reply = model.complete(REQUEST)
        assert [request.body["max_tokens"] for request in server.requests] == [ROOM, 2 * ROOM]
    assert [call.outcome for call in reply.calls] == ["truncated", "ok"]


# --- the account ------------------------------------------------------------------------------------------------


def test_thoughts_are_accounted_for() -> None:
    usage = {**spent(300), "completion_tokens_details": {"reasoning_tokens": 250}}
    call = ask(json_step(body(GOOD, usage=usage))).calls[0]
    assert (call.tokens_in, call.tokens_out, call.tokens_thought) == (900, 300, 250)


def test_an_answer_of_no_tokens_has_not_been_counted() -> None:
    assert ask(json_step(body(GOOD, usage=spent(0)))).calls[0].tokens_out is None
    with pytest.raises(AnswerEmpty) as caught:
        ask(json_step(body("", usage=spent(0))))
    assert caught.value.calls[0].tokens_out == 0
