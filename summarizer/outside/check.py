"""The check: each statement of something written elsewhere, held against the whole article."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from summarizer.article import Article, Span
from summarizer.checking.analysis import ArticleAnalysis
from summarizer.checking.data_checks import number_findings_at
from summarizer.checking.field_checks import Place, Promise, once, promised
from summarizer.errors import SchemaInvalid, SourceNotFound
from summarizer.faults import faults_of
from summarizer.outside.record import checked_record
from summarizer.outside.statements import Kind, Statement, Statements, statements_of_json, statements_of_text
from summarizer.reading import read_article
from summarizer.record import Dated, Finding, Named, Part, Summary, Verbatim, Written
from summarizer.settings import Settings
from summarizer.text.terms import terms

_PROMISES: Mapping[Kind, Promise] = {
    "statement": Written(),
    "quote": Verbatim(),
    "name": Named(),
    "date": Dated(),
}


class CheckedStatement(Part):
    """A statement, and what of it could not be verified."""

    path: str
    text: str
    closest: tuple[Span, ...]
    """The sentence of the article that has most of its words; none where it shares none."""
    findings: tuple[Finding, ...]


class Checked(Part):
    """What came of a check. A statement without findings may still be wrong: findings are no judgement."""

    statements: tuple[CheckedStatement, ...]
    findings: tuple[Finding, ...]
    """Those of all statements, and of the article."""
    unmapped: tuple[str, ...] = ()
    """Paths of values that were not checked, as nobody said what they are."""


def check(
    record: Summary | str | bytes | Mapping[str, Any] | Path,
    article: str | bytes | os.PathLike[str] | Article,
    *,
    kinds: Mapping[str, str] | None = None,
    language: str | None = None,
) -> Checked:
    """What in `record` the article does not bear out.

    `record` is a Summary or its JSON; text or Markdown, whose sentences are statements; other JSON, with `kinds`
    saying what its values are (`{"bullets[]": "statement", "people[].name": "name"}`); or a Path to one of these. A
    string, or bytes of UTF-8, is text unless it is JSON. `language` (BCP-47) is that of the record, None the
    article's.

    Raises ReadingError for the article, SchemaInvalid for a record that can't be read, SettingsError for a language
    that is none.
    """
    language = Settings(language=language).language
    read = article if isinstance(article, Article) else read_article(article)
    found = _loaded(record)
    if isinstance(found, Summary):
        return _of_record(found, read, language)
    said = statements_of_text(found) if isinstance(found, str) else statements_of_json(found, kinds or {})
    return _of_statements(said, read, language)


def _loaded(record: Any) -> Summary | str | Any:
    """The record as what it is."""
    if isinstance(record, Path):
        try:
            record = record.read_bytes()
        except OSError as error:
            raise SourceNotFound(f"{record}: {error.strerror}. Check the spelling and the folder.") from error
    if isinstance(record, bytes):
        try:
            record = record.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise SchemaInvalid("this is no text in UTF-8, so it is no record") from error
    if isinstance(record, str) and not record.strip():
        raise SchemaInvalid("there is nothing in the record")
    if isinstance(record, str) and record.lstrip().startswith(("{", "[")):
        try:
            record = json.loads(record)
        except ValueError:
            return record  # text that begins with a bracket
    if isinstance(record, Mapping) and {"schema_version", "run"} <= record.keys():
        try:
            return Summary.model_validate(record)
        except ValidationError as error:
            raise SchemaInvalid(f"this is no record that can be read: {faults_of(error, 'the record')}") from error
    return record


def _of_record(summary: Summary, article: Article, language: str | None) -> Checked:
    content = checked_record(summary, article, language)
    return Checked(statements=(), findings=content.findings)


def _of_statements(said: Statements, article: Article, language: str | None) -> Checked:
    analysis = ArticleAnalysis(article)
    statements = tuple(
        CheckedStatement(
            path=each.path,
            text=str(each.value),
            closest=_closest(str(each.value), analysis, language),
            findings=once(_findings(each, Place(analysis, each.path, None, language or article.language))),
        )
        for each in said.statements
    )
    findings = tuple(finding for each in statements for finding in each.findings)
    return Checked(statements=statements, findings=findings, unmapped=said.unmapped)


def _findings(statement: Statement, place: Place) -> Iterator[Finding]:
    value = statement.value
    if isinstance(value, int | float):
        yield from number_findings_at(value, place)
    else:
        yield from promised(value, _PROMISES.get(statement.kind, Written()), place)


def _closest(text: str, article: ArticleAnalysis, language: str | None) -> tuple[Span, ...]:
    """The sentence that shares most terms."""
    words = frozenset(terms(text, language or article.language))
    spans = [article.article.span(each.start, each.end) for each in article.article.sentences]
    shared = [len(words & article.cited([span]).terms) for span in spans]
    return (spans[shared.index(max(shared))],) if any(shared) else ()
