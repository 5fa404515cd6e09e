"""Names with their types, roles and mentions."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records import article_of

from summarizer.names.entities import Name, find_names


def named(*sentences: str, language: str = "en") -> dict[str, Name]:
    return {name.text: name for name in find_names(article_of(sentences, language=language))}


@pytest.mark.parametrize(
    ("sentence", "name", "role"),
    [
        ("It was Minister of Public Works Anna Whitlock.", "Anna Whitlock", "Minister of Public Works"),
        ("They met French President Emmanuel Macron.", "Emmanuel Macron", "French President"),
        ("So says pollster Pat Caddell.", "Pat Caddell", "pollster"),
        ("So says longtime pollster Pat Caddell.", "Pat Caddell", None),
        ("They met police chief Anna Lund.", "Anna Lund", None),
        ("So says Miriam Okafor, the port's chief engineer, too.", "Miriam Okafor", "the port's chief engineer"),
        ("The mayor of Port Ellery, Dana Whitlock, was there.", "Dana Whitlock", "mayor of Port Ellery"),
        ("So says Anna Kern, a nurse, again.", "Anna Kern", "a nurse"),
        ("So says Anna Kern, her mother, again.", "Anna Kern", None),
        ("He was seen by Dr. Erik Voss.", "Erik Voss", None),
        ("They met Zyntha Quennell (44) on the quay.", "Zyntha Quennell", None),
        ("Zyntha Quennell, 44, came.", "Zyntha Quennell", None),
        ("They met Zyntha Quennell. Quennell said so.", "Zyntha Quennell", None),
        ("They met Mrs Quennell.", "Quennell", None),
        ("It was read by Joost van der Berg.", "Joost van der Berg", None),
    ],
)
def test_people_and_their_roles(sentence: str, name: str, role: str | None) -> None:
    found = named(sentence)[name]
    assert (found.type, found.role) == ("person", role)


@pytest.mark.parametrize(
    ("sentence", "language", "name"),
    [
        ("They saw Zyntha Quennell there.", "en", "Zyntha Quennell"),
        ("They live in Halmer.", "en", "Halmer"),
        ("They beat Halmer, Norway, on Monday.", "en", "Halmer"),
        ("They like Halmer (Norway).", "en", "Halmer"),
        ("The plan of the HSB failed.", "en", "HSB"),
        ("The rope came from the Corvane, a fishing boat.", "en", "Corvane"),
        ("They sank the Grace Ollard off the pier.", "en", "Grace Ollard"),
        ("They saw the Anna Kern off the pier.", "en", "Anna Kern"),
        ("Then Marrow Tidings, which owns the pier, shut it.", "en", "Marrow Tidings"),
        ("Harl Sorrow, owner of the pier, said nothing.", "en", "Harl Sorrow"),
        ("They swam off Gannet Point again.", "en", "Gannet Point"),
        ("The study was published in Gannet Letters.", "en", "Gannet Letters"),
        ("They were run over on the A-412 at night.", "en", "A-412"),
        ("Elle parle à l’Assemblée nationale ce soir.", "fr", "Assemblée nationale"),
        ("Il Consiglio regionale del Molise vota.", "it", "Consiglio regionale"),
        ("De gemeente Oosterdam sluit de brug.", "nl", "Oosterdam"),
    ],
)
def test_without_a_sure_sign_a_name_has_no_type(sentence: str, language: str, name: str) -> None:
    found = named(sentence, language=language)[name]
    assert (found.type, found.role) == (None, None)


@pytest.mark.parametrize(
    ("sentence", "language", "name"),
    [
        ("Michael Jordan came, and they saw Jordan.", "en", "Jordan"),
        ("Vivono in via Roma.", "it", "Roma"),
        ("Il Giro d’Italia parte.", "it", "Italia"),
    ],
)
def test_a_known_place_in_another_name_is_no_place(sentence: str, language: str, name: str) -> None:
    assert named(sentence, language=language)[name].type is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Bank of England", "organization"),
        ("Ministry of Foreign Affairs", "organization"),
        ("Russian Embassy", "organization"),
        ("Ellery Hauliers' Association", "organization"),
        ("Orrin Biologics", "organization"),
        ("NATO", "organization"),
        ("Norway", "place"),
        ("Kestrel Bridge", "place"),
        ("New York", "place"),
        ("Congo River", "place"),
        ("European Championship", "event"),
        ("Anna Lund Foundation", "organization"),
    ],
)
def test_types(name: str, kind: str) -> None:
    assert named(f"They spoke about the {name} again.")[name].type == kind


@pytest.mark.parametrize(
    ("language", "sentence", "name"),
    [
        ("cs", "Žijí v zemi Švédsko.", "Švédsko"),
        ("en", "They met in Sinop, Brazil, on Monday.", "Sinop"),
        ("en", "They live in Halmer (Norway).", "Halmer"),
        ("es", "Viven en Suecia.", "Suecia"),
        ("it", "Sono andati a Roma.", "Roma"),
        ("sv", "De bor i Sverige.", "Sverige"),
    ],
)
def test_countries_known_cities_and_what_lies_in_them_are_places(language: str, sentence: str, name: str) -> None:
    assert named(sentence, language=language)[name].type == "place"


def test_an_acronym_is_a_body_where_it_speaks() -> None:
    assert named("The HSB said so.")["HSB"].type == "organization"


def test_a_surname_a_given_name_and_a_title_join_the_full_name() -> None:
    found = named("Hillary Clinton spoke.", "Mrs Clinton left.", "They like Clinton.", "They like Hillary.")
    assert list(found) == ["Hillary Clinton"]
    assert len(found["Hillary Clinton"].mentions) == 4


def test_an_acronym_in_brackets_joins_the_body() -> None:
    found = named("The Harbour Safety Board (HSB) met.", "The plan of the HSB failed.")
    assert len(found["Harbour Safety Board"].mentions) == 3


def test_a_surname_that_two_people_have_joins_neither() -> None:
    found = named(
        "Hillary Clinton met the drivers.", "Hillary Clinton then left.", "She met Bill Clinton.", "Clinton rested."
    )
    assert {name: (entry.type, len(entry.mentions)) for name, entry in found.items()} == {
        "Hillary Clinton": ("person", 2),
        "Bill Clinton": ("person", 1),
        "Clinton": (None, 1),
    }


def test_a_thing_that_mostly_stands_alone_is_no_part_of_a_longer_name() -> None:
    found = named("They buy Halmer.", "They like Halmer.", "They sell Halmer.", "They saw Halmer.", "See Old Halmer.")
    assert len(found["Halmer"].mentions) == 4


def test_short_forms_and_surnames_that_are_demonyms() -> None:
    found = named(
        "The United States and the U.S. Navy left.", "Then the US did.", "They met Paul French.", "French ate."
    )
    assert len(found["United States"].mentions) == 2
    assert len(found["Paul French"].mentions) == 2


def test_a_country_is_not_the_bank_that_has_its_name() -> None:
    found = named("The Bank of England met.", "They live in England.")
    assert {name: entry.type for name, entry in found.items()} == {
        "Bank of England": "organization",
        "England": "place",
    }


def test_words_at_the_beginning_of_a_sentence_months_and_demonyms_are_no_names() -> None:
    assert named("Fifteen officers left on Monday.", "Many Norwegians and Russian guests came in May.") == {}


def test_a_headline_in_capitals_names_nobody() -> None:
    assert named("Storm Hits Town While Mayor Sleeps Late") == {}


def test_german_nouns_are_no_names() -> None:
    found = named(
        "Der Bundeskanzler Friedrich Holt sprach am Dienstag in Leipzig über die Bahn und das Vertrauen der Kunden.",
        "Holt ging danach nach Hause.",
        language="de",
    )
    assert {name: (entry.type, entry.role) for name, entry in found.items()} == {
        "Friedrich Holt": ("person", "Bundeskanzler"),
        "Leipzig": ("place", None),
    }


@pytest.mark.parametrize(
    ("language", "sentence", "name", "kind", "role"),
    [
        ("de", "Das sagt Hafenmeisterin Katrin Vollmer.", "Katrin Vollmer", "person", "Hafenmeisterin"),
        ("de", "Das sagte der Schreiner Dieter Kallweit am Dienstag.", "Dieter Kallweit", "person", None),
        ("nl", "Dat zegt oppositieleider Mark Jansen.", "Mark Jansen", "person", "oppositieleider"),
        ("nl", "Dat zegt Karin van den Berg.", "Karin van den Berg", "person", None),
        ("it", "Lo prevede la Banca d’Italia.", "Banca d’Italia", "organization", None),
        (
            "it",
            "Lo dice il presidente della Regione Campania, Luca Esposito.",
            "Luca Esposito",
            "person",
            "presidente della Regione Campania",
        ),
        ("pt", "É o governador de Mato Grosso, João Prado.", "João Prado", "person", "governador de Mato Grosso"),
        ("es", "Lo dijo la alcaldesa de Viña, Lucía Fuentes.", "Lucía Fuentes", "person", "alcaldesa de Viña"),
    ],
)
def test_names_in_other_languages(language: str, sentence: str, name: str, kind: str, role: str | None) -> None:
    found = named(sentence, language=language)[name]
    assert (found.type, found.role) == (kind, role)


def test_somebody_else_in_a_list_is_no_role() -> None:
    found = named("Miriam Okafor, her neighbour June Abbs, and Tomas Lindgren left.")
    assert found["Miriam Okafor"].role is None


def test_elided_articles_are_no_part_of_a_name() -> None:
    assert list(named("Les habitants de l’Ukraine et d’Espagne sont venus.", language="fr")) == ["Ukraine", "Espagne"]


def test_skipped_sentences_are_not_read() -> None:
    article = article_of(("Miriam Okafor spoke.", "Then Tomas Lindgren spoke."))
    assert [name.text for name in find_names(article, frozenset({2}))] == ["Miriam Okafor"]


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("ja", "鈴木花子市長は会見で述べた。", ["鈴木花子"]),
        ("ja", "東京都の小池知事は発表した。", []),
        ("ar", "أعلن رئيس الوزراء إغلاق الجسر.", []),
    ],
)
def test_scripts_without_capitals_have_people_beside_an_office(language: str, text: str, names: list[str]) -> None:
    assert list(named(text, language=language)) == names


WORDS = ("The", "Mr", "Okafor", "Miriam", "of", "Bank", "U.S.", "van", "said,", "in", "Norway's", "(HSB)", "“We")


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=15))
def test_mentions_are_distinct_stretches_of_the_text(words: list[str]) -> None:
    article = article_of((" ".join(words),), language="en")
    mentions = sorted((m.start, m.end) for name in find_names(article) for m in name.mentions)
    assert all(0 <= start < end <= len(article.text) for start, end in mentions)
    assert all(one[1] <= other[0] for one, other in pairwise(mentions))


@pytest.mark.parametrize(
    ("sentence", "language", "name", "kind"),
    [
        ("The rope came from the tug Corvane.", "en", "Corvane", "product"),
        ("A spring made by the company Harl Sorrow broke.", "en", "Harl Sorrow", "organization"),
        ("They boarded the ship Anna Kern had built.", "en", "Anna Kern", "person"),
        ("Ils ont vu le chalutier Vent-Debout.", "fr", "Vent-Debout", "product"),
        ("Los llevaron al hospital comarcal Santa Orosia.", "es", "Santa Orosia", "organization"),
        ("Lo disse la ditta Fratelli Morbegni.", "it", "Fratelli Morbegni", "organization"),
        ("De kabel van de sleepboot Otter brak.", "nl", "Otter", "product"),
        ("Awarii uległ prom „Zorza Morska” w nocy.", "pl", "Zorza Morska", "product"),
    ],
)
def test_a_noun_beside_a_name_says_its_kind(sentence: str, language: str, name: str, kind: str) -> None:
    assert named(sentence, language=language)[name].type == kind


@pytest.mark.parametrize(
    ("sentence", "language", "role"),
    [
        ("Hugo Marsan, juge la peine trop lourde.", "fr", None),
        ("Hugo Marsan, juge l’amende trop lourde.", "fr", None),
        ("Hugo Marsan, juge d’instruction, est venu.", "fr", "juge d’instruction"),
        ("Hugo Marsan, chef des pompiers, est venu.", "fr", "chef des pompiers"),
        ("They came with Anna Kern, a friend whose skipper drowned, again.", "en", None),
    ],
)
def test_a_clause_is_no_role(sentence: str, language: str, role: str | None) -> None:
    (found,) = named(sentence, language=language).values()
    assert found.role == role


@pytest.mark.parametrize(
    ("sentence", "language", "names"),
    [
        ("Hier le patron Alain Le Gouarec est sorti.", "fr", {"Alain Le Gouarec"}),
        ("Gisteren sprak Sanne de Wit, en later zei De Wit dat ook.", "nl", {"Sanne de Wit"}),
        ("Vino el consejero de Medio Ambiente, Rafael Olmar, ayer.", "es", {"Rafael Olmar"}),
        ("Ils ont vu le ministre de la Mer, Hugo Marsan, hier.", "fr", {"Hugo Marsan"}),
        ("Ayer cerraron el polígono El Olmar y el colegio Las Hoces.", "es", {"El Olmar", "Las Hoces"}),
        ("Dat zegt Bas van Ewijk van de Veiligheidsregio.", "nl", {"Bas van Ewijk", "Veiligheidsregio"}),
        ("Solange der Wecker klingelt, schläft Anna Brand.", "de", {"Anna Brand"}),
        ("Gisteren kwam rederij Van Tessel Shipping langs.", "nl", {"Van Tessel Shipping"}),
        ("Spółka Morsol zwróci bilety.", "pl", {"Morsol"}),
        ("Lo pagan la Unión Europea y la Junta de Olmar.", "es", {"Unión Europea", "Junta de Olmar"}),
        ("Ils ont vu la frégate Ondine de la Marine nationale.", "fr", {"Ondine", "Marine nationale"}),
        ("She works at St Orla’s Hospital in Harl.", "en", {"St Orla’s Hospital", "Harl"}),
        ("It was refused by Harl’s Parliament.", "en", {"Harl", "Parliament"}),
        ("Some came to Harl while the University of Harl was shut.", "en", {"Harl", "University of Harl"}),
    ],
)
def test_where_names_begin_and_end(sentence: str, language: str, names: set[str]) -> None:
    assert set(named(sentence, language=language)) == names
