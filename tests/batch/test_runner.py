"""Many articles in one event loop, with the real client against a scripted server."""

from __future__ import annotations

import asyncio
import inspect
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from batch_runs import read_lines
from long_texts import Reader, report
from polling import wait_for
from repository import TESTS
from stub_server import Step, StubServer, answer, error
from towns import GOOD, TOKENS, town

from summarizer import BatchResult, Item, Settings, asummarize_many, read_article, summarize_many
from summarizer.batch.api import opened_spec
from summarizer.batch.budget import Budget
from summarizer.batch.item import content_key
from summarizer.batch.journal import Memory
from summarizer.batch.runner import BatchRun
from summarizer.batch.stats import Tally
from summarizer.errors import (
    KeyRejected,
    LimitReached,
    OutputFailed,
    PromptNotFound,
    ProviderFailed,
    QuotaExhausted,
    SettingsError,
)
from summarizer.models.base import Reply, Request
from summarizer.models.waiting import without_waiting

OK = answer(GOOD, tokens=TOKENS)


pytestmark = pytest.mark.usefixtures("bare")


def items(*numbers: int) -> list[Item]:
    return [Item(f"town-{number}", town(number).encode()) for number in numbers]


def settings_for(server: StubServer, **options: Any) -> Settings:
    return Settings(model="stub", base_url=server.base_url, prompt="brief", **options)


def run(
    sources: Any, *script: Step, settings: dict[str, Any] | None = None, **options: Any
) -> tuple[list[BatchResult], int]:
    """The lines, and how many requests came."""
    with StubServer(*script) as server:
        lines = [*summarize_many(sources, settings=settings_for(server, **(settings or {})), **options)]
        return lines, len(server.requests)


@asynccontextmanager
async def many_at(server: StubServer, concurrency: int, memory: Memory) -> AsyncIterator[BatchRun]:
    """A run that is asked for its parts."""
    async with opened_spec(None, None, settings_for(server), concurrency) as spec:
        many = BatchRun(spec, memory, Budget(Tally()), concurrency)
        yield many
        many.close()


# --- lines ------------------------------------------------------------------------------------------------------


def test_every_article_is_one_line_with_its_key() -> None:
    lines, requests = run(items(1, 2, 3), OK)
    assert sorted(line.key for line in lines) == ["town-1", "town-2", "town-3"]
    assert all(line.record and line.record.headline and line.error is None for line in lines)
    assert requests == 3 and len({line.id for line in lines}) == 3 and len({line.job for line in lines}) == 1


def test_lines_come_in_the_order_of_completion() -> None:
    slow = Step(OK.body, delay=0.6)
    lines, _ = run(items(1, 2, 3), slow, OK, OK, concurrency=2)
    assert [line.key for line in lines] in (["town-2", "town-3", "town-1"], ["town-1", "town-3", "town-2"])


def test_a_failing_article_is_a_line_that_says_why_and_the_others_go_on() -> None:
    script = (OK, error(400, "no such thing"), OK)
    lines, requests = run(items(1, 2, 3), *script, concurrency=1)
    assert [line.error.type if line.error else None for line in lines] == [None, "RequestRejected", None]
    failure = lines[1].error
    assert failure and "no such thing" in failure.message
    assert [call.outcome for call in failure.calls] == ["status 400"] and requests == 3


def test_what_can_not_be_read_is_a_line_too() -> None:
    lines, _ = run([Path("missing.txt"), *items(1), b"%PDF-1.7", b"  "], OK)
    assert {line.key: line.error.type for line in lines if line.error} == {
        "missing.txt": "SourceNotFound",
        content_key(b"%PDF-1.7"): "SourceUnsupported",
        content_key(b"  "): "SourceEmpty",
    }
    assert all(line.id is None for line in lines if line.error)


def test_a_refusal_is_a_record_with_that_status() -> None:
    [line], _ = run(items(1), answer(None, refusal="I can't help with that."))
    assert line.error is None and line.record and line.record.status == "refused"


