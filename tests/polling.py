"""Waiting for what another process or thread does."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 100.0
"""Seconds, a little less than a test may take: what does come may come late on a busy machine."""


def wait_for(condition: Callable[[], object]) -> None:
    """Returns when it holds; fails when that takes too long."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.02)
