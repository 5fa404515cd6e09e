"""Numbers that carry news."""

from __future__ import annotations

import pytest
from records import article_of

from summarizer.extractive.figures import LONGEST_CLAUSE, FoundFigure, find_figures


def figures(*sentences: str, language: str = "en") -> tuple[FoundFigure, ...]:
    return find_figures(article_of(sentences, language=language))


@pytest.mark.parametrize(
    ("sentence", "text", "value", "unit"),
    [
        ("Repairs cost 6.4 million euros.", "6.4 million euros", 6.4e6, "euros"),
        ("Norway expelled 15 Russian officers in April.", "15 Russian officers", 15, "Russian officers"),
        ("Fifteen intelligence officers must leave.", "Fifteen intelligence officers", 15, "intelligence officers"),
        ("Some 67% of them agreed.", "67%", 67, "percent"),
        ("The ship brought 19,000 vehicles.", "19,000 vehicles", 19000, "vehicles"),
        ("Some 20 people use the ferry.", "20 people", 20, "people"),
        ("Ten children walk to school.", "Ten children", 10, "children"),
        ("The region lost 3m sheep.", "3m sheep", 3e6, "sheep"),
        ("The hall keeps 10k books.", "10k books", 10_000, "books"),
        ("Banks lend at 60 basis points more.", "60 basis points", 60, "basis points"),
        ("The 340m long house stands.", "340m", 340, "metres"),
        ("They need four and a half million euros.", "four and a half million euros", 4.5e6, "euros"),
        ("It weighs 2 × 10⁶ tonnes and covers 900 km² of the bay.", "900 km²", 900, "square kilometres"),
    ],
)
def test_what_is_counted(sentence: str, text: str, value: float, unit: str) -> None:
    (found,) = figures(sentence)
    assert (found.text.text, found.value, found.unit) == (text, value, unit)


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


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The repairs took four to six weeks."),
        ("en", "It costs between 50 and 60 million euros."),
        ("en", "The board voted 9 to 2 to close it."),
        ("en", "They lost 5-10 sheep."),
        ("de", "Es dauert vier bis sechs Wochen."),
        ("es", "Dura de cuatro a seis semanas."),
        ("fr", "Cela prend de quatre à six semaines."),
        ("it", "Dura da quattro a sei settimane."),
        ("nl", "Het duurt vier tot zes weken."),
        ("pt", "Dura de quatro a seis semanas."),
    ],
)
def test_the_ends_of_a_range_are_no_figures(language: str, sentence: str) -> None:
    assert figures(sentence, language=language) == ()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "It took six years and two months."),
        ("en", "He owns 520 sheep and goats."),
        ("en", "Six in every ten shops closed."),
        ("de", "Es dauerte sechs Jahre und zwei Monate."),
        ("de", "Sechs von zehn Läden sind geschlossen."),
        ("es", "Duró seis años y dos meses."),
        ("es", "Tardaron una hora y cuarenta minutos."),
        ("fr", "Cela a duré six ans et deux mois."),
        ("it", "Durò sei anni e due mesi."),
        ("nl", "Het duurde zes jaar en twee maanden."),
        ("pt", "Durou seis anos e dois meses."),
    ],
)
def test_the_parts_of_a_sum_or_of_a_share_are_no_figures(language: str, sentence: str) -> None:
    assert figures(sentence, language=language) == ()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "They drove at 50 km per hour."),
        ("de", "Er fuhr 50 km pro Stunde."),
        ("fr", "Chaque autobus fait 100 km par jour."),
    ],
)
def test_a_measure_with_a_rate_is_another_measure(language: str, sentence: str) -> None:
    assert figures(sentence, language=language) == ()


