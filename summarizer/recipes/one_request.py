"""One request: a capable model fills the whole record from numbered sentences, in one strict-schema answer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import BaseModel

from summarizer.article import Article
from summarizer.checking.analysis import ArticleAnalysis
from summarizer.checking.bounds import beyond_bounds
from summarizer.checking.data_checks import ground_data
from summarizer.checking.grounding import Accepted, accept, ground
from summarizer.errors import ContextExceeded
from summarizer.models.base import Request
from summarizer.prompts import Prompt
from summarizer.recipes.asking import record_request
from summarizer.recipes.base import REPAIRED, Steps, TokenBudget, with_findings
from summarizer.recipes.data_parts import data_in_parts
from summarizer.recipes.long import in_parts, plan
from summarizer.record import Content


def one_request(article: Article, prompt: Prompt, language: str | None, room: TokenBudget | None = None) -> Steps:
    """Asks once for every field of the prompt, then checks the answer against the article. What does not fit into one
    request is read in parts."""
    request = record_request(article, prompt, language, article.sentences)
    if room is None or room.holds(request):
        return _at_once(request, article, prompt, language)
    try:
        planned = plan(article, prompt, language, room)
    except ContextExceeded as reason:
        return _too_long(request, str(reason), article, prompt, language)
    if prompt.schema:
        return data_in_parts(article, prompt, language, planned)
    return in_parts(article, prompt, language, planned)


def _at_once(request: Request, article: Article, prompt: Prompt, language: str | None) -> Steps:
    checked = _Checked(ArticleAnalysis(article), prompt, language)
    reply = yield replace(request, objections=checked.objections)
    accepted, content = checked(reply.text)
    content = with_findings(content, *beyond_bounds(accepted.answer))
    if reply.reasked and not accepted.problems:
        content = with_findings(content, REPAIRED)
    return content


@dataclass
class _Checked:
    """Answers to one request as content of the record, each checked once."""

    article: ArticleAnalysis
    prompt: Prompt
    language: str | None
    _made: dict[str, tuple[Accepted[BaseModel], Content]] = field(default_factory=dict)

    def __call__(self, text: str) -> tuple[Accepted[BaseModel], Content]:
        if text not in self._made:
            accepted = accept(text, self.prompt.answer, self.article.article)
            self._made[text] = accepted, self._content(accepted)
        return self._made[text]

    def _content(self, accepted: Accepted[Any]) -> Content:
        answer, schema = accepted.answer, self.prompt.schema
        if schema is None:
            return ground(answer, self.article, accepted.problems, language=self.language)
        data = answer.data, answer.evidence, schema.form
        return ground_data(*data, self.article, accepted.problems, language=self.language)

    def objections(self, text: str) -> list[str]:
        """What can't be right in an answer, a line each."""
        _, content = self(text)
        return [f"{each.path}: {each.message}" for each in content.findings if each.severity == "error"]


def _too_long(request: Request, reason: str, article: Article, prompt: Prompt, language: str | None) -> Steps:
    """The whole article in one request all the same: the model turns it away, and knows what its user can do."""
    try:
        return (yield from _at_once(request, article, prompt, language))
    except ContextExceeded as error:
        error.args = (f"{error} ({reason})",)
        raise
