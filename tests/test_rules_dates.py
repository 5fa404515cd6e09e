"""Dates in running text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.rules.dates import date_phrase, find_dates

PUBLISHED = "2024-05-15T10:00:00Z"
"""A Wednesday."""


def dates(text: str, language: str = "en", published: str | None = PUBLISHED) -> list[tuple[str, str | None]]:
    return [(text[found.start : found.end], found.iso) for found in find_dates(text, language, published)]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("on 13 April 2022", "2022-04-13"),
        ("on April 13, 2022", "2022-04-13"),
        ("on the 3rd of May 2022", "2022-05-03"),
        ("in April 2022", "2022-04"),
        ("in 2022", "2022"),
        ("on 2022-04-13", "2022-04-13"),
        ("on Dec. 9", "2023-12-09"),
        ("on June 1", "2024-06-01"),
        ("in March", "2024-03"),
        ("on Monday", "2024-05-13"),
        ("on Wednesday", "2024-05-15"),
        ("It will open on Monday", "2024-05-20"),
        ("last Wednesday", "2024-05-08"),
        ("yesterday", "2024-05-14"),
        ("last month", "2024-04"),
        ("last year", "2023"),
    ],
)
def test_as_precise_as_the_text(text: str, iso: str) -> None:
    assert [found for _, found in dates(text)] == [iso]


@pytest.mark.parametrize(
    ("language", "text", "iso"),
    [
        ("de", "am 3. Oktober 2022", "2022-10-03"),
        ("de", "am 3.10.2022", "2022-10-03"),
        ("de", "am Dienstag", "2024-05-14"),
        ("fr", "le 1er juin 1978", "1978-06-01"),
        ("fr", "en juin 1978", "1978-06"),
        ("es", "el 12 de junio de 1978", "1978-06-12"),
        ("it", "il 12 giugno 1978", "1978-06-12"),
        ("pt", "em 12 de junho de 1978", "1978-06-12"),
        ("pt", "na segunda-feira", "2024-05-13"),
        ("nl", "op 12 juni 1978", "1978-06-12"),
        ("ja", "2024年5月14日に", "2024-05-14"),
        ("und", "2024-05-14", "2024-05-14"),
    ],
)
def test_other_languages(language: str, text: str, iso: str) -> None:
    assert [found for _, found in dates(text, language)] == [iso]


@pytest.mark.parametrize("text", ["on Monday", "on April 13", "yesterday", "in March"])
def test_without_a_date_of_publication_it_is_found_but_not_told(text: str) -> None:
    assert [found for _, found in dates(text, published=None)] == [None]


@pytest.mark.parametrize(
    "text",
    ["He may sat in the sun in march.", "The 2022 of them cost 2,022 euros.", "on 2024-02-31", "It has 1990 seats."],
)
def test_what_is_no_date(text: str) -> None:
    assert dates(text) == []


@pytest.mark.parametrize(
    ("language", "text", "phrase"),
    [
        ("en", "They left on Monday.", "on Monday"),
        ("en", "They left late on Thursday night and slept.", "late on Thursday night"),
        ("en", "They left before Sunday's Valbourg Cup.", "Sunday's Valbourg Cup"),
        ("de", "Sie gingen am Mittwochabend nach Hause.", "am Mittwochabend"),
        ("de", "Sie gingen am Montag früh nach Hause.", "am Montag früh"),
        ("pt", "Saíram na noite de segunda-feira.", "na noite de segunda-feira"),
    ],
)
def test_the_phrase_takes_the_words_of_a_date_along(language: str, text: str, phrase: str) -> None:
    (found,) = find_dates(text, language)
    assert date_phrase(text, found, language) == phrase


@given(
    st.dates(min_value=date(1800, 1, 1), max_value=date(2199, 12, 31)),
    st.sampled_from(["{0:%B} {0.day}, {0.year}", "{0.day} {0:%B} {0.year}", "{0}"]),
)
def test_every_day_written_out_is_read_back(day: date, form: str) -> None:
    assert [iso for _, iso in dates(f"It was on {form.format(day)} that they met.")] == [day.isoformat()]
