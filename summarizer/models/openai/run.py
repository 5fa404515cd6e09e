"""One request on its way through the openai client: turns, tries, and the account of every call."""

from __future__ import annotations

import json
import math
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import openai
from openai.types.chat import ChatCompletion
from tenacity import RetryCallState

from summarizer.errors import AnswerEmpty, AnswerTruncated, ContextExceeded, ModelError, ProviderFailed
from summarizer.models.base import Reply, Request, estimate_tokens
from summarizer.models.exchange import Answer, Turn, exchange, too_long
from summarizer.models.failures import advice
from summarizer.models.openai.body import body_of
from summarizer.models.openai.completion import read_completion
from summarizer.models.openai.errors import (
    NO_COMPLETION,
    NoCompletion,
    demand_no_error,
    headers_of,
    hint,
    is_overload,
    is_worth_another_try,
    meaning,
    outcome_of,
    words_of,
)
from summarizer.models.openai.message import unwrapped
from summarizer.models.payload import payload
from summarizer.models.throttle import LONGEST_PAUSE, Limit
from summarizer.models.usage import Usage
from summarizer.models.waiting import asked_wait, wait_after
from summarizer.summary import Call
from summarizer.wire import wire_schema

if TYPE_CHECKING:
    from openai._legacy_response import LegacyAPIResponse  # what with_raw_response gives has no public name

    from summarizer.models.openai.model import OpenAIModel


class Run:
    """One request on its way: the turn to send next, the calls made, the time left."""

    def __init__(self, model: OpenAIModel, request: Request, throttle: Limit | None = None) -> None:
        self.model, self.request, self.throttle = model, request, throttle
        self.calls: list[Call] = []
        self.answer = Answer("")
        self._calls_before = 0
        self._ends = time.monotonic() + model.settings.deadline
        self._exchange = exchange(
            request,
            request.max_tokens or model.settings.max_tokens,
            model.context_tokens,
            model.provider.advice,
        )
        self.turn: Turn | None = next(self._exchange)

    def reply(self) -> Reply:
        """What the exchange came to."""
        return Reply(self.answer.text, tuple(self.calls), self.answer.problems, self.answer.findings)

    @contextmanager
    def outcome(self) -> Iterator[None]:
        """Around the sending of one turn: hands what came of it to the exchange, and takes the next turn from there.

        Outside exceptions end here; every error leaves with the calls made.
        """
        try:
            try:
                yield
            except (openai.OpenAIError, NoCompletion, TimeoutError) as error:
                raise self._translated(error) from self._cause(error)
            except (AnswerEmpty, AnswerTruncated) as error:
                self.turn = self._exchange.throw(error)
            else:
                self.turn = self._exchange.send(self.answer)
        except StopIteration:
            self.turn = None
        except ModelError as error:
            error.calls = tuple(self.calls)
            raise

    def policy(self) -> dict[str, Any]:
        """When a failed call is made again: as often as the settings say, never past the deadline."""
        deadline = self.model.settings.deadline
        if self._seconds_left() <= 0:
            raise ProviderFailed(f"no answer within the deadline of {deadline:g} s; set a longer deadline")
        self._calls_before = len(self.calls)
        return {"stop": self._is_last, "wait": self._wait, "retry": is_worth_another_try, "reraise": True}

    def _is_last(self, state: RetryCallState) -> bool:
        return state.attempt_number >= self.model.settings.tries or self._seconds_left() <= state.upcoming_sleep

    def _wait(self, state: RetryCallState) -> float:
        error, headers = state.outcome.exception() if state.outcome else None, headers_of(state)
        if self.throttle and is_overload(error) and (asked_wait(headers) or math.inf) <= LONGEST_PAUSE:
            return 0.0  # the throttle waits, for this request and all others
        return wait_after(state.attempt_number, headers)

    def timeout(self) -> float:
        """Seconds that the next try may take."""
        return max(0.001, min(self.model.settings.timeout, self._seconds_left()))

    def arguments(self) -> dict[str, Any]:
        """What the client is called with."""
        assert self.turn is not None
        model, settings = self.model, self.model.settings
        body = payload(model.provider.structured, self.turn.messages, wire_schema(self.request.answer))
        return {
            "model": model.model,
            "messages": body.pop("messages"),
            "temperature": openai.omit if settings.temperature is None else settings.temperature,
            # The schema goes past the client, which would walk through it for every request.
            "extra_body": {**body, model.provider.max_tokens_name: self.turn.max_tokens},
            "timeout": self.timeout(),
        }

    @asynccontextmanager
    async def admitted(self) -> AsyncIterator[Metered]:
        """`metered`, once the throttle lets it through; that time is not this request's own."""
        if self.throttle is None:
            self._ask_again()
            with self.metered() as call:
                yield call
            return
        asked = time.monotonic()
        async with self.throttle.slot() as started:
            self._ends += time.monotonic() - asked
            self._ask_again()
            with self.metered() as call, _told(self.throttle, call, started):
                yield call

    def _ask_again(self) -> None:
        """Has a request allowed that is not the first one. Raises LimitReached."""
        if self.calls and self.turn and self.request.again:
            further = self.turn.messages[len(self.request.messages) :]
            self.request.again(self.calls, sum(estimate_tokens(message.content) for message in further))

    @contextmanager
    def metered(self) -> Iterator[Metered]:
        """Around one HTTP request: keeps account of it, whatever comes of it."""
        call = Metered(self.request, self.turn.max_tokens if self.turn else 0)
        try:
            yield call
        except (json.JSONDecodeError, UnicodeDecodeError) as error:
            self.calls.append(call.ended(NO_COMPLETION))
            raise NoCompletion(f"broken JSON: {error}") from error
        except Exception as error:
            self.calls.append(call.ended(outcome_of(error)))
            raise
        self.answer = call.answer
        self.calls.append(call.ended("invalid" if call.answer.problems else "ok"))

    def _seconds_left(self) -> float:
        return self._ends - time.monotonic()

    def _cause(self, error: Exception) -> Exception | None:
        key = self.model.key
        return None if key and key in str(error) else error

    def _translated(self, error: Exception) -> ModelError:
        model, kind = self.model, meaning(error)
        said = words_of(error).rstrip(". ")
        if key := model.key:
            said = said.replace(key, "[key]")
        if kind is ProviderFailed:
            tries = len(self.calls) - self._calls_before
            where = f"{model.provider.base_url or model.name} failed {tries} time{'s' * (tries != 1)}"
            return kind(f"{where}, at last with: {said}. {hint(error)}".rstrip())
        what_to_do = self._sizes() if kind is ContextExceeded else hint(error)
        what_to_do = what_to_do or advice(kind, model.provider, model.model)
        return kind(f"{model.provider.name} says: {said}. {what_to_do}".rstrip())

    def _sizes(self) -> str:
        max_tokens = self.turn.max_tokens if self.turn else 0
        sizes = too_long(self.request, max_tokens, self.model.context_tokens, self.model.provider.advice)
        return f"By our own estimate {sizes}"


