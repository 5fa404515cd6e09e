"""`summarizer models`: which there are, which work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.exit_codes import NOT_OK, errors, reported_errors, say
from summarizer.cli.options import BaseUrl

if TYPE_CHECKING:
    from summarizer.models.providers.provider import Provider

models = typer.Typer(help="The models: which there are, which work.", no_args_is_help=True)


@models.command("list")
def models_list() -> None:
    """Every provider, its default model, whether its key is set, and which of its models are shut down soon."""
    for line in listing():
        typer.echo(line)


def listing(today: date | None = None) -> Iterator[str]:
    """Lines that say which models there are, what each still needs, and what ends soon."""
    from summarizer.models.providers.catalogue import LOCAL, PROVIDERS

    for row in PROVIDERS:
        yield from provider_lines(row, today)
    yield f"{'local, local:PATH.gguf':48} {LOCAL.structured:12} in this process"
    yield f"{'replay:DIR':48} {'':12} answers recorded with --record DIR"
    yield f"{'extractive':48} {'':12} no model: sentences of the article, chosen by rules"
    yield f"{'NAME --base-url URL':48} {'json_schema':12} any other OpenAI-compatible endpoint"


def provider_lines(row: Provider, today: date | None = None) -> Iterator[str]:
    """The provider with its default model; below it, by the day, what else of its models is shut down soon."""
    from summarizer.models.providers.shutdown import shutdown, shutdowns

    default = row.default_model or "NAME"
    ending = shutdown(row, default, today)
    yield f"{f'{row.name}:{default}':48} {row.structured:12} {_needs(row)}{f', {ending.brief}' if ending else ''}"
    others = sorted((each for each in shutdowns(row, today) if each.model != default), key=lambda each: each.day)
    for brief, together in groupby(others, key=lambda each: each.brief):
        yield f"  {brief}: {', '.join(each.model for each in together)}"


def _needs(row: Provider) -> str:
    if row.key_variable is None:
        return f"server at {row.base_url}"
    needed = [row.key_variable, *row.unset]
    return f"{row.key_variable} is set" if row.has_key else f"needs {' and '.join(needed)}"


@models.command("pull")
def models_pull(
    name: Annotated[
        str | None, typer.Argument(help="Default: qwen2.5-coder-1.5b (1.1 GB). The other is smollm2 (98 MB).")
    ] = None,
) -> None:
    """Fetch the weights of an embedded model into the cache, on from where an earlier pull broke off."""
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

    from summarizer.models.local.pulling import pull
    from summarizer.models.local.weights import WEIGHTS, known_weights

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
    """Send one tiny structured request, ask the server what it knows of the model, and say what works."""
    from summarizer.models.doctor.check import check
    from summarizer.settings import Settings
    from summarizer.views.printable import printable

    with reported_errors():
        results = check(name, Settings.load(model=name, base_url=base_url))
    for result in results:
        typer.echo(f"{'ok  ' if result.ok else 'FAIL'}  {result.name:18} {printable(result.detail)}")
    if not all(result.ok for result in results):
        raise typer.Exit(NOT_OK)
