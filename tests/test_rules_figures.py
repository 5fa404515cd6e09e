"""Numbers that carry news."""

from __future__ import annotations

import pytest
from records import article_of

from summarizer.rules.figures import LONGEST_CLAUSE, FoundFigure, find_figures


def figures(*sentences: str, language: str = "en") -> tuple[FoundFigure, ...]:
    return find_figures(article_of(sentences, language=language))


@pytest.mark.parametrize(
    ("sentence", "text", "value", "unit"),
    [
        ("Repairs cost 6.4 million euros.", "6.4 million euros", 6.4e6, "euros"),
        ("Norway expelled 15 Russian officers in April.", "15 Russian officers", 15, "Russian officers"),
        ("Fifteen intelligence officers must leave.", "Fifteen intelligence officers", 15, "intelligence officers"),
        ("Some 67% of them agreed.", "67%", 67, "percent"),
        ("It carries 19,000 vehicles a day.", "19,000 vehicles", 19000, "vehicles"),
        ("Some 20 people use the ferry.", "20 people", 20, "people"),
        ("Ten children walk to school.", "Ten children", 10, "children"),
    ],
)
def test_what_is_counted(sentence: str, text: str, value: float, unit: str) -> None:
    (found,) = figures(sentence)
    assert (found.text.text, found.value, found.unit) == (text, value, unit)


def test_a_sign_above_a_letter_belongs_to_the_word() -> None:
    (found,) = figures("أرسلت البلدية ٥٥ صهريجًا إلى الأحياء.", language="ar")
    assert found.text.text == "٥٥ صهريجًا"


def test_a_clock_time_with_a_full_stop_is_no_figure() -> None:
    (found,) = figures("Belediye saat 16.00 itibarıyla ilçeye 600 çadır ulaştığını bildirdi.", language="tr")
    assert found.value == 600


@pytest.mark.parametrize(
    "sentence",
    [
        "It opened in June 1978.",
        "Okafor, a 51-year-old engineer, agreed.",
        "They met at 2:45 p.m. and left at 6 pm.",
        "The 1990s were better.",
        "United left with a 3-2 win over City.",
        "They met at 6 o'clock.",
        "It is the 2nd largest bridge.",
        "They waited in Room 101.",
        "They drove to the Square of the Three Crowns.",
    ],
)
def test_dates_ages_and_times_of_day_are_no_figures(sentence: str) -> None:
    assert figures(sentence) == ()


def test_the_clause_around_it_says_what_it_measures() -> None:
    (found,) = figures("Nobody was hurt; the repairs will cost 6.4 million euros, said Okafor.")
    assert found.clause.text == "the repairs will cost 6.4 million euros"


def test_the_same_figure_is_named_once_and_skipped_sentences_never() -> None:
    article = article_of(
        ("It cost 5 million euros.", "Yes, 5 million euros.", "They sent 300 lorries."), language="en"
    )
    assert [found.sentence for found in find_figures(article, frozenset({3}))] == [1]


def test_german_counts_the_noun() -> None:
    (found,) = figures("Es fehlen 1.200 junge Ärzte auf dem Land.", language="de")
    assert (found.text.text, found.value) == ("1.200 junge Ärzte", 1200)


@pytest.mark.parametrize(
    ("language", "sentence", "text"),
    [
        ("de", "Wir haben 23 Kutter und keinen Liegeplatz.", "23 Kutter"),
        ("fr", "Près de 1 500 emplois sont menacés.", "1 500 emplois"),
        ("it", "Il borgo non regge 3.000 macchine ogni giorno.", "3.000 macchine"),
        ("nl", "Er rijden 9.000 auto’s per dag overheen.", "9.000 auto’s"),
        ("pt", "A decisão ameaça 300 mil empregos.", "300 mil empregos"),
    ],
)
def test_what_is_counted_in_other_languages(language: str, sentence: str, text: str) -> None:
    (found,) = figures(sentence, language=language)
    assert found.text.text == text


@pytest.mark.parametrize(
    "sentence",
    [
        "Ferret et al., Soil Letters, doi:10.5555/sl.2031.0417.",
        "Soil Letters, doi 10.99999/sl.2031.0211",
        "It is kept at https://soil.example/2031/88417 for good.",
        "Readers can ring +44 113 496 0123.",
        "Chi cerca notizie chiami lo 0171 555 0123.",
        "The key fits locker 0042.",
        "| Upper Wend | 1,240 | 31.0 |",
        "210  18.4  1400",
        "Upper Wend  1,240  31.0  12.4",
    ],
)
def test_references_and_rows_of_tables_are_no_figures(sentence: str) -> None:
    assert figures(sentence) == ()


def test_a_number_beside_a_reference_stays() -> None:
    found = figures("The fund of 640,000 euros answers at 0800 555 0199 and paid 300 families.")
    assert [figure.text.text for figure in found] == ["640,000 euros", "300 families"]


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Een 52-jarige man kwam.", "nl"),
        ("Ein 52-jähriger Mann kam.", "de"),
        ("Dit is de derde keer.", "nl"),
        ("It is the third time.", "en"),
        ("C’est la troisième fois.", "fr"),
        ("Es geschah zum dritten Mal.", "de"),
        ("Es la tercera vez.", "es"),
        ("È la terza volta.", "it"),
        ("É a terceira vez.", "pt"),
    ],
)
def test_an_age_in_one_word_and_an_ordinal_are_no_figures(sentence: str, language: str) -> None:
    assert figures(sentence, language=language) == ()


def test_a_fraction_has_its_value() -> None:
    (found,) = figures("Rents in Harl are a fifth higher.")
    assert (found.text.text, found.value) == ("a fifth higher", 0.2)


def test_the_m_of_millions_and_that_of_metres_are_told_apart() -> None:
    text = "The county paid 1.1m euros. Some 3m people saw it, and 10k books stand in the 340m long house."
    assert {1_100_000, 3_000_000, 10_000, 340} <= {
        figure.value for figure in find_figures(article_of((text,), language="en"))
    }


def test_a_power_of_ten_is_no_figure_of_ten() -> None:
    text = "The cloud weighs 2 × 10⁶ tonnes and covers 900 km² of the bay, which the county pays for."
    assert 10 not in {figure.value for figure in find_figures(article_of((text,), language="en"))}


def test_the_clause_of_a_figure_has_a_bound() -> None:
    article = article_of(("The town paid " + ", ".join(f"{n}.1 million crowns" for n in range(1, 90)) + ".",))
    clauses = [figure.clause for figure in find_figures(article)]
    assert len(clauses) == 89
    assert all(len(clause.text) <= LONGEST_CLAUSE and clause.text == clause.text.strip() for clause in clauses)
    assert all(article.text[clause.start : clause.end] == clause.text for clause in clauses)
    words = set(article.text.split())
    assert all(words.issuperset(clause.text.split()[:-1]) for clause in clauses)
    assert "44.1 million crowns" in clauses[43].text
