"""Summaries and checks: work that a client waits for, in its turn, and that ends when the client leaves."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import ExitStack, aclosing
from functools import partial

from anyio import to_thread
from pydantic_core import to_json
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from summarizer.article import Article
from summarizer.desk.bodies import CheckRequest
from summarizer.desk.desk import Desk, desk_of
from summarizer.desk.offer import Chosen
from summarizer.desk.problems import problem_of
from summarizer.desk.sources import Asked, Given, asked_of, body_of
from summarizer.outside import check
from summarizer.pipeline import asummarize
from summarizer.record import Summary
from summarizer.settings import Settings
from summarizer.streaming import astream
from summarizer.views.json import render

STREAM = "text/event-stream"


def json_answer(text: str, status: int = 200, **headers: str) -> Response:
    """JSON that is text already."""
    return Response(text, status, headers, media_type="application/json")


async def post_summary(request: Request) -> Response:
    """Makes and keeps the record of an article; as it is written, for who accepts events."""
    desk, asked = desk_of(request), await asked_of(request)
    chosen = desk.offer.chosen(asked.request)
    if STREAM in request.headers.get("accept", ""):
        return StreamedRecord(desk, asked, chosen)
    summary = await desk.turns.work(request, partial(_made, asked, chosen))
    id_ = await _kept(desk, asked, chosen, summary)
    return json_answer(render(summary), 201, Location=f"/records/{id_}")


async def post_check(request: Request) -> Response:
    """Holds what any tool has written against its article."""
    desk, body = desk_of(request), await body_of(request, CheckRequest)

    async def checked() -> str:
        article = await _read(Given.of(body.article), desk.offer.settings)
        checking = partial(check, body.record, article, kinds=body.kinds, language=body.language)
        return render(await to_thread.run_sync(checking))

    return json_answer(await desk.turns.work(request, checked))


class StreamedRecord(EventSourceResponse):
    """Events: `piece` for each part that is whole, then `record` with its place, or `problem`."""

    def __init__(self, desk: Desk, asked: Asked, chosen: Chosen) -> None:
        self._place = ExitStack()
        self._turn = self._place.enter_context(desk.turns.place())
        super().__init__(self._events(desk, asked, chosen))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The whole of it; when the client leaves, what makes it is cancelled."""
        with self._place:
            await super().__call__(scope, receive, send)

    async def _events(self, desk: Desk, asked: Asked, chosen: Chosen) -> AsyncIterator[ServerSentEvent]:
        async with self._turn:
            try:
                async with aclosing(desk.turns.relayed(_written(desk, asked, chosen))) as events:
                    async for event in events:
                        yield event
            except Exception as error:
                yield ServerSentEvent(json.dumps(problem_of(error).body), event="problem")


async def _written(desk: Desk, asked: Asked, chosen: Chosen) -> AsyncGenerator[ServerSentEvent]:
    """The events of a record. Raises what `asummarize` raises."""
    article = await _read(asked.given, chosen.settings)
    async with aclosing(astream(article, **chosen.arguments)) as items:
        async for item in items:
            if not isinstance(item, Summary):
                piece = {"path": item.path, "value": item.value, "findings": item.findings}
                yield ServerSentEvent(to_json(piece).decode(), event="piece")
                continue
            id_ = await _kept(desk, asked, chosen, item)
            said = f'{{"id":"{id_}","location":"/records/{id_}","record":{item.model_dump_json()}}}'
            yield ServerSentEvent(said, event="record")


async def _made(asked: Asked, chosen: Chosen) -> Summary:
    return await asummarize(await _read(asked.given, chosen.settings), **chosen.arguments)


async def _read(given: Given, settings: Settings) -> Article:
    reading = partial(given.read, raw=settings.raw, allow_private_hosts=settings.allow_private_hosts)
    return await to_thread.run_sync(reading)


async def _kept(desk: Desk, asked: Asked, chosen: Chosen, summary: Summary) -> str:
    given = asked.given
    adding = partial(
        desk.store.add, summary, source=given.source, suffix=given.suffix, language=chosen.settings.language
    )
    return await to_thread.run_sync(adding)
