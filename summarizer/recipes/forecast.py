"""The forecast: what an article will cost, before anything is asked."""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.article import Article
from summarizer.errors import ContextExceeded
from summarizer.models.base import Reply
from summarizer.prompt import Prompt
from summarizer.recipes.asking import record_request
from summarizer.recipes.base import Room, Steps
from summarizer.recipes.long import plan
from summarizer.recipes.staged import staged
from summarizer.settings import RecipeName


@dataclass(frozen=True, slots=True)
class Forecast:
    """Requests at most, and their tokens, both without what is sent again after an invalid answer or a failure."""

    requests: int = 0
    tokens_in: int = 0
    """Estimated, as `Request.estimated_tokens` is."""


def forecast(recipe: RecipeName, article: Article, prompt: Prompt, language: str | None, room: Room) -> Forecast:
    """What this recipe will ask about an article. Nothing for what has no article in it, or does not fit at all."""
    if article.status != "ok" or recipe == "extractive":
        return Forecast()
    if recipe == "staged":
        return _counted(staged(article, prompt, language, room))
    request = record_request(article, prompt, language, article.sentences)
    if room.holds(request):
        return Forecast(1, request.estimated_tokens)
    try:
        planned = plan(article, prompt, language, room)
    except ContextExceeded:
        return Forecast()
    return Forecast(planned.requests, planned.tokens_in)


def _counted(steps: Steps) -> Forecast:
    """What is asked when no answer is of use, where the answers do not decide about further requests."""
    requests = tokens = 0
    try:
        request = next(steps)
        while True:
            requests, tokens = requests + 1, tokens + request.estimated_tokens
            request = steps.send(Reply(""))
    except StopIteration:
        return Forecast(requests, tokens)
