"""What a written sentence turns round in its source: opposites, certainty, bounds, numbers and names."""

from __future__ import annotations

import pytest
from records import article_of

from summarizer.checking.analysis import ArticleAnalysis
from summarizer.checking.statements.statement_checks import findings
from summarizer.languages.language import language_of, with_table
from summarizer.record import Entity
from summarizer.text.antonyms import opposites


def raised(text: str, *source: str, language: str = "en", cited: int | None = None) -> set[str]:
    """Codes of the errors and warnings on `text` against an article of these sentences, the first of them cited."""
    article = article_of(source, language=language)
    found = findings(text, [article.span(0, article.sentences[:cited][-1].end)], ArticleAnalysis(article))
    return {finding.code for finding in found if finding.severity != "note"}


@pytest.mark.parametrize(
    ("language", "source", "text"),
    [
        ("en", "Ferry fares in Norwick rose sharply in March.", "Ferry fares in Norwick fell sharply in March."),
        ("en", "The council accepted the plan for the harbour.", "The council rejected the plan for the harbour."),
        ("en", "The pilot radioed the tower before the landing.", "The pilot radioed the tower after the landing."),
        ("en", "Moe denied steering the ferry.", "Moe admitted steering the ferry."),
        ("de", "Die Mieten in Kassel sind im März gestiegen.", "Die Mieten in Kassel sind im März gesunken."),
        ("de", "Der Rat hat den Plan zum Hafen abgelehnt.", "Der Rat hat den Plan zum Hafen gebilligt."),
        ("fr", "Les loyers augmentent à Lyon depuis mars.", "Les loyers baissent à Lyon depuis mars."),
        ("es", "El juez rechazó el recurso del banco.", "El juez aceptó el recurso del banco."),
        ("it", "Il consiglio ha approvato il piano del porto.", "Il consiglio ha respinto il piano del porto."),
        ("pt", "A câmara aprovou o plano do porto.", "A câmara rejeitou o plano do porto."),
        ("nl", "De huren in Zwolle stijgen sinds maart.", "De huren in Zwolle dalen sinds maart."),
    ],
)
def test_the_opposite_of_the_source_is_marked(language: str, source: str, text: str) -> None:
    assert "negation_differs" in raised(text, source, language=language)
    assert raised(source, source, language=language) == set()


@pytest.mark.parametrize(
    ("language", "source", "text"),
    [
        ("en", "The strike may close the port on Friday.", "The strike will close the port on Friday."),
        ("de", "Der Streik könnte den Hafen lahmlegen.", "Der Streik wird den Hafen lahmlegen."),
        ("fr", "La grève pourrait fermer le port.", "La grève va fermer le port."),
        ("es", "La huelga podría cerrar el puerto.", "La huelga va a cerrar el puerto."),
        ("nl", "De staking zou de haven stilleggen.", "De staking zal de haven stilleggen."),
    ],
)
def test_what_is_only_possible_may_not_become_certain(language: str, source: str, text: str) -> None:
    assert "certainty_differs" in raised(text, source, language=language)
    assert "certainty_differs" not in raised(source, text, language=language)


@pytest.mark.parametrize(
    ("language", "source", "text"),
    [
        ("en", "More than 870 homes lost power.", "Fewer than 870 homes lost power."),
        ("en", "The storm cut power to 870 homes.", "The storm cut power to less than 870 homes."),
        ("en", "The plant emits at most 40 tonnes a year.", "The plant emits over 40 tonnes a year."),
        ("de", "Mindestens 870 Häuser sind ohne Strom.", "Höchstens 870 Häuser sind ohne Strom."),
        ("fr", "Plus de 870 maisons sont privées de courant.", "Moins de 870 maisons sont privées de courant."),
    ],
)
def test_a_changed_bound_is_marked(language: str, source: str, text: str) -> None:
    assert raised(text, source, language=language) == {"number_not_in_evidence"}
    assert raised(source, source, language=language) == set()


