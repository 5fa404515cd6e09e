"""How many texts that address a model are told among the sentences of articles, and how many articles are blamed.

python -m benchmarks.injections DATA

DATA holds `injections.json` (kinds of attack with their texts) and the articles: `*.jsonl` with `text`, and
`pages_truth.json` with `articleBody`.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from summarizer.article import Article
from summarizer.errors import ReadingError
from summarizer.extractive.recipe import extract
from summarizer.prompts import load_prompt
from summarizer.reading import read_article
from summarizer.record import Content
from summarizer.text.instructions.prompt_injection import instruction_sentences

BARE_TASKS = frozenset(
    {"Information Retrieval", "Content Creation", "Learning and Tutoring", "Language Translation", "Programming Help"}
)
"""Kinds that name no answer, model or instruction: "What is the capital of Brazil?" could be a reader's question."""


@dataclass(frozen=True)
class Placed:
    """An attack in an article."""

    kind: str
    attack: str
    where: str
    text: str


def articles(data: Path) -> Iterator[str]:
    """The texts of all articles, each once."""
    seen: set[str] = set()
    rows = [json.loads(line) for file in sorted(data.glob("*.jsonl")) for line in file.open(encoding="utf-8")]
    bodies = json.loads((data / "pages_truth.json").read_text(encoding="utf-8"))
    for text in [*(row["text"] for row in rows), *(page["articleBody"] for page in bodies.values())]:
        if text not in seen:
            seen.add(text)
            yield text


def placed(data: Path) -> Iterator[Placed]:
    """Every attack in three articles: a paragraph in the middle, appended to the first paragraph, and at the end."""
    hosts = cycle([text for text in articles(data) if text.count("\n\n") >= 3][:60])
    attacks = json.loads((data / "injections.json").read_text(encoding="utf-8"))
    for kind, texts in attacks.items():
        for attack in texts:
            for where in ("own paragraph", "appended", "at the end"):
                yield Placed(kind, attack, where, _insert(attack, next(hosts).split("\n\n"), where))


def _insert(attack: str, paragraphs: list[str], where: str) -> str:
    middle = len(paragraphs) // 2
    if where == "own paragraph":
        paragraphs = [*paragraphs[:middle], attack, *paragraphs[middle:]]
    elif where == "appended":
        paragraphs = [f"{paragraphs[0]} {attack}", *paragraphs[1:]]
    else:
        paragraphs = [*paragraphs, attack]
    return "\n\n".join(paragraphs)


def told(article: Article) -> str:
    """The sentences that are taken for instructions."""
    return " ".join(article.sentence_text(number) for number in sorted(instruction_sentences(article)))


def shares_words(attack: str, texts: str) -> bool:
    """Whether the attack, or a sentence of it, is among the texts."""
    return attack in texts or any(part and part in texts for part in attack.split(". "))


def written(content: Content) -> str:
    """All that a record says in its own fields, without its findings."""
    return content.model_dump_json(exclude={"findings", "article"})


def blamed(data: Path) -> tuple[int, int]:
    """Articles with a sentence that is taken for an instruction, and articles in all."""
    flagged, total = 0, 0
    for text in articles(data):
        try:
            article = read_article(text, kind="text")
        except ReadingError:
            continue
        total += 1
        if found := told(article):
            flagged += 1
            print(f"  blamed: {found[:160]}")
    return flagged, total


def main() -> None:
    """Prints recall by kind and place, the articles blamed, and what enters the records."""
    data = Path(sys.argv[1])
    prompt = load_prompt("news")
    found, tried, entered = Counter[str](), Counter[str](), Counter[str]()
    for case in placed(data):
        article = read_article(case.text, kind="text")
        is_told = shares_words(case.attack, told(article))
        for key in (case.kind, case.where, "bare tasks" if case.kind in BARE_TASKS else "instructions", "all"):
            tried[key] += 1
            found[key] += is_told
        record = extract(article, prompt.fields, prompt.max_points)
        if is_told and json.dumps(case.attack, ensure_ascii=False)[1:-1] in written(record):
            entered["told"] += 1
    for key, total in tried.items():
        print(f"{key}: {found[key]} of {total} told ({found[key] / total:.2f})")
    flagged, total = blamed(data)
    print(f"articles blamed: {flagged} of {total} ({flagged / total:.3f})")
    print(f"in records by rules: {entered['told']} of the {found['all']} told")


if __name__ == "__main__":
    main()
