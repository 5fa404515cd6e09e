"""Arguments and options that several commands take."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import update_wrapper
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_type_hints

import typer

from summarizer.cli.exit_codes import say
from summarizer.setting_descriptions import DESCRIPTIONS

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.batch.input.inputs import Inputs
    from summarizer.settings import Settings


def is_piped() -> bool:
    """Whether a file or another program stands at standard input, and not a terminal or nothing."""
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (AttributeError, OSError, ValueError):  # it is closed, or none of the system's
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISREG(mode) or stat.S_ISSOCK(mode)


def _piped() -> str:
    """What is read when nothing is named; empty where nothing is piped in either."""
    return "-" if is_piped() else ""


def _demanded(ctx: typer.Context, param: typer.CallbackParam, named: str) -> str:
    """What is read. Raises BadParameter where that is nothing, unless a shell only asks how a line may go on."""
    if named or ctx.resilient_parsing:
        return named
    others = [f" {each.metavar}" for each in ctx.command.params if each.required and each.metavar]
    what = str(param.metavar).lower()
    piped = f"{ctx.command_path}{''.join(others)} < {_PIPED[what]}"
    raise typer.BadParameter(f"name {'an' if what[0] in 'aeiou' else 'a'} {what}, or pipe one in: {piped}")


_PIPED = {"article": "article.txt", "record": "record.json"}


def source_argument(metavar: Literal["ARTICLE", "RECORD"], what: str) -> Any:
    """An argument that is what is piped in where nothing is named."""
    return typer.Argument(
        help=f"{what} Default: what is piped in.",
        metavar=metavar,
        default_factory=_piped,
        callback=_demanded,
        show_default=False,
    )


Source = Annotated[
    str,
    source_argument(
        "ARTICLE", "A file (text, Markdown, HTML, .eml), an address (https://...), or - for standard input."
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
SchemaOption = Annotated[
    Path | None, typer.Option("--schema", help=DESCRIPTIONS["own_schema"], metavar="FILE", show_default=False)
]
Language = Annotated[str | None, typer.Option(help=DESCRIPTIONS["language"])]


PrivateHosts = Annotated[
    bool | None,
    typer.Option("--allow-private-hosts", help=DESCRIPTIONS["allow_private_hosts"]),
]

CacheOption = Annotated[
    bool | None,
    typer.Option(
        "--cache/--no-cache",
        help="Keep replies, and do not ask again what was answered (see `summarizer cache info`).",
        show_default=False,
    ),
]


@dataclass(frozen=True)
class ModelOptions:
    """Who is asked, and what."""

    model: ModelOption = None
    base_url: BaseUrl = None
    prompt: PromptOption = None
    own_schema: SchemaOption = None

    def settings(self, **others: Any) -> Settings:
        """The settings by these options and `others`, where they are given."""
        from summarizer.settings import Settings

        return Settings.load(**vars(self), **others)


@dataclass(frozen=True)
class RequestOptions(ModelOptions):
    """What is asked of articles from anywhere."""

    language: Language = None
    allow_private_hosts: PrivateHosts = None


@dataclass(frozen=True)
class RecordOptions(RequestOptions):
    """How records are made."""

    recipe: Annotated[Literal["extractive", "one_request"] | None, typer.Option(help=DESCRIPTIONS["recipe"])] = None
    reasoning: Annotated[
        Literal["none", "low", "medium", "high"] | None,
        typer.Option(help=DESCRIPTIONS["reasoning"], show_default=False),
    ] = None
    with_text: Annotated[
        bool | None, typer.Option("--with-text", help=DESCRIPTIONS["with_text"], show_default=False)
    ] = None
    cache: CacheOption = None
    """On, off, or (None) as the settings say."""

    def settings(self, **others: Any) -> Settings:
        """The settings by these options and `others`, where they are given."""
        from summarizer.settings import Settings

        settings = Settings.load(**{**vars(self), "cache": None}, **others)
        if self.cache is None:
            return settings
        from summarizer.models.cache import default_cache

        return settings.model_copy(update={"cache": (settings.cache or default_cache()) if self.cache else None})


@dataclass(frozen=True)
class InputOptions:
    """Where the articles of a batch come from."""

    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            help="Files, folders, patterns ('news/**/*.html'); tables (.jsonl, .csv, .parquet), a row an article; "
            "addresses, or a .txt of them; feeds (.rss, .atom, .xml); - for JSONL on standard input. "
            "Default: what is piped in.",
            metavar="INPUT",
            show_default=False,
        ),
    ] = None
    feed: Annotated[
        list[str] | None,
        typer.Option("--feed", help="A feed at this address or in this file; again for more.", metavar="FEED"),
    ] = None
    text_field: Annotated[str, typer.Option(help="Column or field of the text.")] = "text"
    title_field: Annotated[str, typer.Option(help="Of the title.")] = "title"
    url_field: Annotated[str, typer.Option(help="Of the address; it is fetched where there is no text.")] = "url"
    id_field: Annotated[str, typer.Option(help="Of what the row is known by.")] = "id"
    date_field: Annotated[str, typer.Option(help="Of the date of publication.")] = "date"

    def named(self, settings: Settings, *own: Path | None) -> Inputs:
        """The inputs but for the files that are the batch's `own`. Raises what `Inputs.check` does."""
        from summarizer.batch.input.inputs import Inputs
        from summarizer.batch.input.rows import Fields

        fields = Fields(self.text_field, self.title_field, self.url_field, self.id_field, self.date_field)
        ours = frozenset(path.resolve() for path in own if path)
        inputs = self.inputs or (["-"] if not self.feed and is_piped() else ())
        named = Inputs(tuple(inputs), tuple(self.feed or ()), fields, settings.allow_private_hosts, ours)
        named.check()
        return named


