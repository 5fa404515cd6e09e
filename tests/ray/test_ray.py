"""Many articles on a cluster: two machines' worth of Ray on this one, with workers killed in the middle."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import pickle
import re
import shlex
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from batch_runs import read_lines
from polling import PATIENCE, wait_for
from repository import DOCS
from stub_server import Step, StubServer, answer, error
from towns import GOOD, TOKENS, row, town

from summarizer import BatchResult, Item, Settings, summarize_many
from summarizer.batch.budget import Budget
from summarizer.batch.input.inputs import Inputs
from summarizer.batch.input.rows import Fields
from summarizer.batch.journal import Memory
from summarizer.batch.runner import BatchRun
from summarizer.batch.stats import Tally
from summarizer.errors import LimitReached, ModelNotReady, SettingsError
from summarizer.jsonl_file import AppendOnlyFile
from summarizer.prompts import load_prompt

os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
ray = pytest.importorskip("ray", reason="Ray is not installed: pip install 'checked-summarizer[ray]'")
pytest.importorskip("ray.data", reason="Ray Data is not installed: pip install 'checked-summarizer[ray]'")

pytestmark = [
    pytest.mark.skipif(not Path("/proc/self").exists(), reason="which processes there are is read in /proc"),
    pytest.mark.usefixtures("bare"),
]

from summarizer.ray import summarize_dataset  # noqa: E402  # after the question whether Ray is there
from summarizer.ray.rows import Rows, check_columns  # noqa: E402  # the same
from summarizer.ray.shared_throttle import Gate  # noqa: E402  # the same
from summarizer.ray.worker import WorkerJob  # noqa: E402  # the same
from summarizer.ray.worker_pool import Fleet  # noqa: E402  # the same

if TYPE_CHECKING:
    from ray.data import Dataset

ARTICLES = 40
CONCURRENCY = 8
EACH_IN_FLIGHT = CONCURRENCY
"""Requests that one of two workers has under way at most: all, if the other one has come up later."""

DELAY = 0.3
"""Seconds that an answer takes."""

OK = answer(GOOD, tokens=TOKENS, delay=DELAY)
OUT = Path("out.jsonl")


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """Two machines, as far as Ray can tell; the address."""
    from ray.cluster_utils import Cluster

    node: dict[str, Any] = {"num_cpus": 2, "object_store_memory": 100 * 2**20, "include_dashboard": False}
    two = Cluster(initialize_head=True, head_node_args=node)
    two.add_node(**node)
    two.wait_for_nodes()
    ray.init(two.address, log_to_driver=False, logging_level="error")
    ray.data.DataContext.get_current().enable_progress_bars = False
    yield two.address
    ray.shutdown()
    two.shutdown()  # type: ignore[no-untyped-call]  # ray says no types for it
    assert not ours("ray::")


def settings_for(server: StubServer, **options: Any) -> Settings:
    return Settings(model="stub", base_url=server.base_url, prompt="brief", **options)


def dataset(articles: int = ARTICLES) -> Dataset:
    rows: Dataset = ray.data.from_items([row(number) for number in range(articles)])
    return rows


def on_cluster(ds: Dataset, server: StubServer, **options: Any) -> Dataset:
    options = {"workers": 2, "concurrency": CONCURRENCY, "settings": settings_for(server), **options}
    return summarize_dataset(ds, **options)


def lines_of(rows: list[dict[str, Any]]) -> list[BatchResult]:
    return [BatchResult.model_validate_json(each["summary_line"]) for each in rows]


def table(articles: int = ARTICLES) -> str:
    """The articles as a file."""
    Path("articles.jsonl").write_text("".join(json.dumps(row(number)) + "\n" for number in range(articles)))
    return "articles.jsonl"


def on_one_machine(server: StubServer, articles: int = ARTICLES) -> list[BatchResult]:
    rows = Inputs((table(articles),))
    return [*summarize_many(rows, settings=settings_for(server), concurrency=CONCURRENCY)]


def comparable(lines: list[BatchResult]) -> list[str]:
    """The lines in the order of their keys, without what no two runs have in common."""
    ordered = sorted(lines, key=lambda line: line.key)
    return [re.sub(r'"seconds":[\d.]+', "", line.model_dump_json()) for line in ordered]


# --- processes of the cluster -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Process:
    """One that this test has started, by way of Ray."""

    pid: int
    parent: int
    title: str


def ours(title: str) -> list[Process]:
    """Processes below this one whose title begins so."""
    found = [process for entry in Path("/proc").glob("[0-9]*") if (process := _process(entry))]
    parents = {process.pid: process.parent for process in found}

    def is_ours(pid: int) -> bool:
        while pid in parents and pid != os.getpid():
            pid = parents[pid]
        return pid == os.getpid()

    return [process for process in found if process.title.startswith(title) and is_ours(process.pid)]


def _process(entry: Path) -> Process | None:
    try:
        parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
        return Process(int(entry.name), parent, (entry / "cmdline").read_text().replace("\0", " "))
    except (OSError, ValueError):  # it has just ended
        return None


def killed(title: str, when: Callable[[], bool]) -> threading.Thread:
    """Kills one of these processes as soon as it is time to."""

    def kill() -> None:
        wait_for(when)
        os.kill(ours(title)[0].pid, signal.SIGKILL)

    thread = threading.Thread(target=kill)
    thread.start()
    return thread


def most_at_once(server: StubServer) -> int:
    """Requests under way at a time, at most."""
    return max(request.at_once for request in server.requests)


# --- a dataset --------------------------------------------------------------------------------------------------


def test_with_a_worker_and_the_keeper_of_the_journal_killed_every_row_has_the_line_it_has_on_one_machine(
    cluster: str,
) -> None:
    with StubServer(OK) as server:
        first = killed("ray::Worker", lambda: len(server.requests) > ARTICLES // 4)
        second = killed("ray::MapWorker", lambda: len(server.requests) > ARTICLES // 2)
        rows = on_cluster(dataset(), server, journal=OUT).take_all()
        first.join()
        second.join()
        requests = len(server.requests)
        here = on_one_machine(server)
    assert len(rows) == ARTICLES == len({each["id"] for each in rows})
    assert ARTICLES < requests <= ARTICLES + EACH_IN_FLIGHT + CONCURRENCY
    assert comparable(lines_of(rows)) == comparable(here) == comparable([*read_lines(OUT)])
    assert all(each["summary_key"] == each["id"] and each["summary_error"] is None for each in rows)


def test_rows_that_fail_say_why_in_columns_and_may_be_tried_again(cluster: str) -> None:
    rows = [*map(row, range(3)), {"id": None, "text": " "}]
    with StubServer(error(400, "no such thing"), Step(OK.body)) as server:
        made = on_cluster(ray.data.from_items(rows), server, workers=1, journal=OUT).take_all()
        wait_for(lambda: not ours("ray::MapWorker"))  # which Ray Data ends when it comes to it
        again = summarize_many(Inputs((table(3),)), settings=settings_for(server), journal=OUT, retry_failed=True)
        assert [line.error for line in again] == [None] and len(server.requests) == 4
    assert Counter(each["summary_error"] for each in made) == {None: 2, "RequestRejected": 1, "SourceEmpty": 1}
    failed = {each["summary_error"]: each for each in made}
    refused = failed["RequestRejected"]
    assert "no such thing" in refused["summary_error_message"] and refused["summary_headline"] is None
    assert re.fullmatch(r"#[0-9a-f]{16}", failed["SourceEmpty"]["summary_key"])


def test_the_same_article_in_several_rows_is_worked_on_once_and_each_row_has_its_line(cluster: str) -> None:
    twins = ray.data.from_items([row(0), row(0), {"id": "twin", "text": town(0)}])
    made = summarize_dataset(twins, model="extractive", workers=1, journal=OUT).take_all()
    assert sorted(each["summary_key"] for each in made) == ["town-0", "town-0", "twin"]
    assert len({each["summary_id"] for each in made}) == 1 and all(line.record for line in lines_of(made))
    assert Counter(line.same_as is None for line in read_lines(OUT)) == {True: 1, False: 1}


def test_rows_that_have_their_line_already_are_not_kept_in_memory(cluster: str) -> None:
    import pyarrow

    async def twice(rows: Rows) -> list[list[str]]:
        batch = pyarrow.Table.from_pylist([*map(row, range(5))])
        return [made["summary_key"].to_pylist() for _ in range(2) async for made in rows(batch)]

    job = WorkerJob.of("extractive", load_prompt("brief"), Settings())
    limits: dict[str, Any] = {"retry_failed": False, "max_tokens": None, "max_cost": None}
    rows = Rows(job, Fields(), "summary_", OUT.resolve(), concurrency=CONCURRENCY, workers=1, **limits)
    first, second = asyncio.run(twice(rows))
    assert first == second and len(first) == 5 == len([*read_lines(OUT)])
    gc.collect()
    assert not [each for each in gc.get_objects() if isinstance(each, Item)]


def test_a_prompt_comes_to_the_other_process_with_all_that_it_is_made_of(bare: None) -> None:
    examples = Path("mine/examples")
    examples.mkdir(parents=True)
    (examples.parent / "prompt.toml").write_text('extends = "brief"')
    (examples.parent / "extra.md").write_text("Headlines in sentence case.")
    (examples / "town.txt").write_text(town(0))
    (examples / "town.json").write_text(GOOD)
    prompt = load_prompt(examples.parent)
    job = pickle.loads(pickle.dumps(WorkerJob.of("extractive", prompt, Settings())))
    assert job.spec().prompt.sha256 == prompt.sha256 and len(job.spec().prompt.examples) == 1


def test_what_no_row_would_escape_ends_the_execution_and_frees_the_journal(cluster: str) -> None:
    with StubServer(OK, error(401, "bad key")) as server:
        with pytest.raises(Exception, match=r"KeyRejected.*bad key"):
            on_cluster(dataset(), server, workers=1, journal=OUT).take_all()
        assert len(server.requests) <= 2 * CONCURRENCY
    wait_for(lambda: not ours("ray::Worker"))
    assert [line.error for line in read_lines(OUT)] == [None]  # what was paid for
    AppendOnlyFile(OUT, alone=True).close()


def test_a_dataset_without_articles_or_with_our_columns_is_refused() -> None:
    check_columns(["id", "text"], Fields(), "summary_")
    with pytest.raises(SettingsError, match="neither a column 'text' nor 'url', but: body"):
        check_columns(["body"], Fields(), "summary_")
    with pytest.raises(SettingsError, match="summary_key already; name another prefix"):
        check_columns(["text", "summary_key"], Fields(), "summary_")


# --- the command of the page ------------------------------------------------------------------------------------


def blocks(language: str) -> list[str]:
    page = (DOCS / "scale.md").read_text()
    return re.findall(rf"^```{language}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)


def environment(server: StubServer, address: str) -> dict[str, str]:
    cache = str(Path("cache").resolve())
    ours = {"SUMMARIZER_BASE_URL": server.base_url, "SUMMARIZER_CACHE_DIR": cache, "RAY_ADDRESS": address}
    return {**os.environ, **ours}


def started(server: StubServer, address: str, *more: str) -> subprocess.Popen[str]:
    [command] = [block for block in blocks("sh") if "--engine ray" in block]
    arguments = [sys.executable, "-m", "summarizer", *shlex.split(command)[1:], *more]
    return subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True, env=environment(server, address))


def test_a_killed_command_goes_on_with_a_worker_killed_and_makes_the_lines_of_one_machine(cluster: str) -> None:
    table()
    out, few = Path("records.jsonl"), ["--concurrency", str(CONCURRENCY)]
    with StubServer(OK) as server:
        first = started(server, cluster, *few)
        wait_for(lambda: len(server.requests) > ARTICLES // 3)
        first.kill()
        first.communicate()
        before = len(server.requests)
        assert 0 < len([*read_lines(out)]) < ARTICLES
        wait_for(lambda: not ours("ray::Worker"))
        killing = killed("ray::Worker", lambda: len(server.requests) > before + ARTICLES // 4)
        second = started(server, cluster, *few)
        _, said = second.communicate(timeout=PATIENCE)
        killing.join()
        assert second.returncode == 0 and "there already" in said, said
        requests = len(server.requests)
        third = started(server, cluster, "--engine", "local")
        _, said = third.communicate(timeout=PATIENCE)
        assert third.returncode == 0 and f"{ARTICLES} there already" in said, said
        assert len(server.requests) == requests <= ARTICLES + CONCURRENCY + EACH_IN_FLIGHT
        lines = [*read_lines(out)]
        assert len(lines) == ARTICLES == len({line.key for line in lines}) and all(line.record for line in lines)


def test_the_notebook_of_the_page_runs(cluster: str) -> None:
    table(5)
    with StubServer(Step(OK.body)) as server:
        [code] = blocks("python")
        words = [sys.executable, "-c", code]
        done = subprocess.run(
            words, capture_output=True, text=True, check=False, env=environment(server, cluster), timeout=PATIENCE
        )
        assert done.returncode == 0, done.stderr[-1000:]
        assert len(server.requests) == 5
        assert [*Path("records").glob("*.parquet")]


def test_an_address_without_a_cluster_is_an_error_that_says_so() -> None:
    table(1)
    with StubServer(OK) as server:
        nowhere = started(server, "none", "--ray-address", "127.0.0.1:1")
        _, said = nowhere.communicate(timeout=PATIENCE)
    assert nowhere.returncode == 2 and "no Ray cluster at 127.0.0.1:1" in said
    assert not server.requests


# --- a fleet ----------------------------------------------------------------------------------------------------


@dataclass
class Service:
    """A fleet at work on one server, for several tests, the last ones: workers take seconds to come up."""

    server: StubServer
    fleet: Fleet
    job: WorkerJob
    runner: asyncio.Runner

    def lines(self, items: list[Item], *script: Step, max_tokens: int | None = None) -> list[BatchResult]:
        """What the items come to when the server answers so."""
        self.server.script = script
        self.server.requests.clear()

        async def run() -> list[BatchResult]:
            budget = self.fleet.budget = Budget(Tally(), max_tokens)
            many = BatchRun(self.job.spec(), Memory(), budget, CONCURRENCY, self.fleet)
            return [line async for line in many.lines(items)]

        return self.runner.run(run())


@pytest.fixture(scope="module")
def service(cluster: str) -> Iterator[Service]:
    wait_for(lambda: not ours("ray::Worker"))  # those of other tests
    with StubServer(OK) as server, asyncio.Runner() as runner:
        job = WorkerJob.of(None, load_prompt("brief"), settings_for(server))
        with closing(Fleet(job, 2, CONCURRENCY, Budget(Tally()))) as fleet:
            yield Service(server, fleet, job, runner)


def items(count: int) -> list[Item]:
    return [Item(f"town-{number}", town(number).encode()) for number in range(count)]


def test_all_workers_together_stay_within_one_limit(service: Service) -> None:
    lines = service.lines(items(ARTICLES), OK)
    assert len(lines) == len(service.server.requests) == ARTICLES
    assert most_at_once(service.server) == CONCURRENCY


def test_with_a_worker_killed_only_what_it_had_under_way_is_asked_again(service: Service) -> None:
    service.server.requests.clear()
    killing = killed("ray::Worker", lambda: len(service.server.requests) > ARTICLES // 3)
    lines = service.lines(items(ARTICLES), OK)
    killing.join()
    assert ARTICLES < len(service.server.requests) <= ARTICLES + EACH_IN_FLIGHT
    assert comparable(lines) == comparable(on_one_machine(service.server))


def test_what_one_worker_is_told_to_wait_all_wait(service: Service) -> None:
    refusal = replace(error(429, retry_after="2"), refuses=1.9)
    lines = service.lines(items(ARTICLES), *[OK] * 16, refusal, OK)
    assert all(line.record for line in lines)
    assert ARTICLES < len(service.server.requests) <= ARTICLES + CONCURRENCY


def test_a_wait_of_a_day_fails_the_articles_of_all_workers_at_once(service: Service) -> None:
    service.server.requests.clear()
    service.server.script = [OK, error(429, "no more today", retry_after="88200")]

    async def run() -> list[BatchResult]:
        with closing(Fleet(service.job, 2, CONCURRENCY, Budget(Tally()))) as fleet:
            many = BatchRun(service.job.spec(), Memory(), fleet.budget, CONCURRENCY, fleet)
            return [line async for line in many.lines(items(ARTICLES))]

    failed = [line.error for line in service.runner.run(run()) if line.error]
    assert len(failed) == ARTICLES - 1 and len(service.server.requests) < ARTICLES
    assert {one.type for one in failed} == {"ProviderFailed"}
    assert not [one.message for one in failed if "a wait of 24 h" not in one.message]


def test_limits_hold_for_all_workers_together(service: Service) -> None:
    with pytest.raises(LimitReached, match="the limit of 12,000 tokens"):
        service.lines(items(ARTICLES), Step(OK.body), max_tokens=12_000)
    assert 0 < len(service.server.requests) < ARTICLES // 2


class Poison(bytes):
    """Ends the process that takes it in."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os._exit, (1,)


