"""Lines that name the authors of a text: `By Ann Byrd and Jo Li | The Lighthouse`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from summarizer.languages.language import ALL, alternatives, language_of, languages
from summarizer.text.words import any_of

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
    for words in (language.paste for language in languages()):
        if words.by:
            joints = any_of(words.joints)
            found.append(
                _Byline(
                    re.compile(_opening(words.by), re.IGNORECASE),
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
    return re.compile(
        rf",\s+(?:[^\W\d_A-Z][\w-]*\s+){{0,3}}(?:{alternatives(lambda language: language.paste.offices)})$"
    )


def is_bio(line: str, authors: Sequence[str]) -> bool:
    """Whether it says who an author is: `Ann Byrd is a columnist. She lives in Oslo.`"""
    said = line.lstrip("•*-–—( ")
    named = next((author for author in authors if said.startswith(author)), None)
    return named is not None and bool(_bio().match(said[len(named) :]))


@cache
def _bio() -> re.Pattern[str]:
    return re.compile(rf",?\s+(?:{alternatives(lambda language: language.paste.bio)})", re.IGNORECASE)


@cache
def _agencies() -> frozenset[str]:
    return language_of(ALL).paste.agencies


def opens_as_byline(line: str) -> bool:
    """Whether it begins as a byline does, whoever it names: `By our correspondents in Oslo`."""
    return len(line.split()) <= LONGEST_BYLINE and any(byline.opening.match(line) for byline in _bylines())


def bare_name(line: str) -> str | None:
    """The name in a line that is nothing but one, or one and a place: `Ann Byrd`, `Ann Byrd in Oslo`."""
    match = _BARE_NAME.fullmatch(line.strip())
    return match["name"] if match else None


def people(values: Iterable[str]) -> tuple[str, ...]:
    """The names in values that say who wrote a text: without `By`, offices and dates, several in one parted, each
    once. A value of nothing else counts where there is no better one."""
    named = [name for value in values for name in _in_value(" ".join(value.split()))]
    persons = [name for name in named if not is_office(name)]
    return tuple(dict.fromkeys(persons))


def _in_value(value: str) -> Iterator[str]:
    value = _about_dates().split(_without_opening(value), maxsplit=1)[0]
    for part in re.split(r"(?<!\s)\s*+[|•·;]\s*+|(?<!\s)\s++[/–—-]\s++", value):
        head, _, rest = part.strip(" ,;:").partition(",")
        name = head if _is_of_outlet(rest.strip(), head) else part.strip(" ,;:")
        if name:
            yield from _parted(name if is_office(name) else _without_office(name))


_SUFFIXES = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii"))


def _is_of_outlet(text: str, name: str) -> bool:
    """Whether what stands behind a name and a comma says what he does, or where: `AP National Political Writer`."""
    words = text.split()
    if not words or len(words) > 6 or words[0].lower() in _SUFFIXES:
        return False
    is_sign = len(words) <= 3 and len(words[0]) > 1 and words[0].isupper() and not name.isupper() and " " in name
    return is_sign or any(is_office(" ".join(words[i:])) for i in range(len(words)))


def _without_opening(value: str) -> str:
    """The value without `By`, and without `Author` or the like also where its colon is lost."""
    match = _any_opening().match(value)
    rest = value[match.end() :] if match else ""
    is_common = match is not None and match[0].strip().lower() in _alone()
    is_opening = match is not None and (":" in match[0] or (rest[:1].isupper() and (" " in rest or is_common)))
    return rest if is_opening else value


@cache
def _alone() -> frozenset[str]:
    return frozenset(word for language in languages() for word in language.paste.by_alone)


@cache
def _any_opening() -> re.Pattern[str]:
    openings = any_of({phrase.rstrip(":") for language in languages() for phrase in language.paste.by})
    return re.compile(rf"(?:{openings})(?:\s*[:：]\s*|\s+)", re.IGNORECASE)


def _without_office(name: str) -> str:
    """`Ines Varga Senior Reporter` without what she does."""
    words = name.split()
    behind = (
        count for count in range(2, len(words)) if len(words) - count <= 3 and is_office(" ".join(words[count:]))
    )
    return " ".join(words[: next(behind, len(words))])


def _parted(value: str) -> tuple[str, ...]:
    """The names of `Ann Byrd, Jo Li and Max Ode`; a value that is not all full names stays one."""
    for byline in _bylines():
        names = [name for name in byline.joints.split(value) if name]
        persons = [name for name in names if not is_office(name)]
        if len(names) > 1 and persons and all(_is_full(name) for name in persons):
            return tuple(persons)
    return (value,)


def _is_full(name: str) -> bool:
    return (bool(_NAME.fullmatch(name)) and " " in name) or name.lower() in _agencies()


@cache
def _of_office() -> re.Pattern[str]:
    return re.compile(
        rf"(?:our |the |from our )?(?:[\w-]+\s+){{0,2}}(?:{alternatives(lambda language: language.paste.offices)})s?"
        r"(?:,?\s+(?:in|at|for|of)\s.*|,.*)?",
        re.IGNORECASE,
    )


def is_office(text: str) -> bool:
    """Whether it says what an author does and not who he is: `Energy correspondent`, `Our reporter in Oslo`."""
    return bool(_of_office().fullmatch(text))


@cache
def _about_dates() -> re.Pattern[str]:
    labels = any_of({word for language in languages() for word in language.paste.published + language.paste.modified})
    return re.compile(rf"(?:^|(?<![\s,;|(–—-])[\s,;|(–—-]++)(?:{labels})\b.*|(?<!\s)\s++\d.*", re.IGNORECASE)
