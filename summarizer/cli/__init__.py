"""The command: `summarizer ARTICLE`, and what goes with it. Heavy imports happen inside the commands."""

from __future__ import annotations

import io
import sys

import typer

from summarizer.cli.article import article_command
from summarizer.cli.batch import batch
from summarizer.cli.cache import cache
from summarizer.cli.doctor import doctor_command
from summarizer.cli.evals import evals
from summarizer.cli.languages import languages
from summarizer.cli.models import models
from summarizer.cli.prompts import prompts, schema_command
from summarizer.cli.provider_batch import provider_batch
from summarizer.cli.show import show_command
from summarizer.cli.text import text_command

app = typer.Typer(
    help="Turn an article into a checked, structured record. `summarizer ARTICLE` is short for `article ARTICLE`.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # plain help: rich would double the start-up time
    pretty_exceptions_enable=False,
)
COMMANDS = (
    "article",
    "batch",
    "schema",
    "prompts",
    "models",
    "languages",
    "cache",
    "eval",
    "doctor",
    "show",
    "text",
    "--help",
)
GROUPS = {
    "batch": ("run", "export", "submit", "status", "import", "--help"),
    "eval": ("run", "init", "accept", "matrix", "gate", "--help"),
}
"""Commands with `run` among theirs, which may be left out."""

app.command("article")(article_command)
app.command("show")(show_command)
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
    app(spelled_out(sys.argv[1:]), prog_name="summarizer")


def spelled_out(arguments: list[str]) -> list[str]:
    """With the command that is left out: `article` before an article, `run` after `eval` and `batch`."""
    match arguments:
        case [("batch" | "eval") as group, *rest] if not rest or rest[0] not in GROUPS[group]:
            return [group, "run", *rest]
        case [first, *_] if first not in COMMANDS:
            return ["article", *arguments]
    return arguments
