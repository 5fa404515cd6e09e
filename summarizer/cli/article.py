"""`summarizer article`: one article in, one record out."""

from __future__ import annotations

import json
import os
import re
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from summarizer.cli.exit_codes import DOUBTED, NOT_OK, errors, reported_errors, say
from summarizer.cli.options import RecordOptions, Source, grouped, read, say_idle, say_unused
from summarizer.setting_descriptions import DESCRIPTIONS

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.models.base import Request
    from summarizer.record import Summary
    from summarizer.settings import Settings
    from summarizer.views.live import LiveRecord


Format = Literal["terminal", "markdown", "html", "json", "jsonld"]
"""How a record is written out."""

Full = Annotated[bool, typer.Option("--full", help="All of the record on the terminal, not a screen of it.")]

SUFFIXES: dict[str, Format] = {
    ".txt": "terminal",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".jsonld": "jsonld",
}


def _point_to_rehearsals(wanted: bool) -> None:
    """Raises BadParameter: this command asks."""
    if wanted:
        raise typer.BadParameter(
            "it is for many articles: `summarizer batch ARTICLE --dry-run` says what one would take, too; "
            "`summarizer prompts render ARTICLE` shows what a model would be sent"
        )


@grouped
def article_command(
    source: Source,
    options: RecordOptions,
    view: Annotated[
        Format | None, typer.Option("--format", "-f", help="Default: by the ending of FILE, else terminal.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to FILE instead of standard output.", metavar="FILE")
    ] = None,
    record: Annotated[Path | None, typer.Option(help=DESCRIPTIONS["record"], metavar="DIR")] = None,
    raw: Annotated[bool | None, typer.Option("--raw", help=DESCRIPTIONS["raw"], show_default=False)] = None,
    show_removed: Annotated[
        bool, typer.Option("--show-removed", help="List what was removed from the source, each with its rule.")
    ] = False,
    live: Annotated[
        bool, typer.Option("--stream/--no-stream", help="Show the record as it is written, on a terminal.")
    ] = True,
    fail_on: Annotated[
        Literal["error", "warning"] | None,
        typer.Option(help="Exit with 3 when the record has a finding of this severity, or a graver one."),
    ] = None,
    full: Full = False,
    rehearsed: Annotated[bool, typer.Option("--dry-run", hidden=True, callback=_point_to_rehearsals)] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over a FILE that is no earlier output.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Nothing on standard error but errors.")] = False,
) -> None:
    """Summarise one article."""
    with reported_errors():
        if output:
            refuse_loss(source, output, what="article", force=force)
        chosen = view or format_of(output)
        settings = options.settings(raw=raw, record=record)
        if not quiet:
            say_idle({**vars(options), "record": record}, settings)
            say_unused(
                {"allow_private_hosts": options.allow_private_hosts and "://" not in source}, "no page is fetched"
            )
            say_unused({"force": force and output is None}, "no file is written")
        is_watched = live and chosen == "terminal" and output is None and sys.stdout.isatty()
        with progress(settings, quiet, is_watched) as shown:
            article = read(source, settings)
            summary = shown.summarized(article, settings)
        raw_too = ["--raw"] if settings.raw else []
        check = shlex.join(["summarizer", "text", *raw_too, "FILE" if source == "-" else source])
        write(summary, article, chosen, output, full=full, check=check)
        if show_removed:
            list_removed(article, err=chosen != "terminal" or output is not None)
    if summary.status != "ok":
        say(f"{summary.status}: {summary.status_reason}")
        raise typer.Exit(NOT_OK)
    if fail_on and (found := doubts(summary, fail_on)):
        say(f"the record has {found}")
        raise typer.Exit(DOUBTED)


def format_of(output: Path | None) -> Format:
    """By the ending of the file. Raises SettingsError for one that no format has."""
    if output is None or not output.suffix:
        return "terminal"
    if found := SUFFIXES.get(output.suffix.lower()):
        return found
    from summarizer.errors import SettingsError

    endings, formats = ", ".join(SUFFIXES), ", ".join(get_args(Format))
    raise SettingsError(f"{output}: no format ends so. There are {endings}; or name one with --format: {formats}")


def doubts(summary: Summary, least: Literal["error", "warning"]) -> str:
    """How many findings are as grave as this, or graver; empty for none."""
    from summarizer.views.labels import SEVERITIES, tally

    grave = SEVERITIES[: SEVERITIES.index(least) + 1]
    return tally(finding for finding in summary.findings if finding.severity in grave)


RUN_LINE = re.compile(r" · (?:[\d.]+ s|\d+ ms)(?: · |$)")
"""What the last line of a record says wherever it is shown."""

JSONLD_START = '{\n  "@context": "https://schema.org",\n  "@type": "NewsArticle",'


def refuse_loss(source: str, output: Path, *, what: str, force: bool) -> None:
    """Raises OutputFailed when the file is what is read, or something that was not written here and is not
    to be written over by `force`; also where no file can be."""
    from summarizer.errors import OutputFailed
    from summarizer.written import demand_place

    demand_place(output)
    if not output.is_file():
        return
    if _is_input(source, output):
        raise OutputFailed(f"{output} is the {what} itself. Name another file with -o.")
    if not force and not is_earlier_output(output):
        raise OutputFailed(f"{output} is there already, and holds no record. Name another file, or add --force.")


