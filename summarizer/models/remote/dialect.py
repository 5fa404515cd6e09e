"""A dialect: how a request is put to a provider, who carries it there, and what comes back in one form for all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from pydantic import BaseModel

from summarizer.models.conversation import Turn
from summarizer.models.providers.endpoint import Endpoint
from summarizer.models.remote.client import Client


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
