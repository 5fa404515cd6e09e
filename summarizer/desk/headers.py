"""What every answer tells a browser: run and frame nothing of it, keep none of it, say nobody where it was."""

from __future__ import annotations

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}

_OWN = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


class SecurityHeaders:
    """An application, with these headers on each of its answers that has none of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, sent)


def policy_of(page: str) -> str:
    """The policy that a page of a record states itself, by hashes of what it holds; for one that states none, that
    nothing is run."""
    stated = _OWN.search(page.partition("<title>")[0])
    own = stated[1] if stated else "default-src 'none'"
    return f"{own}; frame-ancestors 'none'"
