"""An OpenAI-compatible endpoint: one retry layer around the openai client."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import cache
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

import httpx2
import openai
from pydantic import SecretStr
from tenacity import AsyncRetrying, stop_after_attempt

from summarizer.background import BackgroundLoop
from summarizer.errors import AnswerInvalid, ModelError
from summarizer.models.base import Reply, Request
from summarizer.models.catalogue import Provider
from summarizer.models.failures import advice
from summarizer.models.openai.errors import (
    NoCompletion,
    failed_with,
    headers_of,
    hint,
    is_worth_another_try,
    meaning,
    words_of,
)
from summarizer.models.openai.run import Run
from summarizer.models.throttle import Limit
from summarizer.models.waiting import sleep, wait_after
from summarizer.settings import Settings
from summarizer.summary import Call

T = TypeVar("T")


@dataclass(frozen=True)
class Address:
    """Where a server is, and the key to it."""

    base_url: str
    key: SecretStr | None


class OpenAIModel:
    """A model behind an OpenAI-compatible endpoint. `name` goes into the record, `model` over the wire.

    `locate` is called before the first request, so that a server in this process starts only when it is needed. Every
    try of `acomplete` goes through `throttle`; None: nothing bounds how many there are at once.
    """

    def __init__(
        self,
        name: str,
        model: str,
        provider: Provider,
        settings: Settings,
        locate: Callable[[], Address],
        throttle: Limit | None = None,
    ) -> None:
        self.name = name
        self.model = model
        self.provider = provider
        self.settings = settings
        self.recipe = provider.recipe
        self.context_tokens = provider.context_tokens
        self.throttle = throttle
        self._locate = locate
        self._clients: WeakKeyDictionary[asyncio.AbstractEventLoop, openai.AsyncOpenAI] = WeakKeyDictionary()
        self._background = BackgroundLoop("summarizer-model")

    @property
    def key(self) -> str:
        """What must not get out; empty where there is none."""
        key = self._locate().key
        return key.get_secret_value() if key else ""

    def complete(self, request: Request) -> Reply:
        """The answer to `request`. Raises ModelError with the calls made."""
        return self._background.run(self._asked(request, None))

    async def acomplete(self, request: Request) -> Reply:
        """`complete` without blocking the event loop."""
        return await self._asked(request, self.throttle)

    async def _asked(self, request: Request, throttle: Limit | None) -> Reply:
        run = Run(self, request, throttle)
        while run.turn:
            with run.outcome():
                client = await self._opened()
                create = client.chat.completions.with_raw_response.create
                async for attempt in AsyncRetrying(**run.policy(), sleep=sleep):
                    with attempt:
                        async with run.admitted() as call, asyncio.timeout(run.timeout()):
                            call.receive(await create(**run.arguments()))
        return run.reply()

    def body(self, request: Request) -> bytes:
        """What goes over the wire for `request`, byte for byte, and is not sent. Raises ContextExceeded."""
        return _echo().chat.completions.with_raw_response.create(**Run(self, request).arguments()).content

    def delivered(self, request: Request, status: int, body: Any) -> Reply:
        """The reply in an answer that has come another way, judged as one that comes live; but nothing is asked
        again. Raises ModelError, AnswerInvalid among them, with the one call."""
        run = Run(self, request)
        try:
            with run.metered() as call:
                if status != 200:
                    raise failed_with(status, body)
                call.read(body)
        except (openai.APIStatusError, NoCompletion) as error:
            raise self._translated(error, run.calls) from None
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
        policy = AsyncRetrying(
            stop=stop_after_attempt(tries or self.settings.tries),
            wait=lambda state: wait_after(state.attempt_number, headers_of(state)),
            retry=is_worth_another_try,
            reraise=True,
            sleep=sleep,
        )

        async def once() -> T:
            client = await self._opened()
            async with asyncio.timeout(seconds or self.settings.timeout):
                return await work(client)

        async def tried() -> T:
            return await policy(once)

        try:
            return self._background.run(tried())
        except (openai.OpenAIError, TimeoutError) as error:
            raise self._translated(error) from None  # whose cause may hold the key

    def _translated(self, error: Exception, calls: Sequence[Call] = ()) -> ModelError:
        kind, said = meaning(error), words_of(error).rstrip(". ")
        if self.key:
            said = said.replace(self.key, "[key]")
        what_to_do = hint(error) or advice(kind, self.provider, self.model)
        return kind(f"{self.provider.name} says: {said}. {what_to_do}".rstrip(), calls=calls)

    async def _opened(self) -> openai.AsyncOpenAI:
        """The one client of this event loop, however many ask for it at first."""
        loop = asyncio.get_running_loop()
        if loop not in self._clients:
            address = await asyncio.to_thread(self._locate)
            if loop not in self._clients:  # another may have come first
                self._clients[loop] = _open(address)
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


def _open(address: Address) -> openai.AsyncOpenAI:
    # A proxy of the environment can't reach a server on this machine.
    here = urlsplit(address.base_url).hostname in ("127.0.0.1", "localhost", "::1")
    return openai.AsyncOpenAI(
        base_url=address.base_url,
        api_key=address.key.get_secret_value() if address.key else "none",  # the client insists on one
        max_retries=0,  # the one retry layer is `Run.policy`
        http_client=openai.DefaultAsyncHttpxClient(trust_env=not here),
    )
