"""Arguments and options that several commands take."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.setting_descriptions import DESCRIPTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from summarizer.article import Article
    from summarizer.batch.input.inputs import Inputs
    from summarizer.batch.input.rows import Fields
    from summarizer.settings import Settings

Source = Annotated[
    str,
    typer.Argument(
        help="A file (text, Markdown, HTML, .eml), an address (https://...), or - for standard input.",
        metavar="ARTICLE",
    ),
]
ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        "-m",
        help=f"{DESCRIPTIONS['model']} See `summarizer models list`.",
    ),
]
BaseUrl = Annotated[str | None, typer.Option(help=DESCRIPTIONS["base_url"])]
PromptOption = Annotated[
    str | None,
    typer.Option("--prompt", "-p", help=DESCRIPTIONS["prompt"]),
]
Language = Annotated[str | None, typer.Option(help=DESCRIPTIONS["language"])]


class RecipeChoice(StrEnum):
    """The recipes by name."""

    extractive = "extractive"
    one_request = "one_request"


class ReasoningChoice(StrEnum):
    """How much a model thinks before it answers."""

    none = "none"
    low = "low"
    medium = "medium"
    high = "high"


ReasoningOption = Annotated[
    ReasoningChoice | None,
    typer.Option(help=DESCRIPTIONS["reasoning"], show_default=False),
]

RecipeOption = Annotated[RecipeChoice | None, typer.Option("--recipe", help=DESCRIPTIONS["recipe"])]

PrivateHosts = Annotated[
    bool | None,
    typer.Option("--allow-private-hosts", help=DESCRIPTIONS["allow_private_hosts"]),
]

RawOption = Annotated[
    bool | None,
    typer.Option("--raw", help=DESCRIPTIONS["raw"], show_default=False),
]

InputArguments = Annotated[
    list[str] | None,
    typer.Argument(
        help="Files, folders, patterns ('news/**/*.html'); tables (.jsonl, .csv, .parquet), a row an article; "
        "addresses, or a .txt of them; feeds (.rss, .atom, .xml); - for JSONL on standard input.",
        metavar="INPUT...",
        show_default=False,
    ),
]
Feeds = Annotated[
    list[str] | None,
    typer.Option("--feed", help="A feed at this address or in this file; again for more.", metavar="FEED"),
]
TextField = Annotated[str, typer.Option(help="Column or field of the text.")]
TitleField = Annotated[str, typer.Option(help="Of the title.")]
UrlField = Annotated[str, typer.Option(help="Of the address; it is fetched where there is no text.")]
IdField = Annotated[str, typer.Option(help="Of what the row is known by.")]
DateField = Annotated[str, typer.Option(help="Of the date of publication.")]

CacheOption = Annotated[
    bool | None,
    typer.Option(
        "--cache/--no-cache",
        help="Keep replies, and do not ask again what was answered (see `summarizer cache info`).",
        show_default=False,
    ),
]


def loaded(*, cache: bool | None, **options: Any) -> Settings:
    """The settings by these options, where they are given; the cache is on, off, or (None) as the settings say."""
    from summarizer.settings import Settings

    settings = Settings.load(**options)
    if cache is None:
        return settings
    from summarizer.models.cache import default_cache

    return settings.model_copy(update={"cache": (settings.cache or default_cache()) if cache else None})


def named_inputs(
    inputs: list[str] | None, feeds: list[str] | None, fields: Fields, settings: Settings, own: Iterable[Path | None]
) -> Inputs:
    """The inputs of a batch but for the files that are its `own`. Raises what `Inputs.check` does."""
    from summarizer.batch.input.inputs import Inputs

    ours = frozenset(path.resolve() for path in own if path)
    named = Inputs(tuple(inputs or ()), tuple(feeds or ()), fields, settings.allow_private_hosts, ours)
    named.check()
    return named


def read(source: str, settings: Settings) -> Article:
    """The article in a file, at an address or on standard input."""
    from summarizer.reading import read_article
    from summarizer.reading.source.raw_source import is_address, read_stdin

    if is_address(source):
        return read_article(source, raw=settings.raw, allow_private_hosts=settings.allow_private_hosts)
    return read_article(read_stdin() if source == "-" else Path(source), raw=settings.raw)
