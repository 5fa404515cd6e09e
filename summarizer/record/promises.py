"""What the fields of the record promise: how a text stands in the article, how long it may be, who shows it where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import GetJsonSchemaHandler


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
