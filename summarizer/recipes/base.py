"""A recipe: a generator that yields Requests, is sent Replies and returns the record's content, without I/O."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass

from summarizer.article import Article
from summarizer.models.base import Model, Reply, Request, answer_room
from summarizer.prompts import Prompt
from summarizer.record import ArticleInfo, Content, Finding
from summarizer.settings import Settings

Steps = Generator[Request, Reply, Content]


@dataclass(frozen=True, slots=True)
class TokenBudget:
    """What a model can take: the tokens of its context, of which an answer may have `max_tokens`."""

    context_tokens: int
    max_tokens: int

    @classmethod
    def of(cls, model: Model, settings: Settings) -> TokenBudget:
        """What this model can take, by these settings."""
        return cls(model.context_tokens, answer_room(settings.max_tokens, model.context_tokens))

    def left_by(self, request: Request) -> int:
        """Tokens that are left beside `request` and its answer; below zero where they do not fit."""
        return self.context_tokens - (request.max_tokens or self.max_tokens) - request.estimated_tokens

    def holds(self, request: Request) -> bool:
        """Whether `request` and its answer fit."""
        return self.left_by(request) >= 0


Recipe = Callable[[Article, Prompt, str | None, TokenBudget | None], Steps]
"""How an article becomes a record. It is told the BCP-47 tag of the written parts, None for the article's, and what
the model can take, None for no bounds."""

REPAIRED = Finding(
    code="repaired_after_reask",
    severity="note",
    path="",
    message="The model's first answer did not fit the schema, or held what can't be right; this is its second.",
)


def without_points(article: Article) -> Content:
    """The content for what can't be summarised: its status, the reason and no points."""
    return Content(status=article.status, status_reason=article.status_reason, article=ArticleInfo.of(article))


def with_findings(content: Content, *findings: Finding) -> Content:
    """`content` with further findings."""
    return content.model_copy(update={"findings": (*content.findings, *findings)})
