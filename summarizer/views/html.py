"""The record as a piece of HTML, in which nothing from an article or a model is markup: that of its Markdown."""

from __future__ import annotations

from html import escape

from summarizer.article import Article
from summarizer.record import Summary
from summarizer.views import markdown


def render(summary: Summary, article: Article | None = None) -> str:
    """The record as elements for the body of a page, or for a cell of a notebook."""
    from markdown_it import MarkdownIt

    return str(MarkdownIt("commonmark", {"html": False}).render(markdown.render(summary, article)))


PAGE_START = '<!DOCTYPE html>\n<meta charset="utf-8">\n<meta name="generator" content="summarizer">\n<title>'


def page(summary: Summary, article: Article | None = None) -> str:
    """The record as a page of its own."""
    title = summary.headline.text if summary.headline else summary.article.title or "Record"
    return f"{PAGE_START}{escape(title)}</title>\n{render(summary, article)}"