def test_sources_are_what_summarize_takes() -> None:
    Path("one.txt").write_text(town(1))
    sources = [Path("one.txt"), town(2), town(3).encode(), read_article(town(4))]
    lines, _ = run(sources, OK)
    again, _ = run(sources[::-1], OK)
    keys = {line.key for line in lines}
    assert len(keys) == 4 and "one.txt" in keys and keys == {line.key for line in again}


def test_what_an_item_knows_stands_over_what_the_source_says() -> None:
    item = Item("x", town(1).encode(), title="Bridge closed", url="https://example.org/x", published="14 May 2024")
    [line], _ = run([item], OK)
    assert line.record is not None
    article = line.record.article
    assert (article.title, article.url, article.published) == (
        "Bridge closed",
        "https://example.org/x",
        "2024-05-14",
    )


# --- once -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("concurrency", [1, 8])
def test_the_same_article_is_asked_once_and_has_a_line_for_each_key(concurrency: int) -> None:
    twins = [*items(1, 2), Item("again", town(1).encode(), url="https://example.org/again")]
    lines, requests = run(twins, Step(OK.body, delay=0.1), concurrency=concurrency, journal=Path("out.jsonl"))
    assert requests == 2
    by_key = {line.key: line for line in lines}
    assert set(by_key) == {"town-1", "town-2", "again"}
    copied = by_key["again"] if by_key["again"].same_as else by_key["town-1"]
    assert copied.same_as in ("town-1", "again") and copied.record and copied.record.headline
    again = by_key["again"].record
    assert again and again.article.url == "https://example.org/again"


def test_every_line_has_the_text_where_it_is_asked_for_that_of_a_twin_too() -> None:
    twins = [*items(1), Item("again", town(1).encode())]
    lines, _ = run(twins, OK, settings={"with_text": True})
    texts = {line.record.article.text for line in lines if line.record}
    assert len(lines) == 2 and texts == {read_article(town(1)).text}


def test_a_failure_is_shared_as_well_and_its_requests_are_told_once() -> None:
    twins = [*items(1), Item("again", town(1).encode())]
    lines, requests = run(twins, error(400, "no"), concurrency=1, journal=Path("out.jsonl"))
    assert requests == 1
    assert [len(line.error.calls) for line in lines if line.error] == [1, 0]


def test_the_same_key_and_article_twice_is_one_line() -> None:
    lines, requests = run(items(1, 1, 1), Step(OK.body, delay=0.1), journal=Path("out.jsonl"))
    assert (len(lines), requests) == (1, 1)


# --- the journal ------------------------------------------------------------------------------------------------


def test_a_second_run_asks_nothing_and_yields_nothing() -> None:
    journal = Path("out.jsonl")
    first, _ = run(items(1, 2), OK, journal=journal)
    assert sorted(read_lines(journal), key=lambda line: line.key) == sorted(first, key=lambda line: line.key)
    assert run(items(1, 2), OK, journal=journal) == ([], 0)
    lines, requests = run(items(1, 2, 3), OK, journal=journal)
    assert [line.key for line in lines] == ["town-3"] and requests == 1


def test_another_prompt_or_language_asks_anew_and_the_server_s_address_does_not() -> None:
    journal = Path("out.jsonl")
    run(items(1), OK, journal=journal)  # each run has a server at another port
    assert run(items(1), OK, journal=journal)[1] == 0
    assert run(items(1), OK, journal=journal, settings={"language": "de"})[1] == 1
    own = Path("own")
    own.mkdir()
    prompt = 'version = "1"\ndescription = "mine"\nextends = "brief"\nmax_points = 2\n'
    fields = 'fields = ["headline", "key_points", "five_ws.who", "five_ws.what", "five_ws.when", "five_ws.where"]\n'
    (own / "prompt.toml").write_text(prompt + fields)
    assert run(items(1), OK, journal=journal, prompt=own)[1] == 1
    assert run(items(1), OK, journal=journal, prompt=own)[1] == 0
    (own / "prompt.toml").write_text(prompt.replace("2", "3") + fields)
    assert run(items(1), OK, journal=journal, prompt=own)[1] == 1


