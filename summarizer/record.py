"""The record: one pydantic type for each of its parts, on the wire and in the result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from textwrap import shorten
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, PlainSerializer, model_validator
from pydantic_core import to_jsonable_python

from summarizer.article import Article, Span, Status, TitleSpan
from summarizer.evidence import Evidence

# What a text field promises; checking/grounding.py holds it to that.


@dataclass(frozen=True)
class Written:
    """Written by the model: its numbers, names and negations must stand in the evidence beside it."""


@dataclass(frozen=True)
class Loose:
    """Beside `Written`: a short answer, or one side of a dispute. Not held against the evidence word by word, for it
    need not say who claims a thing, nor what another side denies."""


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


@dataclass(frozen=True)
class Bounded:
    """How many items a list, or characters a text, is to have; at a part it holds for the part's own texts.

    A server whose grammar takes such bounds holds a model to them, which small models need in order to end. They are
    no condition: an answer that breaks one is valid, and checking/bounds.py says so. What reaches its bound is told,
    too, since a grammar may have cut it there; not so where `is_asked`, because the prompt names that number itself.
    """

    min_items: int | None = None
    max_items: int | None = None
    max_length: int | None = None
    is_asked: bool = False

    def __get_pydantic_json_schema__(self, core: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The bounds in the schema of what is asked for; that of the record has none."""
        schema = handler(core)
        if handler.mode != "validation":
            return schema
        keywords = {"minItems": self.min_items, "maxItems": self.max_items, "maxLength": self.max_length}
        return {**schema, **{name: value for name, value in keywords.items() if value is not None}}


# Texts: half as much again as the prompts that ship allow. A grammar cuts a text that is longer in the middle of a
# word, so what a good writer may need must fit: of the summaries' sentences in SummEdits 9 % have more than 220
# characters, none more than 300.
SHORT = Bounded(max_length=150)
"""A short answer, a name, a role: 15 words and half as many again."""

STATEMENT = Bounded(max_length=300)
"""30 words and half as many again."""

COPIED = Bounded(max_length=1000)
"""A quote: of 1,156 in PolNeAR two are longer."""

MANY = Bounded(max_items=40)
"""A list of all that matters: twice what the richest article of our suite has."""

FEW = Bounded(max_items=6)
"""A list of what an article seldom has: twice what any of our suite has. Disputes and their positions, so that it
counts twice for how long an answer can get."""


@dataclass(frozen=True)
class Section:
    """A field of the record that a prompt may ask for, as all rooms that deal with such a field know it."""

    title: str
    """Above it, for readers."""
    item: str = ""
    """What one thing in it is called where a finding says its place; without it as the field."""
    behind: str = ""
    """The field behind which readers find it, where that is not the one before it."""
    labels: str = ""
    """The field of an eval's case that has its labels, where that has another name."""
    is_written_anew: bool = False
    """Whether a model writes it from what the parts of a long article say, because it can't be put together."""


COMPUTED: dict[str, Any] = {"computed": True}
"""`json_schema_extra` of a field that is filled after the answer, and so is not asked for."""


