"""`summarizer prompts`: the prompts that ship, yours, and what a model is held to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.exit_codes import reported_errors, say
from summarizer.cli.options import Language, PrivateHosts, PromptOption, Source, read

if TYPE_CHECKING:
    from summarizer.prompts import Prompt

NamedPrompt = Annotated[str, typer.Argument(help="A prompt that ships, or a folder.")]

prompts = typer.Typer(help="The prompts that ship, and yours.", no_args_is_help=True)


def schema_command(
    wire: Annotated[bool, typer.Option("--wire", help="What a model is held to, instead of the record.")] = False,
    prompt: PromptOption = None,
) -> None:
    """Print the JSON schema of the record."""
    import json

    from summarizer.prompts import load_prompt
    from summarizer.settings import named_prompt

    with reported_errors():
        chosen = load_prompt(named_prompt(prompt or "news"))
        if wire:
            from summarizer.answer_schema import wire_schema

            schema = wire_schema(chosen.answer)
        else:
            from summarizer.record import Summary

            if prompt:
                say("--prompt does nothing without --wire: the record's schema is the same whatever the prompt")
            schema = Summary.model_json_schema(mode="serialization")
        typer.echo(json.dumps(schema, indent=2, ensure_ascii=False))


@prompts.command("list")
def prompts_list() -> None:
    """The prompts that ship."""
    from summarizer.prompts import load_prompt, shipped_prompts

    with reported_errors():
        for prompt in map(load_prompt, shipped_prompts()):
            typer.echo(f"{prompt.name:10} v{prompt.version}  {prompt.sha256[:12]}  {prompt.config.description}")


@prompts.command("new")
def prompts_new(
    folder: Annotated[Path, typer.Argument(help="The folder to write; it is not there yet, or empty.")],
    base: Annotated[str, typer.Option("--from", help="The prompt that ships which stands in for all that lacks.")] = (
        "news"
    ),
) -> None:
    """Write the folder of a prompt of your own, which runs as it is."""
    from summarizer.prompts import write_prompt

    with reported_errors():
        write_prompt(folder, base)
        named = folder if len(folder.parts) > 1 else f"./{folder}"
        typer.echo(f"{folder}/prompt.toml  what to ask for; what it does not say is as in {base}")
        typer.echo(f"{folder}/extra.md     rules of your own, added to the system message")
        typer.echo(f"\nsummarizer ARTICLE --prompt {named}\nsummarizer prompts diff {base} {named}")


@prompts.command("show")
def prompts_show(
    name: NamedPrompt = "news",
    file: Annotated[
        str | None, typer.Argument(help="One of its files alone, as system.md, to be copied.", show_default=False)
    ] = None,
) -> None:
    """The files of a prompt, as a start for your own."""
    from summarizer.errors import PromptNotFound, meant
    from summarizer.prompts import load_prompt
    from summarizer.settings import named_prompt
    from summarizer.views.printable import printable

    with reported_errors():
        prompt = load_prompt(named_prompt(name))
        if file is None:
            typer.echo(printable("\n".join(_shown(prompt))))
        elif file in prompt.templates:
            typer.echo(prompt.templates[file], nl=False)
        else:
            there = ", ".join(sorted(prompt.templates))
            raise PromptNotFound(f"{prompt.name} has no {file}{meant(file, prompt.templates)}; there are {there}")


def _shown(prompt: Prompt) -> Iterator[str]:
    yield f"# {prompt.name} v{prompt.version}, {prompt.sha256}\nfields: {', '.join(prompt.fields)}"
    for example in prompt.examples:
        yield f"example {example.name}: {example.article.title or example.article.text[:60]}"
        yield from (f"  {doubt.severity} {doubt.path}: {doubt.message}" for doubt in example.doubts)
    for file, text in sorted(prompt.templates.items()):
        yield f"\n--- {file}\n{text.rstrip()}"


@prompts.command("diff")
def prompts_diff(
    old: Annotated[str, typer.Argument(metavar="A", help="A prompt that ships, or a folder.")],
    new: Annotated[str, typer.Argument(metavar="B", help="The same.")],
) -> None:
    """What differs between two prompts: settings, fields and what is sent, as a unified diff."""
    from summarizer.prompts import differences, load_prompt
    from summarizer.settings import named_prompt
    from summarizer.views.printable import printable

    with reported_errors():
        before, after = (load_prompt(named_prompt(name)) for name in (old, new))
        lines = [*differences(before, after)]
        for line in lines:
            typer.echo(printable(line))
        if not lines:
            say("nothing differs" if before.sha256 == after.sha256 else "nothing differs that a model is sent")


@prompts.command("render")
def prompts_render(
    source: Source,
    prompt: PromptOption = None,
    language: Language = None,
    allow_private_hosts: PrivateHosts = None,
) -> None:
    """The messages that a model would be sent for this article."""
    from summarizer.models.choosing import suited
    from summarizer.prompts import load_prompt
    from summarizer.recipes.asking import record_request
    from summarizer.settings import Settings
    from summarizer.views.printable import printable

    with reported_errors():
        settings = Settings.load(prompt=prompt, language=language, allow_private_hosts=allow_private_hosts)
        chosen = load_prompt(suited(settings).prompt)
        article = read(source, settings)
        request = record_request(article, chosen, settings.language, article.sentences)
        typer.echo("\n\n".join(f"--- {each.role}\n{printable(each.content)}" for each in request.messages))
