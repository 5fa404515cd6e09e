"""Checked, structured summaries of articles: every statement with its exact evidence.

from pathlib import Path
from summarizer import summarize
summary = summarize(Path("article.html"), model="openai:gpt-6-luna")
"""

from typing import TYPE_CHECKING

from summarizer.lazy import lazily

if TYPE_CHECKING:
    from summarizer import errors, models, prompts, record, views
    from summarizer.article import Article, Span
    from summarizer.batch.api import asummarize_many, summarize_many
    from summarizer.batch.item import Item
    from summarizer.batch.result import BatchResult
    from summarizer.errors import SummarizerError
    from summarizer.outside import check
    from summarizer.pipeline import asummarize, summarize
    from summarizer.reading import read_article
    from summarizer.record import Summary
    from summarizer.settings import Settings
    from summarizer.streaming import astream, stream

__all__ = [
    "Article",
    "BatchResult",
    "Item",
    "Settings",
    "Span",
    "SummarizerError",
    "Summary",
    "astream",
    "asummarize",
    "asummarize_many",
    "check",
    "errors",
    "models",
    "prompts",
    "read_article",
    "record",
    "stream",
    "summarize",
    "summarize_many",
    "views",
]

__getattr__ = lazily(
    __name__,
    {
        "Article": "article",
        "BatchResult": "batch.result",
        "Item": "batch.item",
        "Settings": "settings",
        "Span": "article",
        "SummarizerError": "errors",
        "Summary": "record",
        "astream": "streaming",
        "asummarize": "pipeline",
        "asummarize_many": "batch.api",
        "check": "outside",
        "errors": "errors",
        "models": "models",
        "prompts": "prompts",
        "read_article": "reading",
        "record": "record",
        "stream": "streaming",
        "summarize": "pipeline",
        "summarize_many": "batch.api",
        "views": "views",
    },
)


def __dir__() -> list[str]:
    return __all__
