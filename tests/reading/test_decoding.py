"""Decoding and normalising: what goes, what stays, and the way back."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.reading.characters.decoding import Decoded, decode, normalise, plain
from summarizer.reading.characters.offset_map import Edit, MappedText

ACCENTED = "Às três, o café abriu; “ótimo”, disse João — e não saiu mais de lá até à noite."
CYRILLIC = "Правительство объявило в четверг, что пятнадцать сотрудников посольства должны покинуть страну."

POLISH = "Rząd ogłosił w czwartek, że piętnastu pracowników ambasady musi opuścić kraj jeszcze w tym tygodniu."
KOREAN = "정부는 목요일에 대사관 직원 열다섯 명이 이번 주 안에 나라를 떠나야 한다고 발표했다."


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_charsets_need_no_declaration(charset: str) -> None:
    assert decode(ACCENTED.encode(charset)).text == ACCENTED


@pytest.mark.parametrize(
    ("text", "charset", "declared"),
    [
        (ACCENTED, "cp1252", "iso-8859-1"),
        (CYRILLIC, "koi8-r", "koi8-r"),
        ("東京で会議が開かれた。", "shift_jis", "shift_jis"),
        ("東京で会議が開かれた。", "iso2022_jp", None),
        ("북한은 목요일에 발표했다", "euc_kr", "euc-kr"),
        ("政府星期四宣布", "gbk", "gb2312"),
    ],
)
def test_other_charsets_are_decoded_as_declared(text: str, charset: str, declared: str | None) -> None:
    assert decode(text.encode(charset), declared).text == text


@pytest.mark.parametrize(
    ("text", "charset"),
    [(ACCENTED, "cp1252"), (CYRILLIC, "cp1251"), (CYRILLIC, "koi8-r"), (POLISH, "cp1250"), (KOREAN, "cp949")],
)
def test_undeclared_charsets_are_told_by_their_bytes(text: str, charset: str) -> None:
    assert decode(text.encode(charset)).text == text


def test_utf8_wins_over_a_wrong_declaration() -> None:
    assert decode(ACCENTED.encode(), "iso-8859-1").text == ACCENTED


def test_a_wrongly_declared_utf8_is_decoded_as_what_it_is() -> None:
    assert decode(ACCENTED.encode("cp1252"), "utf-8").text == ACCENTED


def test_bytes_that_cannot_be_read_are_marked_and_listed() -> None:
    broken = ACCENTED.encode() + b"\xff" + ACCENTED.encode()
    clean = normalise(decode(broken))
    assert clean.text == f"{ACCENTED}\ufffd{ACCENTED}"
    [entry] = clean.removed
    assert (entry.rule, entry.start, entry.end) == ("char.undecodable", len(ACCENTED), len(ACCENTED) + 1)


@pytest.mark.parametrize(
    ("unseen", "rule"),
    [
        ("\x00", "char.control"),
        ("\x1b\x07", "char.control"),
        ("\x9c", "char.control"),
        ("\u202e", "char.bidi"),
        ("\u2066\u2069", "char.bidi"),
        ("\u200b", "char.zero_width"),
        ("\ufeff", "char.zero_width"),
        ("\u2060\u2060", "char.zero_width"),
        ("\U000e0048\U000e0069", "char.tag"),
        ("\xad", "char.soft_hyphen"),
    ],
)
def test_characters_nobody_sees_go_and_are_listed(unseen: str, rule: str) -> None:
    clean = normalise(Decoded(f"Nor{unseen}way", "utf-8"))
    assert clean.text == "Norway"
    [entry] = clean.removed
    assert (entry.rule, entry.text, entry.start, entry.end) == (rule, unseen, 3, 3 + len(unseen))


def test_a_run_of_variation_selectors_keeps_its_first() -> None:
    assert plain("❤\ufe0f\ufe01\ufe02!") == "❤\ufe0f!"


@pytest.mark.parametrize("kept", ["👩\u200d🚀", "می\u200cخواهم", "a\tb", "ﬁnd", "“x” – ‘y’", "½ kg²"])
def test_what_a_reader_sees_stays(kept: str) -> None:
    assert plain(kept) == kept


def test_spaces_and_line_ends_become_plain() -> None:
    assert plain("15\xa0000\u202fkm\u3000a\r\nb\rc\u2028d\x85e") == "15 000 km a\nb\nc\nd\ne"


def test_lone_surrogates_are_marked() -> None:
    clean = normalise(Decoded("a\ud800b", "utf-8"))
    assert clean.text == "a\ufffdb"
    assert [entry.rule for entry in clean.removed] == ["char.undecodable"]


def test_decomposed_letters_are_composed_and_lead_back() -> None:
    clean = normalise(Decoded("Cafe\u0301 \u1112\u1161\u11ab", "utf-8"))
    assert clean.text == "Café 한"
    assert clean.origin(3, 4) == (3, 5)
    assert clean.origin(5, 6) == (6, 9)
    assert clean.origin(4, 5) == (5, 6)


ODD = st.sampled_from("aé́̀q̣한ᅡᆫ \n\r\t\0\xad​‮\ufeff\xa0…。\U000e0041\ud800️ক\u09be")
SOUND = st.characters(exclude_characters="".join(map(chr, range(0xC2, 0xF5))))  # test_encoding_repair.py has others
TEXTS = st.one_of(st.text(SOUND), st.text(ODD))


@given(TEXTS)
def test_normalising_any_text_gives_clean_text_that_leads_back(text: str) -> None:
    clean = normalise(Decoded(text, "utf-8"))
    assert clean.text == unicodedata.normalize("NFC", clean.text)
    assert plain(clean.text) == clean.text
    clean.text.encode()
    end = 0
    for segment in clean.segments:
        assert segment.start == end
        end += segment.length
        piece = clean.text[segment.start : end]
        origin = clean.original[segment.original_start : segment.original_start + segment.original_length]
        assert plain(origin).rstrip("\n") == piece.rstrip("\n")
    assert end == len(clean.text)


@given(TEXTS)
def test_every_character_is_kept_or_listed(text: str) -> None:
    clean = normalise(Decoded(text, "utf-8"))
    reached = {
        at
        for segment in clean.segments
        for at in range(segment.original_start, segment.original_start + segment.original_length)
    }
    reached |= {at for entry in clean.removed for at in range(entry.start or 0, entry.end or 0)}
    missing = [at for at in range(len(clean.original)) if at not in reached]
    assert all(clean.original[at] == "\r" and clean.original[at + 1] == "\n" for at in missing)


@given(st.binary())
def test_any_bytes_decode(data: bytes) -> None:
    assert isinstance(decode(data).text, str)


@given(st.text(), st.data())
def test_edits_and_kept_stretches_compose(text: str, data: st.DataObject) -> None:
    source = MappedText.of(text)
    offset = st.integers(0, len(text))
    start, end = sorted((data.draw(offset), data.draw(offset)))
    once = source.edit([Edit(start, end, rule="x")])
    cut = data.draw(st.integers(0, len(once.text)))
    twice = once.keep([(cut, len(once.text))])
    assert twice.text == (text[:start] + text[end:])[cut:]
    for at in range(len(twice.text)):
        a, b = twice.origin(at, at + 1)
        assert text[a:b] == twice.text[at]
