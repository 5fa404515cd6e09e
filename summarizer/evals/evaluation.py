"""A session of evals: the model with the floor and the ceiling beside it, and the gate against a baseline."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from summarizer.errors import EvalInvalid
from summarizer.evals.comparing.baseline import Baseline
from summarizer.evals.comparing.reports.comparison import Comparison, Side
from summarizer.evals.gate import Result, gate
from summarizer.evals.running.judge import judge
from summarizer.evals.running.outcome import Outcome
from summarizer.evals.running.run_store import EvalRun, RunInfo
from summarizer.evals.running.runner import run_suite
from summarizer.evals.suites.recorded import demand_recordings, recordings_of, remove_unused
from summarizer.evals.suites.reference import REFERENCE
from summarizer.evals.suites.suite import Suite
from summarizer.models.choosing import EXTRACTIVE
from summarizer.settings import Settings

Done = Callable[[Outcome], None]


@dataclass(frozen=True)
class Session:
    """How a suite is run: by which settings, how often and how many at a time."""

    suite: Suite
    settings: Settings
    repeats: int = 1
    concurrency: int = 8
    judge: str | None = None
    """A model that judges the records of the model in question, for information."""

    def compare(self, model: str, base: Baseline | None, done: Done) -> Comparison:
        """The model between the floor and the ceiling, and the gate's verdict if there is a baseline."""
        self.demand_recordings(model)
        sides = tuple(self.side(part, name, done) for part, name in self.parts(model))
        comparison = Comparison(self.suite, sides, base)
        verdict = self._verdict(base, comparison.measured) if base else None
        comparison = replace(comparison, verdict=verdict)
        return self._judged(comparison, self.judge) if self.judge else comparison

    def parts(self, model: str) -> list[tuple[str, str]]:
        """What stands in a report about this model: the floor, the model itself, and the ceiling if there is one."""
        ceiling = [("ceiling", REFERENCE)] if self.suite.answers.is_dir() else []
        others = [("floor", EXTRACTIVE), *ceiling]
        named = [name for _, name in others]
        if model in named:
            return [("model" if name == model else part, name) for part, name in others]
        return [others[0], ("model", model), *others[1:]]

    def side(self, part: str, model: str, done: Done) -> Side:
        """The outcomes of one model. The floor and the ceiling answer alike each time, so they are run once."""
        repeats = 1 if model in (EXTRACTIVE, REFERENCE) else self.repeats
        # What is recorded is the model in question.
        settings = self.settings if part == "model" else self.settings.model_copy(update={"record": None})
        run = EvalRun(RunInfo.of(model, self.suite, settings, repeats), self.suite.runs)
        if settings.record or recordings_of(model):
            run.journal.clear()  # recordings are what such a run goes on from
        running = run_suite(self.suite, run, model, settings, concurrency=self.concurrency, done=done)
        return Side(part, run.info, asyncio.run(running))

    def demand_recordings(self, model: str) -> None:
        """Raises ReplayMissing that names every case without a recording, where the model is recordings."""
        if folder := recordings_of(model):
            demand_recordings(self.suite, folder, self.settings)

    def tidy(self, model: str) -> int:
        """Removes the recordings that no case asks for any more, where this model was recorded; says how many."""
        if self.settings.record is None or model in (EXTRACTIVE, REFERENCE):
            return 0
        return remove_unused(self.suite, self.settings.record, self.settings)

    def runs(self, model: str) -> int:
        """How many outcomes `compare` will come to."""
        models = [name for _, name in self.parts(model)]
        return len(self.suite.cases) * sum(1 if name in (EXTRACTIVE, REFERENCE) else self.repeats for name in models)

    def _judged(self, comparison: Comparison, name: str) -> Comparison:
        measured = comparison.measured
        settings = self.settings.model_copy(update={"record": None})
        judging = asyncio.run(judge(self.suite, measured.outcomes, name, settings, concurrency=self.concurrency))
        sides = (replace(side, outcomes=judging.outcomes) if side is measured else side for side in comparison.sides)
        return replace(comparison, sides=tuple(sides), judging=judging)

    def _verdict(self, base: Baseline, side: Side) -> Result:
        chosen = [outcome for outcome in base.outcomes if outcome.case in self.suite.by_name]
        if not chosen:
            raise EvalInvalid("the baseline has none of these cases")
        return gate(chosen, side.outcomes, _asked_for(self.suite.primary, (*chosen, *side.outcomes)))


def _asked_for(metrics: Sequence[str], outcomes: Sequence[Outcome]) -> list[str]:
    """The metrics that any outcome has a score of: the prompt may not ask for what the others are about."""
    return [name for name in metrics if any(outcome.scores.get(name) is not None for outcome in outcomes)]
