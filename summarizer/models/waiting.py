"""The wait before another try: what the server asks for, else a random time that grows."""

from __future__ import annotations

import asyncio
import math
import random
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.utils import parsedate_to_datetime

LONGEST_JITTER = 30.0
"""Seconds. A server that wants more says so in Retry-After, which is honoured as far as the deadline goes."""


def wait_after(attempt: int, headers: Mapping[str, str]) -> float:
    """Seconds to wait after the failed try number `attempt`, which was answered with `headers`.

    Without a wish of the server's it is a random time below a limit that doubles with every try ("full jitter"), so
    that many clients turned away at once do not come back at once.
    """
    asked = asked_wait(headers)
    return random.uniform(0, min(LONGEST_JITTER, 2.0 ** (attempt - 1))) if asked is None else asked


def asked_wait(headers: Mapping[str, str]) -> float | None:
    """Seconds that the server asks for, in milliseconds, seconds or as a date; None when it asks for none."""
    try:
        if "retry-after-ms" in headers:
            seconds = float(headers["retry-after-ms"]) / 1000
        else:
            seconds = _seconds(headers.get("retry-after", ""))
    except (ValueError, OverflowError):
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None


def duration(seconds: float) -> str:
    """`2 h 5 min`, `3 min 20 s`, `12 s`."""
    whole = round(seconds)
    if whole >= 3600:
        return f"{whole // 3600:,} h {whole % 3600 // 60} min"
    return f"{whole // 60} min {whole % 60} s" if whole >= 60 else f"{whole} s"


def _seconds(value: str) -> float:
    """Seconds until then; RFC 9110 allows a number of them or a date."""
    try:
        return float(value)
    except ValueError:
        return parsedate_to_datetime(value).timestamp() - time.time()


_real = True


@contextmanager
def without_waiting() -> Iterator[None]:
    """Within this block nobody sleeps between tries: for tests. Deadlines count the waits all the same."""
    global _real
    _real = False
    try:
        yield
    finally:
        _real = True


async def sleep(seconds: float) -> None:
    """Waits, or not in tests."""
    await asyncio.sleep(seconds if _real else 0)
