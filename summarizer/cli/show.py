"""`summarizer show`: a record that was saved, in any view."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.cli.article import SUFFIXES, Format, Full, refuse_loss, write
from summarizer.cli.exit_codes import reported_errors
from summarizer.cli.options import source_argument

if TYPE_CHECKING:
    from summarizer.record import Summary


def show_command(
    record: Annotated[
        str, source_argument("RECORD", "A record as JSON, the lines of a batch, or - for standard input.")
    ],
    line: Annotated[int | None, typer.Option(min=1, help="Which line, where RECORD is the lines of a batch.")] = None,
    view: Annotated[
        Format | None, typer.Option("--format", "-f", help="Default: by the ending of FILE, else terminal.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to FILE instead of standard output.", metavar="FILE")
    ] = None,
    full: Full = False,
    force: Annotated[bool, typer.Option("--force", help="Write over a FILE that is no earlier output.")] = False,
) -> None:
    """Print a saved record. Numbers in brackets are those of `summarizer text`."""
    from summarizer.views.kept_article import kept_article

    with reported_errors():
        if output:
            refuse_loss(record, output, what="record", force=force)
        summary = _saved(record, line)
        chosen = view or SUFFIXES.get(output.suffix if output else "", "terminal")
        sentences = ["text", summary.article.url or "ARTICLE"]
        cited = ["show", "RECORD" if record == "-" else record, *(["--line", str(line)] if line else []), "--full"]
        check = shlex.join(["summarizer", *(sentences if full else cited)])
        write(summary, kept_article(summary), chosen, output, full=full, check=check)


def _saved(source: str, line: int | None) -> Summary:
    """The record in a file or on standard input. Raises ReadingError, SettingsError for a line that is not there."""
    from pydantic import ValidationError

    from summarizer.errors import SourceUnsupported
    from summarizer.faults import faults_of
    from summarizer.reading.source.raw_source import open_source, read_stdin

    content = open_source(read_stdin() if source == "-" else Path(source)).content
    text = content if isinstance(content, str) else content.decode("utf-8-sig", errors="replace")
    name = "standard input" if source == "-" else source
    try:
        return _summary(_fields(_piece(text, name, line)), name)
    except ValidationError as error:
        raise SourceUnsupported(f"{name} holds a record that can't be read: {faults_of(error, 'it')}") from None


def _piece(text: str, name: str, line: int | None) -> str:
    """All of it, or the line that is meant."""
    from summarizer.errors import SettingsError

    if line is None and _fields(text):
        return text
    lines = text.rstrip().split("\n")
    if line is None and len(lines) > 1 and _fields(lines[0]):
        raise SettingsError(f"{name} has {len(lines):,} lines: name one, as --line 1")
    if line and line > len(lines):
        raise SettingsError(f"{name} has no line {line}: its last is {len(lines)}")
    return lines[line - 1] if line else text


def _fields(text: str) -> dict[str, Any]:
    """The object that a piece of JSON is; none where it is something else."""
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return fields if isinstance(fields, dict) else {}


def _summary(fields: dict[str, Any], name: str) -> Summary:
    """The record that these are, or that stands in this line of a batch."""
    from summarizer.batch.result import BatchResult
    from summarizer.errors import SourceUnsupported
    from summarizer.reading.source.content_type import LINE_KEYS, RECORD_KEYS
    from summarizer.record import Summary

    if fields.keys() >= RECORD_KEYS:
        return Summary.model_validate(fields)
    if not fields.keys() >= LINE_KEYS:
        raise SourceUnsupported(
            f"{name} holds no record. One is written by: summarizer ARTICLE -o record.json; an article is summarised "
            "by: summarizer ARTICLE"
        )
    made = BatchResult.model_validate(fields)
    if made.record:
        return made.record
    failure = f": {made.error.type}: {made.error.message}" if made.error else ""
    raise SourceUnsupported(f"{name} has no record of {made.key}{failure}")
