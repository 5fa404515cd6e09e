"""The border to providers' clients: their errors become Failures here, and nowhere else."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import httpx2

from summarizer.models.remote.errors import Complained, NoCompletion, NotConnected, TimedOut

T = TypeVar("T")


class Client:
    """A provider's own client for one address, in one event loop, which neither tries again nor reads the answer.

    `sdk` is the module that it is of, and `create` asks for an answer; of the body only what is `named` goes through
    it, which would walk through the schema for every request.
    """

    def __init__(self, sdk: Any, client: Any, create: Any, named: Collection[str]) -> None:
        self._sdk, self._client = sdk, client
        self._create, self._named = create, named

    @asynccontextmanager
    async def send(self, body: dict[str, Any], seconds: float | None) -> AsyncIterator[httpx2.Response]:
        """The response, whose body is still to be read, within so many seconds for each step."""
        rest = {name: value for name, value in body.items() if name not in self._named}
        sending = self._create(**{name: body[name] for name in self._named}, extra_body=rest, timeout=seconds)
        async with answered(self._sdk), sending as response:
            yield response.http_response

    async def ask(self, work: Callable[[Any], Awaitable[T]]) -> T:
        """What `work` does with the provider's own client: what else a provider has."""
        async with answered(self._sdk):
            return await work(self._client)

    async def close(self) -> None:
        """Ends its connections."""
        await self._client.close()


@asynccontextmanager
async def answered(sdk: Any) -> AsyncIterator[None]:
    """Around the sending of a request and the reading of what comes back, with the client of `sdk`: openai or
    anthropic, which are made by one generator and name their errors alike."""
    try:
        yield
    except sdk.APIStatusError as error:
        response = error.response
        body, address = _body(response), str(response.url)
        raise Complained(response.status_code, body, error.message, response.headers, address) from error
    except (sdk.APITimeoutError, httpx2.TimeoutException) as error:
        raise TimedOut(str(error) or "timeout") from error
    except (sdk.APIConnectionError, httpx2.TransportError) as error:
        raise _not_connected(error) from error
    except sdk.APIError as error:
        raise NoCompletion(str(error)) from error


def _body(response: httpx2.Response) -> Any:
    """The whole: of an `error` in it the client keeps no more than that."""
    try:
        return response.json()
    except ValueError:
        return response.text


def _not_connected(error: Exception) -> NotConnected:
    said = f"{str(error).rstrip('.')}: {error.__cause__ or ''}".rstrip(": ") or type(error).__name__
    is_away = isinstance(error.__cause__ or error, httpx2.ConnectError)
    return NotConnected(said, "Is the server running, and the address right?" if is_away else "")
