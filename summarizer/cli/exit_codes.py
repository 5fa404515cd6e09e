"""How a command ends: exit codes, and messages on standard error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

import typer

if TYPE_CHECKING:
    from summarizer.settings import Settings

OK, NOT_OK, USAGE, DOUBTED, CHANGED = 0, 1, 2, 3, 4
"""Exit codes. NOT_OK: no record, or one whose status is not `ok`; the reason is on stderr. DOUBTED: a record with
findings that `--fail-on` asks about. CHANGED: `diff` has something to tell."""


@contextmanager
def reported_errors() -> Iterator[None]:
    """Errors made on purpose end as one message and an exit code, never as a traceback."""
    from summarizer.errors import (
        EvalInvalid,
        ModelNotFound,
        PromptError,
        ReplayMissing,
        SchemaInvalid,
        SettingsError,
        SummarizerError,
    )

    try:
        yield
    except (SettingsError, PromptError, SchemaInvalid, ModelNotFound, EvalInvalid, ReplayMissing) as error:
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
    from summarizer.views.printable import printable

    typer.echo(printable(message), err=True)


def counted(count: int, what: str) -> str:
    """`1 file`, `2 files`."""
    return f"{count:,} {what}{'s' * (count != 1)}"


def say_what_ends(models: Iterable[str | None], settings: Settings) -> None:
    """A line for each of these models that is shut down soon, or was."""
    from summarizer.models.choosing import shutdown_of

    for name in filter(None, models):
        if ending := shutdown_of(name, settings):
            say(ending.notice)


def errors() -> Any:
    """A rich console on standard error."""
    from rich.console import Console

    return Console(stderr=True)
