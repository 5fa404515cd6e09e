"""The report as one self-contained page: what changed, case by case, with the article and both records beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from summarizer.article import Article
from summarizer.errors import ReadingError
from summarizer.evals import gate
from summarizer.evals.comparing.means import Mean
from summarizer.evals.comparing.moves import Move
from summarizer.evals.comparing.reports.comparison import Comparison
from summarizer.evals.comparing.reports.text import LEGEND, cell
from summarizer.evals.running.outcome import Outcome
from summarizer.evals.running.run_store import kept_record
from summarizer.reading import read_article
from summarizer.record import Summary
from summarizer.views import labels
from summarizer.views.html import document
from summarizer.views.printable import printable

if TYPE_CHECKING:
    from jinja2 import Template


@dataclass(frozen=True)
class RecordView:
    """A record as headed lists of lines, each with the findings that are about it."""

    sections: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...]
    other_findings: tuple[str, ...]


@dataclass(frozen=True)
class CaseView:
    """All that the page shows of one case."""

    move: Move
    outcome: Outcome
    kind: str
    scores: tuple[tuple[str, float | None, float | None], ...]
    paragraphs: tuple[str, ...]
    old: RecordView | None
    new: RecordView | None


@dataclass(frozen=True)
class Bar:
    """A value with its interval, as shares of an axis from 0 to 1."""

    at: float
    low: float
    high: float


def page_report(comparison: Comparison) -> str:
    """The page. Whatever comes from an article or a model is escaped by the template engine."""
    body = _template().render(
        title=comparison.measured.name,
        comparison=comparison,
        verdicts=[
            (metric, _difference(metric.difference, metric.low, metric.high)) for metric in _tested(comparison)
        ],
        margin=_on_axis(-gate.MARGIN),
        tables=[(split, comparison.scores(split)) for split in comparison.splits],
        figures=comparison.figures(),
        bar=_bar,
        cases=list(_cases(comparison)),
        cell=cell,
        legend=LEGEND,
        old_name="baseline" if comparison.base else comparison.sides[0].name if comparison.old else None,
    )
    return document(f"Evals: {comparison.measured.name}", body, styles=[_file("page.css")])


def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_file("page.html.j2"))


def _file(name: str) -> str:
    return files("summarizer.evals.comparing.reports").joinpath(name).read_text(encoding="utf-8")


# --- figures ----------------------------------------------------------------------------------------------------


def _tested(comparison: Comparison) -> tuple[gate.GateComparison, ...]:
    return comparison.verdict.comparisons if comparison.verdict else ()


WIDEST = 0.3
"""The largest difference that the axis of the verdicts shows."""


def _difference(mean: float, low: float, high: float) -> Bar:
    return Bar(_on_axis(mean), _on_axis(low), _on_axis(high))


def _on_axis(difference: float) -> float:
    return min(1.0, max(0.0, 0.5 + difference / (2 * WIDEST)))


def _bar(mean: Mean) -> Bar:
    return Bar(mean.value, mean.low, mean.high)


# --- cases ------------------------------------------------------------------------------------------------------


def _cases(comparison: Comparison) -> Iterator[CaseView]:
    before, after = _first_of_each(comparison.old), _first_of_each(comparison.measured.outcomes)
    for move in comparison.moves():
        old, new = before.get(move.case), after[move.case]
        yield CaseView(
            move=move,
            outcome=new,
            kind=new.kind,
            scores=tuple(_scores(old, new, comparison.metrics)),
            paragraphs=_paragraphs(comparison, move.case),
            old=_record(comparison, old),
            new=_record(comparison, new),
        )


def _first_of_each(outcomes: Sequence[Outcome]) -> dict[str, Outcome]:
    return {outcome.case: outcome for outcome in reversed(outcomes)}


def _scores(
    old: Outcome | None, new: Outcome, metrics: tuple[str, ...]
) -> Iterator[tuple[str, float | None, float | None]]:
    for name in metrics:
        before, after = (old.scores.get(name) if old else None), new.scores.get(name)
        if before is not None or after is not None:
            yield name, before, after


def _paragraphs(comparison: Comparison, name: str) -> tuple[str, ...]:
    article: Article
    try:
        article = read_article(comparison.suite.file(comparison.suite.by_name[name]))
    except ReadingError as error:
        return (str(error),)
    return tuple(map(printable, (article.title or "", *article.text.split("\n\n"))))


def _record(comparison: Comparison, outcome: Outcome | None) -> RecordView | None:
    summary = kept_record(comparison.suite.runs, outcome.record_sha256) if outcome else None
    return _view(summary) if summary else None


def _view(summary: Summary) -> RecordView:
    seen: set[str] = set()
    findings = [finding for finding in summary.findings if finding.severity != "note"]

    def line(text: str, path: str) -> tuple[str, tuple[str, ...]]:
        about = [finding for finding in findings if finding.path.startswith(path)]
        seen.update(finding.path for finding in about)
        return printable(text), tuple(printable(f"{finding.code}: {finding.message}") for finding in about)

    sections = tuple((name, tuple(line(text, path) for text, path in lines)) for name, lines in _sections(summary))
    others = tuple(printable(f"{f.code}: {f.message}") for f in findings if f.path not in seen)
    return RecordView(sections, others)


def _sections(summary: Summary) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    if summary.status != "ok":
        yield labels.STATUSES[summary.status], [(summary.status_reason or "", "status")]
    forms = {
        "entities": [(f"{item.name} ({item.type})", f"entities[{at}]") for at, item in enumerate(summary.entities)],
        "quotes": [
            (f"“{quote.text}” {quote.speaker or quote.speaker_role or 'nobody named'}", f"quotes[{at}]")
            for at, quote in enumerate(summary.quotes)
        ],
    }
    for name, title in labels.sections().items():
        lines = labels.lines(summary, name)
        yield title, forms.get(name) or [(": ".join(filter(None, (one.label, one.text))), one.path) for one in lines]
