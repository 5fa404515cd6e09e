"""Cases: articles as they came, each in a folder with its labels, loaded and held against each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationError, ValidationInfo

from summarizer.errors import CaseInvalid, ReadingError
from summarizer.evals.suites.labels import Label, Labels
from summarizer.evals.suites.source_text import SourceText, source_text
from summarizer.evals.suites.yaml_positions import YamlFault, YamlPath, read_yaml
from summarizer.faults import fault_in

CASE_FILE = "case.yaml"


def _beside_the_labels(file: str, info: ValidationInfo) -> str:
    folder: Path | None = info.context
    if folder is not None and not (folder / file).is_file():
        raise ValueError(f"there is no {file} in the case's folder")
    return file


class CaseInputs(Label):
    """The article: a file of the case's folder."""

    file: Annotated[str, Field(pattern=r"^[^/\\]+\.(txt|md|html|eml)$"), AfterValidator(_beside_the_labels)]


class Case(Label):
    """One labelled article. The keys are those of a case of pydantic-evals."""

    name: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    inputs: CaseInputs
    metadata: Labels


def load_suite(folder: Path) -> tuple[Case, ...]:
    """The cases of the suite in `folder`, by name.

    Raises CaseInvalid, with the file, the line and the field of all that is wrong in any of them.
    """
    at = folder / "cases"
    folders = sorted(path for path in at.glob("*") if path.is_dir() and not path.name.startswith("."))
    if not folders:
        raise CaseInvalid(f"{at} holds no case: give a folder with cases/NAME/case.yaml")
    cases: list[Case] = []
    faults: list[str] = []
    for path in folders:
        try:
            cases.append(load_case(path))
        except CaseInvalid as error:
            faults.append(str(error))
    if faults:
        raise CaseInvalid("\n".join(faults))
    return tuple(cases)


def article_file(suite: Path, case: Case) -> Path:
    """The file of a case's article."""
    return suite / "cases" / case.name / case.inputs.file


def load_case(folder: Path, name: str = CASE_FILE) -> Case:
    """The case in `folder`, by the labels in its file `name`.

    Raises CaseInvalid, with the file, the line and the field of all that is wrong.
    """
    file = folder / name
    try:
        labels = read_yaml(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CaseInvalid(f"{file} can't be read: {error}") from error
    except YamlFault as error:
        raise CaseInvalid(f"{file}:{error.line}: {error}") from error
    try:
        case = Case.model_validate(labels.data, context=folder)
    except ValidationError as error:
        faults = list(_of_validation(error))
    else:
        faults = list(_of_labels(folder, case))
    if faults:
        raise CaseInvalid("\n".join(f"{file}:{labels.line_of(fault.path)}: {fault}" for fault in faults))
    return case


@dataclass(frozen=True, slots=True)
class _Fault:
    """What is wrong, and the way to the field that is."""

    path: YamlPath
    problem: str

    def __str__(self) -> str:
        field = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.path)
        return f"{field.removeprefix('.') or 'the file'}: {self.problem}"


def _of_validation(error: ValidationError) -> Iterator[_Fault]:
    for detail in error.errors():
        is_bare = detail["type"] == "string_type"
        hint = f"; YAML reads {detail['input']!r} here: put it in quotes" if is_bare else ""
        yield _Fault(detail["loc"], fault_in(detail, Case) + hint)


def _of_labels(folder: Path, case: Case) -> Iterator[_Fault]:
    """Labels that fit the format and not their article."""
    status, facts = case.metadata.status, case.metadata.facts
    if case.name != folder.name:
        yield _Fault(("name",), f"the case's folder is called {folder.name}")
    if status != "ok" and facts:
        yield _Fault(("metadata", "facts"), f"a record with status {status} states no facts")
    try:
        given = source_text(folder / case.inputs.file)
    except ReadingError as error:
        yield _Fault(("inputs", "file"), str(error))
        return
    for path, string in _unfound(case.metadata, given):
        yield _Fault(("metadata", *path), f"label error: {string!r} does not stand in {case.inputs.file}")


def _unfound(labels: Labels, given: SourceText) -> Iterator[tuple[YamlPath, str]]:
    """Strings that have to stand in the article and don't; of an entity's names one has to."""
    for at, quote in enumerate(labels.quotes or ()):
        if not given.shows(quote.text):
            yield ("quotes", at, "text"), quote.text
    for at, figure in enumerate(labels.figures or ()):
        if not given.shows(figure.text):
            yield ("figures", at, "text"), figure.text
    for at, entity in enumerate(labels.entities or ()):
        if not any(map(given.shows, (entity.name, *entity.aliases))):
            yield ("entities", at, "name"), entity.name
    for at, string in enumerate(labels.forbidden or ()):
        if not given.contains(string):
            yield ("forbidden", at), string
