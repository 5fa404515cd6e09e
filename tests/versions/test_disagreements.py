"""Inside one article: two values for one thing are named where that is certain, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarizer.versions import find_disagreements

ROOT = Path(__file__).parent.parent.parent
REST = (
    " The road was closed for the rest of the day. Police asked drivers to go round the town by the old bridge. The "
    "mayor thanked all who had come to help in the night.\n\n"
)
FIRE = "Hotel fire\n\nA fire in a hotel in Lowford injured 12 people on Monday." + REST
COUNCIL = "Schools\n\nThe council of Lowford hired 12 teachers on Monday for its schools." + REST


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (FIRE + "The fire injured 21 people.", ("12 people", "21 people")),
        (FIRE.replace("Hotel fire", "Fire injures 21 people"), ("21 people", "12 people")),
        (
            "Brand\n\nIn Lindenau wurden am Montag bei einem Brand 12 Menschen verletzt. Die Polizei sperrte die "
            "Straße für den Rest des Tages ab. Der Bürgermeister dankte.\n\nBei dem Brand wurden 21 Menschen "
            "verletzt.",
            ("12 Menschen", "21 Menschen"),
        ),
        (
            "Incendie\n\nUn incendie a blessé 12 personnes lundi à Valbonne. La route a été fermée tout le jour. "
            "Le maire a remercié les secours.\n\nL'incendie a blessé 21 personnes.",
            ("12 personnes", "21 personnes"),
        ),
    ],
)
def test_two_values_for_one_thing_are_named(text: str, values: tuple[str, str]) -> None:
    found = find_disagreements(text)
    assert [(each.first.text, each.second.text) for each in found.disagreements] == [values]


@pytest.mark.parametrize(
    "text",
    [
        FIRE + "The fire injured 12 people.",
        FIRE + "A similar fire injured 21 people.",
        FIRE + "A fire in Kiel injured 21 people.",
        FIRE + "In 2019 a fire injured 21 people.",
        FIRE + "Last year a fire injured 21 people.",
        FIRE + "The second fire injured 21 people.",
        FIRE + "The fire injured another 9 people.",
        FIRE + "The fire injured at least 9 people.",
        FIRE + "The fire may have injured 21 people.",
        FIRE + "The fire did not injure 21 people.",
        FIRE + "The fire injured 5 people badly.",
        FIRE + '"The fire injured 21 people."',
        FIRE + "An earlier version of this article said the fire injured 21 people.",
        FIRE.replace("12 people", "200 people") + "The fire injured 213 people.",
        COUNCIL + "The council had planned to hire 20 teachers.",
        COUNCIL + "The council also hired 20 teachers.",
        COUNCIL + "If the council hired 20 teachers, it would be poor.",
        COUNCIL + "The 9 teachers were glad.",
    ],
)
def test_what_may_be_another_thing_is_not_named(text: str) -> None:
    assert find_disagreements(text).is_empty


def test_what_two_sources_say_is_no_disagreement_of_the_article() -> None:
    text = FIRE.replace("A fire in a hotel in Lowford injured", "Police said a hotel fire in Lowford injured")
    assert find_disagreements(text + "The hospital said the fire injured 21 people.").is_empty


@pytest.mark.parametrize("path", sorted(ROOT.glob("evals/cases/*/article.*")), ids=lambda path: path.parent.name)
def test_nothing_is_named_in_the_articles_of_the_suite(path: Path) -> None:
    assert find_disagreements(path).is_empty
