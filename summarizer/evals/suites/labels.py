"""Labels: what a careful reader finds in an article. docs/labelling.md says how to label.

A label that is left out is no expectation; an empty list says that there is none, and that a record must have none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StrictBool

from summarizer.record import EntityType, Part
from summarizer.text.days import parts_of


def _iso_date(value: str) -> str:
    if not parts_of(value):
        raise ValueError("is no ISO 8601 date: 2022, 2022-04 or 2022-04-13")
    return value


Text = Annotated[str, Field(pattern=r"\S")]
IsoDate = Annotated[str, AfterValidator(_iso_date)]
Wordings = tuple[Text, ...]
Value = StrictBool | int | float | Text


class Label(Part):
    """Base of all labels: frozen, and closed, so that a misspelt key is an error."""


class Fact(Label):
    """One proposition of the article, and what counts as carrying it."""

    fact: Text
    any_of: Wordings = ()
    """Other wordings that count."""
    numbers: tuple[Annotated[str, Field(pattern=r"\d")], ...] = ()
    """Numbers that a summary must carry for the fact to count."""
    essential: StrictBool = False
    """Whether a summary without it is a bad one."""


class EntityLabel(Label):
    """Somebody or something with a name, by its fullest form in the article."""

    name: Text
    type: EntityType
    aliases: Wordings = ()


class QuoteLabel(Label):
    """Words in quotation marks as printed; `speaker` is None where the article names nobody."""

    text: Text
    speaker: Text | None


class FigureLabel(Label):
    """A number as written, and what it measures."""

    text: Text
    value: float | None = Field(default=None, strict=True)
    unit: Text | None = None
    measures: Text


class DateLabel(Label):
    """A dated event, no more precise than the article."""

    date: IsoDate
    what: Text


class FiveWsLabels(Label):
    """The wordings that count for each question; None where nothing is expected."""

    who: Wordings | None = None
    what: Wordings | None = None
    when: Wordings | None = None
    where: Wordings | None = None
    why: Wordings | None = None
    how: Wordings | None = None


def _is_none(labels: object) -> bool:
    """Of what suites made without it: their hash stays."""
    return labels is None


class Labels(Label):
    """What a careful reader finds in the article; None is no expectation."""

    kind: str = Field(pattern=r"^[a-z]+(_[a-z]+)*$")
    language: str = Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")
    split: Literal["tune", "holdout"]
    status: Literal["ok", "too_short", "not_an_article", "paywalled"]
    published: IsoDate | None = None
    facts: tuple[Fact, ...] | None = None
    entities: tuple[EntityLabel, ...] | None = None
    quotes: tuple[QuoteLabel, ...] | None = None
    figures: tuple[FigureLabel, ...] | None = None
    dates: tuple[DateLabel, ...] | None = None
    five_ws: FiveWsLabels | None = None
    data: Mapping[Text, Value | tuple[Value, ...] | None] | None = Field(default=None, exclude_if=_is_none)
    """Values of a schema of one's own by their paths: `verdict.years`, `charges[].name` for those of a list."""
    forbidden: Wordings | None = None
    """Strings that no record may contain."""