class Part(BaseModel):
    """Base of all parts of the record, and of what else is written down: frozen, and closed, as strict schemas
    are."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Asked(Part):
    """Base of the parts that a model writes: what one lacks counts as empty, a list also where it is null."""

    @model_validator(mode="before")
    @classmethod
    def _with_empty(cls, given: Any) -> Any:
        if not isinstance(given, Mapping):
            return given
        lacking = {name: empty for name, empty in _empties(cls).items() if given.get(name) is None}
        return {**given, **lacking} if lacking else given


@cache
def _empties(model: type[BaseModel]) -> Mapping[str, tuple[()] | None]:
    """What stands for a field that lacks: no items for a list, None where it may be null."""
    required = {name: field.annotation for name, field in model.model_fields.items() if field.is_required()}
    lists = {name: () for name, annotation in required.items() if get_origin(annotation) is tuple}
    return lists | {name: None for name, annotation in required.items() if type(None) in get_args(annotation)}


Citations = Annotated[Evidence, Bounded(min_items=1, max_items=3, is_asked=True)]
"""Evidence as it is asked for: as few sentences as carry a statement."""


class Cited(Asked):
    """A statement and the sentences it rests on."""

    text: Annotated[str, Written(), STATEMENT]
    evidence: Citations = Field(description="numbers of sentences")


ShortCited = Annotated[Cited, SHORT]
"""A statement in a line."""

Answered = Annotated[Cited, SHORT, Loose()]
"""A short answer."""


class CitedTime(Cited):
    """When something happened, in words and as a date."""

    date: Annotated[str, Dated(), SHORT] | None = Field(
        default=None, description="the same in ISO 8601, no more precise than the article; null if it can't be told"
    )


class FiveWs(Asked):
    """The main event by the questions of the news desk; null where the article doesn't say."""

    who: Answered | None = Field(description="the person or body that acts or is concerned; null if not said")
    what: Answered | None = Field(description="what happened; null if not said")
    when: Annotated[CitedTime, SHORT, Loose()] | None = Field(
        description="when it happened, as the article puts it; null if not said"
    )
    where: Answered | None = Field(description="where it happened; null if not said")
    why: Answered | None = Field(description="the reason the article gives; null if not said")
    how: Answered | None = Field(description="by what means or in what way; null if not said")


EntityType = Literal["person", "organization", "place", "event", "product", "work", "other"]


class Entity(Asked):
    """Somebody or something with a name."""

    name: Annotated[str, Named(), SHORT] = Field(description="the fullest form in the article")
    type: EntityType
    role: Annotated[str, SHORT] | None = Field(
        description="office, title or part in the story, as the article puts it; null if not said"
    )
    affiliation: Annotated[str, SHORT] | None = Field(
        default=None, description="of a person: the body they act or speak for; null if not said"
    )
    mentions: tuple[Span, ...] = Field(default=(), json_schema_extra=COMPUTED)


class Quote(Asked):
    """Words in quotation marks, exactly as printed."""

    text: Annotated[str, Verbatim(), COPIED] = Field(
        description="copied character for character, without the outer marks"
    )
    speaker: Annotated[str, Named("speaker_not_found"), SHORT] | None = Field(
        description="full name as in the article; null if the article names nobody"
    )
    speaker_role: Annotated[str, SHORT] | None = Field(description="null if not said")
    evidence: Citations = Field(description="numbers of the sentences that hold it")


Qualifier = Literal["at least", "at most", "more than", "less than", "about"]


class Figure(Asked):
    """A number with what it measures."""

    text: Annotated[str, Verbatim("number_not_in_evidence"), SHORT] = Field(
        description="as written, copied character for character: '1.2 million euros', '15 officers'"
    )
    measures: Annotated[str, SHORT] = Field(description="what is counted or measured")
    value: float | None = Field(description="as a plain number; null if it has none")
    qualifier: Qualifier | None = Field(
        default=None, description="what the article says of its exactness; null if nothing"
    )
    unit: Annotated[str, SHORT] | None = Field(description="euros, people, percent, km; null if it is a bare count")
    evidence: Citations = Field(description="number of the sentence that says it")


EventStatus = Literal["happened", "planned", "alleged", "cancelled"]


class Event(Asked):
    """Something with a date."""

    date: Annotated[str, Dated(), SHORT] = Field(
        description="ISO 8601, no more precise than the article: 2022, 2022-04 or 2022-04-13"
    )
    text: Annotated[str, Written(), Loose(), STATEMENT] = Field(description="what happened then")
    status: EventStatus | None = Field(default=None, description="whether it has happened")
    evidence: Citations = Field(description="numbers of sentences")


