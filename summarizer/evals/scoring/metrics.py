"""Metrics: what a record is worth against the labels of its article, one small function each.

A score runs from 0 to 1, and more is better. None is no expectation, or nothing to judge: it is left out of every
mean, and is never a zero. What a run that failed scores is the runner's business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from summarizer.article import Article, count_words
from summarizer.evals.scoring.assignment import Agreement, best_match
from summarizer.evals.scoring.coverage import FactCoverage, FactList, statements
from summarizer.evals.scoring.invariants import evidence_holds, has_exact_offsets, is_verbatim, leaked
from summarizer.evals.scoring.match_data import values_right
from summarizer.evals.scoring.match_five_ws import is_right, is_same_day
from summarizer.evals.scoring.match_lists import entity_likeness, figure_likeness
from summarizer.evals.scoring.match_quotes import holding, speakers_right
from summarizer.evals.suites.labels import EntityLabel, Fact, FiveWsLabels, Labels
from summarizer.record import Entity, Summary

METRICS_VERSION = "1"
"""Raised by hand when a metric changes its meaning: scores of different versions are never compared."""


@dataclass(frozen=True)
class Scored:
    """What a record is worth."""

    scores: Mapping[str, float | None]
    """From 0 to 1, more is better; None where nothing is expected or there is nothing to judge."""
    invariants: Mapping[str, bool]
    """What must never break: True where it held."""
    measures: Mapping[str, float | None]
    """Figures that are no scores."""
    missing_facts: tuple[str, ...]
    """Labelled facts that the summary does not tell."""
    leaked: tuple[str, ...]
    """Forbidden strings that stand in the record."""


def measure(labels: Labels, summary: Summary, article: Article) -> Scored:
    """Every metric of one record."""
    judged = ScoredRecord(labels, summary, article)
    return Scored(
        scores={name: score(judged) for name, score in SCORES.items()},
        invariants={name: holds(judged) for name, holds in INVARIANTS.items()},
        measures={name: figure(summary) for name, figure in MEASURES.items()},
        missing_facts=tuple(fact.fact for fact in judged.missing_facts),
        leaked=judged.leaked,
    )


@dataclass(frozen=True)
class ScoredRecord:
    """A record beside what was expected of it; what several metrics need is worked out once."""

    labels: Labels
    summary: Summary
    article: Article

    @cached_property
    def missing_facts(self) -> tuple[Fact, ...]:
        """Labelled facts that the summary does not tell."""
        facts = FactList(self.labels.facts or (), self.labels.language)
        return facts.missing(FactCoverage.by(statements(self.summary), self.labels.language))

    @cached_property
    def entities(self) -> tuple[tuple[EntityLabel, Entity], ...]:
        """Labelled and recorded entities with one name."""
        language = self.labels.language
        return best_match(
            self.labels.entities or (), self.summary.entities, lambda e, f: entity_likeness(e, f, language)
        )

    @cached_property
    def entity_names(self) -> Agreement | None:
        """How well the names agree."""
        return _agreement(self.labels.entities, self.summary.entities, len(self.entities))

    @cached_property
    def figures(self) -> Agreement | None:
        """How well the figures agree."""
        expected, language = self.labels.figures, self.labels.language
        matched = best_match(expected or (), self.summary.figures, lambda e, f: figure_likeness(e, f, language))
        return _agreement(expected, self.summary.figures, len(matched))

    @cached_property
    def dates(self) -> Agreement | None:
        """How well the dates agree; one is right to the day, or as precise as the label."""
        expected, found = self.labels.dates, self.summary.timeline
        matched = best_match(expected or (), found, lambda e, f: float(e.date == f.date))
        return _agreement(expected, found, len(matched))

    @cached_property
    def leaked(self) -> tuple[str, ...]:
        """Forbidden strings that stand in the record."""
        return leaked(self.summary, self.labels.forbidden or ())


def _agreement(expected: tuple[object, ...] | None, found: tuple[object, ...], matched: int) -> Agreement | None:
    return None if expected is None else Agreement.of(matched, len(expected), len(found))


Score = Callable[[ScoredRecord], float | None]


def _share(held: Iterable[bool]) -> float | None:
    answers = list(held)
    return sum(answers) / len(answers) if answers else None


def facts(judged: ScoredRecord) -> float | None:
    """Share of the facts that headline, abstract and key points tell."""
    return _told_share(judged, judged.labels.facts or ())


def facts_essential(judged: ScoredRecord) -> float | None:
    """The same of the facts without which a summary is a bad one."""
    return _told_share(judged, (fact for fact in judged.labels.facts or () if fact.essential))


def _told_share(judged: ScoredRecord, expected: Iterable[Fact]) -> float | None:
    return _share(fact not in judged.missing_facts for fact in expected)


def _of_agreement(agreement: Callable[[ScoredRecord], Agreement | None], name: str) -> Score:
    def score(judged: ScoredRecord) -> float | None:
        found = agreement(judged)
        return getattr(found, name) if found else None

    return score


def entity_types(judged: ScoredRecord) -> float | None:
    """Share of the right types among the names that are right."""
    return _share(label.type == entity.type for label, entity in judged.entities)


def quotes_recall(judged: ScoredRecord) -> float | None:
    """Share of the labelled quotes that the record has word for word."""
    return _share(bool(holding(label, judged.summary.quotes)) for label in judged.labels.quotes or ())


def quotes_speaker(judged: ScoredRecord) -> float | None:
    """Share of the right speakers among the quotes that are found."""
    labels = judged.labels
    return _share(speakers_right(labels.quotes or (), judged.summary.quotes, labels.entities or (), labels.language))


def five_ws(judged: ScoredRecord) -> float | None:
    """Share of right answers to the questions that have labels."""
    answers = [_answer(judged, question) for question in FiveWsLabels.model_fields]
    return _share(bool(right) for right in answers if right is not None)


def _of_question(question: str) -> Score:
    return lambda judged: _answer(judged, question)


def _answer(judged: ScoredRecord, question: str) -> float | None:
    labels = judged.labels
    wordings = getattr(labels.five_ws, question, None)
    if not wordings:
        return None
    given = getattr(judged.summary.five_ws, question, None)
    answer = given.text if given else None
    right = is_right(answer, wordings, labels.language)
    if question == "when":
        published = labels.published or judged.article.dated
        right = right or is_same_day(answer, wordings, labels.language, published)
    return float(right)


def data(judged: ScoredRecord) -> float | None:
    """Share of right values of a schema of one's own."""
    labels = judged.labels
    return _share(values_right(labels.data or {}, judged.summary.data, labels.language))


