"""The cache: what was answered validly is not paid for twice, and only that; the record says what was saved."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from pathlib import Path
from typing import Any, Literal

import pytest
from commands import run_command, summarizer
from harbour import GOOD, HARBOUR
from pydantic import BaseModel, SecretStr
from stub_server import Step, StubServer, answer, error

from summarizer import Settings, Summary, asummarize, summarize
from summarizer.errors import AnswerRefused, RequestRejected
from summarizer.models.base import Message, Model, Reply, Request
from summarizer.models.cache import default_cache
from summarizer.models.connecting import connect
from summarizer.models.doctor.check import check
from summarizer.models.local.model import weights_identity
from summarizer.models.reply_store import ReplyStore
from summarizer.record import Tokens
from summarizer.settings import cache_folder

How = Literal["sync", "async"]
both = pytest.mark.parametrize("how", ["sync", "async"])

NOTHING = Tokens(input=0, cached=0, output=0)
OSLO = answer('{"kind": "place"}', tokens=(100, 40, 20))


class Kind(BaseModel):
    kind: str


class Colour(BaseModel):
    kind: str
    colour: str = ""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "replies.sqlite3"


def request(**differing: Any) -> Request:
    known: dict[str, Any] = {"purpose": "kind", "messages": (Message("user", "Oslo"),), "answer": Kind}
    return Request(**known | differing)


def ask(how: How, model: Model, *requests: Request) -> list[Reply]:
    async def go() -> list[Reply]:
        async with model:
            return [await model.acomplete(one) for one in requests]

    if how == "async":
        return asyncio.run(go())
    with model:
        return [model.complete(one) for one in requests]


def served(server: StubServer, file: Path, name: str = "stub", **options: Any) -> Model:
    return connect(name, Settings(base_url=server.base_url, cache=file, **options))


# --- hits -------------------------------------------------------------------------------------------------------


@both
def test_the_same_request_is_asked_once_and_its_tokens_count_as_saved(how: How, file: Path) -> None:
    with StubServer(OSLO) as server:
        [first] = ask(how, served(server, file), request())
        [again] = ask(how, served(server, file), request())  # opened anew
        assert len(server.requests) == 1
    assert (again.text, again.problems) == (first.text, ())
    [made], [saved] = first.calls, again.calls
    assert (made.outcome, made.saved) == ("ok", False)
    assert (saved.outcome, saved.saved, saved.seconds) == ("cached", True, 0)
    assert (saved.tokens_in, saved.tokens_cached, saved.tokens_out) == (100, 40, 20)


def test_threads_and_event_loops_share_what_is_kept(file: Path) -> None:
    with StubServer(OSLO) as server:
        ask("sync", served(server, file), request())
        ask("async", served(server, file), request())
        assert len(server.requests) == 1


@both
def test_a_model_may_be_used_again_after_it_was_closed(how: How, file: Path) -> None:
    with StubServer(OSLO) as server:
        model = served(server, file)
        for _ in range(3):
            ask(how, model, request(), request(messages=(Message("user", "Bergen"),)))
        assert len(server.requests) == 2


def test_what_was_said_of_an_answer_is_kept_with_it(file: Path) -> None:
    with StubServer(answer('{"kind": "pl\\u0000ace"}')) as server:
        [first] = ask("sync", served(server, file), request())
        [again] = ask("sync", served(server, file), request())
        assert len(server.requests) == 1
    assert [finding.code for finding in first.findings] == ["characters_removed"]
    assert again.findings == first.findings


def test_another_purpose_is_the_same_question(file: Path) -> None:
    with StubServer(OSLO) as server:
        _, other = ask("sync", served(server, file), request(), request(purpose="another"))
        assert len(server.requests) == 1
    assert other.calls[0].purpose == "another"


def test_another_key_to_the_provider_is_answered_alike_and_none_is_written_down(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-environment")
    with StubServer(OSLO) as server:
        ask("sync", served(server, file, api_key=SecretStr("sk-first")), request())
        ask("sync", served(server, file, api_key=SecretStr("sk-second")), request())
        assert len(server.requests) == 1
    written = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert b"Oslo" not in written and b"place" in written
    assert b"sk-" not in written


# --- misses -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [
        request(messages=(Message("system", "Oslo"),)),
        request(messages=(Message("user", "Oslo"), Message("user", ""))),
        request(answer=Colour),
        request(max_tokens=99),
        request(reask="No: {problems}"),
    ],
    ids=["role", "messages", "schema", "room", "reask"],
)
def test_another_request_is_asked(file: Path, other: Request) -> None:
    with StubServer(OSLO) as server:
        ask("sync", served(server, file), request(), other)
        assert len(server.requests) == 2


@pytest.mark.parametrize(
    "differing",
    [
        {"temperature": 0.0},
        {"temperature": 1.0},
        {"max_tokens": 500},
        {"structured": "prompted"},
        {"reasoning": "low"},
    ],
    ids=["cold", "hot", "room", "structured", "reasoning"],
)
def test_settings_that_decide_the_answer_are_heeded(file: Path, differing: dict[str, Any]) -> None:
    with StubServer(OSLO) as server:
        ask("sync", served(server, file), request())
        ask("sync", served(server, file, **differing), request())
        ask("sync", served(server, file, **differing, tries=1, timeout=9), request())  # these two decide nothing
        assert len(server.requests) == 2


def test_another_model_and_another_server_are_asked(file: Path) -> None:
    with StubServer(OSLO) as server, StubServer(OSLO) as other:
        ask("sync", served(server, file), request())
        ask("sync", served(server, file, "larger"), request())
        ask("sync", served(other, file), request())
        assert (len(server.requests), len(other.requests)) == (2, 1)


def test_weights_are_told_apart_by_more_than_their_name(tmp_path: Path) -> None:
    files = [tmp_path / folder / "model.gguf" for folder in ("one", "two")]
    for path in files:
        path.parent.mkdir()
        path.write_bytes(b"GGUF")
    before = [weights_identity(f"local:{path}") for path in files]
    files[0].write_bytes(b"GGUF and more")
    assert len({*before, weights_identity(f"local:{files[0]}")}) == 3


def test_without_the_setting_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(tmp_path / "user"))
    with StubServer(OSLO) as server:
        model = connect("stub", Settings(base_url=server.base_url))
        ask("sync", model, request(), request())
        assert len(server.requests) == 2
    assert not (tmp_path / "user").exists()


# --- what is kept -----------------------------------------------------------------------------------------------


@both
def test_an_answer_that_stayed_invalid_is_not_kept(how: How, file: Path) -> None:
    with StubServer(answer("{}")) as server:
        replies = ask(how, served(server, file), request(), request())
        assert [len(reply.problems) for reply in replies] == [1, 1]
        assert len(server.requests) == 4  # each asked, and asked again
    info = ReplyStore(file, 1_000_000).info()
    assert info is not None and info.replies == 0


@both
@pytest.mark.parametrize(
    ("step", "raised"),
    [(answer("", refusal="I can't"), AnswerRefused), (error(400), RequestRejected)],
    ids=["refusal", "error"],
)
def test_what_is_no_answer_is_not_kept(how: How, step: Step, raised: type[Exception], file: Path) -> None:
    with StubServer(step, OSLO) as server:
        with pytest.raises(raised):
            ask(how, served(server, file), request())
        [reply] = ask(how, served(server, file), request())
        assert reply.calls[0].outcome == "ok"
        assert len(server.requests) == 2


def test_all_that_an_answer_took_is_saved_but_not_what_failed_before_it(file: Path) -> None:
    with StubServer(error(500, retry_after="0"), answer("{}"), OSLO) as server:
        [first] = ask("sync", served(server, file), request())
        [again] = ask("sync", served(server, file), request())
        assert len(server.requests) == 3
    assert [call.outcome for call in first.calls] == ["status 500", "invalid", "ok"]
    assert [call.outcome for call in again.calls] == ["cached invalid", "cached"]
    assert again.reasked


def test_a_kept_reply_that_is_no_longer_valid_is_asked_for_again(file: Path) -> None:
    with StubServer(OSLO) as server:
        ask("sync", served(server, file), request())
        for spoilt in ('{"text": "{}", "calls": []}', "no JSON"):
            database = sqlite3.connect(file)
            database.execute("UPDATE replies SET value = ?", (spoilt,))
            database.commit()
            database.close()
            [reply] = ask("sync", served(server, file), request())
            assert reply.calls[0].outcome == "ok"
        ask("sync", served(server, file), request())
        assert len(server.requests) == 3


@both
def test_a_damaged_file_breaks_no_run(how: How, file: Path, caplog: pytest.LogCaptureFixture) -> None:
    file.write_bytes(b"not a database" * 100)
    with StubServer(OSLO) as server:
        replies = ask(how, served(server, file), request(), request())
        assert len(server.requests) == 1
    assert [reply.text for reply in replies] == ['{"kind": "place"}'] * 2
    assert "is damaged" in caplog.text


# --- the event loop ---------------------------------------------------------------------------------------------


def test_the_loop_goes_on_while_the_file_is_busy(file: Path) -> None:
    """Another process holds the file until the loop lets go of it: a loop that waits for the file waits in vain."""
    happened: list[str] = []

    async def go(model: Model) -> None:
        async with model:
            await model.acomplete(request(messages=(Message("user", "the client is open"),)))
            writing = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
            writing.execute("BEGIN IMMEDIATE")

            def let_go() -> None:
                writing.rollback()
                happened.append("let go")

            asyncio.get_running_loop().call_later(0.3, let_go)
            await model.acomplete(request())
            happened.append("written")

    with StubServer(OSLO) as server:
        asyncio.run(go(served(server, file)))
        ask("sync", served(server, file), request())
        assert len(server.requests) == 2
    assert happened == ["let go", "written"]


def test_many_at_once_in_one_loop(file: Path) -> None:
    requests = [request(messages=(Message("user", str(number)),)) for number in range(20)]

    async def go(model: Model) -> list[Reply]:
        async with model:
            return await asyncio.gather(*map(model.acomplete, requests))

    with StubServer(OSLO) as server:
        asyncio.run(go(served(server, file)))
        again = asyncio.run(go(served(server, file)))
        assert len(server.requests) == 20
    assert {reply.calls[0].outcome for reply in again} == {"cached"}


# --- the record -------------------------------------------------------------------------------------------------


def record(how: How, server: StubServer, file: Path, **options: Any) -> Summary:
    settings = Settings(model="stub", base_url=server.base_url, prompt="brief", cache=file, **options)
    return (
        summarize(HARBOUR, settings=settings)
        if how == "sync"
        else asyncio.run(asummarize(HARBOUR, settings=settings))
    )


@both
def test_a_record_from_the_cache_is_the_same_but_for_how_it_came_to_be(how: How, file: Path) -> None:
    with StubServer(answer("{}", tokens=(900, 0, 5)), answer(GOOD, tokens=(1200, 40, 20))) as server:
        first, again = record(how, server, file), record(how, server, file)
        assert len(server.requests) == 2
    assert "repaired_after_reask" in [finding.code for finding in again.findings]
    assert again.model_copy(update={"run": first.run}) == first
    spent = Tokens(input=2100, cached=40, output=25)
    assert (first.run.tokens, first.run.saved) == (spent, NOTHING)
    assert (again.run.tokens, again.run.saved) == (NOTHING, spent)


def test_a_changed_prompt_is_asked_anew(file: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "prompt.toml").write_text(
        'version = "1"\ndescription = "mine"\nextends = "brief"\nfields = ["headline", "key_points"]\n'
    )
    (mine / "system.md").write_text("Answer with JSON.")
    reply = json.dumps({key: value for key, value in json.loads(GOOD).items() if key != "five_ws"})
    with StubServer(answer(reply)) as server:

        def asked() -> int:
            settings = Settings(model="stub", base_url=server.base_url, cache=file)
            assert summarize(HARBOUR, prompt=mine, settings=settings).status == "ok"
            return len(server.requests)

        assert [asked(), asked()] == [1, 1]
        (mine / "system.md").write_text("Answer with JSON, briefly.")
        assert [asked(), asked()] == [2, 2]


def test_a_replay_is_not_cached_and_a_recording_from_the_cache_is_whole(file: Path, tmp_path: Path) -> None:
    with StubServer(answer(GOOD)) as server:
        record("sync", server, file)
        cached = record("sync", server, file, record=tmp_path / "recorded")
        assert len(server.requests) == 1
    settings = Settings(model=f"replay:{tmp_path / 'recorded'}", prompt="brief", cache=tmp_path / "unused")
    replayed = summarize(HARBOUR, settings=settings)
    assert replayed.run.saved == cached.run.saved != NOTHING
    assert replayed.key_points == cached.key_points
    assert not (tmp_path / "unused").exists()


def test_a_check_asks_the_server_itself(file: Path) -> None:
    with StubServer(answer('{"days": 7}')) as server:
        for _ in range(2):
            check("stub", Settings(base_url=server.base_url, cache=file))
        assert len(server.requests) == 2


# --- the command ------------------------------------------------------------------------------------------------


def test_the_usual_file_is_in_the_users_cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SUMMARIZER_CACHE_DIR", raising=False)
    assert cache_folder().name == "summarizer" and default_cache().parent == cache_folder()
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(tmp_path))
    assert default_cache().parent == tmp_path


@pytest.mark.usefixtures("bare")
def test_an_article_is_cached_when_that_is_asked_for(tmp_path: Path) -> None:
    with StubServer(answer(GOOD, tokens=(1200, 40, 20))) as server:
        options = (HARBOUR, "--model", "stub", "--base-url", server.base_url, "--prompt", "brief", "-f", "markdown")

        def shown(option: str, file: Path | str = "") -> str:
            folder = str(tmp_path / "user")
            done = run_command(*options, option, SUMMARIZER_CACHE_DIR=folder, SUMMARIZER_CACHE=str(file))
            assert done.returncode == 0, done.stderr
            return done.stdout.splitlines()[-1]

        assert "1 request: 1,200 tokens in (40 cached), 20 out" in shown("--cache")
        assert "1 answer from the cache, saved 1,200 tokens in (40 cached), 20 out" in shown("--cache")
        assert "from the cache" not in shown("--no-cache", tmp_path / "user" / "replies.sqlite3")
        assert len(server.requests) == 2


@pytest.mark.usefixtures("bare")
def test_the_command_shows_and_clears_what_is_kept(file: Path, tmp_path: Path) -> None:
    def command(name: str) -> list[str]:
        done = run_command("cache", name, SUMMARIZER_CACHE=str(file))
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout.splitlines()

    assert command("info") == [str(file), "nothing is kept yet"]
    assert command("clear") == ["0 replies forgotten"]
    assert not file.exists()
    with StubServer(OSLO) as server:
        ask("sync", served(server, file), request(), request(max_tokens=99))
    assert command("info") == [str(file), "2 replies, 0.0 of 500 MB", "        2  stub"]
    assert command("clear") == ["2 replies forgotten"]
    assert command("info")[1] == "0 replies, 0.0 of 500 MB"


def test_the_command_says_what_is_wrong_with_a_file(file: Path) -> None:
    other = sqlite3.connect(file)
    other.execute("CREATE TABLE accounts (name)")
    other.close()
    done = summarizer("cache", "clear", SUMMARIZER_CACHE=str(file))
    assert done.returncode == 1
    assert "another program" in done.stderr and "can't be cleared" in done.stderr
