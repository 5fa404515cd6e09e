"""`summarizer article`: one article in, one record out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.cli.ending import NOT_OK, errors, reported_errors, say
from summarizer.cli.options import (
    BaseUrl,
    CacheOption,
    Language,
    ModelOption,
    PrivateHosts,
    PromptOption,
    ReasoningOption,
    RecipeOption,
    Source,
    loaded,
    read,
)

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.settings import Settings
    from summarizer.summary import Summary


class Format(StrEnum):
    """How a record is written out."""

    terminal = "terminal"
    markdown = "markdown"
    json = "json"
    jsonld = "jsonld"


SUFFIXES = {".json": Format.json, ".md": Format.markdown, ".jsonld": Format.jsonld}


def article_command(
    source: Source,
    model: ModelOption = None,
    base_url: BaseUrl = None,
    prompt: PromptOption = None,
    recipe: RecipeOption = None,
    reasoning: ReasoningOption = None,
    language: Language = None,
    view: Annotated[
        Format | None, typer.Option("--format", "-f", help="Default: by the ending of FILE, else terminal.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to FILE instead of standard output.", metavar="FILE")
    ] = None,
    record: Annotated[
        Path | None, typer.Option(help="Keep every reply in DIR, for --model replay:DIR.", metavar="DIR")
    ] = None,
    cache: CacheOption = None,
    allow_private_hosts: PrivateHosts = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Nothing on standard error but errors.")] = False,
) -> None:
    """Summarise one article."""
    from summarizer.pipeline import summarize

    with reported_errors():
        settings = loaded(
            model=model,
            base_url=base_url,
            prompt=prompt,
            recipe=recipe,
            reasoning=reasoning,
            language=language,
            allow_private_hosts=allow_private_hosts,
            record=record,
            cache=cache,
        )
        with progress(settings, quiet) as notify:
            article = read(source, settings)
            summary = summarize(article, settings=settings, notify=notify)
        write(summary, article, view or SUFFIXES.get(output.suffix if output else "", Format.terminal), output)
    if summary.status != "ok":
        say(f"{summary.status}: {summary.status_reason}")
        raise typer.Exit(NOT_OK)


def write(summary: Summary, article: Article, view: Format, output: Path | None) -> None:
    """The record in a view, to a file or to standard output. Raises OutputFailed for a file that can't be written."""
    if view is Format.terminal and output is None:
        from summarizer.views.terminal import show

        return show(summary, article)
    text = rendered(summary, article, view).rstrip() + "\n"
    if output is None:
        sys.stdout.write(text)
        return None
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        from summarizer.errors import OutputFailed

        raise OutputFailed(f"{output}: {error.strerror}") from error
    return None


def rendered(summary: Summary, article: Article, view: Format) -> str:
    """The record as text of this format."""
    from summarizer.views import jsonld, markdown, record, terminal

    match view:
        case Format.json:
            return record.render(summary)
        case Format.jsonld:
            return jsonld.render(summary)
        case Format.markdown:
            return markdown.render(summary, article)
        case Format.terminal:
            return terminal.render(summary, article, color=False)


@contextmanager
def progress(settings: Settings, quiet: bool) -> Iterator[Any]:
    """Says which model works, then what it is asked, on standard error; yields the pipeline's `notify`."""
    from summarizer.models.connect import announce

    if quiet:
        yield None
        return
    console = errors()
    console.print(announce(settings), style="dim", markup=False, highlight=False, soft_wrap=True)
    with console.status("reading ...") as status:
        yield lambda request: status.update(f"asking: {request.purpose} ...")
