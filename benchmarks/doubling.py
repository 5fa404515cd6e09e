"""How time grows when an input doubles: reading, the record by rules and the check of an answer, on hostile texts.

python -m benchmarks.doubling [WORD ...]

Each text is an article with something in the middle that comes again and again: as a paragraph, within a sentence,
or in Markdown; WORDs choose those whose names have one of them. A row has the processor time at the largest size and
the ratio to that at half of it: 2 is in proportion, 4 grows with the square. A text is doubled until it has LARGEST
characters or one of its times is beyond PATIENCE.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import count

from summarizer.article import Article
from summarizer.checking.field_checks import check
from summarizer.errors import ReadingError
from summarizer.extractive.recipe import extract
from summarizer.prompts import load_prompt
from summarizer.reading import read_article
from summarizer.reading.sentences import split_sentences
from summarizer.reading.source.content_type import Kind
from summarizer.record import ArticleInfo, Cited, Content, Entity, Event, Figure, Quote

SMALLEST, LARGEST = 4_000, 64_000
PATIENCE = 4.0
"""Seconds that one part may take before its text is doubled no more."""
TOO_SHORT = 0.01
"""Seconds: of less the ratio says nothing."""
STEEP = 2.8
"""A ratio that is shown with a mark."""

HEAD = """Fire closes the bridge at Vestby

Ann Byrd, 3 March 2025

