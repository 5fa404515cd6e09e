"""The command: `summarizer ARTICLE`, and what goes with it. Heavy imports happen inside the commands."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.settings import Settings
    from summarizer.summary import Summary

OK, NOT_OK, USAGE = 0, 1, 2
"""Exit codes. NOT_OK: no record, or one whose status is not `ok`; the reason is on stderr."""

app = typer.Typer(
    help="Turn an article into a checked, structured record. `summarizer ARTICLE` is short for `article ARTICLE`.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # plain help: rich would double the start-up time
    pretty_exceptions_enable=False,
)
prompts = typer.Typer(help="The prompts that ship, and yours.", no_args_is_help=True)
models = typer.Typer(help="The models: which there are, which work.", no_args_is_help=True)
evals = typer.Typer(help="What a change made better or worse, and how sure that is.", no_args_is_help=True)
app.add_typer(prompts, name="prompts")
app.add_typer(models, name="models")
app.add_typer(evals, name="eval")


class Format(StrEnum):
    """How a record is written out."""

    terminal = "terminal"
    markdown = "markdown"
    json = "json"
    jsonld = "jsonld"


class RecipeChoice(StrEnum):
    """The recipes by name."""

    extractive = "extractive"
    staged = "staged"
    one_request = "one_request"


SUFFIXES = {".json": Format.json, ".md": Format.markdown, ".jsonld": Format.jsonld}

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
        help="provider:model, local, local:PATH.gguf, replay:DIR or extractive. See `summarizer models list`.",
    ),
]
BaseUrl = Annotated[
    str | None, typer.Option(help="Any OpenAI-compatible endpoint; --model is then its own name for the model.")
]
PromptOption = Annotated[
    str | None, typer.Option("--prompt", "-p", help="A prompt that ships, or a folder of yours. Default: news.")
]
Language = Annotated[str | None, typer.Option(help="BCP-47 tag of the written parts. Default: the article's own.")]

PrivateHosts = Annotated[
    bool | None,
    typer.Option("--allow-private-hosts", help="Fetch addresses in private networks and on this machine, too."),
]


@app.command("article")
def article_command(
    source: Source,
    model: ModelOption = None,
    base_url: BaseUrl = None,
    prompt: PromptOption = None,
    recipe: Annotated[RecipeChoice | None, typer.Option(help="Default: what suits the model.")] = None,
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
    allow_private_hosts: PrivateHosts = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Nothing on standard error but errors.")] = False,
) -> None:
    """Summarise one article."""
    from summarizer.pipeline import summarize
    from summarizer.settings import Settings

    with reported_errors():
        settings = Settings.load(
            model=model,
            base_url=base_url,
            prompt=prompt,
            recipe=recipe.value if recipe else None,
            language=language,
            allow_private_hosts=allow_private_hosts,
            record=record,
        )
        with progress(settings, quiet) as notify:
            article = read(source, settings)
            summary = summarize(article, settings=settings, notify=notify)
        write(summary, article, view or SUFFIXES.get(output.suffix if output else "", Format.terminal), output)
    if summary.status != "ok":
        say(f"{summary.status}: {summary.status_reason}")
        raise typer.Exit(NOT_OK)


@app.command("schema")
def schema_command(
    wire: Annotated[bool, typer.Option("--wire", help="What a model is held to, instead of the record.")] = False,
    prompt: PromptOption = None,
) -> None:
    """Print the JSON schema of the record."""
    import json

    with reported_errors():
        if wire:
            from summarizer.prompt import load_prompt
            from summarizer.wire import wire_schema

            schema = wire_schema(load_prompt(prompt or "news").answer)
        else:
            from summarizer.summary import Summary

            schema = Summary.model_json_schema(mode="serialization")
        typer.echo(json.dumps(schema, indent=2, ensure_ascii=False))


@prompts.command("list")
def prompts_list() -> None:
    """The prompts that ship."""
    from summarizer.prompt import load_prompt, shipped_prompts

    with reported_errors():
        for prompt in map(load_prompt, shipped_prompts()):
            typer.echo(f"{prompt.name:10} v{prompt.version}  {prompt.sha256[:12]}  {prompt.config.description}")


@prompts.command("show")
def prompts_show(name: Annotated[str, typer.Argument(help="A prompt that ships, or a folder.")] = "news") -> None:
    """The files of a prompt, as a start for your own."""
    from summarizer.prompt import load_prompt

    with reported_errors():
        prompt = load_prompt(name)
        typer.echo(f"# {prompt.name} v{prompt.version}, {prompt.sha256}\nfields: {', '.join(prompt.fields)}")
        for file, text in sorted(prompt.templates.items()):
            typer.echo(f"\n--- {file}\n{text.rstrip()}")


@prompts.command("render")
def prompts_render(
    source: Source,
    prompt: PromptOption = None,
    language: Language = None,
    allow_private_hosts: PrivateHosts = None,
) -> None:
    """The messages that a model would be sent for this article."""
    from summarizer.prompt import load_prompt
    from summarizer.settings import Settings
    from summarizer.views.terminal import printable

    with reported_errors():
        settings = Settings.load(prompt=prompt, language=language, allow_private_hosts=allow_private_hosts)
        chosen = load_prompt(settings.prompt)
        article = read(source, settings)
        typer.echo(
            f"--- system\n{chosen.system()}\n\n--- user\n{printable(chosen.article(article, settings.language))}"
        )


@models.command("list")
def models_list() -> None:
    """Every provider, its default model, and whether its key is set."""
    from summarizer.models.catalogue import listing

    for line in listing():
        typer.echo(line)


@models.command("pull")
def models_pull(name: Annotated[str, typer.Argument(help="smollm2")] = "smollm2") -> None:
    """Fetch the weights of the embedded model (93 MB) into the cache."""
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

    from summarizer.models.weights import pull

    with (
        reported_errors(),
        Progress(TextColumn("{task.description}"), BarColumn(), DownloadColumn(), console=errors()) as bar,
    ):
        task = bar.add_task(name, total=None)
        path = pull(name, lambda done, total: bar.update(task, completed=done, total=total))
    typer.echo(path)


@models.command("check")
def models_check(
    name: Annotated[str, typer.Argument(help="As for --model.")],
    base_url: BaseUrl = None,
) -> None:
    """Send one tiny structured request and say what works."""
    from summarizer.models.check import check
    from summarizer.settings import Settings

    with reported_errors():
        results = check(name, Settings.load(model=name, base_url=base_url))
    for result in results:
        typer.echo(f"{'ok  ' if result.ok else 'FAIL'}  {result.name:18} {result.detail}")
    if not all(result.ok for result in results):
        raise typer.Exit(NOT_OK)


@evals.callback()
def evals_group() -> None:
    """What a change made better or worse, and how sure that is."""


@evals.command("gate")
def evals_gate(
    base: Annotated[Path, typer.Argument(help="Rows of the run before: JSONL, from any harness.", metavar="BASE")],
    new: Annotated[Path, typer.Argument(help="Rows of the run after.", metavar="NEW")],
    metric: Annotated[
        list[str], typer.Option("--metric", "-m", help="A primary metric; at most three, chosen before looking.")
    ],
) -> None:
    """Compare two runs case by case. Exit code 1 when something regressed or broke, 2 when they can't be compared."""
    from summarizer.evals.gate import gate, read_rows
    from summarizer.evals.report import gate_report

    with reported_errors():
        result = gate(read_rows(base), read_rows(new), metric)
    typer.echo(gate_report(result))
    raise typer.Exit(OK if result.passed else NOT_OK)


