"""An OpenAI-compatible endpoint: one retry layer around the openai client, answers read by instructor."""

from __future__ import annotations

import asyncio
import json
import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

import httpx2
import instructor
import openai
from instructor.utils import extract_json_from_codeblock
from openai.types.chat import ChatCompletion
from pydantic import BaseModel, SecretStr, ValidationError
from tenacity import AsyncRetrying, RetryCallState, stop_after_attempt

from summarizer.background import BackgroundLoop
from summarizer.errors import (
    AnswerEmpty,
    AnswerFiltered,
    AnswerInvalid,
    AnswerRefused,
    AnswerTruncated,
    ContextExceeded,
    ModelError,
    ProviderFailed,
)
from summarizer.models.base import Reply, Request, estimate_tokens
from summarizer.models.catalogue import Provider
from summarizer.models.exchange import Answer, Turn, exchange, too_long
from summarizer.models.failures import Complaint, advice
from summarizer.models.payload import payload
from summarizer.models.throttle import LONGEST_PAUSE, OVERLOADED, Limit
from summarizer.models.waiting import asked_wait, sleep, wait_after
from summarizer.settings import Settings
from summarizer.summary import Call
from summarizer.wire import wire_schema

if TYPE_CHECKING:
    from openai._legacy_response import LegacyAPIResponse  # what with_raw_response gives has no public name


T = TypeVar("T")


@dataclass(frozen=True)
class Address:
    """Where a server is, and the key to it."""

    base_url: str
    key: SecretStr | None


class OpenAIModel:
    """A model behind an OpenAI-compatible endpoint. `name` goes into the record, `model` over the wire.

    `locate` is called before the first request, so that a server in this process starts only when it is needed. Every
    try of `acomplete` goes through `throttle`; None: nothing bounds how many there are at once.
    """

    def __init__(
        self,
        name: str,
        model: str,
        provider: Provider,
        settings: Settings,
        locate: Callable[[], Address],
        throttle: Limit | None = None,
    ) -> None:
        self.name = name
        self.model = model
        self.provider = provider
        self.settings = settings
        self.recipe = provider.recipe
        self.context_tokens = provider.context_tokens
        self.throttle = throttle
        self._locate = locate
        self._clients: WeakKeyDictionary[asyncio.AbstractEventLoop, openai.AsyncOpenAI] = WeakKeyDictionary()
        self._background = BackgroundLoop("summarizer-model")

    def complete(self, request: Request) -> Reply:
        """The answer to `request`. Raises ModelError with the calls made."""
        return self._background.run(self._asked(request, None))

    async def acomplete(self, request: Request) -> Reply:
        """`complete` without blocking the event loop."""
        return await self._asked(request, self.throttle)

    async def _asked(self, request: Request, throttle: Limit | None) -> Reply:
        run = _Run(self, request, throttle)
        while run.turn:
            with run.outcome():
                client = await self._opened()
                create = client.chat.completions.with_raw_response.create
                async for attempt in AsyncRetrying(**run.policy(), sleep=sleep):
                    with attempt:
                        async with run.admitted() as call, asyncio.timeout(run.timeout()):
                            call.receive(await create(**run.arguments()))
        return run.reply()

    def body(self, request: Request) -> bytes:
        """What goes over the wire for `request`, byte for byte, and is not sent. Raises ContextExceeded."""
        return _echo().chat.completions.with_raw_response.create(**_Run(self, request).arguments()).content

    def delivered(self, request: Request, status: int, body: Any) -> Reply:
        """The reply in an answer that has come another way, judged as one that comes live; but nothing is asked
        again. Raises ModelError, AnswerInvalid among them, with the one call."""
        run = _Run(self, request)
        try:
            with run.metered() as call:
                if status != 200:
                    raise _failed(status, body)
                call.read(ChatCompletion.construct(**body) if isinstance(body, dict) else body)
        except (openai.APIStatusError, _NoCompletion) as error:
            raise self._translated(error, run.calls) from None
        except ModelError as error:
            error.calls = tuple(run.calls)
            raise
        if problems := run.answer.problems:
            message = f"The answer does not fit the schema: {'; '.join(problems)}"
            raise AnswerInvalid(message, answer=run.answer.text, calls=run.calls)
        return run.reply()

    def call(
        self,
        work: Callable[[openai.AsyncOpenAI], Awaitable[T]],
        *,
        tries: int | None = None,
        seconds: float | None = None,
    ) -> T:
        """What `work` does with the client besides asking for answers, tried as often as a request (or `tries`
        times) with as long for each try (or `seconds`). Raises ModelError."""
        policy = AsyncRetrying(
            stop=stop_after_attempt(tries or self.settings.tries),
            wait=lambda state: wait_after(state.attempt_number, _headers(state)),
            retry=_worth_another_try,
            reraise=True,
            sleep=sleep,
        )

        async def once() -> T:
            client = await self._opened()
            async with asyncio.timeout(seconds or self.settings.timeout):
                return await work(client)

        async def tried() -> T:
            return await policy(once)

        try:
            return self._background.run(tried())
        except (openai.OpenAIError, TimeoutError) as error:
            raise self._translated(error) from None  # whose cause may hold the key

    def _translated(self, error: Exception, calls: Sequence[Call] = ()) -> ModelError:
        kind, key = _meaning(error), self._locate().key
        said = _words(error).rstrip(". ")
        if key:
            said = said.replace(key.get_secret_value(), "[key]")
        what_to_do = _hint(error) or advice(kind, self.provider, self.model)
        return kind(f"{self.provider.name} says: {said}. {what_to_do}".rstrip(), calls=calls)

    async def _opened(self) -> openai.AsyncOpenAI:
        """The one client of this event loop, however many ask for it at first."""
        loop = asyncio.get_running_loop()
        if loop not in self._clients:
            address = await asyncio.to_thread(self._locate)
            if loop not in self._clients:  # another may have come first
                self._clients[loop] = _open(address)
        return self._clients[loop]

    async def _close(self) -> None:
        if client := self._clients.pop(asyncio.get_running_loop(), None):
            await client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._background.is_running:
            self._background.run(self._close())
            self._background.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._close()


