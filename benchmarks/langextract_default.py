"""What langextract sends by default for an article, and what it gets back when it finds the items of an answer.

It is run as it is, with the OpenAI provider pointed at a server on this machine that keeps the requests and answers
each with those items that stand in its chunk, in the form of langextract's own example. Needs `pip install
langextract openai`; nothing else in this project does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from summarizer.article import Article, is_unspaced
from summarizer.text.dates import find_dates

TASK = """\
Extract persons, organizations, places, quotes, figures and dates in order of appearance.
Use exact text for extractions. Do not paraphrase or overlap entities.
Provide meaningful attributes for each entity to add context."""
"""The task of its quick start, with our classes in the place of characters, emotions and relationships."""

NAMES = ("person", "organization", "place")
BETWEEN_PARTS = " ... "
"""Stands in a quote where "he said" interrupts it."""
SHORTEST_PART = 20
"""Characters of an item by which the end of a chunk is told to have cut it."""


@dataclass(frozen=True)
class Item:
    """An extraction: its class, the words that are copied, and what is said of them."""

    kind: str
    text: str
    attributes: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """As langextract has it in its examples, and the model has to answer."""
        return {self.kind: self.text, f"{self.kind}_attributes": dict(self.attributes)}


EXAMPLE_TEXT = (
    "Ida Falk, head of the Norwick Rescue Board, asked for 12 boats in May 2023. “We have one,” she said in Harl."
)
EXAMPLE = (
    Item("person", "Ida Falk", {"role": "head of the Norwick Rescue Board"}),
    Item("organization", "Norwick Rescue Board", {"role": "asked for boats"}),
    Item("figure", "12 boats", {"measures": "boats asked for", "value": 12.0, "unit": "boats"}),
    Item("date", "May 2023", {"date": "2023-05", "event": "Ida Falk asked for boats."}),
    Item("quote", "We have one", {"speaker": "Ida Falk", "speaker_role": "head of the Norwick Rescue Board"}),
    Item("place", "Harl", {"role": "where she said it"}),
)
"""One example, as in the quick start. Classes and attributes that it lacks could not be answered with."""


@dataclass(frozen=True)
class Exchange:
    """One request of langextract, its answer, and the chunk of the article in it."""

    request: Mapping[str, Any]
    answer: str
    chunk: str

    @property
    def constant(self) -> str:
        """The text of the request that is the same for every chunk: messages and schema."""
        messages = "\n".join(message["content"] for message in self.request["messages"])
        schema = json.dumps(self.request["response_format"]["json_schema"]["schema"])
        return messages.replace(self.chunk, "") + schema


@dataclass(frozen=True)
class Extraction:
    """All exchanges for an article, and how many of the items in their answers langextract located in its text."""

    exchanges: tuple[Exchange, ...]
    answered: int
    found: int


def items(answer: Mapping[str, Any], article: Article) -> Iterator[Item]:
    """What langextract can find of an answer whose evidence is sentences; headlines and statements are not in it."""
    for entity in answer["entities"]:
        if entity["type"] in NAMES:
            yield Item(entity["type"], entity["name"], {"role": entity["role"]})
    for quote in answer["quotes"]:
        for part in quote["text"].split(BETWEEN_PARTS):
            yield Item("quote", part, {name: quote[name] for name in ("speaker", "speaker_role")})
    for figure in answer["figures"]:
        yield Item("figure", figure["text"], {name: figure[name] for name in ("measures", "value", "unit")})
    for event in answer["timeline"]:
        words = _date_words(event, article)
        yield Item("date", words, {"date": event["date"], "event": event["text"]})


def _date_words(event: Mapping[str, Any], article: Article) -> str:
    for sentence in event["evidence"]:
        for found in find_dates(sentence, article.language, article.published):
            if found.iso == event["date"]:
                return str(sentence[found.start : found.end])
    return str(event["date"])


def extract(text: str, wanted: Sequence[Item]) -> Extraction:
    """What langextract sends for a text with all its defaults, where the model answers with `wanted`.

    Raises ImportError when langextract is not installed.
    """
    import langextract as lx

    example = lx.data.ExampleData(
        text=EXAMPLE_TEXT,
        extractions=[
            lx.data.Extraction(extraction_class=i.kind, extraction_text=i.text, attributes=dict(i.attributes))
            for i in EXAMPLE
        ],
    )
    with _answering(wanted) as (address, exchanges):
        result = lx.extract(
            text, TASK, [example], model_id="gpt-6-luna", api_key="none", model_url=address, show_progress=False
        )
    found = sum(extraction.char_interval is not None for extraction in result.extractions)
    return Extraction(tuple(exchanges), len(result.extractions), found)


@contextmanager
def _answering(wanted: Sequence[Item]) -> Iterator[tuple[str, list[Exchange]]]:
    """The address of an endpoint that finds the wanted items, and the exchanges it has had."""
    exchanges: list[Exchange] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["content-length"])))
            chunk = request["messages"][-1]["content"].rpartition("\nQ: ")[2].rpartition("\nA:")[0]
            answer = _answer(chunk, wanted)
            exchanges.append(Exchange(request, answer, chunk))
            message = {"role": "assistant", "content": answer}
            choice = {"index": 0, "finish_reason": "stop", "message": message}
            body = {"id": "1", "object": "chat.completion", "created": 0, "model": "gpt-6-luna", "choices": [choice]}
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *_: Any) -> None:
            """Nothing on standard error."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", exchanges
    finally:
        server.shutdown()
        server.server_close()


def _answer(chunk: str, wanted: Sequence[Item]) -> str:
    """The items that stand in the chunk, each once, in order of appearance."""
    here = [replace(item, text=part) for item in wanted if (part := _part_in(chunk, item.text))]
    extractions = [item.as_json() for item in sorted(here, key=lambda item: chunk.find(item.text))]
    return json.dumps({"extractions": extractions}, ensure_ascii=False, separators=(",", ":"))


def _part_in(chunk: str, text: str) -> str:
    """`text`, or what of it stands at the end of a chunk that is cut there, or at the start of the next one."""
    border = "" if any(map(is_unspaced, text)) else r"\b"  # "Europe" is not in "European"
    if re.search(
        rf"{border if text[0].isalnum() else ''}{re.escape(text)}{border if text[-1].isalnum() else ''}", chunk
    ):
        return text
    for length in range(len(text) - 1, SHORTEST_PART, -1):
        if chunk.endswith(text[:length].rstrip()):
            return text[:length].rstrip()
        if chunk.startswith(text[-length:].lstrip()):
            return text[-length:].lstrip()
    return ""
