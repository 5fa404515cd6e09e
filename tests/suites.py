"""A small suite of labelled cases, made on the spot, and the answers that a model might give to them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

TOWNS = (
    "Aldermoor",
    "Brackwell",
    "Corrin",
    "Dunmere",
    "Eskdale",
    "Farrow",
    "Glenholt",
    "Harsdale",
    "Inverley",
    "Jarrow Hill",
)

BODY = """\
{town} council voted on Tuesday to keep its last library open for another two years.
The decision saves twelve jobs and costs the town £{sum},000 a year.
"We never had a better reason to borrow," said Leila Haddad, who leads the council in {town}.
The library was to close in March after a cut of its grant.
Some 4,600 people of {town} had signed a petition against it.
Opponents of the plan said that the money would be missing from the repair of roads and of two bridges.
The next vote on the budget of {town} is due in October, and the library stays open until then.
"""

CASE = """\
name: {name}
inputs:
  file: article.txt
metadata:
  kind: politics
  language: en
  split: {split}
  status: ok
  facts:
    - fact: "{town} council voted to keep its last library open."
      essential: true
    - fact: "{people} people signed a petition."
      numbers: ["{people}"]
  quotes:
    - {{text: We never had a better reason to borrow, speaker: Leila Haddad}}
"""

ANSWER_PROMPT = """\
version = "1"
description = "points and quotes"
extends = "news"
fields = ["key_points", "quotes"]
"""


def write_suite(folder: Path, cases: int = 3, primary: Sequence[str] = ("facts",)) -> Path:
    """A suite of so many cases, every third of them holdout, with a prompt that asks for points and quotes."""
    for at, town in enumerate(TOWNS[:cases]):
        name = town.lower().replace(" ", "-")
        case = folder / "cases" / name
        case.mkdir(parents=True)
        (case / "article.txt").write_text(BODY.format(town=town, sum=40 + at), encoding="utf-8")
        split = "holdout" if at % 3 == 2 else "tune"
        labels = CASE.format(name=name, town=town, split=split, people="4,600")
        (case / "case.yaml").write_text(labels, encoding="utf-8")
    (folder / "suite.toml").write_text(f"primary = {json.dumps(list(primary))}\n", encoding="utf-8")
    prompt = folder / "points"
    prompt.mkdir()
    (prompt / "prompt.toml").write_text(ANSWER_PROMPT, encoding="utf-8")
    return folder


def good_answer(at: int = 0) -> dict[str, object]:
    """What a careful model answers for the article of this place."""
    town = TOWNS[at]
    return {
        "key_points": [
            {"text": f"{town} council voted to keep its last library open for another two years.", "evidence": [1]},
            {"text": "Some 4,600 people had signed a petition against the closure.", "evidence": [5]},
        ],
        "quotes": [
            {
                "text": "We never had a better reason to borrow",
                "speaker": "Leila Haddad",
                "speaker_role": None,
                "evidence": [3],
            }
        ],
    }


def poor_answer(at: int = 0) -> dict[str, object]:
    """An answer that says little."""
    point = {"text": f"The next vote on the budget of {TOWNS[at]} is due in October.", "evidence": [7]}
    return {"key_points": [point], "quotes": []}