def test_an_article_that_kills_its_workers_is_one_failure_and_the_others_have_their_lines(service: Service) -> None:
    lines = service.lines([Item("poison", Poison(b"x")), *items(10)], Step(OK.body))
    assert {line.key: line.error.type for line in lines if line.error} == {"poison": "WorkerLost"}
    assert len(lines) == 11 == len({line.key for line in lines})


def test_without_the_gate_the_run_ends_with_an_error(service: Service) -> None:
    service.server.requests.clear()
    killing = killed("ray::Gate", lambda: len(service.server.requests) > ARTICLES // 3)
    with pytest.raises(ModelNotReady, match="the actor that holds the limit of all workers is gone"):
        service.lines(items(ARTICLES), OK)
    killing.join()
    assert len(service.server.requests) < ARTICLES


def test_workers_that_the_cluster_has_no_room_for_are_not_waited_for(
    cluster: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def read(fleet: Fleet) -> Any:
        return await fleet.read(items(1)[0])

    monkeypatch.setattr("summarizer.ray.worker_pool.WORKER_MEMORY", 2**40)
    monkeypatch.setattr("summarizer.ray.worker_pool.COMING_UP", 1.0)
    job = WorkerJob.of("extractive", load_prompt("brief"), Settings())
    with (
        closing(Fleet(job, 1, CONCURRENCY, Budget(Tally()))) as fleet,
        pytest.raises(ModelNotReady, match="no worker came up in 1 s"),
    ):
        asyncio.run(read(fleet))


# --- the gate, without a cluster --------------------------------------------------------------------------------


def test_slots_of_a_dead_worker_are_free_again_and_it_gets_no_more() -> None:
    async def run() -> None:
        gate = Gate(2)
        await gate.enter("dead", 0)
        await gate.enter("dead", 1)
        waiting = asyncio.create_task(gate.enter("alive", 0))
        late = asyncio.create_task(gate.enter("dead", 2))
        await asyncio.sleep(0)
        await gate.gone("dead")
        await asyncio.wait_for(waiting, 1)
        with pytest.raises(asyncio.CancelledError):
            await late
        with pytest.raises(asyncio.CancelledError):
            await gate.enter("dead", 3)
        assert await gate.in_flight() == 1

    asyncio.run(run())


def test_who_gives_up_waiting_holds_no_slot() -> None:
    async def run() -> None:
        gate = Gate(1)
        await gate.enter("a", 0)
        waiting = asyncio.create_task(gate.enter("b", 0))
        await asyncio.sleep(0)
        await gate.leave("b", 0)
        await gate.leave("a", 0)
        await asyncio.wait_for(gate.enter("a", 1), 1)
        assert waiting.cancelled() and await gate.in_flight() == 1

    asyncio.run(run())
