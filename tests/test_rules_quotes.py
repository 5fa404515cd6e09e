"""Quotations in every style, and who said them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records import article_of as in_unknown_language

from summarizer.article import Article
from summarizer.rules.names import find_names
from summarizer.rules.quotes import find_quotations
from summarizer.rules.speakers import Speaker, find_speakers


def article_of(*paragraphs: tuple[str, ...], language: str = "en") -> Article:
    return in_unknown_language(*paragraphs, language=language)


def said(article: Article) -> list[tuple[str, str | None]]:
    """What is quoted as speech, and the name of its speaker."""
    return [(text, speaker.name) for text, speaker in reported(article)]


def reported(article: Article) -> list[tuple[str, Speaker]]:
    quotations = find_quotations(article)
    speakers = find_speakers(article, quotations, find_names(article))
    pairs = zip(quotations, speakers, strict=True)
    return [(article.text[q.start : q.end], speaker) for q, speaker in pairs if q.is_speech]


def quoted(text: str) -> list[str]:
    article = article_of((text,))
    return [article.text[q.start : q.end] for q in find_quotations(article)]


WORDS = "The bridge is not safe for lorries"


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        *("“”", "„“", "„”", "””", "‘’", "‚‘", '""', "''", "«»", "»«", "‹›", "「」", "『』"),
        ("« ", " »"),
    ],
)
def test_every_style_of_marks(opening: str, closing: str) -> None:
    assert quoted(f"She put it so: {opening}{WORDS}{closing}") == [WORDS]


@pytest.mark.parametrize(("opening", "closing"), [('"', "’"), ('"', "'"), ("‘", '"'), ("“", "’"), ("'", "’")])
def test_a_wrong_closing_mark_counts_behind_punctuation(opening: str, closing: str) -> None:
    assert quoted(f"{opening}{WORDS},{closing} Okafor said.") == [WORDS]


def test_apostrophes_neither_open_nor_close() -> None:
    assert quoted("The officers' cars and the town's '90s bridge aren't the Okafors' business.") == []
    assert quoted("‘The officers’ cars can’t cross it,’ she said.") == ["The officers’ cars can’t cross it"]


def test_a_quotation_inside_another_belongs_to_it() -> None:
    assert quoted("“He said ‘never’ and “not now” to me,” she said.") == ["He said ‘never’ and “not now” to me"]


def test_inches_and_unclosed_marks_are_no_quotations() -> None:
    assert quoted('A pipe of 5" and a board of 12" were lost.') == []
    assert quoted('He said: "the bridge is closed and so is the road.') == []


def test_a_few_words_are_found_but_are_no_speech() -> None:
    article = article_of(('The "temporary repair" has lasted ten years.',))
    (quotation,) = find_quotations(article)
    assert not quotation.is_speech
    assert article.text[quotation.start : quotation.end] == "temporary repair"


@given(st.text(alphabet="ab .,‘’“”„«»'\"\n", max_size=80))
def test_quotations_are_in_order_and_inside_the_text(text: str) -> None:
    article = article_of((text.strip() or "a",))
    at = 0
    for quotation in find_quotations(article):
        assert at <= quotation.opened < quotation.start <= quotation.end <= quotation.closed <= len(article.text)
        at = quotation.closed


# --- speakers ----------------------------------------------------------------------------------------------------

OPENING = ("Harbour master Miriam Okafor met Tomas Lindgren in Port Ellery on Monday.",)


@pytest.mark.parametrize(
    "report",
    [
        "“We closed it before the storm came,” said Okafor.",
        "“We closed it before the storm came,” Okafor told reporters.",
        "“We closed it before the storm came”, Miriam Okafor, 51, added in a statement.",
        "Okafor said: “We closed it before the storm came.”",
        "According to Okafor, “we closed it before the storm came”.",
        "“We closed it before the storm came.” — Miriam Okafor",
    ],
)
def test_reports_before_and_after(report: str) -> None:
    ((_, speaker),) = said(article_of(OPENING, (report,)))
    assert speaker == "Miriam Okafor"


def test_the_role_comes_with_the_speaker() -> None:
    article = article_of(("“We closed it before the storm,” said Minister of Public Works Dana Whitlock.",))
    assert [speaker for _, speaker in reported(article)] == [Speaker("Dana Whitlock", "Minister of Public Works")]


def test_a_pronoun_is_the_last_speaker_unless_the_paragraph_names_somebody_else() -> None:
    article = article_of(
        ("“We closed it before the storm came,” said Miriam Okafor.",),
        ("“It was the right thing to do,” she continued.",),
        ("Tomas Lindgren disagrees.", "“Nobody asked the drivers about it,” he said."),
    )
    assert [speaker for _, speaker in said(article)] == ["Miriam Okafor", "Miriam Okafor", "Tomas Lindgren"]


def test_the_second_half_of_a_quotation_has_the_speaker_of_the_first() -> None:
    article = article_of(("“We closed it in time,” said Miriam Okafor.", "“Nobody was on it when it fell.”"))
    assert [speaker for _, speaker in said(article)] == ["Miriam Okafor", "Miriam Okafor"]


def test_a_quotation_over_two_paragraphs() -> None:
    article = article_of(
        ("“We closed it in time and nobody was hurt.",),
        ("“The rest is for the courts to decide,” said Miriam Okafor.",),
    )
    assert said(article) == [
        ("We closed it in time and nobody was hurt.", "Miriam Okafor"),
        ("The rest is for the courts to decide", "Miriam Okafor"),
    ]


def test_a_doubtful_term_in_between_does_not_change_the_speaker() -> None:
    article = article_of(
        ("“We closed it before the storm came,” said Miriam Okafor of the “repair”.",),
        ("“It was the right thing to do,” she said.",),
    )
    assert [speaker for _, speaker in said(article)] == ["Miriam Okafor", "Miriam Okafor"]


def test_nobody_is_made_up() -> None:
    article = article_of(OPENING, ("On the wall stands “all who cross this bridge pay twice”.",))
    assert said(article) == [("all who cross this bridge pay twice", None)]


def test_who_speaks_for_somebody_is_not_that_somebody() -> None:
    article = article_of(OPENING, ("“There is nothing to add to it,” said a spokesman for Miriam Okafor.",))
    assert [speaker for _, speaker in reported(article)] == [Speaker(None, "a spokesman for Miriam Okafor")]


@pytest.mark.parametrize(
    ("language", "report", "speaker", "role"),
    [
        ("de", "„{}“, sagte Verkehrsministerin Anna Brand.", "Anna Brand", "Verkehrsministerin"),
        ("fr", "« {} », a déclaré le maire Étienne Marchand.", "Étienne Marchand", "maire"),
        ("es", "«{}», afirmó la ministra Carmen Ortega.", "Carmen Ortega", "ministra"),
        ("it", "«{}», ha detto il ministro dell’Interno Paolo Ferri.", "Paolo Ferri", "ministro dell’Interno"),
        ("pt", "“{}”, disse o ministro Rui Tavares.", "Rui Tavares", "ministro"),
        ("nl", "“{}”, zei burgemeester Sanne Bakker.", "Sanne Bakker", "burgemeester"),
    ],
)
def test_reports_in_other_languages(language: str, report: str, speaker: str, role: str) -> None:
    article = article_of((report.format(WORDS),), language=language)
    assert reported(article) == [(WORDS, Speaker(speaker, role))]


@pytest.mark.parametrize(
    ("language", "paragraphs", "speakers"),
    [
        (
            "de",
            (
                (
                    "Das teilte Hafenmeisterin Katrin Vollmer mit.",
                    "„Wir müssen jetzt leider schließen“, sagte Vollmer.",
                ),
                ("Ihr Nachbar Ali Demir bestätigt das: „Es ging alles sehr schnell.“",),
                ("„Der Hafen muss bald wieder öffnen“, sagte der Minister Jens Petersen der Zeitung.",),
            ),
            ["Katrin Vollmer", "Ali Demir", "Jens Petersen"],
        ),
        (
            "fr",
            (
                ("Le ministre Julien Carpentier est venu.", "« Nous n’avons plus assez de place », a-t-il expliqué."),
                ("« C’est une décision bien trop brutale », a réagi Hélène Dubois, présidente du syndicat.",),
            ),
            ["Julien Carpentier", "Hélène Dubois"],
        ),
        (
            "es",
            (
                ('"No vamos a dejar a nadie solo", dijo el presidente Andrés Rojas.',),
                ("Jorge Prieto exigió un cambio: «Nadie puede seguir como si nada».",),
                ("«Es una sentencia del todo injusta», ha asegurado su abogada, Teresa Gil.",),
            ),
            ["Andrés Rojas", "Jorge Prieto", "Teresa Gil"],
        ),
        (
            "it",
            (
                (
                    "È il sindaco Antonio Greco.",
                    "«È una scelta del tutto necessaria», ha detto Greco ai giornalisti.",
                ),
                ("«Qui non si può più lavorare», propone il presidente della Regione Campania, Luca Esposito.",),
            ),
            ["Antonio Greco", "Luca Esposito"],
        ),
        (
            "pt",
            (
                (
                    "“Não havia mesmo outra alternativa”, disse Rui Tavares.",
                    "“A segurança está sempre primeiro”, acrescentou.",
                ),
                ("“É o caos todos os dias”, lamenta Marta Figueira, que gere um café.",),
            ),
            ["Rui Tavares", "Rui Tavares", "Marta Figueira"],
        ),
        (
            "nl",
            (
                ("Premier Anne Verhoeven sprak kort.", "“Joost heeft altijd hard gewerkt”, zei ze."),
                ("Oppositieleider Mark Jansen wil een onderzoek: “De Kamer is te laat ingelicht.”",),
            ),
            ["Anne Verhoeven", "Mark Jansen"],
        ),
    ],
)
def test_articles_in_other_languages(
    language: str, paragraphs: tuple[tuple[str, ...], ...], speakers: list[str]
) -> None:
    assert [speaker for _, speaker in said(article_of(*paragraphs, language=language))] == speakers


def test_quoted_words_in_a_sentence_are_its_subjects_but_a_title_is_not() -> None:
    article = article_of(
        ("Okafor slammed it as “a waste of time and money”.",),
        ("Okafor sold “The Long Way to the North Pole” to a museum.",),
        language="en",
    )
    opening = article_of(OPENING, *(((article.sentence_text(n)),) for n in (1, 2)))
    assert [speaker for _, speaker in said(opening)] == ["Miriam Okafor", None]


def test_who_is_named_in_a_quotation_does_not_speak() -> None:
    article = article_of(
        ("“It was right,” said Tomas Lindgren.",),
        ("Miriam Okafor came late.", "“Tomas has always been a careful driver,” she said."),
    )
    assert said(article)[-1] == ("Tomas has always been a careful driver", "Miriam Okafor")


def test_a_language_without_a_table_has_quotations_but_no_speakers() -> None:
    article = article_of(("知事は「来年の春までに橋の工事を終えたい」と述べた。",), language="ja")
    assert said(article) == [("来年の春までに橋の工事を終えたい", None)]


@pytest.mark.parametrize("text", ["'a " * 60_000, "“a " * 60_000, "“a” said " * 20_000])
def test_time_is_linear_in_marks_that_lead_nowhere(text: str) -> None:
    article = article_of((text.strip(),), language="en")
    started = time.process_time()
    quotations = find_quotations(article)
    find_speakers(article, quotations, ())
    assert time.process_time() - started < 2
