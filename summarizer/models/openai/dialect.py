"""OpenAI's chat completions, which most servers speak, through OpenAI's own client."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit, urlunsplit

import openai

from summarizer.models.providers.endpoint import Endpoint, is_here
from summarizer.models.providers.payload import payload
from summarizer.models.remote.client import Client


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
        return Client(openai, client, client.chat.completions.with_streaming_response.create, ("model", "messages"))