class Metered:
    """One HTTP request being made."""

    def __init__(self, request: Request, max_tokens: int) -> None:
        self.request = request
        self.answer = Answer("")
        self.headers: Mapping[str, str] | None = None
        """Those of an answer, whatever is in it but an error."""
        self._max_tokens = max_tokens
        self._started = time.perf_counter()
        self._usage = Usage()

    def receive(self, response: LegacyAPIResponse[ChatCompletion]) -> None:
        """Reads what came back. Raises the error that fits when it is no answer."""
        self.headers = response.headers
        try:
            self.read(body_of(response.http_response), str(response.url))
        except openai.APIStatusError:
            self.headers = None
            raise

    def read(self, body: Any, address: str = "") -> None:
        """The same for one that has come already."""
        body = unwrapped(body)
        demand_no_error(body, address)
        self._usage = Usage.of(body)
        self.answer = read_completion(body, self.request.answer, self._max_tokens)
        if not self._usage.tokens_out:  # there is one, so that 0 means that nobody counted
            self._usage = replace(self._usage, tokens_out=None)

    def ended(self, outcome: str) -> Call:
        """The account of it."""
        seconds = round(time.perf_counter() - self._started, 3)
        return Call(purpose=self.request.purpose, seconds=seconds, outcome=outcome, **asdict(self._usage))


@contextmanager
def _told(throttle: Limit, call: Metered, started: float) -> Iterator[None]:
    """Around one request: tells the throttle how the server bore it."""
    try:
        yield
    except openai.APIStatusError as error:
        if is_overload(error):
            throttle.overloaded(asked_wait(error.response.headers), started=started)
        raise
    finally:
        if call.headers is not None:
            throttle.succeeded(call.headers, started=started)
