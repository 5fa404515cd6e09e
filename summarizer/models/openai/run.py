"""One request on its way through the openai client: turns, tries, and the account of every call."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any

import openai
from openai.types.chat import ChatCompletion
from tenacity import AsyncRetrying

from summarizer.errors import AnswerEmpty, AnswerTruncated, ContextExceeded, ModelError, ProviderFailed
from summarizer.models.base import Reply, Request, answer_room, estimate_tokens
from summarizer.models.endpoint import Endpoint
from summarizer.models.exchange import Answer, Turn, exchange, too_long
from summarizer.models.openai.completion import read_completion
from summarizer.models.openai.errors import (
    NO_COMPLETION,
    NoCompletion,
    cause_of,
    is_bad_request,
    is_overload,
    meaning,
    outcome_of,
    translated,
    words_of,
)
from summarizer.models.openai.tries import Tries
from summarizer.models.payload import payload
from summarizer.models.refusals import refusal_findings, without_refused
from summarizer.models.throttle import Limit
from summarizer.models.waiting import asked_wait
from summarizer.settings import Settings
from summarizer.summary import Call

if TYPE_CHECKING:
    from openai._legacy_response import LegacyAPIResponse  # what with_raw_response gives has no public name


class Run:
    """One request on its way to an endpoint: the turn to send next, the calls made, the time left."""

    def __init__(
        self, endpoint: Endpoint, settings: Settings, request: Request, throttle: Limit | None = None
    ) -> None:
        self.endpoint, self.settings, self.request, self.throttle = endpoint, settings, request, throttle
        self.tries = Tries(settings.tries, settings.deadline, throttle)
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
            except (openai.OpenAIError, NoCompletion, TimeoutError) as error:
                if not self._does_without(error):
                    raise self._translated(error) from cause_of(error, self.endpoint)
            except (AnswerEmpty, AnswerTruncated) as error:
                self.turn = self._exchange.throw(error)
            else:
                self.turns.append(self.answer.raw or self.answer.text)
                self.turn = self._exchange.send(self.answer)
        except StopIteration:
            self.turn = None
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

    def timeout(self) -> float:
        """Seconds that the next try may take."""
        return max(0.001, min(self.settings.timeout, self.tries.seconds_left))

    def body(self) -> dict[str, Any]:
        """What is sent."""
        assert self.turn is not None
        return payload(self.endpoint, self.turn, self.request.answer)

    def _does_without(self, error: Exception) -> bool:
        """Whether the server turned down a parameter that was sent, and the same turn may be sent without it."""
        if not is_bad_request(error):
            return False
        without = without_refused(self.endpoint, words_of(error), self.body())
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
        async with self.throttle.slot() as started:
            self.tries.ends += time.monotonic() - asked
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
        call = Metered(self.request)
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

    def _translated(self, error: Exception) -> ModelError:
        if meaning(error) is ContextExceeded:
            return translated(error, self.endpoint, what_to_do=self._sizes())
        return translated(error, self.endpoint, tries=len(self.calls) - self._calls_before)

    def _sizes(self) -> str:
        endpoint, max_tokens = self.endpoint, self.turn.max_tokens if self.turn else 0
        sizes = too_long(self.request, max_tokens, endpoint.context_tokens, endpoint.provider.advice)
        return f"By our own estimate {sizes}"


class Metered:
    """One HTTP request being made."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.answer = Answer("")
        self.headers: Mapping[str, str] | None = None
        """Those of an answer, whatever is in it."""
        self._started = time.perf_counter()
        self._tokens: dict[str, int | None] = dict.fromkeys(("tokens_in", "tokens_cached", "tokens_out"))

    def receive(self, response: LegacyAPIResponse[ChatCompletion]) -> None:
        """Reads what came back. Raises the Answer... error that fits when it is no answer."""
        self.headers = response.headers
        self.read(response.parse())

    def read(self, completion: ChatCompletion) -> None:
        """The same for one that has come already."""
        usage = getattr(completion, "usage", None)  # now, because instructor writes into it
        details = getattr(usage, "prompt_tokens_details", None)
        self._tokens = {
            "tokens_in": _count(getattr(usage, "prompt_tokens", None)),
            "tokens_cached": _count(getattr(details, "cached_tokens", None)),
            "tokens_out": _count(getattr(usage, "completion_tokens", None)),
        }
        self.answer = read_completion(completion, self.request.answer)

    def ended(self, outcome: str) -> Call:
        """The account of it."""
        seconds = round(time.perf_counter() - self._started, 3)
        return Call(purpose=self.request.purpose, seconds=seconds, outcome=outcome, **self._tokens)


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


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) else None
