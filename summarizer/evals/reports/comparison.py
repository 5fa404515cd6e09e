"""What every report shows: a model between the floor and the ceiling, and what changed against a baseline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from summarizer.evals.baseline import Baseline
from summarizer.evals.gate import Result
from summarizer.evals.judge import Judging
from summarizer.evals.means import Mean, expecting, mean_score
from summarizer.evals.outcome import Outcome
from summarizer.evals.runs import RunInfo
from summarizer.evals.suite import Suite

SPLITS = ("tune", "holdout")

MEASURES = ("words", "alarms", "requests", "tokens_in", "tokens_out", "cost", "seconds")


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
class Change:
    """A case, and how it moved: the mean change of the primary metrics that both sides have."""

    case: str
    split: str
    old: Outcome | None
    new: Outcome
    moved: float


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
        """What the measured side is held against, case by case: the baseline, else the floor."""
        return self.base.outcomes if self.base else self.sides[0].outcomes

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

    def means(self, metric: str, split: str | None) -> list[Mean | None]:
        """The mean of each side, over the cases that expect something of the kind."""
        expected = expecting((outcome for side in self.sides for outcome in side.of(split)), metric)
        return [mean_score(side.of(split), metric, expected) for side in self.sides]

    @property
    def failures(self) -> tuple[tuple[Side, Outcome], ...]:
        """The runs that came to nothing."""
        return tuple((side, outcome) for side in self.sides for outcome in side.outcomes if outcome.error is not None)

    def changes(self) -> list[Change]:
        """The measured cases, the largest loss first."""
        return sorted(self._changes(), key=lambda change: (change.moved, change.case))

    def _changes(self) -> Iterator[Change]:
        old = {outcome.case: outcome for outcome in reversed(self.old)}
        seen = set()
        for outcome in self.measured.outcomes:
            if outcome.case not in seen:
                seen.add(outcome.case)
                before = old.get(outcome.case)
                yield Change(
                    outcome.case, outcome.split, before, outcome, _moved(before, outcome, self.suite.primary)
                )


def _moved(old: Outcome | None, new: Outcome, metrics: Sequence[str]) -> float:
    if old is None:
        return 0.0
    pairs = [(_value(old, name), _value(new, name)) for name in metrics]
    moves = [after - before for before, after in pairs if before is not None and after is not None]
    return sum(moves) / len(moves) if moves else 0.0


def _value(outcome: Outcome, metric: str) -> float | None:
    return 0.0 if outcome.error is not None else outcome.scores.get(metric)
