"""A model behind an endpoint: one retry layer around a provider's own client."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, Self, TypeVar
from weakref import WeakKeyDictionary

from summarizer.errors import AnswerInvalid, ModelError
from summarizer.event_loop_thread import BackgroundLoop
from summarizer.models.base import Reply, Request
from summarizer.models.providers.endpoint import Endpoint
from summarizer.models.remote.client import Client
from summarizer.models.remote.dialect import Dialect
from summarizer.models.remote.errors import Complained, RequestFailure, TimedOut, cause_of, translated
from summarizer.models.remote.run import RequestRun
from summarizer.models.remote.tries import Tries
from summarizer.models.throttle import Limit
from summarizer.settings import Settings

T = TypeVar("T")


class EndpointModel:
    """A model behind an endpoint, spoken to in a dialect.

    `start` is called before the first request, so that a server in this process starts only when it is needed, and
    says at which address. Every try of `acomplete` goes through `throttle`; None: nothing bounds how many there are
    at once.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        dialect: Dialect,
        settings: Settings,
        throttle: Limit | None = None,
        start: Callable[[], str] | None = None,
    ) -> None:
        self.endpoint = endpoint
        self.dialect = dialect
        self.settings = settings
        self.throttle = throttle
        self.name = endpoint.name
        self.recipe = endpoint.provider.recipe
        self.context_tokens = endpoint.usable_tokens
        self._start = start or (lambda: endpoint.base_url)
        self._clients: WeakKeyDictionary[asyncio.AbstractEventLoop, Client] = WeakKeyDictionary()
        self._background = BackgroundLoop("summarizer-model")

    def complete(self, request: Request) -> Reply:
        """The answer to `request`. Raises ModelError with the calls made."""
        return self._background.run(self._asked(request, None))

    async def acomplete(self, request: Request) -> Reply:
        """`complete` without blocking the event loop."""
        return await self._asked(request, self.throttle)

    async def _asked(self, request: Request, throttle: Limit | None) -> Reply:
        run = self._run(request, throttle)
        while run.turn:
            with run.outcome():
                client = await self._opened()
                async for attempt in run.retrying():
                    with attempt:
                        async with (
                            run.admitted() as call,
                            run.in_time() as renew,
                            client.send(run.body(), run.seconds) as response,
                        ):
                            await call.receive(response, renew)
            self.endpoint = run.endpoint.knowing(self.endpoint.refused)  # so that no other request learns it again
        return run.reply()

    def _run(self, request: Request, throttle: Limit | None = None) -> RequestRun:
        return RequestRun(self.endpoint, self.dialect, self.settings, request, throttle)

    def body(self, request: Request) -> bytes:
        """What goes over the wire for `request`, and is not sent. Raises ContextExceeded."""
        return json.dumps(self._run(request).body(), ensure_ascii=False, separators=(",", ":")).encode()

    def delivered(self, request: Request, status: int, body: Any) -> Reply:
        """The reply in an answer that has come another way, judged as one that comes live; but nothing is asked
        again. Raises ModelError, AnswerInvalid among them, with the one call."""
        run = self._run(request)
        try:
            with run.metered() as call:
                if status != 200:
                    raise Complained(status, body, address="http://batch/v1")
                call.read(body)
        except RequestFailure as error:
            raise translated(error, self.endpoint, run.calls) from None
        except ModelError as error:
            error.calls = tuple(run.calls)
            raise
        if problems := run.answer.problems:
            message = f"The answer does not fit the schema: {'; '.join(problems)}"
            raise AnswerInvalid(message, answer=run.answer.text, calls=run.calls)
        return run.reply()

    def call(
        self, work: Callable[[Any], Awaitable[T]], *, tries: int | None = None, seconds: float | None = None
    ) -> T:
        """What `work` does with the provider's own client besides asking for answers, tried as often as a request (or
        `tries` times) with as long for each try (or `seconds`). Raises ModelError."""
        retrying = Tries(tries or self.settings.tries).retrying()

        async def once() -> T:
            client = await self._opened()
            try:
                async with asyncio.timeout(seconds or self.settings.timeout):
                    return await client.ask(work)
            except TimeoutError:
                raise TimedOut from None

        async def tried() -> T:
            return await retrying(once)

        try:
            return self._background.run(tried())
        except RequestFailure as error:
            raise translated(error, self.endpoint) from cause_of(error, self.endpoint)

    async def _opened(self) -> Client:
        """The one client of this event loop, however many ask for it at first."""
        loop = asyncio.get_running_loop()
        if loop not in self._clients:
            base_url = await asyncio.to_thread(self._start)
            if loop not in self._clients:  # another may have come first
                self._clients[loop] = self.dialect.open(self.endpoint, base_url)
        return self._clients[loop]

    async def _close(self) -> None:
        if client := self._clients.pop(asyncio.get_running_loop(), None):
            await client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: Any) -> None:
        if self._background.is_running:
            self._background.run(self._close())
            self._background.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: Any) -> None:
        await self._close()
