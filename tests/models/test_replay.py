"""Recordings: what was answered once is answered again, and only that."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field, field_validator
from stub_server import Step, StubServer, answer, error

from summarizer.errors import AnswerTruncated, ModelError, OutputFailed, ReplayMissing, RequestRejected, SettingsError
from summarizer.models.base import Message, Reply, Request
from summarizer.models.connecting import connect
from summarizer.models.replay import ReplayModel
from summarizer.settings import Settings


class Kind(BaseModel):
    kind: str


class Checked(BaseModel):
    """The same schema, and a check besides."""

    kind: str

    @field_validator("kind")
    @classmethod
    def _known(cls, kind: str) -> str:
        if kind not in ("place", "person"):
            raise ValueError("neither a place nor a person")
        return kind


class Colour(BaseModel):
    colour: str


class Described(BaseModel):
    kind: str = Field(description="of the name")


class Listed(BaseModel):
    kind: Literal["place", "person"]


def request(text: str = "Oslo", answer_type: type[BaseModel] = Kind, **further: Any) -> Request:
    return Request("kind of name", (Message("user", text),), answer_type, **further)


def record(folder: Path, *texts: str, model: str = "stub") -> list[Reply]:
    with (
        StubServer(answer('{"kind": "place"}')) as server,
        connect(model, Settings(base_url=server.base_url, record=folder)) as recorder,
    ):
        return [recorder.complete(request(text)) for text in texts]


def record_turns(folder: Path, asked: Request, *script: Step) -> Reply | ModelError:
    """What came of asking a server with this script."""
    with (
        StubServer(*script) as server,
        connect("stub", Settings(base_url=server.base_url, record=folder)) as recorder,
    ):
        try:
            return recorder.complete(asked)
        except ModelError as error:
            return error


def write(folder: Path, asked: Request, *texts: str) -> None:
    """Puts another recording in place of the one for this request."""
    path = folder / f"{asked.fingerprint}.json"
    stored = json.loads(path.read_text())
    path.write_text(json.dumps({**stored, "turns": [{**stored["turns"][0], "text": text} for text in texts]}))


def test_a_recorded_reply_comes_back_whole(tmp_path: Path) -> None:
    (reply,) = record(tmp_path / "new" / "folder", "Oslo")
    with connect(f"replay:{tmp_path / 'new' / 'folder'}", Settings()) as replay:
        assert replay.complete(request("Oslo")) == reply
        assert asyncio.run(replay.acomplete(request("Oslo"))) == reply
        assert reply.calls[0].tokens_in == 100


def test_the_replay_knows_the_model_it_stands_for(tmp_path: Path) -> None:
    record(tmp_path, "Oslo")
    replay = ReplayModel(tmp_path)
    assert (replay.name, replay.recipe) == ("stub (replay)", "one_request")
    assert replay.context_tokens > 0


def test_async_replies_are_recorded_too(tmp_path: Path) -> None:
    async def go(base_url: str) -> Reply:
        async with connect("stub", Settings(base_url=base_url, record=tmp_path)) as recorder:
            return await recorder.acomplete(request())

    with StubServer(answer('{"kind": "place"}')) as server:
        assert asyncio.run(go(server.base_url)) == ReplayModel(tmp_path).complete(request())


def test_a_reply_that_stayed_invalid_keeps_its_problems(tmp_path: Path) -> None:
    live = record_turns(tmp_path, request(), answer("{}"), answer('{"kind": 3}'))
    replayed = ReplayModel(tmp_path).complete(request())
    assert replayed == live
    assert [call.outcome for call in replayed.calls] == ["invalid", "invalid"]
    assert replayed.problems == ("kind: Input should be a valid string",)


def test_a_recording_can_be_read_by_people(tmp_path: Path) -> None:
    record(tmp_path, "Oslo")
    stored = json.loads((tmp_path / f"{request('Oslo').fingerprint}.json").read_text())
    assert stored["purpose"] == "kind of name"
    assert [turn["text"] for turn in stored["turns"]] == ['{"kind": "place"}']


@pytest.mark.parametrize(
    "other",
    [request("Bergen"), request("Oslo", Colour), request("Oslo", Described)],
    ids=["text", "schema", "description"],
)
def test_another_request_is_missing_by_its_purpose(tmp_path: Path, other: Request) -> None:
    record(tmp_path, "Oslo")
    with pytest.raises(ReplayMissing, match=r"kind of name.*--record"):
        ReplayModel(tmp_path).complete(other)


@pytest.mark.parametrize(
    "other",
    [
        request(max_tokens=9),
        request(reask="No: {problems}"),
        request(answer_type=Checked),
        request(shown=frozenset({1})),
    ],
    ids=["room", "reask", "check", "shown"],
)
def test_what_comes_after_the_answer_makes_no_recording_stale(tmp_path: Path, other: Request) -> None:
    (reply,) = record(tmp_path, "Oslo")
    assert ReplayModel(tmp_path).complete(other) == reply


# --- judged anew ------------------------------------------------------------------------------------------------


def test_a_recorded_answer_is_read_as_a_live_one(tmp_path: Path) -> None:
    record(tmp_path, "Oslo")
    write(tmp_path, request(), 'Sure!\n```json\n{"kind": "pl\\u0000ace"}\n```')
    reply = ReplayModel(tmp_path).complete(request())
    assert reply.text == '{"kind": "place"}' and not reply.problems
    assert [finding.code for finding in reply.findings] == ["characters_removed"]


def test_a_recorded_answer_outside_the_enum_is_invalid(tmp_path: Path) -> None:
    asked = request(answer_type=Listed)
    record_turns(tmp_path, asked, answer('{"kind": "place"}'))
    write(tmp_path, asked, '{"kind": "planet"}')
    reply = ReplayModel(tmp_path).complete(asked)
    assert reply.problems == ("kind: Input should be 'place' or 'person'",)
    assert reply.reasked


def test_a_folder_that_can_not_be_made_is_an_error_of_ours(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings = Settings(model="x", base_url="http://localhost:9", record=tmp_path / "file" / "recordings")
    with pytest.raises(OutputFailed, match="Name another folder"):
        connect(None, settings)


def test_an_answer_that_a_stricter_check_finds_invalid_stands_with_its_problems(tmp_path: Path) -> None:
    record_turns(tmp_path, request(), answer('{"kind": "planet"}'))
    reply = ReplayModel(tmp_path).complete(request(answer_type=Checked))
    assert reply.text == '{"kind": "planet"}'
    assert reply.problems == ("kind: neither a place nor a person",)


def test_the_second_answer_counts_where_the_first_is_still_invalid_and_not_where_it_is_valid_now(
    tmp_path: Path,
) -> None:
    asked = request(answer_type=Checked)
    live = record_turns(tmp_path, asked, answer('{"kind": "planet"}'), answer('{"kind": "place"}'))
    assert ReplayModel(tmp_path).complete(asked) == live
    laxer = ReplayModel(tmp_path).complete(request())
    assert laxer.text == '{"kind": "planet"}'
    assert [call.outcome for call in laxer.calls] == ["ok"]


def test_calls_that_brought_no_answer_stay_in_the_account(tmp_path: Path) -> None:
    cut = answer('{"ki', finish="length")
    live = record_turns(tmp_path, request(), answer("{}"), cut, answer('{"kind": "place"}'))
    replayed = ReplayModel(tmp_path).complete(request())
    assert replayed == live
    assert [call.outcome for call in replayed.calls] == ["invalid", "truncated", "ok"]


def test_a_model_that_gave_no_answer_gives_none_again_but_is_asked_again_by_a_recorder(tmp_path: Path) -> None:
    live = record_turns(tmp_path, request(), answer('{"ki', finish="length"))
    with pytest.raises(AnswerTruncated) as raised:
        ReplayModel(tmp_path).complete(request())
    assert isinstance(live, AnswerTruncated)
    assert raised.value.calls == live.calls and len(live.calls) == 2
    record(tmp_path, "Oslo")
    assert ReplayModel(tmp_path).complete(request()).text == '{"kind": "place"}'


# --- the folder -------------------------------------------------------------------------------------------------


def test_what_is_recorded_is_not_asked_again(tmp_path: Path) -> None:
    with StubServer(answer('{"kind": "place"}'), answer('{"kind": "person"}')) as server:
        settings = Settings(base_url=server.base_url, record=tmp_path)
        for name in ("Oslo", "Oslo", "Olsen"):
            with connect("stub", settings) as recorder:
                reply = recorder.complete(request(name))
        assert len(server.requests) == 2
    assert reply.text == '{"kind": "person"}'


def test_a_recording_of_an_earlier_format_says_so_and_is_made_anew(tmp_path: Path) -> None:
    record(tmp_path, "Oslo")
    path = tmp_path / f"{request('Oslo').fingerprint}.json"
    path.write_text('{"purpose": "kind of name", "text": "{}", "problems": [], "calls": []}')
    with pytest.raises(ReplayMissing, match=r"of an earlier format; record anew"):
        ReplayModel(tmp_path).complete(request("Oslo"))
    assert record(tmp_path, "Oslo") == [ReplayModel(tmp_path).complete(request("Oslo"))]


def test_a_folder_without_recordings(tmp_path: Path) -> None:
    with pytest.raises(ReplayMissing, match="no recording"):
        connect(f"replay:{tmp_path}", Settings())


def test_a_spoilt_recording_is_named(tmp_path: Path) -> None:
    record(tmp_path, "Oslo")
    path = tmp_path / f"{request('Oslo').fingerprint}.json"
    path.write_text(path.read_text()[:40])
    with pytest.raises(ReplayMissing, match=path.name):
        ReplayModel(tmp_path).complete(request("Oslo"))


def test_two_models_do_not_share_a_folder(tmp_path: Path) -> None:
    record(tmp_path, "Oslo")
    record(tmp_path, "Bergen")
    with pytest.raises(SettingsError, match="another folder"):
        record(tmp_path, "Oslo", model="other")


def test_an_error_is_passed_on_and_not_recorded(tmp_path: Path) -> None:
    with (
        StubServer(error(400)) as server,
        connect("stub", Settings(base_url=server.base_url, record=tmp_path)) as recorder,
        pytest.raises(RequestRejected),
    ):
        recorder.complete(request())
    assert [path.name for path in tmp_path.iterdir()] == ["model.json"]


@given(st.text(), st.text())
def test_fingerprints_differ_when_the_messages_do(one: str, two: str) -> None:
    parts = Request("p", (Message("user", one), Message("user", two)), Kind)
    whole = Request("p", (Message("user", one + two),), Kind)
    assert parts.fingerprint != whole.fingerprint
    assert parts.fingerprint == Request("q", parts.messages, Kind).fingerprint  # the purpose decides nothing
