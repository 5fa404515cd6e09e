"""`summarizer models`: which there are, which work."""

from __future__ import annotations

from typing import Annotated

import typer

from summarizer.cli.ending import NOT_OK, errors, reported_errors, say
from summarizer.cli.options import BaseUrl

models = typer.Typer(help="The models: which there are, which work.", no_args_is_help=True)


@models.command("list")
def models_list() -> None:
    """Every provider, its default model, and whether its key is set."""
    from summarizer.models.catalogue import listing

    for line in listing():
        typer.echo(line)


@models.command("pull")
def models_pull(
    name: Annotated[
        str | None, typer.Argument(help="Default: qwen2.5-coder-1.5b (1.1 GB). The other is smollm2 (98 MB).")
    ] = None,
) -> None:
    """Fetch the weights of an embedded model into the cache, on from where an earlier pull broke off."""
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

    from summarizer.models.pulling import pull
    from summarizer.models.weights import WEIGHTS, known_weights

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with reported_errors(), Progress(*columns, console=errors()) as bar:
        weights = known_weights(name or WEIGHTS[0].name)
        say(f"{weights.file}, by {weights.publisher}, {weights.licence}")
        task = bar.add_task(weights.name, total=weights.bytes)
        path = pull(weights, lambda done, total: bar.update(task, completed=done), say)
        bar.update(task, completed=weights.bytes)  # also where it was there before
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
