"""A batch at work for the command line: its progress, its end, and what Ctrl-C does to it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import typer

from summarizer.batch.api import memory_of, opened_spec
from summarizer.batch.budget import Budget
from summarizer.batch.dry_run import Rehearsed, rehearsal
from summarizer.batch.input.inputs import Inputs
from summarizer.batch.journal import Memory
from summarizer.batch.runner import BatchRun
from summarizer.batch.stats import Tally
from summarizer.batch.workers import Workers
from summarizer.cli.exit_codes import NOT_OK, OK, errors, say
from summarizer.cli.progress import first_failures, forecast, kinds_of_failure, progress, result
from summarizer.models.choosing import announce
from summarizer.settings import Settings
from summarizer.spec import Spec


@dataclass(frozen=True)
class How:
    """The options of a run that decide no record."""

    concurrency: int
    max_tokens: int | None
    max_cost: float | None
    retry_failed: bool
    dry_run: bool
    quiet: bool
    on_ray: bool = False
    ray_address: str | None = None
    """Of the cluster; None: of one's own."""
    workers: int | None = None
    """Processes on the cluster; None: one for each machine."""


async def run(inputs: Inputs, settings: Settings, journal: Path | None, how: How) -> int:
    """Summarises the inputs, or finds out what that would take; the exit code."""
    if how.dry_run:
        return await _rehearse(inputs, settings, journal, how)
    async with opened_spec(None, None, settings, how.concurrency) as spec:
        _announce(settings, how)
        with closing(memory_of(journal, spec, say, retry_failed=how.retry_failed)) as memory:
            budget = Budget(Tally(priced_as=spec.priced_as), how.max_tokens, how.max_cost)
            with _workers(spec, budget, how) as workers:
                many = BatchRun(spec, memory, budget, how.concurrency, workers)
                return await _work(inputs, many, memory, how)


def _announce(settings: Settings, how: How) -> None:
    if not how.quiet:
        for line in announce(settings).splitlines():
            say(line)


@contextmanager
def _workers(spec: Spec, budget: Budget, how: How) -> Iterator[Workers | None]:
    """Those of a cluster; None: this process's own."""
    if not how.on_ray:
        yield None
        return
    from summarizer.ray.cluster import cluster, nodes

    with cluster(how.ray_address):
        from summarizer.ray.worker import WorkerJob
        from summarizer.ray.worker_pool import Fleet

        job = WorkerJob.of(None, spec.prompt, spec.settings)
        with closing(Fleet(job, how.workers or nodes(), how.concurrency, budget)) as fleet:
            yield fleet


async def _work(inputs: Inputs, many: BatchRun, memory: Memory, how: How) -> int:
    tally = many.tally
    threading.Thread(target=_count, args=(inputs, tally), daemon=True).start()
    try:
        with interruptible(many) as interrupted:
            async with progress(many, quiet=how.quiet):
                async for _ in many.lines(inputs):
                    pass
    finally:
        _report(many, inputs, quiet=how.quiet)
    if interrupted:
        say("stopped before the end. The same command goes on from here.")
        return _code(interrupted[0])
    if (replaced := memory.tidy()) and not how.quiet:
        say(f"{replaced:,} earlier line{'s' * (replaced != 1)} of these articles replaced")
    return NOT_OK if tally.failures else OK


async def _rehearse(inputs: Inputs, settings: Settings, journal: Path | None, how: How) -> int:
    """Everything but the requests, and says on standard output what these would be."""
    spec = rehearsal(Spec.of(None, None, settings))
    _announce(settings, how)
    tally = Tally(priced_as=spec.priced_as)
    earlier = journal if journal and journal.exists() else None
    with closing(memory_of(earlier, spec, say, retry_failed=how.retry_failed)) as memory:
        many = BatchRun(spec, Rehearsed(memory), Budget(tally), how.concurrency)
        with interruptible(many) as interrupted:
            async with progress(many, quiet=how.quiet):
                async for _ in many.lines(inputs):
                    pass
    for line in forecast(tally):
        typer.echo(line)
    list(map(say, first_failures(tally)))
    return _code(interrupted[0]) if interrupted else NOT_OK if tally.failures else OK


def _count(inputs: Inputs, tally: Tally) -> None:
    tally.total = inputs.count()


def _report(many: BatchRun, inputs: Inputs, *, quiet: bool) -> None:
    """What was done; how many failed and by which errors in any case."""
    tally = many.tally
    if not quiet:
        if inputs.aside:
            kinds = ", ".join(f"{count:,} {suffix}" for suffix, count in inputs.aside.most_common())
            say(f"left aside, as no articles: {kinds}")
        say(result(tally, many.spec.throttle))
    if tally.shared:
        say(tally.shared)
    if tally.failures:
        say(f"failed: {kinds_of_failure(tally)}. Their lines say why; --retry-failed tries them again.")
        list(map(say, first_failures(tally)))


# --- signals ----------------------------------------------------------------------------------------------------


def _code(which: signal.Signals) -> int:
    """The exit code after a signal, as shells count."""
    return 128 + which


def leave(code: int) -> NoReturn:
    """Ends the command: after a SIGTERM at once, and threads that fetch a page would hold up any other end."""
    if code == _code(signal.SIGTERM):
        os._exit(code)
    raise typer.Exit(code)


@contextmanager
def interruptible(many: BatchRun) -> Iterator[list[signal.Signals]]:
    """Within this block the first Ctrl-C lets what is under way go on to its end, the second ends the process; a
    SIGTERM ends all waiting at once, as those who send it kill soon.

    Yields the signals that came. What was finished is in the file in any case.
    """
    came: list[signal.Signals] = []

    def interrupt(which: signal.Signals) -> None:
        if came:
            errors().show_cursor()
            os._exit(_code(which))
        came.append(which)
        many.stop(at_once=which is signal.SIGTERM)
        if sys.stderr.isatty():
            typer.echo(err=True)  # off the line of the progress
        if which is signal.SIGINT:
            said = f"finishing the {many.under_way:,} under way; Ctrl-C again stops at once"
            say(" · ".join(filter(None, (said, many.waiting))))

    if sys.platform == "win32":  # whose event loops take no signals: the first Ctrl-C ends the run
        yield came
        return
    loop = asyncio.get_running_loop()
    for which in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(which, interrupt, which)
    try:
        yield came
    finally:
        for which in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(which)
