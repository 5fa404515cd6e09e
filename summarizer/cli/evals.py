"""`summarizer eval`: what a change made better or worse, and how sure that is."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from summarizer.cli.exit_codes import NOT_OK, OK, USAGE, counted, errors, reported_errors, say, say_what_ends
from summarizer.cli.groups import ImpliedRun
from summarizer.cli.options import BaseUrl, ModelOptions, grouped, say_idle

if TYPE_CHECKING:
    from summarizer.evals.comparing.reports.comparison import Comparison
    from summarizer.evals.evaluation import Done, Session
    from summarizer.evals.gate import Result
    from summarizer.evals.running.outcome import Outcome
    from summarizer.evals.suites.suite import Suite
    from summarizer.settings import Settings

evals = typer.Typer(
    cls=ImpliedRun,
    help="What a change made better or worse, and how sure that is. `eval SUITE` is short for `eval run SUITE`.",
)


Split = Literal["tune", "holdout"]
SuiteFolder = Annotated[Path, typer.Argument(help="A folder with suite.toml and cases/.", metavar="SUITE")]
CaseOption = Annotated[list[str] | None, typer.Option("--case", "-c", help="Only this case; may be given again.")]
SplitOption = Annotated[Split | None, typer.Option(help="Only this part.")]
Repeats = Annotated[int, typer.Option(min=1, help="Runs of each case.")]
Concurrency = Annotated[int, typer.Option(min=1, max=10_000, help="Runs at a time.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Nothing on standard error but errors.")]


@evals.command("run")
@grouped
def evals_run(
    options: ModelOptions,
    suite: SuiteFolder = Path("evals"),
    repeats: Repeats = 1,
    case: CaseOption = None,
    split: SplitOption = None,
    against: Annotated[
        Path | None, typer.Option(help="A baseline; exit code 1 when something got worse.", metavar="FILE")
    ] = None,
    report: Annotated[
        list[Path] | None,
        typer.Option(
            "--report", "-o", help="Also write FILE: .html, .md, .xml (JUnit); again for more.", metavar="FILE"
        ),
    ] = None,
    record: Annotated[
        Path | None, typer.Option(help="Keep every reply in DIR, for --model replay:DIR.", metavar="DIR")
    ] = None,
    judge: Annotated[
        str | None, typer.Option(help="Also have this model judge the records, for information.", metavar="MODEL")
    ] = None,
    concurrency: Concurrency = 8,
    quiet: Quiet = False,
) -> None:
    """Run a model over a suite, with the rules' floor and the hand-written ceiling beside it.

    `summarizer eval` alone does this. An interrupted run goes on where it was. Exit code 1: a run failed, or
    something got worse than the baseline; 2: there are too few cases to tell.
    """
    from summarizer.errors import SettingsError
    from summarizer.evals.comparing.baseline import read_baseline
    from summarizer.evals.comparing.reports.text import text_report
    from summarizer.evals.suites.recorded import recordings_of
    from summarizer.models.choosing import default_model, suited
    from summarizer.written import demand_place, write_file

    with reported_errors():
        writers = [(path, _writer(path)) for path in report or ()]
        for path, _ in writers:
            demand_place(path)
        settings = options.settings(record=record)
        if settings.record and repeats > 1:
            raise SettingsError(
                "--record keeps one answer of each case, and repeats would be alike: leave --repeats out"
            )
        name = default_model(settings)
        if not quiet:
            say_idle({**vars(options), "record": record}, settings)
        settings = suited(settings, name)
        base = read_baseline(against) if against else None
        chosen = _chosen(suite, case, split, recordings_of(name), settings.record)
        session = _session(chosen, settings, repeats, concurrency, judge)
        if not quiet:
            say_what_ends((name, judge), settings)
        with _progress(session.runs(name), quiet) as done:
            comparison = session.compare(name, base, done)
        # Of the cases that were named alone the others' recordings say nothing.
        removed = 0 if case or split else session.tidy(name)
        for path, write in writers:
            write_file(path, write(comparison))
    if removed and not quiet:
        say(f"{settings.record}: {counted(removed, 'recording')} removed that no case asks for any more")
    typer.echo(text_report(comparison))
    if comparison.verdict:
        raise typer.Exit(_code(comparison.verdict))
    raise typer.Exit(NOT_OK if comparison.failures else OK)


@evals.command("init")
def evals_init(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.", metavar="DIR")] = Path("evals"),
) -> None:
    """Make a suite of two cases that runs at once, to put articles and labels of your own in their place."""
    from summarizer.evals.suites.suite import begin_suite

    with reported_errors():
        begin_suite(folder)
    typer.echo(f"{folder}: a suite of two cases. Put an article and what you find in it into cases/my-article, then")
    typer.echo(f"summarizer eval {folder} --model extractive")


@evals.command("accept")
@grouped
def evals_accept(
    options: ModelOptions,
    suite: SuiteFolder = Path("evals"),
    name: Annotated[str | None, typer.Option("--as", help="Name of the baseline. Default: model and prompt.")] = None,
) -> None:
    """Make the last whole run of a model the baseline that later ones are held against."""
    from summarizer.evals.comparing.baseline import accept
    from summarizer.evals.running.run_store import RunInfo, finished_run
    from summarizer.evals.suites.recorded import recordings_of
    from summarizer.models.choosing import default_model, suited

    with reported_errors():
        settings = suited(options.settings())
        model_name = default_model(settings)
        chosen = _chosen(suite, None, None, recordings_of(model_name))
        wanted = RunInfo.of(model_name, chosen, settings, repeats=1)
        info, outcomes = finished_run(chosen, wanted.name)
        file = chosen.baselines / f"{name or info.name}.json"
        accept(info, outcomes, file)
    failed = sum(outcome.error is not None for outcome in outcomes)
    typer.echo(f"{file}: {counted(len(outcomes), 'run')} of {counted(len(chosen.cases), 'case')}, {failed} failed")


@evals.command("matrix")
def evals_matrix(
    suite: SuiteFolder = Path("evals"),
    model: Annotated[list[str] | None, typer.Option("--model", "-m", help="As for run; again for more.")] = None,
    prompt: Annotated[list[str] | None, typer.Option("--prompt", "-p", help="Again for more. Default: news.")] = None,
    base_url: BaseUrl = None,
    repeats: Repeats = 1,
    case: CaseOption = None,
    split: SplitOption = None,
    concurrency: Concurrency = 8,
    quiet: Quiet = False,
) -> None:
    """Run every model with every prompt, and print one table."""
    from summarizer.evals.comparing.reports.text import matrix_report
    from summarizer.evals.suites.recorded import recordings_of
    from summarizer.models.choosing import EXTRACTIVE, default_model
    from summarizer.settings import Settings

    with reported_errors():
        prompts: Sequence[str | Path] = prompt or [Settings.load().prompt]
        all_settings = [Settings.load(base_url=base_url, prompt=name) for name in prompts]
        models = model or [EXTRACTIVE, default_model(all_settings[0])]
        chosen = _chosen(suite, case, split, *map(recordings_of, models))
        sessions = [_session(chosen, settings, repeats, concurrency) for settings in all_settings]
        if not quiet:
            say_what_ends(models, all_settings[0])
        total = len(chosen.cases) * repeats * len(models) * len(sessions)
        for session, name in itertools.product(sessions, models):
            session.demand_recordings(name)
        with _progress(total, quiet) as done:
            sides = [session.side("model", name, done) for name in dict.fromkeys(models) for session in sessions]
    typer.echo(matrix_report(chosen, sides))
    failed = any(outcome.error is not None for side in sides for outcome in side.outcomes)
    raise typer.Exit(NOT_OK if failed else OK)


@evals.command("gate")
def evals_gate(
    base: Annotated[Path, typer.Argument(help="Rows of the run before: JSONL, from any harness.", metavar="BASE")],
    new: Annotated[Path, typer.Argument(help="Rows of the run after.", metavar="NEW")],
    metric: Annotated[
        list[str], typer.Option("--metric", "-m", help="A primary metric; at most three, chosen before looking.")
    ],
) -> None:
    """Compare two runs case by case. Exit code 1 when something regressed or broke, 2 when they can't be compared
    or there are too few cases for a verdict."""
    from summarizer.evals.comparing.moves import moves
    from summarizer.evals.comparing.reports.verdicts import gate_report
    from summarizer.evals.gate import gate, read_rows

    with reported_errors():
        before, after = read_rows(base), read_rows(new)
        result = gate(before, after, metric)
    typer.echo(gate_report(result, moves(before, after, metric)))
    raise typer.Exit(_code(result))


# --- what these commands share ----------------------------------------------------------------------------------


def _code(result: Result) -> int:
    from summarizer.evals.gate import GateEnding

    return {GateEnding.passed: OK, GateEnding.failed: NOT_OK, GateEnding.no_verdict: USAGE}[result.ending]


def _chosen(folder: Path, cases: list[str] | None, split: Split | None, *recordings: Path | None) -> Suite:
    """The named cases; where none is, those that the suite's recordings are of, if they are replayed or made."""
    from summarizer.evals.suites.suite import open_suite

    opened = open_suite(folder)
    own = next((own for path in recordings if path and (own := opened.recorded_in(path))), None)
    return opened.select(cases or (own.cases if own else ()), split)


