"""Workers: what reads an article and asks about it, in this process or in others."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from typing import Protocol, TypeVar

from summarizer.article import Article
from summarizer.batch.item import Item
from summarizer.batch.result import Failure
from summarizer.errors import FATAL, LimitReached
from summarizer.pipeline import Job
from summarizer.record import Summary
from summarizer.spec import Spec

A = TypeVar("A")
T = TypeVar("T")

ENDING = (*FATAL, LimitReached)
"""Errors that end a run; every other one is the failure of an article."""


class Workers(Protocol):
    """Do the work on an article, and leave what is known about it to others. Both methods raise only ENDING."""

    async def read(self, item: Item) -> Article | Failure:
        """The article, or why it can't be read."""

    async def ask(self, item: Item, article: Article) -> Summary | Failure | None:
        """The article's record, or why there is none; None for one whose line is made elsewhere. What it takes is
        within the budget."""


class LocalWorkers:
    """Those of this process: articles are read in threads, and asked about in the event loop."""

    def __init__(self, spec: Spec, threads: Executor) -> None:
        self.spec = spec
        self._threads = threads
        self._checking = asyncio.Lock()

    async def read(self, item: Item) -> Article | Failure:
        """The article, or why it can't be read."""
        settings = self.spec.settings
        read = partial(item.read, raw=settings.raw, allow_private_hosts=settings.allow_private_hosts)
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._threads, read)
        except FATAL:
            raise
        except Exception as error:  # whatever it is, this article has failed, and the others go on
            return Failure.of(error)

    async def ask(self, item: Item, article: Article) -> Summary | Failure:
        """The article's record, or why there is none."""
        try:
            return await Job.about(article, self.spec).arun(self._work)
        except ENDING:
            raise
        except Exception as error:
            return Failure.of(error)

    async def _work(self, function: Callable[[A], T], argument: A) -> T:
        """One check in a round of the loop, so that requests go out and answers come in between them."""
        async with self._checking:
            await asyncio.sleep(0)
            return function(argument)
