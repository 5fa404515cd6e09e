"""`summarizer prompts`: the prompts that ship, yours, and what a model is held to."""

from __future__ import annotations

from typing import Annotated

import typer

from summarizer.cli.exit_codes import reported_errors
from summarizer.cli.options import Language, PrivateHosts, PromptOption, Source, read

prompts = typer.Typer(help="The prompts that ship, and yours.", no_args_is_help=True)


def schema_command(
    wire: Annotated[bool, typer.Option("--wire", help="What a model is held to, instead of the record.")] = False,
    prompt: PromptOption = None,
) -> None:
    """Print the JSON schema of the record."""
    import json

    with reported_errors():
        if wire:
            from summarizer.answer_schema import wire_schema
            from summarizer.prompts import load_prompt
            from summarizer.settings import named_prompt

            schema = wire_schema(load_prompt(named_prompt(prompt or "news")).answer)
        else:
            from summarizer.record import Summary

            schema = Summary.model_json_schema(mode="serialization")
        typer.echo(json.dumps(schema, indent=2, ensure_ascii=False))


@prompts.command("list")
def prompts_list() -> None:
    """The prompts that ship."""
    from summarizer.prompts import load_prompt, shipped_prompts

    with reported_errors():
        for prompt in map(load_prompt, shipped_prompts()):
            typer.echo(f"{prompt.name:10} v{prompt.version}  {prompt.sha256[:12]}  {prompt.config.description}")


@prompts.command("show")
def prompts_show(name: Annotated[str, typer.Argument(help="A prompt that ships, or a folder.")] = "news") -> None:
    """The files of a prompt, as a start for your own."""
    from summarizer.prompts import load_prompt
    from summarizer.settings import named_prompt

    with reported_errors():
        prompt = load_prompt(named_prompt(name))
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
    from summarizer.models.choosing import suited
    from summarizer.prompts import load_prompt
    from summarizer.settings import Settings
    from summarizer.views.printable import printable

    with reported_errors():
        settings = Settings.load(prompt=prompt, language=language, allow_private_hosts=allow_private_hosts)
        chosen = load_prompt(suited(settings).prompt)
        article = read(source, settings)
        typer.echo(
            f"--- system\n{chosen.system()}\n\n--- user\n{printable(chosen.article(article, settings.language))}"
        )
