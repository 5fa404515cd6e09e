"""OpenAI's chat completions, which most servers speak, through OpenAI's own client."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any
from urllib.parse import parse_qsl, urlsplit, urlunsplit

import httpx2
import openai

from summarizer.models.providers.endpoint import Endpoint, is_here
from summarizer.models.providers.payload import payload
from summarizer.models.remote.client import Client
from summarizer.models.remote.sending import SdkClient


class OpenAIDialect:
    """Chat completions."""

    body = staticmethod(payload)

    def completion(self, body: Any) -> Any:
        """As it is."""
        return body

    def chunks(self) -> Callable[[Any], Any]:
        """As they are."""
        return lambda chunk: chunk

    def open(self, endpoint: Endpoint, base_url: str) -> Client:
        """OpenAI's client."""
        return OpenAIClient(endpoint, base_url)


class OpenAIClient(SdkClient):
    """OpenAI's client for one address."""

    def __init__(self, endpoint: Endpoint, base_url: str) -> None:
        address = urlsplit(base_url)
        client = openai.AsyncOpenAI(
            base_url=urlunsplit(address._replace(query="")),
            default_query=dict(parse_qsl(address.query)),  # Azure's api-version stays behind the path
            # Azure wants its key in a header of its own as well.
            default_headers={"api-key": endpoint.secret} if (address.hostname or "").endswith(".azure.com") else {},
            api_key=endpoint.secret or "none",  # the client insists on one
            max_retries=0,  # the one retry layer is `Tries`
            # A proxy of the environment can't reach a server on this machine.
            http_client=openai.DefaultAsyncHttpxClient(trust_env=not is_here(base_url)),
        )
        super().__init__(openai, client)

    def send(self, body: dict[str, Any], seconds: float | None) -> AbstractAsyncContextManager[httpx2.Response]:
        """The response of the server."""
        create = self._client.chat.completions.with_streaming_response.create
        return self._sent(create, "model", "messages", body=body, timeout=seconds)
