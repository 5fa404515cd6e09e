"""`summarizer batch`: thousands of articles in, a line for each out."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.article import RecipeChoice
from summarizer.cli.ending import NOT_OK, errors, reported_errors, say
from summarizer.cli.options import BaseUrl, Language, ModelOption, PrivateHosts, PromptOption
from summarizer.cli.progress import kinds_of_failure, progress, result

if TYPE_CHECKING:
    from summarizer.batch.inputs import Inputs
    from summarizer.batch.many import Many
    from summarizer.batch.memory import Memory
    from summarizer.batch.spec import Spec
    from summarizer.batch.tally import Tally
    from summarizer.settings import Settings

INTERRUPTED = 130
"""Exit code after Ctrl-C: 128 and the number of the signal, as shells count."""


class OutputFormat(StrEnum):
    """What comes out."""

    jsonl = "jsonl"
    parquet = "parquet"


def batch_command(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            help="Files, folders, patterns ('news/**/*.html'); tables (.jsonl, .csv, .parquet) with a row an article; "
            "addresses, or a .txt of them; feeds (.rss, .atom, .xml); - for JSONL on standard input.",
            metavar="INPUT...",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="A JSON line an article, and the journal to go on from.", metavar="FILE"),
    ] = None,
    view: Annotated[
        OutputFormat,
        typer.Option("--format", "-f", help="parquet: a table beside FILE as well, when all is done."),
    ] = OutputFormat.jsonl,
    feed: Annotated[
        list[str] | None, typer.Option(help="A feed at this address or in this file; again for more.", metavar="FEED")
    ] = None,
    model: ModelOption = None,
    base_url: BaseUrl = None,
    prompt: PromptOption = None,
    recipe: Annotated[RecipeChoice | None, typer.Option(help="Default: what suits the model.")] = None,
    language: Language = None,
    text_field: Annotated[str, typer.Option(help="Column or field of the text.")] = "text",
    title_field: Annotated[str, typer.Option(help="Of the title.")] = "title",
    url_field: Annotated[str, typer.Option(help="Of the address; it is fetched where there is no text.")] = "url",
    id_field: Annotated[str, typer.Option(help="Of what the row is known by.")] = "id",
    date_field: Annotated[str, typer.Option(help="Of the date of publication.")] = "date",
    concurrency: Annotated[int, typer.Option(min=1, help="Articles at a time.")] = 64,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Try again what failed before.")] = False,
    max_tokens: Annotated[
        int | None, typer.Option(min=1, help="Stop before the request that would go beyond.", metavar="TOKENS")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read everything, ask nothing, and say what it would take.")
    ] = False,
    allow_private_hosts: PrivateHosts = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Nothing on standard error but errors.")] = False,
) -> None:
    """Summarise many articles, a line for each.

    The same command again goes on where it was: what has its line is not asked again, unless the article, the prompt,
    the model or the language has changed. Exit code 1: some failed, and their lines say why.
    """
    from summarizer.batch.inputs import Inputs
    from summarizer.batch.rows import Fields
    from summarizer.settings import Settings

    with reported_errors():
        settings = Settings.load(
            model=model,
            base_url=base_url,
            prompt=prompt,
            recipe=recipe.value if recipe else None,
            language=language,
            allow_private_hosts=allow_private_hosts,
        )
        journal, table = _files(output, view, dry_run)
        fields = Fields(text_field, title_field, url_field, id_field, date_field)
        own = frozenset(file.absolute() for file in (journal, table) if file)
        named = Inputs(tuple(inputs or ()), tuple(feed or ()), fields, settings.allow_private_hosts, own)
        named.check()
        how = How(concurrency, max_tokens, retry_failed, dry_run, quiet)
        code = asyncio.run(_run(named, settings, journal, how))
        if table and journal and code in (OK, NOT_OK):
            _write_table(journal, table)
    raise typer.Exit(code)


@dataclass(frozen=True)
class How:
    """The options of a run that decide no record."""

    concurrency: int
    max_tokens: int | None
    retry_failed: bool
    dry_run: bool
    quiet: bool


def _files(output: Path | None, view: OutputFormat, dry_run: bool) -> tuple[Path | None, Path | None]:
    """The JSONL file, which is there in any case, and the table."""
    from summarizer.batch.table import require_pyarrow
    from summarizer.errors import SettingsError

    if output is None:
        if dry_run:
            return None, None
        raise SettingsError("name the file to write with -o, or ask what it would take with --dry-run")
    if view is OutputFormat.jsonl and output.suffix != ".parquet":
        return output, None
    require_pyarrow()
    return output.with_suffix(".jsonl"), output.with_suffix(".parquet")


async def _run(inputs: Inputs, settings: Settings, journal: Path | None, how: How) -> int:
    from summarizer.batch.api import opened_spec
    from summarizer.models.connect import announce

    if not how.quiet:
        say(announce(settings))
    async with opened_spec(None, None, settings) as spec:
        memory = _memory(journal, spec, how.retry_failed)
        return await (_rehearsed if how.dry_run else _done)(inputs, spec, memory, how)


def _memory(journal: Path | None, spec: Spec, retry_failed: bool) -> Memory:
    from summarizer.batch.memory import Journal, NoMemory

    return Journal(journal, spec.sha256, retry_failed=retry_failed) if journal else NoMemory()


async def _done(inputs: Inputs, spec: Spec, memory: Memory, how: How) -> int:
    from summarizer.batch.budget import Budget
    from summarizer.batch.many import Many
    from summarizer.batch.tally import Tally

    many = Many(spec, memory, Budget(Tally(), how.max_tokens), how.concurrency)
    threading.Thread(target=_count, args=(inputs, many.tally), daemon=True).start()
    interrupted = Interrupted()
    try:
        with interruptible(many, interrupted):
            async with progress(many, quiet=how.quiet):
                async for _ in many.lines(inputs):
                    pass
    finally:
        _report(many.tally, inputs, quiet=how.quiet)
    if interrupted:
        say("stopped before the end. The same command goes on from here.")
        return INTERRUPTED
    if (replaced := memory.tidy()) and not how.quiet:
        say(f"{replaced:,} earlier lines of these articles were replaced")
    return NOT_OK if many.tally.failures else OK
