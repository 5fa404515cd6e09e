"""The data of a schema of one's own, against the article: each value by its path, and what is cited for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import BaseModel

from summarizer.article import Span, count_words
from summarizer.checking.analysis import Analysis, ArticleAnalysis
from summarizer.checking.article_findings import article_findings
from summarizer.checking.field_checks import Place, Promise, check_within, once, promised
from summarizer.checking.marks import is_evidence, marks_of
from summarizer.checking.statements.numbers import number_findings
from summarizer.errors import path_of
from summarizer.record import ArticleInfo, Content, Dated, Finding, Named, Verbatim, Written
from summarizer.schemas.paths import Leaf, Steps, kind_of, leaves, steps_of
from summarizer.schemas.schema import Filled, PathEvidence
from summarizer.schemas.strict_form import StrictForm

Cited = Mapping[Steps, tuple[Span, ...]]

LABEL_WORDS = 4
"""Words of a text that is a name or a label, and no sentence to be held against others word by word."""

MONTHS = 12
"""Of a year: a term of six years and three months may be told as 75."""

PERCENT = 100
"""By which a share is told: .31 for 31 percent."""

_DATE = re.compile(r"\d{4}-\d\d(?:-\d\d)?(?:T|$)")

_QUOTED = re.compile(r"(?:^|_)(?:quotes?|quotation|verbatim)$", re.IGNORECASE)
"""Names of fields that hold words as they were said."""


def ground_data(
    filled: Filled,
    evidence: Sequence[PathEvidence],
    form: StrictForm | None,
    article: ArticleAnalysis,
    problems: Sequence[Finding] = (),
    *,
    language: str | None = None,
) -> Content:
    """The content of the record from data with its evidence by path, and a finding for all that could not be
    verified. Nothing of it is changed or left out.

    `form` is that of the schema, None where it is not known any more; `problems` come from `accept`; `language`
    (BCP-47) is that of the texts, None the article's.
    """
    cited: dict[Steps, tuple[Span, ...]] = {}
    findings = list(problems)
    for each in evidence:
        steps = steps_of(each.path, filled.wire)
        if steps is None:
            findings.append(_leads_nowhere(each))
        else:
            cited[steps] = (*cited.get(steps, ()), *each.sentences)
    findings += once(_checked(filled, cited, form, article, language or article.language))
    return Content(
        article=ArticleInfo.of(article.article),
        data=filled.value,
        evidence={path_of(steps): spans for steps, spans in cited.items()},
        findings=(*findings, *article_findings(article)),
    )


def _leads_nowhere(evidence: PathEvidence) -> Finding:
    message = f"Sentences are cited for “{evidence.path}”, and the data has nothing there."
    return Finding(code="no_evidence", severity="warning", path="data", message=message, evidence=evidence.sentences)


def _checked(
    filled: Filled, cited: Cited, form: StrictForm | None, article: ArticleAnalysis, language: str
) -> Iterator[Finding]:
    typed = [*_typed(filled.value, filled.wire, ())]
    own = [each for each in typed if any(map(is_evidence, marks_of(type(each.part)).values()))]
    for each in own:
        yield from check_within(article, each.part, _path(each.steps), language=language)
    promises = {steps: found for each in typed for steps, found in each.promises()}
    for leaf in leaves(filled.wire):
        if not any(leaf.steps[: len(each.steps)] == each.steps for each in own):
            place = Place(article, _path(leaf.steps), _evidence_of(leaf.steps, cited), language)
            yield from _value(leaf, promises.get(leaf.steps, ()), form, place)


def _path(steps: Steps) -> str:
    return path_of(("data", *steps))


def _evidence_of(steps: Steps, cited: Cited) -> tuple[Span, ...]:
    """What is cited for a value, else for what holds it."""
    ends = range(len(steps), -1, -1)
    return next((cited[steps[:end]] for end in ends if steps[:end] in cited), ())


class _Typed(NamedTuple):
    """An object of the user's classes, and where it stands."""

    steps: Steps
    part: BaseModel
    wire: Mapping[str, Any]

    def fields(self) -> Iterator[tuple[str, str]]:
        """The names of its fields, each with the one on the wire."""
        for name, field in type(self.part).model_fields.items():
            yield name, field.alias if field.alias and field.alias in self.wire else name

    def promises(self) -> Iterator[tuple[Steps, tuple[Promise, ...]]]:
        """The texts in its fields whose types promise something."""
        marks = marks_of(type(self.part))
        for name, key in self.fields():
            if found := tuple(mark for mark in marks[name] if isinstance(mark, Promise)):
                yield from ((leaf.steps, found) for leaf in leaves(self.wire.get(key), (*self.steps, key)))


def _typed(value: Any, wire: Any, steps: Steps) -> Iterator[_Typed]:
    """All objects of classes in the user's object; of those that have evidence of their own not what is in them."""
    if isinstance(value, BaseModel) and isinstance(wire, dict):
        found = _Typed(steps, value, wire)
        yield found
        if not any(map(is_evidence, marks_of(type(value)).values())):
            for name, key in found.fields():
                yield from _typed(getattr(value, name), wire.get(key), (*steps, key))
    elif isinstance(value, list | tuple) and isinstance(wire, list) and len(value) == len(wire):
        for at, (item, part) in enumerate(zip(value, wire, strict=True)):
            yield from _typed(item, part, (*steps, at))


def _value(leaf: Leaf, promises: tuple[Promise, ...], form: StrictForm | None, place: Place) -> Iterator[Finding]:
    kind = kind_of(leaf.steps)
    if not place.evidence:
        yield place.finding("no_evidence", "error", f"No sentence of the article is cited for this: “{leaf.value}”")
    elif isinstance(leaf.value, bool) or (form and kind in form.choices):
        return  # words of the schema, not of the article
    elif isinstance(leaf.value, int | float):
        yield from number_findings_at(leaf.value, place)
    elif promises:
        for promise in promises:
            yield from promised(leaf.value, promise, place)
    elif kind in form.dates if form else _DATE.match(leaf.value):
        yield from promised(leaf.value[:10], Dated(), place)
    elif _QUOTED.search(str(next(step for step in reversed(leaf.steps) if isinstance(step, str)))):
        yield from promised(leaf.value, Verbatim(), place)
    elif count_words(leaf.value) <= LABEL_WORDS and not any(map(str.isdigit, leaf.value)):
        yield from promised(leaf.value, Named(), place._replace(is_loose=True))
    else:
        yield from promised(leaf.value, Written(), place._replace(is_loose=count_words(leaf.value) <= LABEL_WORDS))


def number_findings_at(value: float, place: Place) -> Iterator[Finding]:
    """A number that the cited sentences do not have, neither as it is, nor as a share, nor in months for years. No
    error, for it may have been worked out from what they say."""
    cited = place.cited
    if value == 0 or abs(value) * PERCENT in cited.values or _in_months(value, cited):
        return
    said = Analysis(f"{value:.12f}".rstrip("0").rstrip("."), "en")
    parts = [place.article.cited([span]) for span in place.evidence or ()] or [cited]
    for finding in number_findings(said, parts, None, place.article):
        severity = "warning" if finding.severity == "error" else finding.severity
        yield place.finding(finding.code, severity, finding.message)


def _in_months(value: float, cited: Analysis) -> bool:
    return any((value - MONTHS * years) in {0.0, *cited.values} for years in cited.values if years <= value / MONTHS)
