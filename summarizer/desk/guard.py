"""The guard: who may ask at all, told by Host, Origin and token, and how much they may send."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from summarizer.desk.problems import Problem
from summarizer.reading.source.fetch import LARGEST_BODY

LOOPBACK = frozenset(("127.0.0.1", "::1", "localhost"))
EVERYWHERE = frozenset(("0.0.0.0", "::", ""))  # what a server is told that listens on all
SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
OPEN = frozenset(("/health",))
"""What is answered without a token."""


@dataclass(frozen=True)
class Access:
    """Where it is served, under which names, to whom."""

    host: str
    port: int
    token: str | None = field(default=None, repr=False)
    names: frozenset[str] = frozenset()
    """Names of this server besides its host."""
    origins: frozenset[str] = frozenset()
    """Other origins whose pages may ask."""

    @property
    def cookie(self) -> str:
        """Its name: browsers send a cookie to all ports of a host."""
        return f"summarizer-{self.port}"

    def serves(self, host: str) -> bool:
        """Whether a Host header names this server. An address can't be made to point elsewhere, as a name can."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        own = LOOPBACK if self.host in LOOPBACK else {self.host}
        return name in own | self.names or (self.host in EVERYWHERE and _is_address(name))

    def admits(self, given: str | None) -> bool:
        """Whether this is the token; without one all are admitted."""
        return self.token is None or secrets.compare_digest((given or "").encode(), self.token.encode())


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


class Guard:
    """An application, asked only by those who may."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self.app, self.access = app, access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        try:
            answer = self._admitted(scope)
        except Problem as problem:
            answer = problem.response()
        if answer:
            return await answer(scope, receive, send)
        return await self.app(scope, _bounded(receive), send)

    def _admitted(self, scope: Scope) -> Response | None:
        """The answer where the application is not to be asked. Raises Problem."""
        headers, access = Headers(scope=scope), self.access
        if not access.serves(headers.get("host", "")):
            raise Problem(
                421, "This server has another name. Use the address that it printed, or --name at its start."
            )
        if scope["method"] not in SAFE:
            self._refuse_others(headers)
        if int(headers.get("content-length") or 0) > LARGEST_BODY:
            raise _too_large()
        if access.token is None or scope["path"] in OPEN:
            return None
        return self._by_token(scope, headers)

    def _refuse_others(self, headers: Headers) -> None:
        """Raises Problem where a page of another origin has a browser ask."""
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if origin in self.access.origins:
            return
        is_other = origin is not None and urlsplit(origin).netloc != headers.get("host")
        if is_other or site not in (None, "same-origin", "none"):
            raise Problem(403, "Pages of other origins may not ask. Allow one with --allow-origin at the start.")

    def _by_token(self, scope: Scope, headers: Headers) -> Response | None:
        access = self.access
        shown = parse_qs(scope["query_string"].decode("latin-1")).get("token") if scope["path"] == "/" else None
        if shown and access.admits(shown[0]):
            answer = RedirectResponse("/", 303)
            secure = scope["scheme"] == "https"
            answer.set_cookie(access.cookie, shown[0], httponly=True, samesite="strict", secure=secure)
            return answer
        scheme, _, bearer = headers.get("authorization", "").partition(" ")
        given = bearer if scheme.lower() == "bearer" else cookie_parser(headers.get("cookie", "")).get(access.cookie)
        if not access.admits(given):
            raise Problem(
                401,
                "A token is needed: open the address that the server printed, or send Authorization: Bearer TOKEN.",
                headers={"WWW-Authenticate": "Bearer"},
            )
        return None


def _bounded(receive: Receive) -> Receive:
    """What a client sends, up to the most that is read; also where it did not say how much comes."""
    size = 0

    async def received() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > LARGEST_BODY:
            raise _too_large()
        return message

    return received


def _too_large() -> Problem:
    return Problem(413, f"At most {LARGEST_BODY:,} bytes are read. Send the article alone, without pictures.")
