"""Which sentences say most together."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records import DETOUR, article_of

from summarizer.article import Article
from summarizer.extractive.figures import find_figures
from summarizer.extractive.sentences.conflicting_figures import find_rivals
from summarizer.extractive.sentences.ranking import Ranked, rank
from summarizer.extractive.sentences.selection import select
from summarizer.names.entities import find_names, starts_of


def ranked(article: Article, **known: Any) -> list[Ranked]:
    return rank(article, names=starts_of(find_names(article)), **known)


def test_nothing_is_chosen_that_says_the_same() -> None:
    article = article_of(
        ("The council of Valbourg closed the old bridge over the river.",),
        ("Valbourg council closed the old bridge over the river on Monday.",),
        ("Miriam Okafor says repairs of the bridge over the river cost six million euros.",),
        language="en",
    )
    assert {item.number for item in select(ranked(article), 3, 60)} in ({1, 3}, {2, 3})


def test_the_words_are_a_limit_but_for_the_fewest_sentences() -> None:
    sentences = ranked(DETOUR)
    assert 0 < sum(item.words for item in select(sentences, 9, 40)) <= 40
    assert select(sentences, 9, 2) == []
    assert len(select(sentences, 9, 2, fewest=3)) == 3


def test_what_hangs_on_another_sentence_is_never_chosen() -> None:
    article = article_of(
        ("The town of Valbourg closed the old stone bridge for lorries on Monday.",),
        ("He added that Valbourg pays six million euros for the stone bridge.",),
        ("Therefore Valbourg mends the deck, the railings and the lamps of the bridge later.",),
        ("The lorries of Drossen now take the long way around the bridge.", "It is closed to lorries of Harl."),
        language="en",
    )
    assert {item.number for item in select(ranked(article), 4, 200, fewest=4)} == {1, 4}
    assert select(ranked(article, skipped=frozenset({1, 4})), 4, 200, fewest=4) == []


def test_headings_are_never_chosen() -> None:
    headings = (
        ("Old bridge of Valbourg closed to lorries after months of repairs and of delays",),
        ("12 May 2025 · Valbourg · bridges, repairs and lorries · four minutes",),
    )
    said = ("The council of Drossen said “no” to lorries on the bridge.",)
    cost = ("Repairs in Valbourg cost the bridge council six million (about ten).",)
    article = article_of(*headings, said, cost, language="en")
    assert {item.number for item in select(ranked(article), 9, 200)} == {3, 4}
    assert select(ranked(article_of(*headings, language="en")), 9, 200, fewest=3) == []


def test_of_two_sentences_that_say_as_much_the_shorter_is_chosen() -> None:
    article = article_of(
        ("The harbour of Drossen, which is not of the least of those that there are, was closed on Monday.",),
        ("Drossen has the harbour closed on a Monday.",),
        language="en",
        genre="opinion",
    )
    assert [item.number for item in select(ranked(article), 1, 60)] == [2]


def test_behind_the_fewest_nothing_is_chosen_that_only_fills_the_room() -> None:
    sentences = ranked(DETOUR)
    assert len(select(sentences, 9, 500, fewest=2, least=0.9)) == 2
    assert len(select(sentences, 9, 500, fewest=2)) == sum(item.stands_alone for item in sentences) > 2


def rivals_of(article: Article) -> dict[int, frozenset[int]]:
    return dict(find_rivals(article, find_figures(article)))


@pytest.mark.parametrize(
    ("second", "rivals"),
    [
        ("The drivers say that it is closer to 400,000 euros.", {1: frozenset({2}), 2: frozenset({1})}),
        ("The drivers say that 64 companies are hit.", {}),
        ("In April it was 400,000 euros.", {}),
    ],
)
def test_rivals_are_figures_of_one_unit_of_which_one_is_somebodys_word(
    second: str, rivals: dict[int, frozenset[int]]
) -> None:
    article = article_of(("The harbour puts the loss at 150,000 euros.", second), language="en")
    assert rivals_of(article) == rivals


DISPUTED = article_of(
    ("The council of Valbourg closed the old bridge over the river after a loss of 12 lorries in a storm.",),
    (
        "The Valbourg council puts the loss to local firms at 150,000 euros.",
        "The Drossen hauliers say that the loss by the bridge is closer to 400,000 euros.",
    ),
    ("Lorries of Drossen now take the long way around the bridge through a narrow valley.",),
    language="en",
)


def test_two_versions_are_chosen_together_or_not_at_all() -> None:
    rivals = rivals_of(DISPUTED)
    assert rivals == {2: frozenset({3}), 3: frozenset({2})}
    sentences = ranked(DISPUTED, rivals=rivals)
    both = {len({item.number for item in select(sentences, 9, words)} & {2, 3}) for words in range(0, 60, 5)}
    assert both == {0, 2}


@given(st.integers(0, 9), st.integers(0, 200), st.sampled_from((DETOUR, DISPUTED)))
def test_never_more_than_the_limits(most: int, words: int, article: Article) -> None:
    chosen = select(ranked(article, rivals=rivals_of(article)), most, words)
    assert len(chosen) <= most
    assert sum(item.words for item in chosen) <= words
    assert len({item.number for item in chosen}) == len(chosen)
