"""Quotes are found exactly, whatever their typography, and nothing else is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from summarizer.checking.quote_location import Locator

TEXT = (
    "“We did not resign — we can’t… It’s 112.5 percent of the ‘big’ one,” she said at the Café Zoë. “We won,” he "
    "said. The non-violent march cost the US 3,400 dollars. “We will not raise taxes this year,” said the minister, "
    "“and we will cut fees.” 首相は「増税しない」と述べた。"
)


def located(quote: str, text: str = TEXT) -> list[str]:
    return [text[start:end] for start, end in Locator(text).locate(quote).spans]


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("We did not resign - we can't", "We did not resign — we can’t"),
        ("we can't... It's 112.5 percent", "we can’t… It’s 112.5 percent"),
        ('It\'s 112.5 percent of the "big" one', "It’s 112.5 percent of the ‘big’ one"),
        ("“We won.”", "We won"),
        ("Not raise taxes", "not raise taxes"),
        ("Cafe\u0301 Zoe\u0308", "Café Zoë"),
        ("she\u00a0said  at", "she said at"),
        ("増税しない", "増税しない"),
        ("首相", "首相"),
    ],
)
def test_typography_does_not_count(quote: str, expected: str) -> None:
    assert located(quote) == [expected]


def test_a_ligature_is_the_letters_that_it_joins() -> None:
    text = "The oﬃce ﬂoods, and the ﬁrst ﬁeld is lost."
    assert located("The office floods, and the first field", text) == ["The oﬃce ﬂoods, and the ﬁrst ﬁeld"]
    assert located("The office floods, and the worst field", text) == []
    assert located("ice floods", text) == []


def test_the_number_of_a_sentence_that_a_model_copies_is_no_part_of_a_quote() -> None:
    assert located("[2] We won") == ["We won"]
    assert located("“[7] We will not raise taxes this year") == ["We will not raise taxes this year"]
    assert located("[2] We lost") == []
    assert located("[2] We won", "[2] We won it twice.") == ["[2] We won"]


@pytest.mark.parametrize(
    "quote",
    [
        "We did resign",
        "We can",
        "12.5 percent",
        "112 percent",
        "112.6 percent",
        "3,400.5 dollars",
        "400 dollars",
        "We will raise taxes",
        "violent march",
        "cost the us",
        "Cafe Zoe",
        "she said to the Café",
        "minis",
    ],
)
def test_other_words_are_not_found(quote: str) -> None:
    assert located(quote) == []


def test_a_possessive_ending_is_no_part_of_a_name() -> None:
    assert located("Max Dahl", "It was Max Dahl's.") == ["Max Dahl"]
    assert located("They won", "They won't go.") == []


def test_a_part_of_a_number_is_not_found() -> None:
    assert located("112", "It rose by 112.5 percent") == []
    assert located("112", "It rose by 112.") == ["112"]


def test_a_quote_of_two_letters_is_no_evidence() -> None:
    assert located("he") == []
    assert Locator("He is 7.").locate("7", shortest=1).spans == ((6, 7),)


@pytest.mark.parametrize("omission", [" ... ", "…", " [...] ", " (…) ", "... "])
def test_pieces_of_a_quote_are_found_in_order(omission: str) -> None:
    assert located(f"We will not raise taxes{omission}and we will cut fees") == [
        "We will not raise taxes",
        "and we will cut fees",
    ]
    assert located(f"and we will cut fees{omission}We will not raise taxes") == []


def test_pieces_must_lie_near_each_other() -> None:
    text = f"We will leave. {'Nothing happened. ' * 60}They raised taxes."
    assert located("We will leave ... They raised taxes", text) == []


def test_a_piece_of_two_letters_is_no_evidence_either() -> None:
    assert located("We ... raise taxes") == []


def test_a_repeated_quote_is_flagged() -> None:
    locator = Locator("We won. He said: we won. All left.")
    assert locator.locate("we won").repeated
    assert not locator.locate("All left").repeated


def test_a_place_within_bounds_comes_first() -> None:
    text = "We won. He said: We won."
    assert Locator(text).locate("We won", start=8).spans == ((17, 23),)


def test_nothing_is_found_in_nothing() -> None:
    assert Locator("").locate("words").spans == ()
    assert Locator("words").locate("").spans == ()
    assert Locator("words").locate("...").spans == ()


RETYPED = {'"': "”“„«»", "'": "’‘ʼ", "-": "–—‑", " ": "\u00a0\u2009\t"}
CHARACTERS = [*"abzéñôß0179.,'\"-… \t", "x\u0323\u0301", "한"]


@given(st.lists(st.sampled_from(CHARACTERS), min_size=1, max_size=60).map("".join), st.data())
def test_any_slice_is_found_at_the_same_place_however_it_is_retyped(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    plain = Locator(text).locate(text[start:end])
    retyped = "".join(data.draw(st.sampled_from(RETYPED.get(c, "") + c)) for c in text[start:end])
    assert Locator(text).locate(unicodedata.normalize("NFD", retyped)) == plain


WORDS = st.lists(st.text(alphabet="abcdéñß0189'’“-–.,", min_size=1, max_size=8), min_size=1, max_size=30)


@given(WORDS, st.data())
def test_a_slice_from_space_to_space_is_found_at_its_place(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    start = len(" ".join(words[:first])) + bool(first)
    quote = "\u00a0".join(words[first : last + 1])
    assume(sum(character.isalnum() for character in quote) >= 3)
    location = Locator(text).locate(f"“{quote}”")
    assert location.spans
    if not location.repeated:
        assert start <= location.spans[0][0] and location.spans[-1][1] <= start + len(quote)


@given(st.text(max_size=80), st.text(max_size=20))
def test_what_is_found_has_the_letters_of_the_quote(text: str, quote: str) -> None:
    def letters(words: str) -> str:
        return "".join(c for c in unicodedata.normalize("NFD", words) if c.isalnum()).swapcase().casefold()

    spans = Locator(text).locate(quote).spans
    if spans:
        assert letters("".join(text[start:end] for start, end in spans)) == letters(quote)
