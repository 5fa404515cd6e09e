"""Our own work for one article, no model in it: reading, rendering the prompt, checking an answer; and its growth.

python -m benchmarks.own_work [SUITE]

The articles are the suite's, with the answers that were written for them, so that there is an answer to check. Every
time is also given as a multiple of the time that the standard library takes to parse the record as JSON, which
says more than milliseconds on another machine.
"""

from __future__ import annotations

import gc
import json
import statistics
import sys
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from summarizer.article import Article
from summarizer.evals.cases import article_file, load_suite
from summarizer.evals.reference import ReferenceModel
from summarizer.pipeline import summarize
from summarizer.prompt import load_prompt
from summarizer.reading import read_article
from summarizer.settings import Settings

ROUNDS = 20
_WRAPPER = lru_cache(lambda: None)
KEPT: list[Any] = []
WORDS = 700
SIZES = (10_000, 100_000, 1_000_000)


def seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Median processor time after one run to warm up, each time as of an article that has not been seen."""
    work()
    times = []
    for _ in range(rounds):
        forget_texts()
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return statistics.median(times)


def forget_texts() -> None:
    """Clears what is kept between articles by text: tables of languages and prompts are the same for all."""
    for kept in KEPT:
        kept.cache_clear()


def keeps_texts(item: object) -> bool:
    """Whether it is a cache of a bounded size in a part that reads articles."""
    if not isinstance(item, type(_WRAPPER)):
        return False
    reads = item.__module__.startswith(("summarizer.reading", "summarizer.rules", "summarizer.checking"))
    return reads and item.cache_parameters()["maxsize"] is not None


def main() -> None:
    """Prints both tables."""
    KEPT.extend(filter(keeps_texts, gc.get_objects()))
    suite = Path(sys.argv[1] if len(sys.argv) > 1 else "evals")
    files = {case.name: article_file(suite, case) for case in load_suite(suite)}
    answered = {name: file for name, file in files.items() if (suite / "answers" / f"{name}.json").is_file()}
    articles = {name: read_article(file) for name, file in answered.items() if file.suffix == ".txt"}
    in_size = sorted(articles, key=lambda name: abs(articles[name].words - WORDS))[:5]
    print(f"{'article':28}{'words':>6}{'read':>9}{'render':>9}{'check':>9}{'in all':>9}{'x json':>8}{'rules':>9}")
    for name in in_size:
        row(name, answered[name].read_bytes(), articles[name], suite / "answers" / f"{name}.json")
    growth([article for article in articles.values() if article.language == "en"])


def row(name: str, source: bytes, article: Article, answer: Path) -> None:
    """The parts of one article's work, in milliseconds."""
    settings, prompt = Settings(), load_prompt("news")
    model = ReferenceModel(answer, article)
    record = summarize(article, model=model, settings=settings).model_dump_json()
    read = seconds(lambda: read_article(source, kind="text"))
    render = seconds(lambda: (load_prompt("news").system(), prompt.article(article, None)))
    # What the stand-in for the model takes is not ours to answer for.
    whole = seconds(lambda: summarize(article, model=model, settings=settings))
    check = whole - render - seconds(lambda: model.answer(prompt.answer))
    rules = seconds(lambda: summarize(article, model="extractive", settings=settings))
    parse = seconds(lambda: json.loads(record))
    times = "".join(f"{1000 * part:6.1f} ms" for part in (read, render, check, read + render + check))
    print(f"{name:28}{article.words:6}{times}{(read + render + check) / parse:8.0f}{1000 * rules:6.1f} ms")


def growth(articles: list[Article]) -> None:
    """Reading and the record by rules, on ever longer texts."""
    print(f"\n{'characters':>12}{'read':>10}{'rules':>10}   per 10,000 characters")
    whole = "\n\n".join(article.text for article in articles)
    for size in SIZES:
        text = (f"{whole}\n\n" * (size // len(whole) + 1))[:size]
        read = seconds(lambda text=text: read_article(text, kind="text"), rounds=3)
        article = read_article(text, kind="text")
        if article.status != "ok":
            raise SystemExit(f"the text of {size} characters is read as {article.status}")
        rules = seconds(lambda article=article: summarize(article, model="extractive", settings=Settings()), rounds=3)
        share = 1000 * (read + rules) / (size / 10_000)
        print(f"{size:12,}{1000 * read:7.0f} ms{1000 * rules:7.0f} ms{share:10.1f} ms")


if __name__ == "__main__":
    main()
