"""Labelling: a case of the eval suite from a record that a person has reviewed."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import yaml
from pydantic_core import to_jsonable_python

from summarizer.article import Article
from summarizer.desk.bodies import CaseRequest
from summarizer.desk.problems import Problem, fitting
from summarizer.desk.review.reviewing import article_of
from summarizer.errors import CaseInvalid
from summarizer.evals.suites.cases import CASE_FILE, Case, CaseInputs, load_case
from summarizer.evals.suites.labels import DateLabel, EntityLabel, Fact, FigureLabel, FiveWsLabels, Labels, QuoteLabel
from summarizer.evals.suites.suite import CONFIG
from summarizer.record import SECTIONS, FiveWs, Summary
from summarizer.schemas.paths import kind_of, leaves
from summarizer.schemas.strict_form import ITEMS, spelled
from summarizer.written import write_file

PRIMARY = 'primary = ["facts", "evidence", "quotes_recall"]\n'
"""Of a suite that begins here: what our own goes by."""


def write_case(suite: Path, summary: Summary, source: Path | None, asked: CaseRequest) -> Path:
    """Writes the case into the suite, with its article and the record as the answer of a careful reader; says where.

    `source` is the article as it came, None where only its text is known. Raises CaseInvalid, and then nothing of it
    is there, and Problem for a name that is taken.
    """
    folder = suite / "cases" / asked.name
    if folder.exists() and not asked.replace:
        raise Problem(409, f"There is a case {asked.name!r} already. Take another name, or say replace.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    if not (suite / CONFIG).exists():
        write_file(suite / CONFIG, PRIMARY)
    article = article_of(summary)
    with tempfile.TemporaryDirectory(prefix=".", dir=folder.parent) as made:
        new = Path(made) / asked.name
        new.mkdir()
        file = new / f"article{source.suffix if source else '.txt'}"
        file.write_bytes(source.read_bytes() if source else _text_of(article).encode())
        write_file(new / CASE_FILE, _case(summary, file.name, asked))
        _load(new)
        if folder.exists():
            shutil.move(folder, Path(made) / "before")
        new.replace(folder)
    if summary.data is None:  # the reference model answers what a prompt asks for, and not yet a schema
        (suite / "answers").mkdir(exist_ok=True)
        write_file(suite / "answers" / f"{asked.name}.json", json.dumps(_answer(summary, article), indent=1))
    return folder


def _load(folder: Path) -> None:
    """Raises CaseInvalid, which names no folder of this machine."""
    try:
        load_case(folder)
    except CaseInvalid as error:
        raise CaseInvalid(str(error).replace(f"{folder}{os.sep}", "")) from None


def _text_of(article: Article) -> str:
    return "\n\n".join(filter(None, (article.title, article.text))) + "\n"


def _case(summary: Summary, file: str, asked: CaseRequest) -> str:
    """The labels as YAML. What the record lacks is no expectation: nobody has said that the article lacks it."""
    with fitting("the record as labels"):
        case = Case(name=asked.name, inputs=CaseInputs(file=file), metadata=_labels(summary, asked))
    fields = case.model_dump(mode="json", exclude_defaults=True)
    return yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=120)


def _labels(summary: Summary, asked: CaseRequest) -> Labels:
    known: dict[str, Any] = {
        "facts": [
            Fact(fact=point.text, essential=at in asked.essential) for at, point in enumerate(summary.key_points)
        ],
        "entities": [EntityLabel(name=each.name, type=each.type) for each in summary.entities],
        "quotes": [QuoteLabel(text=each.text, speaker=each.speaker) for each in summary.quotes],
        "figures": [
            FigureLabel(text=each.text, value=each.value, unit=each.unit, measures=each.measures)
            for each in summary.figures
        ],
        "dates": [DateLabel(date=each.date, what=each.text) for each in summary.timeline],
        "five_ws": summary.five_ws and _five_ws(summary.five_ws),
        "data": _values(summary.data),
        "forbidden": asked.forbidden,
    }
    published = summary.article.published
    return Labels.model_validate(
        {
            "kind": asked.kind,
            "language": summary.article.language,
            "split": asked.split,
            "status": summary.status,
            "published": published and published[:10],
            **{name: value for name, value in known.items() if value},
        }
    )


def _values(data: Any) -> dict[str, Any]:
    """What a schema of one's own asked for, by its paths; those of lists together."""
    found: dict[str, list[Any]] = {}
    for leaf in leaves(to_jsonable_python(data, by_alias=True)):
        if leaf.value != "":
            found.setdefault(spelled(kind_of(leaf.steps)), []).append(leaf.value)
    return {path: tuple(values) if ITEMS in path else values[0] for path, values in found.items()}


def _five_ws(answers: FiveWs) -> FiveWsLabels:
    return FiveWsLabels(**{name: (answer.text,) for name, answer in answers if answer})


def _answer(summary: Summary, article: Article) -> dict[str, Any]:
    """The record as a model would have to answer, its evidence in the words of the sentences."""
    said = summary.model_dump(mode="json", include={*SECTIONS})
    return {name: _by_words(value, article) for name, value in said.items()}


def _by_words(value: Any, article: Article) -> Any:
    if isinstance(value, list):
        return [_by_words(each, article) for each in value]
    if not isinstance(value, dict):
        return value
    kept = {name: each for name, each in value.items() if name not in ("mentions", "evidence")}
    cited = {"evidence": _sentences(value["evidence"], article)} if "evidence" in value else {}
    return {name: _by_words(each, article) for name, each in kept.items()} | cited


def _sentences(spans: list[dict[str, Any]], article: Article) -> list[str]:
    """Those in which the spans lie; the title is none."""
    numbers = [
        number
        for span in spans
        if span.get("of") != "title" and span["sentence"]
        for number in range(span["sentence"], (span.get("last_sentence") or span["sentence"]) + 1)
    ]
    return [article.sentence_text(number) for number in dict.fromkeys(numbers)]