def _is_input(source: str, output: Path) -> bool:
    if source == "-":
        return os.path.samestat(os.fstat(sys.stdin.fileno()), output.stat())
    return Path(source).is_file() and output.samefile(source)


def is_earlier_output(path: Path) -> bool:
    """Whether the file holds nothing, or a record or a diff in one of the formats."""
    from summarizer.versions.reports import html as diff_html
    from summarizer.versions.reports.report import TITLE
    from summarizer.views import html
    from summarizer.views.labels import STATUSES

    text = path.read_text(encoding="utf-8", errors="replace").strip()
    if not text or text.startswith(JSONLD_START) or html.is_page(text) or diff_html.is_page(text):
        return True
    if text.startswith("{"):
        return _is_record(text)
    titles = {title.casefold() for title in (*STATUSES.values(), TITLE)}
    first = next((line for line in text.splitlines() if any(map(str.isalpha, line))), "")
    last = " ".join(text.split("\n\n")[-1].split())
    return first.strip("#┃ ").casefold() in titles or bool(RUN_LINE.search(last))


def _is_record(text: str) -> bool:
    """Whether it is the JSON of a record or of a diff."""
    from summarizer.reading.source.content_type import RECORD_KEYS

    try:
        fields = json.loads(text)
    except ValueError:
        return False
    return isinstance(fields, dict) and (fields.keys() >= RECORD_KEYS or "disagreements" in fields)


def write(
    summary: Summary, article: Article, view: Format, output: Path | None, *, full: bool, check: str | None = None
) -> None:
    """The record in a view, to a file or to standard output. Raises OutputFailed for a file that can't be written."""
    if view == "terminal" and output is None:
        from summarizer.views.terminal import show

        return show(summary, article, full=full, check=check)
    text = rendered(summary, article, view, full=full, check=check).rstrip() + "\n"
    if output is None:
        sys.stdout.write(text)
        return None
    from summarizer.written import write_file

    write_file(output, text)
    return None


def list_removed(article: Article, *, err: bool) -> None:
    """What was removed, a line each, below the record on a terminal, else on standard error."""
    from summarizer.views.labels import removed_texts
    from summarizer.views.printable import printable

    typer.echo("\nRemoved:" if article.removed else "\nNothing was removed.", err=err)
    for line in removed_texts(article):
        typer.echo(f"  {printable(line)}", err=err)


def rendered(summary: Summary, article: Article, view: Format, *, full: bool, check: str | None) -> str:
    """The record as text of this format."""
    from summarizer.views import html, json, jsonld, markdown, terminal

    match view:
        case "json":
            return json.render(summary)
        case "jsonld":
            return jsonld.render(summary)
        case "html":
            return html.page(summary, article)
        case "markdown":
            return markdown.render(summary, article)
        case "terminal":
            return terminal.render(summary, article, color=False, full=full, check=check)


@dataclass(frozen=True)
class Progress:
    """What is said while an article is summarised: nothing, or what goes on now (`say`) and what is to stay (`tell`);
    the record so far, where it is watched."""

    say: Callable[[str], None] | None = None
    tell: Callable[[str], None] | None = None
    live: LiveRecord | None = None

    def summarized(self, article: Article, settings: Settings) -> Summary:
        """The record of the article; before, who makes it, and what is asked."""
        from summarizer.checking.pieces import StreamedPiece
        from summarizer.models.choosing import announce
        from summarizer.pipeline import summarize
        from summarizer.streaming import stream

        notify = partial(self.notify, settings=settings)
        if self.tell:
            self.tell(announce(settings))
        if self.live is None:
            return summarize(article, settings=settings, notify=notify)
        for item in stream(article, settings=settings, notify=notify):
            if isinstance(item, StreamedPiece):
                self.live.add(item, article)
            else:
                summary = item
        return summary

    def notify(self, request: Request, settings: Settings) -> None:
        """Says what the model is asked for, and how long that will take where it can be told."""
        from summarizer.models.connecting import expected

        if self.say and self.tell:
            self.say(f"asking: {request.purpose} ...")
            if duration := expected(settings, request):
                self.tell(f"{request.purpose}: {duration}")


@contextmanager
def progress(settings: Settings, quiet: bool, is_watched: bool) -> Iterator[Progress]:
    """Says on standard error what goes on. Raises what the model or the prompt lacks, before an article is read."""
    from summarizer.models.choosing import EXTRACTIVE, default_model, suited
    from summarizer.models.connecting import require
    from summarizer.spec import prompt_of

    require(default_model(settings), settings)
    prompt_of(suited(settings))
    if quiet:
        yield Progress()
        return
    console = errors()
    tell = partial(console.print, style="dim", markup=False, emoji=False, highlight=False, soft_wrap=True)
    if is_watched and console.is_terminal and default_model(settings) != EXTRACTIVE:
        from summarizer.views.live import LiveRecord

        with LiveRecord(console) as live:
            live.say("reading ...")
            yield Progress(live.say, tell, live)
        return
    with console.status("reading ...") as status:
        yield Progress(status.update, tell)
