"""Interviews whose answers stand without quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records import HARBOUR, article_of

from summarizer.article import Article
from summarizer.names.entities import find_names
from summarizer.quotes.interviews import find_turns

OPENING = ("Harbour master Miriam Okafor closed the bridge.",)


def turns(article: Article) -> list[tuple[str, str | None]]:
    found = find_turns(article, find_names(article))
    return [(article.text[turn.start : turn.end], turn.speaker.name) for turn in found]


@pytest.mark.parametrize(
    ("asking", "answering", "speaker"),
    [
        ("Q", "A", "Miriam Okafor"),
        ("Courier", "Okafor", "Miriam Okafor"),
        ("HB", "MO", "Miriam Okafor"),
        ("Ellery Courier", "Harbour Board", "Harbour Board"),
    ],
)
def test_answers_are_found_and_questions_are_not(asking: str, answering: str, speaker: str) -> None:
    article = article_of(
        OPENING,
        (f"{asking}: Was it safe?",),
        (f"{answering}: It was not.", "Two bearings had cracks."),
        (f"{asking}: Who pays?",),
        (f"{answering}: The region does.",),
        language="en",
    )
    assert turns(article) == [("It was not. Two bearings had cracks.", speaker), ("The region does.", speaker)]


def test_a_conversation_without_questions_is_all_answers() -> None:
    lines = [(f"{name}: We waited for the ferry.",) for name in ("Okafor", "Lindgren") * 2]
    article = article_of(*lines, language="en")
    assert [speaker for _, speaker in turns(article)] == ["Okafor", "Lindgren"] * 2


@pytest.mark.parametrize("label", ["Note", "Okafor"])
def test_a_text_with_a_few_labels_is_no_interview(label: str) -> None:
    paragraphs = [
        (f"{label}: The bridge is closed.",),
        *[("It was closed on Monday.",)] * 3,
        (f"{label}: It is not.",),
    ]
    assert turns(article_of(*paragraphs, language="en")) == []
    assert turns(HARBOUR) == []


QUESTIONS = ("Was it safe?", "Who pays for it?", "You were warned twice.", "When will it open?")


def test_answers_with_a_name_behind_questions_without_one() -> None:
    paragraphs = [paragraph for question in QUESTIONS for paragraph in ((question,), ("Okafor: We closed it.",))]
    article = article_of(OPENING, *paragraphs, language="en")
    assert turns(article) == [("We closed it.", "Miriam Okafor")] * 4


@pytest.mark.parametrize(("label", "before"), [("Note", "Was it safe?"), ("Okafor", "It was closed.")])
def test_one_label_is_an_interview_only_of_a_person_who_is_asked(label: str, before: str) -> None:
    paragraphs = [paragraph for _ in range(4) for paragraph in ((before,), (f"{label}: We closed it.",))]
    assert turns(article_of(OPENING, *paragraphs, language="en")) == []


@given(st.lists(st.sampled_from(("A: yes.", "Q: why?", "A:", "no", "Okafor: é?", ": x")), min_size=1, max_size=12))
def test_turns_are_in_order_and_inside_the_text(lines: list[str]) -> None:
    article = article_of(*((line,) for line in lines), language="en")
    at = 0
    for turn in find_turns(article, find_names(article)):
        assert at <= turn.start < turn.end <= len(article.text)
        at = turn.end
