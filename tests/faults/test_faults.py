"""What a server may do wrong, alone and mixed over 2,000 articles: nothing is lost, doubled or leaked.

`pytest tests/faults -s -k mixed` prints the counts that docs/performance.md shows.
"""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import faulty_server
import pytest
from batch_runs import read_lines
from faulty_server import NEW_KEY, OLD_KEY, Script, Served, Server, Step
from pydantic import SecretStr
from virtual_time import now, run_virtual

from summarizer import BatchResult, Item, Settings, Summary, asummarize, asummarize_many, summarize
from summarizer.batch.runner import UNANSWERED
from summarizer.errors import KeyRejected, ProviderFailed
from summarizer.models.connecting import connect
from summarizer.models.openai.batches import Batches
from summarizer.models.remote.model import EndpointModel
from summarizer.models.throttle import Throttle
from summarizer.models.waiting import without_waiting
from summarizer.record import Call

TRIES = 4
CONCURRENCY = 64


def text_of(case: int) -> str:
    return (
        f"The harbour ferry was late on Monday morning, says the log of Case {case:04}.\n\nIts engine had a fault. "
        "Nobody was hurt, the harbour office said.\n\nBoats will run as planned on Tuesday."
    )


# --- the driver -------------------------------------------------------------------------------------------------


def ending(line: BatchResult) -> str:
    """How an article ended: the status of its record, or the name of its error."""
    if line.error:
        return line.error.type
    assert line.record
    return line.record.status


def calls_of(line: BatchResult) -> Sequence[Call]:
    """The requests on an article's account."""
    if line.error:
        return line.error.calls
    assert line.record
    return line.record.run.requests


@dataclass(frozen=True)
class Outcome:
    """All that is known after a run."""

    lines: tuple[BatchResult, ...]
    ended_by: str | None
    seconds: float
    tasks_left: int
    served: tuple[Served, ...]
    connections_left: int

    @cached_property
    def endings(self) -> dict[int, str]:
        """How each article ended that has a line."""
        return {int(line.key): ending(line) for line in self.lines}

    @cached_property
    def steps(self) -> dict[int, list[Step]]:
        """What the tries of each article were met with."""
        steps: dict[int, list[Step]] = {}
        for row in self.served:
            steps.setdefault(row.case, []).append(row.step)
        return steps