def say_idle(given: Mapping[str, object], settings: Settings) -> None:
    """Says which of these options do nothing, as no model is asked or its answers are there already."""
    from summarizer.models.choosing import EXTRACTIVE, REPLAY, default_model

    name = default_model(settings)
    if name == EXTRACTIVE:
        named = given.get("model") if given.get("model") != EXTRACTIVE else None
        files = _only_told(settings.prompt) if given.get("prompt") else ()
        options = {"model": named, **{option: given.get(option) for option in FOR_MODELS}}
        say_unused(options, "no model is asked", *files)
    elif name.startswith(REPLAY):
        say_unused({option: given.get(option) for option in FOR_SERVERS}, "the answers are recorded ones")


FOR_SERVERS = ("base_url", "reasoning", "cache")
FOR_MODELS = (*FOR_SERVERS, "language", "record", "max_tokens")


def _only_told(prompt: str | Path) -> list[str]:
    """What of a prompt's folder does nothing where no model is asked; its fields do something. Raises PromptError."""
    from summarizer.prompts import load_prompt, only_told

    load_prompt(prompt)
    return [f"{prompt}/{name}" for name in only_told(prompt)] if isinstance(prompt, Path) else []


def say_unused(given: Mapping[str, object], why: str, *others: str) -> None:
    """Says that those options which are given do nothing, nor what else is named."""
    names = [*(f"--{name.replace('_', '-')}" for name, value in given.items() if value), *others]
    if names:
        say(f"{' and '.join(names)} {'does' if len(names) == 1 else 'do'} nothing here: {why}")


def grouped(command: Callable[..., None]) -> Callable[..., None]:
    """The command as typer takes it: each of its dataclasses of options spelled out, in the place where it stands."""
    hints = get_type_hints(command, include_extras=True)
    groups: dict[str, Any] = {name: kind for name, kind in hints.items() if is_dataclass(kind)}
    parameters: list[Parameter] = []
    for parameter in signature(command).parameters.values():
        for name, default, hint in _options(parameter, hints[parameter.name]):
            parameters.append(Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=hint))

    def spelled_out(**given: Any) -> None:
        for name, kind in groups.items():
            given[name] = kind(**{option.name: given.pop(option.name) for option in fields(kind)})
        command(**given)

    update_wrapper(spelled_out, command)
    spelled_out.__signature__ = Signature(parameters)  # type: ignore[attr-defined]  # what typer goes by
    spelled_out.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return spelled_out


def _options(parameter: Parameter, hint: Any) -> Iterator[tuple[str, Any, Any]]:
    """Names, defaults and types of a parameter, or of the options that it stands for."""
    if not is_dataclass(hint):
        yield parameter.name, parameter.default, hint
        return
    hints = get_type_hints(hint, include_extras=True)
    yield from ((option.name, option.default, hints[option.name]) for option in fields(hint))


def read(source: str, settings: Settings) -> Article:
    """The article in a file, at an address or on standard input."""
    from summarizer.errors import SourceNotFound
    from summarizer.reading import read_article
    from summarizer.reading.source.fetch import without_userinfo
    from summarizer.reading.source.raw_source import is_address, read_stdin
    from summarizer.reading.source.web_address import fault_of, meant_by

    if source.startswith(("http://", "https://")) and (fault := fault_of(source)):
        raise SourceNotFound(f"{without_userinfo(source)} is no address: {fault}")
    if is_address(source):
        return read_article(source, raw=settings.raw, allow_private_hosts=settings.allow_private_hosts)
    if Path(source).is_dir():
        every = f"summarizer batch {source} -o records.jsonl"
        raise SourceNotFound(f"{source} is a folder. Name one file in it; for all of them: {every}")
    if (meant := meant_by(source)) and not Path(source).exists():
        raise SourceNotFound(f"{source}: there is no such file. For the page of this address: summarizer {meant}")
    return read_article(read_stdin() if source == "-" else Path(source), raw=settings.raw)