class Correction(Cited):
    """What the article says was wrong before, in itself or elsewhere."""

    was: Annotated[str, SHORT] | None = Field(default=None, description="what was said before; null if not said")


class Position(Asked):
    """One side's version."""

    holder: Annotated[str, Named(), Loose(), SHORT]
    text: Annotated[str, Written(), Loose(), STATEMENT]
    evidence: Citations = Field(description="numbers of sentences")


class Dispute(Asked):
    """One thing of which the article reports different versions."""

    about: Annotated[str, SHORT]
    positions: Annotated[tuple[Position, ...], FEW]


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

Severity = Literal["error", "warning", "note"]
"""error: this can't be right; warning: look here; note: for the record."""

FindingCode = Literal[
    "quote_not_found",
    "quote_repeated",
    "speaker_not_found",
    "speaker_differs",
    "number_not_in_evidence",
    "unit_differs",
    "name_not_in_article",
    "not_in_article",
    "negation_differs",
    "certainty_differs",
    "attribution_lost",
    "role_differs",
    "superseded",
    "no_evidence",
    "evidence_incomplete",
    "evidence_differs",
    "evidence_too_broad",
    "date_not_in_evidence",
    "instruction_in_article",
    "cites_instruction",
    "hidden_text_removed",
    "prose_removed",
    "doubtful_text",
    "input_not_fully_read",
    "read_in_parts",
    "headline_differs_from_body",
    "shorter_than_asked",
    "longer_than_asked",
    "written_by_rules",
    "small_model",
    "repaired_after_reask",
    "characters_removed",
    "parameter_refused",
]

FINDINGS: Mapping[FindingCode, str] = {
    "quote_not_found": "Quote not in the article",
    "quote_repeated": "Quote in several places",
    "speaker_not_found": "Speaker not in the article",
    "speaker_differs": "Another speaker than in the article",
    "number_not_in_evidence": "Number not in the evidence",
    "unit_differs": "Another unit than in the evidence",
    "name_not_in_article": "Name not in the article",
    "not_in_article": "Not in the article",
    "negation_differs": "The opposite of the evidence",
    "certainty_differs": "Surer than the evidence",
    "attribution_lost": "A claim told as a fact",
    "role_differs": "Another name than in the evidence",
    "superseded": "What the article takes back",
    "no_evidence": "No evidence",
    "evidence_incomplete": "More is said than what is cited",
    "evidence_differs": "Another sentence says this",
    "evidence_too_broad": "Too much cited as evidence",
    "date_not_in_evidence": "Date not in the evidence",
    "instruction_in_article": "The article addresses a language model",
    "cites_instruction": "Rests on words to a language model",
    "hidden_text_removed": "Hidden text",
    "prose_removed": "Prose that was left out",
    "doubtful_text": "Text that may be none of the article's",
    "input_not_fully_read": "Not read to its end",
    "read_in_parts": "Read in parts",
    "headline_differs_from_body": "Headline and text differ",
    "shorter_than_asked": "Less than was asked for",
    "longer_than_asked": "More than was asked for",
    "written_by_rules": "Written by rules",
    "small_model": "A very small model",
    "repaired_after_reask": "Asked a second time",
    "parameter_refused": "A parameter was refused",
    "characters_removed": "Characters that are no text",
}
"""What each is called above its message, for readers."""


class Finding(Part):
    """a finding with a name: what could not be verified, where, and what was looked at."""

    code: FindingCode
    severity: Severity
    path: str
    """The field it is about, as `key_points[2].text`; empty for the record as a whole."""
    message: str
    evidence: tuple[Span, ...] = ()


