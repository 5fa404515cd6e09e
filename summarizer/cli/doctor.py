"""`summarizer doctor`: what a run has to go by, and what it would fail by, on one screen."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from summarizer.cli.exit_codes import NOT_OK, OK, reported_errors

if TYPE_CHECKING:
    from summarizer.models.doctor.facts import Diagnosis, ProbedRequest, ProbeRun
    from summarizer.models.doctor.installed import Extra


def doctor_command(
    view: Annotated[
        Literal["terminal", "json"], typer.Option("--format", "-f", help="json: the same as one object.")
    ] = "terminal",
) -> None:
    """Say what is installed, which keys are set, what a run without options would use, and what would fail.

    No model is asked, and no key shown. Exit code 1: a run without options would fail.
    """
    from summarizer.models.doctor.facts import diagnose
    from summarizer.models.doctor.local_servers import local_servers

    with reported_errors():
        found = diagnose(local_servers())
    if view == "json":
        typer.echo(found.model_dump_json(indent=2))
    else:
        for line in screen(found, shutil.get_terminal_size().columns):
            typer.echo(line)
    raise typer.Exit(NOT_OK if found.would_fail else OK)


LABEL = 11
"""Columns of what stands before a text."""

WIDEST = 100
MOST_MODELS = 8
"""Of one server that are shown; the rest are counted."""


def screen(found: Diagnosis, width: int = 80) -> Iterator[str]:
    """The lines that say it all."""
    from summarizer.views.printable import printable

    room = max(min(width, WIDEST) - LABEL, 20)
    wrap = partial(textwrap.wrap, break_on_hyphens=False, break_long_words=False)
    yield f"summarizer {found.version}, Python {found.python}, {found.platform}"
    for row in _rows(found):
        lines = [line for text in row.texts for line in wrap(printable(text), room)]
        if not row.texts:
            yield from ("", row.label)
        for at, line in enumerate(lines):
            yield f"{'' if at else row.label:{LABEL}}{line}"


@dataclass(frozen=True)
class DoctorRow:
    """A label and the texts beside it, each on lines of its own; without any it is a heading."""

    label: str
    texts: Sequence[str] = ()


def _rows(found: Diagnosis) -> Iterator[DoctorRow]:
    yield DoctorRow("extras", _extras(found))
    yield DoctorRow("keys", _either("set", _variables(found, True), "not set", _variables(found, False)))
    yield DoctorRow("servers", [*_servers(found)])
    yield DoctorRow("weights", _either("pulled", _weights(found, True), "not pulled", _weights(found, False)))
    sources = ", ".join(f"{name} from {source}" for name, source in found.settings.items())
    yield DoctorRow("settings", [sources or "none is set"])
    if found.run:
        yield DoctorRow("A run without options")
        yield from _run(found.run)
    yield DoctorRow("Would fail")
    faults = [line for fault in found.would_fail for line in fault.splitlines()]
    yield DoctorRow("", faults or ["nothing that can be seen from here"])


def _either(first: str, these: Iterable[str], second: str, those: Iterable[str]) -> list[str]:
    """A text for each of the two that has members."""
    both = {first: ", ".join(these), second: ", ".join(those)}
    return [f"{what}: {names}" for what, names in both.items() if names]


MANY = 2
"""Packages of an extra from which on a screen has no room for their names."""


def _extras(found: Diagnosis) -> list[str]:
    there = [extra for extra in found.extras if extra.is_installed]
    others = ",".join(extra.name for extra in found.extras if not extra.is_installed)
    installed = ", ".join(f"{extra.name} ({_packages(extra)})" for extra in there)
    missing = f"not installed: pip install 'checked-summarizer[{others}]'" if others else ""
    return [text for text in (installed, missing) if text]


def _packages(extra: Extra) -> str:
    """With their versions; of many their number, as JSON has them all."""
    if len(extra.packages) > MANY:
        return f"{len(extra.packages)} packages"
    return ", ".join(f"{name} {version}" for name, version in extra.packages.items())


def _variables(found: Diagnosis, is_set: bool) -> list[str]:
    return [variable.name for variable in found.variables if variable.is_set is is_set]


def _weights(found: Diagnosis, is_pulled: bool) -> list[str]:
    return [f"{row.name} ({row.bytes / 1e6:,.0f} MB)" for row in found.weights if row.is_pulled is is_pulled]


def _servers(found: Diagnosis) -> Iterator[str]:
    for server in found.servers:
        if server.says == "models":
            more = len(server.models) - MOST_MODELS
            names = ", ".join(server.models[:MOST_MODELS]) or "no model"
            yield f"{server.name} at {server.address} has {names}{f' and {more} more' if more > 0 else ''}"
        elif server.says != "no answer":
            yield f"{server.name}: what answers at {server.address} {server.says}"
    if silent := [server.name for server in found.servers if server.says == "no answer"]:
        yield f"no answer: {', '.join(silent)}"


def _run(run: ProbeRun) -> Iterator[DoctorRow]:
    where = f" at {run.base_url}" if run.base_url else ""
    yield DoctorRow("model", [f"{run.model}{where}, as {run.why}", *([run.shutdown] if run.shutdown else [])])
    yield from _asked(run.asked) if run.asked else [DoctorRow("mode", ["no model is asked"])]
    yield DoctorRow("prompt", [f"{run.prompt}, version {run.prompt_version}" if run.prompt_version else run.prompt])
    yield DoctorRow("cache", [run.cache or "none, but for batches"])


def _asked(asked: ProbedRequest) -> Iterator[DoctorRow]:
    thoughts = f"{asked.reasoning}; {asked.thoughts:,} tokens of room for thinking"
    yield DoctorRow("mode", [asked.mode])
    yield DoctorRow("reasoning", [thoughts if asked.thoughts else asked.reasoning])
    yield DoctorRow("context", [f"{asked.context_tokens:,} tokens, of which an answer may have {asked.max_tokens:,}"])
