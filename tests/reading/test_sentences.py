"""Sentence boundaries, script by script and trap by trap."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.reading.sentences import LONGEST, split_sentences

CASES = [
    ("en", ["J. K. Rowling met George W. Bush in the U.S.", "It was No. 5 on the list.", "Mr. Smith left."]),
    ("en", ['"Stop!" he said.', "Then she left.", '"We go," she said.']),
    ("en", ["He said: “I will go.”", "He did (really).", "iPhone sales rose by $3.5 million.", "Yes."]),
    ("en", ["Senator Ann Byrd, D-W. Va., voted against it.", "J.-P. Morel came."]),
    ("es", ["MADRID.- El presidente llegó.", "Se fue."]),
    ("pt", ["RIO DE JANEIRO.- O governo caiu.", "Foi ontem."]),
    ("it", ["ROMA. – Il governo ha detto basta.", "Fine."]),
    ("de", ["Es war der 3. Okt. 2021 in Bonn.", "Am 3. Oktober kam er.", "Der 2. Weltkrieg begann."]),
    (
        "de",
        [
            "Er sagte: „Ich gehe.“",
            "Dann ging er.",
            "Das gilt z. B. seit dem 1. Januar.",
            "Er wurde 15.",
            "Alle kamen.",
        ],
    ),
    ("nb", ["Den 3. mai kom han.", "Det var 17. mai.", "Kl. 10 gikk han."]),
    ("da", ["Den 3. maj kom han.", "Kl. 10 gik han."]),
    ("sv", ["Han kom kl. 10.", "”Jag går.”", "Han gick."]),
    ("fi", ["Hän tuli 3. lokakuuta.", "Hän lähti."]),
    ("cs", ["Dne 3. října přišel.", "Pak odešel."]),
    ("pl", ["Wybory są 3. maja.", "W 2. połowie meczu padł gol."]),
    ("hu", ["Október 23. napján kezdődött.", "Vége lett."]),
    ("fr", ["Il a dit : « Je pars. »", "M. Dupont est parti le 1er mai."]),
    ("es", ["¿Qué pasa?", "¡No!", "El Sr. López vino."]),
    ("ja", ["彼は「行く。」と言った。", "「本当？」と聞いた。", "そして帰った。"]),
    ("zh", ["他说：“我走了。”", "今天很好！", "是吗？"]),
    ("hi", ["यह एक वाक्य है।", "यह दूसरा है।"]),
    ("ar", ["هل جاء؟", "ذهب إلى البيت."]),
    ("am", ["ሰላም ነው።", "እሺ።"]),
    ("und", ["Something is said.", "And more."]),
]


def sentences(text: str, language: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in split_sentences(text, language)]


@pytest.mark.parametrize(("language", "expected"), CASES, ids=[f"{code}-{i}" for i, (code, _) in enumerate(CASES)])
def test_boundaries(language: str, expected: list[str]) -> None:
    joint = "" if language in ("ja", "zh") else " "
    assert sentences(joint.join(expected), language) == expected


def test_paragraphs_end_sentences_and_are_counted() -> None:
    text = "A heading without a stop\n\nOne sentence. Two sentences."
    assert sentences(text, "en") == ["A heading without a stop", "One sentence.", "Two sentences."]
    assert [sentence.paragraph for sentence in split_sentences(text, "en")] == [1, 2, 2]


def test_marks_between_the_spaces_of_tokenised_text_join_no_sentences() -> None:
    tokenised = ["the wings ' coach lost a tooth , too .", "he 's well .", "it 's the third this year ."]
    assert sentences(" ".join(tokenised), "en") == tokenised
    quoted = ["'I saw it. It was dark,' she said, 'and cold.'", "He left."]
    assert sentences(" ".join(quoted), "en") == quoted


@pytest.mark.parametrize("piece", ["word ", "He said “no, ", "1.1 million crowns, ", "? ", "「 "])
def test_a_long_paragraph_without_a_stop_is_parted_at_spaces(piece: str) -> None:
    text = f"Word {piece * 9_000}end"
    parts = split_sentences(text, "en")
    assert max(part.end - part.start for part in parts) <= LONGEST
    assert " ".join(text[part.start : part.end] for part in parts) == text


@pytest.mark.parametrize("piece", ["word", "—", "“", "「", "'"])
def test_a_long_word_is_parted_where_it_has_to_be(piece: str) -> None:
    text = f"A{piece * 9_000}"
    parts = split_sentences(text, "en")
    assert max(part.end - part.start for part in parts) <= LONGEST
    assert "".join(text[part.start : part.end] for part in parts) == text


def test_the_longest_sentence_stays_whole() -> None:
    text = ("word " * 1_000)[: LONGEST - 1] + "."
    assert sentences(f"{text} Next one.", "en") == [text, "Next one."]


PIECES = st.sampled_from(
    [
        "Yes",
        "no",
        "3.",
        "J.",
        ".",
        "...",
        "!",
        "?",
        "。",
        '"',
        "'",
        "“",
        "”",
        "(",
        ")",
        "「",
        "」",
        "と",
        "the",
        " ",
        " ",
        "\n\n",
        "—",
        "é",
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)), st.sampled_from(["en", "de", "ja", "fr", "und"]))
def test_every_visible_character_is_in_exactly_one_sentence(text: str, language: str) -> None:
    covered, last = [0] * len(text), 0
    for number, sentence in enumerate(split_sentences(text, language), start=1):
        assert sentence.number == number
        assert last <= sentence.start < sentence.end
        last = sentence.end
        stretch = text[sentence.start : sentence.end]
        assert stretch == stretch.strip()
        for at in range(sentence.start, sentence.end):
            covered[at] += 1
    assert all(
        count == 1 or (count == 0 and character.isspace()) for count, character in zip(covered, text, strict=True)
    )


def test_a_text_without_capitals_is_split_all_the_same() -> None:
    text = "the council met on monday . nobody was hurt . it will meet again in may ."
    assert [text[s.start : s.end] for s in split_sentences(text, "en")] == [
        "the council met on monday .",
        "nobody was hurt .",
        "it will meet again in may .",
    ]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("de", ["Sie kam zum Ort.", "640 Helfer sind im Einsatz.", "1.200 Bewohner mussten gehen."]),
        (
            "de",
            [
                "Er wohnt in der Hauptstr. 12 und ist seit dem 3. Oktober zu Hause.",
                "Nach Art. 5 und Ziff. 2 gilt das.",
            ],
        ),
        ("de", ["„Er kam. 3 Leute gingen“, sagte sie."]),
        ("pl", ["Wyszli z domu.", "12 osób zostało."]),
    ],
)
def test_a_sentence_may_begin_with_a_number(language: str, sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [text[s.start : s.end] for s in split_sentences(text, language)] == sentences


def test_a_number_behind_the_full_stop_of_east_asia_begins_a_sentence() -> None:
    text = "昨日発表した。26年秋に稼働し、500人を雇う。「行く。5人で。」と言った。"
    found = [text[s.start : s.end] for s in split_sentences(text, "ja")]
    assert found == ["昨日発表した。", "26年秋に稼働し、500人を雇う。", "「行く。5人で。」と言った。"]
