"""No regular expression that an article meets takes time that grows with the square of a text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from backtracking import quadratic
from compiled import Compiled, Place, compiled, places

BOUNDED = {
    "summarizer/prompts/files.py": "they meet the files of a prompt, which whoever runs it has written",
    "summarizer/models/": "they meet what a server says, and what it answers has the length that it is asked for",
    "summarizer/evidence.py": "they meet what a model cites, which is as long as an answer may be",
    "summarizer/extractive/language_check.py": "they are compiled to see whether they can be, and meet nothing",
    "summarizer/reading/page/hidden/css/selectors.py": "they meet one selector",
    "summarizer/reading/page/hidden/css/syntax.py": "what is not closed runs to the end of the sheet, which takes it",
}
"""Files whose expressions are left out, with the reason."""


@pytest.fixture(scope="module")
def expressions() -> list[Compiled]:
    return compiled()


def at(place: Place, expressions: list[Compiled]) -> Iterator[tuple[str, int]]:
    """The expressions of a place with their flags: those that were compiled there, or its literal."""
    found = {(expression.pattern, expression.flags) for expression in expressions if place.holds(expression)}
    yield from found or ({(place.literal, 0)} if place.literal is not None else ())


def test_every_place_that_compiles_an_expression_is_known(expressions: list[Compiled]) -> None:
    known = list(places())
    assert [place for place in known if not list(at(place, expressions))] == []
    assert [one for one in expressions if not any(place.holds(one) for place in known)] == []


def test_no_expression_reads_a_text_again_and_again(expressions: list[Compiled]) -> None:
    slow = []
    for place in places():
        if not place.file.startswith(tuple(BOUNDED)):
            for pattern, flags in at(place, expressions):
                if why := quadratic(pattern, flags, searches=place.searches, fills=place.fills):
                    slow.append(f"{place.file}:{place.first}: {pattern[:80]!r}: {why}")
    assert slow == []


@pytest.mark.parametrize(
    "pattern",
    [
        r"\s+$",
        r"\d+x",
        r"\d++x",
        r"(a+)+b",
        r"(?:aa|a)*b",
        r"^a*b?a*c",
        r"<!--.*?-->",
        r"foo(?:.*bar)?",
        r"^\s*\s*x",
        r"\b\w+(?:-\w+)*:",
        r"x(?=[^y]*y)",
        r"(?i:a)[A]*b",
        r"“[^”]*”",
        r"(?m)^[^x]+$",
        r"^\W*[A-Z ]{3,}:",
        r"`+[^`]+`",
    ],
)
def test_what_can_take_long_is_told(pattern: str) -> None:
    assert quadratic(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?<!\s)\s+$",
        r"(?<!\d)\d++x",
        r"\d+",
        r"[A-Z][a-z]*:",
        r"^\s+$",
        r"\b\w+:",
        r"(?<![\w-])\w+(?:-\w+)*:",
        r"x(?!z)",
        r"\w{0,40}:",
        r"^\w++\w",
        r"https?://\S+",
        r"(?m)^-+$",
        r"\S+(?:[^\S\n]+\S+)*",
        r"^\W*+[A-Z][A-Z ]{2,}+:",
        r"(?<!`)`++[^`]++`",
        r"(?<!\d[.,])(?<!\d)\d{1,3}(?:[.,]\d{3})++x",
    ],
)
def test_what_can_not_is_not(pattern: str) -> None:
    assert quadratic(pattern) is None
