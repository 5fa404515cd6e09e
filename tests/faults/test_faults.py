"""What a server may do wrong, alone and mixed over 2,000 articles: nothing is lost, doubled, leaked or slow."""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import faulty_server
import pytest
from faulty_server import Script, Served, Server, Step
from virtual_time import now, run_virtual

from summarizer.errors import SummarizerError
from summarizer.models.connect import connect
from summarizer.models.throttle import Throttle
from summarizer.models.waiting import without_waiting
from summarizer.pipeline import asummarize, summarize
from summarizer.settings import Settings
from summarizer.summary import Summary

TRIES = 4
CONCURRENCY = 64


def text_of(case: int) -> str:
    return (
        f"The harbour ferry was late on Monday morning, says the log of Case {case:04}.\n\nIts engine had a fault. "
        "Nobody was hurt, the harbour office said.\n\nBoats will run as planned on Tuesday."
    )


# --- the driver -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ended:
    """How one article ended: the status of its record, or the name of its error; and the requests on its account."""

    case: int
    how: str
    requests: int


@dataclass(frozen=True)
class Outcome:
    """All that is known after a run."""

    ended: tuple[Ended, ...]
    seconds: float
    tasks_left: int
    served: tuple[Served, ...]
    connections_left: int

    def of(self, case: int) -> list[Step]:
        """What the tries of an article were met with."""
        return [row.step for row in self.served if row.case == case]

    def by_case(self) -> dict[int, list[Step]]:
        """The same for all of them."""
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


def run(script: Script, cases: int, concurrency: int = CONCURRENCY, *, timeout: float = 0.4) -> Outcome:
    """All articles, some at a time, through one model."""
    ended: list[Ended] = []

    async def work(address: str) -> tuple[float, int]:
        settings = Settings(base_url=f"{address}/v1", prompt="brief", timeout=timeout, tries=TRIES)
        pending = iter(range(cases))
        async with connect("faulty", settings, Throttle(concurrency)) as model:

            async def worker() -> None:
                for case in pending:
                    try:
                        summary = await asummarize(text_of(case), model=model, settings=settings)
                    except SummarizerError as error:
                        ended.append(Ended(case, type(error).__name__, len(getattr(error, "calls", ()))))
                    else:
                        Summary.model_validate_json(summary.model_dump_json())
                        ended.append(Ended(case, summary.status, len(summary.run.requests)))

            await asummarize(text_of(0), model="extractive", settings=settings)  # what is loaded once
            started = time.perf_counter()
            await asyncio.gather(*(worker() for _ in range(concurrency)))
            seconds = time.perf_counter() - started
        return seconds, len(asyncio.all_tasks()) - 1

    with serving(script) as address:
        seconds, tasks = asyncio.run(work(address))
        served, connections = log_of(address)
    return Outcome(tuple(ended), seconds, tasks, served, connections)


# --- what ought to come of it -----------------------------------------------------------------------------------

RESETS = frozenset({"reset before", "reset in", "reset after"})
FAILED_TRIES = RESETS | {"429", "500", "silent", "drip", "dropped", "page", "no choices", "cut body"}
"""After these the same turn is tried again."""

ENDLESS = frozenset({"silent", "drip"})
NO_ANSWER = ENDLESS | {"500", "revoked", "dropped", "reset before", "reset in"}
"""These tell a throttle nothing."""

TURNS = {
    "empty": ("empty", "AnswerEmpty"),
    "at its limit": ("cut", "AnswerTruncated"),
    "cut answer": ("invalid", "AnswerInvalid"),
    "wrong schema": ("invalid", "AnswerInvalid"),
}
"""After these there is another turn, once; then the error."""

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


def check_nothing_is_lost(outcome: Outcome, cases: int) -> None:
    """Each article ended once, as it had to, with every request on its account; and nothing is left open."""
    assert sorted(ended.case for ended in outcome.ended) == list(range(cases))
    steps = outcome.by_case()
    unseen = {ended.case: ended.requests - len(steps[ended.case]) for ended in outcome.ended}
    assert {e.case: e.how for e in outcome.ended} == {case: meant(steps[case], unseen[case]) for case in range(cases)}
    assert all(count >= 0 for count in unseen.values())
    assert sum(unseen.values()) <= sum(row.step.kind == "reset after" for row in outcome.served)
    assert outcome.tasks_left == 0
    assert outcome.connections_left == 0


# --- each alone -------------------------------------------------------------------------------------------------

ONCE = {
    **dict.fromkeys(FAILED_TRIES - {"429"}, "ok"),
    **dict.fromkeys(TURNS, "ok"),
    "429": "ok",
    "refusal": "refused",
    "filter": "filtered",
}


def patience(kind: str) -> float:
    """Seconds for a try; longer than a drip's byte takes, so that no single read is slow."""
    return 1.3 if kind == "drip" else 0.4


@pytest.mark.parametrize("kind", sorted(ONCE))
def test_once(kind: str) -> None:
    cases = 10
    script = Script(0.01, {case: (Step(kind),) for case in range(cases)})
    with without_waiting():
        outcome = run(script, cases, concurrency=5, timeout=patience(kind))
    check_nothing_is_lost(outcome, cases)
    assert {ended.how for ended in outcome.ended} == {ONCE[kind]}


