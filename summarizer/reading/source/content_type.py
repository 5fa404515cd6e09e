"""What kind of content it is, told by its server if that is sure, else by the content and only then by its name."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from json import JSONDecoder
from shlex import quote
from typing import Any, Literal

from summarizer.errors import SourceUnsupported
from summarizer.reading.characters.decoding import decode
from summarizer.reading.header.front_matter import front_matter
from summarizer.reading.source.raw_source import RawSource

Kind = Literal["text", "markdown", "html", "email"]

HEAD = 20_000
"""Characters that are looked at: many pages open with long scripts."""

_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x1f\x8b", "gzip-compressed data"),
    (b"BZh", "bzip2-compressed data"),
    (b"\xfd7zXZ", "xz-compressed data"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed data"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"ID3", "an MP3 recording"),
    (b"\xff\xfb", "an MP3 recording"),
    (b"\xff\xf3", "an MP3 recording"),
    (b"\xff\xf1", "an AAC recording"),
    (b"\x1aE\xdf\xa3", "a film (Matroska, WebM)"),
    (b"PAR1", "a Parquet table"),
    (b"%!PS", "a PostScript document"),
    (b"OggS", "an Ogg recording"),
    (b"fLaC", "a FLAC recording"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format 3", "a database"),
    (b"bplist", "a property list"),
)
_INSIDE_ZIP = (
    (b"word/", "a Word document (.docx)"),
    (b"xl/", "a spreadsheet (.xlsx)"),
    (b"ppt/", "a presentation (.pptx)"),
    (b"epub", "an e-book (.epub)"),
    (b"opendocument", "an OpenDocument file"),
)
_ADVICE = "Give its text instead, as plain text, Markdown, HTML or mail (.eml)."


def refuse_binary(given: RawSource) -> None:
    """Raises SourceUnsupported, saying what was found, for anything that is not text."""
    found = _binary(given.content) if isinstance(given.content, bytes) else None
    if found:
        raise SourceUnsupported(f"{given.name} is {found}, which can't be read. {_ADVICE}")


def kind_of(given: RawSource) -> Kind:
    """The kind of a text.

    Raises SourceUnsupported for XML that is no page, such as a news feed, for JSON and for subtitles.
    """
    content = _head(given.content) if isinstance(given.content, bytes) else given.content[:HEAD]
    head = content.lstrip("\ufeff \t\r\n")
    if found := _other_markup(head) or _subtitles(head):
        raise SourceUnsupported(f"{given.name} is {found}, not an article. {_ADVICE}")
    if head.startswith(("{", "[")) and (found := _json(given)):
        raise SourceUnsupported(f"{given.name} is {found}")
    if kind := _SERVED.get(given.media_type or ""):
        return kind
    if _is_mail(head, given.suffix):
        return "email"
    if _is_html(head, given.suffix):
        return "html"
    return "markdown" if _is_markdown(head, given.suffix) else "text"


_SERVED: dict[str, Kind] = {
    # Not text/plain: servers call Markdown, mail and even pages so.
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "message/rfc822": "email",
}


def _head(content: bytes) -> str:
    """The first characters, well enough to tell markup by its ASCII."""
    for mark in (BOM_UTF8, BOM_UTF16_LE, BOM_UTF16_BE):
        content = content.removeprefix(mark)
    is_wide = b"\x00" in content[:200]
    return (
        content[: 2 * HEAD].replace(b"\x00", b"").decode("latin-1") if is_wide else content[:HEAD].decode("latin-1")
    )


def _binary(content: bytes) -> str | None:
    for signature, name in _SIGNATURES:
        if content.startswith(signature) and (len(signature) > 3 or not _is_readable(content)):
            return name
    if content.startswith(b"PK\x03\x04"):
        return next((name for mark, name in _INSIDE_ZIP if mark in content[:4000] + content[-4000:]), "a zip archive")
    if content.startswith(b"RIFF") and content[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return "an image, recording or film (RIFF)"
    if content[4:8] == b"ftyp":
        return "a film or recording (MP4)"
    return None if _is_readable(content) else "binary data"


_CONTROLS = bytes(byte for byte in range(32) if byte < 9 or (byte > 13 and byte != 27))


def _is_readable(content: bytes) -> bool:
    """Whether the bytes can be text: few control characters, unless in the way of UTF-16 and UTF-32."""
    sample = content[:SAMPLE]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return True
    nul, controls = sample.count(0), len(sample) - len(sample.translate(None, _CONTROLS))
    one_sided = min(sample[::2].count(0), sample[1::2].count(0)) < 0.05 * len(sample) and nul > 0.2 * len(sample)
    return controls - (nul if one_sided else 0) <= MOST_CONTROLS[_is_utf8(sample)] * len(sample)


SAMPLE = 4000
"""Bytes by which it is told."""
MOST_CONTROLS = {True: 0.1, False: 0.02}
"""Of the bytes of a text in UTF-8, and of another: of random bytes a tenth are control characters."""


def _is_utf8(sample: bytes) -> bool:
    try:
        getincrementaldecoder("utf-8")().decode(sample)  # the last character may be cut
    except UnicodeDecodeError:
        return False
    return True


def _past_prologue(head: str) -> str:
    """The text without the declaration and the comments it begins with."""
    while True:
        closing = ">" if head.startswith("<?xml") else "-->" if head.startswith("<!--") else None
        if closing is None or closing not in head:
            return head
        head = head.partition(closing)[2].lstrip()


def _other_markup(head: str) -> str | None:
    if re.match(r"<(?:rss|feed|rdf:RDF)\b", _past_prologue(head)):
        return "a news feed"
    if re.match(r"<\?xml[^>]*>\s*<(?!!DOCTYPE html|html\b)[\w:!]", head, re.IGNORECASE):
        return "an XML document"
    return None


_SUBRIP = re.compile(r"\d{1,6}[ \t]*\r?\n\d{1,2}:\d\d:\d\d[,.]\d{1,3}[ \t]*-->")


def _subtitles(head: str) -> str | None:
    is_others = head.startswith(("WEBVTT", "[Script Info]"))
    return "a file of subtitles" if is_others or _SUBRIP.match(head) else None


RECORD_KEYS = frozenset(("article", "status", "run"))
LINE_KEYS = frozenset(("key", "id", "job", "error", "record"))
"""By which a record is known, and a line of a batch."""


def _json(given: RawSource) -> str | None:
    """What to do with JSON, whole or an object a line; None for what only begins like it."""
    text = decode(given.content).text
    try:
        value, end = JSONDecoder().raw_decode(text := text.strip("\ufeff \t\r\n"))
    except (ValueError, RecursionError):
        return None
    rest = text[end:].lstrip(" \t\r")
    if rest and not (isinstance(value, dict) and rest.startswith("\n") and rest.lstrip().startswith("{")):
        return None
    file = quote(given.name) if given.suffix else "FILE"
    if isinstance(value, dict) and value.keys() >= RECORD_KEYS:
        return f"the record of an article, not an article. To see it: summarizer show {file}"
    if isinstance(value, dict) and value.keys() >= LINE_KEYS:
        return f"the output of a batch, not an article. To see a record in it: summarizer show {file} --line 1"
    return (
        "JSON, not an article. Give the text in it alone, or save it with an object a line and name the field of the "
        f"text: summarizer batch FILE.jsonl -o OUT.jsonl --text-field {_longest_field(value) or 'NAME'}"
    )


def _longest_field(value: Any) -> str | None:
    """The field with the longest text of an object, or of the first of a list."""
    row = value[0] if isinstance(value, list) and value else value
    fields = row.items() if isinstance(row, dict) else ()
    return max(((len(text), name) for name, text in fields if isinstance(text, str)), default=(0, None))[1]


_MAIL_HEADER = re.compile(r"^([A-Za-z][A-Za-z0-9-]*):[ \t]", re.MULTILINE)
_ONLY_IN_MAIL = frozenset(("received", "return-path", "delivered-to", "message-id", "mime-version", "dkim-signature"))
_ALSO_IN_MAIL = frozenset(["from", "to", "subject", "date"])


def _is_mail(head: str, suffix: str) -> bool:
    """A block of header lines up to the first blank one, some of which only mail has."""
    block = re.split(r"\r?\n\r?\n", head, maxsplit=1)[0]
    first = block.split("\n", 1)[0]
    if not (_MAIL_HEADER.match(first) or first.startswith("From ")):
        return False
    names = {match[1].lower() for match in _MAIL_HEADER.finditer(block)}
    return bool(names & _ONLY_IN_MAIL or (suffix == ".eml" and names & _ALSO_IN_MAIL))


_HTML_START = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_HTML_BLOCK = re.compile(r"</(?:p|div|article|section|h[1-6]|ul|table|body|html|title|script)\s*>", re.IGNORECASE)
_CODE_FENCE = re.compile(r"^(?:```|~~~)", re.MULTILINE)


def _is_html(head: str, suffix: str) -> bool:
    if _HTML_START.match(_past_prologue(head)):
        return True
    blocks = len(_HTML_BLOCK.findall(head))
    if suffix in (".html", ".htm", ".xhtml"):
        return blocks > 0 or bool(re.search(r"<\w[^<>]*>", head))
    if head.startswith("<") and re.match(r"<[a-z][^>]*>", head, re.IGNORECASE):
        return blocks > 0
    return blocks >= 3 and suffix not in (".md", ".markdown") and not _CODE_FENCE.search(head)


_MARKDOWN_SIGNS = (
    re.compile(r"^#{1,6} \S", re.MULTILINE),
    re.compile(r"^\S.*\n(?:={3,}|-{3,})[ \t]*$", re.MULTILINE),
    re.compile(r"!?\[[^\[\]\n]+\]\([^()\s]+(?:[()]| \"[^\"\n]*\"\))"),
    re.compile(r"\*\*[^*\s][^*\n]*\*\*"),
    re.compile(r"^> \S", re.MULTILINE),
    _CODE_FENCE,
)


def _is_markdown(head: str, suffix: str) -> bool:
    """By its name, fields above its text, two different signs of Markdown, or a heading or links again and again."""
    if suffix in (".md", ".markdown") or front_matter(head):
        return True
    counts = [len(sign.findall(head)) for sign in _MARKDOWN_SIGNS]
    return sum(count > 0 for count in counts) >= 2 or counts[0] >= 2 or counts[2] >= 3
