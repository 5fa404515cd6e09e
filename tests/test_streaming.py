"""A record as it is written: pieces when they are whole, checked, and in the end the same as without a stream."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pydantic import SecretStr
from stub_server import Step, StubServer, answer, error, events, streamed

from summarizer import Settings, Summary, astream, stream, summarize
from summarizer.checking.pieces import StreamedPiece, content_of, pieces_of
from summarizer.errors import AnswerInvalid, AnswerTruncated, ProviderFailed
from summarizer.models.openai.dialect import OpenAIDialect
from summarizer.models.providers.catalogue import LOCAL
from summarizer.models.providers.endpoint import Endpoint
from summarizer.models.remote.model import EndpointModel
from summarizer.models.waiting import without_waiting

ARTICLE = """Harbour bridge closed

The harbour authority of Port Ellery closed the Kestrel Bridge on Tuesday after engineers found cracks in it.

"We could not rule out that a bearing fails," said Miriam Okafor. Repairs will cost 6.4 million euros.

Nobody was hurt, and a ferry for pedestrians will run every 20 minutes from Thursday, the authority said on Tuesday.
"""
RECORD: dict[str, Any] = {
    "headline": {"text": "Port Ellery closes the Kestrel Bridge", "evidence": [1]},
    "key_points": [
        {"text": "Engineers found cracks.", "evidence": [1]},
        {"text": "Repairs will cost 20 euros.", "evidence": [3]},
        {"text": "Nobody was hurt.", "evidence": [4]},
    ],
    "five_ws": {
        "who": {"text": "The harbour authority", "evidence": [1]},
        "what": {"text": "closed the Kestrel Bridge", "evidence": [1]},
        "when": {"text": "on Tuesday", "evidence": [1]},
        "where": None,
    },
}
PATHS = ["headline", *(f"key_points[{at}]" for at in range(3)), "five_ws.who", "five_ws.what", "five_ws.when"]
GOOD = json.dumps(RECORD)


@pytest.fixture(autouse=True)
def no_waits() -> Iterator[None]:
    with without_waiting():
        yield


def settings(server: StubServer, **given: Any) -> Settings:
    return Settings(model="m", base_url=server.base_url, prompt="brief", api_key=SecretStr("k"), **given)


def items(*script: Step, **given: Any) -> tuple[list[StreamedPiece | Summary], list[dict[str, Any]]]:
    with StubServer(*script) as server:
        found = list(stream(ARTICLE, settings=settings(server, **given)))
        return found, [request.body for request in server.requests]


def timeless(summary: Summary) -> dict[str, Any]:
    known = summary.model_dump()
    known["run"]["seconds"] = None
    known["run"]["requests"] = [call | {"seconds": None} for call in known["run"]["requests"]]
    return known


def test_the_pieces_come_in_their_order_and_the_summary_last() -> None:
    found, bodies = items(streamed(GOOD))
    assert [item.path for item in found if isinstance(item, StreamedPiece)] == PATHS
    assert isinstance(found[-1], Summary)
    assert bodies[0]["stream"] is True and bodies[0]["stream_options"] == {"include_usage": True}


def test_each_piece_is_checked_when_it_is_whole() -> None:
    found, _ = items(streamed(GOOD))
    doubted = {item.path: item.findings for item in found if isinstance(item, StreamedPiece) and item.findings}
    assert [finding.code for finding in doubted["key_points[1]"]] == ["number_not_in_evidence"]
    assert doubted["key_points[1]"][0].path.startswith("key_points[1]")
    assert list(doubted) == ["key_points[1]"]


def test_the_summary_is_the_one_that_summarize_gives() -> None:
    found, _ = items(streamed(GOOD))
    with StubServer(answer(GOOD, tokens=(100, 0, 20))) as server:
        plain = timeless(summarize(ARTICLE, settings=settings(server)))
    got = timeless(found[-1]) if isinstance(found[-1], Summary) else {}
    plain["run"]["requests"][0]["tokens_cached"] = got["run"]["requests"][0]["tokens_cached"]
    assert got == plain


def test_the_pieces_together_are_the_record() -> None:
    found, _ = items(streamed(GOOD))
    *pieces, summary = found
    assert isinstance(summary, Summary)
    last = {piece.path: piece for piece in pieces if isinstance(piece, StreamedPiece)}
    assert list(last.values()) == list(pieces_of(summary))


@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_it_does_not_matter_where_the_chunks_end(size: int) -> None:
    found, _ = items(streamed(GOOD, size=size))
    assert [item.path for item in found if isinstance(item, StreamedPiece)] == PATHS


def test_the_first_piece_comes_before_half_of_the_answer_is_sent() -> None:
    sent = threading.Event()
    with StubServer(replace(streamed(GOOD, size=40), held=sent)) as server:
        going = stream(ARTICLE, settings=settings(server))
        first = next(going)
        assert isinstance(first, StreamedPiece) and first.path == "headline"
        sent.set()
        *_, last = going
    assert isinstance(last, Summary)


def test_live_in_an_event_loop() -> None:
    async def go(server: StubServer) -> list[str]:
        return [
            item.path if isinstance(item, StreamedPiece) else "summary"
            async for item in astream(ARTICLE, settings=settings(server))
        ]

    with StubServer(streamed(GOOD)) as server:
        assert asyncio.run(go(server)) == [*PATHS, "summary"]


def test_a_stream_that_breaks_off_is_asked_again_and_never_ends_as_if_done() -> None:
    found, bodies = items(streamed(GOOD[:300], finish=None), streamed(GOOD))
    assert len(bodies) == 2 and isinstance(found[-1], Summary)
    with StubServer(streamed(GOOD[:300], finish=None)) as server:
        going = stream(ARTICLE, settings=settings(server, tries=2))
        with pytest.raises(ProviderFailed, match="ended before the answer did"):
            list(going)


def test_a_connection_that_drops_in_a_stream_is_an_error() -> None:
    whole = streamed(GOOD)
    dropped = Step(whole.body, content_type=whole.content_type, drop="during")
    with StubServer(dropped) as server, pytest.raises(ProviderFailed) as caught:
        list(stream(ARTICLE, settings=settings(server, tries=2)))
    assert [call.outcome for call in caught.value.calls] == ["connection", "connection"]


def test_a_cut_answer_gets_more_room_and_is_an_error_when_it_is_cut_again() -> None:
    cut = streamed(GOOD[:200], finish="length")
    found, bodies = items(cut, streamed(GOOD))
    assert [body["max_tokens"] for body in bodies] == [4000, 8000]
    assert isinstance(found[-1], Summary)
    with StubServer(cut) as server, pytest.raises(AnswerTruncated):
        list(stream(ARTICLE, settings=settings(server)))


def test_an_error_within_a_stream_is_what_it_would_be_with_its_status() -> None:
    script = events({"choices": [{"delta": {"content": "{"}}]}, {"error": {"message": "overloaded", "code": 503}})
    found, bodies = items(script, streamed(GOOD))
    assert len(bodies) == 2
    assert isinstance(found[-1], Summary)
    assert [call.outcome for call in found[-1].run.requests] == ["status 503", "ok"]


def test_an_answer_that_is_asked_for_again_stands_in_the_place_of_the_first() -> None:
    wrong = {**RECORD, "headline": {"text": "A first headline", "evidence": [99]}}
    found, _ = items(streamed(json.dumps(wrong)), streamed(GOOD))
    pieces = [item for item in found if isinstance(item, StreamedPiece)]
    last = {piece.path: piece for piece in pieces}
    assert getattr(last["headline"].value, "text", "") == RECORD["headline"]["text"]
    assert [piece.path for piece in pieces].count("headline") == 2


def test_a_server_that_does_not_stream_gives_all_pieces_at_its_end() -> None:
    found, bodies = items(answer(GOOD))
    assert [item.path for item in found if isinstance(item, StreamedPiece)] == PATHS
    assert len(bodies) == 1


def test_a_server_that_turns_streaming_down_is_asked_in_one_piece() -> None:
    found, bodies = items(error(400, "Streaming is not supported with response_format"), answer(GOOD))
    assert [body.get("stream") for body in bodies] == [True, None]
    summary = found[-1]
    assert isinstance(summary, Summary)
    assert "parameter_refused" in [finding.code for finding in summary.findings]


def in_this_process(server: StubServer, **given: Any) -> EndpointModel:
    """A model that may take its time, as the embedded one."""
    row = replace(LOCAL, base_url=server.base_url)
    chosen = Settings(**given)
    return EndpointModel(Endpoint.of(row, "local:m", "m", None, chosen), OpenAIDialect(), chosen)


def test_a_model_in_this_process_may_read_and_write_as_long_as_tokens_come() -> None:
    whole = streamed(GOOD, size=100, pause=0.1)
    slow = Step(whole.body, content_type=whole.content_type, delay=0.6, pause=whole.pause)
    with StubServer(slow) as server, in_this_process(server, timeout=0.4, deadline=0.5) as model:
        summary = summarize(ARTICLE, model=model, prompt="brief")
    assert [call.outcome for call in summary.run.requests] == ["ok"]


def test_a_model_in_this_process_that_stops_in_the_middle_is_given_up() -> None:
    halting = streamed(GOOD, size=100, pause=0.9)
    with (
        StubServer(halting) as server,
        in_this_process(server, timeout=0.3, tries=1) as model,
        pytest.raises(ProviderFailed) as caught,
    ):
        summarize(ARTICLE, model=model, prompt="brief")
    assert [call.outcome for call in caught.value.calls] == ["timeout"]


def test_the_rules_record_comes_in_pieces_too() -> None:
    *pieces, summary = stream(ARTICLE, model="extractive")
    assert isinstance(summary, Summary)
    assert next(item.path for item in pieces if isinstance(item, StreamedPiece)) == "headline"


def test_an_invalid_answer_raises_at_the_end() -> None:
    with StubServer(streamed('{"headline": 3}')) as server, pytest.raises(AnswerInvalid):
        list(stream(ARTICLE, settings=settings(server)))


def test_who_stops_listening_leaves_nothing_behind() -> None:
    with StubServer(streamed(GOOD, size=10, pause=0.01)) as server:
        going = stream(ARTICLE, settings=settings(server))
        assert isinstance(next(going), StreamedPiece)
        going.close()  # type: ignore[attr-defined]


def test_pieces_make_the_part_of_the_record_that_they_are() -> None:
    summary = summarize(ARTICLE, model="extractive", prompt="brief")
    from summarizer import read_article

    made = content_of(pieces_of(summary), read_article(ARTICLE))
    assert (made.headline, made.key_points, made.five_ws) == (
        summary.headline,
        summary.key_points,
        summary.five_ws,
    )
