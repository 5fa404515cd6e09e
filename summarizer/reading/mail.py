"""A mail (.eml, .mhtml): its text parts, or its HTML where they say little, with subject, sender and date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.utils import getaddresses, parsedate_to_datetime
from html import escape
from typing import Literal

from summarizer.article import Removed, count_words
from summarizer.errors import SourceUnsupported
from summarizer.reading.characters.decoding import Decoded, decode, plain
from summarizer.reading.characters.offset_map import PARAGRAPH_BREAK, Edit, MappedText
from summarizer.reading.header.bylines import bare_name
from summarizer.reading.header.metadata import Metadata
from summarizer.reading.header.timestamps import iso_date
from summarizer.reading.visible_text import block_lines

STUB_SHARE = 0.4
"""A text part with fewer of the words of its HTML part only says that there is one."""


@dataclass(frozen=True, slots=True)
class Mail:
    """What is read of a mail or a part of it, what its headers say, and which other texts it holds."""

    content: Decoded
    kind: Literal["text", "html"]
    metadata: Metadata = field(default_factory=Metadata)
    removed: tuple[Removed, ...] = ()
    is_page: bool = False
    """Whether a browser saved a page so: its own metadata then go before those of the mail."""

    @property
    def words(self) -> int:
        return count_words(seen_text(self))


def read_mail(content: str | bytes, *, name: str = "the mail") -> Mail:
    """What a reader reads of a mail: its text, or that of the mail attached to it.

    Raises SourceUnsupported, naming what it holds, when it has neither a text nor an HTML part.
    """
    raw = content.encode("utf-8", "replace") if isinstance(content, str) else content
    message = message_from_bytes(raw, policy=policy.default)
    mail = _read(message) if isinstance(message, EmailMessage) else None
    if mail is None:
        held = ", ".join(sorted({inner.get_content_type() for inner in message.walk() if not inner.is_multipart()}))
        raise SourceUnsupported(
            f"{name} is a mail without text: it holds {held}. Save the attachment and give its text."
        )
    return mail


def _read(message: EmailMessage) -> Mail | None:
    """The mail, or the longest of those attached to it if that one says more."""
    own, attached = _own(message), [mail for mail in map(_read, _attached(message)) if mail]
    longest = max(attached, key=lambda mail: mail.words, default=None)
    if own is None or (longest is not None and longest.words > own.words):
        note = (Removed("forwarding", own.content.text.strip()),) if own else ()
        return replace(longest, removed=(*note, *longest.removed)) if longest else None
    return own


def _own(message: EmailMessage) -> Mail | None:
    whole = _joined(list(_parts(message)))
    if whole is None:
        return None
    saved_at = _header(message, "Snapshot-Content-Location")
    is_page = bool(saved_at) or "saved by" in _header(message, "From").lower()
    said = Metadata(title=_subject(_header(message, "Subject")) or None, url=saved_at or None)
    return replace(whole, metadata=said if is_page else _headers(message), is_page=is_page)


def _attached(message: EmailMessage) -> Iterator[EmailMessage]:
    for part in message.walk():
        if part.get_content_type() == "message/rfc822":
            yield from (inner for inner in part.get_payload() if isinstance(inner, EmailMessage))
            return


def _parts(part: MIMEPart) -> Iterator[Mail]:
    """The parts that are read one after the other; of alternatives the text, unless that is a stub."""
    kind = part.get_content_type()
    if kind == "message/rfc822" or part.is_attachment():
        return
    if kind == "multipart/alternative":
        choices = [list(_parts(inner)) for inner in part.iter_parts()]
        yield from _chosen([choice for choice in choices if choice])
    elif part.is_multipart():
        for inner in part.iter_parts():
            yield from _parts(inner)
    elif kind in ("text/plain", "text/html") and _payload(part).strip():
        yield Mail(decode(_payload(part), part.get_content_charset()), "html" if kind == "text/html" else "text")


def _chosen(choices: list[list[Mail]]) -> list[Mail]:
    texts = [choice for choice in choices if all(part.kind == "text" for part in choice)]
    pages = [choice for choice in choices if choice not in texts]
    if not texts or not pages:
        return next(iter(choices), [])
    text, page = texts[0], pages[-1]
    if sum(part.words for part in text) >= STUB_SHARE * sum(part.words for part in page):
        return text
    stub = tuple(Removed("stub", part.content.text.strip()) for part in text)
    return [replace(page[0], removed=(*stub, *page[0].removed)), *page[1:]]


def _joined(parts: list[Mail]) -> Mail | None:
    """All parts as one, HTML if one of them is."""
    if len(parts) < 2:
        return parts[0] if parts else None
    removed = tuple(entry for part in parts for entry in part.removed)
    lossy = any(part.content.lossy for part in parts)
    if all(part.kind == "text" for part in parts):
        whole = PARAGRAPH_BREAK.join(part.content.text.strip("\n") for part in parts)
        return Mail(Decoded(whole, "utf-8", lossy), "text", removed=removed)
    pieces = [part.content.text if part.kind == "html" else _as_html(part.content.text) for part in parts]
    return Mail(Decoded("\n".join(pieces), "utf-8", lossy), "html", removed=removed)


def _as_html(text: str) -> str:
    paragraphs = (paragraph for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip())
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)


def seen_text(part: Mail) -> str:
    """The lines of a mail or a part of it, well enough to count its words and to find a header among them."""
    if part.kind == "text":
        return part.content.text
    from lxml import etree, html

    try:
        page = part.content.text.encode(errors="replace")
        return "\n".join(block_lines(html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8"))))
    except (etree.ParserError, etree.XMLSyntaxError):  # nothing in it
        return ""


def without_signature(text: MappedText) -> MappedText:
    """The text without what stands below the line `-- `, the signature by RFC 3676."""
    mark = _SIGNATURE.search(text.text)
    above = text.text[: mark.start()].strip() if mark else ""
    return text.edit([Edit(mark.start(), len(text.text), rule="signature")]) if mark and above else text


_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_ANSWERED = re.compile(r"(?:\s*(?:fwd?|re|aw|wg|tr|rv|enc|i)\s*:)+\s*", re.IGNORECASE)


def _payload(part: MIMEPart) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _headers(message: EmailMessage) -> Metadata:
    senders = getaddresses([_header(message, "From")])
    named = [_person(name or address) for name, address in senders if name or address]
    subject = _subject(_header(message, "Subject"))
    is_letter = any(_header(message, name) for name in _OF_LETTERS)
    return Metadata(
        title=(_ISSUE.sub("", subject) if is_letter else subject) or None,
        authors=tuple(name for name, _ in named),
        site=next((outlet for _, outlet in named if outlet), None),
        published=_sent(_header(message, "Date")),
    )


_OF_LETTERS = ("List-Id", "List-Unsubscribe", "List-Post")
_ISSUE = re.compile(
    r"^(?:[^:|–—\[\]]{0,50}?[\s,])?\[?"
    r"(?:#|(?:no|nr|vol)\.? ?|issue |edition |ausgabe |n[°ºo]\.? ?|número |numéro |№ ?)\d{1,5}\]?"
    r"(?:\s*[:|–—-]\s+|(?<=\])\s+)",
    re.IGNORECASE,
)
"""`Coast Letter #214: `, `[No. 12] ` before the title of a newsletter."""
_FROM_OUTLET = re.compile(
    r"(?P<name>\S+(?: \S+){1,3}?)(?: (?:from|at|via|von|bei|de|da|van) | [|·–—-] |, | \()(?P<outlet>[^()]{3,60})\)?"
)


def _person(sender: str) -> tuple[str, str | None]:
    """The author and the outlet of `Ann Byrd from Coast Letter`."""
    match = _FROM_OUTLET.fullmatch(sender)
    is_both = match is not None and bare_name(match["name"]) is not None and bare_name(sender) is None
    return (match["name"], match["outlet"]) if match and is_both else (sender, None)


def _subject(value: str) -> str:
    """The subject without `Re:` and `Fwd:`."""
    answered = _ANSWERED.match(value)
    return value[answered.end() :] if answered else value


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(plain(str(message.get(name, ""))).split())
    except (MessageError, ValueError, LookupError, AttributeError, TypeError):  # where the stdlib parser trips
        return ""


def _sent(value: str) -> str | None:
    try:
        return iso_date(parsedate_to_datetime(value).isoformat())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