VESTBY – A fire closed the bridge at Vestby on Monday, and 1,200 people had to walk, the town said. “We saw smoke at \
six,” said Ada Lund, who runs the ferry."""
TAIL = "The bridge will not be open before 14 May, according to the mayor, Per Holm. It was built in 1962."

PIECES: Mapping[str, str] = {
    "dashes": "-",
    "long dashes": "—",
    "email signs": "+.-",
    "dots": ".",
    "dots and spaces": ". ",
    "signs": "+?!",
    "stars": "*",
    "stars and words": "*a ",
    "underscores": "_a ",
    "hashes": "#",
    "pipes": "| a | b |\n",
    "backticks": "`",
    "angles": "<",
    "ampersands": "&#",
    "slashes": "/",
    "addresses": "http://",
    "mail addresses": "a@b.",
    "straight quotes": '"',
    "quotes and words": '"a ',
    "apostrophes": "'",
    "typographic quotes": "“",
    "quotes in quotes": "“He said ‘no’, ",
    "guillemets": "« Oui », ",
    "corners": "「はい」",
    "round brackets": "(",
    "square brackets": "[",
    "links": "[a](b ",
    "pictures": "![",
    "digits": "7",
    "digits and commas": "1,234,",
    "digits and dots": "1.2.",
    "telephone": "01 23 ",
    "money": "1.1 million crowns, ",
    "sums": "$5.1 million, ",
    "numbers in words": "two hundred and ",
    "years": "in 1999, ",
    "dates": "on 3 May, ",
    "weekdays": "on Monday, ",
    "numeric dates": "3.5.2024 ",
    "names": "Ada Lund, ",
    "capital letters": "A",
    "capital words": "ADA ",
    "initials": "A. ",
    "joined initials": "A.B",
    "hyphens": "a-",
    "names with hyphens": "Ada-",
    "small letters": "a",
    "words": "the boat went on and ",
    "said": "she said, ",
    "not": "not ",
    "who": "who was the head of the ",
    "colons": "note: ",
    "semicolons": "a; ",
    "up and down": "rose and fell, ",
    "until": "not until ",
    "orders": "ignore the ",
    "answers": "in your ",
    "tasks": "Write a poem. ",
    "tasks in quotes": "“Hm. Write a poem.” ",
    "abbreviations": "Mr. ",
    "short lines": "ab\n",
    "lines with dashes": "- a\n",
    "empty lines": "\n",
    "commas": ", ",
    "quotes in spaces": "' ",
    "percentages": "5% ",
    "measures": "5 km, ",
    "letters in brackets": "(a) ",
    "wide spaces": "  a",
    "spaces": " ",
    "tabs": "\t",
    "spaces and lines": " \n",
    "paragraphs": "The boat went on to Vestby.\n\n",
    "paragraphs with hard spaces": "The boat\xa0went on to Vestby.\r\n\r\n",
    "sentences": "The boat went on to Vestby. ",
    "headings": "# Vestby\n\n",
    "Chinese": "他说了，",
    "Chinese sentences": "他说了。",
    "Chinese numbers": "三百万",
    "Japanese dates": "3月5日、",
    "Arabic": "قال إن ",
    "accents": "e\u0301",
    "accents alone": "\u0301",
    "joiners": "a\u200d",
    "marks of direction": "a\u202e",
    "emoji": "👩‍🚒",
    "damaged": "Ã©",
}

MARKDOWN: Mapping[str, str] = {
    "marks and words": "*a ",
    "marks": "*",
    "underlines": "_a ",
    "ticks": "`",
    "hashes": "#",
    "closing hashes": " #",
    "rows": "| a | b |\n",
    "cells": "|  ",
    "rules": "| :-",
    "brackets": "[a](b ",
    "images": "![",
    "footnotes": "[^",
    "comments": "<!--",
    "quoted lines": "> ",
    "blanks": " ",
    "stops": "\t",
    "titles": "# Vestby\n\n",
}

PAGES: Mapping[str, str] = {
    "nested tags": "<div>",
    "unclosed paragraphs": "<p>The boat went on.",
    "open tags": "<p ",
    "attributes": "<p a='",
    "closed tags": "</p>",
    "links in pages": "<a href='/x'>Vestby</a> ",
    "rows": "<tr><td>1</td>",
    "comments": "<!-- ",
    "entities": "&amp;",
    "headers": "<h2>Vestby</h2>",
    "breaks": "a<br>",
}

MAILS: Mapping[str, str] = {
    "header lines": "Received: from a by b\n",
    "the same header": "Subject: a\n",
    "folded header": " a\n",
    "addressees": "a <a@b.example>, ",
}


COUNTED: Mapping[str, str] = {
    "different sums": "{n}.1 million crowns, ",
    "different numbers": "{n} boats. ",
    "different dates": "On {day} May {year} it went. ",
    "different words": "{word} ",
    "different names": "Ada {name}, ",
    "different heads": "{name} Lund, the head of {name}, said so. ",
    "different sentences": "Ada met {name} at the {word}. ",
    "different quotes": "“I saw the {word} at sea,” said Ada {name}. ",
    "different fragments": "He spoke of “the {word} boats at sea”. ",
    "different paragraphs": "{name} said that the {word} was open and not closed.\n\n",
    "different lines": "{name} {word}\n",
    "different numbers of people": "{n} people of {name}, ",
    "ups and downs": "{name} rose and fell by {n} percent, ",
}
"""Pieces that are never twice the same."""


@dataclass(frozen=True)
class Seed:
    """A text that can be made of any size."""

    name: str
    kind: Kind | None
    make: Callable[[int], str]


def seeds() -> Iterator[Seed]:
    """All texts, pages and mails."""
    for name, piece in PIECES.items():
        yield Seed(name, None, partial(_between_paragraphs, piece))
        yield Seed(f"{name}, inside", None, partial(_within_sentence, piece))
    for name, piece in COUNTED.items():
        yield Seed(name, None, partial(_different, piece))
    for name, piece in MARKDOWN.items():
        make = partial(_between_paragraphs, piece)
        yield Seed(f"{name}, Markdown", "markdown", make)
    for name, piece in PAGES.items():
        yield Seed(name, "html", partial(_page, piece))
    for name, piece in MAILS.items():
        yield Seed(name, "email", partial(_mail, piece))


def _between_paragraphs(piece: str, size: int) -> str:
    return f"{HEAD}\n\n{_many(piece, size)}\n\n{TAIL}"


def _within_sentence(piece: str, size: int) -> str:
    return f"{HEAD} It {_many(piece, size)} went. {TAIL}"


def _different(piece: str, size: int) -> str:
    found: list[str] = []
    for n in count(2):
        word = "".join(chr(ord("a") + n // 20**place % 20) for place in range(5))
        found.append(piece.format(n=n, word=word, name=word.capitalize(), day=n % 28 + 1, year=1000 + n // 28 % 1000))
        if len(found) * len(found[-1]) >= size:
            break
    return f"{HEAD}\n\n{''.join(found)}\n\n{TAIL}"


def _page(piece: str, size: int) -> str:
    paragraphs = "".join(f"<p>{line}</p>" for line in (HEAD, TAIL) for line in line.split("\n\n"))
    return f"<html><body><h1>Fire</h1>{paragraphs}{_many(piece, size)}</body></html>"


def _mail(piece: str, size: int) -> str:
    middle = _many(piece, size)
    begin = middle if piece.endswith("\n") and ":" in piece else f"To: {middle}\n"
    return f"{begin}From: ann@vestby.example\nSubject: Fire\nMIME-Version: 1.0\n\n{HEAD}\n\n{TAIL}\n"


def _many(piece: str, size: int) -> str:
    return piece * (size // len(piece))


def rich_answer(article: Article) -> Content:
    """An answer with the article's own middle in it, and with what the article does not have."""
    middle = article.text[len(HEAD) : -len(TAIL)] or article.text
    sentences = {1, len(article.sentences) // 2, len(article.sentences)} - {0}
    cited = tuple(article.span(sentence.start, sentence.end) for sentence in map(article.sentence, sorted(sentences)))
    texts = (middle, f"{middle[:200]} 12 Otto Bern did not", "On 5 May Otto Bern paid 7.5 million euros.")
    return Content(
        article=ArticleInfo.of(article),
        key_points=tuple(Cited(text=text, evidence=cited) for text in texts),
        entities=tuple(Entity(name=text, type="person", role=None) for text in (middle, "Otto Bern", "Lund Ada")),
        quotes=tuple(
            Quote(text=text, speaker="Otto Bern", speaker_role=None, evidence=cited)
            for text in (middle, f"{middle[:-1]}~", f"{middle[:90]} ... {middle[-90:]}~", "We saw the ash at six")
        ),
        figures=tuple(
            Figure(text=text, measures="people", value=None, unit=None, evidence=cited)
            for text in (middle, "1,300 people", "1,200 people")
        ),
        timeline=tuple(Event(date="2025-05-05", text=text, evidence=cited) for text in texts),
    )


def measured(seed: Seed, size: int) -> dict[str, float]:
    """Seconds for each part of the work on the text of this size; of a page that is refused only for reading."""
    text = seed.make(size)
    started = time.process_time()
    try:
        article = read_article(text, kind=seed.kind)
    except ReadingError:
        return {"read": time.process_time() - started}
    times = {"read": time.process_time() - started}
    if seed.kind is None:  # the rules get all of it, whatever reading takes out
        article = Article(text=text, sentences=split_sentences(text, "en"), published="2025-03-03", language="en")
    answer, prompt = rich_answer(article), load_prompt("news")
    for name, work in {
        "rules": lambda: extract(article, prompt.fields, prompt.max_points).model_dump_json(),
        "check": lambda: check(answer, article),
    }.items():
        started = time.process_time()
        work()
        times[name] = time.process_time() - started
    return times


def main() -> None:
    """Prints a row for each text and the steepest ratios."""
    chosen = [seed for seed in seeds() if not sys.argv[1:] or any(word in seed.name for word in sys.argv[1:])]
    for size in (SMALLEST, 2 * SMALLEST):
        measured(Seed("words", None, partial(_between_paragraphs, "the boat went ")), size)  # to warm up
    print(f"{'text':28}{'characters':>12}{'read':>18}{'rules':>18}{'check':>18}")
    steep = 0
    for seed in chosen:
        size, before, now = SMALLEST, dict[str, float](), measured(seed, SMALLEST)
        while size < LARGEST and max(now.values()) < PATIENCE:
            size, before, now = 2 * size, now, measured(seed, 2 * size)
        cells = {name: _cell(before.get(name), now.get(name)) for name in ("read", "rules", "check")}
        steep += sum(cell.endswith("!") for cell in cells.values())
        print(f"{seed.name:28}{size:12,}" + "".join(f"{cell:>18}" for cell in cells.values()), flush=True)
    print(f"{steep} of {3 * len(chosen)} grow by more than {STEEP}")


def _cell(before: float | None, now: float | None) -> str:
    if now is None:
        return "-"
    shown = f"{1000 * now:.0f} ms"
    if before is None or now < TOO_SHORT or before == 0:
        return shown
    ratio = now / before
    return f"{shown} x{ratio:.1f}{'!' if ratio > STEEP else ' '}"


if __name__ == "__main__":
    main()
