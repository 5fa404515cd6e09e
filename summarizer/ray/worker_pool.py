"""The fleet: as many workers as there are, on whatever machines, in the place of one's own."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeVar

import ray
from ray.exceptions import RayActorError, RayError, RayTaskError

from summarizer.article import Article
from summarizer.batch.budget import Budget
from summarizer.batch.item import Item
from summarizer.batch.result import Failure
from summarizer.batch.runner import READERS
from summarizer.batch.workers import LocalWorkers
from summarizer.errors import ModelError, ModelNotReady, WorkerLost
from summarizer.ray.shared_throttle import Gate
from summarizer.ray.worker import Worker, WorkerEnding, WorkerJob
from summarizer.recipes.forecast import forecast
from summarizer.record import Summary

SHARED_TRIES = 2
"""Workers that an article is given to beside others. The one after that has it alone: if it dies as well, then it is
of this article, and not of another that was under way there."""

LOSSES = 6
"""Times that all workers are replaced without a word from any: then none will come up."""

WORKER_MEMORY = 256 * 2**20
"""What a worker asks a node for. No processor, or on a small cluster nothing else could run beside them, and reading
the data would wait for ever; but something, or a cluster that grows and shrinks would take its node for idle."""

COMING_UP = 300.0
"""Seconds that the first worker may take: a cluster that grows may have to get a machine for it."""

CALLS = 10_000
"""At once in an actor, most of them waiting."""

T = TypeVar("T")
Errand = Callable[[Any], Awaitable[T | Failure | WorkerEnding]]


@dataclass
class _Member:
    """A worker, and how many articles it has. `rising` is there when it is up, or has died of coming up."""

    name: str
    actor: Any
    rising: Any
    is_up: bool = False
    busy: int = 0


class Fleet:
    """Workers elsewhere. One that dies is replaced, and what was under way there is given to others.

    `concurrency` is the most requests that all workers together have under way.
    """

    def __init__(self, job: WorkerJob, workers: int, concurrency: int, budget: Budget) -> None:
        self._job = job
        self.budget = budget
        self._spec = job.spec()
        self._threads = ThreadPoolExecutor(READERS, "reading")
        self._own = LocalWorkers(self._spec, self._threads)
        self._gate = _here(Gate).remote(concurrency)
        self._names = (f"worker-{number}" for number in count(1))
        self._lost, self._most_lost = 0, LOSSES * workers
        self._members = [self._started() for _ in range(workers)]
        self._apart: _Member | None = None
        self._one_at_a_time = asyncio.Lock()

    async def read(self, item: Item) -> Article | Failure:
        """The article, or why it can't be read. A file is read here: other machines may not have it."""
        if not isinstance(item.source, bytes) and item.address is None:
            return await self._own.read(item)
        return await self._send(lambda worker: worker.read.remote(item))

    async def ask(self, item: Item, article: Article) -> Summary | Failure:
        """The article's record, or why there is none. Its requests are reserved all at once."""
        expected = 0, 0
        if self.budget.has_limit:
            loop = asyncio.get_running_loop()
            expected = await loop.run_in_executor(self._threads, lambda: self._forecast(article))
        with self.budget.reserved(*expected):
            try:
                told = await self._send(lambda worker: worker.ask.remote(article))
            except ModelError as error:
                self.budget.tally.spend(error.calls)
                raise
            self.budget.tally.spend(told.calls if isinstance(told, Failure) else told.run.requests)
            return told

    def _forecast(self, article: Article) -> tuple[int, int]:
        spec = self._spec
        if spec.room is None:
            return 0, 0
        expected = forecast(spec.recipe, article, spec.prompt, spec.settings.language, spec.room)
        return expected.requests, expected.tokens_in

    async def _send(self, errand: Errand[T]) -> T | Failure:
        for _ in range(SHARED_TRIES):
            member = await self._least_busy()
            try:
                return await self._told(member, errand)
            except RayActorError as error:
                self._replace(member, error)
        async with self._one_at_a_time:
            self._apart = self._apart or self._started(memory=0)  # which the fullest cluster has room for
            try:
                return await self._told(self._apart, errand)
            except RayActorError as error:
                self._bury(self._apart, error)
                self._apart = None
        return Failure.of(WorkerLost(f"{SHARED_TRIES + 1} workers died over this article, the last with no other"))

    async def _least_busy(self) -> _Member:
        """Of those that are up: the cluster may never have room for the others. Raises ModelNotReady when none is."""
        ends = time.monotonic() + COMING_UP
        while not (up := self._up()):
            if time.monotonic() > ends:
                memory = WORKER_MEMORY >> 20
                raise ModelNotReady(
                    f"no worker came up in {COMING_UP:g} s: each takes {memory} MB of a machine's memory"
                )
            await asyncio.sleep(0.05)
        return min(up, key=lambda member: member.busy)

    def _up(self) -> list[_Member]:
        rising = {member.rising: member for member in self._members if not member.is_up}
        if rising:
            for ref in ray.wait([*rising], num_returns=len(rising), timeout=0)[0]:
                rising[ref].is_up = True
        return [member for member in self._members if member.is_up]

    async def _told(self, member: _Member, errand: Errand[T]) -> T | Failure:
        """What a worker says. Raises RayActorError when it has died."""
        member.busy += 1
        try:
            told = await errand(member.actor)
        except RayActorError:
            raise
        except RayTaskError as error:  # what can't even be sent is this article's own
            return Failure.of(error.cause)
        except RayError as error:
            raise ModelNotReady(f"Ray: {error}") from error
        finally:
            member.busy -= 1
        self._lost = 0
        if isinstance(told, WorkerEnding):
            raise told.error
        return told

    def _replace(self, member: _Member, error: RayActorError) -> None:
        """A new one, by whoever hears first that this one is dead."""
        if member in self._members:
            self._bury(member, error)
            self._members.remove(member)
            self._members.append(self._started())

    def _bury(self, member: _Member, error: RayActorError) -> None:
        """Frees what it had. Raises ModelNotReady when they all die."""
        self._gate.gone.remote(member.name)
        self._lost += 1
        if self._lost >= self._most_lost:
            raise ModelNotReady(f"{self._lost} workers died without a word, the last one of this: {error}") from error

    def _started(self, memory: int | None = None) -> _Member:
        name, memory = next(self._names), WORKER_MEMORY if memory is None else memory
        actor = ray.remote(Worker).options(
            num_cpus=0, memory=memory, scheduling_strategy="SPREAD", max_concurrency=CALLS
        )
        worker: Any = actor.remote(self._job, self._gate, name)
        return _Member(name, worker, worker.is_up.remote())

    def close(self) -> None:
        """Ends the workers."""
        for member in filter(None, (*self._members, self._apart)):
            ray.kill(member.actor)
        ray.kill(self._gate)
        self._threads.shutdown(wait=False, cancel_futures=True)


def _here(actor: type[Any]) -> Any:
    """An actor on this machine, which lives as long as this process does."""
    here = ray.get_runtime_context().get_node_id()
    return ray.remote(actor).options(num_cpus=0, max_concurrency=CALLS, label_selector={"ray.io/node-id": here})
