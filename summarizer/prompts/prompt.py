"""A prompt that has been read: what a model is told of an article, message by message."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from pydantic import BaseModel, Field

from summarizer.answer_schema import answer_type
from summarizer.article import Article
from summarizer.errors import PromptInvalid
from summarizer.prompts.article_data import known_of, numbered, stated
from summarizer.prompts.templates import EXTRA, SYSTEM, filled
from summarizer.record import Cited, Finding, Part
from summarizer.schemas.schema import Schema

SCHEMA_PROMPT = "schema"
"""The prompt that ships for schemas of one's own."""


class PromptConfig(Part):
    """What prompt.toml holds, with what it takes from the prompt that it extends."""

    version: str
    description: str
    extends: str | None = None
    """A prompt that ships, whose files and settings stand in for those this folder lacks."""
    fields: tuple[str, ...]
    """Fields of the record to ask for; `five_ws.who` asks for a part of one. None of them: a schema of one's own."""
    max_points: int = Field(7, ge=1, le=100)


@dataclass(frozen=True)
class Example:
    """An article and the answer that a model is shown to it, before the article that it is asked about."""

    name: str
    article: Article = field(repr=False)
    answer: str
    """JSON on one line, as a strict schema has it."""
    doubts: tuple[Finding, ...] = ()
    """What a record of this answer would be marked with; nothing that can't be right."""


@dataclass(frozen=True)
class Prompt:
    """A prompt that has been read and found complete. `load_prompt` makes it."""

    name: str
    config: PromptConfig
    templates: Mapping[str, str] = field(repr=False)
    """Text of every template by its name."""
    examples: tuple[Example, ...] = ()
    schema: Schema | None = None
    """What is asked for in place of fields of the record."""

    @property
    def fields(self) -> tuple[str, ...]:
        """Fields of the record that are asked for."""
        return self.config.fields

    @property
    def max_points(self) -> int:
        """How many key points at most."""
        return self.config.max_points

    @property
    def version(self) -> str:
        """The version its author gave it."""
        return self.config.version

    @cached_property
    def answer(self) -> type[BaseModel]:
        """The type of the answer that this prompt asks for."""
        return self.schema.answer if self.schema else answer_type(self.fields, self.max_points)

    @property
    def part_answer(self) -> type[BaseModel]:
        """That of an answer on a part of a long article, which need not have everything."""
        return self.schema.partial_answer if self.schema else self.answer

    def asking(self, schema: Schema) -> Prompt:
        """The same prompt, asking for what `schema` has. Raises PromptInvalid for one that asks for fields of the
        record."""
        if self.fields:
            raise PromptInvalid(
                f"prompt {self.name!r} asks for fields of the record; a schema of your own is asked for with the "
                f'prompt {SCHEMA_PROMPT!r}, or one with extends = "{SCHEMA_PROMPT}"'
            )
        return replace(self, schema=schema)

    @cached_property
    def sha256(self) -> str:
        """Hash of all that makes the prompt: its settings, its templates, and its examples as they are sent."""
        parts = [self.config.model_dump_json(), *(f"{name}\0{text}" for name, text in sorted(self.templates.items()))]
        parts += [f"{self.shown(example)}\0{example.answer}" for example in self.examples]
        return hashlib.sha256("\0\0".join(parts).encode()).hexdigest()

    def system(self, fields: Sequence[str] | None = None) -> str:
        """The system message: the same for every article. `fields` instead of the prompt's own."""
        asked = {"fields": _tops(self.fields if fields is None else fields)}
        own = [self._fill(name, asked, {}) for name in (SYSTEM, EXTRA) if name in self.templates]
        return "\n\n".join(filter(None, own))

    def article(self, article: Article, language: str | None) -> str:
        """The user message: the article as numbered sentences, fenced. `language` None means the article's own."""
        data = {**known_of(article), "sentences": numbered(article)}
        return self._fill("article.md", {"language": language}, data)

    def shown(self, example: Example) -> str:
        """The user message that the answer of an example follows; the same whatever language is asked for later."""
        return self.article(example.article, None)

    def merge(
        self, article: Article, fields: Sequence[str], statements: Sequence[Cited], language: str | None
    ) -> str:
        """The user message that has these `fields` made of `statements`, found in an article read in parts."""
        data = {**known_of(article), "statements": "\n".join(stated(statement, article) for statement in statements)}
        return self._fill("merge.md", {"language": language, "fields": _tops(fields)}, data)

    def reask(self) -> str:
        """The message that meets an invalid answer, with `{problems}` where the list of them goes."""
        return self._fill("reask.md", {"problems": "{problems}"}, {})

    def _fill(self, template: str, settings: Mapping[str, Any], data: Mapping[str, str | None]) -> str:
        from jinja2 import TemplateError

        fixed = {"fields": _tops(self.fields), "max_points": self.max_points}
        try:
            return filled(self.templates[template], {**fixed, **settings}, data)
        except TemplateError as error:
            raise PromptInvalid(f"prompt {self.name!r}, {template}: {error}") from error


def _tops(fields: Sequence[str]) -> list[str]:
    """The fields of the record, where a part of one counts as the whole."""
    return list(dict.fromkeys(name.partition(".")[0] for name in fields))
