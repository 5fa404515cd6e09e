"""Which sentences say most together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records import HARBOUR, article_of

from summarizer.article import Article
from summarizer.extractive.figures import find_figures
from summarizer.extractive.sentences.conflicting_figures import find_rivals
from summarizer.extractive.sentences.ranking import rank
from summarizer.extractive.sentences.selection import select


def test_nothing_is_chosen_that_says_the_same() -> None:
    article = article_of(
        ("The council of Valbourg closed the old bridge over the river.",),
        ("The old bridge over the river was closed by the council of Valbourg on Monday.",),
        ("Repairs will cost six million euros and last until September.",),
        language="en",
    )
    assert {item.number for item in select(rank(article), 3, 60)} in ({1, 3}, {2, 3})


def test_the_words_are_a_limit_but_for_the_fewest_sentences() -> None:
    ranked = rank(HARBOUR)
    assert sum(item.words for item in select(ranked, 9, 40)) <= 40
    assert select(ranked, 9, 2) == []
    assert len(select(ranked, 9, 2, fewest=3)) == 3


def test_what_hangs_on_another_sentence_is_never_chosen() -> None:
    article = article_of(
        ("The town of Valbourg closed the old stone bridge on Monday.",),
        ("He added that new bearings, paint and asphalt cost six million euros.",),
        ("Therefore the deck, the railings and the lamps come later.",),
        ("The lorries of Drossen now drive through the narrow valley.", "It is closed to bicycles on Sundays."),
        language="en",
    )
    assert {item.number for item in select(rank(article), 4, 200, fewest=4)} == {1, 4}
    assert select(rank(article, skipped=frozenset({1, 4})), 4, 200, fewest=4) == []


def test_headings_are_never_chosen() -> None:
    headings = (
        ("Valbourg bridge closed after six lorries",),
        ("12 May 2025 · Valbourg · bridges and rivers · four minutes",),
    )
    said = ("The council of Drossen said “no” to the tunnel.",)
    article = article_of(*headings, said, ("Repairs of the bridge cost six million (about ten).",), language="en")
    assert {item.number for item in select(rank(article), 9, 200)} == {3, 4}
    assert select(rank(article_of(*headings, language="en")), 9, 200, fewest=3) == []


def test_of_two_sentences_that_say_as_much_the_shorter_is_chosen() -> None:
    article = article_of(
        ("As it would have been for all of them as well, the harbour of Drossen was closed on Monday.",),
        ("The bridge of Valbourg was opened on Sunday.",),
        language="en",
        genre="opinion",
    )
    assert [item.number for item in select(rank(article), 1, 60)] == [2]


def test_behind_the_fewest_nothing_is_chosen_that_only_fills_the_room() -> None:
    ranked = rank(HARBOUR)
    assert len(select(ranked, 9, 500, fewest=2, least=0.9)) == 2
    assert len(select(ranked, 9, 500, fewest=2)) == sum(item.stands_alone for item in ranked) > 2


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
    ("The council of Valbourg closed the old bridge over the river.",),
    (
        "The harbour puts the loss to local firms at 150,000 euros.",
        "The drivers say that the loss is closer to 400,000 euros.",
    ),
    ("Lorries now take a detour through the narrow valley of Drossen.",),
    language="en",
)


def test_two_versions_are_chosen_together_or_not_at_all() -> None:
    rivals = rivals_of(DISPUTED)
    assert rivals == {2: frozenset({3}), 3: frozenset({2})}
    ranked = rank(DISPUTED, rivals=rivals)
    both = {len({item.number for item in select(ranked, 9, words)} & {2, 3}) for words in range(0, 60, 5)}
    assert both == {0, 2}


@given(st.integers(0, 9), st.integers(0, 200), st.sampled_from((HARBOUR, DISPUTED)))
def test_never_more_than_the_limits(most: int, words: int, article: Article) -> None:
    chosen = select(rank(article, rivals=rivals_of(article)), most, words)
    assert len(chosen) <= most
    assert sum(item.words for item in chosen) <= words
    assert len({item.number for item in chosen}) == len(chosen)
