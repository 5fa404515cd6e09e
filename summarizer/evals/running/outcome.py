"""An outcome: what one run of one case came to, as a row of the gate with what a report shows besides."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping

from pydantic import Field

from summarizer.article import Article
from summarizer.evals.gate import GateRow
from summarizer.evals.scoring.metrics import measure
from summarizer.evals.suites.cases import Case
from summarizer.evals.suites.labels import FiveWsLabels, Labels
from summarizer.record import SECTIONS, Content, Summary

DIGITS = 4
"""Of a score: what a baseline in a file can be compared with."""


class Outcome(GateRow):
    """A row of the gate. What it has besides are labels and figures, and no text of the article."""

    split: str = ""
    kind: str = ""
    measures: dict[str, float | None] = Field(default_factory=dict)
    """Figures that are no scores: words, tokens, cost, seconds, findings."""
    leaked: tuple[str, ...] = ()
    record_sha256: str | None = None


def scored(
    case: Case,
    repeat: int,
    article: Article,
    summary: Summary,
    *,
    fields: Collection[str],
    versions: Mapping[str, str],
) -> Outcome:
    """The outcome of a run that came to a record; `fields` are those that the prompt asks for."""
    result = measure(_asked_for(case.metadata, fields), summary, article)
    return Outcome(
        case=case.name,
        repeat=repeat,
        scores={name: score if score is None else round(score, DIGITS) for name, score in result.scores.items()},
        invariants=dict(result.invariants),
        versions=dict(versions),
        split=case.metadata.split,
        kind=case.metadata.kind,
        measures=dict(result.measures),
        missing_facts=result.missing_facts,
        leaked=result.leaked,
        record_sha256=record_sha256(summary),
    )


def _asked_for(labels: Labels, fields: Collection[str]) -> Labels:
    """The labels without those for fields that nobody asked for: nothing is expected there."""
    asked = {name.partition(".")[0] for name in fields}
    unasked = (section.labels or field for field, section in SECTIONS.items() if field not in asked)
    kept = labels.model_copy(update={name: None for name in unasked if name in Labels.model_fields})
    if kept.five_ws is None or "five_ws" in fields:
        return kept
    others = {name: None for name in FiveWsLabels.model_fields if f"five_ws.{name}" not in fields}
    return kept.model_copy(update={"five_ws": kept.five_ws.model_copy(update=others)})


def failed(case: Case, repeat: int, error: Exception, versions: Mapping[str, str]) -> Outcome:
    """The outcome of a run that came to nothing."""
    return Outcome(
        case=case.name,
        repeat=repeat,
        error=f"{type(error).__name__}: {error}",
        versions=dict(versions),
        split=case.metadata.split,
        kind=case.metadata.kind,
        missing_facts=tuple(fact.fact for fact in case.metadata.facts or ()),
    )


def record_sha256(summary: Summary) -> str:
    """Hash of a record but for `run`, so that the same content has the same hash however long it took."""
    content = Content.model_validate({name: getattr(summary, name) for name in Content.model_fields})
    return hashlib.sha256(content.model_dump_json().encode()).hexdigest()
