"""A check of a model: one tiny structured request, and what of it worked."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

from pydantic import BaseModel, ConfigDict, Field

from summarizer.errors import KeyRejected, ModelError, ModelNotFound, ProviderFailed, QuotaExhausted
from summarizer.models.base import Message, Reply, Request
from summarizer.models.connect import connect
from summarizer.settings import Settings


@dataclass(frozen=True)
class CheckResult:
    """One thing that works or doesn't."""

    name: str
    ok: bool
    detail: str


class Week(BaseModel):
    """The answer that is asked for."""

    model_config = ConfigDict(extra="forbid")

    days: int = Field(description="how many days a week has")


REQUEST = Request(
    purpose="check",
    messages=(
        Message("system", "You answer questions with JSON."),
        Message("user", 'How many days does a week have? Answer as {"days": ...}.'),
    ),
    answer=Week,
)


def check(name: str | None, settings: Settings) -> list[CheckResult]:
    """Sends one request to the model of this name. Raises ModelError only when the name means no model, or the model
    is not there to be asked."""
    started = perf_counter()
    with connect(name, settings.model_copy(update={"cache": None})) as model:
        try:
            reply = model.complete(REQUEST)
        except ModelError as error:
            return _failed(error)
    return [*_worked(reply), CheckResult("seconds", True, f"{perf_counter() - started:.1f}")]


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
