"""The record: its types, and the strict JSON schema that a model is held to.

The same types serve on the wire and in the result. A model cites sentences by number; validation turns the
numbers into spans of the article that `grounded_in` names, and serialization writes spans.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, create_model

from summarizer.article import Article, Span, Status

SCHEMA_VERSION = "1"

# --- evidence -------------------------------------------------------------------------------------------------


@dataclass
class Grounding:
    """What citations are resolved against. `lenient` keeps what cites a sentence that does not exist, and
    `problems` says so."""

    article: Article
    lenient: bool = False
    problems: list[str] = field(default_factory=list)


_grounding: ContextVar[Grounding | None] = ContextVar("grounding", default=None)


@contextlib.contextmanager
def grounded_in(article: Article, *, lenient: bool = False) -> Iterator[Grounding]:
    """Within this block sentence numbers are citations of `article`. Holds per thread and per task."""
    grounding = Grounding(article, lenient)
    token = _grounding.set(grounding)
    try:
        yield grounding
    finally:
        _grounding.reset(token)


def _resolve(value: Any) -> Any:
    """Sentence numbers to spans; spans (a record read back) stay as they are."""
    if not isinstance(value, list | tuple):
        return value
    spans: list[Any] = []
    for item in value:
        is_number = isinstance(item, int) and not isinstance(item, bool)
        span = _cited_sentence(item) if is_number else item
        if span is not None and span not in spans:
            spans.append(span)
    return tuple(spans)


def _cited_sentence(number: int) -> Span | None:
    grounding = _grounding.get()
    if grounding is None:
        raise ValueError("sentence numbers can be read only within `grounded_in(article)`")
    try:
        sentence = grounding.article.sentence(number)
    except IndexError as error:
        if not grounding.lenient:
            raise ValueError(str(error)) from None
        grounding.problems.append(str(error))
        return None
    return grounding.article.span(sentence.start, sentence.end)


Evidence = Annotated[
    tuple[Span, ...],
    BeforeValidator(_resolve),
    WithJsonSchema({"type": "array", "items": {"type": "integer"}}, mode="validation"),
]
"""Sentence numbers on the wire, spans in the record."""

# --- what a text field promises; checking/ground.py holds it to that ----------------------------------------------


@dataclass(frozen=True)
class Written:
    """Written by the model: its numbers, names and negations must stand in the evidence beside it."""


@dataclass(frozen=True)
class Verbatim:
    """Copied from the article: must be found there, character for character but for typography."""

    code: Literal["quote_not_found", "number_not_in_evidence"] = "quote_not_found"


@dataclass(frozen=True)
class Named:
    """A name: must stand in the article."""

    code: Literal["name_not_in_article", "speaker_not_found"] = "name_not_in_article"


@dataclass(frozen=True)
class Dated:
    """An ISO 8601 date: must follow from the evidence beside it and the date of publication."""


COMPUTED: dict[str, Any] = {"computed": True}
"""`json_schema_extra` of a field that is filled after the answer, and so is not asked for."""

# --- the parts --------------------------------------------------------------------------------------------------


class Part(BaseModel):
    """Base of all parts of the record: frozen, and closed, as strict schemas are."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Cited(Part):
    """A statement and the sentences it rests on."""

    text: Annotated[str, Written()]
    evidence: Evidence = Field(description="numbers of the sentences that say this, and no others")


class FiveWs(Part):
    """The main event by the questions of the news desk; null where the article doesn't say."""

    who: Cited | None = Field(description="the person or body that acts or is concerned; null if not said")
    what: Cited | None = Field(description="what happened; null if not said")
    when: Cited | None = Field(description="when it happened, as the article puts it; null if not said")
    where: Cited | None = Field(description="where it happened; null if not said")
    why: Cited | None = Field(description="the reason the article gives; null if not said")
    how: Cited | None = Field(description="by what means or in what way; null if not said")


EntityType = Literal["person", "organization", "place", "event", "product", "work", "other"]


class Entity(Part):
    """Somebody or something with a name."""

    name: Annotated[str, Named()] = Field(description="the fullest form in the article")
    type: EntityType
    role: str | None = Field(
        description="office, title or part in the story, as the article puts it; null if not said"
    )
    mentions: tuple[Span, ...] = Field((), json_schema_extra=COMPUTED)


class Quote(Part):
    """Words in quotation marks, exactly as printed."""

    text: Annotated[str, Verbatim()] = Field(
        description="copied character for character, without the outer marks"
    )
    speaker: Annotated[str | None, Named("speaker_not_found")] = Field(
        description="full name as in the article; null if the article names nobody"
    )
    speaker_role: str | None = Field(description="null if not said")
    evidence: Evidence = Field(description="numbers of the sentences that hold the quote")


