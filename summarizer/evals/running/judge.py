"""The judge: a model that says whether statements are supported. It informs, and is itself held against the labels.

Two questions a record: does it say the labelled facts, and does the article say what its points say. Among the
statements put to the article stand its own labelled facts, which it supports, and those of another case, which it
does not: how often the judge gets these right is printed beside whatever it says.
"""

from __future__ import annotations

import asyncio
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pydantic import Field

from summarizer.errors import AnswerInvalid, ModelError
from summarizer.evals.running.outcome import DIGITS, Outcome
from summarizer.evals.running.run_store import kept_record
from summarizer.evals.suites.cases import Case
from summarizer.evals.suites.suite import Suite
from summarizer.models.base import Message, Model, Request
from summarizer.models.connecting import connect
from summarizer.prompts import as_data, numbered, shipped_folder
from summarizer.reading import read_article
from summarizer.record import Part, Summary
from summarizer.settings import Settings

Verdict = Literal["supported", "not_supported", "cant_say"]


class JudgedStatement(Part):
    """One statement's verdict."""

    statement: int = Field(description="number of the statement")
    verdict: Verdict


class Judgement(Part):
    """What the judge answers."""

    verdicts: tuple[JudgedStatement, ...] = Field(description="one for every statement, in their order")


@dataclass(frozen=True)
class JudgeAgreement:
    """How far a judge agrees with the labels: of labelled facts, those it finds in their own article; of facts of
    another case, those it does not find there."""

    found: int
    true: int
    refused: int
    false: int

    @property
    def balanced_accuracy(self) -> float:
        """The mean of both shares; not a number when there is nothing to go by."""
        return (self.found / self.true + self.refused / self.false) / 2 if self.true and self.false else math.nan

    @property
    def interval(self) -> str:
        """Its 95 % interval (normal approximation with one pseudo-case on each side)."""
        variances = [_variance(hits, of) for hits, of in ((self.found, self.true), (self.refused, self.false))]
        reach = 1.96 * math.sqrt(math.fsum(variances)) / 2
        return f"[{max(0.0, self.balanced_accuracy - reach):.2f}, {min(1.0, self.balanced_accuracy + reach):.2f}]"

    def __add__(self, other: JudgeAgreement) -> JudgeAgreement:
        return JudgeAgreement(
            self.found + other.found, self.true + other.true, self.refused + other.refused, self.false + other.false
        )


NONE = JudgeAgreement(0, 0, 0, 0)


@dataclass(frozen=True)
class Judging:
    """The outcomes with the judge's scores, and how far it can be trusted."""

    judge: str
    outcomes: tuple[Outcome, ...]
    agreement: JudgeAgreement
    unanswered: tuple[str, ...]
    """Cases that the judge gave no usable answer for: their outcomes stay without its scores."""

    def __str__(self) -> str:
        agreed = self.agreement
        right = f"{agreed.found} of {agreed.true} found, {agreed.refused} of {agreed.false} refused"
        missing = f"; no usable answer for {', '.join(self.unanswered)}" if self.unanswered else ""
        return (
            f"judged_* by {self.judge}, for information: it tells a case's facts from another's with a balanced "
            f"accuracy of {agreed.balanced_accuracy:.3f} {agreed.interval} ({right}){missing}"
        )


async def judge(
    suite: Suite, outcomes: Sequence[Outcome], model: str, settings: Settings, *, concurrency: int
) -> Judging:
    """Puts `judged_facts` and `judged_points` among the scores of every outcome that has a record with points."""
    limit = asyncio.Semaphore(concurrency)
    async with connect(model, settings.model_copy(update={"cache": None})) as connected:

        async def one(outcome: Outcome) -> tuple[Outcome, JudgeAgreement | None]:
            record = kept_record(suite.runs, outcome.record_sha256)
            if record is None or record.status != "ok" or not suite.by_name[outcome.case].metadata.facts:
                return outcome, NONE
            async with limit:
                try:
                    return await _judged(suite, connected, outcome, record)
                except ModelError:
                    return outcome, None

        judged = await asyncio.gather(*map(one, outcomes))
    agreement = sum((agreed for _, agreed in judged if agreed), NONE)
    unanswered = dict.fromkeys(outcome.case for outcome, agreed in judged if agreed is None)
    return Judging(model, tuple(outcome for outcome, _ in judged), agreement, tuple(unanswered))


async def _judged(suite: Suite, model: Model, outcome: Outcome, record: Summary) -> tuple[Outcome, JudgeAgreement]:
    case = suite.by_name[outcome.case]
    facts = [fact.fact for fact in case.metadata.facts or ()]
    foreign = _facts_of_another(suite, case)
    points = [point.text for point in (*record.abstract, *record.key_points)]
    said = await _verdicts(model, _text_of(record), facts)
    article = await asyncio.to_thread(read_article, suite.file(case))
    held = await _verdicts(model, numbered(article), [*points, *facts, *foreign])
    about_points, rest = held[: len(points)], held[len(points) :]
    about_facts, about_foreign = rest[: len(facts)], rest[len(facts) :]
    agreement = JudgeAgreement(
        _supported(about_facts), len(facts), len(foreign) - _supported(about_foreign), len(foreign)
    )
    scores = {"judged_facts": _share(said), "judged_points": _share(about_points)}
    return outcome.model_copy(update={"scores": {**outcome.scores, **scores}}), agreement


async def _verdicts(model: Model, text: str, statements: Sequence[str]) -> list[Verdict]:
    """A verdict for each statement. They are put in a mixed order, so that a place in the list tells nothing."""
    order = list(range(len(statements)))
    random.Random(len(text)).shuffle(order)
    listed = "\n".join(f"[{number}] {as_data(statements[at])}" for number, at in enumerate(order, 1))
    question = f"<article>\n{text}\n</article>\n\n<statements>\n{listed}\n</statements>"
    messages = (Message("system", _system()), Message("user", question))
    reply = await model.acomplete(Request("judgement", messages, Judgement))
    verdicts = {judged.statement: judged.verdict for judged in Judgement.model_validate_json(reply.text).verdicts}
    if set(verdicts) != set(range(1, len(order) + 1)):
        raise AnswerInvalid(f"the judge was asked about {len(order)} statements", answer=reply.text)
    return [verdicts[order.index(at) + 1] for at in range(len(order))]


@cache
def _system() -> str:
    return (shipped_folder() / "judge" / "system.md").read_text(encoding="utf-8").strip()


def _text_of(record: Summary) -> str:
    headline = [record.headline] if record.headline else []
    return "\n".join(as_data(part.text) for part in (*headline, *record.abstract, *record.key_points))


def _facts_of_another(suite: Suite, case: Case) -> list[str]:
    """The facts of the next case in the same language: plausible statements that this article does not make."""
    same = [other for other in suite.cases if other.metadata.language == case.metadata.language]
    at = same.index(case)
    others = (other.metadata.facts for other in (*same[at + 1 :], *same[:at]))
    return next(([fact.fact for fact in facts] for facts in others if facts), [])


def _supported(verdicts: Sequence[Verdict]) -> int:
    return sum(verdict == "supported" for verdict in verdicts)


def _share(verdicts: Sequence[Verdict]) -> float | None:
    return round(_supported(verdicts) / len(verdicts), DIGITS) if verdicts else None


def _variance(hits: int, of: int) -> float:
    share = (hits + 1) / (of + 2)
    return share * (1 - share) / (of + 2)
