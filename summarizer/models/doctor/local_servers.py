"""The servers that people run on this machine: which of them answer, and which models they have."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from http.client import HTTPConnection, HTTPException
from threading import Thread
from typing import Literal
from urllib.parse import urlsplit

from summarizer.models.providers.catalogue import PROVIDERS
from summarizer.models.providers.provider import Provider
from summarizer.record import Part

SECONDS = 0.3
"""What all of them together may take: a server on this machine answers in a few thousandths."""

MOST_BYTES = 1_000_000
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class LocalServer(Part):
    """One server of the catalogue that may run here, and what came of asking for its list of models."""

    name: str
    address: str
    says: Literal["models", "needs a key", "is no model server", "no answer"] = "no answer"
    models: tuple[str, ...] = ()


def local_servers(rows: Sequence[Provider] = PROVIDERS, seconds: float = SECONDS) -> tuple[LocalServer, ...]:
    """All of `rows` that may run on this machine, asked at the same time and past any proxy."""
    found = {row.name: LocalServer(name=row.name, address=row.base_url) for row in rows if _is_here(row)}

    def ask(server: LocalServer) -> None:
        found[server.name] = _asked(server, seconds)

    threads = [Thread(target=ask, args=(server,), daemon=True) for server in found.values()]
    end = time.monotonic() + seconds
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, end - time.monotonic()))
    return tuple(found.values())


def _is_here(row: Provider) -> bool:
    return row.key_variable is None and urlsplit(row.base_url).hostname in LOOPBACK


def _asked(server: LocalServer, seconds: float) -> LocalServer:
    address = urlsplit(server.address)
    connection = HTTPConnection(str(address.hostname), address.port, timeout=seconds)
    try:
        connection.request("GET", f"{address.path}/models")
        response = connection.getresponse()
        return server.model_copy(update=_meant(response.status, response.read(MOST_BYTES)))
    except HTTPException:
        return server.model_copy(update={"says": "is no model server"})
    except OSError:
        return server
    finally:
        connection.close()


def _meant(status: int, body: bytes) -> dict[str, object]:
    if status in (401, 403):
        return {"says": "needs a key"}
    try:
        names = [entry["id"] for entry in json.loads(body)["data"] or ()] if status == 200 else None
    except (ValueError, KeyError, TypeError, RecursionError):
        names = None
    if names is None:
        return {"says": "is no model server"}
    return {"says": "models", "models": tuple(name for name in names if isinstance(name, str))}
