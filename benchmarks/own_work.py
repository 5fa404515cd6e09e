"""Our own work for one article, no model in it: reading, rendering the prompt, checking an answer; and its growth.

python -m benchmarks.own_work [SUITE]

The articles are the longest English ones of the suite with up to 700 words, each with sentences of others behind it
to that length, and with the answer that was written for it, so that there is an answer to check. Every time is also
given as a multiple of the time that the standard library takes to parse the record as JSON, which says more than
milliseconds on another machine.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from summarizer.article import Article
from summarizer.evals.suites.cases import article_file, load_suite
from summarizer.evals.suites.reference import ReferenceModel
from summarizer.models.base import ModelWrapper, Reply, Request
from summarizer.pipeline import summarize
from summarizer.prompts import Prompt, load_prompt
from summarizer.reading import read_article
from summarizer.settings import Settings

ROUNDS = 20
WORDS = 700
ARTICLES = 5
SIZES = (10_000, 100_000, 1_000_000)


def seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Median processor time after one run to warm up."""
    work()
    times = []
    for _ in range(rounds):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return statistics.median(times)


def main() -> None:
    """Prints both tables."""
    suite = Path(sys.argv[1] if len(sys.argv) > 1 else "evals")
    files = {case.name: article_file(suite, case) for case in load_suite(suite)}
    answers = {name: suite / "answers" / f"{name}.json" for name in files}
    articles = {name: read_article(file) for name, file in files.items() if file.suffix == ".txt"}
    english = {name: one for name, one in articles.items() if one.language == "en" and answers[name].is_file()}
    shorter = [name for name in english if english[name].words <= WORDS]
    longest = sorted(shorter, key=lambda name: -english[name].words)[:ARTICLES]
    print(f"{'article':28}{'words':>6}{'read':>9}{'render':>9}{'check':>9}{'in all':>9}{'x json':>8}{'rules':>9}")
    for name in longest:
        more = "\n\n".join(one.text for other, one in english.items() if other != name)
        row(name, lengthened(files[name].read_text(encoding="utf-8"), more), answers[name])
    growth(english[longest[0]], answers[longest[0]], "\n\n".join(one.text for one in english.values()))


def lengthened(text: str, more: str) -> str:
    """The article with sentences of others behind it, WORDS long."""
    sentences = iter(more.split(". "))
    while read_article(text.encode(), kind="text").words < WORDS:
        text = f"{text}\n\n{next(sentences)}. {next(sentences)}. {next(sentences)}."
    return text


def row(name: str, text: str, answer: Path) -> None:
    """The parts of one article's work, in milliseconds."""
    article, source = read_article(text.encode(), kind="text"), text.encode()
    settings, prompt = Settings(), load_prompt("news")
    model = Answered(ReferenceModel(answer, article), prompt)
    record = summarize(article, model=model, settings=settings).model_dump_json()
    read = seconds(lambda: read_article(source, kind="text"))
    render = seconds(lambda: (load_prompt("news").system(), prompt.article(article, None)))
    check = seconds(lambda: summarize(article, model=model, settings=settings)) - render
    rules = seconds(lambda: summarize(article, model="extractive", settings=settings))
    parse = seconds(lambda: json.loads(record))
    times = "".join(f"{1000 * part:6.1f} ms" for part in (read, render, check, read + render + check))
    print(f"{name:28}{article.words:6}{times}{(read + render + check) / parse:8.0f}{1000 * rules:6.1f} ms")


class Answered(ModelWrapper):
    """A model that has its answer at hand, so that its own work is not taken for ours."""

    def __init__(self, model: ReferenceModel, prompt: Prompt) -> None:
        super().__init__(model)
        self._reply = Reply(model.answer(prompt.answer))

    def complete(self, request: Request) -> Reply:
        return self._reply

    async def acomplete(self, request: Request) -> Reply:
        return self._reply


def growth(article: Article, answer: Path, more: str) -> None:
    """The same on ever longer texts, which begin with the article that the answer is about."""
    settings, prompt = Settings(), load_prompt("news")
    print(f"\n{'characters':>12}{'read':>10}{'render':>10}{'check':>10}{'in all':>10}{'rules':>10}")
    for size in SIZES:
        text = f"{article.text}\n\n{more}"
        text = (text + f"\n\n{more}" * (size // len(more) + 1))[:size]
        longer = read_article(text, kind="text")
        if longer.status != "ok":
            raise SystemExit(f"the text of {size} characters is read as {longer.status}")
        model = Answered(ReferenceModel(answer, longer), prompt)
        read = seconds(lambda text=text: read_article(text, kind="text"), rounds=3)
        render = seconds(lambda longer=longer: prompt.article(longer, None), rounds=3)
        check = seconds(
            lambda longer=longer, model=model: summarize(longer, model=model, settings=settings), rounds=3
        )
        rules = seconds(lambda longer=longer: summarize(longer, model="extractive", settings=settings), rounds=3)
        parts = (read, render, check - render, read + check, rules)
        print(f"{size:12,}" + "".join(f"{1000 * part:7.0f} ms" for part in parts))


if __name__ == "__main__":
    main()
