"""Short answers to the questions of the news desk."""

from __future__ import annotations

from dataclasses import replace

import pytest
from records import HARBOUR, article_of

from summarizer.article import Article
from summarizer.rules.answer import Answer
from summarizer.rules.fivews import Answers, find_five_ws
from summarizer.rules.names import find_names


def answers(article: Article, headline: str | None = None) -> Answers:
    line = headline or article.title or article.sentence_text(1)
    return find_five_ws(article, find_names(article), Answer(line, (1,)))


def text(answer: Answer | None) -> str | None:
    return answer.text if answer else None


def test_who_does_what_by_the_headline() -> None:
    found = answers(HARBOUR)
    assert (text(found.who), text(found.what)) == ("Port Ellery", "closes its harbour bridge after cracks are found")


@pytest.mark.parametrize(
    ("headline", "who", "what"),
    [
        ("After cracks Okafor closes the bridge", "Miriam Okafor", "After cracks Okafor closes the bridge"),
        ("Cracks found: Okafor closes the bridge", "Miriam Okafor", "closes the bridge"),
        (
            "Okafor: “We close the bridge of Port Ellery”",
            "Miriam Okafor",
            "Okafor: “We close the bridge of Port Ellery”",
        ),
        ("Port Ellery engineer Miriam Okafor closes a bridge", "Miriam Okafor", "closes a bridge"),
        ("Okafor closes the bridge as the storm nears", "Miriam Okafor", "closes the bridge"),
        ("Storm in Port Ellery stops Okafor", "Miriam Okafor", "Storm in Port Ellery stops Okafor"),
    ],
)
def test_who_acts_in_a_headline(headline: str, who: str, what: str) -> None:
    found = answers(HARBOUR, headline)
    assert (text(found.who), text(found.what)) == (who, what)


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Valbourg closed its bridge because of cracks in two bearings.", "because of cracks in two bearings"),
        ("Valbourg closed its bridge, citing cracks in two bearings, on Monday.", "citing cracks in two bearings"),
        ("Valbourg closed its bridge on Monday.", None),
    ],
)
def test_why_only_where_the_article_says_so(sentence: str, reason: str | None) -> None:
    assert text(answers(article_of((sentence,), language="en")).why) == reason


def test_when_is_not_what_the_article_looks_back_on() -> None:
    article = article_of(
        ("The bridge that was opened on 12 June 1978 is closed.",),
        ("Engineers found the cracks on Monday.",),
        language="en",
        published="2024-05-15",
    )
    assert text(answers(article).when) == "on Monday"


def test_where_is_a_place_behind_a_preposition() -> None:
    article = article_of(("France will rebuild the bridge that fell in Oslo.",), language="en")
    assert text(answers(article).where) == "Oslo"


@pytest.mark.parametrize(
    ("headline", "where"),
    [
        ("Bridge fails in the port city of Halmer", "Halmer"),
        ("Bridge fails in New Zealand", "New Zealand"),
        ("Bridge fails", "DROSSEN"),
    ],
)
def test_where_by_the_headline_or_else_the_dateline(headline: str, where: str) -> None:
    article = article_of(
        ("DROSSEN, May 14 (Ellery Press) — Bearings failed and Halmer closed its bridge.",), language="en"
    )
    assert text(answers(article, headline).where) == where


def test_when_is_not_what_a_relative_clause_looks_back_on() -> None:
    article = article_of(
        ("Miriam Okafor, who was elected on Friday, met the drivers on Monday.",),
        language="en",
        published="2024-05-15",
    )
    assert text(answers(article).when) == "on Monday"


def test_a_day_is_named_by_its_date_where_the_article_does_so() -> None:
    article = article_of(
        ("The bridge was closed on Monday.",),
        ("It was empty when the lorry came on May 13.",),
        language="en",
        published="2024-05-15",
    )
    assert text(answers(article).when) == "on May 13"


def test_nothing_is_made_up() -> None:
    found = answers(article_of(("it rained and nobody was there to see it.",), language="en"))
    assert [found.who, found.when, found.where, found.why, found.how] == [None] * 5


def test_every_answer_names_the_sentence_that_says_it() -> None:
    found = answers(HARBOUR)
    for answer in (found.when, found.where):
        assert answer and all(answer.text in HARBOUR.sentence_text(number) for number in answer.sentences)


