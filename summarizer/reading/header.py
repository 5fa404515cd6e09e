"""The lines above an article: which of them are its title, its byline and its date."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache

from summarizer.languages import table, with_table
from summarizer.reading.datelines import date_in_line
from summarizer.reading.metadata import Metadata

SHORTEST_TITLE, LONGEST_TITLE = 3, 30
"""Words."""
LEAST_AGREEMENT = 0.3
"""The share of a title's longer words that the article uses too."""
LONGEST_BYLINE = 16


@dataclass(frozen=True, slots=True)
class Header:
    """The rules (title, byline, date) by line number, and what those lines say."""

    rules: Mapping[int, str]
    metadata: Metadata


def read_header(lines: Sequence[str], candidates: Sequence[int], vocabulary: AbstractSet[str]) -> Header:
    """What the lines above the article say. `candidates` are those that no rule took for junk, in order; `vocabulary`
    holds the article's words in lower case."""
    rules: dict[int, str] = {}
    authors: tuple[str, ...] = ()
    published = modified = None
    for number, line in enumerate(lines):
        if not authors and (authors := names_in_byline(line)):
            rules[number] = "byline"
        elif found := date_in_line(line):
            rules[number] = "date"
            published = published or (None if found.is_update else found.date)
            modified = modified or (found.date if found.is_update else None)
    title = _title_line(lines, [number for number in candidates if number not in rules], vocabulary)
    if title is not None:
        rules |= {number: "title" for number in candidates if lines[number] == lines[title]}
    named = lines[title] if title is not None else None
    return Header(rules, Metadata(title=named, authors=authors, published=published, modified=modified))


def _title_line(lines: Sequence[str], candidates: Sequence[int], vocabulary: AbstractSet[str]) -> int | None:
    """The first of those whose words the article takes up most."""
    scores = {number: _agreement(lines[number], vocabulary) for number in candidates if can_be_title(lines[number])}
    best = max(scores, key=lambda number: scores[number], default=None)
    return best if best is not None and scores[best] >= LEAST_AGREEMENT else None


def can_be_title(line: str) -> bool:
    """Whether the line has a title's length and no mark of another kind of line."""
    words = max(len(line.split()), sum(character > "\u2e80" for character in line) // 2)
    return SHORTEST_TITLE <= words <= LONGEST_TITLE and not re.search(r"[.。।:;,]$|www\.|://|@", line)


def _agreement(line: str, vocabulary: AbstractSet[str]) -> float:
    words = content_words(line)
    return sum(word in vocabulary for word in words) / len(words) if words else 0.0


def content_words(text: str) -> list[str]:
    """Words of four letters and more, in lower case; pairs of characters in scripts without spaces."""
    dense = re.findall(r"(?=([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2}))", text)
    return [*re.findall(r"[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{4,}", text.lower()), *dense]


@dataclass(frozen=True, slots=True)
class _Byline:
    opening: re.Pattern[str]
    joints: re.Pattern[str]


@cache
def _bylines() -> tuple[_Byline, ...]:
    """How a byline opens, and how it joins two names, language by language."""
    found = []
    for words in (table(code, "paste") for code in with_table("paste")):
        if "by" in words:
            opening, joints = ("|".join(map(re.escape, words[key])) for key in ("by", "and"))
            found.append(
                _Byline(
                    re.compile(rf"(?:{opening}):?\s+", re.IGNORECASE),
                    re.compile(rf"\s*,\s*(?:(?:{joints})\s+)?|\s+(?:{joints})\s+", re.IGNORECASE),
                )
            )
    return tuple(found)


_PARTICLES = r"(?:da|de|del|della|den|der|di|do|dos|du|el|al|bin|ibn|la|le|ten|ter|van|von|y|zu)"
_NAME_WORD = r"[^\W\d_a-zß-öø-ÿ][\w.'’-]*"
_NAME = re.compile(rf"{_NAME_WORD}(?:\s+(?:{_PARTICLES}\s+)*{_NAME_WORD}){{0,4}}")
_AFTER_NAMES = re.compile(r"\s+[|•·–—-]\s+|\s*[|•·(]|\s+(?:in|for|at|on)\s|\s+\d")


def names_in_byline(line: str) -> tuple[str, ...]:
    """The names in `By Ann Byrd and Jo Li`; none if the line is no byline."""
    if len(line.split()) > LONGEST_BYLINE or re.search(r"[.!?]$", line):
        return ()
    for byline in _bylines():
        opening = byline.opening.match(line)
        if opening:
            names = byline.joints.split(_AFTER_NAMES.split(line[opening.end() :], maxsplit=1)[0].strip(" ,;:"))
            if names and all(_NAME.fullmatch(name) for name in names):
                return tuple(dict.fromkeys(names))
    return ()
