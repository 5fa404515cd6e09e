"""Which sentences carry an article."""

from __future__ import annotations

import pytest
from records import HARBOUR, article_of

from summarizer.extractive.sentences.ranking import most_alike, rank
from summarizer.text.quotations import find_quotations
from summarizer.text.terms import terms


def test_the_lead_comes_first() -> None:
    assert rank(HARBOUR, find_quotations(HARBOUR))[0].number == 1


def test_a_sentence_that_hangs_on_another_is_ranked_and_does_not_stand_alone() -> None:
    article = article_of(
        ("The council of Valbourg closed the old bridge over the river.",),
        ("She also closed the old bridge over the river of Valbourg.",),
        ("The old bridge over the river of Valbourg was built in stone.",),
        language="en",
    )
    assert {item.number: item.stands_alone for item in rank(article)} == {1: True, 2: False, 3: True}


@pytest.mark.parametrize(
    ("sentences", "stand_alone"),
    [
        (("“The bridge closed in time for the storm.", "Nobody was on the bridge,” said Okafor."), [False, False]),
        (("“The bridge is closed to all,” said Miriam Okafor, the chief engineer of the port.",), [False]),
        (("Okafor said on Monday: “The bridge is closed to all of the lorries.”",), [False]),
        (("Okafor said on Monday that the bridge “may fail” under a lorry at any time of the day.",), [True]),
    ],
)
def test_half_a_quotation_and_a_reply_do_not_stand_alone(sentences: tuple[str, ...], stand_alone: list[bool]) -> None:
    article = article_of(sentences, language="en")
    ranked = sorted(rank(article, find_quotations(article)), key=lambda item: item.number)
    assert [item.stands_alone for item in ranked] == stand_alone


def test_an_essay_does_not_tell_the_most_important_first() -> None:
    stories = (("Drossen slept and dreamt until noon.",), ("Nobody there had heard the bell.",))
    claim = ("Schools fail where teachers, buses, books and patience are missing.",)
    news, opinion = (
        rank(article_of(*stories, ("It was May.",), claim, language="en", genre=genre))[0].number
        for genre in ("news", "opinion")
    )
    assert (news, opinion) == (1, 4)


def test_skipped_sentences_are_not_ranked() -> None:
    assert 1 not in {item.number for item in rank(HARBOUR, skipped=frozenset({1}))}


def test_the_title_finds_its_sentences() -> None:
    assert most_alike(HARBOUR, "Repairs to last until September", rank(HARBOUR)) == [5]
    assert most_alike(HARBOUR, "Entirely unrelated gardening advice", rank(HARBOUR)) == []


def test_terms_are_folded_and_cut_short() -> None:
    assert terms("Zelensky, Zelenský", "en") == ["zelens", "zelens"]
    assert terms("The bridges of the cities", "en") == ["bridge", "cities"]
    assert terms("東京都", "ja") == ["東京", "京都"]


def test_an_article_without_words_has_no_ranking_to_fail_on() -> None:
    assert [item.number for item in rank(article_of(("…",)))] == [1]
    assert rank(article_of()) == []
