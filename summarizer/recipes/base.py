"""A recipe: a generator that yields Requests, is sent Replies and returns the record's content, without I/O."""

from __future__ import annotations

from collections.abc import Generator
from typing import Protocol

from summarizer.article import Article
from summarizer.models.base import Reply, Request
from summarizer.prompt import Prompt
from summarizer.summary import ArticleInfo, Content, Finding

Steps = Generator[Request, Reply, Content]


class Recipe(Protocol):
    """How an article becomes a record. `language` is the BCP-47 tag of the written parts; None: the article's."""

    def __call__(self, article: Article, prompt: Prompt, language: str | None) -> Steps: ...


def without_points(article: Article) -> Content:
    """The content for what can't be summarised: its status, the reason and no points."""
    return Content(status=article.status, status_reason=article.status_reason, article=ArticleInfo.of(article))


def with_findings(content: Content, *findings: Finding) -> Content:
    """`content` with further findings."""
    return content.model_copy(update={"findings": (*content.findings, *findings)})
