"""The parts that a model writes, on the wire and in the result: statements, quotes, figures, names, events."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, model_validator

from summarizer.article import Span
from summarizer.evidence import Evidence
from summarizer.record.promises import (
    COMPUTED,
    COPIED,
    FEW,
    SHORT,
    STATEMENT,
    Bounded,
    Dated,
    Loose,
    Named,
    Verbatim,
    Written,
)


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
