"""Which sentences carry an article."""

from __future__ import annotations

from records import HARBOUR, article_of

from summarizer.rules.quotes import find_quotations
from summarizer.rules.ranking import most_alike, rank
from summarizer.rules.words import terms


def test_the_lead_comes_first() -> None:
    assert rank(HARBOUR, find_quotations(HARBOUR))[0].number == 1


def test_sentences_that_hang_on_another_stand_behind() -> None:
    article = article_of(
        ("The council of Valbourg closed the old bridge over the river.",),
        ("She also closed the old bridge over the river of Valbourg.",),
        ("The old bridge over the river of Valbourg was built in stone.",),
        language="en",
    )
    assert [item.number for item in rank(article)] == [1, 3, 2]


def test_half_a_quotation_does_not_stand_alone() -> None:
    article = article_of(
        ("“We closed the bridge in time for the storm.", "Nobody was on it,” said Okafor."), language="en"
    )
    assert not any(item.stands_alone for item in rank(article, find_quotations(article)))


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


def test_what_only_numbers_a_table_is_a_label() -> None:
    article = article_of(
        ("Rain fell on Harl for nine days.",), ("Table 1.", "Nobody died.", "In all, 9 fell."), language="en"
    )
    assert [item.number for item in rank(article) if item.is_aside] == [2]