def test_a_number_from_another_sentence_is_marked_where_it_replaces_one() -> None:
    source = ("Police arrested seven men in the harbour on Monday.", "In April five ferries were sold abroad.")
    assert raised("Police arrested five men in the harbour on Monday.", *source) == {"number_not_in_evidence"}
    assert raised("Five ferries were sold abroad in April.", *source) == set()


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("The fund holds 1,214 paintings.", "The fund holds 1,200 paintings."),
        ("The fund holds 1,260 paintings.", "The fund holds more than 1,200 paintings."),
        ("The yard built 196 boats.", "The yard built nearly 200 boats."),
        ("The yard built 204 boats.", "The yard built about 200 boats."),
        ("The rate rose to 4.97 percent.", "The rate rose to 5 percent."),
        ("The line is 12.04 km long.", "The line is 12 km long."),
        ("It cost $1,980,000.", "It cost $2 million."),
        ("Some 3,000 people came.", "Three thousand people came."),
    ],
)
def test_rounding_and_numbers_in_words_raise_nothing(source: str, text: str) -> None:
    assert raised(text, source) == set()


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("The crash killed 21 people.", "The crash killed 20 people."),
        ("The yard built 204 boats.", "The yard built 200 boats."),
        ("The fund holds 1,214 paintings.", "The fund holds 1,300 paintings."),
        ("The fund holds 1,180 paintings.", "The fund holds more than 1,200 paintings."),
        ("The yard built 204 boats.", "The yard built nearly 200 boats."),
        ("The yard was founded in 2018.", "The yard was founded in 2020."),
        ("The rate rose to 4.5 percent.", "The rate rose to 5 percent."),
    ],
)
def test_what_is_no_rounding_is_marked(source: str, text: str) -> None:
    assert raised(text, source) == {"number_not_in_evidence"}


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            "In the final Ingrid Moe beat Per Lund by two points.",
            "In the final Per Lund beat Ingrid Moe by two points.",
        ),
        (
            "The talks failed, said Per Lund of the coast guard.",
            "The talks failed, said Ingrid Moe of the coast guard.",
        ),
    ],
)
def test_a_name_in_the_role_of_another_is_marked(source: str, text: str) -> None:
    also = "Ingrid Moe and Per Lund did not want to speak to this newspaper again."
    assert "role_differs" in raised(text, source, also, cited=1)
    assert raised(source, source, also, cited=1) == set()


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("The barge brought 900 tonnes of salt.", "The barge brought 900 kilograms of salt."),
        ("The painter sold it for 40,000 euros.", "The painter sold it for 40,000 dollars."),
        ("The mast is 40 feet high.", "The mast is 40 metres high."),
        ("The trial lasted two years.", "The trial lasted two months."),
        ("The siege went on for 14 weeks.", "The siege went on for 14 days."),
    ],
)
def test_another_unit_or_span_of_time_is_marked(source: str, text: str) -> None:
    assert raised(text, source) == {"unit_differs"}
    assert raised(source, source) == set()


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("The lake froze at minus 31 degrees.", "The lake froze at 31 degrees."),
        ("The brewery had a margin of -5 percent.", "The brewery had a margin of 5 percent."),
        ("Hundreds of geese landed on the lake.", "Thousands of geese landed on the lake."),
        ("The quay cost 1.1 million euros.", "The quay cost 1.1 billion euros."),
        ("The hall was built in 1911, on a Tuesday.", "The hall was built for 12,345 people in 1911."),
    ],
)
def test_a_lost_sign_and_another_size_are_marked(source: str, text: str) -> None:
    assert raised(text, source) == {"number_not_in_evidence"}


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Rents in Norwick changed by -5 percent.", "Rents in Norwick fell by 5 percent."),
        ("The wall weighs 300 tons.", "The wall weighs 300 tonnes."),
        ("Two thirds of the hives died.", "67 percent of the hives died."),
        ("One in five hives died.", "20 percent of the hives died."),
        ("Profit fell in the fourth quarter.", "Profit fell in Q4."),
        ("Søren Kjær of Łomża won.", "Soren Kjaer of Lomza won."),
        ("Jürgen Möller won the cup.", "Juergen Moeller won the cup."),
        ("The old mill of Łomża burned down.", "The old mill of Lomza burned down."),
    ],
)
def test_the_same_in_another_spelling_raises_nothing(source: str, text: str) -> None:
    assert raised(text, source) == set()


def test_names_that_another_key_would_spell_differently_are_still_told_apart() -> None:
    assert raised("Profit fell in Q3.", "Profit fell in the fourth quarter.") == {"name_not_in_article"}
    assert raised("Then the hall of Lomna burned.", "Then the hall of Łomża burned.") == {"name_not_in_article"}
    assert "number_not_in_evidence" in raised("76 percent of the hives died.", "Two thirds of the hives died.")