@pytest.mark.parametrize(
    ("language", "lines", "where"),
    [
        ("en", ("Two ferries collided off the Garrow Islands.",), "Garrow Islands"),
        ("en", ("Farmers in Ostley county sold less milk.",), "Ostley county"),
        ("en", ("A jury at Halmer Crown Court heard him.", "He had lived in Spain."), "Halmer Crown Court"),
        ("de", ("Nach dem Brand im Lindachtal sind zwei Straßen gesperrt.",), "Lindachtal"),
        ("fr", ("Le feu a détruit deux granges dans la commune de Vermelle.",), "Vermelle"),
        ("es", ("El escritor murió el lunes en su casa de Torrelobo.",), "Torrelobo"),
        ("nl", ("De brug in de gemeente Oosterdam gaat dicht.",), "Oosterdam"),
        ("pl", ("Strażacy ugasili pożar we wsi Borowiny.",), "Borowiny"),
        ("ru", ("Пожар потушили в Лесогорской области.",), "Лесогорской области"),
        ("tr", ("Yangın Gölova'da iki evi kül etti.",), "Gölova"),
        ("ar", ("انقطعت الكهرباء أمس في مدينة نخيل.",), "مدينة نخيل"),
        ("zh", ("火灾发生在青泽市，无人受伤。",), "青泽市"),
    ],
)
def test_where_by_what_stands_beside_a_name(language: str, lines: tuple[str, ...], where: str) -> None:
    assert text(answers(article_of(lines, language=language), "-").where) == where


def test_a_common_noun_is_no_place_where_all_nouns_have_capitals() -> None:
    assert answers(article_of(("Im Rathaus brannte es, im Umfeld auch.",), language="de")).where is None


@pytest.mark.parametrize(
    ("language", "line", "who"),
    [
        ("en", "The fishermen of Garrow county have sold fewer crabs.", "The fishermen of Garrow county"),
        ("en", "At least seven passengers were hurt in Halmer.", "At least seven passengers"),
        ("en", "The former treasurer of a choir was cleared in Halmer.", "The former treasurer of a choir"),
        ("fr", "L'ancien maire de Vermelle, Paul Garnier, a été relaxé.", "Paul Garnier"),
        ("es", "Unos vecinos de Torrelobo cortaron la carretera.", "Unos vecinos de Torrelobo"),
        ("nl", "De gemeente Oosterdam sluit de brug.", "De gemeente Oosterdam"),
        ("de", "Die Bewohner von Lindach wehren sich.", "Die Bewohner von Lindach"),
        ("pl", "Szpital w Borowinach zamyka oddział.", "Szpital w Borowinach"),
        ("ru", "Районный суд Лесогорской области отклонил иск.", "Районный суд Лесогорской области"),
    ],
)
def test_who_is_the_subject_rather_than_a_place(language: str, line: str, who: str) -> None:
    assert text(answers(article_of((line,), language=language), line).who) == who


@pytest.mark.parametrize(
    "line", ["Storm hits farmers and Miriam Okafor helps.", "A council spokesman said that Miriam Okafor was safe."]
)
def test_who_is_not_whom_a_verb_hits_nor_who_speaks_for_somebody(line: str) -> None:
    assert text(answers(article_of((line,), language="en"), line).who) == "Miriam Okafor"


def test_two_people_act_together() -> None:
    article = article_of(("Anna Keller and Miriam Okafor close the bridge.",), language="en")
    assert text(answers(article).who) == "Anna Keller and Miriam Okafor"


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("I crossed the bridge at night.", "Rosa Feld"),
        ("“I crossed the bridge,” said Miriam Okafor.", "Miriam Okafor"),
    ],
)
def test_the_author_is_who_holds_an_opinion(line: str, who: str) -> None:
    article = replace(article_of((line,), language="en"), authors=("Rosa Feld",))
    assert text(answers(article, "The bridge is too long").who) == who


@pytest.mark.parametrize(
    ("sentences", "when"),
    [
        (("Its designer died in 1994.", "The bridge of Harl is closed since Saturday."), "since Saturday"),
        (("In May 2024 the bridge was painted.", "It was closed on 15 October 2024."), "on 15 October 2024"),
        (("The bridge was closed in 1994.", "It was never opened again."), "in 1994"),
    ],
)
def test_without_a_date_of_publication_a_year_tells_least(sentences: tuple[str, ...], when: str) -> None:
    article = article_of(sentences, language="en")
    assert text(answers(article, "Bridge of Harl is closed").when) == when
