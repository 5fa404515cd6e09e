"""Sources: the article in a request, as JSON or as a file, read within the bounds of the command."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any, TypeVar

from pydantic import BaseModel
from starlette.datastructures import UploadFile
from starlette.requests import Request

from summarizer.article import Article
from summarizer.desk.bodies import GivenArticle, SummaryRequest
from summarizer.desk.problems import Problem, fitting
from summarizer.reading import read_article
from summarizer.reading.source.content_type import Kind
from summarizer.reading.source.fetch import LARGEST_BODY

B = TypeVar("B", bound=BaseModel)

KINDS: Mapping[str, Kind | None] = {".txt": None, ".md": "markdown", ".html": "html", ".eml": "email"}
"""Of a file by the ending of its name; None where its content tells."""


@dataclass(frozen=True)
class Given:
    """The content of an article or its address, and what is known of it besides."""

    content: bytes | str
    suffix: str
    title: str | None = None
    published: str | None = None

    @classmethod
    def of(cls, article: GivenArticle) -> Given:
        """Text goes as bytes with a mark: no string in it is opened as an address, nor is its charset guessed."""
        if article.url is not None:
            return cls(article.url, ".txt", article.title, article.published)
        text, suffix = (article.text, ".txt") if article.html is None else (article.html, ".html")
        return cls(codecs.BOM_UTF8 + str(text).encode(), suffix, article.title, article.published)

    @property
    def source(self) -> bytes | None:
        """As it came; None for an address."""
        return self.content if isinstance(self.content, bytes) else None

    def read(self, *, raw: bool, allow_private_hosts: bool) -> Article:
        """The article. Raises ReadingError."""
        kind = KINDS.get(self.suffix)
        article = read_article(self.content, kind=kind, raw=raw, allow_private_hosts=allow_private_hosts)
        return replace(article, title=self.title or article.title, published=self.published or article.published)


@dataclass(frozen=True)
class Asked:
    """An article, and how its record is to be made."""

    given: Given
    request: SummaryRequest


async def body_of(request: Request, kind: type[B]) -> B:
    """The JSON that was sent, as what it is to be. Raises Problem."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Problem(415, "Send JSON, as Content-Type: application/json.")
    body = await request.body()
    with fitting("the body"):
        return kind.model_validate_json(body)


async def asked_of(request: Request) -> Asked:
    """What is to be summarised: a form with a file, or JSON. Raises Problem."""
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await _in_form(request)
    asked = await body_of(request, SummaryRequest)
    return Asked(Given.of(asked), asked)


async def _in_form(request: Request) -> Asked:
    async with request.form(max_files=1, max_fields=20, max_part_size=LARGEST_BODY) as form:
        fields: dict[str, Any] = {name: value for name, value in form.items() if isinstance(value, str) and value}
        file = form.get("file")
        if not isinstance(file, UploadFile):
            asked = _fields(fields)
            return Asked(Given.of(asked), asked)
        asked = _fields({"text": "in the file", **fields})
        suffix = PurePath(file.filename or "").suffix.lower()
        known = suffix if suffix in KINDS else ".txt"
        return Asked(Given(await file.read(), known, asked.title, asked.published), asked)


def _fields(fields: dict[str, Any]) -> SummaryRequest:
    with fitting("the form"):
        return SummaryRequest.model_validate(fields)