def test_failures_are_made_again_only_when_asked_to() -> None:
    journal = Path("out.jsonl")
    run(items(1, 2), OK, error(400, "no"), journal=journal, concurrency=1)
    assert run(items(1, 2), OK, journal=journal) == ([], 0)
    lines, requests = run(items(1, 2), OK, journal=journal, retry_failed=True)
    assert [(line.key, line.error) for line in lines] == [("town-2", None)] and requests == 1


def test_half_a_line_at_the_end_is_made_anew() -> None:
    journal = Path("out.jsonl")
    run(items(1, 2), OK, journal=journal)
    whole = journal.read_bytes()
    first, second = whole.splitlines(keepends=True)
    journal.write_bytes(first + second[: len(second) // 2])
    lines, requests = run(items(1, 2), OK, journal=journal)
    assert requests == 1 and len(lines) == 1
    assert len([*read_lines(journal)]) == 2


def test_a_record_of_another_version_is_not_shared_but_made_anew() -> None:
    journal = Path("out.jsonl")
    run(items(1), OK, journal=journal)
    line = json.loads(journal.read_text())
    line["record"]["no_longer_known"] = 1
    journal.write_text(json.dumps(line) + "\n")
    lines, requests = run([*items(1), Item("again", town(1).encode())], OK, journal=journal)
    assert requests == 1 and [(line.key, line.same_as) for line in lines] == [("again", None)]


@pytest.mark.parametrize("content", ["not json\n", "not json, no end", "[1]\n", '{"key": "x"}\n', "\n\nx"])
def test_a_file_of_something_else_is_left_alone(content: str) -> None:
    Path("out.jsonl").write_text(content)
    with pytest.raises(OutputFailed, match=r"out\.jsonl, line [13]"):
        run(items(1), OK, journal=Path("out.jsonl"))
    assert Path("out.jsonl").read_text() == content


@pytest.mark.parametrize(
    "bad",
    [
        *("", "\0" * 512, '{"key": "torn", "id": 12', '{"key": 1}', "null"),
        '{"key": 1, "id": "a", "job": JOB, "url": null, "error": null, "record": {}}',
        '{"key": "a", "id": [], "job": JOB, "url": 5, "error": {"type": {}}, "record": null}',
    ],
)
def test_a_line_that_says_nothing_costs_no_other_line(bad: str) -> None:
    journal = Path("out.jsonl")
    run(items(1, 2), OK, journal=journal)
    first, second = journal.read_text().splitlines()
    bad = bad.replace("JOB", json.dumps(json.loads(first)["job"]))
    journal.write_text(f"{first}\n{bad}\n{second}\n")
    lines, requests = run(items(1, 2, 3), OK, journal=journal)
    assert requests == 1 and [line.key for line in lines] == ["town-3"]
    assert len([*read_lines(journal)]) == 3 and bad in journal.read_text().splitlines()


def test_lines_that_say_nothing_and_shared_keys_are_warnings(caplog: pytest.LogCaptureFixture) -> None:
    journal = Path("out.jsonl")
    run(items(1), OK, journal=journal)
    assert caplog.messages == []
    journal.write_text(f"\n{journal.read_text()}\n")
    twins = [Item("7\x1b[2J", town(number)) for number in (2, 3, 4)]
    lines, _ = run([*items(1), *twins], OK, journal=journal)
    assert len(lines) == 3
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]
    unread, shared = caplog.messages
    assert unread.startswith("out.jsonl: passed over, since nothing can be read there: lines 1, 3; an article")
    assert shared == "stand for more than one article, each with a line of its own: 7␛[2J"


# --- what ends a run --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "raised"),
    [(error(401, "bad key"), KeyRejected), (error(402, "no credit"), QuotaExhausted)],
)
def test_what_no_article_would_escape_ends_the_run_and_keeps_what_was_done(
    step: Step, raised: type[Exception]
) -> None:
    with pytest.raises(raised):
        run(items(*range(20)), OK, OK, step, journal=Path("out.jsonl"), concurrency=1)
    lines = [*read_lines(Path("out.jsonl"))]
    assert [line.error for line in lines] == [None, None]
    assert run(items(*range(20)), OK, journal=Path("out.jsonl"))[1] == 18


