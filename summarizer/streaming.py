"""A record as it is written: each piece when it is whole, and in the end all of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from summarizer.checking.pieces import StreamedPiece, Writing, pieces_of
from summarizer.event_loop_thread import iterated
from summarizer.models.base import Model, ModelWrapper, Reply, Request
from summarizer.models.connecting import connected
from summarizer.pipeline import Job, Source
from summarizer.prompts import Prompt
from summarizer.record import Summary
from summarizer.settings import Settings
from summarizer.spec import Notify

WHOLE = "record"
"""The purpose of the request whose answer is the record; those for the parts of a long article are none."""


def stream(
    source: Source,
    *,
    prompt: str | Path | Prompt | None = None,
    schema: Any = None,
    model: str | Model | None = None,
    settings: Settings | None = None,
    notify: Notify | None = None,
) -> Iterator[StreamedPiece | Summary]:
    """`summarize`, a piece at a time: the headline, each point ..., checked as they come; the last item is the whole
    Summary, the same that `summarize` gives.

    A piece whose path came before stands in its place: the answer was asked for again, or the whole of it says more
    about this one. A model that can't be listened to gives all pieces at its end. Raises what `summarize` raises: an
    answer that breaks off is an error and no end.
    """
    items = astream(source, prompt=prompt, schema=schema, model=model, settings=settings, notify=notify)
    return iterated(items, "summarizer-stream")


async def astream(
    source: Source,
    *,
    prompt: str | Path | Prompt | None = None,
    schema: Any = None,
    model: str | Model | None = None,
    settings: Settings | None = None,
    notify: Notify | None = None,
) -> AsyncGenerator[StreamedPiece | Summary]:
    """`stream` for an event loop."""
    job = await asyncio.to_thread(Job.of, source, prompt, model, settings, notify, schema)
    texts: asyncio.Queue[str | None] = asyncio.Queue()
    given: dict[str, StreamedPiece] = {}
    async with connected(model, job.spec.settings) as found:
        listened = found and Listened(found, texts.put_nowait)
        making = asyncio.create_task(job.with_model(listened).arun(asyncio.to_thread))
        making.add_done_callback(lambda _: texts.put_nowait(None))
        try:
            async for piece in _pieces(texts, job):
                given[piece.path] = piece
                yield piece
            summary = await making
        finally:
            making.cancel()
            with suppress(asyncio.CancelledError):
                await asyncio.wait([making])
    for piece in pieces_of(summary):
        if given.get(piece.path) != piece:
            yield piece
    yield summary


async def _pieces(texts: asyncio.Queue[str | None], job: Job) -> AsyncIterator[StreamedPiece]:
    """The pieces of the answer that is being written; of another one, where it is asked for again."""
    article, prompt, language = job.article, job.spec.prompt, job.spec.settings.language
    writing, length = Writing(article, prompt.fields, language), 0
    while (text := await texts.get()) is not None:
        if len(text) < length:
            writing = Writing(article, prompt.fields, language)
        length = len(text)
        for piece in writing.data_pieces(text) if prompt.schema else writing.pieces(text):
            yield piece


class Listened(ModelWrapper):
    """A model that is listened to while it writes the record: `hear` is called with the text so far."""

    def __init__(self, model: Model, hear: Callable[[str], None]) -> None:
        super().__init__(model)
        self._hear = hear

    def complete(self, request: Request) -> Reply:
        """The answer to `request`."""
        return self.model.complete(self._heard(request))

    async def acomplete(self, request: Request) -> Reply:
        """The answer to `request`."""
        return await self.model.acomplete(self._heard(request))

    def _heard(self, request: Request) -> Request:
        return replace(request, hear=self._hear) if request.purpose == WHOLE else request
