"""Quotes given to somebody else than the one who says them, by what stands around them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from records import article_of

from summarizer.checking.analysis import ArticleAnalysis
from summarizer.checking.speakers import speaker_findings
from summarizer.record import Entity, Quote

Paragraph = tuple[str, ...]


def others_named(
    speaker: str, quote: str, *paragraphs: Paragraph, people: Mapping[str, str | None], language: str
) -> bool:
    """Whether a quote that the record gives to a speaker is somebody else's in the article."""
    article = ArticleAnalysis(article_of(*paragraphs, language=language))
    entities = [Entity(name=name, type="person", role=role) for name, role in people.items()]
    start = article.text.index(quote)
    quotes = [
        Quote(
            text=quote,
            speaker=speaker,
            speaker_role=None,
            evidence=(article.article.span(start, start + len(quote)),),
        )
    ]
    found = [finding.code for finding in speaker_findings(quotes, entities, article.naming(entities))]
    return found == ["speaker_differs"]


@pytest.mark.parametrize(
    ("language", "quote", "paragraph", "right", "wrong"),
    [
        (  # the subject of its sentence, with no verb that any list has
            "en",
            "not worth the paper",
            ("Jo Brand met the board.", "Ada Quill dismissed the survey as “not worth the paper” it came on."),
            "Ada Quill",
            "Jo Brand",
        ),
        (
            "fr",
            "C'est une farce",
            ("Paul Girard attendait.", "« C'est une farce », a lâché Lise Morel en sortant."),
            "Lise Morel",
            "Paul Girard",
        ),
        (  # going on without a subject
            "pt",
            "Ninguém nos avisou de nada",
            ("O vereador Rui Teles chegou às dez horas.", "«Ninguém nos avisou de nada», explicou."),
            "Rui Teles",
            "Marta Pinho",
        ),
        (  # the quote alone
            "nl",
            "Dat had nooit gemogen",
            ("Volgens Pieter Smit is de dijk te laag.", "„Dat had nooit gemogen.”"),
            "Pieter Smit",
            "Karin de Boer",
        ),
        (  # one surname, two people
            "es",
            "una vergüenza para el pueblo",
            ("El médico Luis Salas lo llamó «una vergüenza para el pueblo».",),
            "Luis Salas",
            "Carmen Salas",
        ),
        (
            "sv",
            "Det är inte sant",
            ("Läkaren Maja Ek kom sent.", "Ek skakade på huvudet: ”Det är inte sant.”"),
            "Maja Ek",
            "Olle Ek",
        ),
        ("ja", "工事は来年まで続く", ("田中花子村長は「工事は来年まで続く」と語った。",), "田中花子", "鈴木一郎"),
    ],
)
def test_who_stands_beside_a_quote_says_it(
    language: str, quote: str, paragraph: Paragraph, right: str, wrong: str
) -> None:
    people = {right: None, wrong: None}
    assert others_named(wrong, quote, paragraph, people=people, language=language)
    assert not others_named(right, quote, paragraph, people=people, language=language)


@pytest.mark.parametrize(
    ("language", "quote", "paragraph", "speaker", "other"),
    [
        (  # she is not who is spoken of
            "en",
            "I never believed a word",
            ("Ada Quill left the hall.", "“I never believed a word,” she said of the speech by Jo Brand."),
            "Ada Quill",
            "Jo Brand",
        ),
        (
            "fr",
            "Il faut tout reprendre",
            ("Lise Morel est revenue.", "« Il faut tout reprendre », a-t-elle lancé, sous les yeux de Paul Girard."),
            "Lise Morel",
            "Paul Girard",
        ),
        (  # somebody without a name
            "it",
            "Qui non entra nessuno",
            ("Bruno Sarti arriva alle sei.", "La custode apre la finestra: «Qui non entra nessuno»."),
            "Elsa Conti",
            "Bruno Sarti",
        ),
        (  # the answer of an interview
            "en",
            "We had no choice at all",
            ("Jo Brand says the opposite.", "We had no choice at all."),
            "Ada Quill",
            "Jo Brand",
        ),
    ],
)
def test_who_is_only_spoken_of_does_not(
    language: str, quote: str, paragraph: Paragraph, speaker: str, other: str
) -> None:
    assert not others_named(speaker, quote, paragraph, people={speaker: None, other: None}, language=language)


def test_an_office_stands_for_who_has_it() -> None:
    paragraph = ("La figlia scuote la testa: «Era già tutto deciso».",)
    people = {"Elsa Conti": "figlia del fondatore", "Bruno Sarti": "notaio"}
    assert others_named("Bruno Sarti", "Era già tutto deciso", paragraph, people=people, language="it")
    assert not others_named("Elsa Conti", "Era già tutto deciso", paragraph, people=people, language="it")


def test_the_answers_of_an_interview_are_of_one() -> None:
    answers = ("We began with two boats.", "The third came a year later.", "I would do it all again.")
    article = ArticleAnalysis(article_of(*((answer,) for answer in answers), language="en"))
    entities = [Entity(name=name, type="person", role=None) for name in ("Ada Quill", "Jo Brand")]
    spans = [article.article.span(each.start, each.end) for each in article.article.sentences]
    quotes = [
        Quote(text=answer, speaker=speaker, speaker_role=None, evidence=(span,))
        for answer, speaker, span in zip(answers, ("Ada Quill", "Jo Brand", "Ada Quill"), spans, strict=True)
    ]
    [finding] = speaker_findings(quotes, entities, article.naming(entities))
    assert finding.path == "quotes[1].speaker" and "Ada Quill" in finding.message
