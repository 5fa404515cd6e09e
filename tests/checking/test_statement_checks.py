"""Findings on written texts: what they see, and that they keep still on what is verbatim."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from records import DETOUR, HARBOUR, article_of

from summarizer.article import Article, Span
from summarizer.checking.analysis import Analysis, ArticleAnalysis
from summarizer.checking.statements import dates, statement_checks
from summarizer.checking.statements.finding import StatementFinding
from summarizer.text.negation import polarity
from summarizer.text.words import WITH_APOSTROPHE

ARTICLE = article_of(
    (
        "The ferry Solveig ran aground near Ålvik on Tuesday with 1,200 people on board.",
        "The captain, Ingrid Moe, did not resign.",
    ),
    (
        "Fifteen passengers were hurt, 12 percent of those on the car deck.",
        "Both engines failed, said Per Lund of the Norwegian Coastal Authority (NCA).",
        "The inquiry will report in September 2023.",
        "The Italian owner refused to comment, and nobody was charged.",
        "A French firm refused as well.",
    ),
    title="Ferry aground near Ålvik",
    published="2023-05-18T08:00:00+02:00",
    language="en",
)


def findings(
    text: str, evidence: Sequence[Span], article: Article, *, language: str | None = None
) -> list[StatementFinding]:
    return statement_checks.findings(text, evidence, ArticleAnalysis(article), language=language)


def date_findings(date: str, evidence: str, article: Article) -> list[StatementFinding]:
    return list(dates.date_findings(date, Analysis(evidence, article.language), ArticleAnalysis(article)))


def denied(text: str, language: str) -> list[str]:
    """The words that a negation of the text governs."""
    found = polarity(text, language)
    assert found is not None and found.plain
    return [WITH_APOSTROPHE.findall(text[start:])[0] for each in found.plain for start in each.governed]


def cited(*numbers: int) -> list[Span]:
    return [ARTICLE.span(sentence.start, sentence.end) for sentence in map(ARTICLE.sentence, numbers)]


def raised(text: str, *numbers: int, language: str | None = None) -> list[tuple[str, str]]:
    return [
        (finding.code, finding.severity) for finding in findings(text, cited(*numbers), ARTICLE, language=language)
    ]


@pytest.mark.parametrize("article", [ARTICLE, HARBOUR, DETOUR], ids=["ferry", "harbour", "detour"])
def test_no_sentence_raises_an_alarm_on_itself(article: Article) -> None:
    for sentence in article.sentences:
        text = article.sentence_text(sentence.number)
        assert findings(text, [article.span(sentence.start, sentence.end)], article) == []


def test_what_a_weekday_comes_to_is_a_day_and_no_count() -> None:
    assert raised("The ferry ran aground on 16 May.", 1) == []
    assert raised("Sixteen passengers were on the ferry.", 1) == [("number_not_in_evidence", "error")]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("15 passengers were hurt, 12% of those on deck.", (3,)),
        ("The ferry carried 1200 people.", (1,)),
        ("Two engines failed.", (4,)),
        ("One captain, Moe, did not resign.", (2,)),
        ("The captain didn't resign.", (2,)),
        ("Norway's coastal authority said both engines failed.", (4,)),
        ("The Solveig's captain, Ingrid Moe, is still in office.", (2,)),
        ("Italy's owner would not comment.", (6,)),
        ("The owner, of France, declined to comment.", (6, 7)),
        ("The NCA expects a report in September.", (4, 5)),
        ("Shares fell.", (1,)),
        ("In 2023 the ferry ran aground on Tuesday.", (1,)),
        ("Ferry Solveig Runs Aground Near Alvik", (1,)),
    ],
)
def test_what_the_evidence_says_in_other_words_raises_none(text: str, numbers: tuple[int, ...]) -> None:
    assert raised(text, *numbers) == []


@pytest.mark.parametrize(
    ("text", "numbers", "expected"),
    [
        ("Sixteen passengers were hurt.", (3,), ("number_not_in_evidence", "error")),
        ("15 percent were hurt.", (1, 3), None),
        ("The ferry carried 1,300 people.", (1,), ("number_not_in_evidence", "error")),
        ("Fifteen were on board.", (1,), ("evidence_incomplete", "note")),
        ("1,200 percent of them were on board.", (1,), ("unit_differs", "warning")),
        ("The captain, Ingrid Dahl, did not resign.", (2,), ("name_not_in_article", "warning")),
        ("The ferry belongs to Austria.", (1,), ("name_not_in_article", "warning")),
        ("The engines failed, said Ingrid Lund.", (4,), ("name_not_in_article", "warning")),
        ("The captain did resign.", (2,), ("negation_differs", "warning")),
        ("Fifteen passengers were not hurt.", (3,), ("negation_differs", "warning")),
        ("It ran aground on Monday.", (1,), ("date_not_in_evidence", "warning")),
        ("The report is due in October.", (5,), ("date_not_in_evidence", "warning")),
        ("In December the ferry ran aground with 12 percent on deck.", (3,), ("date_not_in_evidence", "warning")),
        ("Moe said “I will not resign at all”.", (2,), ("quote_not_found", "error")),
    ],
)
def test_what_the_evidence_does_not_say_is_marked(
    text: str, numbers: tuple[int, ...], expected: tuple[str, str] | None
) -> None:
    assert (expected in raised(text, *numbers)) if expected else raised(text, *numbers) == []


def test_messages_name_what_is_wrong_and_where_it_stands() -> None:
    [elsewhere] = findings("Fifteen were on board.", cited(1), ARTICLE)
    assert "“Fifteen”" in elsewhere.message and "sentence 3" in elsewhere.message
    [nowhere] = findings("Sixteen were on board.", cited(1), ARTICLE)
    assert "“Sixteen”" in nowhere.message


def test_a_name_in_a_translation_may_be_one() -> None:
    [finding] = findings("Der Eigner Kurt Weber aus Italien schwieg.", cited(6), ARTICLE, language="de")
    assert finding.code == "name_not_in_article"
    assert "translation" in finding.message


def test_german_nouns_are_no_names() -> None:
    article = article_of(("Die Fähre lief am Dienstag auf Grund.",), language="de")
    evidence = [article.span(0, len(article.text))]

    def names(text: str) -> list[str]:
        return [each.code for each in findings(text, evidence, article) if each.code == "name_not_in_article"]

    assert names("Das Schiff lief auf Grund, die Ursache blieb unklar.") == []
    assert names("Laut Kapitän Jens Petersen lief das Schiff auf.") == ["name_not_in_article"]


def test_a_name_in_another_case_is_the_same_name() -> None:
    article = article_of(("Der Landkreis Sonnried und Anna Müller halfen den Leuten aus Hohenau.",), language="de")
    evidence = [article.span(0, len(article.text))]
    assert findings("Die Helfer des Landkreises Sonnried fuhren nach Hohenau.", evidence, article) == []
    assert [finding.code for finding in findings("Anna Krause half.", evidence, article)] == ["name_not_in_article"]


def test_a_name_of_two_words_is_met_again_in_another_case() -> None:
    text = "Суд обязал город открыть библиотеку по иску Ларисы Чебышевой и Руслана Гареева."
    article = article_of((text,), language="ru")
    evidence = [article.span(0, len(article.text))]
    assert findings("Иск подала Лариса Чебышева.", evidence, article) == []
    assert [finding.code for finding in findings("Иск подала Лариса Гареева.", evidence, article)] == [
        "name_not_in_article"
    ]


def test_a_suffix_behind_an_apostrophe_is_no_part_of_a_name() -> None:
    article = article_of(("Pazartesi günkü deprem Ankara ve Yazıköy ilçelerinde hissedildi.",), language="tr")
    evidence = [article.span(0, len(article.text))]
    assert findings("Deprem Yazıköy'de hissedildi.", evidence, article) == []


def test_a_family_name_that_two_people_share_belongs_to_both() -> None:
    article = article_of(("The yard of Freya and Ingrid Tollund closed.", "Olaf Berg bought it."), language="en")
    evidence = [article.span(0, len(article.text))]
    assert findings("The yard belonged to Freya Tollund.", evidence, article) == []
    assert [finding.code for finding in findings("The yard belonged to Freya Berg.", evidence, article)] == [
        "name_not_in_article"
    ]


def test_numbers_are_compared_across_scripts_and_languages() -> None:
    article = article_of(("参加者は３億５０００万円と15人でした。",), language="ja")
    evidence = [article.span(0, len(article.text))]
    assert findings("Fifteen people took part.", evidence, article, language="en") == []
    assert [a.code for a in findings("16人が参加した。", evidence, article)] == ["number_not_in_evidence"]


@pytest.mark.parametrize(
    ("date", "numbers"),
    [
        ("2023-09", (5,)),
        ("2023", (5,)),
        ("2023-05-16", (1,)),  # the Tuesday before publication
        ("2023-05-18", (2,)),  # the day of publication, where no other day is named
    ],
)
def test_dates_follow_from_evidence_and_publication(date: str, numbers: tuple[int, ...]) -> None:
    evidence = "\n".join(span.text for span in cited(*numbers))
    assert date_findings(date, evidence, ARTICLE) == []


@pytest.mark.parametrize(
    ("language", "text", "date"),
    [
        ("pl", "Rada głosowała w środę.", "2024-05-15"),
        ("ru", "Мост закрыли во вторник.", "2024-05-14"),
        ("ar", "عاد الضخ أمس.", "2024-05-15"),
        ("zh", "大桥14日关闭。", "2024-05-14"),
        ("fi", "Työt alkoivat maaliskuussa.", "2024-03"),
        ("ru", "Это из сентябрьских тезисов.", "2024-09"),
        ("tr", "Ocakta başlaması düşünülüyordu.", "2025-01"),
    ],
)
def test_dates_follow_in_other_languages_too(language: str, text: str, date: str) -> None:
    article = article_of((text,), published="2024-05-16", language=language)
    assert date_findings(date, text, article) == []
    assert [finding.severity for finding in date_findings("2024-01-02", text, article)] == ["warning"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [("Głosowanie było w środę.", []), ("Głosowanie było w piątek.", ["date_not_in_evidence"])],
)
def test_an_inflected_weekday_is_the_same_day(text: str, codes: list[str]) -> None:
    article = article_of(("Na środowej sesji rada głosowała.",), published="2024-05-13", language="pl")
    evidence = [article.span(0, len(article.text))]
    assert [finding.code for finding in findings(text, evidence, article)] == codes


@pytest.mark.parametrize(
    ("date", "numbers", "severity", "reason"),
    [
        ("2023-05-17", (1,), "warning", "2023-05-17 cannot"),
        ("2023-10", (5,), "warning", "month"),
        ("2021-09", (5,), "warning", "year"),
        ("2023-09-04", (5,), "warning", "day"),
        ("2023-02-30", (5,), "error", "no date"),
        ("Tuesday", (1,), "error", "no date"),
    ],
)
def test_dates_that_do_not_follow_are_doubted(
    date: str, numbers: tuple[int, ...], severity: str, reason: str
) -> None:
    [doubt] = date_findings(date, "\n".join(span.text for span in cited(*numbers)), ARTICLE)
    assert doubt.severity == severity and reason in doubt.message


def test_a_year_that_nobody_can_know_is_a_note() -> None:
    article = article_of(("The bridge closed on 3 May.",), language="en")
    [doubt] = date_findings("2021-05-03", article.text, article)
    assert (doubt.code, doubt.severity) == ("date_not_in_evidence", "note")


@pytest.mark.parametrize(
    ("language", "text", "stem"),
    [
        ("en", "He couldn’t resign.", "resig"),
        ("de", "Sie trat nicht zurück.", "zurüc"),
        ("fr", "Il n'a pas démissionné.", "démis"),
        ("es", "No dimitió.", "dimit"),
        ("ru", "Он не подтвердил.", "подтв"),
    ],
)
def test_negations_by_language(language: str, text: str, stem: str) -> None:
    assert [word for word in denied(text, language) if word.startswith(stem)]


@pytest.mark.parametrize(
    ("language", "denied", "affirmed"),
    [
        ("cs", "Starosta nepřišel.", "Starosta přišel, nebo ho někdo zastoupil."),
        ("fi", "Kapteeni ei eronnut.", "Kapteeni erosi."),
        ("hu", "A kapitány nem mondott le.", "A kapitány lemondott."),
        ("tr", "Kaptan istifa etmedi.", "Kaptan istifa etti."),
        ("ar", "القبطان لم يستقل.", "القبطان استقال."),
        ("hi", "कप्तान ने इस्तीफ़ा नहीं दिया।", "कप्तान ने इस्तीफ़ा दिया।"),
        ("zh", "船长没有辞职。", "船长辞职了，不过船停了。"),
        ("ja", "船長は辞任しなかった。", "船長は辞任した。"),
        ("ko", "선장은 사임하지 않았다.", "선장은 사임했다."),
        ("en", "It is not the No 1.", "It is the world No 1."),
    ],
)
def test_denials_are_told_from_statements(language: str, denied: str, affirmed: str) -> None:
    yes, no = polarity(affirmed, language), polarity(denied, language)
    assert yes is not None and not yes.plain
    assert no is not None and no.plain


def test_a_negation_ends_with_its_clause() -> None:
    found = denied("He did not agree, but resigned.", "en")
    assert "agree" in found and "resigned" not in found


def test_a_language_without_a_table_is_not_judged() -> None:
    assert polarity("wa' loghqam", "tlh") is None
    article = Article(text="wa' loghqam", sentences=(), language="tlh")
    assert findings("loghqam", [article.span(0, 6)], article) == []


@pytest.mark.parametrize(
    ("language", "text", "date", "codes"),
    [
        ("en", "The fire broke out on Christmas Eve 1952.", "1952-12-24", []),
        ("pl", "Pożar wybuchł w Wigilię 1952 roku.", "1952-12-24", []),
        ("sv", "Branden bröt ut på julafton 1952.", "1952-12-24", []),
        ("ja", "火事は1952年のクリスマスイブに起きた。", "1952-12-24", []),
        ("en", "The fire broke out on Christmas Eve 1952.", "1952-12-25", ["date_not_in_evidence"]),
        ("es", "El puente abrirá pasado mañana.", "2022-04-15", []),
        ("nl", "Het bericht werd gisterochtend verspreid.", "2022-04-12", []),
        ("nl", "Het bericht werd gisterochtend verspreid.", "2022-04-10", ["date_not_in_evidence"]),
    ],
)
def test_a_day_may_be_told_by_a_feast_or_by_its_distance(
    language: str, text: str, date: str, codes: list[str]
) -> None:
    found = date_findings(date, text, article_of((text,), language=language, published="2022-04-13"))
    assert [finding.code for finding in found] == codes


@pytest.mark.parametrize(
    ("language", "text", "date"),
    [
        ("pl", "Dwa tygodnie temu skreślono pilotaż.", "2022-03-30"),
        ("ru", "Проект закрыли три недели назад.", "2022-03-23"),
        ("sv", "Bron stängdes för två veckor sedan.", "2022-03-30"),
        ("ja", "橋は3週間前に閉じられた。", "2022-03-23"),
        ("de", "Die Brücke wurde zu Ostern gesperrt.", "2022-04-17"),
    ],
)
def test_a_date_that_is_reckoned_is_a_note(language: str, text: str, date: str) -> None:
    found = date_findings(date, text, article_of((text,), language=language, published="2022-04-13"))
    assert [finding.severity for finding in found] in ([], ["note"])
