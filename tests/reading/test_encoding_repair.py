"""Garbled UTF-8 restored, sound text left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.reading import read_article
from summarizer.reading.characters.decoding import plain
from summarizer.reading.characters.encoding_repair import fix_encoding
from summarizer.reading.characters.offset_map import MappedText

TEXTS = [
    "It’s “late”, the mayor said — and cold.",
    "Às três, o café abriu; ótimo, disse João.",
    "Die Häfen von Größe bleiben über den Winter geöffnet.",
    "Порт останется открытым всю зиму.",
    "港は冬の間も開いたままになる。",
    "정부는 목요일에 발표했다.",
    "Rząd ogłosił w czwartek, że musi opuścić kraj.",
]


def garble(text: str, charset: str) -> str:
    """`text` in UTF-8, read in another charset, in the way of a browser: bytes that mean nothing are controls."""
    if charset == "latin-1":
        return text.encode().decode("latin-1")
    return "".join(
        bytes([byte]).decode("cp1252") if byte not in b"\x81\x8d\x8f\x90\x9d" else chr(byte) for byte in text.encode()
    )


@pytest.mark.parametrize("charset", ["latin-1", "cp1252"])
@pytest.mark.parametrize("text", TEXTS)
def test_garbled_text_is_restored_listed_and_leads_back(text: str, charset: str) -> None:
    garbled = garble(text, charset)
    restored = fix_encoding(MappedText.of(garbled))
    assert restored.text == text
    assert restored.removed
    for entry in restored.removed:
        assert entry.rule == "char.garbled"
        assert garbled[entry.start : entry.end] == entry.text
    for at, character in enumerate(text):
        start, end = restored.origin(at, at + 1)
        assert garbled[start:end] == garble(character, charset)


@pytest.mark.parametrize(
    "text",
    [
        *TEXTS,
        "Im „Café“ sei es „Spaß“, sagte er, nicht »MENÜ«.",
        "Au « café\xa0», dit-il.",
        "The letter é may appear as Ã©, and “café” as “cafÃ©”; so may ä, ö and ü.",
        "NÃO É A CHÂTEAU",
        "Naïve",
    ],
)
def test_sound_text_stays(text: str) -> None:
    source = MappedText.of(text)
    assert fix_encoding(source) is source


def test_text_garbled_twice_is_restored() -> None:
    text = TEXTS[0]
    assert fix_encoding(MappedText.of(garble(garble(text, "cp1252"), "cp1252"))).text == text


def test_a_space_that_was_the_end_of_a_garbled_one_hinders_nothing() -> None:
    assert plain("Â 5Â â\x82¬, heâ\x80\x99s told.") == "Â 5Â €, he’s told."


def test_a_pasted_article_is_read_as_its_author_wrote_it() -> None:
    text = "The town council decided on Monday evening that the harbour isn’t to close; “It’s good news,” she said."
    article = read_article(garble(text, "cp1252"), kind="text")
    assert article.text == text
    assert [entry.text for entry in article.removed] == ["â€™", "â€œ", "â€™", "â€\x9d"]


@given(st.text())
def test_any_text_keeps_its_offsets(text: str) -> None:
    result = fix_encoding(MappedText.of(text))
    assert sum(segment.length for segment in result.segments) == len(result.text)
    assert sum(segment.original_length for segment in result.segments) == len(text)
