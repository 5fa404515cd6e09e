"""The forecast: what an article will cost, before anything is asked."""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.article import Article
from summarizer.errors import ContextExceeded
from summarizer.prompts import Prompt
from summarizer.recipes.asking import record_request
from summarizer.recipes.base import TokenBudget
from summarizer.recipes.long import plan
from summarizer.settings import RecipeName


@dataclass(frozen=True, slots=True)
class Forecast:
    """Requests at most, and their tokens, both without what is sent again after an invalid answer or a failure."""

    requests: int = 0
    tokens_in: int = 0
    """Estimated, as `Request.estimated_tokens` is."""


def forecast(
    recipe: RecipeName, article: Article, prompt: Prompt, language: str | None, room: TokenBudget
) -> Forecast:
    """What this recipe will ask about an article. Nothing for what has no article in it, or does not fit at all."""
    if article.status != "ok" or recipe == "extractive":
        return Forecast()
    request = record_request(article, prompt, language, article.sentences)
    if room.holds(request):
        return Forecast(1, request.estimated_tokens)
    try:
        planned = plan(article, prompt, language, room)
    except ContextExceeded:
        return Forecast()
    return Forecast(planned.requests, planned.tokens_in)
