"""Short answers to the questions of the news desk, and silence where no sign is sure."""

from __future__ import annotations

import pytest
from records import HARBOUR, article_of

from summarizer.article import Article
from summarizer.extractive.answer import CitedPhrase
from summarizer.extractive.five_ws import FiveWsAnswers, find_five_ws
from summarizer.names.entities import find_names

PUBLISHED = "2024-05-15"
"""A Wednesday."""


def answers(article: Article, headline: str | None = None) -> FiveWsAnswers:
    line = headline or article.title or article.sentence_text(1)
    return find_five_ws(article, find_names(article), CitedPhrase(line, (1,)))


def news(*sentences: str, language: str = "en", headline: str | None = None) -> FiveWsAnswers:
    return answers(article_of(sentences, language=language, published=PUBLISHED), headline)


def text(answer: CitedPhrase | None) -> str | None:
    return answer.text if answer else None


# --- who and what ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headline", "who"),
    [
        ("Okafor closes the bridge as the storm nears", "Miriam Okafor"),
        ("Chief engineer Miriam Okafor closes a bridge", "Miriam Okafor"),
        ("The Ellery Hauliers' Association sues", "Ellery Hauliers' Association"),
        ("Port Ellery closes its harbour bridge", None),
        ("Port Ellery engineer Miriam Okafor closes a bridge", None),
        ("After cracks Okafor closes the bridge", None),
        ("Cracks found: Okafor closes the bridge", None),
        ("Okafor: “We close the bridge of Port Ellery”", None),
        ("Okafor’s bridge closes", None),
        ("Storm in Port Ellery stops Okafor", None),
    ],
)
def test_who_begins_the_headline_and_goes_on_with_a_verb(headline: str, who: str | None) -> None:
    assert text(answers(HARBOUR, headline).who) == who


@pytest.mark.parametrize(
    ("language", "line", "who"),
    [
        ("en", "The Bank of England raised its rate.", "Bank of England"),
        ("en", "The mayor Anna Lund was cleared in Halmer.", "Anna Lund"),
        ("de", "Ministerin Anna Brand schließt die Brücke.", "Anna Brand"),
        ("es", "La alcaldesa Carmen Vidal cortó la carretera.", "Carmen Vidal"),
        ("fr", "Paul Garnier a été relaxé.", "Paul Garnier"),
        ("it", "Il sindaco Antonio Greco chiude il ponte.", "Antonio Greco"),
        ("nl", "Burgemeester Sanne Bakker sluit de brug.", "Sanne Bakker"),
        ("pl", "Burmistrz Astrid Berg zamyka most.", "Astrid Berg"),
        ("pt", "O ministro Rui Tavares fechou a ponte.", "Rui Tavares"),
        ("sv", "Hamnchefen Astrid Berg stänger bron.", "Astrid Berg"),
    ],
)
def test_who_is_a_person_or_a_body_by_its_name(language: str, line: str, who: str) -> None:
    assert text(news(line, language=language).who) == who


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "The fishermen of Garrow county have sold fewer crabs."),
        ("en", "At least seven passengers were hurt in Halmer."),
        ("en", "The former treasurer of a choir was cleared in Halmer."),
        ("en", "France closed the bridge."),
        ("en", "Storm hits farmers and Miriam Okafor helps."),
        ("en", "A council spokesman said that Miriam Okafor was safe."),
        ("en", "Zyntha Quennell closed the bridge."),
        ("en", "I crossed the bridge at night."),
        ("de", "Die Bewohner von Lindach wehren sich."),
        ("es", "Unos vecinos de Torrelobo cortaron la carretera."),
        ("fr", "L'ancien maire de Vermelle, Paul Garnier, a été relaxé."),
        ("nl", "De gemeente Oosterdam sluit de brug."),
        ("pl", "Szpital w Borowinach zamyka oddział."),
        ("ru", "Районный суд Лесогорской области отклонил иск."),
    ],
)
def test_groups_places_and_who_is_only_spoken_of_are_not_who(language: str, line: str) -> None:
    assert news(line, language=language).who is None


