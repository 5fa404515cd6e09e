"""Numbers in running text, in many languages and scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.languages.language import with_table
from summarizer.text.numbers import find_numbers, implied_numbers


def found(text: str, language: str = "en") -> list[tuple[str, float | None, str | None]]:
    return [(number.text, number.value, number.unit) for number in find_numbers(text, language)]


def values(text: str, language: str = "en") -> list[float | None]:
    return [number.value for number in find_numbers(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "1,200.5", 1200.5),
        ("en", "1.200,5", 1200.5),
        ("en", "1,20,000", 120_000),
        ("de", "1.200,5", 1200.5),
        ("de", "1.200", 1200),
        ("en", "1.200", 1.2),
        ("fr", "1 200", 1200),
        ("fr", "12 345,67", 12_345.67),
        ("de-CH", "1’200", 1200),
        ("ar", "١٬٢٠٠٫٥", 1200.5),
        ("hi", "१२", 12),
        ("ja", "１２３，０００", 123_000),
    ],
)
def test_national_formats(language: str, text: str, expected: float) -> None:
    assert values(text, language) == [expected]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "1.2 million", 1_200_000),
        ("en", "4.1m dollars", 4_100_000),
        ("en", "4.1m more people", 4_100_000),
        ("en", "4.1m tonnes", 4_100_000),
        ("en", "4.1m long", 4.1),
        ("en", "4.1m waves", 4.1),
        ("en", "£5m", 5_000_000),
        ("en", "$20bn", 20_000_000_000),
        ("en", "10k", 10_000),
        ("en", "3 lakh", 300_000),
        ("de", "1,2 Mio.", 1_200_000),
        ("ru", "5 тыс.", 5000),
        ("pl", "3,7 miliona", 3_700_000),
        ("ja", "3億5000万", 350_000_000),
        ("ko", "3억 5000만", 350_000_000),
        ("hi", "२० लाख", 2_000_000),
    ],
)
def test_multipliers(language: str, text: str, expected: float) -> None:
    assert values(text, language)[0] == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "fifteen", 15),
        ("en", "twenty-one", 21),
        ("en", "a hundred and two", 102),
        ("en", "two dozen", 24),
        ("en", "half a million", 500_000),
        ("en", "two and a half million", 2_500_000),
        ("en", "twenty-five thousand three hundred and six", 25_306),
        ("de", "einundzwanzig", 21),
        ("fr", "dix-huit", 18),
        ("pl", "sto dwudziestu pięciu", 125),
        ("pl", "3,7 miliona", 3_700_000),
        ("hi", "पच्चीस हज़ार", 25_000),
        ("hi", "दो सौ", 200),
        ("ar", "ثلاثة آلاف", 3000),
        ("tr", "yüz on beş bin", 115_000),
        ("de", "zweitausenddreiundzwanzig", 2023),
        ("de", "eine halbe Million", 500_000),
        ("fr", "quatre-vingt-dix-sept", 97),
        ("fr", "soixante et onze", 71),
        ("fr", "dix-huit", 18),
        ("fr", "dix-neuf mille", 19_000),
        ("fr", "deux mille vingt-trois", 2023),
        ("es", "treinta y uno", 31),
        ("es", "mil millones", 1_000_000_000),
        ("it", "ventotto", 28),
        ("it", "tremila", 3000),
        ("pt", "duzentos e cinco", 205),
        ("nl", "tweeëntwintig", 22),
        ("sv", "tjugoett", 21),
        ("pl", "jedenastu", 11),
        ("ja", "三百五十人", 350),
        ("zh", "二〇二二年", 2022),
    ],
)
def test_words(language: str, text: str, expected: float) -> None:
    assert values(text, language) == [expected]


def test_numbers_in_words_do_not_run_into_each_other() -> None:
    assert values("two or three, nineteen eighty-four, between two and five") == [2, 3, 19, 84, 2, 5]


@pytest.mark.parametrize(
    "text", ["Only one of them", "half the town", "the Airbus A320", "COVID-19", "5G", "an F-16"]
)
def test_what_is_no_count_is_left_out(text: str) -> None:
    assert values(text) == []


def test_vague_numbers_have_no_value() -> None:
    assert found("dozens of boats and thousands of people") == [("dozens", None, None), ("thousands", None, None)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "12%"),
        ("en", "12 per cent"),
        ("en", "twelve percent"),
        ("de", "12 Prozent"),
        ("fr", "douze pour cent"),
        ("tr", "yüzde 12"),
        ("zh", "百分之十二"),
        ("ar", "١٢ في المئة"),
    ],
)
def test_percentages_are_equal_however_written(language: str, text: str) -> None:
    assert found(text, language) == [(text, 12, "percent")]


def test_currencies_and_measures_are_part_of_the_number() -> None:
    text = "It cost $1.2 million, not 3 million euros, for 11 kilometres."
    assert found(text) == [
        ("$1.2 million", 1_200_000, "dollars"),
        ("3 million euros", 3_000_000, "euros"),
        ("11 kilometres", 11, "kilometres"),
    ]


def test_a_date_in_digits_is_three_numbers() -> None:
    assert values("13.04.2022", "de") == values("2022-04-13")[::-1] == [13, 4, 2022]


def test_a_range_is_not_negative_but_a_temperature_can_be() -> None:
    assert values("10-15 people at -5 degrees") == [10, 15, -5]
    assert values("It fell from minus 3 to minus 31.5 degrees.") == [-3, -31.5]
    assert values("bonus-minus 4") == values("page 4") == [4]


def test_words_can_imply_a_number() -> None:
    assert implied_numbers("Both men flew an F-16 in Q4.", [], "en") == {2, 16, 4}


def test_every_table_of_numbers_works() -> None:
    for code in with_table("numbers"):
        assert values("7", code) == [7]


@given(
    st.text(alphabet="0123456789., -%$€kmone twvyh万億三十千ü", max_size=60),
    st.sampled_from(["en", "de", "fr", "ja"]),
)
def test_numbers_are_slices_in_order(text: str, language: str) -> None:
    end = 0
    for number in find_numbers(text, language):
        assert end <= number.start < number.end
        assert text[number.start : number.end] == number.text
        end = number.end


@given(st.integers(0, 10**12))
def test_grouping_changes_no_value(number: int) -> None:
    written = f"{number:,}"
    assert values(written, "en") == [number]
    assert values(written.replace(",", "."), "de") == [number]
    assert values(written.replace(",", " "), "fr") == [number]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("بخمسة عشر ألف دينار", 15000),
        ("خمسة وعشرين ألفاً", 25000),
        ("اثنتي عشرة ساعة", 12),
        ("ثلاثمئة وخمسة وأربعون", 345),
        ("لست متأكداً", None),
    ],
)
def test_arabic_numbers_in_words_are_read_with_what_clings_to_them(text: str, value: float | None) -> None:
    assert [number.value for number in find_numbers(text, "ar")] == ([value] if value else [])
