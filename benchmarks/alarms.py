"""How many wrong summaries raise a finding, and how many right ones: with folds and intervals by article.

python -m benchmarks.findings DATA/summedits_news.jsonl
"""

from __future__ import annotations

import itertools
import json
import random
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from benchmarks.adapters import findings
from summarizer.checking.statements import sentence_alignment

FOLDS = 5
DRAWS = 2000
CHOICES = list(itertools.product((1, 2, 3), (0.2, 0.3, 0.5)))
"""Values of sentence_alignment.SAME_PLACE and sentence_alignment.LEAST_SHARED among which the folds choose."""
MOST_FALSE = 0.05


@dataclass(frozen=True)
class Row:
    """A summary as people judged it, and the codes of the findings that it raised."""

    article: str
    is_faithful: bool
    codes: frozenset[str]


@dataclass(frozen=True)
class Rates:
    """Shares of wrong and of right summaries that raise a finding."""

    recall: float
    false: float


def measured(cases: list[dict[str, object]]) -> list[Row]:
    """Every summary checked against its whole article."""
    return [
        Row(
            str(case["group"]),
            bool(case["faithful"]),
            frozenset(finding.partition(":")[0] for finding in findings(str(case["text"]), str(case["claim"]))),
        )
        for case in cases
    ]


def rates(rows: list[Row]) -> Rates:
    """Recall on the wrong ones and false findings on the right ones."""
    wrong = [bool(row.codes) for row in rows if not row.is_faithful]
    right = [bool(row.codes) for row in rows if row.is_faithful]
    return Rates(sum(wrong) / max(1, len(wrong)), sum(right) / max(1, len(right)))


def by_article(rows: list[Row]) -> dict[str, list[Row]]:
    """The rows of each article; those of one article are not independent of each other."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.article].append(row)
    return groups


def interval(rows: list[Row]) -> tuple[Rates, Rates]:
    """The middle 95 % of the rates when articles are drawn anew."""
    groups, draw = list(by_article(rows).values()), random.Random(0)
    drawn = [rates([row for group in draw.choices(groups, k=len(groups)) for row in group]) for _ in range(DRAWS)]
    recalls, falses = sorted(r.recall for r in drawn), sorted(r.false for r in drawn)
    low, high = int(0.025 * DRAWS), int(0.975 * DRAWS)
    return Rates(recalls[low], falses[low]), Rates(recalls[high], falses[high])


def show(name: str, rows: list[Row]) -> None:
    """One line: the rates with their intervals."""
    found, (low, high) = rates(rows), interval(rows)
    print(
        f"{name}: recall {found.recall:.3f} ({low.recall:.2f} to {high.recall:.2f}), "
        f"false {found.false:.3f} ({low.false:.2f} to {high.false:.2f})"
    )


def cross_validated(cases: list[dict[str, object]]) -> list[Row]:
    """Each fifth of the articles with the values that do best on the other four fifths."""
    tried = {}
    kept = sentence_alignment.SAME_PLACE, sentence_alignment.LEAST_SHARED
    for choice in CHOICES:
        sentence_alignment.SAME_PLACE, sentence_alignment.LEAST_SHARED = choice
        tried[choice] = by_article(measured(cases))
    sentence_alignment.SAME_PLACE, sentence_alignment.LEAST_SHARED = kept
    articles = sorted(tried[kept])
    held_out = []
    for fold in range(FOLDS):
        test = articles[fold::FOLDS]
        best = max(
            CHOICES, key=lambda choice: _worth([r for a in articles if a not in test for r in tried[choice][a]])
        )
        print(f"  fold {fold + 1}: terms {best[0]}, share {best[1]}")
        held_out += [row for article in test for row in tried[best][article]]
    return held_out


def _worth(rows: list[Row]) -> float:
    found = rates(rows)
    return found.recall if found.false <= MOST_FALSE else -found.false


def main() -> None:
    """Prints the rates as they are, by code, and cross-validated."""
    cases = [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    rows = measured(cases)
    show("as it is", rows)
    for truth in (False, True):
        codes = Counter(code for row in rows if row.is_faithful == truth for code in row.codes)
        print(f"  {'right' if truth else 'wrong'} summaries, by code: {dict(codes.most_common())}")
    show("cross-validated", cross_validated(cases))


if __name__ == "__main__":
    main()