class ArticleInfo(Part):
    """What is known of the article, with its text where that is asked for (`with_text`)."""

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
    text: str | None = None
    """The clean text, which the offsets of all evidence are of."""
    sentences: tuple[Span, ...] = ()
    """The text's sentences, by whose numbers evidence is named."""

    @classmethod
    def of(cls, article: Article, *, with_text: bool = False) -> ArticleInfo:
        """The metadata of `article`, and its text where that is to stand beside them."""
        known = {name: getattr(article, name) for name in cls.model_fields.keys() - {"text", "sentences"}}
        info = cls(**known)
        return info.with_text(article) if with_text else info

    def with_text(self, article: Article) -> ArticleInfo:
        """The same with the text of `article` and its sentences."""
        spans = tuple(article.span(sentence.start, sentence.end) for sentence in article.sentences)
        return self.model_copy(update={"text": article.text, "sentences": spans})


TIMEOUT = "timeout"
"""The outcome of a request that had no answer in time."""


class Call(Part):
    """One request as it went over the wire. Token counts are the server's own; None where it gave none."""

    purpose: str
    tokens_in: int | None
    tokens_cached: int | None
    tokens_out: int | None
    """All that was written and is billed, thoughts too."""
    tokens_thought: int | None = None
    """Those of it that the model thought with."""
    seconds: float
    outcome: str
    """ok, invalid, objected (valid, but something in it can't be right), refused, filtered, truncated, empty, or what
    failed: `status 500`, `timeout`. `cached` is one that was not made again, `cached invalid` its first try: a cache
    had what came of it."""

    @property
    def saved(self) -> bool:
        """Whether it was made, and counted, at an earlier time: a cache had what came of it."""
        return self.outcome.startswith("cached")


class Tokens(Part):
    """Sums over requests, re-asked and failed ones too, as far as the servers counted."""

    input: int
    cached: int
    output: int
    thought: int = 0
    """Those of the output that models thought with."""

    @classmethod
    def of(cls, calls: Iterable[Call]) -> Tokens:
        """What these requests come to."""
        calls = tuple(calls)
        return cls(
            input=sum(call.tokens_in or 0 for call in calls),
            cached=sum(call.tokens_cached or 0 for call in calls),
            output=sum(call.tokens_out or 0 for call in calls),
            thought=sum(call.tokens_thought or 0 for call in calls),
        )


class PromptInfo(Part):
    """Which prompt it was; the hash covers its settings, its templates and its examples."""

    name: str
    version: str
    sha256: str


class Coverage(Part):
    """Characters of the article's text, and how many of them the model was shown."""

    given: int
    seen: int


SourceType = Literal[
    "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
    "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia",
    "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia",
    "http://cv.iptc.org/newscodes/digitalsourcetype/humanEdits",
]
"""Terms of IPTC's vocabulary: what a language model has written, the same edited by a person, what rules have put
together of the article's own sentences, the same edited by a person."""

BY_MODEL: SourceType = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
BY_RULES: SourceType = "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia"

EDITED: Mapping[SourceType, SourceType] = {
    BY_MODEL: "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia",
    BY_RULES: "http://cv.iptc.org/newscodes/digitalsourcetype/humanEdits",
}
"""What a text is that a person has changed."""


class Review(Part):
    """That a person has read the record, and what they changed."""

    by: str
    at: str
    """ISO 8601, in UTC."""
    changed: tuple[str, ...] = ()
    """Paths of what they edited, added or took out."""


class Run(Part):
    """How the record came to be."""

    model: str
    recipe: str
    prompt: PromptInfo | None
    schema_sha256: str | None
    summarizer_version: str
    requests: tuple[Call, ...]
    tokens: Tokens
    """What was spent for this record."""
    saved: Tokens = Tokens(input=0, cached=0, output=0)
    """What was spent earlier on answers that a cache had."""
    cost: float | None
    """US dollars for what was spent; None when no price is known."""
    price_list: str | None = None
    """Where the price is from, and of what day."""
    seconds: float
    coverage: Coverage
    digital_source_type: SourceType | None = None
    """Who wrote it, for machines; None where nothing was written."""
    review: Review | None = None
    """None: nobody has said that they read it."""


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
