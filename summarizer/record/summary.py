"""The record as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from textwrap import shorten
from typing import Annotated, Any, Literal

from pydantic import Field, PlainSerializer, model_validator
from pydantic_core import to_jsonable_python

from summarizer.article import Article, Span, Status, TitleSpan
from summarizer.record.article_info import ArticleInfo
from summarizer.record.finding import Finding
from summarizer.record.parts import (
    Cited,
    Correction,
    Dispute,
    Entity,
    Event,
    Figure,
    FiveWs,
    Part,
    Quote,
    ShortCited,
    Topic,
)
from summarizer.record.promises import FEW, MANY, Bounded, Section
from summarizer.record.run import EDITED, Review, Run


def _as_json(data: Any) -> Any:
    """Data under the names that its schema has."""
    return to_jsonable_python(data, by_alias=True)


def _is_none(data: Any) -> bool:
    return data is None


def _is_empty(evidence: Mapping[str, Any]) -> bool:
    return not evidence


class Content(Part):
    """All of the record that a recipe fills: everything but `run`."""

    schema_version: Literal["2"] = "2"
    status: Status = "ok"
    status_reason: str | None = None
    article: ArticleInfo
    headline: Annotated[ShortCited | None, Section("Headline", is_written_anew=True)] = Field(
        default=None, description="the news in one line"
    )
    abstract: Annotated[
        tuple[Cited, ...],
        Bounded(min_items=1, max_items=3, is_asked=True),
        Section("Abstract", "abstract, sentence", is_written_anew=True),
    ] = Field(default=(), description="sentences that stand on their own")
    key_points: Annotated[
        tuple[Cited, ...], Bounded(min_items=1), Section("Key points", "key point", is_written_anew=True)
    ] = Field(default=(), description="most important first")
    five_ws: Annotated[FiveWs | None, Section("Five Ws")] = None
    entities: Annotated[tuple[Entity, ...], MANY, Section("Names", "name", behind="figures")] = Field(
        default=(), description="people, organizations, places and other names"
    )
    quotes: Annotated[tuple[Quote, ...], MANY, Section("Quotes", "quote")] = Field(
        default=(), description="words that somebody said"
    )
    figures: Annotated[tuple[Figure, ...], MANY, Section("Figures", "figure")] = Field(
        default=(), description="the numbers that carry news"
    )
    timeline: Annotated[tuple[Event, ...], MANY, Section("Timeline", "date", labels="dates")] = Field(
        default=(), description="dated events, earliest first"
    )
    disputes: Annotated[tuple[Dispute, ...], FEW, Section("Disputes", "dispute")] = Field(
        default=(), description="where the article reports two versions of one thing"
    )
    corrections: Annotated[tuple[Correction, ...], FEW, Section("Corrections", "correction")] = Field(
        default=(), description="what the article corrects or takes back, in its corrected version"
    )
    topics: Annotated[tuple[Topic, ...], Bounded(max_items=2, is_asked=True), Section("Topics", "topic")] = Field(
        default=(), description="what the article is about"
    )
    data: Annotated[Any, PlainSerializer(_as_json)] = Field(default=None, exclude_if=_is_none)
    """What a schema of one's own asked for: an object of its class; JSON where it was read back, or is no class's."""
    evidence: Mapping[str, tuple[TitleSpan | Span, ...]] = Field(default_factory=dict, exclude_if=_is_empty)
    """What the values in `data` rest on, by their paths: `charges[0].name`."""
    findings: tuple[Finding, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _as_of_today(cls, given: Any) -> Any:
        """A record of version 1 lacks what came with 2, and calls a note an info."""
        if not (isinstance(given, Mapping) and given.get("schema_version") == "1"):
            return given
        findings = [
            {**finding, "severity": "note"} if finding.get("severity") == "info" else finding
            for finding in given.get("findings", ())
        ]
        return {**given, "schema_version": "2", "findings": findings}


SECTIONS: Mapping[str, Section] = {
    name: mark for name, field in Content.model_fields.items() for mark in field.metadata if isinstance(mark, Section)
}
"""The fields that a prompt may ask for, in the order of the record."""


class Summary(Content):
    """The checked, structured record of one article."""

    run: Run

    def reviewed(self, by: str, changed: Iterable[str] = (), at: datetime | None = None) -> Summary:
        """The same, read by a person who changed what stands at these paths; `at` None is now."""
        paths = tuple(dict.fromkeys((*(self.run.review.changed if self.run.review else ()), *changed)))
        review = Review(
            by=by, at=(at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds"), changed=paths
        )
        kind = self.run.digital_source_type
        edited = EDITED.get(kind, kind) if kind and paths else kind
        run = self.run.model_copy(update={"review": review, "digital_source_type": edited})
        return self.model_copy(update={"run": run})

    def to_markdown(self, article: Article | None = None) -> str:
        """The record as CommonMark; with `article`, the one it is of, evidence has the numbers of its sentences."""
        from summarizer.views import markdown

        return markdown.render(self, article)

    def to_jsonld(self) -> str:
        """The record as a schema.org NewsArticle, safe inside a script element."""
        from summarizer.views import jsonld

        return jsonld.render(self)

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from summarizer.views import html

        return html.render(self)

    def __repr__(self) -> str:
        """One line: what it is of, and what is in it."""
        title = self.headline.text if self.headline else self.article.title or ""
        counts = f"key points: {len(self.key_points)}, findings: {len(self.findings)}, model: {self.run.model!r}"
        return f"<Summary {self.status}: {shorten(title, 80, placeholder=' ...')!r}, {counts}>"

    __str__ = __repr__
