"""Pieces: what is finished of a record while its answer is still being written, each checked on its own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic_core import from_json, to_jsonable_python

from summarizer.answer_schema import answer_type
from summarizer.article import Article
from summarizer.checking.analysis import ArticleAnalysis
from summarizer.checking.grounding import accept, ground
from summarizer.errors import AnswerInvalid
from summarizer.record import SECTIONS, ArticleInfo, Content, Finding, FiveWs


@dataclass(frozen=True, slots=True)
class StreamedPiece:
    """One statement, name, quote or figure of a record, and what was found about it.

    `path` is its place: `headline`, `key_points[0]`, `five_ws.who`; `data.charges`, whose value is JSON.
    """

    path: str
    value: Any
    findings: tuple[Finding, ...] = ()


class Writing:
    """An answer as it is written: fed the text so far, it gives the pieces that have become whole."""

    def __init__(self, article: Article, fields: tuple[str, ...], language: str | None) -> None:
        self._article, self._language = ArticleAnalysis(article), language
        self._fields = frozenset(field.partition(".")[0] for field in fields)
        self._given: set[str] = set()

    def pieces(self, text: str) -> Iterator[StreamedPiece]:
        """The new ones. What can't be read yet, or is no answer at all, gives none."""
        for path, name, value in _whole(text):
            if path not in self._given and name in self._fields:
                self._given.add(path)
                if piece := self._checked(path, name, value):
                    yield piece

    def data_pieces(self, text: str) -> Iterator[StreamedPiece]:
        """The new ones of data for a schema of one's own. What they rest on comes behind them, so that nothing is
        found about them yet."""
        entries = _entries(text)
        data = next((value for name, value in entries if name == "data"), None)
        for path, value in _fields(data, is_open=len(entries) == 1):
            if path not in self._given:
                self._given.add(path)
                yield StreamedPiece(path, value)

    def _checked(self, path: str, name: str, value: Any) -> StreamedPiece | None:
        """The piece; None for what does not fit the schema, which the whole answer will be asked again for."""
        question = path.partition(".")[2]
        wanted = {question: value} if question else [value] if path.endswith("]") else value
        try:
            answer = answer_type((f"five_ws.{question}" if question else name,))
            accepted = accept(json.dumps({name: wanted}), answer, self._article.article)
        except (AnswerInvalid, KeyError):
            return None
        content = ground(accepted.answer, self._article, accepted.problems, language=self._language)
        at, *_ = pieces_of(content)
        found = tuple(f.model_copy(update={"path": path + f.path[len(at.path) :]}) for f in at.findings)
        return StreamedPiece(path, at.value, found)


def pieces_of(content: Content) -> Iterator[StreamedPiece]:
    """All pieces of a record, in its order."""
    parts = [part for name in SECTIONS for part in _parts(name, getattr(content, name))]
    for path, value in (*parts, *_fields(to_jsonable_python(content.data, by_alias=True))):
        yield StreamedPiece(path, value, tuple(f for f in content.findings if _is_within(f.path, path)))


def content_of(pieces: Iterable[StreamedPiece], article: Article) -> Content:
    """The record as far as these pieces go."""
    filled: dict[str, Any] = {}
    questions: dict[str, Any] = {}
    findings: list[Finding] = []
    data: dict[str, Any] = {}
    for piece in pieces:
        findings += piece.findings
        name, _, question = piece.path.partition(".")
        if name == "data":
            data[question] = piece.value
        elif question:
            questions[question] = piece.value
        elif name.endswith("]"):
            name = name.partition("[")[0]
            filled[name] = (*filled.get(name, ()), piece.value)
        else:
            filled[name] = piece.value
    if questions:
        filled["five_ws"] = FiveWs(**{name: questions.get(name) for name in FiveWs.model_fields})
    return Content(article=ArticleInfo.of(article), **filled, data=data or None, findings=tuple(findings))


def _parts(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, tuple):
        yield from ((f"{name}[{at}]", item) for at, item in enumerate(value))
    elif isinstance(value, FiveWs):
        answers = ((question, getattr(value, question)) for question in FiveWs.model_fields)
        yield from ((f"{name}.{question}", answer) for question, answer in answers if answer)
    elif value is not None:
        yield name, value


def _fields(data: Any, *, is_open: bool = False) -> Iterator[tuple[str, Any]]:
    """The fields of data; where it is open, without the last, at which its text has ended."""
    there = list(data.items()) if isinstance(data, dict) else []
    yield from ((f"data.{name}", value) for name, value in there[: -1 if is_open else None] if value is not None)


def _is_within(path: str, whole: str) -> bool:
    return path == whole or path.startswith((f"{whole}.", f"{whole}["))


def _whole(text: str) -> Iterator[tuple[str, str, Any]]:
    """Path, field and value of what is whole in JSON that ends anywhere: all but what it was at when it ended."""
    entries = _entries(text)
    for at, (name, value) in enumerate(entries):
        is_last = at == len(entries) - 1
        if isinstance(value, list):
            yield from ((f"{name}[{i}]", name, item) for i, item in enumerate(value[: -1 if is_last else None]))
        elif isinstance(value, dict) and name == "five_ws":
            questions = list(value)[: -1 if is_last else None]
            yield from ((f"{name}.{question}", name, value[question]) for question in questions if value[question])
        elif not is_last:
            yield name, name, value


def _entries(text: str) -> list[tuple[str, Any]]:
    """The fields of JSON that ends anywhere, the last perhaps cut."""
    start = text.find("{")
    if start < 0:
        return []
    try:
        return list(from_json(text[start:], allow_partial=True).items())
    except ValueError:  # something else than JSON, or JSON with something behind it
        return []
