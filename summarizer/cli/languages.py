"""`summarizer languages`: what is known of which language, and whether it works."""

from __future__ import annotations

from typing import Annotated

import typer

from summarizer.cli.exit_codes import NOT_OK, USAGE, fail, reported_errors

languages = typer.Typer(help="The languages: what is known of each, whether it works.", no_args_is_help=True)


@languages.command("list")
def languages_list() -> None:
    """The languages, each with the tables that it has."""
    from babel import Locale

    from summarizer.languages.language import ALL
    from summarizer.languages.language import languages as known

    names = Locale("en").languages
    for language in known():
        name = "all languages" if language.code == ALL else names.get(language.code, "")
        typer.echo(f"{language.code:4} {name:13} {', '.join(language.table_names)}".rstrip())


@languages.command("check")
def languages_check(
    code: Annotated[str | None, typer.Argument(help="A language, such as fr; all where none is named.")] = None,
) -> None:
    """Read the tables of a language, or of all, and try the sentence that stands in samples.toml for each."""
    from summarizer.extractive.language_check import check_language
    from summarizer.languages.language import languages as known

    with reported_errors():
        chosen = [language for language in known() if code in (None, language.code)]
        if not chosen:
            fail(f"there is no language {code!r}: `summarizer languages list` shows those there are", USAGE)
        checks = [(language.code, check) for language in chosen for check in check_language(language)]
    for folder, check in checks:
        said = check.fault or ("ok" if check.is_tried else "ok, no sample")
        typer.echo(f"{'FAIL' if check.fault else '    '}  {folder}/{check.table:13} {said}")
    raise typer.Exit(NOT_OK if any(check.fault for _, check in checks) else 0)
