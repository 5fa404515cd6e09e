"""An event loop in a thread of its own, for code that blocks: what it waits for has the deadlines of asyncio.

A socket's timeout is for each read, and a server that sends a byte now and then never meets it. Only an event loop
can end the whole.
"""

from __future__ import annotations

import asyncio
import sys
import threading
import weakref
from collections.abc import AsyncGenerator, Coroutine, Generator
from concurrent.futures import Future
from contextlib import closing
from typing import Any, TypeVar

T = TypeVar("T")


class BackgroundLoop:
    """Starts when it is first wanted, and again after `close` or in a process that was forked off."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._leave: weakref.finalize[..., BackgroundLoop] | None = None

    def submit(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """What `work` will come to in the loop. To cancel it cancels the work."""
        return asyncio.run_coroutine_threadsafe(work, self._started())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """What `work` comes to in the loop, with the caller's context variables. Whatever interrupts the caller
        cancels it. From any thread but the loop's own."""
        result = self.submit(work)
        try:
            return result.result()
        finally:
            result.cancel()  # which does nothing to what is done

    @property
    def is_running(self) -> bool:
        """Whether there is a loop now."""
        return self._thread is not None and self._thread.is_alive()

    def close(self) -> None:
        """Cancels all that still goes on in the loop, and ends it."""
        if self._leave:
            self._leave()
        if self._thread:
            self._thread.join()
            self._thread = None

    def _started(self) -> asyncio.AbstractEventLoop:
        with self._starting:
            if self._loop is None or not self.is_running:
                self._loop = self._start()
            return self._loop

    def _start(self) -> asyncio.AbstractEventLoop:
        started: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()

        async def serve() -> None:
            leave = asyncio.Event()
            started.set_result((asyncio.get_running_loop(), leave))
            await leave.wait()

        self._thread = threading.Thread(target=asyncio.run, args=(serve(),), name=self._name, daemon=True)
        self._thread.start()
        loop, leave = started.result()
        # Who forgets to close it has no thread left over either; at the end of the process there is nothing to do.
        self._leave = weakref.finalize(self, loop.call_soon_threadsafe, leave.set)
        self._leave.atexit = False
        return loop


def iterated(items: AsyncGenerator[T], name: str) -> Generator[T]:
    """The items, none of them None, for code that has no event loop, or whose loop is taken, as a notebook's is: what
    makes them works on in a thread of its own while the caller is busy with one."""
    one_at_a_time = asyncio.Lock()

    async def step() -> T | None:
        async with one_at_a_time:
            return await anext(items, None)

    async def leave() -> None:
        async with one_at_a_time:  # a step that was interrupted takes a while to end
            await items.aclose()

    background = BackgroundLoop(name)
    try:
        while (item := background.run(step())) is not None:
            yield item
    finally:
        if not sys.is_finalizing():  # when no thread is left that could answer
            with closing(background):
                background.run(leave())
