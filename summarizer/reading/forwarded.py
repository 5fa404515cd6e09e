"""What stands above the text of a mail that was passed on: a note, and the header of the mail it was."""

from __future__ import annotations

import re
from email.utils import getaddresses
from functools import cache

from summarizer.article import count_words
from summarizer.languages.language import ALL, language_of
from summarizer.reading.header.metadata import Metadata, Preamble
from summarizer.reading.header.timestamps import any_date

FIELDS = ("sender", "sent", "subject", "other")
FEWEST_FIELDS = 3
"""Lines such as `Subject: ...` in a row that are the header of a mail."""
LONGEST_NOTE = 0.5
"""The words above it, as a share of those below, with which a mail is still passed on and not answered."""


def forwarding(text: str) -> Preamble | None:
    """The header of the innermost mail that was passed on; None where the text is no such mail."""
    found: Preamble | None = None
    while True:
        start = found.end if found else 0
        header = _header(text, start)
        if header is None or count_words(text[start : header.start()]) > LONGEST_NOTE * count_words(
            text[header.end() :]
        ):
            return found
        found = Preamble(header.end(), _said(header[0]))


def _header(text: str, start: int) -> re.Match[str] | None:
    return next((match for match in _block().finditer(text, start) if _is_header(match[0])), None)


def _is_header(block: str) -> bool:
    names = {_name(match) for match in _field().finditer(block)}
    return "sender" in names and len(names) >= FEWEST_FIELDS


def _name(field: re.Match[str]) -> str:
    return next(name for name in FIELDS if field[name])


@cache
def _field() -> re.Pattern[str]:
    named = "|".join(f"(?P<{name}>{'|'.join(words)})" for name, words in language_of(ALL).mail if name in FIELDS)
    return re.compile(rf"^[> \t*]*+(?:{named})\s?[*]*+[:：][*]*+[ \t]*+(?P<value>.*+)$", re.IGNORECASE | re.MULTILINE)


@cache
def _block() -> re.Pattern[str]:
    names = "|".join(word for name, words in language_of(ALL).mail if name in FIELDS for word in words)
    line = rf"[> \t*]*+(?:{names})\s?[*]*+[:：].*+(?:\n[ \t]++\S.*+)*+(?:\n(?:[ \t]*+\n)*+|\Z)"
    mark = rf"[> \t*_-]*+(?:{'|'.join(language_of(ALL).mail.forwarded)})\s*+[:：]?[ \t*_-]*+\n(?:[ \t]*+\n)*+"
    return re.compile(rf"^(?:{mark})?(?:{line}){{{FEWEST_FIELDS},10}}", re.IGNORECASE | re.MULTILINE)


def _said(header: str) -> Metadata:
    given: dict[str, str] = {}
    for match in _field().finditer(header):
        given.setdefault(_name(match), match["value"].strip())
    senders = getaddresses([given.get("sender", "")])
    return Metadata(
        title=given.get("subject") or None,
        authors=tuple(name or address for name, address in senders if name or address),
        published=any_date(re.sub(r"(?<!\s)\s++(?:at|um|à|om|kl\.?|às|a las)\s+(?=\d)", " ", given.get("sent", ""))),
    )
