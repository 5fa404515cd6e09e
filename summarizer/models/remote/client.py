"""A dialect: how a request is put to a provider, who carries it there, and what comes back in one form for all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol, TypeVar

import httpx2
from pydantic import BaseModel

from summarizer.models.conversation import Turn
from summarizer.models.providers.endpoint import Endpoint

T = TypeVar("T")


class Client(Protocol):
    """A provider's own client, open in one event loop. Its errors are Failures outside of it."""

    def send(self, body: dict[str, Any], seconds: float | None) -> AbstractAsyncContextManager[httpx2.Response]:
        """The response, whose body is still to be read, within so many seconds for each step."""

    async def ask(self, work: Callable[[Any], Awaitable[T]]) -> T:
        """What `work` does with the provider's own client: what else a provider has."""

    async def close(self) -> None:
        """Ends its connections."""


class Dialect(Protocol):
    """What a provider speaks."""

    def body(
        self, endpoint: Endpoint, turn: Turn, answer: type[BaseModel], *, streamed: bool = False
    ) -> dict[str, Any]:
        """What is sent."""

    def completion(self, body: Any) -> Any:
        """What came back, in the form of a chat completion."""

    def chunks(self) -> Callable[[Any], Any]:
        """What turns the events of one stream into a completion's chunks, one after the other."""

    def open(self, endpoint: Endpoint, base_url: str) -> Client:
        """A client for this address."""
