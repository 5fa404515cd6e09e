"""Bodies: what clients send, as types; the OpenAPI document is made of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from summarizer.outside.statements import Kind
from summarizer.record import Part, Summary

Text = Annotated[str, Field(pattern=r"\S")]
Person = Annotated[str, Field(pattern=r"^\S(?:.*\S)?$", max_length=80)]
"""The name under which somebody reviews; nobody checks it."""
Edits = Mapping[str, Any]
"""Fields of the record as they are to be, each whole; what is not in it stays. Evidence is numbers of sentences or
spans."""


class GivenArticle(Part):
    """An article: a text (plain, Markdown or a mail), an address, or HTML."""

    text: Text | None = None
    url: Annotated[str, Field(pattern=r"^https?://\S+$", max_length=4096)] | None = None
    html: Text | None = None
    title: Text | None = None
    published: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")] | None = None

    @model_validator(mode="after")
    def _is_one(self) -> GivenArticle:
        if sum(each is not None for each in (self.text, self.url, self.html)) != 1:
            raise ValueError("give one of text, url and html")
        return self


class Choices(Part):
    """What a client may choose, each from what `GET /choices` lists."""

    prompt: str | None = None
    model: str | None = None
    own_schema: str | None = Field(default=None, alias="schema")
    language: Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$")] | None = None


class SummaryRequest(GivenArticle, Choices):
    """An article, and how its record is to be made."""


class CheckRequest(Part):
    """What was written of an article: a record, a text, or other JSON with the kinds of its values."""

    record: str | dict[str, Any]
    article: GivenArticle
    kinds: Mapping[str, Kind] | None = None
    language: str | None = None


class EditRequest(Part):
    """What a person has changed in a record; with nothing in it they read it and left it as it is."""

    edits: Edits = Field(default_factory=dict)


class ReviewRequest(EditRequest):
    """The end of a settling, and who settles."""

    by: Person


class CaseRequest(Part):
    """What a labelled case says besides what stands in the record."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
    kind: Annotated[str, Field(pattern=r"^[a-z]+(_[a-z]+)*$")] = "news"
    split: Literal["tune", "holdout"] = "tune"
    essential: tuple[Annotated[int, Field(ge=0)], ...] = ()
    """Places of the key points without which a summary is a bad one."""
    forbidden: tuple[Text, ...] = ()
    """Strings of the source that no record may contain."""
    by: Person | None = None
    """Whose review; without it the one that counts."""
    replace: bool = False
    """Whether to put it in the place of a case of this name."""


class Rechecked(Part):
    """A record with its edits, checked again, and the paths of what was changed."""

    record: Summary
    changed: tuple[str, ...]
    html: str | None = None
    """It as a part of a page, where that is asked for."""


class Kept(Part):
    """What somebody has saved. Its version is its ETag."""

    version: int
    by: str
    at: str
    value: Any


class Row(Part):
    """A record in the list."""

    id: str
    title: str | None
    url: str | None
    language: str
    status: str
    model: str
    added: str
    batch: str | None
    key: str | None
    findings: Mapping[str, int]
    """How many of each severity."""
    state: Literal["unread", "reviewed", "differing", "settled"]
    reviewers: tuple[str, ...]
    drafts: tuple[str, ...]


class Rows(Part):
    """Records, those that need a look first."""

    total: int
    records: tuple[Row, ...]


class Difference(Part):
    """A place at which two versions of a record differ; None where one has nothing there."""

    path: str
    first: Any
    second: Any


class Agreement(Part):
    """How far two people agree about a record."""

    between: tuple[str, str]
    statements: int
    """Those that either has."""
    same: int
    """Those that both have, word for word and with the same evidence."""
    differences: tuple[Difference, ...]
