"""`summarizer check`: what any tool has written, against its article."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from summarizer.cli.exit_codes import DOUBTED, USAGE, fail, reported_errors, say
from summarizer.cli.options import PrivateHosts, Source, read

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.outside import Checked
    from summarizer.record import Finding


def check_command(
    record: Annotated[
        str,
        typer.Argument(
            help="A record of `summarizer`, text or Markdown, or other JSON with --map; - for standard input.",
            metavar="RECORD",
        ),
    ],
    source: Source,
    kinds: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            help="What the values of JSON at a path are: statement, quote, name, number or date, as in "
            "--map 'bullets[]=statement'; again for more.",
            metavar="PATH=KIND",
        ),
    ] = None,
    language: Annotated[str | None, typer.Option(help="BCP-47 tag of the record. Default: the article's.")] = None,
    view: Annotated[
        Literal["terminal", "json"], typer.Option("--format", "-f", help="How to write it out.")
    ] = "terminal",
    fail_on: Annotated[
        Literal["error", "warning"] | None,
        typer.Option(help="Exit with 3 when there is a finding of this severity, or a graver one."),
    ] = None,
    allow_private_hosts: PrivateHosts = None,
) -> None:
    """Check what any tool has written against its article."""
    if record == "-" == source:
        fail("the record and the article can't both be standard input", USAGE)
    with reported_errors():
        from summarizer.outside import check
        from summarizer.reading.source.raw_source import read_stdin
        from summarizer.settings import Settings

        settings = Settings.load(allow_private_hosts=allow_private_hosts)
        article = read(source, settings)
        given = read_stdin() if record == "-" else Path(record)
        checked = check(given, article, kinds=_kinds(kinds or []), language=language)
    if view == "json":
        from summarizer.views.json import ACTING, escape

        sys.stdout.write(escape(checked.model_dump_json(indent=2), ACTING) + "\n")
    else:
        show(checked, article)
    if fail_on and any(finding.severity in ("error", fail_on) for finding in checked.findings):
        raise typer.Exit(DOUBTED)


def _kinds(options: list[str]) -> dict[str, str]:
    if wrong := [option for option in options if "=" not in option]:
        fail(f"--map {wrong[0]!r}: write PATH=KIND, as in 'bullets[]=statement'", USAGE)
    return {path: kind for path, _, kind in (option.rpartition("=") for option in options)}


def show(checked: Checked, article: Article) -> None:
    """The findings, each beneath its statement, and what was not checked."""
    from summarizer.views.labels import tally
    from summarizer.views.printable import printable

    for statement in checked.statements:
        if statement.findings:
            typer.echo(printable(f"{statement.path}: {statement.text}"))
            list(map(_tell, statement.findings))
            for span in statement.closest:
                typer.echo(printable(f"    closest is [{article.number_of(span)}] {' '.join(span.text.split())}"))
            typer.echo()
    if not checked.statements:
        list(map(_tell, checked.findings))
    if checked.unmapped:
        say(f"not checked, as nobody said what they are: {', '.join(checked.unmapped)}")
    number = len(checked.statements)
    what = f"{number} statement{'s' * (number != 1)} checked" if number else "the record checked"
    say(f"{what}: {tally(checked.findings) or 'no findings'}. What has none may still be wrong.")


def _tell(finding: Finding) -> None:
    from summarizer.views.labels import place
    from summarizer.views.printable import printable

    where = "" if " " in finding.path or not finding.path else f"{place(finding.path)}: "
    typer.echo(printable(f"  {finding.severity}: {where}{finding.message}"))
