"""The gate: one throttle in an actor, that the requests of all workers go through."""

from __future__ import annotations

import asyncio
import math
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

from ray.exceptions import RayActorError, RayTaskError

from summarizer.errors import ModelNotReady, ProviderFailed
from summarizer.models.throttle import Throttle


class Gate:
    """Runs as an actor. A slot is known by its worker and a number, so that those of a dead worker are free again."""

    def __init__(self, most: int) -> None:
        self._throttle = Throttle(most)
        self._slots: defaultdict[str, dict[int, asyncio.Task[None]]] = defaultdict(dict)
        self._gone: set[str] = set()

    async def enter(self, worker: str, number: int, patience: float = math.inf) -> float:
        """Comes back when there is room, with the moment by the gate's clock. Raises ProviderFailed."""
        entered = asyncio.get_running_loop().create_future()
        if worker in self._gone:  # its last words, read too late
            entered.cancel()
        else:
            slot = self._slots[worker][number] = asyncio.create_task(self._hold(entered, patience))
            slot.add_done_callback(lambda _: entered.cancel())
        started: float = await entered
        return started

    async def _hold(self, entered: asyncio.Future[float], patience: float) -> None:
        """A slot of the throttle's, until this task is cancelled; waiting for one ends the same way."""
        try:
            async with self._throttle.slot(patience) as started:
                entered.set_result(started)
                await asyncio.Event().wait()
        except ProviderFailed as error:
            entered.set_exception(error)

    async def leave(self, worker: str, number: int) -> None:
        """Frees a slot, or gives up waiting for it."""
        if slot := self._slots[worker].pop(number, None):
            slot.cancel()

    async def gone(self, worker: str) -> None:
        """Frees all that a dead worker had."""
        self._gone.add(worker)
        for slot in self._slots.pop(worker, {}).values():
            slot.cancel()

    async def overloaded(self, retry_after: float | None, started: float | None, said: str) -> None:
        """As the throttle's."""
        self._throttle.overloaded(retry_after, started=started, said=said)

    async def succeeded(self, headers: Mapping[str, str], started: float | None) -> None:
        """As the throttle's."""
        self._throttle.succeeded(headers, started=started)

    async def in_flight(self) -> int:
        """Requests that are under way."""
        return self._throttle.in_flight

    async def limit(self) -> int:
        """Requests that may be under way."""
        return self._throttle.limit


class SharedLimit:
    """The gate as a worker's client sees it: a Limit. Only to enter takes a turn; the rest is said in passing."""

    def __init__(self, gate: Any, worker: str) -> None:
        self._gate = gate
        self._worker = worker
        self._numbers = count()

    @asynccontextmanager
    async def slot(self, patience: float = math.inf) -> AsyncIterator[float]:
        """Around one try. Raises ProviderFailed, or ModelNotReady when there is no gate any more."""
        number = next(self._numbers)
        try:
            yield await self._entered(number, patience)
        finally:
            self._gate.leave.remote(self._worker, number)

    async def _entered(self, number: int, patience: float) -> float:
        try:
            started: float = await self._gate.enter.remote(self._worker, number, patience)
        except RayTaskError as error:
            raise error.cause from None
        except RayActorError as error:
            raise ModelNotReady(f"the actor that holds the limit of all workers is gone: {error}") from None
        return started

    def overloaded(self, retry_after: float | None = None, *, started: float | None = None, said: str = "") -> None:
        """The server was asked too much; for all workers."""
        self._gate.overloaded.remote(retry_after, started, said)

    def succeeded(self, headers: Mapping[str, str], *, started: float | None = None) -> None:
        """A request was answered."""
        limits = {name: value for name, value in headers.items() if name.startswith("x-ratelimit-")}
        self._gate.succeeded.remote(limits, started)
