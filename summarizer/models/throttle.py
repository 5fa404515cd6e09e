"""How many requests may be under way at once: halved when the server is overloaded, growing while it is well."""

from __future__ import annotations

import asyncio
import re
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from typing import Protocol

LONGEST_PAUSE = 300.0
"""Seconds. A server that wants a longer break is asked again after this time: what it said may no longer hold."""

OVERLOADED = frozenset({429, 503, 529})
"""Statuses that mean: too much at once, for you or for everybody."""


class Limit(Protocol):
    """What the tries of requests go through, one limit for all of them."""

    def slot(self) -> AbstractAsyncContextManager[float]:
        """Around one try, once there is room for it; gives the moment it started, to be told with its outcome."""

    def overloaded(self, retry_after: float | None = None, *, started: float | None = None) -> None:
        """The server was asked too much."""

    def succeeded(self, headers: Mapping[str, str], *, started: float | None = None) -> None:
        """A request was answered."""


class Throttle:
    """A share of a server that all requests to it go through, first come, first served; for one event loop.

    Additive increase, multiplicative decrease, as in TCP: the limit starts at `most`, falls by half for each burst of
    overload and rises by one for each `limit` successes; by one for each success up to half of what it was when the
    trouble began, so that a minute of refusals does not cost the hour after it. `clock` gives seconds; the event loop
    must wait by the same.
    """

    def __init__(self, most: int = 64, *, clock: Callable[[], float] = time.monotonic) -> None:
        if most < 1:
            raise ValueError(f"a throttle lets at least one request through, not {most}")
        self.most = most
        self.in_flight = 0
        self._limit = self._safe = float(most)
        self._is_well = True
        self._clock = clock
        self._opens = self._cut = clock()
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._alarm: asyncio.TimerHandle | None = None

    @property
    def limit(self) -> int:
        """Requests that may be under way at once."""
        return int(self._limit)

    @property
    def pause(self) -> float:
        """Seconds until anything is sent again, because the server wants it so; 0 when it does not."""
        return max(0.0, self._opens - self._clock())

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[float]:
        """Around one try; gives the moment it started, to be told with its outcome."""
        await self._enter()
        try:
            yield self._clock()
        finally:
            self.in_flight -= 1
            self._admit()

    def overloaded(self, retry_after: float | None = None, *, started: float | None = None) -> None:
        """The server was asked too much. Nothing more is sent for `retry_after` seconds, where it said so."""
        if self._tells_of_this_rate(started):
            self._limit = max(1.0, self._limit / 2)
            if self._is_well:  # else it is the same trouble still
                self._safe = self._limit
            self._is_well = False
            self._cut = self._clock()
        if retry_after:
            self._close_for(retry_after)

    def succeeded(self, headers: Mapping[str, str], *, started: float | None = None) -> None:
        """A request was answered. Where `headers` say that no more are allowed, the next waits for the reset."""
        if self._tells_of_this_rate(started):
            self._limit = min(self.most, self._limit + (1 if self._limit < self._safe else 1 / self._limit))
            self._is_well = True
        for what in ("requests", "tokens"):
            if headers.get(f"x-ratelimit-remaining-{what}", "").strip() == "0":
                self._close_for(seconds_until(headers.get(f"x-ratelimit-reset-{what}", "")) or 0.0)
        self._admit()

    def _tells_of_this_rate(self, started: float | None) -> bool:
        """What was sent before the last cut tells how the server bore the rate before it."""
        return started is None or started >= self._cut

    async def _enter(self) -> None:
        if not self._waiting and self._is_open():
            self.in_flight += 1
            return
        place = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        self._admit()
        try:
            await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():  # let in and cancelled at once: the slot goes to the next
                self.in_flight -= 1
            self._admit()
            raise

    def _is_open(self) -> bool:
        return self.in_flight < self.limit and not self.pause

    def _admit(self) -> None:
        """Lets in as many as there is room for, in the order in which they came."""
        self._silence()
        while self._waiting and self._waiting[0].done():  # cancelled
            self._waiting.popleft()
        while self._waiting and self._is_open():
            place = self._waiting.popleft()
            if not place.done():
                self.in_flight += 1
                place.set_result(None)
        if self._waiting and self.pause:
            self._alarm = asyncio.get_running_loop().call_later(self.pause, self._admit)

    def _silence(self) -> None:
        if self._alarm:
            self._alarm.cancel()
            self._alarm = None

    def _close_for(self, seconds: float) -> None:
        self._opens = max(self._opens, self._clock() + min(seconds, LONGEST_PAUSE))


_PART = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")
_DURATION = re.compile(f"(?:{_PART.pattern})+")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}


def seconds_until(reset: str) -> float | None:
    """What a server says of its reset: `1m2.5s` (OpenAI, Groq), plain seconds, a Unix time (proxies)
    or a date (Anthropic); else None."""
    reset = reset.strip()
    if _DURATION.fullmatch(reset):
        return sum(float(number) * _SECONDS[unit] for number, unit in _PART.findall(reset))
    try:
        return max(0.0, _moment(reset) - time.time() if _is_moment(reset) else float(reset))
    except (ValueError, OverflowError):
        return None


def _is_moment(reset: str) -> bool:
    return "T" in reset or (reset.isdigit() and len(reset) >= 10)


def _moment(reset: str) -> float:
    return float(reset) if reset.isdigit() else datetime.fromisoformat(reset).timestamp()