@pytest.mark.parametrize("word", ["may", "reportedly", "apparently"])
def test_a_doubt_that_is_lost_is_marked(word: str) -> None:
    source = {"may": "The pump of the lower lock may have failed because of frost."}.get(
        word, f"The pump of the lower lock {word} failed because of frost."
    )
    assert raised("The pump of the lower lock failed because of frost.", source) == {"certainty_differs"}
    assert raised(source, source) == set()


@pytest.mark.parametrize(
    ("language", "source", "text"),
    [
        ("en", "The regulator did not rule out a merger of breweries.", "The regulator ruled out a merger."),
        ("en", "The regulator ruled out a merger of breweries.", "The regulator did not rule out a merger."),
        ("en", "The bishop did not deny the sale of the organ.", "The bishop denied the sale of the organ."),
        ("en", "The captain, Ingrid Moe, did not resign.", "The captain did resign."),
        ("fr", "Un homme a été arrêté devant le théâtre.", "Personne n'a été arrêté devant le théâtre."),
    ],
)
def test_a_denial_denied_is_marked(language: str, source: str, text: str) -> None:
    assert raised(text, source, language=language) == {"negation_differs"}
    assert raised(source, source, language=language) == set()


@pytest.mark.parametrize(
    ("language", "source", "text"),
    [
        ("de", "Nicht nur der Turm, auch die Brücke wurde gesperrt.", "Der Turm wurde gesperrt."),
        ("de", "Der Turm und die Brücke wurden gesperrt.", "Nicht nur der Turm wurde gesperrt."),
        ("en", "Not only the tower but also the bridge was closed.", "The tower was closed."),
        ("fr", "Un homme a été arrêté devant le théâtre.", "Une personne a été arrêtée devant le théâtre."),
        ("fr", "Une personne a été arrêtée devant le théâtre.", "Un homme a été arrêté devant le théâtre."),
    ],
)
def test_what_only_looks_like_a_denial_is_none(language: str, source: str, text: str) -> None:
    assert raised(text, source, language=language) == set()


def test_what_the_article_takes_back_is_marked() -> None:
    source = ("The kiln burned down 31 homes.", "An earlier version of this article spoke of 44 homes.")
    assert "superseded" in raised("The kiln burned down 44 homes.", *source)
    assert "superseded" not in raised("The kiln burned down 31 homes.", *source)
    assert "superseded" not in raised("An earlier version of this article spoke of 44 homes.", *source)


def test_an_addition_is_marked() -> None:
    source = ("The orchard was sold in June.", "Its buyer remains unnamed.")
    text = "The orchard was sold in June, delighting beekeepers, schoolchildren and amateur astronomers everywhere."
    assert raised(text, *source) == {"not_in_article"}
    assert raised("The orchard was sold in June to a buyer who is unnamed.", *source) == set()


def test_the_same_in_the_passive_is_no_other_role() -> None:
    source = "In the final Ingrid Moe beat Per Lund by two points."
    assert raised("In the final Per Lund was beaten by Ingrid Moe by two points.", source) == set()


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Fares fell in March but rose in June, the council of Norwick said.", "Fares in Norwick rose in June."),
        ("Shares tumbled after a steep drop in profit.", "Shares sank after a sharp decline in profit."),
        ("The strike may close the port; it will last a week.", "The strike will last a week."),
        (
            "The world No 3 is set to marry in Dunblane next Saturday.",
            "He is set to marry in Dunblane next Saturday.",
        ),
        ("The bridge opened in May. The tunnel closed in June.", "The tunnel closed in June."),
    ],
)
def test_what_both_say_raises_nothing(source: str, text: str) -> None:
    assert raised(text, source) == set()


def test_both_of_two_opposites_for_two_people_are_no_contrast() -> None:
    source = "The jury found Alan Reed, the former treasurer, guilty of stealing £212,000 from the charity."
    text = "Alan Reed, the former treasurer, is guilty of stealing £212,000; the chairman was cleared."
    assert raised(text, source) == set()
    assert raised("Alan Reed, the former treasurer, is cleared of stealing £212,000.", source) == {"negation_differs"}


