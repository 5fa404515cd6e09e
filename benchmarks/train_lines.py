"""Trains the weights of `summarizer/reading/pasted/line_classifier.py` on saved pages whose articles people marked.

python -m benchmarks.train_lines DATA          (needs scikit-learn)

DATA holds `pages/ID.html.gz` and `pages_truth.json` (ID: {"articleBody": ...}), in the way of the article extraction
benchmark. What is printed is measured on pages that the weights had not seen; then `line_weights.toml` is written.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import statistics
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from lxml import html
from lxml.etree import iterwalk
from sklearn.linear_model import LogisticRegression

from summarizer.reading.characters.decoding import Decoded, decode, normalise
from summarizer.reading.pasted import line_classifier
from summarizer.reading.pasted.line_context import LabelledLines
from summarizer.reading.pasted.line_features import traits
from summarizer.reading.pasted.pasted_text import likely_article, page_of, suspicions

STRENGTH = 0.03
"""Of the evidence against weights of zero (C of the regression); 0.01 to 0.1 differ by less than 0.005 F1."""
LEANING = 0.2
"""Log odds added to every line: what is cut from an article is worse than what is left of its page."""
FOLDS = 8
WEIGHTS = Path(line_classifier.__file__).with_name("line_weights.toml")
HEAD = """\
# How much each trait of a line (see line_features.py) speaks for the article, in log odds, on a copied page.
# Written by benchmarks/train_lines.py."""

_BLOCK_NAMES = """
article aside blockquote br dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p
pre section table td th tr ul
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_UNSEEN = frozenset(
    ("script", "style", "noscript", "template", "head", "svg", "iframe", "textarea", "select", "object")
)


@dataclass(frozen=True, slots=True)
class Example:
    """A copied page: its lines and their traits, whether people marked them (None: no words), and the marked text."""

    page: LabelledLines
    traits: list[dict[str, float]]
    marked: list[bool | None]
    body: str


def copied(page: bytes) -> str:
    """The page as select-all and copy would give it: a block a line."""
    tree = html.document_fromstring(decode(page).text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    return re.sub(r"[ \t]*\n[ \t]*", "\n", "".join(_pieces(tree)))


def _pieces(tree: html.HtmlElement) -> Iterator[str]:
    walk = iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        gap = "\n" if element.tag in _BLOCKS else ""
        unseen = element.tag in _UNSEEN or "hidden" in element.attrib or _is_hidden(element.get("style"))
        if event == "start" and unseen:
            walk.skip_subtree()
        elif event == "start":
            yield gap + re.sub(r"\s+", " ", element.text or "")
        if event == "end":
            yield gap * (not unseen) + re.sub(r"\s+", " ", element.tail or "")


def _is_hidden(style: str | None) -> bool:
    return bool(re.search(r"display\s*:\s*none|visibility\s*:\s*hidden", style or ""))


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The runs of four words of a text, or all words of a shorter one."""
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)))


def examples(data: Path) -> Iterator[Example]:
    """The pages that hold their article."""
    truth = json.loads((data / "pages_truth.json").read_text(encoding="utf-8"))
    for file in sorted((data / "pages").glob("*.html.gz")):
        body = truth[file.name[:16]]["articleBody"]
        text = normalise(Decoded(copied(gzip.decompress(file.read_bytes())), "utf-8")).text
        if len(text) > len(body) / 2:
            yield _example(text, body)


def _example(text: str, body: str) -> Example:
    page = page_of(text).drop_captions()
    gold, whole = shingles(body), " ".join(["", *re.findall(r"\w+", body), ""])
    marked = [_is_marked(line.text, gold, whole) for line in page.lines]
    return Example(page, traits(page, suspicions(page)), marked, body)


def _is_marked(line: str, gold: Counter[tuple[str, ...]], whole: str) -> bool | None:
    words = re.findall(r"\w+", line)
    if len(words) < 4:
        return f" {' '.join(words)} " in whole if words else None
    runs = shingles(line)
    return sum((runs & gold).values()) > sum(runs.values()) / 2


def train(pages: Sequence[Example]) -> dict[str, float]:
    """The weights. Each page counts alike, and within it each word: that is how F1 counts."""
    rows, marked, weights = [], [], []
    for page in pages:
        total = sum(line.words for line, mark in zip(page.page.lines, page.marked, strict=True) if mark is not None)
        for line, seen, mark in zip(page.page.lines, page.traits, page.marked, strict=True):
            if mark is not None and any(page.marked):
                rows.append(list(seen.values()))
                marked.append(mark)
                weights.append(line.words / total)
    matrix, weight = np.array(rows, float), np.array(weights) / np.mean(weights)
    mean, spread = matrix.mean(0), matrix.std(0)
    model = LogisticRegression(C=STRENGTH, max_iter=3000).fit((matrix - mean) / spread, marked, sample_weight=weight)
    slopes = model.coef_[0] / spread
    bias = float(model.intercept_[0] - slopes @ mean) + LEANING
    return {"bias": bias, **{name: float(slope) for name, slope in zip(pages[0].traits[0], slopes, strict=True)}}


def kept(page: Example, weights: dict[str, float]) -> str:
    """What is left of a page by these weights."""
    verdicts = zip(page.page.lines, likely_article(page.page, weights), strict=True)
    return "\n".join(line.text for line, rule in verdicts if rule is None)


def score(pages: Sequence[tuple[Example, str]]) -> str:
    """F1 of the means of precision and recall, as the benchmark has it."""
    precision, recall = [], []
    for page, text in pages:
        gold, got = shingles(page.body), shingles(text)
        same = sum((gold & got).values())
        recall.append(same / sum(gold.values()))
        if text:
            precision.append(same / sum(got.values()))
    p, r = statistics.mean(precision), statistics.mean(recall)
    return f"F1 {2 * p * r / (p + r):.3f} (precision {p:.3f}, recall {r:.3f}, {len(pages)} pages)"


def main() -> None:
    """Cross-validates, then trains on all pages and writes the weights."""
    pages = list(examples(Path(sys.argv[1])))
    for seed in range(3):
        random.Random(seed).shuffle(pages)
        unseen = []
        for fold in range(FOLDS):
            weights = train([page for i, page in enumerate(pages) if i % FOLDS != fold])
            unseen += [(page, kept(page, weights)) for page in pages[fold::FOLDS]]
        print("unseen:", score(unseen))
    weights = train(pages)
    print("seen:  ", score([(page, kept(page, weights)) for page in pages]))
    lines = [f"{name} = {weight:.3f}" for name, weight in weights.items()]
    WEIGHTS.write_text("\n".join([HEAD, *lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