@pytest.mark.parametrize(
    ("language", "sentence", "text"),
    [
        ("en", "It carries 19,000 vehicles a day.", "19,000 vehicles"),
        ("en", "The loss is 150,000 euros a week.", "150,000 euros"),
        ("es", "Pasan 9.000 coches por hora.", "9.000 coches"),
        ("fr", "Il passe 9 000 voitures par jour.", "9 000 voitures"),
        ("it", "Il borgo non regge 3.000 macchine ogni giorno.", "3.000 macchine"),
    ],
)
def test_a_count_or_a_sum_with_a_rate_is_a_figure(language: str, sentence: str, text: str) -> None:
    assert [figure.text.text for figure in figures(sentence, language=language)] == [text]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Several thousand teachers came."),
        ("en", "A few hundred teachers came."),
        ("en", "Hundreds of people came."),
        ("en", "Rents in Harl are a fifth higher."),
        ("es", "Vinieron varios miles de personas."),
        ("fr", "Plusieurs milliers de personnes sont venues."),
        ("fr", "Une vingtaine de messages sont arrivés."),
        ("it", "Sono venute migliaia di persone."),
    ],
)
def test_what_is_only_about_so_much_is_no_figure(language: str, sentence: str) -> None:
    assert figures(sentence, language=language) == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "It was 12 last night.",
        "About 60 of the firms closed.",
        "They sold Red Dead Redemption 2 well.",
        "It was 2.5 times more.",
        "The 300-page report is late.",
    ],
)
def test_a_number_without_a_unit_or_a_plural_noun_is_no_figure(sentence: str) -> None:
    assert figures(sentence) == ()


def test_the_clause_around_it_says_what_it_measures() -> None:
    (found,) = figures("Nobody was hurt; the repairs will cost 6.4 million euros, said Okafor.")
    assert found.clause.text == "the repairs will cost 6.4 million euros"


def test_the_same_figure_is_named_once_and_skipped_sentences_never() -> None:
    article = article_of(
        ("It cost 5 million euros.", "Yes, 5 million euros.", "They sent 300 lorries."), language="en"
    )
    assert [found.sentence for found in find_figures(article, frozenset({3}))] == [1]


@pytest.mark.parametrize(
    ("language", "sentence", "text"),
    [
        ("ar", "أرسلت البلدية ٥٥ صهريجًا إلى الأحياء.", "٥٥ صهريجًا"),
        ("de", "Wir haben 23 Kutter und keinen Liegeplatz.", "23 Kutter"),
        ("de", "Es fehlen 1.200 junge Ärzte auf dem Land.", "1.200 junge Ärzte"),
        ("fr", "Près de 1 500 emplois sont menacés.", "1 500 emplois"),
        ("it", "Arrivarono 210 vigili del fuoco.", "210 vigili del fuoco"),
        ("it", "Il borgo non regge più 3.000 macchine.", "3.000 macchine"),
        ("nl", "Er staan 9.000 auto’s in de file.", "9.000 auto’s"),
        ("pl", "Pożar zniszczył 14 domów.", "14 domów"),
        ("pt", "A decisão ameaça 300 mil empregos.", "300 mil empregos"),
        ("sv", "Branden förstörde 14 hus i byn.", "14 hus"),
        ("tr", "Belediye saat 16.00 itibarıyla ilçeye 600 çadır ulaştığını bildirdi.", "600 çadır"),
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


def test_the_clause_of_a_figure_has_a_bound() -> None:
    town = "paid {}.1 million crowns in cash to some other small town beside it"
    article = article_of(("The town " + " ".join(town.format(n) for n in range(1, 90)) + ".",), language="en")
    clauses = [figure.clause for figure in find_figures(article)]
    assert len(clauses) == 89
    assert all(len(clause.text) <= LONGEST_CLAUSE and clause.text == clause.text.strip() for clause in clauses)
    assert all(article.text[clause.start : clause.end] == clause.text for clause in clauses)
    words = set(article.text.split())
    assert all(words.issuperset(clause.text.split()[:-1]) for clause in clauses)
    assert "44.1 million crowns" in clauses[43].text


@pytest.mark.parametrize(
    ("language", "sentence", "is_about"),
    [
        ("en", "Around 1,200 people signed the petition.", True),
        ("de", "Das Klinikum hat rund 1.200 Beschäftigte.", True),
        ("fr", "Environ 1 200 personnes ont visité les serres.", True),
        ("en", "The walk around the lake drew 1,200 people.", False),
    ],
)
def test_what_is_not_exact_is_told(language: str, sentence: str, is_about: bool) -> None:
    assert [figure.is_about for figure in figures(sentence, language=language)] == [is_about]