@cache  # which costs as much as to write fifty bodies
def _echo() -> openai.OpenAI:
    """A client that gets back what it sends, and reaches nobody."""
    transport = httpx2.MockTransport(lambda request: httpx2.Response(200, content=request.content))
    return openai.OpenAI(base_url="http://echo", api_key="none", http_client=httpx2.Client(transport=transport))


def _open(address: Address) -> openai.AsyncOpenAI:
    # A proxy of the environment can't reach a server on this machine.
    here = urlsplit(address.base_url).hostname in ("127.0.0.1", "localhost", "::1")
    return openai.AsyncOpenAI(
        base_url=address.base_url,
        api_key=address.key.get_secret_value() if address.key else "none",  # the client insists on one
        max_retries=0,  # the one retry layer is `_Run.policy`
        http_client=openai.DefaultAsyncHttpxClient(trust_env=not here),
    )


# --- one request ------------------------------------------------------------------------------------------------


NO_COMPLETION = "no completion"


class _NoCompletion(Exception):
    """Status 200 with something else than a completion: a proxy's page, or an error in the body."""


class _Run:
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
        return Reply(self.answer.text, tuple(self.calls), self.answer.problems)

    @contextmanager
    def outcome(self) -> Iterator[None]:
        """Around the sending of one turn: hands what came of it to the exchange, and takes the next turn from there.

        Outside exceptions end here; every error leaves with the calls made.
        """
        try:
            try:
                yield
            except (openai.OpenAIError, _NoCompletion, TimeoutError) as error:
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
        return {"stop": self._is_last, "wait": self._wait, "retry": _worth_another_try, "reraise": True}

    def _is_last(self, state: RetryCallState) -> bool:
        return state.attempt_number >= self.model.settings.tries or self._seconds_left() <= state.upcoming_sleep

    def _wait(self, state: RetryCallState) -> float:
        error, headers = state.outcome.exception() if state.outcome else None, _headers(state)
        if self.throttle and _is_overload(error) and (asked_wait(headers) or math.inf) <= LONGEST_PAUSE:
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
    async def admitted(self) -> AsyncIterator[_Metered]:
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
    def metered(self) -> Iterator[_Metered]:
        """Around one HTTP request: keeps account of it, whatever comes of it."""
        call = _Metered(self.request)
        try:
            yield call
        except (json.JSONDecodeError, UnicodeDecodeError) as error:
            self.calls.append(call.ended(NO_COMPLETION))
            raise _NoCompletion(f"broken JSON: {error}") from error
        except Exception as error:
            self.calls.append(call.ended(_outcome(error)))
            raise
        self.answer = call.answer
        self.calls.append(call.ended("invalid" if call.answer.problems else "ok"))

    def _seconds_left(self) -> float:
        return self._ends - time.monotonic()

    def _cause(self, error: Exception) -> Exception | None:
        key = self._key()
        return None if key and key in str(error) else error

    def _key(self) -> str:
        key = self.model._locate().key
        return key.get_secret_value() if key else ""

    def _translated(self, error: Exception) -> ModelError:
        model, kind = self.model, _meaning(error)
        said = _words(error).rstrip(". ")
        if key := self._key():
            said = said.replace(key, "[key]")
        if kind is ProviderFailed:
            tries = len(self.calls) - self._calls_before
            where = f"{model.provider.base_url or model.name} failed {tries} time{'s' * (tries != 1)}"
            return kind(f"{where}, at last with: {said}. {_hint(error)}".rstrip())
        what_to_do = self._sizes() if kind is ContextExceeded else advice(kind, model.provider, model.model)
        return kind(f"{model.provider.name} says: {said}. {what_to_do}".rstrip())

    def _sizes(self) -> str:
        max_tokens = self.turn.max_tokens if self.turn else 0
        sizes = too_long(self.request, max_tokens, self.model.context_tokens, self.model.provider.advice)
        return f"By our own estimate {sizes}"


