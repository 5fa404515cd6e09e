"""How well the fact metric agrees with people's votes on which facts a summary tells, with intervals by article.

    python -m benchmarks.metrics DATA/realsumm.jsonl

Each row is an article with `systems`: the summaries of 25 systems, each with `scus`: a fact, how many people found it
told, and how many were asked.
"""

from __future__ import annotations

import bisect
import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.evals.scoring.coverage import ENOUGH, FactCoverage, FactList
from summarizer.evals.suites.labels import Fact

REQUIRED = 0.82
"""Area under the curve: what makes the metric good enough for a verdict on a suite."""
DRAWS = 2000
ASKED = 3
"""People who voted on most facts."""


@dataclass(frozen=True)
class Votes:
    """The shares of words that the summaries of one article have of its facts, by what most people found."""

    told: Sequence[float]
    untold: Sequence[float]


def votes(row: Mapping[str, Any]) -> Votes:
    """The facts of one article in all summaries; where the votes are even, nobody knows."""
    systems = row["systems"].values()
    facts = {fact: Fact(fact=fact) for system in systems for fact, *_ in system["scus"]}
    listed = FactList(tuple(facts.values()), "en")
    told: list[float] = []
    untold: list[float] = []
    for system in systems:
        summary = FactCoverage.by([system["summary"]], "en")
        for fact, yes, asked in system["scus"]:
            if 2 * yes != asked:
                (told if 2 * yes > asked else untold).append(listed.share(facts[fact], summary))
    return Votes(sorted(told), sorted(untold))


class Agreement:
    """Area under the curve and balanced accuracy over articles, which may be drawn more than once."""

    def __init__(self, articles: Sequence[Votes]) -> None:
        self.articles = articles
        self._wins = [[_wins(one.told, other.untold) for other in articles] for one in articles]

    def auc(self, drawn: Sequence[int]) -> float:
        """How often a fact that is told has the higher share; ties count half."""
        pairs = sum(len(self.articles[at].told) for at in drawn) * sum(len(self.articles[at].untold) for at in drawn)
        return sum(self._wins[one][other] for one in drawn for other in drawn) / pairs

    def balanced_accuracy(self, drawn: Sequence[int]) -> float:
        """Mean of the shares of told and of untold facts that the threshold of the metric calls right."""
        return (self.recall(drawn) + self.specificity(drawn)) / 2

    def recall(self, drawn: Sequence[int]) -> float:
        """Share of the told facts that the metric finds told."""
        return _mean(share >= ENOUGH for at in drawn for share in self.articles[at].told)

    def specificity(self, drawn: Sequence[int]) -> float:
        """Share of the untold facts that the metric finds untold."""
        return _mean(share < ENOUGH for at in drawn for share in self.articles[at].untold)


def _wins(told: Sequence[float], untold: Sequence[float]) -> float:
    return sum((bisect.bisect_left(untold, share) + bisect.bisect_right(untold, share)) / 2 for share in told)


def _mean(held: Iterable[bool]) -> float:
    answers = list(held)
    return sum(answers) / len(answers)


def one_person(rows: Iterable[Mapping[str, Any]]) -> float:
    """The balanced accuracy of one of three people against the two others, where those agree: what can be reached."""
    systems = (system for row in rows for system in row["systems"].values())
    votes_for = Counter(yes for system in systems for _, yes, asked in system["scus"] if asked == ASKED)
    told = ASKED * votes_for[3] / (ASKED * votes_for[3] + votes_for[2])
    untold = ASKED * votes_for[0] / (ASKED * votes_for[0] + votes_for[1])
    return (told + untold) / 2


def main() -> int:
    """Prints the figures; 1 when the area is below what is required."""
    rows = [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    agreement = Agreement([votes(row) for row in rows])
    whole, throw = range(len(rows)), random.Random(0)
    draws = [throw.choices(whole, k=len(rows)) for _ in range(DRAWS)]
    facts = sum(len(article.told) + len(article.untold) for article in agreement.articles)
    print(f"{facts} facts in {len(rows)} articles; 95 % intervals by article")
    for figure in (agreement.auc, agreement.balanced_accuracy, agreement.recall, agreement.specificity):
        drawn = sorted(map(figure, draws))
        low, high = drawn[int(0.025 * DRAWS)], drawn[int(0.975 * DRAWS)]
        print(f"{figure.__name__:18} {figure(whole):.3f} ({low:.3f} to {high:.3f})")
    print(f"one person against two who agree: balanced accuracy {one_person(rows):.3f}")
    area = agreement.auc(whole)
    print(f"required: auc of {REQUIRED}: {'reached' if area >= REQUIRED else 'NOT REACHED'}")
    return int(area < REQUIRED)


if __name__ == "__main__":
    sys.exit(main())
