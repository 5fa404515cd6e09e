"""Reading: any source to an Article."""

from summarizer.reading.reader import read_article

__all__ = ["read_article"]
