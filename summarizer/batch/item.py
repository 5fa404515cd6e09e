"""An item: one article of many, with a key to know it by, before it has been read."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, replace

from summarizer.article import Article
from summarizer.batch.result import encodable
from summarizer.errors import ReadingError
from summarizer.pipeline import Source
from summarizer.reading import read_article
from summarizer.reading.header.publication_dates import date_in_line
from summarizer.reading.header.timestamps import iso_date
from summarizer.reading.source.fetch import without_userinfo
from summarizer.reading.source.raw_source import is_address


@dataclass(frozen=True)
class Item:
    """Where one article comes from, and what is known of it besides: that stands over what the source itself says.

    A source that could not even be opened is the error that says so.
    """

    key: str
    source: Source | ReadingError
    title: str | None = None
    url: str | None = None
    published: str | None = None
    fetched_from: str | None = None
    """The address of an Article that was fetched before."""

    @property
    def address(self) -> str | None:
        """The address that has to be fetched, or was; without a password in it."""
        if self.fetched_from:
            return self.fetched_from
        source = self.source
        return without_userinfo(source.strip()) if isinstance(source, str) and is_address(source) else None

    def read(self, *, raw: bool = False, allow_private_hosts: bool) -> Article:
        """The article. Raises ReadingError."""
        if isinstance(self.source, ReadingError):
            raise self.source
        if isinstance(self.source, Article):
            article = self.source
        else:
            article = read_article(self.source, raw=raw, allow_private_hosts=allow_private_hosts)
        return replace(
            article,
            title=self.title or article.title,
            url=self.url or article.url,
            published=_date(self.published) or article.published,
        )


def as_item(source: Source | Item) -> Item:
    """A source as an item: its key is the path or the address, else a hash of its content."""
    if isinstance(source, Item):
        return source
    if isinstance(source, os.PathLike):
        return Item(encodable(os.fsdecode(source)), source)
    if isinstance(source, Article):
        return Item(encodable(source.url) if source.url else content_key(source.sha256, source.dated or ""), source)
    if not isinstance(source, str | bytes):  # which reading it will say
        return Item(content_key(type(source).__name__), source)
    item = Item(content_key(source), source)
    return replace(item, key=encodable(item.address)) if item.address else item


def content_key(*content: str | bytes) -> str:
    """The key of what has no name: a hash, so that what comes before it in a list does not decide."""
    parts = (part if isinstance(part, bytes) else part.encode(errors="surrogatepass") for part in content)
    return f"#{hashlib.sha256(bytes(1).join(parts)).hexdigest()[:16]}"


def _date(written: str | None) -> str | None:
    """The date as ISO 8601; None for one that can't be read."""
    if not written:
        return None
    found = date_in_line(written)
    return iso_date(written) or (found.published if found else None)