class _Metered:
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
        self.answer = _read(completion, self.request.answer)

    def ended(self, outcome: str) -> Call:
        """The account of it."""
        seconds = round(time.perf_counter() - self._started, 3)
        return Call(purpose=self.request.purpose, seconds=seconds, outcome=outcome, **self._tokens)


@contextmanager
def _told(throttle: Limit, call: _Metered, started: float) -> Iterator[None]:
    """Around one request: tells the throttle how the server bore it."""
    try:
        yield
    except openai.APIStatusError as error:
        if _is_overload(error):
            throttle.overloaded(asked_wait(error.response.headers), started=started)
        raise
    finally:
        if call.headers is not None:
            throttle.succeeded(call.headers, started=started)


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) else None


# --- what comes back --------------------------------------------------------------------------------------------


def _read(completion: ChatCompletion, answer: type[BaseModel]) -> Answer:
    try:
        choice = completion.choices[0]
        text = _text(choice.message)
    except (AttributeError, IndexError, KeyError, TypeError):  # what a server sends need not be what it should
        raise _NoCompletion(_excerpt(str(getattr(completion, "error", None) or completion))) from None
    if choice.message.refusal:
        raise AnswerRefused(f"the model declined: {_excerpt(str(choice.message.refusal))}")
    if choice.finish_reason == "content_filter":
        raise AnswerFiltered("the provider's content filter stopped the answer")
    if choice.finish_reason == "length":
        raise AnswerTruncated("the answer was cut at its token limit, at twice the limit too; raise max_tokens")
    if not text.strip():
        raise AnswerEmpty("the model answered nothing, twice; the article may be too long for the server's context")
    problems = _problems(completion, answer)
    return Answer(text, problems) if problems else Answer(extract_json_from_codeblock(text))


def _text(message: Any) -> str:
    """The answer as text, from wherever in the message the server has put it."""
    text = message.tool_calls[0].function.arguments if message.tool_calls else message.content
    if isinstance(text, str | None):
        return text or ""
    if isinstance(text, dict):  # arguments that have been parsed already
        return json.dumps(text)
    raise TypeError(type(text))


@lru_cache(maxsize=64)
def _reader(answer: type[BaseModel]) -> Any:
    """The type with instructor's means to read it from a completion. Kept, because to make one takes as long as all
    other work on a short article."""
    return instructor.openai_schema(answer)


