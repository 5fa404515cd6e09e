"""A mail (.eml): its text part, else its HTML part, with subject, sender and date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.utils import getaddresses, parsedate_to_datetime
from typing import Literal

from summarizer.errors import SourceUnsupported
from summarizer.reading.metadata import Metadata, iso_date
from summarizer.reading.text import Decoded, decode, plain
from summarizer.reading.traced import Edit, Traced


@dataclass(frozen=True, slots=True)
class Mail:
    """The part of a mail that is read, and what its headers say."""

    content: Decoded
    kind: Literal["text", "html"]
    metadata: Metadata


def read_mail(content: str | bytes, *, name: str = "the mail") -> Mail:
    """The part of a mail that a reader reads.

    Raises SourceUnsupported, naming what it holds, when it has neither a text nor an HTML part.
    """
    raw = content.encode("utf-8", "replace") if isinstance(content, str) else content
    message = message_from_bytes(raw, policy=policy.default)
    part = message.get_body(("plain", "html")) if isinstance(message, EmailMessage) else None
    if part is None or not _payload(part).strip():
        part = message.get_body(("html",)) if isinstance(message, EmailMessage) else None
    if part is None or not _payload(part).strip():
        held = ", ".join(sorted({inner.get_content_type() for inner in message.walk() if not inner.is_multipart()}))
        raise SourceUnsupported(
            f"{name} is a mail without text: it holds {held}. Save the attachment and give its text."
        )
    kind: Literal["text", "html"] = "html" if part.get_content_subtype() == "html" else "text"
    return Mail(decode(_payload(part), part.get_content_charset()), kind, _headers(message))


def without_signature(text: Traced) -> Traced:
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
    return Metadata(
        title=_subject(_header(message, "Subject")) or None,
        authors=tuple(name or address for name, address in senders if name or address),
        published=_sent(_header(message, "Date")),
    )


def _subject(value: str) -> str:
    """The subject without `Re:` and `Fwd:`."""
    answered = _ANSWERED.match(value)
    return value[answered.end() :] if answered else value


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(plain(str(message.get(name, ""))).split())
    except (MessageError, ValueError, IndexError, AttributeError):  # the stdlib parser trips over some broken headers
        return ""


def _sent(value: str) -> str | None:
    try:
        return iso_date(parsedate_to_datetime(value).isoformat())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
