"""Examples: an article and its answer each, held to what a model's answer is held to before a model sees them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import as_file
from importlib.resources.abc import Traversable
from pathlib import PurePath
from typing import Any, Literal

from pydantic import BaseModel, ValidationError

from summarizer.article import TITLE_NUMBER, Article, Span, TitleSpan
from summarizer.checking.analysis import ArticleAnalysis
from summarizer.checking.bounds import beyond_bounds
from summarizer.checking.grounding import ground
from summarizer.errors import PromptInvalid, ReadingError, path_of
from summarizer.evidence import Grounding
from summarizer.faults import fault_in
from summarizer.prompts.article_data import as_data
from summarizer.prompts.files import EXAMPLES, invalid, names_in, read_text
from summarizer.prompts.prompt import Example, Prompt
from summarizer.reading import read_article
from summarizer.record import COMPUTED, Finding

ANSWER = ".json"
"""How the name of an answer ends; its article has the same name with another ending."""


def read_examples(prompt: Prompt, folder: Traversable) -> tuple[Example, ...]:
    """Those in the folder, in the order of their names. Raises PromptInvalid that names all that is wrong."""
    examples: list[Example] = []
    faults: list[str] = []
    for pair in _pairs(folder):
        try:
            examples.append(pair.read(prompt))
        except _Faulty as error:
            faults += [f"{EXAMPLES}/{fault}" for fault in error.faults]
    if faults:
        raise invalid(prompt.name, faults)
    return tuple(examples)


class _Faulty(Exception):
    """What is wrong with one example, a line each behind the name of its file."""

    def __init__(self, *faults: str) -> None:
        super().__init__(*faults)
        self.faults = faults


@dataclass(frozen=True)
class _Pair:
    """The files of one example: one that is called `.json`, and one that is not."""

    folder: Traversable
    name: str
    files: tuple[str, ...]

    def read(self, prompt: Prompt) -> Example:
        """The example. Raises _Faulty."""
        articles = [file for file in self.files if not file.endswith(ANSWER)]
        answer = f"{self.name}{ANSWER}"
        if len(articles) != 1 or answer not in self.files:
            raise _Faulty(
                f"{', '.join(self.files)}: an example is two files of one name, an article (.txt, .md, .html, .eml) "
                f"and its answer ({answer})"
            )
        try:
            article = self._article(articles[0])
            return _checked(prompt, self.name, article, read_text(self.folder / answer))
        except (ReadingError, PromptInvalid) as error:
            raise _Faulty(f"{self.name}: {error}") from error

    def _article(self, name: str) -> Article:
        with as_file(self.folder / name) as path:
            article = read_article(path)
        if article.status != "ok":
            raise _Faulty(f"{name}: {article.status}, {article.status_reason}")
        return article


def _pairs(folder: Traversable) -> Iterator[_Pair]:
    names = names_in(folder)
    for stem in dict.fromkeys(PurePath(name).stem for name in names):
        yield _Pair(folder, stem, tuple(name for name in names if PurePath(name).stem == stem))


def _checked(prompt: Prompt, name: str, article: Article, text: str) -> Example:
    """The example, once its answer is one that the product itself would let pass. Raises _Faulty."""
    file = f"{name}{ANSWER}"
    answer = _fitting(_given(text, file), prompt.answer, article, file)
    findings = (*beyond_bounds(answer), *ground(answer, ArticleAnalysis(article)).findings)
    if wrong := [finding for finding in findings if _is_wrong(finding)]:
        raise _Faulty(*(f"{file}: {_told(finding)}" for finding in wrong))
    sent = as_data(json.dumps(_as_asked(answer, article), ensure_ascii=False))
    return Example(name, article, sent, findings)


def _fitting(given: Mapping[str, Any], wanted: type[BaseModel], article: Article, file: str) -> BaseModel:
    """What is given as the answer that is wanted. A saved record, whose evidence are spans, has more than that."""
    lacking = [name for name in wanted.model_fields if name not in given]
    faults = [f"{file}: {name} is missing, which the prompt asks for" for name in lacking]
    extra: Literal["ignore", "forbid"] = "ignore" if "schema_version" in given else "forbid"
    try:
        answer = wanted.model_validate(given, extra=extra, context=Grounding(article=article))
    except ValidationError as error:
        others = (detail for detail in error.errors() if detail["loc"] not in {(name,) for name in lacking})
        raise _Faulty(*faults, *(f"{file}: {_fault(detail)}" for detail in others)) from None
    faults += [f"{file}: {path}: these words are not there in the article" for path in _elsewhere(answer, article)]
    if faults:
        raise _Faulty(*faults)
    return answer


def _given(text: str, file: str) -> Mapping[str, Any]:
    try:
        given = json.loads(text)
    except ValueError as error:
        raise _Faulty(f"{file}: {error}") from None
    if not isinstance(given, Mapping):
        raise _Faulty(f"{file}: an answer is an object, {{...}}, as `summarizer schema --wire` has it")
    return given


def _fault(detail: Any) -> str:
    is_extra = detail["type"] == "extra_forbidden"
    message = "the prompt does not ask for it" if is_extra else fault_in(detail)
    return f"{path_of(detail['loc']) or 'the answer'}: {message}"


def _is_wrong(finding: Finding) -> bool:
    """Whether an answer with this finding is none to learn from: it can't be right, or is not what was asked for."""
    return finding.severity == "error" or finding.code in ("longer_than_asked", "shorter_than_asked")


def _told(finding: Finding) -> str:
    return f"{finding.path}: {finding.message}".removeprefix(": ")


def _elsewhere(value: Any, article: Article, path: tuple[int | str, ...] = ()) -> Iterator[str]:
    """Where the evidence of a record is not that of this article."""
    match value:
        case Span():
            text = (article.title or "") if isinstance(value, TitleSpan) else article.text
            if text[value.start : value.end] != value.text or not _numbers(value, article):
                yield path_of(path)
        case BaseModel():
            for name in type(value).model_fields:
                yield from _elsewhere(getattr(value, name), article, (*path, name))
        case tuple():
            for at, item in enumerate(value):
                yield from _elsewhere(item, article, (*path, at))


def _as_asked(value: Any, article: Article) -> Any:
    """The answer in the form in which it is asked for: every field there, evidence as numbers of sentences."""
    match value:
        case BaseModel():
            asked = [name for name, field in type(value).model_fields.items() if field.json_schema_extra != COMPUTED]
            return {name: _as_asked(getattr(value, name), article) for name in asked}
        case (Span(), *_):
            return list(dict.fromkeys(number for span in value for number in _numbers(span, article)))
        case tuple():
            return [_as_asked(item, article) for item in value]
    return value


def _numbers(span: Span, article: Article) -> list[int]:
    """The numbers of the sentences that a stretch lies in."""
    if isinstance(span, TitleSpan):
        return [TITLE_NUMBER]
    return [each.number for each in article.sentences if each.start < span.end and span.start < each.end]