def _session(suite: Suite, settings: Settings, repeats: int, concurrency: int, judge: str | None = None) -> Session:
    from summarizer.evals.evaluation import Session

    return Session(suite, settings, repeats, concurrency, judge)


def _writer(path: Path) -> Callable[[Comparison], str]:
    from summarizer.errors import SettingsError
    from summarizer.evals.comparing.reports.junit import junit_report
    from summarizer.evals.comparing.reports.markdown import markdown_report
    from summarizer.evals.comparing.reports.page import page_report

    writers = {".html": page_report, ".md": markdown_report, ".xml": junit_report}
    try:
        return writers[path.suffix]
    except KeyError:
        raise SettingsError(f"{path}: a report ends in .html, .md or .xml") from None


@contextmanager
def _progress(total: int, quiet: bool) -> Iterator[Done]:
    """A bar on standard error with the runs done and failed; a line a tenth where there is no terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = errors()
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal) as bar:
        task = bar.add_task("evals", total=total)
        count = failed = 0

        def done(outcome: Outcome) -> None:
            nonlocal count, failed
            count, failed = count + 1, failed + (outcome.error is not None)
            bar.update(task, advance=1, description=f"evals, {failed} failed" if failed else "evals")
            if not quiet and not console.is_terminal and count * 10 // total > (count - 1) * 10 // total:
                say(f"{count} of {counted(total, 'run')}, {failed} failed")

        yield done