@pytest.mark.parametrize(
    ("headline", "is_told"),
    [
        ("Harbour authority closes Kestrel Bridge after engineers find cracks", True),
        ("Okafor closes the bridge as the storm nears", False),
        ("Lorry drivers brace for a long summer of detours", False),
        ("“The harbour authority closed the Kestrel Bridge”", False),
        ("Why was the Kestrel Bridge of Port Ellery closed?", False),
    ],
)
def test_what_is_the_headline_where_the_first_sentences_tell_it_and_it_is_no_speech_and_no_question(
    headline: str, is_told: bool
) -> None:
    assert text(answers(HARBOUR, headline).what) == (headline if is_told else None)


# --- when --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "when"),
    [
        ("on Monday", "on Monday"),
        ("since Saturday", "since Saturday"),
        ("late on Thursday night", "late on Thursday night"),
        ("on Wednesday", None),
        ("today", None),
        ("yesterday", "yesterday"),
        ("on May 13, 2024", "on May 13, 2024"),
        ("on 30 May", None),
        ("on 12 June 1978", None),
        ("in May", None),
        ("last month", None),
        ("in 2022", None),
        ("on Monday and Tuesday", None),
    ],
)
def test_when_is_the_only_day_of_the_lead_if_it_is_just_before_publication(day: str, when: str | None) -> None:
    assert text(news(f"The bridge was closed {day}.").when) == when


@pytest.mark.parametrize(
    ("language", "line", "when"),
    [
        ("de", "Die Brücke wurde am Dienstagabend geschlossen.", "am Dienstagabend"),
        ("es", "El puente cerró el lunes por la noche.", "el lunes por la noche"),
        ("fr", "Le pont a fermé lundi.", "lundi"),
        ("it", "Il ponte ha chiuso lunedì.", "lunedì"),
        ("ja", "橋は昨日閉鎖された。", "昨日"),
        ("nl", "De brug ging maandag dicht.", "maandag"),
        ("pt", "A ponte fechou na noite de segunda-feira.", "na noite de segunda-feira"),
        ("zh", "大桥昨天关闭。", "昨天"),
    ],
)
def test_when_in_other_languages(language: str, line: str, when: str) -> None:
    assert text(news(line, language=language).when) == when


@pytest.mark.parametrize(
    "sentences",
    [
        ("The bridge was closed.", "It was on Monday."),
        ("The bridge that was opened on 12 June 1978 is closed.", "Engineers found the cracks on Monday."),
        ("Miriam Okafor, who was elected on Friday, met the drivers on Monday.",),
    ],
)
def test_when_is_none_where_the_first_sentence_names_no_day_or_more_than_one(sentences: tuple[str, ...]) -> None:
    assert news(*sentences).when is None


@pytest.mark.parametrize("day", ["on Monday", "on 15 October 2024", "in 1994"])
def test_without_a_date_of_publication_there_is_no_when(day: str) -> None:
    assert answers(article_of((f"The bridge was closed {day}.",), language="en")).when is None


# --- all of them -------------------------------------------------------------------------------------------------


def test_nothing_is_made_up() -> None:
    line = "it rained and nobody was there to see it."
    assert news(line) == FiveWsAnswers(what=CitedPhrase(line, (1,)))


def test_an_essay_answers_nothing() -> None:
    lead = ("Miriam Okafor closed the bridge in London on Monday because of cracks in two bearings.",)
    article = article_of(lead, language="en", published=PUBLISHED, genre="opinion")
    assert answers(article) == FiveWsAnswers()


def test_every_answer_names_the_sentence_that_says_it() -> None:
    lines = ("It rained.", "The bridge of Halmer was closed on Monday.", "Miriam Okafor closed the bridge of Halmer.")
    article = article_of(lines, language="en", published=PUBLISHED)
    headline = CitedPhrase("Okafor closed the bridge of Halmer", (3,))
    assert find_five_ws(article, find_names(article), headline, skipped=frozenset({1})) == FiveWsAnswers(
        who=CitedPhrase("Miriam Okafor", (3,)), what=headline, when=CitedPhrase("on Monday", (2,))
    )
