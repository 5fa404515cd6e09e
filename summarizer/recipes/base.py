"""A recipe: a generator that yields Requests, is sent Replies and returns the record's content. It does no I/O."""

from __future__ import annotations

from collections.abc import Generator
from typing import Protocol

from summarizer.article import Article
from summarizer.models.base import Reply, Request
from summarizer.prompt import Prompt
from summarizer.summary import Content

Steps = Generator[Request, Reply, Content]


class Recipe(Protocol):
    """How an article becomes a record. `language` is the BCP-47 tag of the written parts."""

    def __call__(self, article: Article, prompt: Prompt, language: str) -> Steps: ...
