"""The budget: what a run may spend, asked before every request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from summarizer.batch.stats import Tally
from summarizer.errors import LimitReached, ModelError, SettingsError
from summarizer.models.base import Model, ModelWrapper, Reply, Request
from summarizer.prices import PACKAGE, estimate, is_installed
from summarizer.record import Call

ANSWER = 500
"""Tokens that an answer is taken to have until some have come."""


@dataclass
class Budget:
    """The limits of a run. Requests under way count by estimate, so that many at once don't overspend together."""

    tally: Tally
    max_tokens: int | None = None
    max_cost: float | None = None
    tokens_under_way: int = 0
    requests_under_way: int = 0

    def __post_init__(self) -> None:
        """Raises SettingsError for a limit of the cost where nothing has a known price."""
        if self.max_cost is not None and estimate(self.tally.priced_as, 0, 0) is None:
            needs = "the settings name none by priced_as" if is_installed() else f"{PACKAGE} is not installed"
            raise SettingsError(
                f"a limit of the cost needs a price, and none is known for {self.tally.priced_as or 'this server'}: "
                f"{needs}. Limit the tokens instead."
            )

    @property
    def has_limit(self) -> bool:
        """Whether anything is asked before a request."""
        return self.max_tokens is not None or self.max_cost is not None

    def check(self, tokens: int, requests: int = 1, calls: Sequence[Call] = ()) -> None:
        """Raises LimitReached when requests of so many tokens, with answers as long as those before, would go
        beyond a limit. `calls` were made, and are not in the tally yet."""
        if not self.has_limit:
            return
        tally = replace(self.tally)
        tally.spend(calls)
        each = tally.tokens_out / tally.requests if tally.requests else ANSWER
        tokens_in = tokens + self.tokens_under_way
        tokens_out = round(each * (self.requests_under_way + requests))
        spent = tally.tokens_in + tally.tokens_out
        if self.max_tokens is not None and spent + tokens_in + tokens_out > self.max_tokens:
            raise LimitReached(
                f"the limit of {self.max_tokens:,} tokens: {spent:,} are spent, and the next request would go beyond"
            )
        cost = tally.cost or 0
        next_cost = estimate(tally.priced_as, tokens_in, tokens_out) if self.max_cost is not None else None
        if self.max_cost is not None and cost + (next_cost or 0) > self.max_cost:
            raise LimitReached(
                f"the limit of ${self.max_cost:,.2f}: ${cost:,.2f} are spent, and the next request would go beyond"
            )

    @contextmanager
    def reserved(self, requests: int, tokens: int) -> Iterator[None]:
        """Around so many requests with so many tokens in: they count by estimate until they are through. Raises
        LimitReached."""
        if requests:
            self.check(tokens, requests)
        self.tokens_under_way += tokens
        self.requests_under_way += requests
        try:
            yield
        finally:
            self.tokens_under_way -= tokens
            self.requests_under_way -= requests


class Accounted(ModelWrapper):
    """A model within a budget: a request is allowed before it is sent, each time it is, and what it took is counted
    when it has been answered or has failed. `asking` is awaited before each, `answered` is called after each that was
    answered. Raises LimitReached."""

    def __init__(
        self, model: Model, budget: Budget, asking: Callable[[], Awaitable[None]], answered: Callable[[], None]
    ) -> None:
        super().__init__(model)
        self._budget = budget
        self._asking, self._answered = asking, answered

    def complete(self, request: Request) -> Reply:
        """The answer to `request`, for code without an event loop: where nobody waits for this one."""
        with self._account(request) as spend:
            reply = self.model.complete(self._within(request))
            spend(reply.calls)
        return reply

    async def acomplete(self, request: Request) -> Reply:
        """The answer to `request`."""
        await self._asking()
        with self._account(request) as spend:
            reply = await self.model.acomplete(self._within(request))
            spend(reply.calls)
        self._answered()
        return reply

    def _within(self, request: Request) -> Request:
        """The request, to be made once more only within the budget; its own estimate is still under way then."""
        if not self._budget.has_limit:
            return request
        return replace(request, again=lambda calls, more_tokens: self._budget.check(more_tokens, 0, calls))

    @contextmanager
    def _account(self, request: Request) -> Iterator[Callable[[Iterable[Call]], None]]:
        spend = self._budget.tally.spend
        with self._budget.reserved(1, request.estimated_tokens):
            try:
                yield spend
            except ModelError as error:
                spend(error.calls)
                raise
