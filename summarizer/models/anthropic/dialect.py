"""Anthropic's messages through Anthropic's own client."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import anthropic

from summarizer.models.anthropic.messages import Events, completion_of, payload
from summarizer.models.providers.endpoint import Endpoint, is_here
from summarizer.models.remote.client import Client


class AnthropicDialect:
    """Messages."""

    body = staticmethod(payload)
    completion = staticmethod(completion_of)

    def chunks(self) -> Callable[[Any], Any]:
        """Events as chunks."""
        return Events().chunk

    def open(self, endpoint: Endpoint, base_url: str) -> Client:
        """Anthropic's client."""
        client = anthropic.AsyncAnthropic(
            base_url=base_url,
            api_key=endpoint.secret or "none",
            max_retries=0,  # the one retry layer is `Tries`
            http_client=anthropic.DefaultAsyncHttpxClient(trust_env=not is_here(base_url)),
        )
        create = client.messages.with_streaming_response.create
        return Client(anthropic, client, create, ("model", "max_tokens", "messages"))
