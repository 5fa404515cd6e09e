"""The journal: a line for each finished run, on the disk before it is counted, so that a kill loses none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from summarizer.errors import EvalInvalid
from summarizer.evals.running.outcome import Outcome
from summarizer.faults import faults_of
from summarizer.jsonl_file import AppendOnlyFile


class EvalJournal:
    """The outcomes in a JSONL file. Raises EvalInvalid for a line that is no outcome."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = AppendOnlyFile(path)
        self.outcomes: list[Outcome] = [*self._read()]

    def append(self, outcome: Outcome) -> None:
        """Writes one outcome down, to the disk itself."""
        self._file.append(outcome.model_dump_json())
        self._file.sync()
        self.outcomes.append(outcome)

    def clear(self) -> None:
        """Starts anew."""
        self._file.clear()
        self.outcomes.clear()

    def _read(self) -> Iterator[Outcome]:
        for number, (_, line) in enumerate(self._file.lines(), 1):
            try:
                yield Outcome.model_validate_json(line)
            except ValidationError as error:
                raise EvalInvalid(f"{self.path}, line {number} is no outcome: {faults_of(error, 'it')}") from None
