"""One request: a capable model fills the whole record from numbered sentences, in one strict-schema answer."""

from __future__ import annotations

from summarizer.article import Article
from summarizer.checking.ground import accept, ground
from summarizer.models.base import Message, Request
from summarizer.prompt import Prompt
from summarizer.recipes.base import Steps, with_findings
from summarizer.summary import Finding


def one_request(article: Article, prompt: Prompt, language: str | None) -> Steps:
    """Asks once for every field of the prompt, then checks the answer against the article."""
    request = Request(
        purpose="record",
        messages=(
            Message("system", prompt.system()),
            Message("user", prompt.article(article, language)),
        ),
        answer=prompt.answer,
        reask=prompt.reask(),
        shown=frozenset(sentence.number for sentence in article.sentences),
    )
    reply = yield request
    accepted = accept(reply.text, prompt.answer, article)
    content = ground(accepted.answer, article, accepted.problems, language=language)
    if reply.reasked and not accepted.problems:
        content = with_findings(content, REPAIRED)
    return content


REPAIRED = Finding(
    code="repaired_after_reask",
    severity="info",
    path="",
    message="The model's first answer did not fit the schema; this is its second.",
)
