"""Recordings: what was answered once is answered again, and only that."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel
from stub_server import StubServer, answer, error

from summarizer.errors import ReplayMissing, RequestRejected, SettingsError
from summarizer.models.base import Message, Reply, Request
from summarizer.models.connect import connect
from summarizer.models.replay import ReplayModel
from summarizer.settings import Settings


class Kind(BaseModel):
    kind: str


class Colour(BaseModel):
    colour: str


def request(text: str = "Oslo", answer_type: type[BaseModel] = Kind, max_tokens: int | None = None) -> Request:
    return Request("kind of name", (Message("user", text),), answer_type, max_tokens=max_tokens)


def record(folder: Path, *texts: str, model: str = "stub") -> list[Reply]:
    with (
        StubServer(answer('{"kind": "place"}')) as server,
        connect(model, Settings(base_url=server.base_url, record=folder)) as recorder,
    ):
        return [recorder.complete(request(text)) for text in texts]


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
    with (
        StubServer(answer("{}")) as server,
        connect("stub", Settings(base_url=server.base_url, record=tmp_path)) as recorder,
    ):
        recorder.complete(request())
    assert ReplayModel(tmp_path).complete(request()).problems == ("kind: Field required",)


def test_a_recording_can_be_read_by_people(tmp_path: Path) -> None:
    record(tmp_path, "Oslo")
    stored = json.loads((tmp_path / f"{request('Oslo').fingerprint}.json").read_text())
    assert stored["purpose"] == "kind of name"
    assert stored["text"] == '{"kind": "place"}'


@pytest.mark.parametrize(
    "other",
    [request("Bergen"), request("Oslo", Colour), request("Oslo", max_tokens=9)],
    ids=["text", "schema", "room"],
)
def test_another_request_is_missing_by_its_purpose(tmp_path: Path, other: Request) -> None:
    record(tmp_path, "Oslo")
    with pytest.raises(ReplayMissing, match=r"kind of name.*--record"):
        ReplayModel(tmp_path).complete(other)


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
