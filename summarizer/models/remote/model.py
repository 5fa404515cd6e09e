"""An OpenAI-compatible endpoint: one retry layer around the openai client."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import cache
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import parse_qsl, urlsplit, urlunsplit
from weakref import WeakKeyDictionary

import httpx2
import openai
from openai.types.chat import ChatCompletion

from summarizer.background import BackgroundLoop
from summarizer.errors import AnswerInvalid, ModelError
from summarizer.models.base import Reply, Request
from summarizer.models.endpoint import Endpoint, is_azure
from summarizer.models.remote.errors import NoCompletion, failed_with, translated
from summarizer.models.remote.run import Run
from summarizer.models.remote.tries import Tries
from summarizer.models.throttle import Limit
from summarizer.settings import Settings

T = TypeVar("T")


class OpenAIModel:
    """A model behind an endpoint that speaks OpenAI's chat completions.

    `start` is called before the first request, so that a server in this process starts only when it is needed, and
    says at which address. Every try of `acomplete` goes through `throttle`; None: nothing bounds how many there are
    at once.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        settings: Settings,
        throttle: Limit | None = None,
        start: Callable[[], str] | None = None,
    ) -> None:
        self.endpoint = endpoint
        self.settings = settings
        self.throttle = throttle
        self.name = endpoint.name
        self.recipe = endpoint.provider.recipe
        self.context_tokens = endpoint.usable_tokens
        self._start = start or (lambda: endpoint.base_url)
        self._clients: WeakKeyDictionary[asyncio.AbstractEventLoop, openai.AsyncOpenAI] = WeakKeyDictionary()
        self._background = BackgroundLoop("summarizer-model")

    def complete(self, request: Request) -> Reply:
        """The answer to `request`. Raises ModelError with the calls made."""
        return self._background.run(self._asked(request, None))

    async def acomplete(self, request: Request) -> Reply:
        """`complete` without blocking the event loop."""
        return await self._asked(request, self.throttle)

    async def _asked(self, request: Request, throttle: Limit | None) -> Reply:
        run = Run(self.endpoint, self.settings, request, throttle)
        while run.turn:
            with run.outcome():
                client = await self._opened()
                create = client.chat.completions.with_raw_response.create
                async for attempt in run.retrying():
                    with attempt:
                        async with run.admitted() as call, asyncio.timeout(run.timeout()):
                            call.receive(await create(**arguments(run.body(), run.timeout())))
            self.endpoint = run.endpoint.knowing(self.endpoint.refused)  # so that no other request learns it again
        return run.reply()

    def body(self, request: Request) -> bytes:
        """What goes over the wire for `request`, byte for byte, and is not sent. Raises ContextExceeded."""
        body = Run(self.endpoint, self.settings, request).body()
        return _echo().chat.completions.with_raw_response.create(**arguments(body)).content

    def delivered(self, request: Request, status: int, body: Any) -> Reply:
        """The reply in an answer that has come another way, judged as one that comes live; but nothing is asked
        again. Raises ModelError, AnswerInvalid among them, with the one call."""
        run = Run(self.endpoint, self.settings, request)
        try:
            with run.metered() as call:
                if status != 200:
                    raise failed_with(status, body)
                call.read(ChatCompletion.construct(**body) if isinstance(body, dict) else body)
        except (openai.APIStatusError, NoCompletion) as error:
            raise translated(error, self.endpoint, run.calls) from None
        except ModelError as error:
            error.calls = tuple(run.calls)
            raise
        if problems := run.answer.problems:
            message = f"The answer does not fit the schema: {'; '.join(problems)}"
            raise AnswerInvalid(message, answer=run.answer.text, calls=run.calls)
        return run.reply()

    def call(
        self,
        work: Callable[[openai.AsyncOpenAI], Awaitable[T]],
        *,
        tries: int | None = None,
        seconds: float | None = None,
    ) -> T:
        """What `work` does with the client besides asking for answers, tried as often as a request (or `tries`
        times) with as long for each try (or `seconds`). Raises ModelError."""
        retrying = Tries(tries or self.settings.tries).retrying()

        async def once() -> T:
            client = await self._opened()
            async with asyncio.timeout(seconds or self.settings.timeout):
                return await work(client)

        async def tried() -> T:
            return await retrying(once)

        try:
            return self._background.run(tried())
        except (openai.OpenAIError, TimeoutError) as error:
            raise translated(error, self.endpoint) from None  # whose cause may hold the key

    async def _opened(self) -> openai.AsyncOpenAI:
        """The one client of this event loop, however many ask for it at first."""
        loop = asyncio.get_running_loop()
        if loop not in self._clients:
            base_url = await asyncio.to_thread(self._start)
            if loop not in self._clients:  # another may have come first
                self._clients[loop] = _open(base_url, self.endpoint)
        return self._clients[loop]

    async def _close(self) -> None:
        if client := self._clients.pop(asyncio.get_running_loop(), None):
            await client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._background.is_running:
            self._background.run(self._close())
            self._background.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._close()


@cache  # which costs as much as to write fifty bodies
def _echo() -> openai.OpenAI:
    """A client that gets back what it sends, and reaches nobody."""
    transport = httpx2.MockTransport(lambda request: httpx2.Response(200, content=request.content))
    return openai.OpenAI(base_url="http://echo", api_key="none", http_client=httpx2.Client(transport=transport))


def arguments(body: dict[str, Any], timeout: float | None = None) -> dict[str, Any]:
    """What the client is called with: the body goes past it, as it would walk through the schema each time."""
    further = {name: value for name, value in body.items() if name not in ("model", "messages")}
    called = {"model": body["model"], "messages": body["messages"], "extra_body": further}
    return called if timeout is None else {**called, "timeout": timeout}


def _open(base_url: str, endpoint: Endpoint) -> openai.AsyncOpenAI:
    # A proxy of the environment can't reach a server on this machine.
    address = urlsplit(base_url)
    here = address.hostname in ("127.0.0.1", "localhost", "::1")
    return openai.AsyncOpenAI(
        base_url=urlunsplit(address._replace(query="")),
        default_query=dict(parse_qsl(address.query)),  # Azure's api-version stays behind the path
        default_headers={"api-key": endpoint.secret} if endpoint.secret and is_azure(address.hostname) else {},
        api_key=endpoint.secret or "none",  # the client insists on one
        max_retries=0,  # the one retry layer is `Tries`
        http_client=openai.DefaultAsyncHttpxClient(trust_env=not here),
    )
