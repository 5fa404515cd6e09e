"""`summarizer eval`: what a change made better or worse, and how sure that is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from summarizer.cli.ending import NOT_OK, OK, reported_errors

evals = typer.Typer(help="What a change made better or worse, and how sure that is.", no_args_is_help=True)


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
