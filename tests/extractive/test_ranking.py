"""Which sentences carry an article."""

from __future__ import annotations

import pytest
from records import HARBOUR, article_of

from summarizer.article import Article
from summarizer.extractive.sentences.ranking import most_alike, rank
from summarizer.names.entities import find_names, starts_of
from summarizer.text.quotations import find_quotations
from summarizer.text.terms import terms


def alone(article: Article) -> list[int]:
    """Numbers of the sentences that can do without the others."""
    names = starts_of(find_names(article))
    return sorted(item.number for item in rank(article, find_quotations(article), names=names) if item.stands_alone)


def telling(article: Article) -> list[int]:
    """Numbers of the sentences that also tell the news."""
    names = starts_of(find_names(article))
    return sorted(item.number for item in rank(article, find_quotations(article), names=names) if item.tells)


def test_the_lead_comes_first() -> None:
    assert rank(HARBOUR, find_quotations(HARBOUR))[0].number == 1


def test_a_sentence_that_hangs_on_another_is_ranked_and_does_not_stand_alone() -> None:
    article = article_of(
        ("The council of Valbourg closed the old bridge over the river.",),
        ("She also closed the old bridge over the river of Valbourg.",),
        ("Valbourg had built the old bridge over the river in stone.",),
        language="en",
    )
    assert len(rank(article)) == 3
    assert alone(article) == [1, 3]


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        (("“The bridge of Harl closed in time for the storm.", "Nobody was on the bridge,” said Okafor."), []),
        (("“The bridge is closed to all,” said Miriam Okafor, the chief engineer of the port.",), []),
        (("Miriam Okafor said on Monday: “The bridge is closed to all of the lorries.”",), []),
        (("Miriam Okafor said on Monday that the bridge “may fail” under a lorry at any time.",), [1]),
    ],
)
def test_half_a_quotation_and_a_reply_do_not_stand_alone(sentences: tuple[str, ...], expected: list[int]) -> None:
    assert alone(article_of(sentences, language="en")) == expected


LEAD = "The council of Valbourg closed the old bridge over the river on Monday."


@pytest.mark.parametrize(
    ("sentence", "is_alone"),
    [
        ("Miriam Okafor had warned of the old bridge for years.", True),
        ("Engineer Miriam Okafor had warned of the old bridge for years.", True),
        ("The engineer had warned the council of the old bridge for years.", False),
        ("The engineer who had warned of the old bridge is Miriam Okafor.", False),
        ("Miriam Okafor had warned of the storm and of the bridge.", False),
        ("Miriam Okafor had warned of the storm for years on end.", False),
    ],
)
def test_a_later_sentence_tells_the_news_if_it_soon_names_somebody_and_speaks_of_what_the_first_one_does(
    sentence: str, is_alone: bool
) -> None:
    assert telling(article_of((LEAD, sentence), language="en")) == ([1, 2] if is_alone else [1])


def test_what_the_title_speaks_of_counts_as_well() -> None:
    storm = "Miriam Okafor had warned of the storm for years on end."
    assert telling(article_of((LEAD, storm), language="en", title="Storm: Okafor was right")) == [1, 2]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The old bridge over the river was closed on Monday by the council of Valbourg.", [1]),
        ("The old bridge over the river was closed on Monday by the council.", []),
        ("The council of Valbourg closed the old bridge.", []),
    ],
)
def test_the_first_sentence_tells_the_news_if_it_is_long_enough_and_names_somebody_anywhere(
    sentence: str, expected: list[int]
) -> None:
    assert telling(article_of((sentence,), language="en")) == expected


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "en",
            (
                "the old bridge over the river was closed by the council.",
                "the council closed the old bridge on monday.",
            ),
        ),
        ("ja", ("橋は月曜日に閉鎖された。", "市は月曜日に橋を閉鎖した。")),
    ],
)
def test_without_capitals_no_name_is_asked_for(language: str, sentences: tuple[str, ...]) -> None:
    assert telling(article_of(sentences, language=language)) == [1, 2]


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
