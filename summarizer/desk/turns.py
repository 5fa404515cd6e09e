"""Turns: so much work at once, so much that waits, and no more; in a loop beside the one that answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator
from contextlib import aclosing, contextmanager, suppress
from typing import Any, TypeVar

from starlette.requests import ClientDisconnect, Request

from summarizer.desk.problems import Problem
from summarizer.event_loop_thread import BackgroundLoop

T = TypeVar("T")

AT_ONCE = 8
"""Records that are made at once: with more, two cores give none of them sooner."""
WAITING = 16
"""Those that wait: with a model that answers in ten seconds the last begins in half a minute."""
RETRY_AFTER = 10
"""Seconds."""
MOST_SECONDS = 600.0
"""For one answer, from its turn on: three requests to a model at their deadline."""


class Turns:
    """Who comes while all places are taken is told when to come again."""

    def __init__(self, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        self._most, self._here = at_once + waiting, 0
        self._turn = asyncio.Semaphore(at_once)
        self._loop = BackgroundLoop("summarizer-desk")

    @contextmanager
    def place(self) -> Iterator[asyncio.Semaphore]:
        """A place in the queue, and the turn to wait for. Raises Problem."""
        if self._here >= self._most:
            raise Problem(
                503, "Too much is under way here. Try again soon.", headers={"Retry-After": str(RETRY_AFTER)}
            )
        self._here += 1
        try:
            yield self._turn
        finally:
            self._here -= 1

    def close(self) -> None:
        """Cancels what is under way."""
        self._loop.close()

    async def relayed(self, items: AsyncGenerator[T]) -> AsyncGenerator[T]:
        """The items, none of them None, as they are made. Raises what making them raises, and TimeoutError."""
        here, come = asyncio.get_running_loop(), asyncio.Queue[T | None]()

        async def make() -> None:
            async with asyncio.timeout(MOST_SECONDS), aclosing(items):
                async for item in items:
                    here.call_soon_threadsafe(come.put_nowait, item)

        making = asyncio.wrap_future(self._loop.submit(make()))
        making.add_done_callback(lambda _: come.put_nowait(None))
        try:
            while (item := await come.get()) is not None:
                yield item
            await making
        finally:
            making.cancel()

    async def work(self, request: Request, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """What the work comes to when its turn has come. Raises Problem, TimeoutError, and ClientDisconnect when
        nobody waits for it any more: then it is cancelled."""

        async def in_turn() -> T:
            with self.place() as turn:
                async with turn, asyncio.timeout(MOST_SECONDS):
                    return await asyncio.wrap_future(self._loop.submit(work()))

        working, left = asyncio.ensure_future(in_turn()), asyncio.ensure_future(_left(request))
        try:
            await asyncio.wait([working, left], return_when=asyncio.FIRST_COMPLETED)
            if not working.done():
                raise ClientDisconnect
            return working.result()
        finally:
            for task in (working, left):
                task.cancel()
            with suppress(asyncio.CancelledError):
                await asyncio.wait([working, left])


async def _left(request: Request) -> None:
    """Comes back when the client has gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
