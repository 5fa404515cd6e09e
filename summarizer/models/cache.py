"""A cache: a valid reply is kept, and the same request to the same model is not paid for twice."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from summarizer.models.base import Model, ModelWrapper, Reply, Request
from summarizer.models.reply_store import ReplyStore
from summarizer.record import Call, Finding, Part
from summarizer.settings import Settings, cache_folder

KEYS = 2
"""Version of what a key is made of."""

MEGABYTE = 1_000_000

Result = TypeVar("Result")


def default_cache() -> Path:
    """The file that keeps replies unless the settings name another: in the user's cache folder."""
    return cache_folder() / "replies.sqlite3"


def open_store(path: Path, settings: Settings) -> ReplyStore:
    """The store in this file, as large as the settings let it be."""
    return ReplyStore(path.expanduser(), settings.cache_megabytes * MEGABYTE)


class KeptReply(Part):
    """A valid reply and what was spent on it."""

    text: str
    calls: tuple[Call, ...]
    findings: tuple[Finding, ...] = ()


class CachedModel(ModelWrapper):
    """A model whose valid replies are kept in a file, and come from there when the same is asked again.

    `endpoint` tells two models of the same name apart. The calls of a reply that was kept have the outcome `cached`
    and the tokens counted then.
    """

    def __init__(self, model: Model, settings: Settings, file: Path, endpoint: str) -> None:
        super().__init__(model)
        self.settings = settings
        self.endpoint = endpoint
        self.store = open_store(file, settings)
        self._thread: ThreadPoolExecutor | None = None

    def complete(self, request: Request) -> Reply:
        """The reply that is kept, else the model's own."""
        key = self._key(request)
        if kept := _reply(request, self.store.get(key)):
            return kept
        reply = self.model.complete(request)
        if not reply.problems:
            self.store.put(key, self.name, _kept(reply))
        return reply

    async def acomplete(self, request: Request) -> Reply:
        """`complete`, with the file read and written in a thread of its own."""
        key = self._key(request)
        if kept := _reply(request, await self._aside(lambda: self.store.get(key))):
            return kept
        reply = await self.model.acomplete(request)
        if not reply.problems:
            await self._aside(lambda: self.store.put(key, self.name, _kept(reply)))
        return reply

    def _key(self, request: Request) -> str:
        """Hash of all that decides the answer. The API key is not in it: another one is answered alike."""
        settings = self.settings
        max_tokens = request.max_tokens or settings.max_tokens
        how = [settings.temperature, settings.structured, settings.reasoning]
        asked = [request.fingerprint, request.reask, max_tokens, *how]
        return hashlib.sha256(json.dumps([KEYS, self.name, self.endpoint, *asked]).encode()).hexdigest()

    async def _aside(self, work: Callable[[], Result]) -> Result:
        # Not asyncio's own threads: those may all be busy for seconds with pages that are being fetched.
        self._thread = self._thread or ThreadPoolExecutor(max_workers=1, thread_name_prefix="reply-cache")
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def __exit__(self, *error: Any) -> None:
        self.store.close()
        super().__exit__(*error)

    async def __aexit__(self, *error: Any) -> None:
        if self._thread:
            await self._aside(self.store.close)
            self._thread.shutdown(wait=False)
            self._thread = None
        await super().__aexit__(*error)


def _kept(reply: Reply) -> str:
    # Without the tries that failed before there was an answer: nothing of theirs is saved.
    answered = tuple(call for call in reply.calls if call.outcome == "ok" or call.tokens_in is not None)
    return KeptReply(text=reply.text, calls=answered, findings=reply.findings).model_dump_json()


def _reply(request: Request, kept: str | None) -> Reply | None:
    """The reply as it comes from the cache; None when it is not there, or no longer what is valid."""
    if kept is None:
        return None
    try:
        reply = KeptReply.model_validate_json(kept)
        request.answer.model_validate_json(reply.text, context=request.context)
    except ValidationError:
        return None
    calls = tuple(_saved(call, request.purpose) for call in reply.calls)
    return Reply(reply.text, calls, findings=reply.findings)


def _saved(call: Call, purpose: str) -> Call:
    outcome = "cached" if call.outcome == "ok" else f"cached {call.outcome}"
    return call.model_copy(update={"outcome": outcome, "purpose": purpose, "seconds": 0.0})
