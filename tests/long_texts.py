"""Long articles made of templates, with facts planted all over them, and a model that reads what it is shown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from summarizer.models.base import Reply, Request, Stateless
from summarizer.record import Call
from summarizer.settings import RecipeName

_PLACES = ["Ash", "Birch", "Cedar", "Dale", "Elm", "Fern", "Gorse", "Hazel", "Ivy", "Juniper", "Kelp", "Linden"]
_ENDS = ["brook", "ford", "ham", "mere", "stead"]
_GIVEN = ["Ada", "Bruno", "Clara", "Dario", "Edith", "Fergus", "Greta", "Hugo", "Ines", "Jonas", "Klara", "Lionel"]
_FAMILY = ["Abbot", "Barlow", "Castell", "Dunmore", "Eastley", "Farrow", "Gresham", "Holt", "Ingram", "Jessop"]
_FILLER = (
    "The {place} office keeps its records in the order in which the repairs were ordered, not in that of the lines.",
    "Several of the older drawings for {place} could not be read, and the panel had them redrawn by the county.",
    "Nothing in the papers from {place} shows who had decided to put the work off, or on whose advice.",
    "The panel visited {place} in wet and in dry weather, and spoke with the people who look after the line there.",
    "Traffic through {place} has grown since the harbour was dredged, as the tables in the annex show.",
    "It was common in {place} to sign the sheets for a whole week at once, a habit that has since been given up.",
)


@dataclass(frozen=True)
class Planted:
    """A fact, an event and a quote, each of which stands at one place of the article."""

    place: str
    count: int
    day: int
    speaker: str

    @property
    def figure(self) -> str:
        return f"{self.count} cracked girders"

    @property
    def date(self) -> str:
        return f"{1930 + self.day}"

    @property
    def fact(self) -> str:
        return f"Inspectors found {self.figure} in the viaduct of {self.place}, which was opened in {self.date}."

    @property
    def quote(self) -> str:
        return f"We had warned of the {self.place} viaduct for years before number {self.count} was counted"


def planted(number: int) -> list[Planted]:
    """So many, each with a place, a number and a speaker of its own."""
    places = [first + last for last in _ENDS for first in _PLACES]
    speakers = [f"{given} {family}" for family in _FAMILY for given in _GIVEN]
    return [Planted(places[at % len(places)], 1001 + at, at, speakers[at % len(speakers)]) for at in range(number)]


def report(sections: int = 60, filler: int = 24) -> str:
    """A report of some 500 words a section, each with one planted fact in its middle."""
    return "\n\n".join(
        paragraph for fact in planted(sections) for paragraph in _section(fact, [*_filler(fact.place, filler)])
    )


def _section(fact: Planted, sentences: list[str]) -> Iterator[str]:
    half = len(sentences) // 2
    for at in range(0, half, 4):
        yield " ".join(sentences[at : at + 4])
    yield f"{fact.fact} “{fact.quote},” said {fact.speaker}."
    for at in range(half, len(sentences), 4):
        yield " ".join(sentences[at : at + 4])


def _filler(place: str, number: int) -> Iterator[str]:
    return (_FILLER[at % len(_FILLER)].format(place=place) for at in range(number))


def live_blog(posts: int) -> str:
    """Posts under their hours; every fiftieth, and the last, has a planted fact."""
    facts = iter(planted(posts // 50 + 1))
    lines = []
    for at in range(posts):
        is_told = at % 50 == 25 or at == posts - 1
        fact = next(facts) if is_told else None
        body = f"{fact.fact} “{fact.quote},” said {fact.speaker}." if fact else _post(at)
        lines.append(f"{at // 60 % 24:02}:{at % 60:02}\n\n{body}")
    return "\n\n".join(lines)


def _post(at: int) -> str:
    place = f"{_PLACES[at % 12]}{_ENDS[at % 5]}"
    return f"Trains through {place} are running again after the storm, the railway says in its notice number {at}."


# --- the model --------------------------------------------------------------------------------------------------

_LINE = re.compile(r"^\[([\d, ]*)\] (.*)$", re.MULTILINE)
_FACT = re.compile(r"found (\d+ cracked girders) in the viaduct of (\w+), which was opened in (\d{4})")
_SAID = re.compile(r"“(We had warned[^”]*),” said (\w+ \w+)\.")


@dataclass
class Reader(Stateless):
    """Reports every planted fact that stands in the messages, and nothing else; cites the numbers that stand there.

    `padding` is added to its key points: a model that does not keep to the length it was asked for.
    """

    context_tokens: int = 8192
    padding: str = ""
    name: str = "reader"
    recipe: RecipeName = "one_request"
    requests: list[Request] = field(default_factory=list)
    replies: list[str] = field(default_factory=list)

    def complete(self, request: Request) -> Reply:
        """The facts in the request."""
        self.requests.append(request)
        self.replies.append(json.dumps(self.answer(request)))
        call = Call(
            purpose=request.purpose, tokens_in=None, tokens_cached=None, tokens_out=None, seconds=0, outcome="ok"
        )
        return Reply(self.replies[-1], (call,))

    def answer(self, request: Request) -> dict[str, Any]:
        """A whole answer, cut to the fields that are asked for."""
        lines = [(_numbers(match[1]), match[2]) for match in _LINE.finditer(request.messages[1].content)]
        told = [(numbers, line) for numbers, line in lines if _FACT.search(line)] or lines[:1]
        points = [{"text": line.partition("“")[0].strip() + self.padding, "evidence": n} for n, line in told]
        facts = [(numbers, match) for numbers, line in lines if (match := _FACT.search(line))]
        quotes = [(numbers, match) for numbers, line in lines if (match := _SAID.search(line))]
        whole: dict[str, Any] = {
            "headline": {"text": "Inspectors report on viaducts", "evidence": points[0]["evidence"]},
            "abstract": [points[0], points[-1]][: len(points)],
            "key_points": [*points[:6], points[-1]] if len(points) > 6 else points,
            "five_ws": dict.fromkeys(("who", "what", "when", "where", "why", "how")),
            "entities": [
                *({"name": match[2], "type": "place", "role": None} for _, match in facts),
                *({"name": match[2], "type": "person", "role": None} for _, match in quotes),
            ],
            "quotes": [
                {"text": match[1], "speaker": match[2], "speaker_role": None, "evidence": numbers}
                for numbers, match in quotes
            ],
            "figures": [
                {
                    "text": match[1],
                    "measures": "girders with cracks",
                    "value": float(match[1].split()[0]),
                    "unit": "girders",
                    "evidence": numbers,
                }
                for numbers, match in facts
            ],
            "timeline": [
                {"date": match[3], "text": f"The viaduct of {match[2]} is opened.", "evidence": numbers}
                for numbers, match in facts
            ],
            "disputes": [],
            "corrections": [],
            "topics": ["science and technology"],
        }
        return {name: whole[name] for name in request.answer.model_fields}


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",") if number.strip()]