class Figure(Part):
    """A number with what it measures."""

    text: Annotated[str, Verbatim("number_not_in_evidence")] = Field(
        description="number and unit as written, copied character for character: '1.2 million euros'"
    )
    measures: str = Field(description="what is counted or measured")
    value: float | None = Field(description="as a plain number; null if it has none")
    unit: str | None = Field(description="euros, people, percent, km; null if it is a bare count")
    evidence: Evidence = Field(description="number of the sentence that says it")


class Event(Part):
    """Something with a date."""

    date: Annotated[str, Dated()] = Field(
        description="ISO 8601, no more precise than the article: 2022, 2022-04 or 2022-04-13"
    )
    text: Annotated[str, Written()] = Field(description="what happened then")
    evidence: Evidence = Field(description="numbers of the sentences that say this")


class Position(Part):
    """One side's version."""

    holder: Annotated[str, Named()]
    text: Annotated[str, Written()]
    evidence: Evidence = Field(description="numbers of the sentences that say this")


class Dispute(Part):
    """One thing of which the article reports different versions."""

    about: str
    positions: tuple[Position, ...]


Topic = Literal[
    "arts, culture, entertainment and media",
    "conflict, war and peace",
    "crime, law and justice",
    "disaster, accident and emergency incident",
    "economy, business and finance",
    "education",
    "environment",
    "health",
    "human interest",
    "labour",
    "lifestyle and leisure",
    "politics and government",
    "religion",
    "science and technology",
    "society",
    "sport",
    "weather",
]
"""IPTC Media Topics, top level."""

FindingCode = Literal[
    "quote_not_found",
    "quote_repeated",
    "speaker_not_found",
    "number_not_in_evidence",
    "name_not_in_article",
    "negation_differs",
    "no_evidence",
    "date_not_in_evidence",
    "instruction_in_article",
    "hidden_text_removed",
    "input_not_fully_read",
    "headline_differs_from_body",
    "written_by_rules",
    "repaired_after_reask",
]


class Finding(Part):
    """An alarm with a name: what could not be verified, where, and what was looked at."""

    code: FindingCode
    severity: Literal["error", "warning", "info"]
    path: str
    """The field it is about, as `key_points[2].text`; empty for the record as a whole."""
    message: str
    evidence: tuple[Span, ...] = ()


class ArticleInfo(Part):
    """What is known of the article besides its text."""

    title: str | None
    authors: tuple[str, ...]
    published: str | None
    modified: str | None
    site: str | None
    url: str | None
    language: str
    genre: str | None
    words: int
    sha256: str

    @classmethod
    def of(cls, article: Article) -> ArticleInfo:
        """The metadata of `article`."""
        return cls(**{name: getattr(article, name) for name in cls.model_fields})


class Call(Part):
    """One request as it went over the wire. Token counts are the server's own; None where it gave none."""

    purpose: str
    tokens_in: int | None
    tokens_cached: int | None
    tokens_out: int | None
    seconds: float
    outcome: str
    """ok, invalid, refused, filtered, truncated, empty, or what failed: `status 500`, `timeout`."""


class Tokens(Part):
    """Sums over all requests, re-asked and failed ones too, as far as the servers counted."""

    input: int
    cached: int
    output: int


class PromptInfo(Part):
    """Which prompt it was; the hash covers every file of its folder."""

    name: str
    version: str
    sha256: str


class Coverage(Part):
    """Characters of the article's text, and how many of them the model was shown."""

    given: int
    seen: int


class Run(Part):
    """How the record came to be."""

    model: str
    recipe: str
    prompt: PromptInfo | None
    schema_sha256: str | None
    summarizer_version: str
    requests: tuple[Call, ...]
    tokens: Tokens
    cost: float | None
    """US dollars; None when no price is known."""
    seconds: float
    coverage: Coverage


class Content(Part):
    """All of the record that a recipe fills: everything but `run`."""

    schema_version: Literal["1"] = "1"
    status: Status = "ok"
    status_reason: str | None = None
    article: ArticleInfo
    headline: Cited | None = Field(None, description="the news in one line of at most 12 words")
    abstract: tuple[Cited, ...] = Field((), description="one to three sentences that stand on their own")
    key_points: tuple[Cited, ...] = Field(
        (), description="three to seven points, most important first, one fact or two each, none said twice"
    )
    five_ws: FiveWs | None = None
    entities: tuple[Entity, ...] = Field((), description="every person, organization and place that matters")
    quotes: tuple[Quote, ...] = Field(
        (), description="every direct quote of a sentence or more, and telling shorter ones"
    )
    figures: tuple[Figure, ...] = Field((), description="the numbers that carry news; no dates, no ages")
    timeline: tuple[Event, ...] = Field((), description="dated events, earliest first")
    disputes: tuple[Dispute, ...] = Field(
        (), description="where the article reports two versions of one thing; often none"
    )
    topics: tuple[Topic, ...] = Field((), description="one or two")
    findings: tuple[Finding, ...] = ()


