"""What sentence numbers save: the hand-written answers with evidence as numbers, and as copied sentences.

python -m benchmarks.tokens [SUITE]

Tokens are estimated by characters per script, as everywhere where no tokenizer is asked; the ratios are what counts.
"""

from __future__ import annotations

import json
import statistics
import sys
from pathlib import Path

from summarizer.article import Article
from summarizer.evals.cases import article_file, load_suite
from summarizer.evals.reference import ReferenceModel
from summarizer.models.base import estimate_tokens
from summarizer.prompt import load_prompt
from summarizer.reading import read_article
from summarizer.wire import wire_schema


def main() -> None:
    """Prints tokens of request and answer, in the mean over the articles, and the ratios of the answers."""
    suite = Path(sys.argv[1] if len(sys.argv) > 1 else "evals")
    prompt = load_prompt("news")
    fixed = estimate_tokens(prompt.system()) + estimate_tokens(json.dumps(wire_schema(prompt.answer)))
    numbered, bare, by_number, by_copy = [], [], [], []
    for case in load_suite(suite):
        answer = suite / "answers" / f"{case.name}.json"
        if answer.is_file():
            article = read_article(article_file(suite, case))
            numbered.append(estimate_tokens(prompt.article(article, None)))
            bare.append(estimate_tokens(article.text))
            by_number.append(answered_by_number(answer, article))
            by_copy.append(answered_by_copy(answer))
    ratios = [copied / cited for copied, cited in zip(by_copy, by_number, strict=True)]
    print(f"{len(ratios)} articles, tokens estimated")
    print(f"system message and schema, the same for each     {fixed:7}")
    print(f"article as numbered sentences                    {statistics.fmean(numbered):7.0f}")
    print(f"the same without numbers and fence               {statistics.fmean(bare):7.0f}")
    print(f"answer, evidence as sentence numbers             {statistics.fmean(by_number):7.0f}")
    print(f"the same answer, evidence as copied sentences    {statistics.fmean(by_copy):7.0f}")
    print(
        f"copied over numbered: {statistics.median(ratios):.2f} in the median, {min(ratios):.2f} to {max(ratios):.2f}"
    )


def answered_by_number(answer: Path, article: Article) -> int:
    """Tokens of the answer as a model writes it, without white space between its parts."""
    text = ReferenceModel(answer, article).answer(load_prompt("news").answer)
    return estimate_tokens(compact(text))


def answered_by_copy(answer: Path) -> int:
    """Tokens of the same answer if each piece of evidence were the sentence itself."""
    return estimate_tokens(compact(answer.read_text(encoding="utf-8")))


def compact(text: str) -> str:
    """The JSON on one line."""
    return json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