@pytest.mark.parametrize("kind", sorted(FAILED_TRIES - {"reset after"} | set(TURNS)))
def test_for_ever(kind: str) -> None:
    cases = 6
    script = Script(0.0, {case: (Step(kind),) * 9 for case in range(cases)})
    with without_waiting():
        outcome = run(script, cases, concurrency=6, timeout=patience(kind))
    check_nothing_is_lost(outcome, cases)
    assert {ended.how for ended in outcome.ended} == {TURNS[kind][1] if kind in TURNS else "ProviderFailed"}


def test_a_drip_is_given_up_on_by_blocking_calls_too() -> None:
    with serving(Script(0.0, {0: (Step("drip, head at once"),)})) as address, without_waiting():
        settings = Settings(base_url=f"{address}/v1", prompt="brief", timeout=1.3)
        summary = summarize(text_of(0), model="faulty", settings=settings)
    assert [call.outcome for call in summary.run.requests] == ["timeout", "ok"]


def test_a_retry_after_is_kept_by_all() -> None:
    wait = 0.5
    script = Script(0.0, {0: (Step("429", retry_after=wait),)})
    outcome = run(script, 12, concurrency=2)
    check_nothing_is_lost(outcome, 12)
    refused = next(row.at for row in outcome.served if row.step.kind == "429")
    under_way = 1  # what the other worker had sent by then
    assert sum(refused < row.at < refused + wait for row in outcome.served) <= under_way


def test_a_burst_of_500() -> None:
    outcome = run(Script(0.01, storms=((20, 35, Step("500")),)), 60, concurrency=8)
    check_nothing_is_lost(outcome, 60)
    assert Counter(ended.how for ended in outcome.ended)["ok"] >= 55


def test_a_key_that_is_changed_in_the_middle() -> None:
    outcome = run(Script(0.01, revoke_at=30), 60, concurrency=8)
    check_nothing_is_lost(outcome, 60)
    assert {ended.how for ended in outcome.ended if ended.case < 20} == {"ok"}
    assert {ended.how for ended in outcome.ended if ended.case > 40} == {"KeyRejected"}


# --- all mixed --------------------------------------------------------------------------------------------------

CASES = 2000
DELAY = 0.4
TIMEOUT = 2.0
MIXED = sorted(FAILED_TRIES - {"429"} | set(TURNS) | {"refusal", "filter"})


def mixed_script(seed: int) -> Script:
    """A third of the articles meet one to three faults, and all of them four storms.

    429 comes in storms alone, as it does where limits are meant: a throttle that halves each time would be right to
    ask a server that refuses one request in fifty, whatever the rate, with eight at a time.
    """
    chance = random.Random(seed)
    faults = {case: _faults(chance) for case in range(CASES) if chance.random() < 0.33}
    storms = (
        (300, 306, Step("429", 0.05)),
        (800, 808, Step("429", 0.05, retry_after=0.8)),
        (1400, 1440, Step("500", 0.05)),
        (2200, 2206, Step("429", 0.05, retry_after=0.4)),
    )
    return Script(DELAY, faults, storms, revoke_at=CASES - 40)


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
    server, pending = Server(script), iter(range(CASES))
    chance = random.Random(0)

    async def attempt(case: int, throttle: Throttle) -> Step:
        async with throttle.slot() as started:
            step = server.next_step(case)
            await asyncio.sleep(TIMEOUT if step.kind in ENDLESS else step.delay)
            if step.kind == "429":
                throttle.overloaded(step.retry_after, started=started)
            elif step.kind not in NO_ANSWER:
                throttle.succeeded({}, started=started)
            return step

    async def worker(throttle: Throttle) -> None:
        for case in pending:
            steps, tries = [await attempt(case, throttle)], 0
            while meant(steps, 0) == GIVEN_UP:
                tries = tries + 1 if steps[-1].kind in FAILED_TRIES else 0
                if tries and steps[-1].retry_after is None:
                    await asyncio.sleep(chance.uniform(0, 2 ** (tries - 1)))
                steps.append(await attempt(case, throttle))

    async def all_of_them() -> float:
        throttle = Throttle(CONCURRENCY, clock=now)
        await asyncio.gather(*(worker(throttle) for _ in range(CONCURRENCY)))
        return now()

    return run_virtual(all_of_them())


def test_two_thousand_articles_with_everything_mixed() -> None:
    script = mixed_script(seed=20)
    outcome = run(script, CASES, timeout=TIMEOUT)
    ideal = ideal_seconds(script)
    counts = Counter(ended.how for ended in outcome.ended)
    print(f"\n{outcome.seconds:.1f} s, ideal {ideal:.1f} s, {len(outcome.served)} requests, {dict(counts)}")  # noqa: T201  # the figures that are reported
    check_nothing_is_lost(outcome, CASES)
    assert len(outcome.served) <= TRIES * CASES
    assert {step.kind for steps in outcome.by_case().values() for step in steps} >= {*MIXED, "429", "500", "revoked"}
    assert counts["ok"] > 0.8 * CASES
    assert outcome.seconds <= 1.3 * ideal
