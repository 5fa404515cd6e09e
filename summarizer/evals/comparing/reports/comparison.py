"""What every report shows: a model between the floor and the ceiling, and what changed against a baseline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from summarizer.evals.comparing.baseline import Baseline
from summarizer.evals.comparing.means import Mean, expecting, mean_measure, mean_score
from summarizer.evals.comparing.moves import MISSING, Move, moves
from summarizer.evals.gate import Result
from summarizer.evals.running.judge import Judging
from summarizer.evals.running.outcome import Outcome
from summarizer.evals.running.run_store import RunInfo
from summarizer.evals.suites.suite import Suite

SPLITS = ("tune", "holdout")

MEASURES = ("words", "findings", "requests", "tokens_in", "tokens_out", "cost", "seconds")


@dataclass(frozen=True)
class Side:
    """A model's outcomes. `part` says what it is there for: floor, model or ceiling."""

    part: str
    info: RunInfo
    outcomes: tuple[Outcome, ...]

    @property
    def name(self) -> str:
        """Model and prompt."""
        prompt = self.info.prompt
        return f"{self.info.model}, prompt {prompt.name} {prompt.version} {prompt.sha256[:8]}"

    def of(self, split: str | None) -> tuple[Outcome, ...]:
        """The outcomes of one split, or all."""
        return tuple(outcome for outcome in self.outcomes if split in (None, outcome.split))


@dataclass(frozen=True)
class Values:
    """A metric or a figure, with the value of each side."""

    name: str
    values: tuple[Mean | float | None, ...]


@dataclass(frozen=True)
class Table:
    """Values of several sides: only the sides and the rows that have any."""

    sides: tuple[Side, ...]
    rows: tuple[Values, ...]

    @classmethod
    def of(cls, sides: Sequence[Side], rows: Iterable[Values]) -> Self:
        """Without what is empty."""
        kept = [row for row in rows if any(value is not None for value in row.values)]
        shown = [at for at in range(len(sides)) if any(row.values[at] is not None for row in kept)]
        cut = (Values(row.name, tuple(row.values[at] for at in shown)) for row in kept)
        return cls(tuple(sides[at] for at in shown), tuple(cut))


@dataclass(frozen=True)
class MissingFact:
    """A fact by its label, and the case that does not tell it."""

    case: str
    fact: str

    def __str__(self) -> str:
        return f"{self.case}: {self.fact}"


@dataclass(frozen=True)
class Comparison:
    """The sides of a report; the second is the model in question, when there is more than the floor."""

    suite: Suite
    sides: tuple[Side, ...]
    base: Baseline | None = None
    verdict: Result | None = None
    judging: Judging | None = None

    @property
    def measured(self) -> Side:
        """The side that the report is about."""
        return next((side for side in self.sides if side.part == "model"), self.sides[0])

    @property
    def old(self) -> tuple[Outcome, ...]:
        """What the measured side is held against, case by case: the baseline, else the floor; nothing where it is the
        floor itself."""
        if self.base:
            return self.base.outcomes
        return () if self.measured is self.sides[0] else self.sides[0].outcomes

    @cached_property
    def metrics(self) -> tuple[str, ...]:
        """The names of all metrics with a score: primaries first, then in their own order."""
        all_scores = [outcome.scores for side in self.sides for outcome in side.outcomes]
        names = dict.fromkeys(name for scores in all_scores for name in scores)
        scored = [name for name in names if any(scores.get(name) is not None for scores in all_scores)]
        return tuple(sorted(scored, key=lambda name: name not in self.suite.primary))

    @property
    def splits(self) -> tuple[str, ...]:
        """The splits that have cases here."""
        return tuple(split for split in SPLITS if self.measured.of(split))

    def scores(self, split: str | None) -> Table:
        """The means of all metrics."""
        return Table.of(self.sides, (Values(name, tuple(self.means(name, split))) for name in self.metrics))

    def figures(self) -> Table:
        """The means of all that is no score."""
        rows = (Values(name, tuple(mean_measure(side.outcomes, name) for side in self.sides)) for name in MEASURES)
        return Table.of(self.sides, rows)

    def means(self, metric: str, split: str | None) -> list[Mean | None]:
        """The mean of each side, over the cases that expect something of the kind."""
        expected = expecting((outcome for side in self.sides for outcome in side.of(split)), metric)
        return [mean_score(side.of(split), metric, expected) for side in self.sides]

    @property
    def failures(self) -> tuple[tuple[Side, Outcome], ...]:
        """The runs that came to nothing."""
        return tuple((side, outcome) for side in self.sides for outcome in side.outcomes if outcome.error is not None)

    @property
    def missing(self) -> tuple[MissingFact, ...]:
        """The facts that the measured cases do not tell."""
        found = ((move.case, move.facts.get(what, ())) for move in self.moves() for what in MISSING)
        return tuple(MissingFact(case, fact) for case, facts in found for fact in facts)

    def moves(self) -> tuple[Move, ...]:
        """What the measured cases have lost and won, the largest loss first."""
        return moves(self.old, self.measured.outcomes, self.suite.primary)
