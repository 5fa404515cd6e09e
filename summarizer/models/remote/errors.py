"""What goes wrong with a request: the client's errors and others, what they mean, and whether to try again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import httpx2
import openai
from tenacity import RetryCallState

from summarizer.errors import ModelError, ProviderFailed, RequestRejected
from summarizer.models.endpoint import Endpoint
from summarizer.models.failures import Complaint, advice
from summarizer.models.throttle import OVERLOADED
from summarizer.summary import Call

NO_COMPLETION = "no completion"


class NoCompletion(Exception):
    """Status 200 with something else than a completion: a proxy's page, or an error in the body."""


def _complaint(error: openai.APIStatusError) -> Complaint:
    return Complaint.of(error.status_code, error.body, error.message)


def meaning(error: BaseException) -> type[ModelError]:
    """The error of ours that says what it is about."""
    return _complaint(error).meaning if isinstance(error, openai.APIStatusError) else ProviderFailed


def words_of(error: Exception) -> str:
    """What went wrong, as the server or the client says it."""
    if isinstance(error, openai.APIStatusError):
        return f"{excerpt(_complaint(error).words)} (status {error.status_code})"
    if isinstance(error, openai.APIConnectionError) and error.__cause__:
        return f"{str(error).rstrip('.')}: {error.__cause__}".rstrip(": ")
    if isinstance(error, TimeoutError):
        return "the answer was not whole when the time for one try was over"
    return f"no completion but {error}" if isinstance(error, NoCompletion) else str(error)


def hint(error: Exception) -> str:
    """What to look at first; empty where nothing is more likely than the rest."""
    if isinstance(error, openai.APITimeoutError | TimeoutError):
        return "A longer timeout or deadline may help (SUMMARIZER_TIMEOUT, SUMMARIZER_DEADLINE)."
    if isinstance(error, openai.APIConnectionError):
        return "Is the server running, and the address right?"
    return "Is the address right? It usually ends in /v1." if isinstance(error, NoCompletion) else ""


def outcome_of(error: BaseException) -> str:
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


def is_worth_another_try(state: RetryCallState) -> bool:
    """Whether the same call may succeed later."""
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, openai.APIStatusError):
        said = error.response.headers.get("x-should-retry")  # the server knows best, but can't pay the bill
        return said != "false" and (meaning(error) is ProviderFailed or said == "true")
    return isinstance(
        error, openai.APIConnectionError | openai.APIResponseValidationError | NoCompletion | TimeoutError
    )


def headers_of(state: RetryCallState) -> Mapping[str, str]:
    """The headers of the answer with which the last try failed."""
    error = state.outcome.exception() if state.outcome else None
    return error.response.headers if isinstance(error, openai.APIStatusError) else {}


def failed_with(status: int, body: Any) -> openai.APIStatusError:
    """The client's own error for an answer with this status."""
    response = httpx2.Response(status, json=body, request=httpx2.Request("POST", "http://batch"))
    return openai.APIStatusError("no reason given", response=response, body=body)


def is_overload(error: BaseException | None) -> bool:
    """Whether the server says that it is asked too much."""
    if not (isinstance(error, openai.APIStatusError) and error.status_code in OVERLOADED):
        return False
    return meaning(error) is ProviderFailed  # an empty account is no overload


def is_bad_request(error: Exception) -> bool:
    """Whether the server says that there is something in the request that it does not take."""
    return isinstance(error, openai.APIStatusError) and meaning(error) is RequestRejected


def translated(
    error: Exception, endpoint: Endpoint, calls: Sequence[Call] = (), *, tries: int = 0, what_to_do: str = ""
) -> ModelError:
    """The error of ours for one of the client's, after so many `tries`; `what_to_do` instead of the usual advice."""
    kind, said = meaning(error), endpoint.safe(words_of(error).rstrip(". "))
    if kind is ProviderFailed and tries:
        where = f"{endpoint.base_url or endpoint.name} failed {tries} time{'s' * (tries != 1)}"
        return kind(f"{where}, at last with: {said}. {hint(error)}".rstrip(), calls=calls)
    what_to_do = what_to_do or hint(error) or advice(kind, endpoint)
    return kind(f"{endpoint.provider.name} says: {said}. {what_to_do}".rstrip(), calls=calls)


def cause_of(error: Exception, endpoint: Endpoint) -> Exception | None:
    """The error itself, unless it holds the key."""
    return None if endpoint.secret and endpoint.secret in str(error) else error


def excerpt(text: str, length: int = 300) -> str:
    """A provider may send the whole article back in its complaint."""
    text = " ".join(text.split())
    return text if len(text) <= length else f"{text[:length]} … ({len(text) - length} more characters)"
