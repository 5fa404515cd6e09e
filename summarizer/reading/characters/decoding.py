"""Bytes to clean characters: any charset decoded, what no reader sees taken out, one form for the rest."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from summarizer.reading.characters.encoding_repair import fix_encoding
from summarizer.reading.characters.offset_map import Edit, MappedText
from summarizer.reading.language import language_score

REPLACEMENT = "\ufffd"
REACH_OF_COMPOSITION = "\u0300"  # no character before it changes one that stands before it

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its BOM begins with the other's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Labels mean the superset that is really in use, as browsers read them (WHATWG Encoding Standard).
_SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "tis-620": "cp874",
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """Decoded text and its charset. `lossy` when some bytes had to be replaced by U+FFFD."""

    text: str
    charset: str
    lossy: bool = False


def decode(data: str | bytes, declared: str | None = None) -> Decoded:
    """The text of `data`: by its byte order mark, as UTF-8, by its declared charset, else by its bytes' looks. A text
    is its own."""
    if isinstance(data, str):
        return Decoded(data, "utf-8")
    for bom, charset in _BOMS:
        if data.startswith(bom):
            return _replacing(data[len(bom) :], charset)
    charsets = ["iso2022_jp"] if b"\x1b$" in data else []
    charsets += [charset for charset in (_unmarked_utf16(data), "utf-8", _known(declared)) if charset]
    for charset in charsets:
        try:
            return Decoded(data.decode(charset), charset)
        except UnicodeDecodeError:
            continue
    return _damaged_utf8(data) or _guessed(data)


def _replacing(data: bytes, charset: str) -> Decoded:
    try:
        return Decoded(data.decode(charset), charset)
    except UnicodeDecodeError:
        return Decoded(data.decode(charset, "replace"), charset, lossy=True)


def _known(label: str | None) -> str | None:
    try:
        name = codecs.lookup(label.strip()).name if label else None
    except (LookupError, ValueError):
        return None
    return _SUPERSETS.get(name, name) if name else None


def _unmarked_utf16(data: bytes) -> str | None:
    """Text of mostly Latin letters in UTF-16 has a NUL in every second byte."""
    sample = data[:4000]
    half = len(sample) // 2
    if half and sample[1::2].count(0) > 0.4 * half and sample[::2].count(0) < 0.05 * half:
        return "utf-16-le"
    if half and sample[::2].count(0) > 0.4 * half and sample[1::2].count(0) < 0.05 * half:
        return "utf-16-be"
    return None


def _damaged_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with a few broken bytes, as a cut or spliced file has."""
    text = data.decode("utf-8", "replace")
    whole = sum(character > "\x7f" for character in text) - text.count(REPLACEMENT)
    return Decoded(text, "utf-8", lossy=True) if whole > 5 * text.count(REPLACEMENT) else None


