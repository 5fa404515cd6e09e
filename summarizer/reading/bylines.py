"""Lines that name the authors of a text: `By Ann Byrd and Jo Li | The Lighthouse`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from summarizer.languages import alternatives, table, with_table

LONGEST_BYLINE = 16
"""Words."""

_PARTICLES = r"(?:da|de|del|della|den|der|di|do|dos|du|e|el|al|bin|ibn|la|le|ten|ter|van|von|y|zu)"
_NAME_WORD = r"[^\W\d_a-zß-öø-ÿ][\w.'’\u0900-\u0dff-]*"
_NAME = re.compile(rf"{_NAME_WORD}(?:\s++(?:{_PARTICLES}\s++)*+{_NAME_WORD}){{0,4}}")
_AFTER_NAMES = re.compile(r"(?<!\s)(?:\s++(?:[–—-]\s|(?:in|for|at|on)\s|\d)|\s*+[|•·(]|\s{3,})|\u3000")
_PARTS = re.compile(r"[|•·\u3000\t]|(?<=\s)[–—-](?=\s)|\s{3,}|(?<=[\u3400-\u9fff])\s(?=[\u3400-\u9fff]{2,4}[\s:：])")

_BARE_WORD = r"[^\W\d_a-zß-öø-ÿ](?:[^\W\d_A-Z]+|[^\W\d_a-zß-öø-ÿ]+)(?:['’-][^\W\d_]+)*"
_BARE_NAME = re.compile(
    rf"(?P<name>{_BARE_WORD}(?:\s+(?:[^\W\d_a-z]\.|{_PARTICLES}))*(?:\s+{_BARE_WORD}){{1,2}})"
    r"(?:,?\s+(?:in|en|à|em|a|i|w)\s+[^\W\d_a-z][\w' -]{2,30})?"
)


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
            joints = "|".join(map(re.escape, words["and"]))
            found.append(
                _Byline(
                    re.compile(_opening(words["by"]), re.IGNORECASE),
                    re.compile(rf"(?<!\s)(?:\s*+[,、]\s*+(?:(?:{joints})\s++)?|\s++(?:{joints})\s++)", re.IGNORECASE),
                )
            )
    return tuple(found)


def _opening(phrases: Iterable[str]) -> str:
    """Words that need a colon in their table need one in the line."""
    return "|".join(
        rf"{re.escape(phrase[:-1])}\s?:\s*" if phrase.endswith(":") else rf"{re.escape(phrase)}(?::\s*|\s+)"
        for phrase in phrases
    )


def names_in_byline(line: str) -> tuple[str, ...]:
    """The names in `By Ann Byrd and Jo Li`, or in a part of the line that is apart from the rest; none if the line is
    no byline."""
    if len(line.split()) > LONGEST_BYLINE or re.search(r"[.!?]$", line):
        return ()
    parts = [line, *_PARTS.split(line)]
    return next((names for part in parts if (names := _named(part.strip().replace("：", ":")))), ())


def _named(line: str) -> tuple[str, ...]:
    for byline in _bylines():
        opening = byline.opening.match(line)
        if opening:
            named = _AFTER_NAMES.split(line[opening.end() :], maxsplit=1)[0].strip(" ,;:")
            names = byline.joints.split(_office().sub("", named))
            if names and all(_NAME.fullmatch(name) for name in names):
                return tuple(
                    dict.fromkeys(name for name in names if len(names) == 1 or name.lower() not in _agencies())
                )
    return ()


@cache
def _office() -> re.Pattern[str]:
    """What an author does, behind the name: `, health editor`."""
    return re.compile(rf",\s+(?:[^\W\d_A-Z][\w-]*\s+){{0,3}}(?:{alternatives('paste', 'offices')})$")


def is_bio(line: str, authors: Sequence[str]) -> bool:
    """Whether it says who an author is: `Ann Byrd is a columnist. She lives in Oslo.`"""
    said = line.lstrip("•*-–—( ")
    named = next((author for author in authors if said.startswith(author)), None)
    return named is not None and bool(_bio().match(said[len(named) :]))


@cache
def _bio() -> re.Pattern[str]:
    return re.compile(rf",?\s+(?:{alternatives('paste', 'bio')})", re.IGNORECASE)


@cache
def _agencies() -> frozenset[str]:
    return frozenset(table("mul", "paste")["agencies"])


def opens_as_byline(line: str) -> bool:
    """Whether it begins as a byline does, whoever it names: `By our correspondents in Oslo`."""
    return len(line.split()) <= LONGEST_BYLINE and any(byline.opening.match(line) for byline in _bylines())


def bare_name(line: str) -> str | None:
    """The name in a line that is nothing but one, or one and a place: `Ann Byrd`, `Ann Byrd in Oslo`."""
    match = _BARE_NAME.fullmatch(line.strip())
    return match["name"] if match else None