@pytest.mark.parametrize(
    ("language", "source", "text"),
    [
        ("en", "The fire was not put out until 11 in the morning.", "The fire was put out at 11 in the morning."),
        ("es", "El fuego no se dio por controlado hasta las 11.", "El fuego se dio por controlado a las 11."),
    ],
)
def test_a_delay_is_no_denial(language: str, source: str, text: str) -> None:
    assert raised(text, source, language=language) == set()


def test_a_denial_is_looked_for_in_the_sentence_it_belongs_to() -> None:
    source = ("Bird flu was not deemed a threat to humans in Asia.", "It is a threat to poultry, farmers said.")
    assert raised("Bird flu was deemed a threat to humans in Asia.", *source) == {"negation_differs"}


def test_a_paraphrase_in_quotation_marks_is_a_note_and_an_invented_quotation_an_error() -> None:
    article = article_of(("The owner failed to get the timetable of the ferry right.",), language="en")
    analysis, evidence = ArticleAnalysis(article), [article.span(0, len(article.text))]

    def severities(text: str) -> list[str]:
        return [
            finding.severity for finding in findings(text, evidence, analysis) if finding.code == "quote_not_found"
        ]

    assert severities("The owner “did not get the timetable right”.") == ["note"]
    assert severities("The owner “did get the timetable right”.") == ["error"]
    assert severities("The owner “did not get the timetable wrong”.") == ["error"]
    assert severities("The owner “did not get the fares right”.") == ["error"]
    assert severities("“I did not get the timetable right, and so I have to go”, he said.") == ["error"]


def test_texts_in_another_language_than_the_article_are_not_compared() -> None:
    article = article_of(("Ferry fares in Norwick rose sharply.",), language="en")
    assert (
        findings("Le tarif du ferry a baissé.", [article.span(0, 36)], ArticleAnalysis(article), language="fr") == []
    )


@pytest.mark.parametrize("code", with_table("opposites"))
def test_no_word_is_its_own_opposite(code: str) -> None:
    words = opposites(code)
    assert words is not None
    for (one, other), sides in zip(words.turned[::2], language_of(code).opposites.pairs, strict=True):
        for pattern, phrases in ((one, sides[1]), (other, sides[0])):
            clash = [phrase for phrase in phrases if pattern.fullmatch(phrase.replace("*", ""))]
            assert clash == []


@pytest.mark.parametrize(
    ("language", "source", "text"),
    [
        ("en", "The vote is not on Monday but on Thursday.", "The vote is on Thursday."),
        ("en", "The plan would not work without more nurses.", "For the plan to work more nurses are needed."),
        (
            "en",
            "Shouldn't the well be the focus? Some blamed the parents.",
            "Some blamed the well, some the parents.",
        ),
        ("en", "Officials denied that the dam was unsafe.", "The dam is safe, officials say."),
        ("en", "The law does not apply to farms with ten cows.", "Farms with ten cows are exempt from the law."),
        ("de", "Der Preis liegt bei neun und nicht, wie gemeldet, bei zwölf Euro.", "Der Preis liegt bei neun Euro."),
        ("it", "Il prezzo non è di dodici euro ma di nove.", "Il prezzo è di nove euro invece di dodici."),
        ("it", "Il ponte non riaprirà prima di maggio.", "Il ponte riaprirà a maggio o più tardi."),
        ("fr", "Le projet n'est pas sans risque pour la rivière.", "Le projet présente un risque pour la rivière."),
        ("pl", "Most nie zostanie otwarty przed majem.", "Most zostanie otwarty najwcześniej w maju."),
    ],
)
def test_a_negation_that_only_sets_apart_or_limits_may_be_put_otherwise(
    language: str, source: str, text: str
) -> None:
    assert "negation_differs" not in raised(text, source, language=language)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("The bank will not lend to farms.", "The bank will lend to farms."),
        ("La carta no llegó al alcalde.", "La carta llegó al alcalde."),
        ("Le peuple n'a pas accepté la réforme.", "Le peuple a accepté la réforme."),
        ("Il negozio non ha aperto il lunedì.", "Il negozio ha aperto il lunedì."),
    ],
)
def test_a_word_that_begins_like_one_of_denial_hides_no_negation(source: str, text: str) -> None:
    language = {"The": "en", "La": "es", "Le": "fr", "Il": "it"}[source.split()[0]]
    assert "negation_differs" in raised(text, source, language=language)


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("A ribbon was cut by Bram Lund, and pupils sang.", True),
        ("A ribbon was cut by Ada Moe, and pupils sang.", False),
    ],
)
def test_a_name_that_stands_nowhere_near_in_place_of_the_cited_one_is_marked(text: str, is_told: bool) -> None:
    filler = ("Rain fell.", "Snow fell.", "Hail fell.", "Fog came.", "Wind blew.")
    article = article_of(
        (*filler, "Ada Moe opened the new school on Friday.", *filler, "Bram Lund sang in the choir.")
    )
    people = [Entity(name=name, type="person", role=None) for name in ("Ada Moe", "Bram Lund")]
    cited = article.sentence(6)
    found = findings(text, [article.span(cited.start, cited.end)], ArticleAnalysis(article).naming(people))
    assert ("role_differs" in {finding.code for finding in found}) is is_told