def _guessed(data: bytes) -> Decoded:
    """By charset-normalizer; but it takes Western text for Central European, so language has a say."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:GUESSED_FROM]).best()
    if best is None:
        return _replacing(data, "cp1252")
    guess, western = _replacing(data, _SUPERSETS.get(best.encoding, best.encoding)), _replacing(data, "cp1252")
    if guess.charset in _EAST_ASIAN or western.lossy:
        return guess
    return max(guess, western, key=lambda reading: language_score(reading.text))


GUESSED_FROM = 200_000
"""Bytes that a charset is guessed from."""
_EAST_ASIAN = frozenset(("cp932", "cp949", "gb18030", "big5hkscs", "euc_jp", "johab"))

_LINE_ENDS = dict.fromkeys(map(ord, "\r\x0b\x0c\x85\u2028\u2029"), "\n")
_SPACES = dict.fromkeys(
    map(ord, "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"), " "
)
_SPACING = _LINE_ENDS | _SPACES
_TO_SPACE = re.compile(f"[{''.join(map(chr, _SPACING))}]")
_UNREADABLE = re.compile(f"{REPLACEMENT}+")
_SURROGATE = re.compile("[\ud800-\udfff]")

_UNSEEN = re.compile(
    "(?P<control>[\x00-\x08\x0e-\x1f\x7f-\x9f\ufff9-\ufffb]+)"
    "|(?P<bidi>[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+)"
    "|(?P<zero_width>[\u200b\u2060-\u2065\u206a-\u206f\ufeff]+)"
    "|(?P<tag>[\U000e0000-\U000e007f]+)"
    "|(?P<soft_hyphen>\xad+)"
)
_MAYBE_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e01ef]"
)
"""Any character of these two patterns: most texts have none, and one class is searched ten times as fast."""
# A variation selector chooses a glyph; a second one in a row chooses nothing, and runs of them smuggle text.
_SELECTORS = re.compile(
    "(?<=[\ufe00-\ufe0f\U000e0100-\U000e01ef])(?P<variation>[\ufe00-\ufe0f\U000e0100-\U000e01ef]+)"
)


_DATA = re.compile(
    r"(?<=\bdata:)[\w.+-]{1,60}/[\w.+-]{1,60}(?:;[\w.=-]{1,60}){0,4},"
    r"(?:(?:[A-Za-z0-9+/]{40,}+(?:\r?\n(?=[A-Za-z0-9+/]{40}))?)++[A-Za-z0-9+/]*+={0,2}|[^\s\"'()<>]{500,})"
)
"""What is in an address such as `data:image/png;base64,iVBORw0...`: a picture, and no text."""


def without_data(text: str) -> str:
    """The text without the pictures and fonts that are in its addresses."""
    return _DATA.sub("", text) if "data:" in text else text


def normalise(decoded: Decoded) -> MappedText:
    """The text with line feeds and plain spaces only, without characters that no reader sees and without data that is
    in addresses, in NFC."""
    text = _SURROGATE.sub(REPLACEMENT, decoded.text)
    source = MappedText.of(text)
    if decoded.lossy or text != decoded.text:
        source = replace(
            source,
            removed=tuple(source.listed("char.undecodable", *run.span()) for run in _UNREADABLE.finditer(text)),
        )
    source = fix_encoding(source)
    edits = [Edit(match.start(), match.start() + 1) for match in re.finditer("\r\n", source.text)]
    seen = source.edit(edits)
    if _TO_SPACE.search(seen.text):
        seen = seen.translated(_SPACING)
    if "data:" in seen.text:
        seen = seen.edit(Edit(*data.span(), rule="data_address") for data in _DATA.finditer(seen.text))
    for unseen in (_UNSEEN, _SELECTORS) if _MAYBE_UNSEEN.search(seen.text) else ():
        seen = seen.edit(Edit(*match.span(), rule=f"char.{match.lastgroup}") for match in unseen.finditer(seen.text))
    return _composed(seen)


def plain(text: str) -> str:
    """`text` normalised, where nobody asks for the way back."""
    return normalise(decode(text)).text


def _composed(source: MappedText) -> MappedText:
    if unicodedata.is_normalized("NFC", source.text):
        return source
    return source.edit(_compositions(source.text))


def _compositions(text: str) -> Iterator[Edit]:
    for word in re.finditer(r"\S+", text):
        if unicodedata.is_normalized("NFC", word[0]):
            continue
        for start, end in _clusters(text, *word.span()):
            composed = unicodedata.normalize("NFC", text[start:end])
            if composed != text[start:end]:
                yield Edit(start, end, composed)


def _clusters(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The smallest stretches of a word that NFC treats on their own."""
    first = start
    for at in range(start + 1, end):
        if not _combines(text, first, at):
            yield first, at
            first = at
    yield first, end


def _combines(text: str, first: int, at: int) -> bool:
    """Whether the character at `at` may change, or be changed by, the cluster that begins at `first`."""
    if text[at] < REACH_OF_COMPOSITION:
        return False
    if unicodedata.combining(text[at]):
        return True
    cluster, character = text[first:at], text[at]
    apart = unicodedata.normalize("NFC", cluster) + unicodedata.normalize("NFC", character)
    return unicodedata.normalize("NFC", cluster + character) != apart
