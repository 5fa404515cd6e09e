"""The journal: a line for each finished run, on the disk before it is counted, so that a kill loses none."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from summarizer.errors import EvalInvalid
from summarizer.evals.outcome import Outcome


class Journal:
    """The outcomes in a JSONL file. A last line that a kill cut in half is taken away when the file is opened.

    Raises EvalInvalid for any other line that is no outcome.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.outcomes: list[Outcome] = []
        if path.exists():
            self._cut_half_a_line()
            self.outcomes += self._read()

    def append(self, outcome: Outcome) -> None:
        """Writes one outcome down, to the disk itself."""
        with self.path.open("a", encoding="utf-8") as file:
            file.write(outcome.model_dump_json() + "\n")
            file.flush()
            os.fsync(file.fileno())
        self.outcomes.append(outcome)

    def clear(self) -> None:
        """Starts anew."""
        self.path.unlink(missing_ok=True)
        self.outcomes.clear()

    def _cut_half_a_line(self) -> None:
        data = self.path.read_bytes()
        if data and not data.endswith(b"\n"):
            with self.path.open("r+b") as file:
                file.truncate(data.rfind(b"\n") + 1)

    def _read(self) -> Iterator[Outcome]:
        for number, line in enumerate(self.path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                yield Outcome.model_validate_json(line)
            except ValidationError as error:
                raise EvalInvalid(f"{self.path}, line {number} is no outcome: {error.errors()[0]['msg']}") from None
