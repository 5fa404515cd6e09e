"""What a source says about its article: title, authors, dates, site, language, genre."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from summarizer.languages.language import ALL, language_of
from summarizer.reading.characters.decoding import plain
from summarizer.reading.header.bylines import people
from summarizer.reading.header.timestamps import any_date, times_of
from summarizer.reading.header.titles import is_like
from summarizer.reading.visible_text import block_lines
from summarizer.text.days import iso_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about an article besides its text; None and () where the source doesn't say."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    site: str | None = None
    url: str | None = None
    language: str | None = None
    genre: str | None = None
    for_subscribers: bool = False
    """Whether the source says that the text is not free to read."""

    def or_else(self, other: Metadata) -> Metadata:
        """This, with `other` filling what is not known here."""
        return Metadata(**{f.name: getattr(self, f.name) or getattr(other, f.name) for f in fields(self)})

    def fetched_from(self, address: str) -> Metadata:
        """The same at `address`, unless the page names an address on the same host, its canonical one: a page can't
        make itself another site's."""
        return self if self.url and _host(self.url) == _host(address) else replace(self, url=address)


def page_metadata(tree: HtmlElement, url: str | None = None) -> Metadata:
    """What an HTML page says: by JSON-LD, then meta tags, then the visible heading and times, then trafilatura."""
    known = Metadata(url=url, site=_site_name(tree))
    for source in (_from_json_ld(tree), _from_meta(tree), _from_elements(tree)):
        known = known.or_else(source)
    guess = _from_trafilatura(tree, url)
    is_change = known.modified is not None and (guess.published or "")[:10] == known.modified[:10]
    whole = known.or_else(replace(guess, published=None) if is_change else guess)
    return replace(whole, authors=tuple(name for name in whole.authors if name != whole.site) or whole.authors)


_ARTICLE_TYPES = re.compile(r"Article|BlogPosting|Report$|LiveBlog|Review$|PressRelease")


def _from_json_ld(tree: HtmlElement) -> Metadata:
    nodes = [node for node in _json_ld_nodes(tree) if _ARTICLE_TYPES.search(_types(node))]
    own = _own_first(tree, nodes)
    if nodes and not own:  # trafilatura would read it too
        for script in _json_ld_scripts(tree):
            script.text = None
    for node in own:
        types = _types(node)
        return Metadata(
            title=_headline(node),
            authors=_names(node.get("author")),
            published=any_date(node.get("datePublished")),
            modified=any_date(node.get("dateModified")),
            site=next(iter(_names(node.get("publisher"))), None),
            url=_node_address(node),
            language=_text(next(iter(_as_list(node.get("inLanguage"))), None)),
            genre=_genre(
                [*map(str, _as_list(node.get("genre"))), *map(str, _as_list(node.get("articleSection"))), types]
            ),
            for_subscribers=str(node.get("isAccessibleForFree", "")).lower() in ("false", "no"),
        )
    return Metadata()


def _types(node: dict[str, Any]) -> str:
    return " ".join(map(str, _as_list(node.get("@type"))))


