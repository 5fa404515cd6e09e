"""How many requests may be under way at once: halved when the server is overloaded, growing while it is well."""

from __future__ import annotations

import asyncio
import math
import re
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from summarizer.errors import ProviderFailed
from summarizer.models.waiting import duration

LONGEST_PAUSE = 300.0
"""Seconds. A server that wants a longer one is asked once more, since it may have meant this request alone; what it
says then holds."""

OVERLOADED = frozenset({429, 503, 529})
"""Statuses that mean: too much at once, for you or for everybody."""


class Limit(Protocol):
    """What the tries of requests go through, one limit for all of them."""

    def slot(self, patience: float = math.inf) -> AbstractAsyncContextManager[float]:
        """Around one try, once there is room for it; gives the moment it started, to be told with its outcome.

        Raises ProviderFailed where the server wants a longer pause than `patience`, in seconds.
        """

    def overloaded(self, retry_after: float | None = None, *, started: float | None = None, said: str = "") -> None:
        """The server was asked too much, and has said so in these words."""

    def succeeded(self, headers: Mapping[str, str], *, started: float | None = None) -> None:
        """A request was answered."""


@dataclass(frozen=True, eq=False)
class _Place:
    """In the queue."""

    taken: asyncio.Future[None]
    patience: float


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
        self._closed = 0.0
        self._doubted: float | None = None
        """When a longer pause was wanted than is believed at once."""
        self.said = ""
        """What the server says of the pause that it wants."""
        self._waiting: deque[_Place] = deque()
        self._alarm: asyncio.TimerHandle | None = None

    @property
    def limit(self) -> int:
        """Requests that may be under way at once."""
        return int(self._limit)

    @property
    def pause(self) -> float:
        """Seconds until anything is sent again, because the server wants it so; 0 when it does not."""
        return max(0.0, self._opens - self._clock())

    @property
    def waited(self) -> float:
        """Seconds of all pauses so far."""
        return self._closed - self.pause

    @asynccontextmanager
    async def slot(self, patience: float = math.inf) -> AsyncIterator[float]:
        """Around one try; gives the moment it started, to be told with its outcome. Raises ProviderFailed."""
        await self._enter(patience)
        try:
            yield self._clock()
        finally:
            self.in_flight -= 1
            self._admit()

    def overloaded(self, retry_after: float | None = None, *, started: float | None = None, said: str = "") -> None:
        """The server was asked too much. Nothing more is sent for `retry_after` seconds, where it said so."""
        if self._tells_of_this_rate(started):
            self._limit = max(1.0, self._limit / 2)
            if self._is_well:  # else it is the same trouble still
                self._safe = self._limit
            self._is_well = False
            self._cut = self._clock()
        if retry_after and (retry_after <= LONGEST_PAUSE or self._is_said_again(started)):
            self._close_for(retry_after, said)

    def succeeded(self, headers: Mapping[str, str], *, started: float | None = None) -> None:
        """A request was answered. Where `headers` say that no more are allowed, the next waits for the reset."""
        if self._tells_of_this_rate(started):
            self._limit = min(self.most, self._limit + (1 if self._limit < self._safe else 1 / self._limit))
            self._is_well = True
            self._doubted = None
        for what in ("requests", "tokens"):
            if headers.get(f"x-ratelimit-remaining-{what}", "").strip() == "0":
                seconds = seconds_until(headers.get(f"x-ratelimit-reset-{what}", "")) or 0.0
                self._close_for(min(seconds, LONGEST_PAUSE), f"no more {what} are allowed until then")
        self._admit()

    def _is_said_again(self, started: float | None) -> bool:
        """Whether the same was said before this was sent, and nothing has been answered since."""
        if self._doubted is None:
            self._doubted = self._clock()
            return False
        return started is None or started >= self._doubted

    def _tells_of_this_rate(self, started: float | None) -> bool:
        """What was sent before the last cut tells how the server bore the rate before it."""
        return started is None or started >= self._cut

    async def _enter(self, patience: float) -> None:
        if not self._waiting and self._is_open():
            self.in_flight += 1
            return
        place = asyncio.get_running_loop().create_future()
        self._waiting.append(_Place(place, patience))
        self._turn_away()
        self._admit()
        try:
            await place
        except asyncio.CancelledError:
            if _is_let_in(place):  # and cancelled at once: the slot goes to the next
                self.in_flight -= 1
            self._admit()
            raise

    def _is_open(self) -> bool:
        return self.in_flight < self.limit and not self.pause

    def _admit(self) -> None:
        """Lets in as many as there is room for, in the order in which they came."""
        self._silence()
        while self._waiting and self._waiting[0].taken.done():  # cancelled, or turned away
            self._waiting.popleft()
        while self._waiting and self._is_open():
            place = self._waiting.popleft().taken
            if not place.done():
                self.in_flight += 1
                place.set_result(None)
        if self._waiting and self.pause:
            self._alarm = asyncio.get_running_loop().call_later(self.pause, self._admit)

    def _silence(self) -> None:
        if self._alarm:
            self._alarm.cancel()
            self._alarm = None

    def _close_for(self, seconds: float, said: str) -> None:
        further = seconds - self.pause
        if further > 0:
            self._opens = self._clock() + seconds
            self._closed += further
            self.said = said
            self._turn_away()

    def _turn_away(self) -> None:
        """Those who would have to wait for longer than they may."""
        for place in self._waiting:
            if self.pause > place.patience and not place.taken.done():
                place.taken.set_exception(
                    ProviderFailed(f"not asked, since the server wants a wait of {duration(self.pause)}: {self.said}")
                )


def _is_let_in(place: asyncio.Future[None]) -> bool:
    return place.done() and not place.cancelled() and place.exception() is None


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
