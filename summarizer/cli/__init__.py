"""The command: `summarizer ARTICLE`, and what goes with it. Heavy imports happen inside the commands."""

from __future__ import annotations

import io
import sys
from typing import Annotated

import typer

from summarizer.cli.article import article_command
from summarizer.cli.batches.commands import batch
from summarizer.cli.batches.provider import provider_batch
from summarizer.cli.cache import cache
from summarizer.cli.check import check_command
from summarizer.cli.diff import diff_command
from summarizer.cli.doctor import doctor_command
from summarizer.cli.evals import evals
from summarizer.cli.groups import ImpliedArticle
from summarizer.cli.languages import languages
from summarizer.cli.models import models
from summarizer.cli.prompts import prompts, schema_command
from summarizer.cli.serve import serve_command
from summarizer.cli.show import show_command
from summarizer.cli.text import text_command

app = typer.Typer(
    cls=ImpliedArticle,
    help="Turn an article into a checked, structured record. `summarizer ARTICLE` is short for `article ARTICLE`.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,  # plain help: rich would double the start-up time
    pretty_exceptions_enable=False,
)


def _tell_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"summarizer {version('checked-summarizer')}")
        raise typer.Exit


@app.callback()
def _whole(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", callback=_tell_version, is_eager=True)
    ] = False,
) -> None:
    """What stands before a command."""


app.command("article")(article_command)
app.command("check")(check_command)
app.command("show")(show_command)
app.command("serve")(serve_command)
app.command("diff")(diff_command)
app.command("text")(text_command)
app.command("schema")(schema_command)
app.command("doctor")(doctor_command)
batch.add_typer(provider_batch)
app.add_typer(batch, name="batch")
app.add_typer(prompts, name="prompts")
app.add_typer(models, name="models")
app.add_typer(languages, name="languages")
app.add_typer(cache, name="cache")
app.add_typer(evals, name="eval")


def main() -> None:
    """Entry point."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without UTF-8 shows ? rather than nothing
    app(prog_name="summarizer")