def test_what_is_under_way_is_finished_before_it_ends() -> None:
    slow = Step(OK.body, delay=0.5)
    with pytest.raises(KeyRejected):
        run(items(*range(9)), slow, slow, error(401, "bad key"), journal=Path("out.jsonl"), concurrency=3)
    assert len([*read_lines(Path("out.jsonl"))]) == 2


def test_the_next_article_is_not_asked_after_what_ends_the_run() -> None:
    with StubServer(OK, OK, error(401, "bad key")) as server, pytest.raises(KeyRejected):
        list(summarize_many(items(*range(9)), settings=settings_for(server), concurrency=1))
    assert len(server.requests) == 3


HANGS = Step(OK.body, delay=1.0)
IMPATIENT = {"timeout": 0.2, "tries": 2}


def hangs(
    numbers: range, *script: Step, concurrency: int, retry_failed: bool = False
) -> tuple[list[BatchResult], int]:
    with without_waiting():
        options = {"concurrency": concurrency, "journal": Path("out.jsonl"), "retry_failed": retry_failed}
        return run(items(*numbers), *script, settings=IMPATIENT, **options)


@pytest.mark.parametrize(("concurrency", "most"), [(1, 3), (8, 3)])
def test_a_server_that_hangs_is_found_out_after_a_few_articles(concurrency: int, most: int) -> None:
    with pytest.raises(ProviderFailed, match="stub gives no answer: 3 articles in a row had none in time"):
        hangs(range(20), OK, OK, HANGS, concurrency=concurrency)
    lines = [*read_lines(Path("out.jsonl"))]
    assert sum(line.record is not None for line in lines) == 2
    assert [line.error.type for line in lines if line.error] == ["ProviderFailed"] * most
    lines, requests = hangs(range(20), OK, concurrency=concurrency, retry_failed=True)
    assert requests == 18 and all(line.record for line in lines)


def test_a_few_articles_that_take_too_long_between_others_end_no_run() -> None:
    script = (HANGS, HANGS, HANGS, HANGS, OK) * 3
    lines, _ = hangs(range(9), *script, concurrency=1)
    assert [line.error is not None for line in lines] == [True, True, False] * 3


def test_where_nothing_is_left_to_ask_the_last_ones_are_failures_and_no_more() -> None:
    lines, _ = hangs(range(4), OK, HANGS, concurrency=1)
    assert [line.error is not None for line in lines] == [False, True, True, True]


class SlowDisk(Memory):
    """Takes its time until a line is safe."""

    def sync(self) -> None:
        time.sleep(0.5)


def test_a_line_that_is_made_when_the_run_ends_is_given_out_and_counted() -> None:
    async def main() -> tuple[list[str], int]:
        keys = []
        with StubServer(replace(error(401, "bad key"), delay=0.2)) as server:
            async with many_at(server, 2, SlowDisk()) as many:
                with pytest.raises(KeyRejected):
                    async for line in many.lines([Item("empty", b" "), *items(1)]):
                        keys.append(line.key)
                return keys, many.tally.failures

    assert asyncio.run(main()) == (["empty"], 1)


def test_an_unknown_prompt_is_said_before_anything_is_asked() -> None:
    with pytest.raises(PromptNotFound):
        run(items(1), OK, prompt="nwes")


def test_an_error_of_the_caller_s_own_iterable_is_the_caller_s() -> None:
    def broken() -> Iterator[Item]:
        yield from items(1)
        raise RuntimeError("the database has gone")

    with pytest.raises(RuntimeError, match="database"):
        run(broken(), OK, journal=Path("out.jsonl"))
    assert len([*read_lines(Path("out.jsonl"))]) == 1


def test_tokens_are_limited_before_the_next_request() -> None:
    each = sum(TOKENS[::2])
    with pytest.raises(LimitReached, match="limit of 3,200 tokens"):
        run(items(*range(9)), OK, journal=Path("out.jsonl"), concurrency=1, max_tokens=3200)
    lines = [*read_lines(Path("out.jsonl"))]
    assert lines and len(lines) * each <= 3200 and (len(lines) + 2) * each > 3200


