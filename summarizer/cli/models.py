"""`summarizer models`: which there are, which work."""

from __future__ import annotations

from typing import Annotated

import typer

from summarizer.cli.ending import NOT_OK, errors, reported_errors
from summarizer.cli.options import BaseUrl

models = typer.Typer(help="The models: which there are, which work.", no_args_is_help=True)


@models.command("list")
def models_list() -> None:
    """Every provider, its default model, and whether its key is set."""
    from summarizer.models.catalogue import listing

    for line in listing():
        typer.echo(line)


@models.command("pull")
def models_pull(name: Annotated[str, typer.Argument(help="smollm2")] = "smollm2") -> None:
    """Fetch the weights of the embedded model (93 MB) into the cache."""
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

    from summarizer.models.weights import pull

    with (
        reported_errors(),
        Progress(TextColumn("{task.description}"), BarColumn(), DownloadColumn(), console=errors()) as bar,
    ):
        task = bar.add_task(name, total=None)
        path = pull(name, lambda done, total: bar.update(task, completed=done, total=total))
    typer.echo(path)


@models.command("check")
def models_check(
    name: Annotated[str, typer.Argument(help="As for --model.")],
    base_url: BaseUrl = None,
) -> None:
    """Send one tiny structured request and say what works."""
    from summarizer.models.check import check
    from summarizer.settings import Settings

    with reported_errors():
        results = check(name, Settings.load(model=name, base_url=base_url))
    for result in results:
        typer.echo(f"{'ok  ' if result.ok else 'FAIL'}  {result.name:18} {result.detail}")
    if not all(result.ok for result in results):
        raise typer.Exit(NOT_OK)
