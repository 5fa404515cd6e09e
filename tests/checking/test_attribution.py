"""Claims told as facts, and additions: what is marked, and what a good summary may say."""

from __future__ import annotations

import pytest
from records import article_of

from summarizer.checking.analysis import ArticleAnalysis
from summarizer.checking.statements.statement_checks import findings


def codes(statement: str, source: str, *others: str, language: str = "en") -> list[str]:
    article = article_of((source, *others), title="", language=language)
    sentence = article.sentence(1)
    found = findings(statement, [article.span(sentence.start, sentence.end)], ArticleAnalysis(article))
    return [each.code for each in found if each.severity != "note"]


CLAIM = "The union claims that the operator ignored the warnings of its engineers for years."


@pytest.mark.parametrize(
    ("statement", "source", "language"),
    [
        ("The operator ignored the warnings of its engineers for years.", CLAIM, "en"),
        (
            "The slow economy has put the island on an unsustainable path.",
            "“The slow economy has put the island on an unsustainable path,” the website explains.",
            "en",
        ),
        (
            "Vega was one of ten women picked for the party in the penthouse.",
            "Vega claims she was one of ten women picked for the party in the penthouse.",
            "en",
        ),
        (
            "Die Zölle haben zwischen Juli und September 14 Millionen Dollar gekostet.",
            "Sie hätten allein zwischen Juli und September 14 Millionen Dollar gekostet.",
            "de",
        ),
        (
            "L'argent a payé une véranda et deux voyages au Portugal.",
            "L'accusation prétend que l'argent a payé une véranda et deux voyages au Portugal.",
            "fr",
        ),
        (
            "La empresa prepara 240 despidos antes de Navidad.",
            "El sindicato sostiene que la empresa prepara 240 despidos antes de Navidad.",
            "es",
        ),
    ],
)
def test_a_claim_told_as_a_fact_is_marked(statement: str, source: str, language: str) -> None:
    assert "attribution_lost" in codes(statement, source, language=language)


@pytest.mark.parametrize(
    ("statement", "source"),
    [
        ("The union accuses the operator of having ignored the warnings of its engineers for years.", CLAIM),
        ("The union blames the operator for ignored warnings of its engineers for years.", CLAIM),
        ("In the union's view the operator ignored the warnings of its engineers for years.", CLAIM),
        ("The operator may have ignored the warnings of its engineers for years.", CLAIM),
        ("The museum will close in May while its roof is rebuilt.", "The museum will close in May while its roof is "
         "rebuilt, its trustees said on Tuesday."),
        ("Seventeen pups had wounds from dogs, its vets say, and the hospital asks people to keep dogs on the lead.",
         "Of the pups, seventeen had wounds from dogs, the hospital's vets say, against six last winter."),
    ],
)  # fmt: skip
def test_a_claim_that_is_left_to_somebody_is_none(statement: str, source: str) -> None:
    assert "attribution_lost" not in codes(statement, source)


def test_what_the_article_itself_asserts_is_no_claim() -> None:
    statement = "The operator ignored the warnings of its engineers for years."
    assert "attribution_lost" not in codes(
        statement, CLAIM, "The operator ignored the warnings of its engineers for years, a court has found."
    )


def test_a_clause_of_which_the_article_has_nothing_is_an_addition() -> None:
    source = "The moderator stopped the debate and a rival helped her to stand up."
    statement = "The moderator stopped the debate, spectators filmed everything, and a rival helped her to stand up."
    assert codes(statement, source) == ["not_in_article"]
    assert codes("The moderator stopped the debate, and a rival helped her to stand up.", source) == []
