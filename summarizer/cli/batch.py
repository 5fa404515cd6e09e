"""`summarizer batch`: thousands of articles in, a line for each out."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.article import RecipeChoice
from summarizer.cli.ending import NOT_OK, OK, errors, reported_errors, say
from summarizer.cli.options import BaseUrl, CacheOption, Language, ModelOption, PrivateHosts, PromptOption, with_cache
from summarizer.cli.progress import forecast, kinds_of_failure, progress, result

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
            help="Files, folders, patterns ('news/**/*.html'); tables (.jsonl, .csv, .parquet), a row an article; "
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
    max_cost: Annotated[
        float | None, typer.Option(min=0, help="The same in US dollars, where the price is known.", metavar="DOLLARS")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read everything, ask nothing, and say what it would take.")
    ] = False,
    cache: CacheOption = True,
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
        settings = with_cache(settings, cache)
        journal, table = _files(output, view, dry_run)
        fields = Fields(text_field, title_field, url_field, id_field, date_field)
        own = frozenset(file.absolute() for file in (journal, table) if file)
        named = Inputs(tuple(inputs or ()), tuple(feed or ()), fields, settings.allow_private_hosts, own)
        named.check()
        how = How(concurrency, max_tokens, max_cost, retry_failed, dry_run, quiet)
        code = asyncio.run(_run(named, settings, journal, how))
        if table and journal and not dry_run and code != INTERRUPTED:
            _write_table(journal, table)
    raise typer.Exit(code)


@dataclass(frozen=True)
class How:
    """The options of a run that decide no record."""

    concurrency: int
    max_tokens: int | None
    max_cost: float | None
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
    from summarizer.batch.api import memory_of, opened_spec
    from summarizer.models.connect import announce

    if not how.quiet:
        say(announce(settings))
    async with opened_spec(None, None, settings) as spec:
        with closing(memory_of(journal, spec, retry_failed=how.retry_failed)) as memory:
            return await (_rehearse if how.dry_run else _work)(inputs, spec, memory, how)


async def _work(inputs: Inputs, spec: Spec, memory: Memory, how: How) -> int:
    from summarizer.batch.budget import Budget
    from summarizer.batch.many import Many
    from summarizer.batch.tally import Tally

    tally = Tally(priced_as=spec.priced_as)
    many = Many(spec, memory, Budget(tally, how.max_tokens, how.max_cost), how.concurrency)
    threading.Thread(target=_count, args=(inputs, tally), daemon=True).start()
    try:
        with interruptible(many) as interrupted:
            async with progress(many, quiet=how.quiet):
                async for _ in many.lines(inputs):
                    pass
    finally:
        _report(tally, inputs, quiet=how.quiet)
    if interrupted.is_set():
        say("stopped before the end. The same command goes on from here.")
        return INTERRUPTED
    if (replaced := memory.tidy()) and not how.quiet:
        say(f"{replaced:,} earlier line{'s' * (replaced != 1)} of these articles replaced")
    return NOT_OK if tally.failures else OK


async def _rehearse(inputs: Inputs, spec: Spec, memory: Memory, how: How) -> int:
    """Everything but the requests, and says on standard output what these would be."""
    from dataclasses import replace

    from summarizer.batch.budget import Budget
    from summarizer.batch.many import Many
    from summarizer.batch.rehearsal import Rehearsed, StandIn
    from summarizer.batch.tally import Tally

    tally = Tally(priced_as=spec.priced_as)
    stand_in = replace(spec, model=StandIn(spec.model, spec.settings) if spec.model else None)
    many = Many(stand_in, Rehearsed(memory), Budget(tally), how.concurrency)
    with interruptible(many) as interrupted:
        async with progress(many, quiet=how.quiet):
            async for _ in many.lines(inputs):
                pass
    for line in forecast(tally):
        typer.echo(line)
    return INTERRUPTED if interrupted.is_set() else NOT_OK if tally.failures else OK


def _count(inputs: Inputs, tally: Tally) -> None:
    tally.total = inputs.count()


def _report(tally: Tally, inputs: Inputs, *, quiet: bool) -> None:
    """What was done; how many failed and by which errors in any case."""
    if not quiet:
        if inputs.aside:
            kinds = ", ".join(f"{count:,} {suffix}" for suffix, count in inputs.aside.most_common())
            say(f"left aside in folders, as no articles: {kinds}")
        say(result(tally))
    if tally.failures:
        say(f"failed: {kinds_of_failure(tally)}. Their lines say why; --retry-failed tries them again.")


def _write_table(journal: Path, table: Path) -> None:
    from summarizer.batch.table import write_table

    if journal.exists():
        write_table(journal, table)


# --- Ctrl-C -----------------------------------------------------------------------------------------------------


@contextmanager
def interruptible(many: Many) -> Iterator[asyncio.Event]:
    """Within this block the first Ctrl-C lets what is under way go on to its end, the second ends the process.

    Yields what is set after the first. What was finished is in the file either way.
    """
    interrupted = asyncio.Event()

    def interrupt() -> None:
        if interrupted.is_set():
            errors().show_cursor()
            os._exit(INTERRUPTED)  # threads that fetch a page would hold up any other end
        interrupted.set()
        many.stop()
        say(f"finishing the {many.under_way:,} under way; Ctrl-C again stops at once")

    if sys.platform == "win32":  # whose event loops take no signals: the first Ctrl-C ends the run
        yield interrupted
        return
    loop = asyncio.get_running_loop()
    for which in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(which, interrupt)
    try:
        yield interrupted
    finally:
        for which in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(which)
