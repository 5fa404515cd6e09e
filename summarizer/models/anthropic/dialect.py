"""Anthropic's messages through Anthropic's own client."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import anthropic
import httpx2

from summarizer.models.anthropic.messages import Events, completion_of, payload
from summarizer.models.providers.endpoint import Endpoint, is_here
from summarizer.models.remote.client import Client
from summarizer.models.remote.sending import SdkClient


class AnthropicDialect:
    """Messages."""

    body = staticmethod(payload)
    completion = staticmethod(completion_of)

    def chunks(self) -> Callable[[Any], Any]:
        """Events as chunks."""
        return Events().chunk

    def open(self, endpoint: Endpoint, base_url: str) -> Client:
        """Anthropic's client."""
        return AnthropicClient(endpoint, base_url)


class AnthropicClient(SdkClient):
    """Anthropic's client for one address."""

    def __init__(self, endpoint: Endpoint, base_url: str) -> None:
        client = anthropic.AsyncAnthropic(
            base_url=base_url,
            api_key=endpoint.secret or "none",
            max_retries=0,  # the one retry layer is `Tries`
            http_client=anthropic.DefaultAsyncHttpxClient(trust_env=not is_here(base_url)),
        )
        super().__init__(anthropic, client)

    def send(self, body: dict[str, Any], seconds: float | None) -> AbstractAsyncContextManager[httpx2.Response]:
        """The response of the server."""
        create = self._client.messages.with_streaming_response.create
        return self._sent(create, "model", "max_tokens", "messages", body=body, timeout=seconds)
