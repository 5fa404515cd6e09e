"""One request on its way: turns, tries, and the account of every call."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict, replace
from typing import Any

import httpx2
from tenacity import AsyncRetrying

from summarizer.errors import AnswerEmpty, AnswerTruncated, ContextExceeded, ModelError, ProviderFailed
from summarizer.models.answers.usage import Usage
from summarizer.models.base import Reply, Request, answer_room, estimate_tokens
from summarizer.models.conversation import Answer, Turn, exchange, too_long
from summarizer.models.providers.endpoint import Endpoint
from summarizer.models.providers.refusals import refusal_findings, without_refused
from summarizer.models.remote.body import received
from summarizer.models.remote.completion import read_completion
from summarizer.models.remote.dialect import Dialect
from summarizer.models.remote.errors import (
    Complained,
    RequestFailure,
    TimedOut,
    cause_of,
    demand_no_error,
    outcome_of,
    translated,
)
from summarizer.models.remote.message import unwrapped
from summarizer.models.remote.stream import Stream
from summarizer.models.remote.tries import Tries
from summarizer.models.throttle import LONGEST_PAUSE, Limit
from summarizer.record import Call
from summarizer.settings import Settings


class RequestRun:
    """One request on its way to an endpoint: the turn to send next, the calls made, the time left."""

    def __init__(
        self,
        endpoint: Endpoint,
        dialect: Dialect,
        settings: Settings,
        request: Request,
        throttle: Limit | None = None,
    ) -> None:
        self.endpoint, self.dialect, self.settings = endpoint, dialect, settings
        self.request, self.throttle = request, throttle
        self.tries = Tries(settings.tries, math.inf if endpoint.provider.own_pace else settings.deadline, throttle)
        self.calls: list[Call] = []
        self.turns: list[str] = []
        self.answer = Answer("")
        self._calls_before = 0
        self._exchange = exchange(request, self._answer_tokens, endpoint.usable_tokens, endpoint.provider.advice)
        self.turn: Turn | None = next(self._exchange)

    @property
    def _answer_tokens(self) -> int:
        return self.request.max_tokens or answer_room(self.settings.max_tokens, self.endpoint.usable_tokens)

    def reply(self) -> Reply:
        """What the exchange came to."""
        findings = (*self.answer.findings, *refusal_findings(self.endpoint))
        return Reply(self.answer.text, tuple(self.calls), self.answer.problems, findings, tuple(self.turns))

    @contextmanager
    def outcome(self) -> Iterator[None]:
        """Around the sending of one turn: hands what came of it to the exchange, and takes the next turn from there.

        Outside exceptions end here; every error leaves with the calls made.
        """
        try:
            try:
                yield
            except RequestFailure as error:
                if not self._does_without(error):
                    raise self._translated(error) from cause_of(error, self.endpoint)
            except (AnswerEmpty, AnswerTruncated) as error:
                self.turn = self._exchange.throw(error)
            else:
                self.turns.append(self.answer.raw or self.answer.text)
                self.turn = self._exchange.send(self.answer)
                if self.calls[-1].outcome == "ok":
                    self.calls[-1] = self.calls[-1].model_copy(update={"outcome": "objected"})
        except StopIteration as end:
            self.turn, self.answer = None, end.value
        except ModelError as error:
            error.calls = tuple(self.calls)
            raise

    def retrying(self) -> AsyncRetrying:
        """When a failed call is made again. Raises ProviderFailed where the time is up."""
        if self.tries.seconds_left <= 0:
            raise ProviderFailed(
                f"no answer within the deadline of {self.settings.deadline:g} s; set a longer deadline"
            )
        self._calls_before = len(self.calls)
        return self.tries.retrying()

    @property
    def seconds(self) -> float | None:
        """Those that the next try may take, or the next piece of its answer; None for a model that may take its time
        until it begins to write."""
        left = max(0.001, min(self.settings.timeout, self.tries.seconds_left))
        return None if self.endpoint.provider.own_pace else left

    @asynccontextmanager
    async def in_time(self) -> AsyncIterator[Callable[[], None]]:
        """Around one try: ends it when its time is over. What is given is called when more of a stream has come, and
        gives it time anew, up to the deadline."""
        loop = asyncio.get_running_loop()

        def renew() -> None:
            limit.reschedule(loop.time() + min(self.settings.timeout, self.tries.seconds_left))

        try:
            async with asyncio.timeout(self.seconds) as limit:
                yield renew
        except TimeoutError:
            raise TimedOut from None

    def body(self) -> dict[str, Any]:
        """What is sent."""
        assert self.turn is not None
        return self.dialect.body(self.endpoint, self.turn, self.request.answer, streamed=self._is_streamed)

    @property
    def _is_streamed(self) -> bool:
        row = self.endpoint.provider
        is_wanted = self.request.hear is not None or row.own_pace
        return is_wanted and row.streams and "stream" not in self.endpoint.refused

    def _does_without(self, error: RequestFailure) -> bool:
        """Whether the server turned down a parameter that was sent, and the same turn may be sent without it."""
        if not (isinstance(error, Complained) and error.is_of_the_request):
            return False
        without = without_refused(self.endpoint, error.complaint.said, self.body())
        self.endpoint = without or self.endpoint
        return without is not None

    @asynccontextmanager
    async def admitted(self) -> AsyncIterator[Metered]:
        """`metered`, once the throttle lets it through; that time is not this request's own."""
        if self.throttle is None:
            self._ask_again()
            with self.metered() as call:
                yield call
            return
        asked = time.monotonic()
        async with self.throttle.slot(max(self.tries.seconds_left, LONGEST_PAUSE)) as started:
            self.tries.ends += time.monotonic() - asked
            self._ask_again()
            with self.metered() as call, self._told(self.throttle, call, started):
                yield call

    @contextmanager
    def _told(self, throttle: Limit, call: Metered, started: float) -> Iterator[None]:
        """Around one request: tells the throttle how the server bore it."""
        try:
            yield
        except Complained as error:
            if error.is_overload:
                throttle.overloaded(error.asked_wait, started=started, said=self.endpoint.safe(str(error)))
            raise
        finally:
            if call.headers is not None:
                throttle.succeeded(call.headers, started=started)

    def _ask_again(self) -> None:
        """Has a request allowed that is not the first one. Raises LimitReached."""
        if self.calls and self.turn and self.request.again:
            further = self.turn.messages[len(self.request.messages) :]
            self.request.again(self.calls, sum(estimate_tokens(message.content) for message in further))

    @contextmanager
    def metered(self) -> Iterator[Metered]:
        """Around one HTTP request: keeps account of it, whatever comes of it."""
        room = self.endpoint.room(self.turn.max_tokens) if self.turn else 0
        call = Metered(self.request, self.dialect, room)
        try:
            yield call
        except Exception as error:
            self.calls.append(call.ended(outcome_of(error)))
            raise
        self.answer = call.answer
        self.calls.append(call.ended("invalid" if call.answer.problems else "ok"))

    def _translated(self, error: RequestFailure) -> ModelError:
        if error.meaning is ContextExceeded:
            return translated(error, self.endpoint, what_to_do=self._sizes())
        return translated(error, self.endpoint, tries=len(self.calls) - self._calls_before)

    def _sizes(self) -> str:
        endpoint, max_tokens = self.endpoint, self.turn.max_tokens if self.turn else 0
        sizes = too_long(self.request, max_tokens, endpoint.context_tokens, endpoint.provider.advice)
        return f"By our own estimate {sizes}"


