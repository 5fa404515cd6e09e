"""What sentence numbers save: tokens of request and answer, against copied evidence and against langextract.

python -m benchmarks.tokens [SUITE]
python -m benchmarks.tokens --article FILE --answer FILE [--langextract]

An answer is written by hand and cites sentences by their own words, as those of the suite do. Tokens are those of
o200k_base (GPT-4o and later) where `bpe-openai` is installed, and estimated by characters elsewhere.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from benchmarks.langextract_default import Extraction, extract, items
from summarizer.answer_schema import answer_type, wire_schema
from summarizer.article import Article
from summarizer.evals.suites.cases import article_file, load_suite
from summarizer.evals.suites.reference import ReferenceModel
from summarizer.models.base import estimate_tokens
from summarizer.prompts import load_prompt
from summarizer.reading import read_article

SHARED = ("entities", "quotes", "figures", "timeline")
"""The fields of the record that langextract can fill: what is copied from the article, with attributes."""


def main() -> None:
    """Prints tokens of request and answer in each way: of one article, or in the mean over those of a suite."""
    arguments = parsed()
    count, counted = tokenizer()
    if arguments.article:
        pairs = [(read_article(arguments.article), arguments.answer)]
    else:
        pairs = list(answered(arguments.suite))
    ways = [tuple(ours(article, answer, count)) for article, answer in pairs]
    print(f"{len(pairs)} articles, {counted}")
    if arguments.langextract:
        done = [extraction(*pair) for pair in pairs]
        ways = [(*own, langextract(each, count)) for own, each in zip(ways, done, strict=True)]
        print(f"langextract locates {sum(e.found for e in done)} of {sum(e.answered for e in done)} extractions")
    print(f"{'':34}{'requests':>9}{'constant':>9}{'article':>9}{'answer':>9}{'in all':>9}")
    for same in zip(*ways, strict=True):
        parts = [statistics.fmean(column) for column in zip(*(way.columns() for way in same), strict=True)]
        print(f"{same[0].name:34}{parts[0]:9.1f}" + "".join(f"{part:9.0f}" for part in parts[1:]))
    ratios = [way[1].answer / way[0].answer for way in ways]
    print(
        f"answers, copied over numbered: {statistics.median(ratios):.2f} in the median, "
        f"{min(ratios):.2f} to {max(ratios):.2f}"
    )


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="benchmarks.tokens")
    parser.add_argument("suite", nargs="?", type=Path, default=Path("evals"))
    parser.add_argument("--article", type=Path)
    parser.add_argument("--answer", type=Path)
    parser.add_argument("--langextract", action="store_true")
    arguments = parser.parse_args()
    if (arguments.article is None) != (arguments.answer is None):
        parser.error("--article and --answer go together")
    if arguments.langextract and find_spec("langextract") is None:
        parser.error("--langextract needs: pip install langextract openai")
    return arguments


def tokenizer() -> tuple[Callable[[str], int], str]:
    """What counts tokens, and what they are then called."""
    try:
        import bpe_openai
    except ImportError:
        return estimate_tokens, "tokens estimated by characters (pip install bpe-openai: counted)"
    encoding = bpe_openai.get_encoding("o200k_base")
    return (lambda text: len(encoding.encode(text))), "tokens of o200k_base"


def answered(suite: Path) -> Iterator[tuple[Article, Path]]:
    """The articles of a suite that have an answer."""
    for case in load_suite(suite):
        answer = suite / "answers" / f"{case.name}.json"
        if answer.is_file():
            yield read_article(article_file(suite, case)), answer


@dataclass(frozen=True)
class Way:
    """Tokens in one way of asking: what is the same for every article, over all requests, and what is not."""

    name: str
    constant: int
    article: int
    answer: int
    requests: int = 1

    def columns(self) -> tuple[int, ...]:
        """The row of the table."""
        return self.requests, self.constant, self.article, self.answer, self.constant + self.article + self.answer


def ours(article: Article, answer: Path, count: Callable[[str], int]) -> Iterator[Way]:
    """The record as it is asked, with copied evidence, and cut to what langextract fills, in both ways."""
    prompt = load_prompt("news")
    numbered = prompt.article(article, None)
    bare = re.sub(r"^\[\d+\] ", "", numbered, flags=re.MULTILINE)
    for title, fields in (("record", prompt.fields), ("names, quotes, figures, dates", SHARED)):
        wanted = answer_type(fields)
        by_number = ReferenceModel(answer, article).answer(wanted)
        # The same words of system message and schema: they say "sentences" where they now say "numbers of sentences".
        constant = count(prompt.system(fields)) + count(json.dumps(wire_schema(wanted)))
        yield Way(title, constant, count(numbered), count(compact(by_number)))
        yield Way("  with copied evidence", constant, count(bare), count(compact(copied(answer, fields))))


def copied(answer: Path, fields: Sequence[str]) -> str:
    """The same answer where each piece of evidence is the sentence itself."""
    whole = json.loads(answer.read_text(encoding="utf-8"))
    return json.dumps({name: whole[name] for name in fields})


def extraction(article: Article, answer: Path) -> Extraction:
    """What langextract sends for the text that the record's own request holds, answered with the record's items."""
    text = f"{article.title}\n\n{article.text}" if article.title else article.text
    return extract(text, [*items(json.loads(answer.read_text(encoding="utf-8")), article)])


def langextract(done: Extraction, count: Callable[[str], int]) -> Way:
    """Its requests for one article and their answers."""
    parts = ([count(text) for text in (each.constant, each.chunk, each.answer)] for each in done.exchanges)
    constant, article, answer = map(sum, zip(*parts, strict=True))
    return Way("langextract, its default", constant, article, answer, len(done.exchanges))


def compact(text: str) -> str:
    """The JSON on one line."""
    return json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
