"""A suite: a folder of labelled cases, the metrics that decide about a change, and a hash of all of it."""

from __future__ import annotations

import hashlib
import shutil
import tomllib
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from summarizer.errors import EvalInvalid
from summarizer.evals.gate import MOST_PRIMARIES
from summarizer.evals.suites.cases import Case, article_file, load_suite
from summarizer.faults import faults_of
from summarizer.record import Part

CONFIG = "suite.toml"


class RecordedCases(Part):
    """What the suite's recordings are of: few cases, so that they can be made anew whenever the prompt changes."""

    cases: Annotated[tuple[str, ...], Field(min_length=1)]
    prompt: str
    command: str
    """Makes them anew."""


class SuiteConfig(Part):
    """What suite.toml holds."""

    primary: Annotated[tuple[str, ...], Field(min_length=1, max_length=MOST_PRIMARIES)]
    """The metrics that the gate tests, chosen before looking; all others inform."""
    recorded: RecordedCases | None = None


@dataclass(frozen=True)
class Suite:
    """The cases to run, and where all that belongs to them lies.

    `sha256` covers every case of the folder, also those that are not selected: labels and articles.
    """

    folder: Path
    cases: tuple[Case, ...]
    primary: tuple[str, ...]
    sha256: str
    recorded: RecordedCases | None = None

    @property
    def answers(self) -> Path:
        """The folder of the answers that a careful reader gave, a file a case; it need not be there."""
        return self.folder / "answers"

    @property
    def baselines(self) -> Path:
        """The folder of accepted results."""
        return self.folder / "baselines"

    @property
    def recordings(self) -> Path:
        """The folder of what a model answered to some of the cases; it need not be there."""
        return self.folder / "recordings"

    @property
    def runs(self) -> Path:
        """The folder of journals and records; it is not meant to be committed."""
        return self.folder / "runs"

    @cached_property
    def by_name(self) -> dict[str, Case]:
        """The selected cases."""
        return {case.name: case for case in self.cases}

    def file(self, case: Case) -> Path:
        """The article of a case."""
        return article_file(self.folder, case)

    def recorded_in(self, folder: Path) -> RecordedCases | None:
        """What `folder` is to hold, if it is that of the suite's own recordings."""
        return self.recorded if folder.resolve() == self.recordings.resolve() else None

    def select(self, names: Collection[str], split: str | None) -> Suite:
        """The suite with these cases of this split alone; all, if none is named. Raises EvalInvalid for none."""
        unknown = sorted(set(names) - set(self.by_name))
        if unknown:
            raise EvalInvalid(f"{self.folder} has no case {', '.join(unknown)}")
        chosen = [case for case in self.cases if not names or case.name in names]
        chosen = [case for case in chosen if split is None or case.metadata.split == split]
        if not chosen:
            raise EvalInvalid(f"no case of {self.folder} is both named and of the split {split}")
        return replace(self, cases=tuple(chosen))


def begin_suite(folder: Path) -> None:
    """Writes a suite of two cases, with what each label means beside it. Raises EvalInvalid where something is."""
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise EvalInvalid(f"{folder} is there already, and is no empty folder. Name another one.")
    with as_file(files("summarizer.evals").joinpath("starter")) as starter:
        shutil.copytree(starter, folder, dirs_exist_ok=True)


def open_suite(folder: Path) -> Suite:
    """The suite in `folder`. Raises EvalInvalid or CaseInvalid, which say what is wrong where."""
    file = folder / CONFIG
    try:
        config = SuiteConfig.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise EvalInvalid(
            f"{folder} is no suite: it has no {CONFIG}. Make one: summarizer eval init {folder}"
        ) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise EvalInvalid(f"{file}: {error}") from error
    except ValidationError as error:
        raise EvalInvalid(f"{file}: {faults_of(error, form=SuiteConfig)}") from None
    cases = load_suite(folder)
    if config.recorded and (unknown := set(config.recorded.cases) - {case.name for case in cases}):
        raise EvalInvalid(f"{file}: recorded.cases: there is no case {', '.join(sorted(unknown))}")
    return Suite(folder, cases, config.primary, _sha256(folder, cases), config.recorded)


def _sha256(folder: Path, cases: tuple[Case, ...]) -> str:
    digest = hashlib.sha256()
    for case in cases:
        # The labels as they were read: a comment or a new order of keys changes no expectation.
        digest.update(case.model_dump_json().encode())
        digest.update(hashlib.sha256(article_file(folder, case).read_bytes()).digest())
    return digest.hexdigest()