class Metered:
    """One HTTP request being made."""

    def __init__(self, request: Request, dialect: Dialect, max_tokens: int) -> None:
        self.request = request
        self.answer = Answer("")
        self.headers: Mapping[str, str] | None = None
        """Those of an answer, whatever is in it but an error."""
        self._dialect = dialect
        self._max_tokens = max_tokens
        self._started = time.perf_counter()
        self._usage = Usage()

    async def receive(self, response: httpx2.Response, renew: Callable[[], None]) -> None:
        """Reads what comes back; `renew` is called when more of a stream has come. Raises the error that fits when
        it is no answer."""

        def came(text: str) -> None:
            renew()
            if self.request.hear:
                self.request.hear(text)

        self.headers = response.headers
        try:
            self.read(await received(response, Stream(self._dialect.chunks()), came), str(response.url))
        except Complained:
            self.headers = None
            raise

    def read(self, body: Any, address: str = "http://batch/v1") -> None:
        """The same for one that has come already."""
        body = unwrapped(body)
        demand_no_error(body, address)
        body = self._dialect.completion(body)
        self._usage = Usage.of(body)
        self.answer = read_completion(body, self.request.answer, self._max_tokens, self.request.context)
        if not self._usage.tokens_out:  # there is one, so that 0 means that nobody counted
            self._usage = replace(self._usage, tokens_out=None)

    def ended(self, outcome: str) -> Call:
        """The account of it."""
        seconds = round(time.perf_counter() - self._started, 3)
        return Call(purpose=self.request.purpose, seconds=seconds, outcome=outcome, **asdict(self._usage))
