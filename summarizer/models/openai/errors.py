"""What goes wrong with a request: the client's errors and others, what they mean, and whether to try again."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import httpx2
import openai
from tenacity import RetryCallState

from summarizer.errors import ModelError, ProviderFailed
from summarizer.models.failures import Complaint
from summarizer.models.throttle import OVERLOADED

NO_COMPLETION = "no completion"


class NoCompletion(Exception):
    """Status 200 with something else than a completion: a proxy's page, half a body, an answer that broke off.

    `advice` is what to look at first, if anything."""

    def __init__(self, what: str, advice: str = "") -> None:
        super().__init__(what)
        self.advice = advice


def demand_no_error(body: Any, address: str = "") -> None:
    """Raises what an error in a body with status 200 would have been with the status that it names, or NoCompletion
    where it names none."""
    complaint = Complaint.inside(body)
    if complaint and complaint.status:
        raise failed_with(complaint.status, body, address)
    if complaint:
        raise NoCompletion(excerpt(complaint.words))


def _complaint(error: openai.APIStatusError) -> Complaint:
    try:  # whole: of an `error` in it the client keeps no more than that
        body = error.response.json()
    except ValueError:
        body = error.response.text
    return Complaint.of(error.status_code, body, error.message)


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
        is_away = isinstance(error.__cause__, httpx2.ConnectError)
        return "Is the server running, and the address right?" if is_away else ""
    if isinstance(error, openai.APIStatusError):
        return _complaint(error).hint(str(error.request.url))
    return error.advice if isinstance(error, NoCompletion) else ""


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
        return said != "false" and (_complaint(error).may_pass or said == "true")
    return isinstance(
        error, openai.APIConnectionError | openai.APIResponseValidationError | NoCompletion | TimeoutError
    )


def headers_of(state: RetryCallState) -> Mapping[str, str]:
    """The headers of the answer with which the last try failed."""
    error = state.outcome.exception() if state.outcome else None
    return error.response.headers if isinstance(error, openai.APIStatusError) else {}


def failed_with(status: int, body: Any, address: str = "") -> openai.APIStatusError:
    """The client's own error for an answer with this status; without an `address` it came in a batch."""
    headers = {"content-type": "application/json"}
    request = httpx2.Request("POST", address or "http://batch/v1")
    response = httpx2.Response(status, content=json.dumps(body), headers=headers, request=request)
    return openai.APIStatusError("no reason given", response=response, body=body)


def is_overload(error: BaseException | None) -> bool:
    """Whether the server says that it is asked too much."""
    if not (isinstance(error, openai.APIStatusError) and error.status_code in OVERLOADED):
        return False
    return meaning(error) is ProviderFailed  # an empty account is no overload


def excerpt(text: str, length: int = 300) -> str:
    """A provider may send the whole article back in its complaint."""
    text = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text).encode(errors="replace").decode().split())
    return text if len(text) <= length else f"{text[:length]} … ({len(text) - length} more characters)"