class Summary(Content):
    """The checked, structured record of one article."""

    run: Run


# --- the wire ---------------------------------------------------------------------------------------------------

ANSWER_FIELDS = (
    "headline",
    "abstract",
    "key_points",
    "five_ws",
    "entities",
    "quotes",
    "figures",
    "timeline",
    "disputes",
    "topics",
)
"""The fields of the record that a prompt may ask for, in the order of the record."""


def answer_type(fields: tuple[str, ...]) -> type[BaseModel]:
    """The type of an answer that fills these fields of the record; `five_ws.who` asks for a part of one.

    Raises KeyError with the names that are no such field.
    """
    wanted: dict[str, list[str]] = {}
    for name in fields:
        top, _, part = name.partition(".")
        wanted.setdefault(top, []).extend([part] if part else [])
    unknown = [f for f in wanted if f not in ANSWER_FIELDS]
    unknown += [f"five_ws.{p}" for p in wanted.get("five_ws", ()) if p not in FiveWs.model_fields]
    unknown += [
        f"{top}.{parts[0]}" for top, parts in wanted.items() if parts and top not in ("five_ws", *unknown)
    ]
    if unknown:
        raise KeyError(", ".join(unknown))
    chosen: dict[str, Any] = {name: _required(Content, name) for name in ANSWER_FIELDS if name in wanted}
    if parts := wanted.get("five_ws"):
        questions: dict[str, Any] = {
            name: _required(FiveWs, name) for name in FiveWs.model_fields if name in parts
        }
        chosen["five_ws"] = (create_model("FiveWs", __base__=Part, **questions), Field())
    return create_model("Answer", __base__=Part, **chosen)


def _required(model: type[BaseModel], name: str) -> tuple[Any, Any]:
    info = model.model_fields[name]
    annotation: Any = {"headline": Cited, "five_ws": FiveWs}.get(name, info.annotation)
    return annotation, Field(description=info.description)


_KEPT = ("type", "properties", "items", "required", "enum", "const", "anyOf", "$ref", "$defs", "description")


def wire_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The strict JSON schema of `model`: every field required, no extra ones, no keyword that strict mode
    or a provider's grammar may reject (lengths, patterns, defaults, titles), nothing computed."""
    strict: dict[str, Any] = _strict(model.model_json_schema(mode="validation"))
    definitions = strict.pop("$defs", {})
    used = _references(strict, definitions)
    return (
        {"$defs": {name: definitions[name] for name in definitions if name in used}, **strict}
        if used
        else strict
    )


def _strict(schema: Any) -> Any:
    if not isinstance(schema, Mapping):
        return schema
    out: dict[str, Any] = {key: value for key, value in schema.items() if key in _KEPT}
    if "const" in out:
        out["enum"] = [out.pop("const")]
    if "$ref" in out:
        return {"$ref": out["$ref"]}  # strict mode takes nothing beside a $ref
    if schema.get("type") == "object":
        fields = {k: v for k, v in schema.get("properties", {}).items() if not v.get("computed")}
        out["properties"] = {name: _strict(field) for name, field in fields.items()}
        out["required"] = list(fields)
        out["additionalProperties"] = False
        out.pop("description", None)  # docstrings are for readers of the code
    if "items" in out:
        out["items"] = _strict(out["items"])
    if "anyOf" in out:
        out["anyOf"] = [_strict(option) for option in out["anyOf"]]
    if "$defs" in out:
        out["$defs"] = {name: _strict(definition) for name, definition in out["$defs"].items()}
    return out


def _references(schema: Any, definitions: Mapping[str, Any]) -> set[str]:
    """Names of the definitions that `schema` leads to."""
    names: set[str] = set()
    pending = [json.dumps(schema)]
    while pending:
        new = set(re.findall(r'"#/\$defs/([^"]+)"', pending.pop())) - names
        names |= new
        pending += [json.dumps(definitions[name]) for name in new]
    return names


def schema_sha256(model: type[BaseModel]) -> str:
    """Hash of the wire schema: changes exactly when what the model is asked for changes."""
    return hashlib.sha256(json.dumps(wire_schema(model)).encode()).hexdigest()
