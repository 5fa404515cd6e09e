"""What goes wrong with a request, whichever client makes it: what it means, in words, and whether to try again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from tenacity import RetryCallState

from summarizer.errors import ModelError, ProviderFailed, RequestRejected
from summarizer.models.complaints.complaint import Complaint, advice
from summarizer.models.providers.endpoint import Endpoint
from summarizer.models.throttle import OVERLOADED
from summarizer.models.waiting import asked_wait, duration
from summarizer.record import TIMEOUT, Call

NO_COMPLETION = "no completion"


class RequestFailure(Exception):
    """A request that came to no completion. `hint` is what to look at first, if anything."""

    outcome = NO_COMPLETION
    """The word for it in the record."""

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.hint = hint

    @property
    def meaning(self) -> type[ModelError]:
        """The error of ours that says what it is about."""
        return ProviderFailed

    @property
    def may_pass(self) -> bool:
        """Whether the same request may succeed later."""
        return True


class NoCompletion(RequestFailure):
    """Status 200 with something else than a completion: a proxy's page, half a body, an answer that broke off."""

    def __str__(self) -> str:
        return f"no completion but {super().__str__()}"


class NotConnected(RequestFailure):
    """No connection, or one that broke."""

    outcome = "connection"


class TimedOut(RequestFailure):
    """No answer in time."""

    outcome = TIMEOUT

    def __init__(self, what: str = "the answer was not whole when the time for one try was over") -> None:
        super().__init__(what, "A longer timeout or deadline may help (SUMMARIZER_TIMEOUT, SUMMARIZER_DEADLINE).")


class Complained(RequestFailure):
    """An answer with an error status, or with the error that such a status stands for."""

    def __init__(
        self,
        status: int,
        body: Any,
        otherwise: str = "no reason given",
        headers: Mapping[str, str] | None = None,
        address: str = "",
    ) -> None:
        self.complaint = Complaint.of(status, body, otherwise)
        self.headers = headers or {}
        super().__init__(f"{excerpt(self.complaint.words)} (status {status})", self.complaint.hint(address))

    @property
    def outcome(self) -> str:  # type: ignore[override]  # its own for each
        """The word for it in the record."""
        return f"status {self.complaint.status}"

    @property
    def meaning(self) -> type[ModelError]:
        """The error of ours that says what it is about."""
        return self.complaint.meaning

    @property
    def may_pass(self) -> bool:
        """Whether the server says so: it knows best, but can't pay the bill."""
        said = self.headers.get("x-should-retry")
        return said != "false" and (self.complaint.may_pass or said == "true")

    @property
    def is_overload(self) -> bool:
        """Whether the server is asked too much, or wants to be asked later; an empty account is no overload."""
        says_so = self.complaint.status in OVERLOADED or self.asked_wait is not None
        return says_so and self.meaning is ProviderFailed

    @property
    def asked_wait(self) -> float | None:
        """Seconds that the server asks for."""
        return asked_wait(self.headers)

    @property
    def is_of_the_request(self) -> bool:
        """Whether it says that there is something in the request that it does not take."""
        return self.meaning is RequestRejected


def demand_no_error(body: Any, address: str = "") -> None:
    """Raises what an error in a body with status 200 would have been with the status that it names, or NoCompletion
    where it names none."""
    complaint = Complaint.inside(body)
    if complaint and complaint.status:
        raise Complained(complaint.status, body, address=address)
    if complaint:
        raise NoCompletion(excerpt(complaint.words))


def outcome_of(error: BaseException) -> str:
    """The word for it in the record."""
    if isinstance(error, ModelError):
        return type(error).__name__.removeprefix("Answer").lower()
    return error.outcome if isinstance(error, RequestFailure) else NO_COMPLETION


def is_worth_another_try(state: RetryCallState) -> bool:
    """Whether the same call may succeed later."""
    error = state.outcome.exception() if state.outcome else None
    return isinstance(error, RequestFailure) and error.may_pass


def complaint_in(state: RetryCallState) -> Complained | None:
    """What the server said when the last try failed."""
    error = state.outcome.exception() if state.outcome else None
    return error if isinstance(error, Complained) else None


def translated(
    error: RequestFailure, endpoint: Endpoint, calls: Sequence[Call] = (), *, tries: int = 0, what_to_do: str = ""
) -> ModelError:
    """The error of ours for one on the way, after so many `tries`; `what_to_do` instead of the usual advice."""
    kind, said = error.meaning, endpoint.safe(str(error).rstrip(". "))
    if kind is ProviderFailed and tries:
        where = f"{endpoint.shown or endpoint.name} failed {tries} time{'s' * (tries != 1)}"
        return kind(f"{where}, at last with: {said}. {_wait_of(error)}{error.hint}".rstrip(), calls=calls)
    what_to_do = what_to_do or error.hint or advice(kind, endpoint)
    return kind(f"{endpoint.provider.name} says: {said}. {what_to_do}".rstrip(), calls=calls)


def _wait_of(error: RequestFailure) -> str:
    asked = error.asked_wait if isinstance(error, Complained) else None
    if not asked:
        return ""
    return f"It asks for a wait of {duration(asked)}; none is kept beyond the deadline (SUMMARIZER_DEADLINE). "


def cause_of(error: Exception, endpoint: Endpoint) -> Exception | None:
    """The error itself, unless it holds the key."""
    held = (str(error), str(error.__cause__))
    return None if endpoint.secret and any(endpoint.secret in text for text in held) else error


def excerpt(text: str, length: int = 300) -> str:
    """A provider may send the whole article back in its complaint."""
    text = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text).encode(errors="replace").decode().split())
    return text if len(text) <= length else f"{text[:length]} … ({len(text) - length} more characters)"
