"""One page by its address: public hosts only, a handful of redirects, a size, a list of types, one deadline."""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from summarizer.errors import (
    AddressNotAllowed,
    SourceNotFound,
    SourceRefused,
    SourceUnreachable,
    SourceUnsupported,
)

if TYPE_CHECKING:
    import httpx2
    from httpcore2 import NetworkBackend

    from summarizer.reading.source.guarded_transport import Resolver

MOST_REDIRECTS = 5
LARGEST_BODY = 5_000_000
"""Bytes, packed and unpacked. The largest of 519 measured news pages has 2.2 million."""
SECONDS = 30.0
"""For everything: names, redirects and the last byte. A page that takes longer has failed for its readers, too."""
MEDIA_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "message/rfc822")

_HEADERS = {
    "User-Agent": f"checked-summarizer/{version('checked-summarizer')} (fetches one page that its user asked for)",
    "Accept": "text/html, application/xhtml+xml, text/markdown;q=0.9, text/plain;q=0.8, message/rfc822;q=0.5",
    "Accept-Encoding": "gzip",
}
_SAVE_IT = "Open it in a browser, save the page, and give the file."
_STEP = 65_536


@dataclass(frozen=True, slots=True)
class Fetched:
    """The bytes of a page, the address they came from in the end, and what the server says of them."""

    content: bytes
    url: str
    media_type: str | None
    charset: str | None


def fetch(
    address: str,
    *,
    allow_private_hosts: bool = False,
    resolver: Resolver | None = None,
    network: NetworkBackend | None = None,
    seconds: float = SECONDS,
    media_types: Collection[str] = MEDIA_TYPES,
) -> Fetched:
    """The page at an http or https address. `resolver` and `network` stand in for the system's, to find hosts and to
    open connections; `media_types` are what is wanted.

    Raises AddressNotAllowed for one that is not fetched, SourceUnreachable when no page arrives, SourceRefused and
    SourceNotFound when the site says no, SourceUnsupported for what is too large or no text.
    """
    import httpx2
    from httpcore2 import SyncBackend

    from summarizer.reading.source.guarded_transport import CheckedBackend, Deadline, Transport, resolve

    backend = CheckedBackend(
        Deadline.after(seconds),
        allow_private_hosts=allow_private_hosts,
        resolver=resolver or resolve,
        network=network or SyncBackend(),
    )
    name = without_userinfo(address)
    headers = _HEADERS if media_types is MEDIA_TYPES else {**_HEADERS, "Accept": ", ".join(media_types)}
    client = httpx2.Client(transport=Transport(backend), headers=headers, trust_env=False)
    with _failures_named(name, seconds), client:
        response = _followed(client, address, name)
        _check_status(response.status_code, name)
        media_type = _media_type(response, name, media_types)
        content = _body(response, name)
        url = str(response.url.copy_with(fragment=None))
        return Fetched(content, url, media_type, response.charset_encoding)


def without_userinfo(address: str) -> str:
    """The address without a password in it, for messages."""
    return re.sub(r"(?<=//)[^/?#]*@", "", address, count=1)


def _followed(client: httpx2.Client, address: str, name: str) -> httpx2.Response:
    """The first response that is no redirect. The bodies of those before are not read."""
    request = client.build_request("GET", address)
    for _ in range(MOST_REDIRECTS + 1):
        _check_address(request.url)
        response = client.send(request, stream=True)
        if not response.has_redirect_location:
            return response
        response.close()
        if response.next_request is None:
            raise SourceUnreachable(f"{name} leads on to something that is no address. {_SAVE_IT}")
        request = response.next_request
    raise SourceUnreachable(f"{name} leads from page to page, more than {MOST_REDIRECTS} times. {_SAVE_IT}")


def _check_address(url: httpx2.URL) -> None:
    if not url.host:
        raise SourceNotFound("the address names no host. Give it in full: https://host/path")
    if url.scheme not in ("http", "https"):
        raise AddressNotAllowed(
            f"{url.host}: only http and https addresses are fetched, no {url.scheme}. Give the text as a file."
        )
    if url.userinfo:
        raise AddressNotAllowed(
            f"the address of {url.host} carries a user name before an @, which hides where it leads. Leave that out."
        )
    if url.port is not None and url.port not in (80, 443) and not 1024 <= url.port <= 65535:
        raise AddressNotAllowed(f"{url.host}: port {url.port} belongs to another service than the web's.")


_REFUSALS = {
    401: "asks for a login",
    402: "asks for payment",
    403: "does not give this page to programs, or not to you",
    429: "says it was asked too often: wait a while",
    451: "withholds this page for legal reasons",
}


def _check_status(status: int, name: str) -> None:
    if 200 <= status < 300:
        return
    if status in (404, 410):
        raise SourceNotFound(f"{name}: there is no such page ({status}). Check the address.")
    if 400 <= status < 500:
        said = _REFUSALS.get(status, "does not accept the request")
        raise SourceRefused(f"{name}: the site {said} ({status}). {_SAVE_IT}")
    raise SourceUnreachable(f"{name}: the site gives no page but the status {status}. Try again later.")


def _media_type(response: httpx2.Response, name: str, wanted: Collection[str]) -> str | None:
    """The type the server names; None when it names none, and the content is to tell."""
    media_type = str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()
    if media_type and media_type not in wanted:
        raise SourceUnsupported(
            f"{name} is {media_type}, which can't be read. Give the address of a page, or its text."
        )
    return media_type or None


def _body(response: httpx2.Response, name: str) -> bytes:
    coding = str(response.headers.get("content-encoding", "")).strip().lower()
    packed = _capped(response.iter_raw(), name)
    if coding in ("", "identity"):
        return b"".join(packed)
    if coding in ("gzip", "x-gzip"):
        return b"".join(_capped(_unpacked(packed), name))
    raise SourceUnsupported(f"{name} comes packed as {coding}, which was not asked for. {_SAVE_IT}")


def _capped(pieces: Iterable[bytes], name: str) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > LARGEST_BODY:
            most = f"{LARGEST_BODY / 1e6:.0f} MB"
            raise SourceUnsupported(f"{name} is larger than {most}, the most that is read. Save the article alone.")
        yield piece


def _unpacked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The content of gzip members in small steps, so that a bomb is stopped at the cap and not in memory.

    The client's own decoder takes a stream that ends too early, or goes on with a second member, for complete.
    """
    member = zlib.decompressobj(zlib.MAX_WBITS | 16)
    for piece in pieces:
        while piece:
            if member.eof:
                member = zlib.decompressobj(zlib.MAX_WBITS | 16)
            yield member.decompress(piece, _STEP)
            piece = member.unconsumed_tail or member.unused_data
    if not member.eof:
        raise zlib.error("the packed content ends too early")


@contextmanager
def _failures_named(name: str, seconds: float) -> Iterator[None]:
    """The client's errors as this package's own."""
    import httpcore2
    import httpx2

    try:
        yield
    except httpx2.InvalidURL as error:
        raise SourceNotFound(f"{name} is no valid address: {error}") from error
    except (TimeoutError, httpcore2.TimeoutException) as error:
        raise SourceUnreachable(f"{name} did not arrive within {seconds:g} seconds. Try again later.") from error
    except (httpcore2.NetworkError, httpcore2.ProtocolError, httpx2.HTTPError, zlib.error) as error:
        raise SourceUnreachable(f"{name} can't be fetched: {error}. Try again later, or save the page.") from error
