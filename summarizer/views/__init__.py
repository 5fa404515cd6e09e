"""Views: a record as text for a terminal, Markdown, HTML, JSON or JSON-LD, each a module with `render`."""

from typing import TYPE_CHECKING

from summarizer.lazy import lazily

if TYPE_CHECKING:
    from summarizer.views import html, json, jsonld, markdown, terminal

__all__ = ["html", "json", "jsonld", "markdown", "terminal"]

__getattr__ = lazily(__name__, {name: name for name in __all__})


def __dir__() -> list[str]:
    return __all__
