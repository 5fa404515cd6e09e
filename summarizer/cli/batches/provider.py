"""`summarizer batch export`, `submit`, `status` and `import`: many articles through a provider's batches."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.exit_codes import NOT_OK, OK, counted, reported_errors, say, say_what_ends
from summarizer.cli.options import InputOptions, RequestOptions, grouped

if TYPE_CHECKING:
    from summarizer.batch.provider.export import Exported
    from summarizer.batch.provider.importing import Imported
    from summarizer.batch.provider.manifest import Folder, RequestFile
    from summarizer.models.remote.model import EndpointModel

provider_batch = typer.Typer()
FolderArgument = Annotated[Path, typer.Argument(help="The folder of the export.", metavar="DIR")]


@provider_batch.command("export")
@grouped
def export_command(
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder to write requests into.", metavar="DIR")],
    options: RequestOptions,
    inputs: InputOptions,
    lines: Annotated[
        Path | None,
        typer.Option(
            help="The file of `summarizer batch -o`: what has its line there is left out, and import writes to it. "
            "Default: records.jsonl in DIR.",
            metavar="FILE",
        ),
    ] = None,
    provider: Annotated[
        str | None, typer.Option(help="Whose batches; its default model, unless --model names one.", metavar="NAME")
    ] = None,
    requests_per_file: Annotated[
        int | None, typer.Option(min=1, help="Fewer than the provider takes, where your account queues less.")
    ] = None,
) -> None:
    """Write requests as files; nothing is sent.

    Each request is the one that would be sent live. Articles with nothing to ask have their line at once; those that
    take several requests are left to `summarizer batch`.
    """
    import asyncio

    from summarizer.batch.provider.export import export
    from summarizer.batch.provider.manifest import Folder
    from summarizer.models.choosing import default_model

    with reported_errors():
        settings = replace(options, model=_model(provider, options.model)).settings()
        say_what_ends((default_model(settings),), settings)
        folder = Folder(output)
        named = inputs.named(settings, lines, output)
        done = asyncio.run(export(named, folder, settings, lines=lines, requests_per_file=requests_per_file))
    _report_export(done, output)
    raise typer.Exit(NOT_OK if done.tally.failures else OK)


def _model(provider: str | None, model: str | None) -> str | None:
    """The full name of the model."""
    if provider is None or model is None:
        return provider or model
    return model if model.startswith(f"{provider}:") else f"{provider}:{model}"


def _report_export(done: Exported, folder: Path) -> None:
    files = len(done.files)
    say(f"{counted(done.requests, 'request')} in {counted(files, 'file')}; nothing is sent yet")
    tally = done.tally
    nothing = sum(tally.statuses.values())
    for count, what in (
        (tally.skipped, "there already"),
        (nothing, "with nothing to ask: their lines are written"),
        (tally.failures, "can't be read: their lines say why"),
        (done.too_long, "too long for one request: `summarizer batch` asks for them"),
    ):
        if count:
            say(f"{count:,} {what}")
    if files:
        say(f"go on with: summarizer batch submit {folder}")


@provider_batch.command("submit")
def submit_command(folder: FolderArgument) -> None:
    """Upload the files and have them answered. Costs money. The same again sends only what is not sent yet."""
    from summarizer.batch.provider.submit import submit
    from summarizer.models.openai.batches import Batches

    with _opened(folder) as (opened, model):
        for file in submit(opened, Batches(model)):
            typer.echo(_row(file))


@provider_batch.command("status")
def status_command(folder: FolderArgument) -> None:
    """Say how far the provider is with each file. Exit code 1: not all are through."""
    from summarizer.batch.provider.submit import refreshed
    from summarizer.models.openai.batches import Batches

    with _opened(folder) as (opened, model):
        manifest = refreshed(opened, Batches(model))
    for file in manifest.files:
        typer.echo(_row(file))
    raise typer.Exit(OK if all(file.batch and file.batch.ended for file in manifest.files) else NOT_OK)


@provider_batch.command("import")
def import_command(folder: FolderArgument) -> None:
    """Fetch the answers, check them as live ones, and write a line for each.

    What was not answered in time has no line, what was answered wrongly has one with the error: `summarizer batch`
    with the same inputs and `--retry-failed` asks for both. Exit code 1: some are missing or failed.
    """
    import asyncio

    from summarizer.batch.provider.importing import import_answers
    from summarizer.batch.provider.submit import refreshed
    from summarizer.models.openai.batches import Batches

    with _opened(folder) as (opened, model):
        manifest = refreshed(opened, Batches(model))
        done = asyncio.run(import_answers(opened, manifest, model))
    _report_import(done)
    raise typer.Exit(NOT_OK if done.unanswered or done.tally.failures else OK)


def _report_import(done: Imported) -> None:
    from summarizer.cli.progress import first_failures, kinds_of_failure, result

    say(result(done.tally))
    if done.tally.failures:
        say(f"failed: {kinds_of_failure(done.tally)}. Their lines say why.")
        list(map(say, first_failures(done.tally)))
    if done.unreadable:
        say(f"{counted(done.unreadable, 'line')} of the provider's can't be read")
    if done.under_way:
        say(f"{counted(done.under_way, 'file')} not through: import again when `status` says so")
    if done.unanswered:
        say(f"{counted(done.unanswered, 'article')} without an answer")
    if done.unanswered or done.tally.failures:
        say(f"the same inputs by summarizer batch -o {done.lines} --retry-failed ask for what is missing or failed")


@contextmanager
def _opened(path: Path) -> Iterator[tuple[Folder, EndpointModel]]:
    """The folder, and the model that it is asked of; closed at the end."""
    from summarizer.batch.provider.export import endpoint
    from summarizer.batch.provider.manifest import Folder

    with reported_errors():
        folder = Folder(path)
        folder.load()  # or a folder that is none would get a lock
        with folder.alone(), endpoint(folder.load().settings()) as model:
            yield folder, model


def _row(file: RequestFile) -> str:
    if file.batch is None:
        return f"{file.name}  {file.requests:>6,}  not submitted"
    batch = file.batch
    counts = f"{batch.completed:,} answered, {batch.failed:,} failed"
    return f"{file.name}  {file.requests:>6,}  {batch.status}: {'; '.join(batch.errors) or counts}"
