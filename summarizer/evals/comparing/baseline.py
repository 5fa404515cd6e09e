"""A baseline: an accepted run, small enough to commit. Scores, hashes and which labelled facts were not told; no text
of any article."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from summarizer.errors import EvalInvalid
from summarizer.evals.running.outcome import Outcome
from summarizer.evals.running.run_store import RunInfo
from summarizer.faults import faults_of
from summarizer.record import Part
from summarizer.written import write_file


class Baseline(Part):
    """An accepted run."""

    format: Literal[1] = 1
    run: RunInfo
    outcomes: tuple[Outcome, ...]


def accept(run: RunInfo, outcomes: Sequence[Outcome], file: Path) -> None:
    """Writes the run down as what later ones are held against."""
    file.parent.mkdir(parents=True, exist_ok=True)
    bare = tuple(outcome.model_copy(update=_without_text(outcome)) for outcome in outcomes)
    baseline = Baseline(run=run, outcomes=bare)
    text = baseline.model_dump_json(indent=1, exclude={"outcomes": {"__all__": {"leaked"}}})
    write_file(file, text + "\n")


def read_baseline(file: Path) -> Baseline:
    """The baseline in `file`. Raises EvalInvalid."""
    try:
        return Baseline.model_validate_json(file.read_bytes())
    except FileNotFoundError:
        raise EvalInvalid(f"{file} is not there: make it with `summarizer eval accept`") from None
    except OSError as error:
        raise EvalInvalid(f"{file} can't be read: {error.strerror}") from error
    except ValidationError as error:
        raise EvalInvalid(f"{file} is no baseline of `summarizer eval accept`: {faults_of(error)}") from None


def _without_text(outcome: Outcome) -> dict[str, object]:
    # Seconds differ from run to run and would make every new baseline a change to all lines; an error's message may
    # hold a piece of an answer.
    measures = {name: value for name, value in outcome.measures.items() if name != "seconds"}
    error = outcome.error and outcome.error.partition(":")[0]
    return {"measures": measures, "error": error}