def test_an_answer_that_does_not_fit_is_asked_for_again_within_the_limit_alone() -> None:
    wrong = answer("{}", tokens=TOKENS)
    with StubServer(wrong, OK) as server, pytest.raises(LimitReached, match="1,050 are spent") as caught:
        [*summarize_many(items(1), settings=settings_for(server), max_tokens=2000)]
    assert len(server.requests) == 1 and [call.outcome for call in caught.value.calls] == ["invalid"]
    lines, requests = run(items(1), wrong, OK, max_tokens=5000)
    assert lines[0].record and requests == 2


def test_a_failed_call_is_made_again_within_the_limit_alone() -> None:
    """What others have spent in the meantime counts."""
    slow = replace(answer(GOOD, tokens=(3500, 0, 50)), delay=0.3)
    failing = replace(error(500, "try later"), delay=0.6)
    with StubServer(failing, slow, OK) as server, pytest.raises(LimitReached, match="3,550 are spent"):
        [*summarize_many(items(1, 2), settings=settings_for(server), max_tokens=4000, concurrency=2)]
    assert len(server.requests) == 2


def test_many_at_once_do_not_overspend_together() -> None:
    slow = answer(GOOD, tokens=(600, 0, 50), delay=0.2)  # fewer than our estimate, as it should be
    with pytest.raises(LimitReached):
        run(items(*range(64)), slow, journal=Path("out.jsonl"), concurrency=64, max_tokens=20_000)
    spent = sum(
        line.record.run.tokens.input + line.record.run.tokens.output
        for line in read_lines(Path("out.jsonl"))
        if line.record
    )
    assert 0 < spent <= 20_000


def test_a_limit_of_the_cost_needs_a_price_and_holds() -> None:
    with pytest.raises(SettingsError, match="Limit the tokens instead"):
        run(items(1), OK, max_cost=1.0)
    with pytest.raises(LimitReached, match=r"the limit of \$"):
        priced = {"priced_as": "openai:gpt-6-luna"}
        run(items(*range(9)), OK, settings=priced, concurrency=1, max_cost=0.0008, journal=Path("out.jsonl"))
    lines = [*read_lines(Path("out.jsonl"))]
    costs = [line.record.run.cost or 0 for line in lines if line.record]
    assert 1 <= len(costs) < 9 and 0 < sum(costs) <= 0.0008


# --- so many at a time ------------------------------------------------------------------------------------------


class Counting(Reader):
    """A model of the caller's own, which nothing bounds but the run; knows how many requests it had at once."""

    at_once = most = 0

    async def acomplete(self, request: Request) -> Reply:
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        await asyncio.sleep(0.02)
        self.at_once -= 1
        return self.complete(request)


def test_the_later_requests_of_an_article_are_among_so_many_at_a_time() -> None:
    model = Counting()
    sources = [f"Report {number}\n\n{report(sections=10)}" for number in range(4)]
    lines = [*summarize_many(sources, model=model, settings=Settings(prompt="news", max_tokens=1000), concurrency=2)]
    assert all(line.record for line in lines) and len(model.requests) >= 2 * len(lines)
    assert model.most == 2


def test_a_line_does_not_wait_for_a_page_that_is_being_fetched() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        page = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        settings = Settings(model="extractive", prompt="brief", allow_private_hosts=True)
        lines = summarize_many([*items(1), page], settings=settings, concurrency=1, journal=Path("out.jsonl"))
        assert next(lines).key == "town-1"
        connection, _ = silent.accept()
        with connection:
            assert is_open(connection)
        lines.close()


def is_open(connection: socket.socket) -> bool:
    """Whether who asks still waits for an answer."""
    connection.setblocking(False)
    try:
        while connection.recv(4096):
            pass
    except BlockingIOError:
        return True
    return False


# --- articles that come by themselves ---------------------------------------------------------------------------


