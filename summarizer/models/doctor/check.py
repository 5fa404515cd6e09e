"""A check of a model: one tiny structured request, what of it worked, and what the server says of the model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from time import perf_counter

from pydantic import Field

from summarizer.errors import KeyRejected, ModelError, ModelNotFound, ProviderFailed, QuotaExhausted
from summarizer.models.base import Message, Model, Reply, Request, answer_room
from summarizer.models.choosing import default_model, shutdown_of
from summarizer.models.connecting import connect
from summarizer.models.doctor.listed import Listed, listed
from summarizer.models.providers.endpoint import Endpoint
from summarizer.record import Part
from summarizer.settings import Settings


@dataclass(frozen=True)
class CheckResult:
    """One thing that works or doesn't."""

    name: str
    ok: bool
    detail: str


class Week(Part):
    """The answer that is asked for."""

    days: int = Field(description="how many days a week has")


REQUEST = Request(
    purpose="check",
    messages=(
        Message("system", "You answer questions with JSON."),
        Message("user", 'How many days does a week have? Answer as {"days": ...}.'),
    ),
    answer=Week,
)


def check(name: str | None, settings: Settings, today: date | None = None) -> list[CheckResult]:
    """Sends one request to the model of this name, and asks its server about it. Raises ModelError only when the name
    means no model, or the model is not there to be asked."""
    started = perf_counter()
    name = name or default_model(settings)
    ending = shutdown_of(name, settings, today)
    ends = [CheckResult("ends", True, ending.notice)] if ending else []
    with connect(name, settings.model_copy(update={"cache": None, "record": None})) as model:
        try:
            reply = model.complete(REQUEST)
        except ModelError as error:
            return [*_failed(error), *ends]
        results = [*_worked(reply), *_sent(model, reply, settings), *_heard(model)]
    return [*results, *ends, CheckResult("seconds", True, f"{perf_counter() - started:.1f}")]


def _failed(error: ModelError) -> list[CheckResult]:
    """What had worked before the error, and the error."""
    steps = ["reachable", "key", "model", "structured answer"]
    at = {ProviderFailed: 0, KeyRejected: 1, QuotaExhausted: 1, ModelNotFound: 2}.get(type(error), 3)
    return [*(CheckResult(step, True, "yes") for step in steps[:at]), CheckResult(steps[at], False, str(error))]


def _worked(reply: Reply) -> list[CheckResult]:
    last = reply.calls[-1]
    counted = last.tokens_in is not None and last.tokens_out is not None
    fits = "; ".join(reply.problems) or ("only when asked again" if reply.reasked else "at once")
    return [
        CheckResult("reachable", True, f"{len(reply.calls)} request{'s' * (len(reply.calls) != 1)}"),
        CheckResult("key", True, "accepted, or not needed"),
        CheckResult("model", True, "known to the server"),
        CheckResult("structured answer", not reply.problems, fits),
        CheckResult("usage", counted, f"{last.tokens_in} in, {last.tokens_out} out" if counted else "not reported"),
    ]


def _sent(model: Model, reply: Reply, settings: Settings) -> Iterator[CheckResult]:
    """How the model is asked, after what the server has refused."""
    endpoint = getattr(model, "endpoint", None)
    if isinstance(endpoint, Endpoint):
        room = endpoint.room(answer_room(settings.max_tokens, endpoint.usable_tokens))
        sent = f"{endpoint.structured}, reasoning {endpoint.reasoning}, room for {room:,} tokens"
        yield CheckResult("sent", True, sent)
    for finding in reply.findings:
        if finding.code == "parameter_refused":
            yield CheckResult("refused", True, finding.message)


SILENT = "the server does not say"


def _heard(model: Model) -> Iterator[CheckResult]:
    """What the server says of the model in its list. None of it is a failure: many have no list, or an empty one."""
    heard = listed(model)
    if not isinstance(heard, Listed):
        yield CheckResult("listed", True, heard or SILENT)
        return
    made_for = f"; the model was made for {heard.trained_tokens:,} tokens" if heard.trained_tokens else ""
    context = f"{heard.context_tokens:,} tokens" if heard.context_tokens else SILENT + made_for
    yield CheckResult("listed", True, f"as {heard.name}")
    yield CheckResult("shutdown", True, str(heard.shutdown or SILENT))
    yield CheckResult("context", True, f"{context}; {model.context_tokens:,} are reckoned with")
