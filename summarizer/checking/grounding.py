"""From a model's answer to the content of the record: validated, located in the article, its doubts marked."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from summarizer.article import Article, Span
from summarizer.checking.analysis import ArticleAnalysis, values
from summarizer.checking.article_findings import article_findings
from summarizer.checking.field_checks import check_within
from summarizer.checking.mentions import with_mentions
from summarizer.checking.quote_location import locate_cited
from summarizer.checking.speakers import speaker_findings
from summarizer.checking.statements.names.roles import role_findings
from summarizer.checking.statements.numbers import are_alike, scaled, without_scale
from summarizer.errors import AnswerInvalid, path_of
from summarizer.evidence import Grounding
from summarizer.record import SECTIONS, ArticleInfo, Content, Figure, Finding, FiveWs, Quote
from summarizer.text.numbers import find_numbers, unit_of

A = TypeVar("A", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Accepted(Generic[A]):
    """An answer of the type asked for, and what had to be left out of it to make it one."""

    answer: A
    problems: tuple[Finding, ...] = ()


def accept(text: str, answer: type[A], article: Article, shown: frozenset[int] | None = None) -> Accepted[A]:
    """The JSON `text` as `answer`, its sentence numbers resolved to spans of `article`.

    Sentence numbers that do not exist or were not `shown` (None: all were) and fields that nobody asked for are left
    out, and `problems` names them. Raises AnswerInvalid when the rest does not fit either.
    """
    context = Grounding(article=article, shown=shown or frozenset())
    try:
        return Accepted(answer.model_validate_json(text, context=context))
    except ValidationError as error:
        problems = tuple(_problem(detail, article, shown) for detail in error.errors())
    try:
        lenient = Grounding(**context, problems=[])
        return Accepted(answer.model_validate_json(text, extra="ignore", context=lenient), problems)
    except ValidationError as error:
        reasons = "; ".join(f"{path_of(detail['loc']) or 'answer'}: {detail['msg']}" for detail in error.errors())
        raise AnswerInvalid(f"The answer does not fit the schema: {reasons}", answer=text) from error


def _problem(detail: Any, article: Article, shown: frozenset[int] | None) -> Finding:
    path = path_of(detail["loc"])
    if detail["type"] == "extra_forbidden":
        message = "The model's answer has this field, which nobody asked for; it was left out."
        return Finding(code="repaired_after_reask", severity="warning", path=path, message=message)
    message = str(detail["msg"]).removeprefix("Value error, ")
    cited = detail["input"] if isinstance(detail["input"], list) else []
    known = shown or frozenset(range(1, len(article.sentences) + 1))
    if numbers := ", ".join(str(item) for item in cited if isinstance(item, int) and item not in known):
        those = "it was shown" if shown and len(shown) < len(article.sentences) else "the article has"
        message = f"The model cites {numbers} here; {those} the sentences {min(known)} to {max(known)}."
    return Finding(code="no_evidence", severity="error", path=path, message=message)


def ground(
    answer: BaseModel, article: ArticleAnalysis, problems: Sequence[Finding] = (), *, language: str | None = None
) -> Content:
    """The content of the record from an answer: quotes and figures with their exact places, entities with their
    mentions, and a finding for all that could not be verified. Nothing of the answer is changed or left out.

    `problems` come from `accept`; `language` (BCP-47) is that of the written texts, None the article's.
    """
    article = article.naming(getattr(answer, "entities", ()))
    given: dict[str, Any] = {name: getattr(answer, name) for name in SECTIONS if hasattr(answer, name)}
    if given.get("five_ws"):
        given["five_ws"] = FiveWs(**{name: getattr(given["five_ws"], name, None) for name in FiveWs.model_fields})
    quotes, figures = given.get("quotes", ()), given.get("figures", ())
    located: dict[str, Any] = {
        "quotes": tuple(_located(quote, article) for quote in quotes),
        "figures": tuple(_narrowed(figure, article) for figure in figures),
        "entities": with_mentions(given.get("entities", ()), article),
    }
    speakers = tuple(speaker_findings(quotes, given.get("entities", ()), article))
    doubted = {f"{finding.path}_role" for finding in speakers}
    roles = role_findings(given.get("entities", ()), quotes, article)
    findings = (
        *problems,
        *check_within(article, answer, language=language),
        *_wrong_values(figures, language or article.language),
        *speakers,
        *(finding for finding in roles if finding.path not in doubted),
        *article_findings(article),
    )
    return Content(article=ArticleInfo.of(article.article), **{**given, **located}, findings=findings)


def _located(quote: Quote, article: ArticleAnalysis) -> Quote:
    """The quote with the exact place of its words as its evidence; as it was when they are not found."""
    places = locate_cited(quote.text, quote.evidence, article.locator).spans
    if places:
        return quote.model_copy(update={"evidence": _spans(places, article.article)})
    in_title = article.in_title(quote.text)
    return quote.model_copy(update={"evidence": (in_title,)}) if in_title else quote


def _narrowed(figure: Figure, article: ArticleAnalysis) -> Figure:
    """The figure with its own place as its evidence, if that is in a cited sentence or nowhere else."""
    found = locate_cited(figure.text, figure.evidence, article.locator, shortest=1)
    if not found.spans or found.repeated:
        return figure
    return figure.model_copy(update={"evidence": _spans(found.spans, article.article)})


def _spans(places: Sequence[tuple[int, int]], article: Article) -> tuple[Span, ...]:
    return tuple(article.span(start, end) for start, end in places)


def _wrong_values(figures: Sequence[Figure], language: str) -> list[Finding]:
    """Figures whose value is not the number that their text says, or whose unit is another one."""
    findings = []
    for at, figure in enumerate(figures):
        numbers = find_numbers(figure.text, language)
        said = values(numbers)
        is_other = figure.value not in (None, 1) and len(said) == 1 and abs(figure.value or 0.0) not in said
        if (
            is_other
            and not scaled(abs(figure.value or 0.0), without_scale(numbers))
            and not _is_and_a_half(figure.value, said)
        ):
            message = f"The value is given as {figure.value:g}, but the text is “{figure.text}”."
            path = f"figures[{at}].value"
            findings.append(Finding(code="number_not_in_evidence", severity="warning", path=path, message=message))
        if figure.value is not None and figure.value > 0 and any(is_negative(number.value) for number in numbers):
            message = f"The value is given as {figure.value:g}, with another sign than “{figure.text}”."
            path = f"figures[{at}].value"
            findings.append(Finding(code="number_not_in_evidence", severity="warning", path=path, message=message))
        unit = unit_of(figure.unit or "", language)
        if unit and any(number.unit and not are_alike(number.unit, unit) for number in numbers):
            message = f"The unit is given as “{figure.unit}”, but the text is “{figure.text}”."
            path = f"figures[{at}].unit"
            findings.append(Finding(code="unit_differs", severity="error", path=path, message=message))
    return findings


def _is_and_a_half(value: float | None, said: Set[float]) -> bool:
    """ "six points and a half", which is read as six."""
    return value is not None and abs(value) - 0.5 in said


def is_negative(value: float | None) -> bool:
    """Whether a number is below zero."""
    return value is not None and value < 0
