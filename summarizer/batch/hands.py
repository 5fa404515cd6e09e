"""Hands: what reads an article and asks about it, in this process or in others."""

from __future__ import annotations

import asyncio
from concurrent.futures import Executor
from typing import Protocol

from summarizer.article import Article
from summarizer.batch.budget import Account
from summarizer.batch.item import Item
from summarizer.batch.line import Failure
from summarizer.batch.spec import Spec
from summarizer.errors import FATAL, LimitReached
from summarizer.pipeline import Notify
from summarizer.summary import Summary

ENDING = (*FATAL, LimitReached)
"""Errors that end a run; every other one is the failure of an article."""


class Hands(Protocol):
    """Do the work on an article, and leave what is known about it to others. Both methods raise only ENDING."""

    async def read(self, item: Item) -> Article | Failure:
        """The article, or why it can't be read."""

    async def ask(self, article: Article, account: Account) -> Summary | Failure:
        """The article's record, or why there is none. What it takes is on `account` before it is asked."""


class OwnHands:
    """Hands in this process: articles are read in threads, and asked about in the event loop."""

    def __init__(self, spec: Spec, threads: Executor) -> None:
        self.spec = spec
        self._threads = threads

    async def read(self, item: Item) -> Article | Failure:
        """The article, or why it can't be read."""
        private = self.spec.settings.allow_private_hosts
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._threads, lambda: item.read(allow_private_hosts=private))
        except FATAL:
            raise
        except Exception as error:  # whatever it is, this article has failed, and the others go on
            return Failure.of(error)

    async def ask(self, article: Article, account: Notify | None) -> Summary | Failure:
        """The article's record, or why there is none."""
        try:
            return await self.spec.ask(article, account)
        except ENDING:
            raise
        except Exception as error:
            return Failure.of(error)