def _problems(completion: ChatCompletion, answer: type[BaseModel]) -> tuple[str, ...]:
    """What is wrong with the answer, as lines for a model to read.

    instructor gets no client: the request is ours, because instructor would not make its schema strict, and so are
    the retries, because it would repeat what can't succeed. MD_JSON finds JSON in plain text, in a code fence and
    after a <think> block, and so suits servers that are held to the schema as well as those that are only asked.
    """
    mode = instructor.Mode.TOOLS if completion.choices[0].message.tool_calls else instructor.Mode.MD_JSON
    try:
        _reader(answer).from_response(completion, mode=mode, strict=False)
    except Exception as error:  # of many kinds, and whichever it is, this is not the answer that was asked for
        return _lines(error)
    return ()


MOST_PROBLEMS = 20


def _lines(error: Exception) -> tuple[str, ...]:
    if not isinstance(error, ValidationError):
        return (f"the answer: {error}",)
    details = error.errors(include_url=False, include_input=False, include_context=False)
    lines = [f"{_path(detail['loc'])}: {detail['msg'].removeprefix('Value error, ')}" for detail in details]
    more = len(lines) - MOST_PROBLEMS
    return (*lines[:MOST_PROBLEMS], f"and {more} more") if more > 0 else tuple(lines)


def _path(location: tuple[int | str, ...]) -> str:
    """`key_points[2].text`, as in findings."""
    parts = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in location]
    return "".join(parts).removeprefix(".") or "the answer"


# --- what goes wrong --------------------------------------------------------------------------------------------


def _complaint(error: openai.APIStatusError) -> Complaint:
    return Complaint.of(error.status_code, error.body, error.message)


def _meaning(error: BaseException) -> type[ModelError]:
    return _complaint(error).meaning if isinstance(error, openai.APIStatusError) else ProviderFailed


def _words(error: Exception) -> str:
    if isinstance(error, openai.APIStatusError):
        return f"{_excerpt(_complaint(error).words)} (status {error.status_code})"
    if isinstance(error, openai.APIConnectionError) and error.__cause__:
        return f"{str(error).rstrip('.')}: {error.__cause__}".rstrip(": ")
    if isinstance(error, TimeoutError):
        return "the answer was not whole when the time for one try was over"
    return f"no completion but {error}" if isinstance(error, _NoCompletion) else str(error)


def _hint(error: Exception) -> str:
    if isinstance(error, openai.APITimeoutError | TimeoutError):
        return "A longer timeout or deadline may help (SUMMARIZER_TIMEOUT, SUMMARIZER_DEADLINE)."
    if isinstance(error, openai.APIConnectionError):
        return "Is the server running, and the address right?"
    return "Is the address right? It usually ends in /v1." if isinstance(error, _NoCompletion) else ""


def _outcome(error: BaseException) -> str:
    """The word for it in the record."""
    match error:
        case openai.APITimeoutError() | TimeoutError():
            return "timeout"
        case openai.APIConnectionError():
            return "connection"
        case openai.APIStatusError():
            return f"status {error.status_code}"
        case ModelError():
            return type(error).__name__.removeprefix("Answer").lower()
    return NO_COMPLETION


def _excerpt(text: str, length: int = 300) -> str:
    """A provider may send the whole article back in its complaint."""
    text = " ".join(text.split())
    return text if len(text) <= length else f"{text[:length]} … ({len(text) - length} more characters)"


# --- trying again -----------------------------------------------------------------------------------------------


def _worth_another_try(state: RetryCallState) -> bool:
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, openai.APIStatusError):
        said = error.response.headers.get("x-should-retry")  # the server knows best, but can't pay the bill
        return said != "false" and (_meaning(error) is ProviderFailed or said == "true")
    return isinstance(
        error, openai.APIConnectionError | openai.APIResponseValidationError | _NoCompletion | TimeoutError
    )


def _headers(state: RetryCallState) -> Mapping[str, str]:
    error = state.outcome.exception() if state.outcome else None
    return error.response.headers if isinstance(error, openai.APIStatusError) else {}


def _failed(status: int, body: Any) -> openai.APIStatusError:
    """The client's own error for an answer with this status."""
    response = httpx2.Response(status, json=body, request=httpx2.Request("POST", "http://batch"))
    return openai.APIStatusError("no reason given", response=response, body=body)


def _is_overload(error: BaseException | None) -> bool:
    if not (isinstance(error, openai.APIStatusError) and error.status_code in OVERLOADED):
        return False
    return _meaning(error) is ProviderFailed  # an empty account is no overload