def _own_first(tree: HtmlElement, nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of the page's address, else those with its title; none, if all have another address and title."""
    address = _address(_canonical(tree))
    titles = [title for title in map(_visible, tree.iter("h1", "title")) if title]
    titled = [node for node in nodes if any(is_like(_headline(node) or "", title) for title in titles)]
    placed = [node for node in nodes if address and _path(_node_address(node)) == _path(address)]
    if placed or titled:
        return [*placed, *titled]
    return [node for node in nodes if not titles or not address or _node_address(node) is None]


def _headline(node: dict[str, Any]) -> str | None:
    return _text(node.get("headline")) or _text(node.get("name"))


def _node_address(node: dict[str, Any]) -> str | None:
    return _address(node.get("mainEntityOfPage")) or _address(node.get("url"))


def _path(address: str | None) -> str | None:
    return re.sub(r"[?#].*|/$", "", address.partition("//")[2].partition("/")[2]) if address else None


def _json_ld_nodes(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in _json_ld_scripts(tree):
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _nodes(data)


def _json_ld_scripts(tree: HtmlElement) -> list[HtmlElement]:
    return [script for script in tree.iter("script") if "ld+json" in (script.get("type") or "").lower()]


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """The nodes of a JSON-LD document, whether alone, in a list or in a graph."""
    for node in _as_list(data):
        if isinstance(node, dict):
            yield node
            yield from (inner for inner in _as_list(node.get("@graph")) if isinstance(inner, dict))


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str | None:
    """A value as one line of clean text, markup and entities resolved."""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    if not isinstance(value, str) or not value.strip():
        return None
    if "&" in value or "<" in value:
        from html import unescape

        value = re.sub(r"</?[a-zA-Z][^<>]*>", "", unescape(value))
    return " ".join(plain(value).split()) or None


def _names(value: Any) -> tuple[str, ...]:
    names = (_text(item.get("name") if isinstance(item, dict) else item) for item in _as_list(value))
    return _people(name for name in names if name)


def _people(names: Iterable[str]) -> tuple[str, ...]:
    """The people that these values name, without addresses."""
    return people(name for name in names if "://" not in name and not name.startswith("@"))


def _address(value: Any) -> str | None:
    value = (value.get("@id") or value.get("url")) if isinstance(value, dict) else value
    return plain(value) if isinstance(value, str) and value.startswith(("http://", "https://")) else None


def _host(address: str) -> str | None:
    """The host of an address, alike for the versions of a page for computers and telephones."""
    try:
        host = urlsplit(address).hostname
    except ValueError:  # a bracket that opens no IPv6 address
        return None
    return re.sub(r"^(?:www|m|mobile|amp)\.", "", host) if host else None


LABEL_LINES = 3
"""Lines above the title among which one says of what genre the text is."""


def labelled_genre(above: Sequence[str], title: str | None) -> str | None:
    """The genre that a line of its own right above the title names, or the title itself before a colon or a bar."""
    opening = re.match(r"[^:|]{3,30}(?=\s?[:|]\s)", title or "")
    labels = [*reversed(above[-LABEL_LINES:]), opening[0] if opening else ""]
    found = (_labels().fullmatch(label.strip(" :|[]()-–—")) for label in labels)
    return next((match.lastgroup for match in found if match), None)


@cache
def _labels() -> re.Pattern[str]:
    genres = language_of(ALL).genres.labels
    return re.compile("|".join(f"(?P<{genre}>{'|'.join(words)})" for genre, words in genres if words), re.IGNORECASE)


def _genre(words: Iterable[str]) -> str | None:
    given = list(words)
    return next((genre for genre, pattern in _declared() if any(map(pattern.search, given))), None)


@cache
def _declared() -> tuple[tuple[str, re.Pattern[str]], ...]:
    genres = language_of(ALL).genres.declared
    return tuple((genre, re.compile("|".join(words), re.IGNORECASE)) for genre, words in genres if words)


def _from_meta(tree: HtmlElement) -> Metadata:
    found: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if name and meta.get("content"):
            found.setdefault(name, []).append(meta.get("content"))

    def first(*names: str) -> str | None:
        return next((found[name][0] for name in names if name in found), None)

    authors = next(
        (found[n] for n in ("author", "article:author", "parsely-author", "dc.creator", "byl") if n in found), []
    )
    return Metadata(
        title=_text(first("og:title", "twitter:title", "parsely-title", "dc.title")),
        authors=_people(name for name in map(_text, authors) if name),
        published=any_date(
            first("article:published_time", "datepublished", "date", "dc.date", "parsely-pub-date", "pubdate")
        ),
        modified=any_date(first("article:modified_time", "og:updated_time", "datemodified", "last-modified")),
        site=_text(first("og:site_name", "application-name", "publisher")),
        url=_address(_canonical(tree)) or _address(first("og:url")),
        language=tree.get("lang")
        or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
        or first("og:locale", "content-language"),
        genre=_genre(found.get("article:section", [])),
    )


def _site_name(tree: HtmlElement) -> str | None:
    """What the site calls itself: a publisher may be its owner, or an agency."""
    named = (meta for meta in tree.iter("meta") if (meta.get("property") or meta.get("name")) == "og:site_name")
    return next(filter(None, (_text(meta.get("content")) for meta in named)), None)


def _canonical(tree: HtmlElement) -> str | None:
    return next(
        (link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"), None
    )


def _from_elements(tree: HtmlElement) -> Metadata:
    headings = [heading for heading in map(_visible, tree.iter("h1")) if heading]
    titles = [title for title in map(_visible, tree.iter("title")) if title]
    times = times_of(tree)
    return Metadata(
        genre=_labelled(tree, headings[0]) if len(headings) == 1 else None,
        title=headings[0] if len(headings) == 1 else titles[0] if titles else None,
        published=times.published,
        modified=times.modified,
    )


def _labelled(tree: HtmlElement, heading: str) -> str | None:
    lines = list(block_lines(tree))
    at = lines.index(heading) if heading in lines else 0
    return labelled_genre(lines[max(0, at - LABEL_LINES) : at], heading)


def _visible(element: HtmlElement) -> str | None:
    return _text(" ".join(block_lines(element)))


def _from_trafilatura(tree: HtmlElement, url: str | None) -> Metadata:
    from trafilatura import extract_metadata

    guess = extract_metadata(tree, default_url=url, extensive=False)  # the extensive search invents dates
    return Metadata(
        title=_text(guess.title),
        authors=_people((guess.author or "").split("; ")),
        published=None if _names_no_day(tree) else any_date(guess.date),
        site=_text(guess.sitename),
        url=_address(guess.url),
    )


_IN_DIGITS = re.compile(
    r"(?<!\d)(?:(?P<year>\d{4})([-/.])(?P<a>\d\d)\2(?P<b>\d\d)|(?P<c>\d\d)([-/.])(?P<d>\d\d)\6(?P<last>\d{4}))(?!\d)"
)


def _names_no_day(tree: HtmlElement) -> bool:
    """Whether there is a date such as 2024-02-30 in the page: it is made a day of that month where dates are guessed,
    or the guess is that of another text."""
    from lxml import etree

    return any(map(_is_no_day, _IN_DIGITS.finditer(etree.tostring(tree, encoding="unicode"))))


def _is_no_day(date: re.Match[str]) -> bool:
    year = int(date["year"] or date["last"])
    first, second = int(date["a"] or date["c"]), int(date["b"] or date["d"])
    months = [
        (month, day) for month, day in ((first, second), (second, first)) if 1 <= month <= 12 and 1 <= day <= 31
    ]
    return bool(months) and not any(iso_of(year, month, day) for month, day in months)


@dataclass(frozen=True, slots=True)
class Preamble:
    """What stands above a text: where it ends, and what it says of the text."""

    end: int
    metadata: Metadata
