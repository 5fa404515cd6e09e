"""The cluster that a run takes place on: one that is there, or one on this machine for as long as it takes."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from summarizer.errors import SettingsError

REACHED = 10.0
"""Seconds that a cluster is given to take a connection."""


def require_ray() -> None:
    """Raises SettingsError when there is no Ray."""
    try:
        import ray.data  # noqa: F401  # only whether it is there
    except ImportError:
        raise SettingsError("this needs Ray, which is not installed: pip install 'checked-summarizer[ray]'") from None


@contextmanager
def cluster(address: str | None) -> Iterator[None]:
    """Connected to the cluster at `address`, with `auto` to the one that is there, with None to one made for this.

    Raises SettingsError when there is no such cluster.
    """
    require_ray()
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is reported to anybody
    import ray

    try:
        if address and ":" in address:
            _reach(address)
        ray.init(
            "local" if address is None else address,
            include_dashboard=False if address is None else None,
            log_to_driver=False,
            logging_level=logging.ERROR,
        )
    except (OSError, ValueError, RuntimeError) as error:  # a ConnectionError is an OSError
        raise SettingsError(f"no Ray cluster at {address or 'this machine'}: {error}") from error
    try:
        yield
    finally:
        ray.shutdown()


def _reach(address: str) -> None:
    """Raises OSError where nobody listens, which Ray would find out in minutes."""
    parts = urlsplit(address if "//" in address else f"//{address}")
    socket.create_connection((parts.hostname or "", parts.port or 0), REACHED).close()


def nodes() -> int:
    """Machines in the cluster, as Ray counts them."""
    import ray

    return sum(node["Alive"] for node in ray.nodes())  # type: ignore[no-untyped-call]  # ray says no types for it
