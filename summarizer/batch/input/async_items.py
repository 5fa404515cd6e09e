"""Items as they are wanted, never more than one ahead, from an iterable that may block or an asynchronous one."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, AsyncIterable, Iterable
from concurrent.futures import CancelledError

from summarizer.batch.item import Item, as_item
from summarizer.pipeline import Source

Sources = Iterable[Source | Item] | AsyncIterable[Source | Item]


async def items_of(sources: Sources) -> AsyncGenerator[Item]:
    """Every source as an item. To be closed by who leaves it early."""
    if isinstance(sources, AsyncIterable):
        async for source in sources:
            yield as_item(source)
        return
    reader = _Reader(sources)
    try:
        while (item := await reader.next()) is not None:
            yield item
    finally:
        reader.stop()


class _Reader:
    """Reads an iterable in a daemon thread: a pipe may never send more, and must not keep the process from ending."""

    def __init__(self, sources: Iterable[Source | Item]) -> None:
        self._loop = asyncio.get_running_loop()
        self._queue: asyncio.Queue[Item | Exception | None] = asyncio.Queue(1)
        self._stopped = False
        threading.Thread(target=self._read, args=(sources,), name="batch-intake", daemon=True).start()

    async def next(self) -> Item | None:
        """The next item, None when there is none. Raises what the iterable raised."""
        item = await self._queue.get()
        if isinstance(item, Exception):
            raise item
        return item

    def stop(self) -> None:
        """Lets the thread go."""
        self._stopped = True
        while not self._queue.empty():  # which wakes a thread that waits to put one in
            self._queue.get_nowait()

    def _read(self, sources: Iterable[Source | Item]) -> None:
        try:
            for source in sources:
                if not self._put(as_item(source)):
                    return
        except Exception as error:  # belongs to whoever takes the items
            self._put(error)
        else:
            self._put(None)

    def _put(self, item: Item | Exception | None) -> bool:
        """Whether more are wanted."""
        try:
            asyncio.run_coroutine_threadsafe(self._queue.put(item), self._loop).result()
        except (CancelledError, RuntimeError):  # the loop has ended
            return False
        return not self._stopped
