"""`summarizer batch`: thousands of articles in, a line for each out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import typer

from summarizer.cli.exit_codes import NOT_OK, OK, reported_errors
from summarizer.cli.groups import ImpliedRun
from summarizer.cli.options import CacheOption, InputOptions, RecordOptions, grouped, say_idle, say_unused

batch = typer.Typer(
    cls=ImpliedRun,
    help="Thousands of articles in, a line for each out. `batch INPUT` is short for `batch run INPUT`; the other "
    "commands are for a provider's batches.",
)


OutputFormat = Literal["jsonl", "parquet"]
ENDINGS = ("", ".jsonl", ".ndjson", ".parquet")


@dataclass(frozen=True)
class BatchOptions(RecordOptions):
    """How the records of a batch are made: with a cache, unless it is said otherwise."""

    cache: CacheOption = True


@batch.command("run")
@grouped
def batch_run(
    options: BatchOptions,
    inputs: InputOptions,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="A JSON line an article, and the journal to go on from.", metavar="FILE"),
    ] = None,
    view: Annotated[
        OutputFormat | None,
        typer.Option(
            "--format",
            "-f",
            help="parquet: a table beside FILE as well, when all is done. Default: by the ending of FILE.",
        ),
    ] = None,
    concurrency: Annotated[int, typer.Option(min=1, max=10_000, help="Articles asked at a time.")] = 64,
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
    engine: Annotated[
        Literal["local", "ray"],
        typer.Option(help="ray: processes of a Ray cluster, as many as --workers, which share --concurrency."),
    ] = "local",
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes with --engine ray. Default: one for each machine.")
    ] = None,
    ray_address: Annotated[
        str | None,
        typer.Option(
            help="The cluster: auto for the one that this machine belongs to, or HOST:PORT. "
            "Default: one of its own, on this machine.",
            metavar="auto|HOST:PORT",
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Nothing on standard error but errors.")] = False,
) -> None:
    """Summarise many articles, a line for each.

    The same command again goes on where it was: what has its line is not asked again, unless the article, the prompt,
    the model or the language has changed. Exit code 1: some failed, and their lines say why.
    """
    import asyncio

    from summarizer.batch.parquet import write_table
    from summarizer.cli.batches.run import How, leave, run

    with reported_errors():
        settings = options.settings()
        if not quiet:
            say_idle({**vars(options), "cache": None, "max_tokens": max_tokens}, settings)
            if engine == "local":
                say_unused({"workers": workers, "ray_address": ray_address}, "--engine is local")
        journal, table = _files(output, view, dry_run)
        named = inputs.named(settings, journal, table)
        on_ray = engine == "ray"
        how = How(concurrency, max_tokens, max_cost, retry_failed, dry_run, quiet, on_ray, ray_address, workers)
        code = asyncio.run(run(named, settings, journal, how))
        if table and journal and not dry_run and code in (OK, NOT_OK):
            write_table(journal, table)
    leave(code)


def _files(output: Path | None, view: OutputFormat | None, dry_run: bool) -> tuple[Path | None, Path | None]:
    """The JSONL file, which is there in any case, and the table."""
    from summarizer.batch.parquet import is_table, require_pyarrow
    from summarizer.errors import OutputFailed, SettingsError
    from summarizer.written import demand_place

    if output is None:
        if dry_run:
            return None, None
        raise SettingsError("name the file to write with -o, or ask what it would take with --dry-run")
    demand_place(output)
    suffix = output.suffix.lower()
    if view is None and suffix not in ENDINGS:
        raise SettingsError(f"{output}: no format ends so. There are .jsonl and .parquet; or name one with --format")
    if view == "jsonl" or (view is None and suffix != ".parquet"):
        return output, None
    require_pyarrow()
    table = output.with_suffix(".parquet")
    if table.exists() and not is_table(table):
        raise OutputFailed(f"{table} is there already, and is no table of a batch. Name another file.")
    return output.with_suffix(".jsonl"), table
