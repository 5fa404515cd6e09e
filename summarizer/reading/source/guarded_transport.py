"""A transport that resolves a name once, checks every address found, and connects to a checked one before a deadline.

The check sits where the socket is opened: no later look-up can lead elsewhere, each redirect passes it, and host
header and certificate keep the name. Import it when an address is fetched, not before: it loads the HTTP client.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from ssl import SSLContext
from threading import Thread
from typing import Any, TypeVar

import httpcore2
import httpx2

from summarizer.errors import AddressNotAllowed, SourceUnreachable
from summarizer.reading.source.public_ip import why_not_public

Resolver = Callable[[str, int], Iterable[str]]
"""Takes host and port, gives IP addresses; raises OSError when there are none."""
Result = TypeVar("Result")


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, by the system's resolver, the best first."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class Deadline:
    """The moment by which everything must be done, on the monotonic clock."""

    moment: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """The deadline that many seconds from now."""
        return cls(time.monotonic() + seconds)

    def left(self) -> float:
        """Seconds left; raises TimeoutError when there are none."""
        seconds = self.moment - time.monotonic()
        if seconds <= 0:
            raise TimeoutError
        return seconds


class Transport(httpx2.BaseTransport):
    """Sends requests through connections that `backend` opens."""

    def __init__(self, backend: httpcore2.NetworkBackend) -> None:
        self._pool = httpcore2.ConnectionPool(network_backend=backend)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The response, its body still to be read."""
        url = request.url
        answer = self._pool.handle_request(
            httpcore2.Request(
                method=request.method,
                url=httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
            )
        )
        return httpx2.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        """Closes every connection."""
        self._pool.close()


class _Body(httpx2.SyncByteStream):
    def __init__(self, answer: httpcore2.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class CheckedBackend(httpcore2.NetworkBackend):
    """Opens connections to public addresses only, unless private ones are allowed."""

    def __init__(
        self,
        deadline: Deadline,
        *,
        allow_private_hosts: bool,
        resolver: Resolver,
        network: httpcore2.NetworkBackend,
    ) -> None:
        self._deadline = deadline
        self._allow_private_hosts = allow_private_hosts
        self._resolver = resolver
        self._network = network

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """A connection to the first address of `host` that answers; each may take its share of the time left."""
        *others, last = self._addresses(host, port)
        for tried, address in enumerate(others):
            share = self._deadline.left() / (len(others) + 1 - tried)
            with suppress(httpcore2.ConnectError, httpcore2.ConnectTimeout):
                return self._connect(address, port, share)
        return self._connect(last, port, self._deadline.left())

    def _connect(self, address: str, port: int, seconds: float) -> httpcore2.NetworkStream:
        return _TimedStream(
            self._network.connect_tcp(address, port, timeout=seconds, socket_options=()), self._deadline
        )

    def _addresses(self, host: str, port: int) -> list[str]:
        """The addresses of `host`. One that is not public refuses them all: the name is not to be trusted."""
        try:
            addresses = _within(self._deadline.left(), lambda: list(self._resolver(host, port)))
        except TimeoutError:  # an OSError, too, but no answer is not the answer that there is none
            raise
        except (OSError, UnicodeError):  # the latter for labels that are empty or too long
            addresses = []
        if not addresses:
            raise SourceUnreachable(
                f"{host}: no such host is known. Check the spelling, and that there is a network."
            )
        for address in addresses if not self._allow_private_hosts else ():
            if kind := why_not_public(address):
                raise AddressNotAllowed(_not_public(host, address, kind))
        return addresses


def _not_public(host: str, address: str, kind: str) -> str:
    found = f"{host} is {kind}" if host == address else f"{host} stands for {address}, {kind}"
    return (
        f"{found}; only pages of the public internet are fetched. "
        "If you trust the page, allow it: --allow-private-hosts, or allow_private_hosts=True."
    )


def _within(seconds: float, work: Callable[[], Result]) -> Result:
    """What `work` returns, or TimeoutError: the system's resolver has no time limit of its own."""
    outcome: Future[Result] = Future()

    def run() -> None:
        try:
            outcome.set_result(work())
        except Exception as error:  # raised again where the outcome is asked for
            outcome.set_exception(error)

    Thread(target=run, daemon=True).start()
    return outcome.result(timeout=seconds)


class _TimedStream(httpcore2.NetworkStream):
    """A connection whose every read and write must end before the deadline, so that no drip outlasts it."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left())

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left())
        return _TimedStream(secured, self._deadline)

    def close(self) -> None:
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
