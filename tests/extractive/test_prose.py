"""Which sentences say something in words of their own, and which of them a reader can follow alone."""

from __future__ import annotations

import pytest
from records import article_of

from summarizer.extractive.sentences.prose import stands_alone, unprosaic

STATEMENTS = [
    ("en", "The bridge was closed to lorries on Monday."),
    ("en", "Mayor Anna Kern closed the bridge on Monday."),
    ("en", "Okafor said that “the bridge is closed” on Monday."),
    ("en", "Ellery Council says it will close the bridge."),
    ("de", "Die Brücke wurde am Montag für Lastwagen gesperrt."),
    ("es", "El puente se cerró el lunes a los camiones."),
    ("fr", "Le pont a été fermé lundi aux camions."),
    ("it", "Il ponte è stato chiuso lunedì ai camion."),
    ("ja", "橋は月曜日に閉鎖された。"),
    ("nl", "De brug ging maandag dicht voor vrachtwagens."),
    ("pl", "Rada powiatu zgodziła się w środę na zamknięcie oddziału."),
    ("pt", "A ponte foi fechada na segunda-feira a camiões."),
    ("ru", "Мост закрыли для всех грузовиков в понедельник."),
    ("sv", "Bron stängdes för alla lastbilar i måndags."),
    ("zh", "大桥昨天对卡车关闭。"),
]


def is_row(line: str, language: str) -> bool:
    return unprosaic(article_of((line,), language=language)) == {1}


def is_alone(line: str, language: str) -> bool:
    return stands_alone(article_of((line,), language=language), 1)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "| Upper Wend | 1,240 | 31.0 |"),
        ("en", "Upper Wend 1,240 31.0"),
        ("en", "Harl 3, Drossen 1"),
        ("en", "Table 1."),
        ("en", "Photo: Anna Kern / Reuters"),
        ("en", "Cast: Anna Kern, Miriam Okafor, Tomas Lindgren."),
        ("en", "Producer Anna Kern, Editor Tomas Lindgren, Music Erik Voss."),
        ("de", "Regie: Anna Kern, Musik: Erik Voss"),
        ("es", "Reparto: Carmen Vidal, Julio Millán, Rafael Olmar"),
        ("fr", "Avec Anne Kern, Paul Garnier, Hugo Marsan"),
    ],
)
def test_rows_casts_credits_and_labels_are_no_prose(language: str, line: str) -> None:
    assert is_row(line, language)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        *STATEMENTS,
        ("en", "Nobody was hurt in the storm."),
        ("en", "What happened to the bridge?"),
        ("ga", "Tá an droichead dúnta anocht."),
    ],
)
def test_a_sentence_is_prose_and_so_is_all_of_a_language_without_a_list_of_small_words(
    language: str, line: str
) -> None:
    assert not is_row(line, language)


@pytest.mark.parametrize(("language", "line"), STATEMENTS)
def test_a_statement_that_begins_with_what_it_speaks_of_stands_alone(language: str, line: str) -> None:
    assert is_alone(line, language)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Who pays for the bridge of the town?"),
        ("en", "The bridge was closed to lorries on Monday!"),
        ("en", "The bridge was closed to lorries on Monday"),
        ("en", "The bridge is closed."),
        ("de", "Wer bezahlt die Brücke der Stadt?"),
        ("es", "¿Quién paga el puente de la ciudad?"),
        ("fr", "Qui paie le pont de la ville ?"),
        ("it", "Chi paga il ponte della città?"),
        ("ja", "橋は閉鎖されたか？"),
        ("ja", "橋の写真"),
        ("nl", "Wie betaalt de brug van de stad?"),
        ("pt", "Quem paga a ponte da cidade?"),
        ("de", "Ein Jahr später nahm die Stadt die Kürzung zurück."),
        ("en", "Two years later the council reopened the line to Grünbach."),
        ("fr", "Trois ans plus tard, la commune a rouvert la ligne."),
    ],
)
def test_questions_headings_and_half_thoughts_do_not_stand_alone(language: str, line: str) -> None:
    assert not is_alone(line, language)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "I crossed the bridge at night in the rain."),
        ("en", "The rain fell on us at night on the bridge."),
        ("en", "The town asks you to stay off the bridge."),
        ("de", "Wir haben die Brücke am Montag gesperrt."),
        ("es", "Hemos cerrado el puente de la ciudad el lunes."),
        ("fr", "Nous avons fermé le pont lundi soir."),
        ("it", "Noi abbiamo chiuso il ponte della città."),
        ("nl", "Wij sloten maandag de brug van de stad."),
        ("pt", "Nós fechámos a ponte da cidade na segunda-feira."),
    ],
)
def test_who_speaks_of_themselves_or_to_the_reader_does_not_stand_alone(language: str, line: str) -> None:
    assert not is_alone(line, language)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "He closed the bridge on Monday at night."),
        ("en", "It was closed on Monday at night."),
        ("en", "But the bridge was closed on Monday at night."),
        ("en", "The bridge was also closed on Monday at night."),
        ("en", "In the words of his wife, the mayor left on Monday."),
        ("en", "The council says it will close the bridge."),
        ("de", "Er sperrte am Montag die Brücke der Stadt."),
        ("de", "Auch die Brücke der Stadt wurde am Montag gesperrt."),
        ("de", "Dabei wurde niemand auf der Brücke verletzt."),
        ("es", "Además, el puente se cerró el lunes a los camiones."),
        ("es", "Cerró el puente de la ciudad el lunes."),
        ("fr", "Il a été fermé lundi aux camions."),
        ("fr", "Mais le pont a été fermé lundi aux camions."),
        ("it", "Anche il ponte della città è stato chiuso lunedì."),
        ("it", "Ha chiuso il ponte della città lunedì."),
        ("nl", "Hij sloot maandag de brug van de stad."),
        ("nl", "Ook de brug van de stad ging maandag dicht."),
        ("pt", "Mas a ponte da cidade foi fechada na segunda-feira."),
    ],
)
def test_what_begins_with_something_said_before_does_not_stand_alone(language: str, line: str) -> None:
    assert not is_alone(line, language)
