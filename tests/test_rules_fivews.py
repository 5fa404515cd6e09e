"""Short answers to the questions of the news desk, and silence where no sign is sure."""

from __future__ import annotations

import pytest
from records import HARBOUR, article_of

from summarizer.article import Article
from summarizer.extractive.answer import CitedPhrase
from summarizer.extractive.five_ws import FiveWsAnswers, find_five_ws
from summarizer.extractive.names.entities import find_names

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
    ("headline", "what"),
    [
        ("Okafor closes the bridge as the storm nears", "Okafor closes the bridge as the storm nears"),
        ("“We close the bridge”", None),
        ("Will Okafor close the bridge?", None),
    ],
)
def test_what_is_the_headline_unless_it_is_somebodys_words_or_a_question(headline: str, what: str | None) -> None:
    assert text(answers(HARBOUR, headline).what) == what


# --- when --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "when"),
    [
        ("on Monday", "on Monday"),
        ("since Saturday", "since Saturday"),
        ("late on Thursday night", "late on Thursday night"),
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
def test_when_is_the_only_day_of_the_lead_if_it_is_close_to_that_of_publication(day: str, when: str | None) -> None:
    assert text(news(f"The bridge was closed {day}.").when) == when


@pytest.mark.parametrize(
    ("language", "line", "when"),
    [
        ("de", "Die Brücke wurde am Mittwochabend geschlossen.", "am Mittwochabend"),
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


# --- where -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "lines", "where"),
    [
        ("en", ("France will rebuild the bridge that fell in Oslo.",), "Oslo"),
        ("en", ("Two ferries collided near Kestrel Bridge.",), "Kestrel Bridge"),
        ("en", ("Two ferries collided in Halmer.",), "Halmer"),
        ("en", ("Two ferries collided at Halmer, Norway.",), "Halmer"),
        ("en", ("Two ferries collided.", "Firefighters in London came."), "London"),
        ("de", ("Nach dem Brand in Leipzig sind zwei Straßen gesperrt.",), "Leipzig"),
        ("es", ("El escritor murió el lunes en Torrelobo.",), "Torrelobo"),
        ("fr", ("Le feu a détruit deux granges à Vermelle.",), "Vermelle"),
        ("it", ("L’incendio è scoppiato a Roma.",), "Roma"),
        ("nl", ("De brug in Oosterdam gaat dicht.",), "Oosterdam"),
        ("pt", ("O incêndio começou em Lisboa.",), "Lisboa"),
        ("sv", ("Branden bröt ut i Stockholm.",), "Stockholm"),
    ],
)
def test_where_is_a_place_directly_behind_a_preposition(language: str, lines: tuple[str, ...], where: str) -> None:
    assert text(news(*lines, language=language, headline="-").where) == where


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ("Two ferries collided in Norway.",)),
        ("en", ("Two ferries collided off the Garrow Islands.",)),
        ("en", ("Two ferries collided near Halmer.",)),
        ("en", ("Two ferries collided.", "It rained.", "Firefighters in London came.")),
        ("en", ("A jury at Halmer Crown Court heard him.", "He had lived in Spain.")),
        ("en", ("They found it in Miriam Okafor's garden.",)),
        ("de", ("Nach dem Brand im Lindachtal sind zwei Straßen gesperrt.",)),
        ("de", ("Im Rathaus brannte es, im Umfeld auch.",)),
        ("es", ("El escritor murió el lunes en su casa de Torrelobo.",)),
        ("fr", ("Le feu a détruit deux granges dans la commune de Vermelle.",)),
        ("nl", ("De brug in de gemeente Oosterdam gaat dicht.",)),
        ("pl", ("Strażacy ugasili pożar we wsi Borowiny.",)),
        ("ru", ("Пожар потушили в Лесогорской области.",)),
        ("tr", ("Yangın Gölova'da iki evi kül etti.",)),
        ("ar", ("انقطعت الكهرباء أمس في مدينة نخيل.",)),
        ("zh", ("火灾发生在青泽市，无人受伤。",)),
    ],
)
def test_where_is_none_without_a_preposition_and_a_place(language: str, lines: tuple[str, ...]) -> None:
    assert news(*lines, language=language, headline="-").where is None


def test_where_by_the_headline_comes_before_the_lead() -> None:
    lead = "Bearings in London failed and Halmer closed its bridge."
    assert text(news(lead, headline="Bridge fails in Halmer").where) == "Halmer"
    assert text(news(lead, headline="Bridge fails").where) == "London"


# --- why ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "sentence", "reason"),
    [
        ("en", "Valbourg closed its bridge because of cracks in two bearings.", "because of cracks in two bearings"),
        (
            "en",
            "Valbourg closed its bridge, citing cracks in two bearings, on Monday.",
            "citing cracks in two bearings",
        ),
        ("en", "Valbourg closed its bridge on Monday.", None),
        ("en", "Valbourg closed its bridge because of this.", None),
        ("en", "Valbourg closed its bridge after cracks in two bearings.", None),
        ("de", "Die Brücke ist zu, weil zwei Lager Risse haben.", "weil zwei Lager Risse haben"),
        ("es", "El puente está cerrado debido a grietas en dos apoyos.", "debido a grietas en dos apoyos"),
        ("fr", "Le pont est fermé à cause de fissures dans deux appuis.", "à cause de fissures dans deux appuis"),
        ("it", "Il ponte è chiuso a causa di crepe in due appoggi.", "a causa di crepe in due appoggi"),
        ("nl", "De brug is dicht vanwege scheuren in twee steunen.", "vanwege scheuren in twee steunen"),
        (
            "pt",
            "A ponte está fechada por causa de fissuras em dois apoios.",
            "por causa de fissuras em dois apoios",
        ),
    ],
)
def test_why_is_a_clause_only_where_the_article_says_because(
    language: str, sentence: str, reason: str | None
) -> None:
    assert text(news(sentence, language=language).why) == reason


# --- all of them -------------------------------------------------------------------------------------------------


def test_nothing_is_made_up() -> None:
    line = "it rained and nobody was there to see it."
    assert news(line) == FiveWsAnswers(what=CitedPhrase(line, (1,)))


def test_an_essay_answers_nothing() -> None:
    lead = ("Miriam Okafor closed the bridge in London on Monday because of cracks in two bearings.",)
    article = article_of(lead, language="en", published=PUBLISHED, genre="opinion")
    assert answers(article) == FiveWsAnswers()


def test_every_answer_names_the_sentence_that_says_it() -> None:
    lines = ("Miriam Okafor closed the bridge.", "It fell in London because two of its bearings had cracks.")
    found = news(*lines)
    stated = [(found.who, 1), (found.where, 2), (found.why, 2)]
    assert [answer.sentences if answer else None for answer, _ in stated] == [(number,) for _, number in stated]
