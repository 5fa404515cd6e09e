"""Opening: what a version is read from, an article, its page in an archive of the web, or a saved record."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError

from summarizer.article import Article
from summarizer.errors import SourceUnsupported
from summarizer.faults import faults_of
from summarizer.reading import read_article
from summarizer.reading.source.content_type import RECORD_KEYS
from summarizer.reading.source.raw_source import Source, is_address, open_source
from summarizer.record import Content, Summary
from summarizer.versions.version import Version
from summarizer.views.kept_article import kept_article

_STAMP = re.compile(r"/(\d{4,14})(?:[a-z]{2}_)?/(?=https?:/)")
"""Between the addresses of a Wayback Machine, whatever its host, and of a page. A short one leads to the nearest."""


@dataclass(frozen=True, slots=True)
class _Archived:
    """The address of a page in an archive: ARCHIVE/TIMESTAMP/PAGE."""

    archive: str
    at: str
    page: str

    @classmethod
    def of(cls, address: str) -> _Archived | None:
        """Its parts; None for any other address."""
        stamp = _STAMP.search(address)
        return cls(address[: stamp.start()], stamp[1], address[stamp.end() :]) if stamp else None

    @property
    def raw(self) -> str:
        """Where the page is as it was kept, without the banner that the archive puts on top."""
        return f"{self.archive}/{self.at}id_/{self.page}"


def opened(given: Source | Article | Content, *, allow_private_hosts: bool = False) -> Version:
    """The version in a source, or in what was read already. Raises what `read_article` does."""
    if isinstance(given, Article | Content):
        return Version(given)
    if is_address(given) and (archived := _Archived.of(str(given).strip())):
        return _from_archive(archived, allow_private_hosts)
    if isinstance(given, os.PathLike):
        content = open_source(given).content
        return Version(_record_in(content, os.fspath(given)) or read_article(given))
    record = None if is_address(given) else _record_in(given, "the text")
    return Version(record or read_article(given, allow_private_hosts=allow_private_hosts))


def alike(old: Version, new: Version) -> tuple[Version, Version]:
    """Both as articles or both as records. Raises SourceUnsupported for an article, and a record that keeps none."""
    if isinstance(old.of, Article) == isinstance(new.of, Article):
        return old, new
    return as_article(old), as_article(new)


def as_article(version: Version) -> Version:
    """Of a record the article that it keeps. Raises SourceUnsupported for one that keeps none."""
    if isinstance(version.of, Article):
        return version
    info = version.info
    if not info.text or not isinstance(version.of, Summary):
        raise SourceUnsupported(
            "an article can't be compared with a record that does not keep its own. Compare two articles, or two "
            "records; or make the record with --with-text."
        )
    known = {name: getattr(info, name) for name in ("authors", "published", "modified", "site", "url", "language")}
    return Version(replace(kept_article(version.of), **known))


def _record_in(content: Any, name: str) -> Summary | None:
    """The record that a piece of JSON is; None for what is none."""
    text = content.decode("utf-8-sig", errors="replace") if isinstance(content, bytes) else content
    if not isinstance(text, str) or not text.lstrip().startswith("{"):
        return None
    try:
        fields = json.loads(text)
        return Summary.model_validate(fields) if fields.keys() >= RECORD_KEYS else None
    except ValidationError as error:
        raise SourceUnsupported(f"{name} holds a record that can't be read: {faults_of(error, 'it')}") from None
    except (ValueError, RecursionError):
        return None


def _from_archive(asked: _Archived, allow_private_hosts: bool) -> Version:
    from summarizer.reading.characters.decoding import decode
    from summarizer.reading.source.fetch import fetch

    page = fetch(asked.raw, allow_private_hosts=allow_private_hosts)
    kept = _Archived.of(page.url)
    if kept is None:
        raise SourceUnsupported(f"{asked.raw} leads out of the archive, to {page.url}: that is no old version.")
    content = decode(page.content, page.charset).text if page.charset else page.content
    return Version(read_article(content, url=kept.page), archived=_moment(kept.at))


def _moment(stamp: str) -> str | None:
    """20260314093000 in ISO 8601; None for less than a whole moment, or none that there is."""
    try:
        return datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC).isoformat()
    except ValueError:
        return None
