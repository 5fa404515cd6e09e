"""Feeds as items: an entry of RSS or Atom is the page that it links to."""

from __future__ import annotations

import codecs
import io
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from summarizer.batch.item import Item, content_key
from summarizer.batch.result import encodable
from summarizer.errors import ReadingError, SettingsError, SourceEmpty, SourceUnsupported
from summarizer.reading.source.fetch import fetch, without_userinfo
from summarizer.reading.source.raw_source import is_address

MEDIA_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml")


def feed_items(feed: str | Path, *, allow_private_hosts: bool) -> Iterator[Item]:
    """The entries of the feed in a file or at an address. One without a link is its own text.

    Raises SettingsError when feedparser is missing.
    """
    try:
        import feedparser
    except ImportError:
        raise SettingsError(
            f"{feed}: feeds need feedparser, which is not installed: pip install 'checked-summarizer[feeds]'"
        ) from None
    name = encodable(without_userinfo(str(feed)))
    try:
        content = _content(feed, allow_private_hosts)
    except (ReadingError, OSError) as error:
        failure = (
            error if isinstance(error, ReadingError) else ReadingError(f"{name} can't be read: {error.strerror}")
        )
        yield Item(name, failure)
        return
    # As a stream: of anything else feedparser thinks that it might be an address, and fetches it.
    parsed = feedparser.parse(io.BytesIO(content))
    if not parsed.version:
        yield Item(name, SourceUnsupported(f"{name} is no RSS or Atom feed."))
    for number, entry in enumerate(parsed.entries, 1):
        yield _item(entry, f"{name}:{number}")


def _content(feed: str | Path, allow_private_hosts: bool) -> bytes:
    if isinstance(feed, Path):
        return feed.read_bytes()
    return fetch(feed, allow_private_hosts=allow_private_hosts, media_types=MEDIA_TYPES).content


def _item(entry: Any, place: str) -> Item:
    link, title = (encodable(entry.get(name) or "").strip() for name in ("link", "title"))
    stamp = entry.get("published_parsed") or entry.get("updated_parsed")
    published = time.strftime("%Y-%m-%dT%H:%M:%SZ", stamp) if stamp else None
    if is_address(link):
        return Item(without_userinfo(link), link, title or None, None, published)
    content = entry.get("content") or [{"value": entry.get("summary")}]
    text = encodable(content[0].get("value") or "").strip()
    key = encodable(entry.get("id") or content_key(title, text))
    if not text:
        return Item(key, SourceEmpty(f"{place}: the entry has neither a link nor a text"))
    return Item(key, codecs.BOM_UTF8 + text.encode(), title or None, None, published)