def test_after_what_ends_the_run_no_article_that_waits_is_asked() -> None:
    async def main() -> tuple[list[type[Any]], int]:
        with StubServer(error(401, "bad key")) as server:
            async with many_at(server, 1, Memory()) as many:
                made = await asyncio.gather(*map(many.one, items(*range(6))), return_exceptions=True)
                return [type(each) for each in made], len(server.requests)

    assert asyncio.run(main()) == ([KeyRejected] * 6, 1)


def test_who_waits_for_the_same_article_has_its_line_when_the_first_gives_up() -> None:
    async def main() -> tuple[list[str | None], int]:
        with StubServer(Step(OK.body, delay=0.3)) as server:
            async with many_at(server, 4, Memory()) as many:
                tasks = [asyncio.create_task(many.one(Item(key, town(1).encode()))) for key in "abc"]
                while not server.requests:
                    await asyncio.sleep(0.01)
                tasks[0].cancel()
                lines = [line for line in await asyncio.gather(*tasks[1:]) if line]
                return [line.same_as for line in lines], len(server.requests)

    assert asyncio.run(main()) == ([None, "b"], 2)


# --- streams ----------------------------------------------------------------------------------------------------


def test_sources_are_taken_as_they_are_wanted() -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield town(taken)

    lines = summarize_many(endless(), model="extractive", settings=Settings(prompt="brief"), concurrency=4)
    for _ in range(10):
        assert next(lines).record
    lines.close()
    assert taken <= 10 + 3 * 4 + 3
    wait_for(lambda: not [thread for thread in threading.enumerate() if thread.name.startswith("batch")])


def test_asynchronous_sources_and_callers() -> None:
    async def feed() -> AsyncIterator[Item]:
        for item in items(1, 2, 3):
            await asyncio.sleep(0.01)
            yield item

    async def main() -> tuple[list[str], int]:
        with StubServer(OK) as server:
            keys = [line.key async for line in asummarize_many(feed(), settings=settings_for(server))]
            return keys, len(asyncio.all_tasks())

    keys, tasks = asyncio.run(main())
    assert sorted(keys) == ["town-1", "town-2", "town-3"] and tasks == 1


def test_leaving_early_cancels_what_is_under_way() -> None:
    async def main() -> int:
        with StubServer(OK, Step(OK.body, delay=20.0)) as server:
            lines = asummarize_many(items(*range(9)), settings=settings_for(server), concurrency=4)
            async for _ in lines:
                break
            await lines.aclose()
            assert len(asyncio.all_tasks()) == 1
            return server.under_way

    assert asyncio.run(main()) > 0


@pytest.mark.parametrize("leaving", ["for _ in lines: break", "next(lines)"])
def test_code_without_an_event_loop_leaves_early_and_nothing_is_said(leaving: str) -> None:
    code = f"""
from summarizer import Settings, summarize_many
lines = summarize_many([{town(1)!r}, {town(2)!r}, {town(3)!r}], settings=Settings(model="extractive", prompt="brief"))
{leaving}
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_caller_that_takes_its_time_holds_up_no_request() -> None:
    slow = Step(OK.body, delay=0.3)
    with StubServer(slow) as server:
        lines = summarize_many(items(*range(4)), settings=settings_for(server), concurrency=4)
        next(lines)
        wait_for(lambda: len(server.requests) == 4 and not server.under_way)
        assert len([*lines]) == 3


def test_the_twins_take_the_same_arguments() -> None:
    assert inspect.signature(summarize_many).parameters == inspect.signature(asummarize_many).parameters


MEMORY = """
import os, sys
from pathlib import Path
from towns import town
from summarizer import Item, Settings, summarize_many

def megabytes_after(articles):
    sources = (Item(f"town-{number}", town(number).encode()) for number in articles)
    settings = Settings(model="extractive", prompt="brief")
    for line in summarize_many(sources, settings=settings, journal=Path("out.jsonl")):
        assert line.record
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6

print(megabytes_after(range(200)), megabytes_after(range(200, 2200)))
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not tell memory in this way")
def test_memory_stays_flat_over_two_thousand_articles() -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run(
        [sys.executable, "-c", MEMORY], capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 0, done.stderr
    before, after = map(float, done.stdout.split())
    assert after - before < 15  # MB; the 2,000 records themselves take 31
