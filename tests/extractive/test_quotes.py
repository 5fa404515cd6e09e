"""Quotations in every style, and who said them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records import article_of as in_unknown_language

from summarizer.article import Article
from summarizer.names.entities import find_names
from summarizer.quotes.quote_attribution import NOBODY, Speaker, find_speakers
from summarizer.text.quotations import find_quotations


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
    article = article_of(("“We closed it before the storm,” said Minister of Public Works Anna Whitlock.",))
    assert [speaker for _, speaker in reported(article)] == [Speaker("Anna Whitlock", "Minister of Public Works")]


def test_the_second_half_of_a_quotation_has_the_speaker_of_the_first() -> None:
    article = article_of(("“We closed it in time,” said Miriam Okafor.", "“Nobody was on it when it fell.”"))
    assert [speaker for _, speaker in said(article)] == ["Miriam Okafor", "Miriam Okafor"]


@pytest.mark.parametrize("speaker", ["Miriam Okafor", "the Ellery Harbour Board"])
def test_what_goes_on_behind_its_report_has_the_speaker_of_its_beginning(speaker: str) -> None:
    article = article_of((f"“We closed it in time,” said {speaker}, “and nobody was on it.”",))
    assert [name for _, name in said(article)] == [speaker.removeprefix("the ")] * 2


def test_a_name_alone_before_a_colon_speaks() -> None:
    article = article_of(OPENING, ("Okafor: “We closed it before the storm came.”",))
    assert [speaker for _, speaker in said(article)] == ["Miriam Okafor"]


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
            [None, "Hélène Dubois"],
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
                ("Oppositieleider Mark Jansen zei daarop: “De Kamer is te laat ingelicht.”",),
            ),
            [None, "Mark Jansen"],
        ),
    ],
)
def test_articles_in_other_languages(
    language: str, paragraphs: tuple[tuple[str, ...], ...], speakers: list[str | None]
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


def test_a_language_without_a_table_has_quotations_but_no_speakers() -> None:
    article = article_of(("“Tá an droichead dúnta anocht”, arsa Áine Ní Bhriain.",), language="ga")
    assert said(article) == [("Tá an droichead dúnta anocht", None)]


# --- subjects ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "Okafor met Tomas Lindgren on the quay, saying the bridge was “not safe for any lorry”.",
        "Speaking in Port Ellery, Okafor went after Tomas Lindgren, calling him “a driver without any brakes”.",
        "Okafor, who came with Tomas Lindgren, also warned that it was “not safe for any lorry”.",
        "The storm hit the port, with Okafor telling Tomas Lindgren that “nobody may cross it tonight”.",
        "Okafor told Tomas Lindgren that “nobody may cross it tonight”.",
        "Okafor called the bridge of Tomas Lindgren “a monument to our neglect”.",
        "“Nobody may cross the bridge tonight,” Okafor (of the Harbour Board) told Tomas Lindgren.",
        "“Nobody may cross the bridge tonight,” Okafor, who had never before closed it to Tomas Lindgren and his "
        "many colleagues in all her years at the head of the port, insisted.",
    ],
)
def test_the_subject_of_a_report_is_not_whoever_is_named_next_to_it(sentence: str) -> None:
    assert [speaker for _, speaker in said(article_of(OPENING, (sentence,)))] == ["Miriam Okafor"]


@pytest.mark.parametrize(
    "sentence",
    [
        "“Nobody may cross the bridge tonight,” Okafor was told.",
        "“Nobody may cross the bridge tonight,” Lindgren’s wife said.",
        "“Nobody may cross the bridge tonight,” said the wife of Lindgren.",
        "“Nobody may cross the bridge tonight,” said the man who met Okafor.",
        "“Nobody may cross the bridge tonight,” said a spokesman for Miriam Okafor.",
        "“Nobody may cross the bridge tonight,” said Okafor and Lindgren.",
        "“Nobody may cross the bridge tonight,” Okafor and Lindgren said.",
        "A letter obtained by Okafor warns that “nobody may cross the bridge tonight”.",
        "Okafor took the stage with Tomas Lindgren and called the bridge “a monument to our neglect”.",
        "Okafor wants an inquiry: “The drivers were asked too late.”",
        "Okafor says Tomas Lindgren’s late tweets were “unhinged and not worthy of the port”.",
    ],
)
def test_nobody_speaks_whose_name_is_not_surely_the_subject(sentence: str) -> None:
    assert [speaker for _, speaker in reported(article_of(OPENING, (sentence,)))] == [NOBODY]


def test_a_second_part_of_a_sentence_without_a_verb_of_its_own_has_no_speaker() -> None:
    sentence = "Okafor described Lindgren as “a driver without any brakes” but the bridge as “no better than he is”."
    assert [speaker for _, speaker in said(article_of(OPENING, (sentence,)))] == ["Miriam Okafor", None]


def test_what_follows_a_full_stop_reports_its_own_words() -> None:
    article = article_of(
        OPENING,
        (
            "“We closed it before the storm came,” said Okafor.",
            "“Nobody was on it when it fell.”",
            "Lindgren, after a long night on the quay with his lorry, wrote that he would sue the port.",
        ),
    )
    assert [speaker for _, speaker in said(article)] == ["Miriam Okafor", "Miriam Okafor"]


def test_a_name_that_is_only_read_before_a_verb_is_a_name() -> None:
    article = article_of(("“We closed it before the storm came,” Quennell said.",))
    assert said(article) == [("We closed it before the storm came", "Quennell")]


# --- bodies and documents ----------------------------------------------------------------------------------------

BOARD = ("The Ellery Harbour Board met on Monday.",)


@pytest.mark.parametrize(
    "report",
    ["the Ellery Harbour Board said.", "said the Ellery Harbour Board.", "the Ellery Harbour Board said in a note."],
)
def test_a_body_speaks_by_its_name(report: str) -> None:
    article = article_of(BOARD, (f"“{WORDS},” {report}",))
    assert [speaker for _, speaker in reported(article)] == [Speaker("Ellery Harbour Board", None)]


@pytest.mark.parametrize(
    ("language", "report", "role"),
    [
        ("en", "“{},” one driver said.", "one driver"),
        ("en", "“{},” said the mayor.", "the mayor"),
        ("en", "“{},” a spokeswoman said.", "a spokeswoman"),
        ("en", "“{},” its chief engineer said.", "its chief engineer"),
        ("de", "„{}“, sagte eine Sprecherin.", "eine Sprecherin"),
        ("es", "«{}», afirmó la alcaldesa.", "la alcaldesa"),
        ("fr", "« {} », a dit la maire.", "la maire"),
    ],
)
def test_who_has_an_office_and_no_name_has_a_role(language: str, report: str, role: str) -> None:
    article = article_of((report.format(WORDS),), language=language)
    assert [speaker for _, speaker in reported(article)] == [Speaker(None, role)]


def test_an_office_alone_is_not_whoever_was_said_to_have_it() -> None:
    opening = ("Harbour master Miriam Okafor met mayor Tomas Lindgren.",)
    article = article_of(opening, (f"“{WORDS},” the mayor said.",))
    assert [speaker for _, speaker in reported(article)] == [Speaker(None, "the mayor")]


@pytest.mark.parametrize(
    ("language", "report"),
    [
        ("en", "“{},” the board said."),
        ("en", "“{},” said a spokesman for the Ellery Harbour Board."),
        ("en", "“{},” an Ellery Harbour Board spokeswoman said."),
        ("en", "“{},” a letter from the Ellery Harbour Board says."),
        ("en", "“{},” the Ellery Harbour Board’s statement says."),
        ("en", "“{},” the ruling says."),
        ("en", "“{},” it said."),
        ("en", "It said in a statement that “{}”."),
        ("en", "“{},” said the wife of a driver."),
        ("de", "„{}“, teilte das Ministerium mit."),
        ("fr", "« {} », dit le communiqué."),
    ],
)
def test_documents_spokespeople_and_bodies_without_their_name_are_no_speakers(language: str, report: str) -> None:
    article = article_of(BOARD, (report.format(WORDS),), language=language)
    assert [speaker for _, speaker in reported(article)] == [NOBODY]


# --- pronouns ----------------------------------------------------------------------------------------------------

CLOSED = ("“We closed it before the storm came,” said Miriam Okafor.",)


@pytest.mark.parametrize(
    "paragraphs",
    [
        (CLOSED, ("“It was the right thing to do,” she continued.",)),
        (CLOSED, ("“Tomas Lindgren was a careful driver,” she said.",)),
        ((*CLOSED, "“It was the right thing to do,” she said."),),
    ],
)
def test_a_pronoun_is_who_spoke_last_where_nothing_else_was_told_in_between(
    paragraphs: tuple[tuple[str, ...], ...],
) -> None:
    assert said(article_of(*paragraphs))[-1][1] == "Miriam Okafor"


@pytest.mark.parametrize(
    "paragraphs",
    [
        (CLOSED, ("Tomas Lindgren disagrees.", "“Nobody asked the drivers about it,” he said.")),
        (CLOSED, ("Her father, Amos, had built it.", "“He would have wept to see it,” she said.")),
        (CLOSED, ("The storm hit Harl.", "“Nobody asked the drivers about it,” she said.")),
        (CLOSED, ("“We asked each of them twice,” said a driver.",), ("“Nobody asked me about it,” he said.",)),
        (OPENING, ("“Nobody asked the drivers about it,” she said.",)),
        (CLOSED, ("The storm hit London.", "“It was the right thing to do,” she said.")),
        (CLOSED, ("A driver came by.", "“Nobody asked me about it,” she said.")),
        (("Miriam Okafor came late.", "“It was the right thing to do,” she said."),),
        (("Miriam Okafor came late.",), ("“It was the right thing to do,” she said.",)),
        (("Miriam Okafor came late.",), ("It rained.",), ("“Nobody asked the drivers about it,” she said.",)),
        ((*BOARD, "It said in a statement that the bridge was “not safe for any lorry”."),),
    ],
)
def test_a_pronoun_is_nobody_where_it_can_be_another(paragraphs: tuple[tuple[str, ...], ...]) -> None:
    assert said(article_of(*paragraphs))[-1][1] is None


# --- more languages ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "paragraphs", "speakers"),
    [
        ("sv", ("– Vi stänger bron i kväll, säger hamnchefen Astrid Berg.", "– Det är farligt, tillägger hon."), 2),
        ("nb", ("– Vi stenger brua i kveld, sier ordfører Astrid Berg.",), 1),
        (
            "da",
            ("»Vi lukker broen i aften,« siger borgmester Astrid Berg.", "»Det er alt for farligt nu,« siger hun."),
            2,
        ),
        ("pl", ("– Zamykamy most dziś wieczorem – powiedziała burmistrz Astrid Berg.",), 1),
        (
            "fr",
            (
                "— Nous fermons le pont ce soir, déclare Astrid Berg.",
                "« C’est bien trop tard pour tous », regrette-t-elle.",
            ),
            2,
        ),
        ("es", ("—Cerramos el puente esta noche —dijo la alcaldesa, Astrid Berg.",), 1),
        ("tr", ("“Köprüyü bu gece kamyonlara kapatıyoruz” dedi belediye başkanı Astrid Berg.",), 1),
    ],
)
def test_dashes_and_other_languages(language: str, paragraphs: tuple[str, ...], speakers: int) -> None:
    article = article_of(*((paragraph,) for paragraph in paragraphs), language=language)
    assert [speaker for _, speaker in said(article)] == ["Astrid Berg"] * speakers


@pytest.mark.parametrize(
    ("language", "paragraphs", "speakers"),
    [
        (
            "ru",
            ("— Мы закрываем мост, — сказала мэр Анна Петрова.", "«Это очень опасно для всех», — добавила она."),
            2,
        ),
        ("ja", ("鈴木花子市長は会見で「今夜、橋を閉鎖する」と述べた。",), 1),
        ("zh", ("市长李海洋说：“今晚大桥将对卡车关闭。”", "“请大家放心，不要着急。”他说。"), 2),
        (
            "ar",
            ("وقالت الوزيرة سلمى حداد: «سنغلق الجسر الليلة أمام الشاحنات».", "وأضافت: «لا خطر على أحد الآن هنا»."),
            2,
        ),
    ],
)
def test_other_scripts(language: str, paragraphs: tuple[str, ...], speakers: int) -> None:
    article = article_of(*((paragraph,) for paragraph in paragraphs), language=language)
    names = {"ru": "Анна Петрова", "ja": "鈴木花子", "zh": "李海洋", "ar": "سلمى حداد"}
    assert [speaker for _, speaker in said(article)] == [names[language]] * speakers


@pytest.mark.parametrize(
    ("language", "paragraph", "speaker"),
    [
        ("es", "«Cerramos el puente esta noche», dijo el alcalde, Julio Millán.", "Julio Millán"),
        ("es", "«Cerramos el puente esta noche», respondió su jefa, Carmen Vidal.", "Carmen Vidal"),
        ("es", "La alcaldesa Carmen Vidal llegó tarde. «Cerramos el puente esta noche», afirmó.", "Carmen Vidal"),
        ("de", "Im Rathaus sagte Anna Brand: „Wir schließen die Brücke heute.“", "Anna Brand"),
    ],
)
def test_subjects_in_other_languages(language: str, paragraph: str, speaker: str | None) -> None:
    assert [name for _, name in said(article_of((paragraph,), language=language))] == [speaker]


def test_a_dash_opens_speech_only_where_it_is_written_so_and_reported() -> None:
    assert said(article_of(("– The bridge, said Okafor, is closed to lorries.",))) == []
    assert said(article_of(("– Bron är stängd för lastbilar i kväll.",), language="sv")) == []