def published(judged: ScoredRecord) -> float | None:
    """Whether the record has the date of publication, as precisely as the label."""
    expected, given = judged.labels.published, judged.summary.article.published
    return None if expected is None else float((given or "")[: len(expected)] == expected)


def evidence(judged: ScoredRecord) -> float | None:
    """Share of headline, abstract and key points whose evidence is there, is narrow and raises no finding."""
    return _share(evidence_holds(judged.summary))


def status(judged: ScoredRecord) -> float | None:
    """Whether the record has the right status."""
    return float(judged.summary.status == judged.labels.status)


def no_leak(judged: ScoredRecord) -> float | None:
    """1 when no forbidden string stands in the record."""
    return None if judged.labels.forbidden is None else float(not judged.leaked)


SCORES: Mapping[str, Score] = {
    "facts": facts,
    "facts_essential": facts_essential,
    "entities_precision": _of_agreement(lambda judged: judged.entity_names, "precision"),
    "entities_recall": _of_agreement(lambda judged: judged.entity_names, "recall"),
    "entities_f1": _of_agreement(lambda judged: judged.entity_names, "f1"),
    "entity_types": entity_types,
    "figures_precision": _of_agreement(lambda judged: judged.figures, "precision"),
    "figures_recall": _of_agreement(lambda judged: judged.figures, "recall"),
    "figures_f1": _of_agreement(lambda judged: judged.figures, "f1"),
    "quotes_recall": quotes_recall,
    "quotes_speaker": quotes_speaker,
    "five_ws": five_ws,
    **{f"five_ws_{question}": _of_question(question) for question in FiveWsLabels.model_fields},
    "dates_f1": _of_agreement(lambda judged: judged.dates, "f1"),
    "data": data,
    "published": published,
    "evidence": evidence,
    "status": status,
    "no_leak": no_leak,
}

INVARIANTS: Mapping[str, Callable[[ScoredRecord], bool]] = {
    "verbatim": lambda judged: is_verbatim(judged.summary, judged.article),
    "offsets": lambda judged: has_exact_offsets(judged.summary, judged.article),
    "no_leak": lambda judged: not judged.leaked,
}


def _findings(summary: Summary) -> float:
    return float(sum(finding.severity != "note" for finding in summary.findings))


def _tokens(summary: Summary, kind: str) -> float | None:
    """The sum; None where no server counted a request."""
    counted = [count for call in summary.run.requests if (count := getattr(call, f"tokens_{kind}")) is not None]
    return float(sum(counted)) if counted or not summary.run.requests else None


MEASURES: Mapping[str, Callable[[Summary], float | None]] = {
    "words": lambda summary: float(sum(map(count_words, statements(summary)))),
    "findings": _findings,
    "tokens_in": lambda summary: _tokens(summary, "in"),
    "tokens_out": lambda summary: _tokens(summary, "out"),
    "cost": lambda summary: summary.run.cost,
    "seconds": lambda summary: summary.run.seconds,
    "requests": lambda summary: float(len(summary.run.requests)),
}