# --- what the commands share ------------------------------------------------------------------------------------


def read(source: str, settings: Settings) -> Article:
    """The article in a file, at an address or on standard input."""
    from summarizer.reading import read_article
    from summarizer.reading.sources import is_address, read_stdin

    if is_address(source):
        return read_article(source, allow_private_hosts=settings.allow_private_hosts)
    return read_article(read_stdin() if source == "-" else Path(source))


def write(summary: Summary, article: Article, view: Format, output: Path | None) -> None:
    """The record in a view, to a file or to standard output."""
    if view is Format.terminal and output is None:
        from summarizer.views.terminal import show

        return show(summary, article)
    text = rendered(summary, article, view).rstrip() + "\n"
    if output:
        output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
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
    console.print(announce(settings), style="dim", markup=False, highlight=False)
    with console.status("reading ...") as status:
        yield lambda request: status.update(f"asking: {request.purpose} ...")


@contextmanager
def reported_errors() -> Iterator[None]:
    """Errors made on purpose end as one message and an exit code, never as a traceback."""
    from summarizer.errors import EvalInvalid, ModelNotFound, PromptError, SettingsError, SummarizerError

    try:
        yield
    except (SettingsError, PromptError, ModelNotFound, EvalInvalid) as error:
        fail(str(error), USAGE)
    except SummarizerError as error:
        fail(str(error), NOT_OK)
    except BrokenPipeError:
        raise
    except OSError as error:
        fail(f"{error.filename or ''}: {error.strerror}".lstrip(": "), NOT_OK)


def fail(message: str, code: int) -> NoReturn:
    """Says what was wrong and ends."""
    say(f"error: {message}")
    raise typer.Exit(code)


def say(message: str) -> None:
    """One message on standard error."""
    from summarizer.views.terminal import printable

    typer.echo(printable(message), err=True)


def errors() -> Any:
    """A rich console on standard error."""
    from rich.console import Console

    return Console(stderr=True)


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
