"""The tally: what a run has come to so far."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from summarizer.batch.result import BatchResult, first_few
from summarizer.prices import cost
from summarizer.record import Call, Tokens

FAILURES_TOLD = 5
"""Failures that are told one by one; all stand in their lines."""


@dataclass
class Tally:
    """Counts, of this run alone but for `total` and `failed`."""

    total: int | None = None
    """Articles in the input, once they are counted."""
    lines: int = 0
    """Lines made, records and failures."""
    made: int = 0
    """Records made."""
    skipped: int = 0
    """Articles whose record was there already."""
    failed: Counter[str] = field(default_factory=Counter)
    """Failures by the name of their error, earlier ones that were not tried again among them."""
    first_failures: list[str] = field(default_factory=list)
    """Of the first few articles that failed in this run: what their error says, with their key."""
    statuses: Counter[str] = field(default_factory=Counter)
    """Records whose status is not `ok`, by status."""
    shared_keys: Counter[str] = field(default_factory=Counter)
    """Keys that stand for more than one article, with the number of articles beyond the first."""
    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    saved: int = 0
    """Tokens that a cache has saved."""
    priced_as: str = ""
    """The name under which requests have their price."""
    cost: float | None = None
    """US dollars, of the requests whose price is known; None when it is of none."""
    started: float = field(default_factory=time.monotonic)

    @property
    def shared(self) -> str:
        """Which keys stand for more than one article; empty where none does."""
        named = first_few(self.shared_keys)
        return f"stand for more than one article, each with a line of its own: {named}" if named else ""

    @property
    def failures(self) -> int:
        """How many articles have no record."""
        return self.failed.total()

    @property
    def through(self) -> int:
        """Articles that the run is through with, one way or another."""
        return self.made + self.skipped + self.failures

    @property
    def seconds(self) -> float:
        """Since the start."""
        return time.monotonic() - self.started

    @property
    def rate(self) -> float:
        """Articles a second, of those that were not there already."""
        return self.lines / max(self.seconds, 0.001)

    @property
    def seconds_left(self) -> float | None:
        """At this rate; None when nothing can be said yet."""
        if self.total is None or not self.lines:
            return None
        return max(0, self.total - self.through) / self.rate

    def skip(self, failed: str | None) -> None:
        """Counts an article that has its line already."""
        if failed:
            self.failed[failed] += 1
        else:
            self.skipped += 1

    def count(self, line: BatchResult) -> None:
        """Counts a line that was made."""
        self.lines += 1
        if line.error:
            self.failed[line.error.type] += 1
            if len(self.first_failures) < FAILURES_TOLD:
                named = "" if line.key in line.error.message else f"{line.key}: "
                self.first_failures.append(f"{named}{line.error.message}")
            return
        self.made += 1
        if line.record:  # which a rehearsal does not keep
            self.statuses[line.record.status] += line.record.status != "ok"

    def spend(self, calls: Iterable[Call]) -> None:
        """Counts requests that were made, or were answered by a cache, whatever becomes of their article."""
        calls = tuple(calls)
        asked = [call for call in calls if not call.saved]
        tokens, saved = Tokens.of(asked), Tokens.of(call for call in calls if call.saved)
        self.requests += len(asked)
        self.tokens_in += tokens.input
        self.tokens_out += tokens.output
        self.saved += saved.input + saved.output
        dollars = cost(self.priced_as, asked) if asked else None
        if dollars is not None:
            self.cost = (self.cost or 0) + dollars
