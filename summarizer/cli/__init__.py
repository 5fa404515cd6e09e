"""The command: `summarizer ARTICLE`, and what goes with it. Heavy imports happen inside the commands."""

from __future__ import annotations

import io
import sys

import typer

from summarizer.cli.article import article_command
from summarizer.cli.evals import evals
from summarizer.cli.models import models
from summarizer.cli.prompts import prompts, schema_command

app = typer.Typer(
    help="Turn an article into a checked, structured record. `summarizer ARTICLE` is short for `article ARTICLE`.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # plain help: rich would double the start-up time
    pretty_exceptions_enable=False,
)
app.command("article")(article_command)
app.command("schema")(schema_command)
app.add_typer(prompts, name="prompts")
app.add_typer(models, name="models")
app.add_typer(evals, name="eval")


def main() -> None:
    """Entry point: the first word is a command, or the article of `summarizer article`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without UTF-8 shows ? rather than nothing
    arguments = sys.argv[1:]
    commands = {"article", "schema", "prompts", "models", "eval", "--help"}
    if arguments and arguments[0] not in commands:
        arguments.insert(0, "article")
    app(arguments, prog_name="summarizer")
