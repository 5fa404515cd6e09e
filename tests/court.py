"""A court report of one's own schema, its article and a good answer, for tests of what comes of them."""

from __future__ import annotations

import copy
import json
from datetime import date
from typing import Any

from pydantic import BaseModel, Field

from summarizer.models.base import Reply, Request, Stateless
from summarizer.record import Call
from summarizer.settings import RecipeName

TEXT = """LEEDS - A former treasurer of a swimming club was sentenced on Monday 2 March 2026.

Leeds Crown Court heard that Martin Doyle, 52, took 310,000 pounds from the Otley Swans between 2019 and 2023. \
He was jailed for four years for fraud, and for false accounting, for which he received 18 months to run \
at the same time.

Judge Helen Marsh said he had betrayed families who trusted him. "You spent what children had saved for," \
she told him.

Doyle did not react as the sentence was read. His lawyer said: "We will appeal against every part of this."

The club has since closed. Its pool in Otley will be sold in the spring, the council said.
"""


class Charge(BaseModel):
    name: str
    months: int | None = None


class Verdict(BaseModel):
    court: str = Field(description="the court that ruled")
    day: date | None
    years: int
    taken: float = 0.0
    appeal_quote: str | None = None
    charges: list[Charge] = []


DATA: dict[str, Any] = {
    "court": "Leeds Crown Court",
    "day": "2026-03-02",
    "years": 4,
    "taken": 310000,
    "appeal_quote": "We will appeal against every part of this.",
    "charges": [{"name": "fraud", "months": None}, {"name": "false accounting", "months": 18}],
}
EVIDENCE = {"court": [2], "day": [1], "years": [3], "taken": [2], "appeal_quote": [7], "charges": [3]}


def answered(changes: dict[str, Any] | None = None, evidence: dict[str, list[int]] | None = None) -> str:
    """The answer, with other values or another evidence."""
    data = {**copy.deepcopy(DATA), **(changes or {})}
    listed = [{"path": path, "sentences": numbers} for path, numbers in (evidence or EVIDENCE).items()]
    return json.dumps({"data": data, "evidence": listed})


class Scripted(Stateless):
    """A model that gives these answers, one after the other."""

    name: str = "scripted"
    recipe: RecipeName = "one_request"

    def __init__(self, *answers: str, context_tokens: int = 100_000) -> None:
        self.context_tokens = context_tokens
        self.answers = list(answers)
        self.requests: list[Request] = []

    def complete(self, request: Request) -> Reply:
        self.requests.append(request)
        text = self.answers.pop(0)
        if request.hear:
            for end in range(20, len(text) + 20, 20):
                request.hear(text[:end])
        call = Call(purpose=request.purpose, tokens_in=1, tokens_cached=0, tokens_out=1, seconds=0.0, outcome="ok")
        return Reply(text, (call,))
