"""The record as HTML: a page on which a person checks it against its article."""

from __future__ import annotations

from summarizer.article import Article
from summarizer.record import Summary
from summarizer.views import jsonld
from summarizer.views.html.frame import PAGE_START, asset, document
from summarizer.views.html.markup import Markup, element
from summarizer.views.html.record import fragment

__all__ = ["asset", "document", "fragment", "is_page", "page", "render"]

render = fragment


def page(summary: Summary, article: Article | None = None) -> str:
    """The record as a page of its own, in one file."""
    title = summary.headline.text if summary.headline else summary.article.title or "Record"
    linked = Markup(f'<script type="application/ld+json">\n{jsonld.render(summary)}\n</script>')
    body = element("main", fragment(summary, article))
    return document(title, body, styles=[asset("check.css")], scripts=[asset("check.js")], data=[linked])


def is_page(text: str) -> bool:
    """Whether it is such a page, and not another that was written here."""
    return text.startswith(PAGE_START) and '<main><div class="checkable"' in text
