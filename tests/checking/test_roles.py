"""Offices that a record gives to somebody else than the article does."""

from __future__ import annotations

import pytest
from records import article_of

from summarizer.checking.analysis import ArticleAnalysis
from summarizer.checking.statements.names.roles import role_findings, role_of_another
from summarizer.record import Entity, Quote

ARTICLES = {
    "en": ("Mayor Ada Quill opened the lock.", "Jo Brand, the harbour master, stayed away.", "Quill left early."),
    "de": ("Bürgermeisterin Ada Quill kam.", "Jo Brand, der Hafenmeister, blieb fern.", "Quill ging früh."),
    "es": ("La alcaldesa, Ada Quill, abrió la esclusa.", "Jo Brand, capitán del puerto, no acudió.", "Quill se fue."),
    "pl": ("Burmistrz Ada Quill otworzyła śluzę.", "Jo Brand, kapitan portu, nie przyszedł.", "Quill wyszła."),
}
ROLES = {
    "en": ("mayor", "harbour master"),
    "de": ("Bürgermeisterin", "Hafenmeister"),
    "es": ("alcaldesa", "capitán del puerto"),
    "pl": ("burmistrz", "kapitan portu"),
}


def article_with(language: str, *sentences: str, **roles: str | None) -> tuple[ArticleAnalysis, list[Entity]]:
    """An article, and a record of it in which people have these roles."""
    entities = [Entity(name=name.replace("_", " "), type="person", role=role) for name, role in roles.items()]
    return ArticleAnalysis(article_of(sentences, language=language)).naming(entities), entities


@pytest.mark.parametrize("language", ARTICLES)
def test_a_role_that_is_told_beside_another_name_is_marked(language: str) -> None:
    mayor, master = ROLES[language]
    article, entities = article_with(language, *ARTICLES[language], Ada_Quill=master, Jo_Brand=master)
    assert [finding.path for finding in role_findings(entities, (), article)] == ["entities[0].role"]
    article, entities = article_with(language, *ARTICLES[language], Ada_Quill=mayor, Jo_Brand=master)
    assert not list(role_findings(entities, (), article))


@pytest.mark.parametrize("language", ARTICLES)
def test_an_office_before_the_name_of_another_in_a_statement_is_found(language: str) -> None:
    mayor, master = ROLES[language]
    article, _ = article_with(language, *ARTICLES[language], Ada_Quill=mayor, Jo_Brand=master)
    statements = [article.cited([article.article.span(each.start, each.end)]) for each in article.article.sentences]
    assert not any(role_of_another(statement, article) for statement in statements)
    wrong, _ = article_with(language, f"{mayor} Jo Brand")
    found = role_of_another(wrong, article)
    assert found and found[1:] == ("Jo Brand", "Ada Quill")


def test_a_role_may_be_told_in_the_sentence_behind_a_name_or_of_two_people() -> None:
    sentences = ("Ada Quill opened the lock.", "The mayor left early.", "Ministers Jo Brand and Ina Holt stayed.")
    roles = {"Ada_Quill": "mayor", "Jo_Brand": "minister", "Ina_Holt": "minister"}
    article, entities = article_with("en", *sentences, **roles)
    assert not list(role_findings(entities, (), article))


def test_the_role_of_who_is_quoted_is_held_against_those_of_the_record() -> None:
    sentences = ("“We will not pay,” somebody said.", "Mayor Ada Quill and Ina Holt met.", "Jo Brand left.")
    article, entities = article_with("en", *sentences, Ada_Quill="mayor", Jo_Brand="harbour master")
    evidence = (article.article.span(0, len(sentences[0])),)
    quotes = [Quote(text="We will not pay", speaker="Jo Brand", speaker_role="mayor", evidence=evidence)]
    assert [finding.path for finding in role_findings(entities, quotes, article)] == ["quotes[0].speaker_role"]
