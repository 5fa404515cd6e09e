"""`summarizer text`: the clean text of an article, by the numbers that evidence names."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from summarizer.cli.exit_codes import reported_errors, say
from summarizer.cli.options import PrivateHosts, Source, read
from summarizer.setting_descriptions import DESCRIPTIONS

if TYPE_CHECKING:
    from summarizer.article import Article


def text_command(
    source: Source,
    view: Annotated[
        Literal["text", "json"],
        typer.Option("--format", "-f", help="json: the `article` of a record, with text, sentences and offsets."),
    ] = "text",
    raw: Annotated[bool | None, typer.Option("--raw", help=DESCRIPTIONS["raw"], show_default=False)] = None,
    allow_private_hosts: PrivateHosts = None,
) -> None:
    """Print an article's clean text, each sentence behind the number by which records cite it; (?) marks one that may
    be of the page around it."""
    from summarizer.settings import Settings

    with reported_errors():
        article = read(source, Settings.load(raw=raw, allow_private_hosts=allow_private_hosts))
        if view == "json":
            typer.echo(_as_json(article))
        else:
            _print(_lines(article))
    if article.status != "ok":
        say(f"{article.status}: {article.status_reason}")


def _as_json(article: Article) -> str:
    from summarizer.record import ArticleInfo
    from summarizer.views import json

    return json.render(ArticleInfo.of(article, with_text=True))


def _print(lines: Iterable[str]) -> None:
    """A line a sentence, broken between words where a terminal is narrower."""
    from rich.console import Console
    from rich.text import Text

    from summarizer.views.terminal import WIDEST

    console = Console(file=sys.stdout)
    for line in lines:
        console.print(Text(line), width=min(console.width, WIDEST), soft_wrap=not console.is_terminal)


def _lines(article: Article) -> Iterator[str]:
    """A line a sentence, a blank one between paragraphs; the title is number 0."""
    from summarizer.article import TITLE_NUMBER

    if article.title:
        yield _line(TITLE_NUMBER, article.title)
    paragraph = 0
    for sentence in article.sentences:
        if sentence.paragraph != paragraph and (paragraph or article.title):
            yield ""
        paragraph = sentence.paragraph
        yield _line(sentence.number, article.sentence_text(sentence.number), sentence.number in article.doubtful)


def _line(number: int, text: str, is_doubtful: bool = False) -> str:
    from summarizer.prompts import DOUBT
    from summarizer.views.printable import printable

    return f"[{number}] {f'{DOUBT} ' if is_doubtful else ''}{' '.join(printable(text).split())}"
