"""`summarizer diff`: what changed from one version of an article, or of its record, to the next."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.article import Format, format_of, refuse_loss
from summarizer.cli.exit_codes import CHANGED, USAGE, fail, reported_errors, say
from summarizer.cli.options import PrivateHosts

if TYPE_CHECKING:
    from summarizer.versions import Diff, Disagreements
    from summarizer.versions.change import Section
    from summarizer.versions.reports.report import Report


def diff_command(
    old: Annotated[
        str,
        typer.Argument(
            help="A file, an address, also of a page in an archive (https://web.archive.org/web/...), a saved "
            "record, or - for standard input.",
            metavar="OLD",
        ),
    ],
    new: Annotated[
        str | None,
        typer.Argument(
            help="The same, later. Without it: values inside OLD that disagree, as rules find them.",
            metavar="NEW",
            show_default=False,
        ),
    ] = None,
    only: Annotated[
        str | None,
        typer.Option(
            help="Nothing but these, with commas: headline, figures, dates, names, quotes, speakers, statements, "
            "disagreements.",
            metavar="SECTIONS",
        ),
    ] = None,
    threshold: Annotated[
        int,
        typer.Option(min=0, help="Words of weight from which on an edit is told and not only counted."),
    ] = 1,
    view: Annotated[
        Format | None, typer.Option("--format", "-f", help="Default: by the ending of FILE, else terminal.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to FILE instead of standard output.", metavar="FILE")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a FILE that is no earlier output.")] = False,
    allow_private_hosts: PrivateHosts = None,
) -> None:
    """Print what changed from one version of an article to the next. Exits with 4 when something did."""
    if old == "-" == new:
        fail("the old and the new version can't both be standard input", USAGE)
    with reported_errors():
        chosen, sections = view or format_of(output), _sections(only)
        if chosen == "jsonld":
            fail("schema.org has no form for what changed: choose terminal, markdown, html or json", USAGE)
        for source in (old, new):
            if output and source:
                refuse_loss(source, output, what="version", force=force)
        found = _found(old, new, threshold, sections, allow_private_hosts)
        _write(found, chosen, output)
    if not found.is_empty:
        raise typer.Exit(CHANGED)


def _sections(only: str | None) -> tuple[Section, ...]:
    """Those that are named, or all. Raises SettingsError for one that there is not."""
    from summarizer.errors import SettingsError
    from summarizer.versions.change import SECTIONS

    if only is None:
        return SECTIONS
    named = [name.strip() for name in only.split(",") if name.strip()]
    if unknown := [name for name in named if name not in SECTIONS] or ([] if named else [only]):
        raise SettingsError(f"--only {unknown[0]!r}: there is no such section, but {', '.join(SECTIONS)}")
    return tuple(section for section in SECTIONS if section in named)


def _found(
    old: str, new: str | None, threshold: int, sections: tuple[Section, ...], allow_private_hosts: bool | None
) -> Diff | Disagreements:
    from summarizer.settings import Settings
    from summarizer.versions import compare, find_disagreements

    allowed = Settings.load(allow_private_hosts=allow_private_hosts).allow_private_hosts
    if new is None:
        return find_disagreements(_given(old), allow_private_hosts=allowed)
    diff = compare(_given(old), _given(new), threshold=threshold, allow_private_hosts=allowed)
    return diff.only(sections)


def _given(source: str) -> str | bytes | Path:
    """What the command line means by it: standard input, an address, else a file."""
    from summarizer.reading.source.raw_source import is_address, read_stdin

    if source == "-":
        return read_stdin()
    return source if is_address(source) else Path(source)


def _write(found: Diff | Disagreements, view: Format, output: Path | None) -> None:
    """The report to a file or to standard output. Where nothing changed, terminal and Markdown have nothing."""
    from summarizer.versions.reports.report import report_of
    from summarizer.written import write_file

    report = report_of(found)
    if found.is_empty and report.counted:
        say(f"nothing changed but what is not listed: {report.counted}")
    text = _rendered(found, report, view, is_screen=output is None and sys.stdout.isatty())
    if output:
        write_file(output, text)
    else:
        sys.stdout.write(text)


def _rendered(found: Diff | Disagreements, report: Report, view: Format, *, is_screen: bool) -> str:
    from summarizer.versions.reports import html, markdown, terminal
    from summarizer.views import json

    match view:
        case "json":
            return json.render(found) + "\n"
        case "html":
            return html.page(report)
        case "markdown":
            return markdown.render(report)
        case _:
            return terminal.on_screen(report) if is_screen else terminal.render(report)
