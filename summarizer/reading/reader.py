"""One source in, one Article out."""

from __future__ import annotations

from dataclasses import replace
from itertools import dropwhile
from typing import TYPE_CHECKING

from summarizer.article import Article, Removed, Sentence
from summarizer.errors import SourceEmpty, SourceUnsupported
from summarizer.reading.article_status import article_status
from summarizer.reading.characters.decoding import decode, normalise
from summarizer.reading.characters.offset_map import PARAGRAPH_BREAK, Edit, MappedText
from summarizer.reading.extract import Extract
from summarizer.reading.header.metadata import Metadata
from summarizer.reading.language import detect_language
from summarizer.reading.pasted.line_context import is_prose
from summarizer.reading.pasted.line_rules import PageLine, is_call
from summarizer.reading.sentences import split_sentences
from summarizer.reading.source.content_type import Kind, kind_of, refuse_binary
from summarizer.reading.source.raw_source import RawSource, Source, open_source
from summarizer.text.instructions.prompt_injection import without_instructions

if TYPE_CHECKING:
    from summarizer.reading.mail import Mail


def read_article(
    source: Source,
    *,
    kind: Kind | None = None,
    url: str | None = None,
    raw: bool = False,
    allow_private_hosts: bool = False,
) -> Article:
    """The article in a file, a page, a text or bytes: clean text, numbered sentences, and what the source says of it.

    A Path is a file. A string is the text itself, or one http or https address, which is fetched; from private hosts
    only if `allow_private_hosts`. It is never the name of a file. What kind of content it is (plain
    text, Markdown, HTML, mail) is told by the content unless `kind` says it. `url` is where the content comes from;
    that of a fetched page is known. With `raw` nothing is removed as junk: all that a reader sees is the article,
    menus and comments too.

    Raises ReadingError: SourceNotFound, SourceEmpty, SourceUnsupported, which says what was found, or that `kind` is
    none, and for addresses SourceUnreachable, SourceRefused or AddressNotAllowed.
    """
    if kind is not None and kind not in _READERS:
        raise SourceUnsupported(f"there is no kind {kind!r}: give one of {', '.join(_READERS)}, or none at all.")
    given = open_source(source, allow_private_hosts=allow_private_hosts)
    refuse_binary(given)
    return _article(_READERS[kind or kind_of(given)](given, url, raw))


def _read_text(given: RawSource, url: str | None, raw: bool) -> Extract:
    from summarizer.reading.characters.entities import unescaped

    return _pasted(Extract(unescaped(_normalised(given)), Metadata(url=url or given.url)), raw)


def _read_markdown(given: RawSource, url: str | None, raw: bool) -> Extract:
    from summarizer.reading.markdown import render

    return _pasted(render(_normalised(given)).known_as(Metadata(url=url or given.url)), raw)


def _read_html(given: RawSource, url: str | None, raw: bool) -> Extract:
    from summarizer.reading.page.html import declared_charset, read_page

    decoded = decode(given.content, given.charset or declared_charset(given.content))
    page = read_page(decoded, name=given.name, url=url, raw=raw)
    return replace(page, metadata=page.metadata.fetched_from(given.url)) if given.url and not url else page


def _read_mail(given: RawSource, url: str | None, raw: bool) -> Extract:
    from summarizer.reading.mail import read_mail

    mail = read_mail(given.content, name=given.name)
    read = _text_of(mail, raw) if mail.kind == "text" else _page_of(mail, given.name, url, raw)
    return read.known_as(Metadata(url=url or given.url)).behind(mail.removed)


def _text_of(mail: Mail, raw: bool) -> Extract:
    from summarizer.reading.forwarded import forwarding
    from summarizer.reading.mail import without_signature

    text = without_signature(normalise(mail.content))
    passed_on = forwarding(text.text)
    if passed_on is None:
        return _pasted(Extract(text, mail.metadata), raw)
    text = text.edit([Edit(0, passed_on.end, rule="forwarding")])
    return _pasted(Extract(text, passed_on.metadata.or_else(mail.metadata)), raw)


def _page_of(mail: Mail, name: str, url: str | None, raw: bool) -> Extract:
    from summarizer.reading.forwarded import forwarding
    from summarizer.reading.mail import seen_text
    from summarizer.reading.page.html import read_page

    page = read_page(mail.content, name=name, url=url, raw=raw)
    if mail.is_page:
        return replace(page, metadata=page.metadata.or_else(mail.metadata))
    page, seen = page.known_as(mail.metadata), seen_text(mail)
    passed_on = forwarding(seen)
    if passed_on is None:
        return page
    head = seen[: passed_on.end]
    body = PARAGRAPH_BREAK.join(dropwhile(head.__contains__, page.body.text.split(PARAGRAPH_BREAK)))
    removed = (*page.body.removed, Removed("forwarding", head.strip()))
    return Extract.unmapped(body, passed_on.metadata.or_else(page.metadata), removed)


def _pasted(source: Extract, raw: bool) -> Extract:
    from summarizer.reading.characters.hard_wraps import unwrap
    from summarizer.reading.pasted.pasted_text import all_lines, clean_lines

    return (all_lines if raw else clean_lines)(unwrap(source.body)).known_as(source.metadata)


def _normalised(given: RawSource) -> MappedText:
    source = normalise(decode(given.content, given.charset))
    if not source.text.strip():
        raise SourceEmpty(f"{given.name} holds no text but characters that nobody sees.")
    return source


_READERS = {"text": _read_text, "markdown": _read_markdown, "html": _read_html, "email": _read_mail}


def _article(read: Extract) -> Article:
    body, metadata = read.body, read.metadata
    language = detect_language(body.text, metadata.language)
    judged = article_status(body.text, body.removed, for_subscribers=metadata.for_subscribers)
    sentences = split_sentences(body.text, language)
    article = Article(
        text=body.text,
        sentences=sentences,
        doubtful=frozenset(s.number for s in sentences if s.paragraph in read.doubtful or _is_call(body.text, s)),
        title=metadata.title,
        authors=metadata.authors,
        published=metadata.published,
        modified=metadata.modified,
        site=metadata.site,
        url=metadata.url,
        language=language,
        genre=metadata.genre,
        status=judged.status,
        status_reason=judged.reason,
        removed=tuple(map(_judged, body.removed)),
        original=body.original,
        segments=body.segments,
    )
    return without_instructions(article)


def _judged(entry: Removed) -> Removed:
    seen = not entry.rule.startswith(("char.", "hidden."))
    return replace(entry, is_prose=True) if seen and is_prose(PageLine(0, len(entry.text), entry.text)) else entry


def _is_call(text: str, sentence: Sentence) -> bool:
    return is_call(PageLine(sentence.start, sentence.end, text[sentence.start : sentence.end]))
