"""Checked, structured summaries of articles: every statement with its exact evidence.

from pathlib import Path
from summarizer import summarize
summary = summarize(Path("article.html"), model="openai:gpt-6-luna")
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summarizer.article import Article, Span
    from summarizer.batch.api import asummarize_many, summarize_many
    from summarizer.batch.item import Item
    from summarizer.batch.result import BatchResult
    from summarizer.errors import SummarizerError
    from summarizer.pipeline import asummarize, summarize
    from summarizer.reading import read_article
    from summarizer.record import Summary
    from summarizer.settings import Settings
    from summarizer.streaming import astream, stream

_HOMES = {
    "Article": "article",
    "Item": "batch.item",
    "BatchResult": "batch.result",
    "Settings": "settings",
    "Span": "article",
    "Summary": "record",
    "SummarizerError": "errors",
    "astream": "streaming",
    "asummarize": "pipeline",
    "asummarize_many": "batch.api",
    "read_article": "reading",
    "stream": "streaming",
    "summarize": "pipeline",
    "summarize_many": "batch.api",
}

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
    "read_article",
    "stream",
    "summarize",
    "summarize_many",
]


def __getattr__(name: str) -> Any:
    # Imported on first use, so that `summarizer --help` loads neither pydantic nor a parser.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
