"""Many articles through one model in one event loop: so many at a time, a line each, in the order they are done."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from typing import Any

from summarizer.article import Article
from summarizer.batch.budget import Accounted, Budget
from summarizer.batch.input.async_items import Sources, items_of
from summarizer.batch.item import Item
from summarizer.batch.journal import UNREAD, Memory
from summarizer.batch.result import BatchResult, Failure
from summarizer.batch.stats import Tally
from summarizer.batch.workers import LocalWorkers, Workers
from summarizer.errors import ProviderFailed
from summarizer.models.base import Model
from summarizer.models.waiting import duration
from summarizer.spec import Spec

READERS = 32
"""Threads that fetch and read articles at most; each waits for a site most of the time."""

AHEAD = 2
"""Articles under way for each that may be asked: read and waiting, or answered and being checked."""

UNANSWERED = 3
"""Articles in a row that end without an answer before the run does: the others would pay as much for as little."""

SILENCE = 20.0
"""Seconds without an answer from which on it is said."""


class BatchRun:
    """One run. An error that no article would escape ends it when what is under way is through.

    `workers` do the reading and the asking; None: those of this process. `skipped` is called with every item that has
    its line already, and with what that is a line of.
    """

    def __init__(
        self,
        spec: Spec,
        memory: Memory,
        budget: Budget,
        concurrency: int,
        workers: Workers | None = None,
        skipped: Callable[[Item, str], None] = lambda item, what: None,
    ) -> None:
        self.spec = spec
        self.memory = memory
        self.budget = budget
        self.tally: Tally = budget.tally
        self._seats = asyncio.Semaphore(AHEAD * concurrency)
        self._slots = asyncio.Semaphore(concurrency)
        self._asking: set[asyncio.Task[Any]] = set()
        """Those who have a slot, until the model has answered: the next is asked while this one is checked. For a
        further request they take one again."""
        self._begun: set[asyncio.Task[Any]] = set()
        """Those who have had one, or have their line: they go on to their end."""
        self._threads = ThreadPoolExecutor(min(concurrency, READERS), "batch")
        self._syncing = ThreadPoolExecutor(min(concurrency, READERS), "batch-sync")
        """Apart, since the others may all be busy for long with pages that are being fetched."""
        self._workers: Workers = workers or LocalWorkers(replace(spec, around=self._accounted), self._threads)
        self._skipped = skipped
        self._under_way: set[asyncio.Task[None]] = set()
        self._met: dict[str, str] = {}
        """The id of the article that each key stood for first."""
        self._wanted: dict[str, asyncio.Future[BatchResult | None]] = {}
        self._lines: asyncio.Queue[BatchResult | None] = asyncio.Queue(concurrency)
        self._starting: asyncio.Task[None] | None = None
        self._broken_off_by: Exception | None = None
        """What the caller's own iterable raised: those taken before go on."""
        self._ended_by: Exception | None = None
        """What no article would escape: none is asked after it."""
        self._unanswered = 0
        """Articles that had no answer in time, since anything was answered."""
        self._heard = 0.0
        """When the last answer came, or the first of those now asked was."""

    async def lines(self, sources: Sources) -> AsyncGenerator[BatchResult]:
        """A line for every article that has none yet. Raises what ended the run early."""
        self._starting = asyncio.create_task(self._start(sources))
        ending = asyncio.create_task(self._end())
        try:
            while (line := await self._lines.get()) is not None:
                yield line
            if error := self._ended_by or self._broken_off_by:
                raise error
        finally:
            tasks = {self._starting, ending, *self._under_way}
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self.close()

    def close(self) -> None:
        """Lets its threads go. `lines` does so at its end."""
        for threads in (self._threads, self._syncing):
            threads.shutdown(wait=False, cancel_futures=True)

    def stop(self, *, at_once: bool = False) -> None:
        """Asks no further article; those under way go on to their end, `at_once` those alone that have their
        answer."""
        staying = self._begun - self._asking if at_once else self._begun
        for task in (self._starting, *(self._under_way - staying)):
            if task:
                task.cancel()

    @property
    def waiting(self) -> str:
        """For what nothing goes on, and for how long; empty while it does."""
        throttle, silent = self.spec.throttle, time.monotonic() - self._heard
        if throttle and throttle.pause:
            return f"waiting {duration(throttle.pause)} more, as the server asks: {throttle.said}"
        return f"no answer for {duration(silent)}" if self._asking and silent > SILENCE else ""

    @property
    def under_way(self) -> int:
        """Articles that are being asked or checked."""
        return len(self._begun)

    async def _start(self, sources: Sources) -> None:
        try:
            async with aclosing(items_of(sources)) as items:
                async for item in items:
                    await self._seats.acquire()
                    task = asyncio.create_task(self._run(item))
                    self._under_way.add(task)
                    task.add_done_callback(self._done)
        except Exception as error:
            self._broken_off_by = error

    async def _end(self) -> None:
        assert self._starting
        await asyncio.wait({self._starting})
        while self._under_way:
            await asyncio.wait(self._under_way)
        await self._lines.put(None)

    async def _run(self, item: Item) -> None:
        try:
            if line := await self._counted(item):
                await self._lines.put(line)
        except Exception as error:  # what is one article's own has become a line
            self._ended_by = self._ended_by or error
            self.stop()

    def _done(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._begun.discard(task)
        self._seats.release()

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """With a slot for the present article, until the block is left or the model has answered."""
        await self._admitted()
        try:
            if self._ended_by:
                raise self._ended_by
            self._begun.add(_present())
            yield
        finally:
            self._answered()

    async def _admitted(self) -> None:
        """Comes back when the present article has a slot."""
        task = _present()
        if task not in self._asking:
            await self._slots.acquire()
            self._heard = self._heard if self._asking else time.monotonic()
            self._asking.add(task)

    def _accounted(self, model: Model, article: Article) -> Model:
        return Accounted(self.spec.around(model, article), self.budget, self._admitted, self._heard_from)

    def _heard_from(self) -> None:
        """The model has answered the present article, or at least said something."""
        self._unanswered, self._heard = 0, time.monotonic()
        self._answered()

    def _answered(self) -> None:
        """Gives the slot of the present article to the next."""
        task = _present()
        if task in self._asking:
            self._asking.remove(task)
            self._slots.release()

    # --- one article: None when it has its line already -------------------------------------------------------------

    async def one(self, item: Item) -> BatchResult | None:
        """The line of an article that is in nobody's input but comes by itself, as soon as there is room for it.
        Raises what would end a run, for this article and all that come after it."""
        async with self._seats:
            if self._ended_by:
                raise self._ended_by
            try:
                return await self._counted(item)
            except Exception as error:  # of an article's own it would be a line
                self._ended_by = error
                raise
            finally:
                self._begun.discard(_present())

    async def _counted(self, item: Item) -> BatchResult | None:
        line = await self._line(item)
        if line:
            await asyncio.get_running_loop().run_in_executor(self._syncing, self.memory.sync)
            self.tally.count(line)
        return line

    async def _line(self, item: Item) -> BatchResult | None:
        if item.address is None:
            return await self._read_and_asked(item)
        return await self._once(item.address, item, None, lambda: self._read_and_asked(item))

    async def _read_and_asked(self, item: Item) -> BatchResult | None:
        read = await self._workers.read(item)
        if isinstance(read, Failure):
            return None if self._has(item, UNREAD) else self._failed(item, None, read)
        id_ = self.spec.id_of(read)
        if item.address is None and self._met.setdefault(item.key, id_) != id_:
            self.tally.shared_keys[item.key] += 1
        return await self._once(id_, item, read, lambda: self._asked(item, read, id_))

    async def _asked(self, item: Item, article: Article, id_: str) -> BatchResult | None:
        async with self._turn():
            record = await self._workers.ask(item, article)
        if isinstance(record, Failure):
            self._count_unanswered(record)
            return self._failed(item, id_, record)
        self._heard_from()
        if record is None:
            return None
        return self._kept(BatchResult(key=item.key, id=id_, job=self.spec.sha256, url=item.address, record=record))

    def _count_unanswered(self, failure: Failure) -> None:
        """Ends the run at once when a few articles in a row had no answer, and there are others."""
        if failure.timed_out:
            self._unanswered += 1
        elif failure.calls:
            self._heard_from()
        if self._unanswered >= UNANSWERED and self._has_others and not self._ended_by:
            self._ended_by = ProviderFailed(
                f"{self.spec.model_name} gives no answer: {self._unanswered} articles in a row had none in time, "
                "and nothing else was answered meanwhile. What has no line yet is left to the next run."
            )
            self.stop(at_once=True)

    @property
    def _has_others(self) -> bool:
        """Whether the present article is not the last."""
        return self._starting is None or not self._starting.done() or self._under_way != {_present()}

    async def _once(
        self, what: str, item: Item, article: Article | None, make: Callable[[], Awaitable[BatchResult | None]]
    ) -> BatchResult | None:
        """The line of `what`, which is made once, however many want it, at the same time or after an earlier run."""
        made = None if what in self._wanted else self.memory.find(what)
        while made is None and what in self._wanted:  # by the next of them, where the first came to nothing
            made = await asyncio.shield(self._wanted[what])
        if self._has(item, what):
            return None
        if made is None:
            return await self._first(what, make)
        return self._kept(made.under(item.key, item.address, article, with_text=self.spec.settings.with_text))

    async def _first(self, what: str, make: Callable[[], Awaitable[BatchResult | None]]) -> BatchResult | None:
        """Makes the line, and lets those have it who come meanwhile."""
        wanted = self._wanted[what] = asyncio.get_running_loop().create_future()
        try:
            line = await make()
        except Exception as error:
            wanted.set_exception(error)
            wanted.exception()  # which nobody else may want to hear of
            raise
        except BaseException:  # this one is given up; those who wait are not
            wanted.set_result(None)
            raise
        else:
            wanted.set_result(line)
            return line
        finally:
            del self._wanted[what]

    def _has(self, item: Item, what: str) -> bool:
        earlier = self.memory.earlier(item.key, what)
        if earlier:
            self.tally.skip(earlier.failed)
            self._skipped(item, what)
        return earlier is not None

    def _failed(self, item: Item, id_: str | None, failure: Failure) -> BatchResult:
        return self._kept(BatchResult(key=item.key, id=id_, job=self.spec.sha256, url=item.address, error=failure))

    def _kept(self, line: BatchResult) -> BatchResult:
        self.memory.add(line)
        self._begun.add(_present())
        return line


def _present() -> asyncio.Task[Any]:
    """The task of the present article."""
    task = asyncio.current_task()
    assert task
    return task
