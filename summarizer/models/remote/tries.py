"""The one retry policy: how often a call is made, and how long is waited in between."""

from __future__ import annotations

import math
import time

from tenacity import AsyncRetrying, RetryCallState

from summarizer.models.remote.errors import complaint_in, is_worth_another_try
from summarizer.models.throttle import LONGEST_PAUSE, Limit
from summarizer.models.waiting import asked_wait, sleep, wait_after


class Tries:
    """A failed call is made again up to `most` times in all, and never past the deadline, which is `seconds` away."""

    def __init__(self, most: int, seconds: float = math.inf, throttle: Limit | None = None) -> None:
        self.most = most
        self.throttle = throttle
        self.ends = time.monotonic() + seconds

    @property
    def seconds_left(self) -> float:
        """Until the deadline."""
        return self.ends - time.monotonic()

    def retrying(self) -> AsyncRetrying:
        """The policy for one call."""
        return AsyncRetrying(
            stop=self._is_last, wait=self._wait, retry=is_worth_another_try, reraise=True, sleep=sleep
        )

    def _is_last(self, state: RetryCallState) -> bool:
        return state.attempt_number >= self.most or self.seconds_left <= state.upcoming_sleep

    def _wait(self, state: RetryCallState) -> float:
        said = complaint_in(state)
        headers = said.headers if said else {}
        if self.throttle and said and said.is_overload and (asked_wait(headers) or math.inf) <= LONGEST_PAUSE:
            return 0.0  # the throttle waits, for this request and all others
        return wait_after(state.attempt_number, headers)