@pytest.mark.parametrize(
    ("language", "sources", "text"),
    [
        (
            "de",
            (
                "Das Land hat 3 Millionen Euro zugesagt, und dieser Betrag wächst nicht mit.",
                "Der Anteil steigt damit.",
            ),
            "Weil das Land fest 3 Millionen Euro gibt, wächst der Anteil.",
        ),
        (
            "es",
            ("La cifra que atribuye a la red ya no es de 312 euros, sino de 287.",),
            "La fiscal rebajó de 312 a 287 euros la cifra que atribuye a la red.",
        ),
        (
            "es",
            ("Dijo que el retraso no se debe a la falta de dinero, sino a un fallo.",),
            "Un fallo, y no la falta de dinero, explica el retraso.",
        ),
        (
            "de",
            ("Ursprünglich sollte das Werk im Herbst 2025 ans Netz gehen.", "Der Bau dauert zwei Jahre länger."),
            "Das Heizwerk kommt zwei Jahre später als für Herbst 2025 geplant.",
        ),
        (
            "ru",
            ("Ущерб, первоначально оценённый в 40 млн рублей, теперь называют не ниже 55 млн рублей.",),
            "Ущерб, сначала оценённый в 40 млн рублей, теперь называют не ниже 55 млн рублей.",
        ),
        (
            "ar",
            ("وارتفع سعر الصهريج من خمسة عشر ألف دولار إلى خمسة وعشرين ألفاً.",),
            "ارتفع سعر الصهريج من 15 ألف دولار إلى 25 ألفاً.",
        ),
        ("en", ("The governor said that 14 people are known to have died.",), "At least 14 people have died."),
    ],
)
def test_what_is_condensed_or_sets_two_versions_side_by_side_raises_nothing(
    language: str, sources: tuple[str, ...], text: str
) -> None:
    assert raised(text, *sources, language=language) == set()


def severities(text: str, *source: str, language: str) -> set[str]:
    article = article_of(source, language=language)
    found = findings(text, [article.span(0, article.sentences[-1].end)], ArticleAnalysis(article))
    return {finding.severity for finding in found if finding.code == "negation_differs"}


def test_a_lost_negation_is_a_note_where_several_sentences_are_told_in_a_language_that_was_not_tried() -> None:
    german = (
        "Der Rat hat die Sanierung der Brücke am Dienstag nicht gebilligt.",
        "Die Arbeiten kosten 7,4 Millionen Euro.",
    )
    assert severities("Der Rat hat die Sanierung der Brücke am Dienstag gebilligt.", german[0], language="de") == {
        "warning"
    }
    assert severities("Der Rat hat die Sanierung der Brücke am Dienstag gebilligt.", *german, language="de") == {
        "note"
    }
    english = ("The council did not approve the repair of the bridge.", "The work costs 7.4 million euros.")
    assert severities("The council approved the repair of the bridge.", *english, language="en") == {"warning"}


def test_what_rose_by_a_number_did_not_fall_by_it_however_it_is_told() -> None:
    source = (
        "Reporting its results, the group said that turnover, on which analysts had been split, fell by 12% "
        "in the year.",
    )
    assert raised("Turnover rose by 12%.", *source) == {"negation_differs"}
    assert raised("Turnover fell by 12%.", *source) == set()
