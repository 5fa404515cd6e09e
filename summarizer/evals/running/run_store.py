"""A run: one model with one prompt over a suite, kept in a folder so that an interrupted one goes on where it was."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import BaseModel, ValidationError

from summarizer.errors import EvalInvalid
from summarizer.evals.running.journal import EvalJournal
from summarizer.evals.running.outcome import Outcome
from summarizer.evals.scoring.metrics import METRICS_VERSION
from summarizer.evals.suites.recorded import recordings_of
from summarizer.evals.suites.suite import Suite
from summarizer.models.replay import ReplayModel
from summarizer.record import Part, PromptInfo, Summary
from summarizer.settings import Reasoning, Settings
from summarizer.spec import prompt_of

RUN_FILE, JOURNAL_FILE = "run.json", "outcomes.jsonl"


class RunInfo(Part):
    """All that decides what a run comes to, but the model's own moods."""

    model: str
    prompt: PromptInfo
    recipe: str | None
    language: str | None
    temperature: float | None
    reasoning: Reasoning = "none"
    max_tokens: int
    repeats: int
    dataset: str
    """Hash of the suite's labels and articles."""
    metrics: str
    """Version of the metrics."""
    code: str
    """Hash of this package's files: rules and checks decide, too."""
    summarizer_version: str

    @classmethod
    def of(cls, model: str, suite: Suite, settings: Settings, repeats: int) -> RunInfo:
        """What a run of this model with the settings' prompt would be; of recordings, the model they are of."""
        prompt = prompt_of(settings)
        return cls(
            model=_label(model),
            prompt=PromptInfo(name=prompt.name, version=prompt.version, sha256=prompt.sha256),
            recipe=settings.recipe,
            language=settings.language,
            temperature=settings.temperature,
            reasoning=settings.reasoning,
            max_tokens=settings.max_tokens,
            repeats=repeats,
            dataset=suite.sha256,
            metrics=METRICS_VERSION,
            code=_code_sha256(),
            summarizer_version=version("checked-summarizer"),
        )

    @property
    def name(self) -> str:
        """A name for files: model and prompt."""
        return re.sub(r"[^A-Za-z0-9]+", "-", f"{self.model}-{self.prompt.name}").strip("-").lower()

    @property
    def versions(self) -> dict[str, str]:
        """What rows must have in common to be compared."""
        return {"dataset": self.dataset[:12], "metrics": self.metrics}


class _Stored(BaseModel):
    info: RunInfo
    finished: bool


class EvalRun:
    """The folder of a run: what it is, its journal, and, beside it, the records of all runs by their hash."""

    def __init__(self, info: RunInfo, runs: Path) -> None:
        """Opens the folder in `runs`. An unfinished run of the very same kind goes on; any other begins anew."""
        self.info = info
        self.folder = runs / info.name
        self.records = runs / "records"
        self.records.mkdir(parents=True, exist_ok=True)
        self.folder.mkdir(exist_ok=True)
        self.journal = EvalJournal(self.folder / JOURNAL_FILE)
        if not self._interrupted():
            self.journal.clear()
        self._store(finished=False)

    def finish(self) -> None:
        """Marks the run as done: the next one of the same kind begins anew."""
        self._store(finished=True)

    def keep(self, sha256: str, summary: Summary) -> None:
        """Keeps a record for reports."""
        (self.records / f"{sha256}.json").write_text(summary.model_dump_json(), encoding="utf-8")

    def _interrupted(self) -> bool:
        try:
            stored = _Stored.model_validate_json((self.folder / RUN_FILE).read_bytes())
        except (FileNotFoundError, ValidationError):
            return False
        return stored.info == self.info and not stored.finished

    def _store(self, *, finished: bool) -> None:
        stored = _Stored(info=self.info, finished=finished)
        (self.folder / RUN_FILE).write_text(stored.model_dump_json(indent=2) + "\n", encoding="utf-8")


def finished_run(suite: Suite, name: str) -> tuple[RunInfo, tuple[Outcome, ...]]:
    """The run of this name, if it is whole and of the suite and the code as they are now. Raises EvalInvalid."""
    folder = suite.runs / name
    try:
        stored = _Stored.model_validate_json((folder / RUN_FILE).read_bytes())
    except (FileNotFoundError, ValidationError):
        raise EvalInvalid(f"there is no run in {folder}: run it first, with the same --model and --prompt") from None
    info, outcomes = stored.info, tuple(EvalJournal(folder / JOURNAL_FILE).outcomes)
    changed = [
        what
        for what, then, now in (
            ("the cases", info.dataset, suite.sha256),
            ("the metrics", info.metrics, METRICS_VERSION),
            ("the package's code", info.code, _code_sha256()),
        )
        if then != now
    ]
    if changed:
        raise EvalInvalid(f"{' and '.join(changed)} changed after the run in {folder}: run it again")
    missing = {case.name for case in suite.cases} - {outcome.case for outcome in outcomes}
    if missing or not stored.finished:
        raise EvalInvalid(f"the run in {folder} is not whole, {len(missing)} cases are missing: run it to its end")
    return info, outcomes


def kept_record(runs: Path, sha256: str | None) -> Summary | None:
    """The record with this hash, if one of the runs kept it and it is of a version that can be read."""
    path = runs / "records" / f"{sha256}.json"
    if sha256 is None or not path.is_file():
        return None
    try:
        return Summary.model_validate_json(path.read_bytes())
    except ValidationError:
        return None


def _label(model: str) -> str:
    folder = recordings_of(model)
    return ReplayModel(folder).name if folder else model


@cache
def _code_sha256() -> str:
    digest = hashlib.sha256()
    for file in sorted(_files(files("summarizer")), key=str):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _files(folder: Traversable) -> Iterator[Traversable]:
    for item in folder.iterdir():
        if item.is_dir() and item.name != "__pycache__":
            yield from _files(item)
        elif item.name.endswith((".py", ".toml")):
            yield item