@contextmanager
def serving(script: Script) -> Iterator[str]:
    """The address of a server for this script, in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, str(Path(faulty_server.__file__))], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin
    assert process.stdout
    try:
        process.stdin.write(script.dump() + "\n")
        process.stdin.flush()
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def healthy() -> Iterator[str]:
    """The address of a server that does nothing wrong."""
    with serving(Script(0.0)) as address:
        yield address


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """The file that the runs of a test write to."""
    return tmp_path / "out.jsonl"


def log_of(address: str, patience: float = 3.0) -> tuple[tuple[Served, ...], int]:
    """What the server did, and the connections that stay open however long one waits."""
    ends = time.monotonic() + patience
    while True:
        with urllib.request.urlopen(f"{address}/log") as answer:
            log = json.load(answer)
        if not log["open"] or time.monotonic() > ends:
            rows = tuple(Served(**{**row, "step": Step(**row["step"])}) for row in log["served"])
            return rows, log["open"]
        time.sleep(0.05)


def run(
    address: str,
    journal: Path,
    cases: int,
    concurrency: int = CONCURRENCY,
    *,
    timeout: float = 0.4,
    key: str = OLD_KEY,
    retry_failed: bool = False,
) -> Outcome:
    """All articles, as a user runs them; those that have their line in the journal are left out."""
    settings = Settings(
        base_url=f"{address}/v1", api_key=SecretStr(key), prompt="brief", timeout=timeout, tries=TRIES
    )
    lines: list[BatchResult] = []

    async def work() -> tuple[str | None, float, int]:
        await asummarize(text_of(0), model="extractive", settings=settings)  # what is loaded once
        items = (Item(f"{case:04}", text_of(case)) for case in range(cases))
        many = asummarize_many(
            items,
            model="faulty",
            settings=settings,
            concurrency=concurrency,
            journal=journal,
            retry_failed=retry_failed,
        )
        started, ended_by = time.perf_counter(), None
        try:
            async for line in many:
                lines.append(line)
        except (KeyRejected, ProviderFailed) as error:
            ended_by = type(error).__name__
        return ended_by, time.perf_counter() - started, len(asyncio.all_tasks()) - 1

    before = len(log_of(address)[0])
    ended_by, seconds, tasks = asyncio.run(work())
    served, connections = log_of(address)
    return Outcome(tuple(lines), ended_by, seconds, tasks, served[before:], connections)


# --- what ought to come of it -----------------------------------------------------------------------------------

RESETS = frozenset({"reset before", "reset in", "reset after"})
FAILED_TRIES = RESETS | {"429", "500", "silent", "drip", "dropped", "closed in", "page", "no choices", "cut body"}
"""After these the same turn is tried again."""

ENDLESS = frozenset({"silent", "drip"})
"""No answer is ever whole: a run ends when a few articles in a row have met with nothing else."""
NO_ANSWER = ENDLESS | {"500", "revoked", "dropped", "closed in", "reset before", "reset in"}
"""These tell a throttle nothing."""

TURNS = {
    "empty": ("empty", "AnswerEmpty"),
    "at its limit": ("cut", "AnswerTruncated"),
    "cut answer": ("invalid", "AnswerInvalid"),
    "wrong schema": ("invalid", "AnswerInvalid"),
}
"""After these there is another turn, once; then the error."""

RECORDS = frozenset({"ok", "refused", "filtered"})
"""Endings that are a record; all others are an error."""

ENDS = {"good": "ok", "refusal": "refused", "filter": "filtered", "revoked": "KeyRejected"}


GIVEN_UP = "given up too early"


def meant(steps: Sequence[Step], unseen: int) -> str:
    """What has to come of an article whose tries were met with exactly these steps; says so when they are too few or
    too many. `unseen` tries went into a connection that had just been reset, and never reached the server."""
    tries, had = 0, set()
    for at, step in enumerate(steps, 1):
        is_last = at == len(steps)
        if step.kind == "reset after" and is_last:
            return "ok"  # the answer was whole; else the reset has overtaken it
        if step.kind in FAILED_TRIES:
            tries += 1
        elif step.kind in TURNS:
            tries, (turn, error) = 0, TURNS[step.kind]
            if turn in had:
                return error if is_last else "tried too often"
            had.add(turn)
        else:
            return ENDS[step.kind] if is_last else "tried too often"
        if tries == TRIES:
            return "ProviderFailed" if is_last else "tried too often"
    return "ProviderFailed" if tries + unseen == TRIES else GIVEN_UP


def check_nothing_is_lost(outcome: Outcome, cases: AbstractSet[int]) -> None:
    """Each of these articles and no other ended once, as it had to, with every request on its account; a run that
    ended early has asked no more of those without a line than it had to; and nothing is left open."""
    ended, steps = outcome.endings, outcome.steps
    left = cases - ended.keys()
    assert len(ended) == len(outcome.lines)
    assert (ended.keys() | steps.keys()) <= cases
    assert not left or outcome.ended_by
    assert {meant(steps[case], 0) for case in left & steps.keys()} <= {outcome.ended_by}
    unseen = {int(line.key): len(calls_of(line)) - len(steps.get(int(line.key), ())) for line in outcome.lines}
    assert ended == {case: meant(steps.get(case, ()), unseen[case]) for case in ended}
    assert all(count >= 0 for count in unseen.values())
    assert sum(unseen.values()) <= sum(row.step.kind == "reset after" for row in outcome.served)
    assert outcome.tasks_left == 0
    assert outcome.connections_left == 0


def check_journal(journal: Path, endings: dict[int, str]) -> None:
    """It holds these articles, once each, as they ended; `read_lines` takes valid records only."""
    lines = [*read_lines(journal)]
    assert len(lines) == len(endings)
    assert {int(line.key): ending(line) for line in lines} == endings


def check_the_rest_is_made(journal: Path, address: str, cases: int) -> Outcome:
    """Another run, against a server that does nothing wrong, makes a record of what has failed, and asks of that
    alone."""
    earlier = {int(line.key): ending(line) for line in read_lines(journal)}
    failed = {case for case, how in earlier.items() if how not in RECORDS}
    outcome = run(address, journal, cases, timeout=5.0, retry_failed=True)
    check_nothing_is_lost(outcome, failed)
    assert set(outcome.steps) == failed
    check_journal(journal, earlier | dict.fromkeys(failed, "ok"))
    assert len(earlier) == cases
    return outcome


# --- each alone -------------------------------------------------------------------------------------------------

ONCE = {
    **dict.fromkeys(FAILED_TRIES - {"429"}, "ok"),
    **dict.fromkeys(TURNS, "ok"),
    "429": "ok",
    "refusal": "refused",
    "filter": "filtered",
}


@pytest.mark.parametrize("kind", sorted(ONCE))
def test_once(kind: str, journal: Path) -> None:
    cases, at_a_time = 6, 3  # fewer than there are tries: so many connections may be about to be reset
    script = Script(0.01, {case: (Step(kind),) for case in range(cases)})
    with serving(script) as address, without_waiting():
        outcome = run(address, journal, cases, at_a_time, timeout=TIMEOUT)
    check_nothing_is_lost(outcome, set(range(cases)))
    check_journal(journal, dict.fromkeys(range(cases), ONCE[kind]))


@pytest.mark.parametrize("kind", sorted(FAILED_TRIES - ENDLESS - {"reset after"} | set(TURNS)))
def test_for_ever(kind: str, journal: Path, healthy: str) -> None:
    cases = 6
    script = Script(0.0, {case: (Step(kind),) * 9 for case in range(cases)})
    with serving(script) as address, without_waiting():
        outcome = run(address, journal, cases, concurrency=6, timeout=TIMEOUT)
    check_nothing_is_lost(outcome, set(range(cases)))
    check_journal(journal, dict.fromkeys(range(cases), TURNS[kind][1] if kind in TURNS else "ProviderFailed"))
    check_the_rest_is_made(journal, healthy, cases)


@pytest.mark.parametrize("kind", sorted(ENDLESS))
def test_for_ever_without_an_answer_ends_the_run(kind: str, journal: Path, healthy: str) -> None:
    cases = 20
    script = Script(0.0, {case: (Step(kind),) * 9 for case in range(cases)})
    with serving(script) as address, without_waiting():
        outcome = run(address, journal, cases, concurrency=6)
    assert outcome.ended_by == "ProviderFailed" and Counter(outcome.endings.values()) == {
        "ProviderFailed": UNANSWERED
    }
    assert len(outcome.steps) <= 6 + UNANSWERED
    assert (outcome.tasks_left, outcome.connections_left) == (0, 0)
    check_journal(journal, outcome.endings)
    rest = run(healthy, journal, cases, timeout=5.0, retry_failed=True)
    check_nothing_is_lost(rest, set(range(cases)))
    check_journal(journal, dict.fromkeys(range(cases), "ok"))


@pytest.mark.parametrize("how", [summarize, lambda *args, **options: asyncio.run(asummarize(*args, **options))])
@pytest.mark.parametrize("kind", ["drip", "drip, head at once"])
def test_one_try_has_one_deadline_for_head_and_body(kind: str, how: Callable[..., Summary]) -> None:
    with serving(Script(0.0, {0: (Step(kind),)})) as address, without_waiting():
        settings = Settings(base_url=f"{address}/v1", prompt="brief", timeout=0.4)
        summary = how(text_of(0), model="faulty", settings=settings)
    assert [call.outcome for call in summary.run.requests] == ["timeout", "ok"]


@pytest.mark.parametrize("kind", ["drip", "drip, head at once", "silent"])
def test_so_have_the_calls_that_ask_for_no_answer(kind: str) -> None:
    with serving(Script(0.0, {-1: (Step(kind),) * 2})) as address, without_waiting():
        settings = Settings(base_url=f"{address}/v1", timeout=0.4, tries=2)
        model = connect("faulty", settings)
        assert isinstance(model, EndpointModel)
        with model, pytest.raises(ProviderFailed, match="not whole when the time for one try was over"):
            Batches(model).state("batch_1")
        served, connections = log_of(address)
    assert ([row.step.kind for row in served], connections) == ([kind] * 2, 0)


def test_a_retry_after_is_kept_by_all(journal: Path) -> None:
    wait = 0.5
    with serving(Script(0.0, {0: (Step("429", retry_after=wait),)})) as address:
        outcome = run(address, journal, 12, concurrency=2)
    check_nothing_is_lost(outcome, set(range(12)))
    refused = next(row.at for row in outcome.served if row.step.kind == "429")
    under_way = 1  # what the other worker had sent by then
    assert sum(refused < row.at < refused + wait for row in outcome.served) <= under_way


def test_a_burst_of_500(journal: Path) -> None:
    with serving(Script(0.01, storms=((20, 35, Step("500")),))) as address:
        outcome = run(address, journal, 60, concurrency=8)
    check_nothing_is_lost(outcome, set(range(60)))
    assert Counter(outcome.endings.values())["ok"] >= 55


def test_a_key_that_is_changed_in_the_middle_ends_the_run_and_another_finishes_it(journal: Path) -> None:
    cases, at_a_time = 60, 8
    with serving(Script(0.01, key_changes_after=30)) as address:
        first = run(address, journal, cases, at_a_time)
        check_nothing_is_lost(first, set(range(cases)))
        assert first.ended_by == "KeyRejected"
        assert first.endings and set(first.endings.values()) == {"ok"}
        assert 1 <= sum(row.step.kind == "revoked" for row in first.served) <= at_a_time
        check_journal(journal, first.endings)
        second = run(address, journal, cases, at_a_time, key=NEW_KEY)
    check_nothing_is_lost(second, set(range(cases)) - first.endings.keys())
    check_journal(journal, dict.fromkeys(range(cases), "ok"))


# --- all mixed --------------------------------------------------------------------------------------------------

CASES = 2000
DELAY = 0.35
TIMEOUT = 4.0
"""Seconds a try may take: many, so that a busy machine makes no good answer come too late."""
MIXED = sorted(FAILED_TRIES - {"429"} | set(TURNS) | {"refusal", "filter"})


def mixed_script(seed: int) -> Script:
    """A third of the articles meet one to three faults, and all of them three storms.

    429 comes in storms alone, as it does where limits are meant: a throttle that halves each time would be right to
    ask a server that refuses one request in fifty, whatever the rate, with eight at a time.
    """
    chance = random.Random(seed)
    faults = {case: _faults(chance) for case in range(CASES) if chance.random() < 0.33}
    storms = (
        (300, 306, Step("429", 0.05)),
        (800, 808, Step("429", 0.05, retry_after=0.8)),
        (1400, 1440, Step("500", 0.05)),
    )
    return Script(DELAY, faults, storms, key_changes_after=1100)


def _faults(chance: random.Random) -> tuple[Step, ...]:
    count = chance.choice([1, 1, 2, 3])
    return tuple(Step(chance.choice(MIXED), DELAY * chance.uniform(0.2, 1.5)) for _ in range(count))


def ideal_seconds(script: Script) -> float:
    """The time that a client which is nothing but patient would need.

    The same script is played once more in virtual time, where only what is waited for takes time: the delay of every
    step (the timeout, where none is ever whole), the server's Retry-After, the random wait between tries. As many
    articles at a time go through a throttle of the same kind, so that its halving counts as given. What is left out
    is what takes time in the client, the network and the server, and that is what is measured.
    """
    server, left = Server(script), set(range(CASES))
    chance = random.Random(0)

    async def attempt(case: int, key: str, throttle: Throttle) -> Step:
        async with throttle.slot() as started:
            step = server.next_step(case, key)
            await asyncio.sleep(TIMEOUT if step.kind in ENDLESS else step.delay)
            if step.kind == "429":
                throttle.overloaded(step.retry_after, started=started)
            elif step.kind not in NO_ANSWER:
                throttle.succeeded({}, started=started)
            return step

    async def article(case: int, key: str, throttle: Throttle) -> str:
        steps, tries = [await attempt(case, key, throttle)], 0
        while (how := meant(steps, 0)) == GIVEN_UP:
            tries = tries + 1 if steps[-1].kind in FAILED_TRIES else 0
            if tries and steps[-1].retry_after is None:
                await asyncio.sleep(chance.uniform(0, 2 ** (tries - 1)))
            steps.append(await attempt(case, key, throttle))
        return how

    async def one_run(key: str) -> None:
        throttle, pending = Throttle(CONCURRENCY, clock=now), sorted(left, reverse=True)

        async def worker() -> None:
            while pending:
                case = pending.pop()
                if await article(case, key, throttle) == "KeyRejected":
                    pending.clear()
                else:
                    left.discard(case)

        await asyncio.gather(*(worker() for _ in range(CONCURRENCY)))

    async def both_runs() -> float:
        await one_run(OLD_KEY)
        await one_run(NEW_KEY)
        assert not left
        return now()

    return run_virtual(both_runs())


def table_of(runs: dict[str, Outcome]) -> str:
    """What the tries were met with, and how the articles ended, run by run, as Markdown."""
    met = [Counter(row.step.kind for row in outcome.served) for outcome in runs.values()]
    came = [Counter(outcome.endings.values()) for outcome in runs.values()]
    rows = [
        ["", *runs],
        ["---"] * (1 + len(runs)),
        *([f"met with: {kind}", *(f"{counts[kind]:,}" for counts in met)] for kind in sorted(set().union(*met))),
        *([f"ended: {how}", *(f"{counts[how]:,}" for counts in came)] for how in sorted(set().union(*came))),
        ["requests", *(f"{counts.total():,}" for counts in met)],
        ["articles", *(f"{counts.total():,}" for counts in came)],
        ["seconds", *(f"{outcome.seconds:.1f}" for outcome in runs.values())],
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def test_two_thousand_articles_with_everything_mixed(journal: Path, healthy: str) -> None:
    script, everything = mixed_script(seed=20), set(range(CASES))
    with serving(script) as address:
        first = run(address, journal, CASES, timeout=TIMEOUT)
        second = run(address, journal, CASES, timeout=TIMEOUT, key=NEW_KEY)
    check_nothing_is_lost(first, everything)
    check_nothing_is_lost(second, everything - first.endings.keys())
    assert first.ended_by == "KeyRejected"
    assert sum(row.step.kind == "revoked" for row in first.served) <= CONCURRENCY
    endings = first.endings | second.endings
    check_journal(journal, endings)
    third = check_the_rest_is_made(journal, healthy, CASES)
    seconds, ideal = first.seconds + second.seconds, ideal_seconds(script)
    print(f"\n{table_of({'until the key changes': first, 'the new key': second, '--retry-failed': third})}")  # noqa: T201  # the figures that are reported
    print(f"\nfirst two {seconds:.1f} s, ideal {ideal:.1f} s: {seconds / ideal:.2f}")  # noqa: T201  # the same
    served = [*first.served, *second.served]
    assert len(served) <= TRIES * CASES
    assert {row.step.kind for row in served} >= {*MIXED, "429", "500", "revoked"}
    assert Counter(endings.values())["ok"] > 0.8 * CASES
