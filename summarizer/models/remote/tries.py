"""The one retry policy: how often a call is made, and how long is waited in between."""

from __future__ import annotations

import math
import time

from tenacity import AsyncRetrying, RetryCallState

from summarizer.models.remote.errors import complaint_in, is_worth_another_try
from summarizer.models.throttle import Limit
from summarizer.models.waiting import sleep, wait_after


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
        said = complaint_in(state)
        asked = (said.asked_wait if said else None) or 0.0
        return state.attempt_number >= self.most or self.seconds_left <= max(asked, state.upcoming_sleep)

    def _wait(self, state: RetryCallState) -> float:
        said = complaint_in(state)
        if self.throttle and said and said.asked_wait is not None:
            return 0.0  # the throttle waits, for this request and all others
        return wait_after(state.attempt_number, said.headers if said else {})
