"""How far a batch is, on standard error: a line that is redrawn on a terminal, else a new one every few seconds."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from summarizer.cli.exit_codes import errors, say
from summarizer.models.waiting import duration

if TYPE_CHECKING:
    from summarizer.batch.runner import BatchRun
    from summarizer.batch.stats import Tally
    from summarizer.models.throttle import Throttle

LONGEST = 300
"""Characters of a failure: some errors hold a server's answer."""

REDRAWN, REPEATED = 0.25, 5.0
"""Seconds between two redrawings, and between two lines where there is no terminal."""


@asynccontextmanager
async def progress(many: BatchRun, *, quiet: bool) -> AsyncIterator[None]:
    """Says how far it is while the block runs."""
    if quiet:
        yield
        return
    console = errors()
    showing = asyncio.create_task(_redrawn(console, many) if console.is_terminal else _repeated(many))
    try:
        yield
    finally:
        showing.cancel()
        with suppress(asyncio.CancelledError):
            await showing


async def _redrawn(console: Any, many: BatchRun) -> None:
    with console.status("reading ...") as status:
        while True:
            status.update(so_far(many.tally, many.waiting))
            await asyncio.sleep(REDRAWN)


async def _repeated(many: BatchRun) -> None:
    while True:
        await asyncio.sleep(REPEATED)
        say(so_far(many.tally, many.waiting))


def so_far(tally: Tally, waiting: str = "") -> str:
    """Done, failed, rate, tokens, cost and time left, in one line; where nothing goes on, what is waited for."""
    of = f" of {tally.total:,}" if tally.total is not None else ""
    parts = [
        f"{tally.through:,}{of} done",
        f"{tally.failures:,} failed" if tally.failures else "",
        f"{tally.rate * 60:,.0f} a minute",
        _tokens(tally),
        waiting or (f"{duration(tally.seconds_left)} left" if tally.seconds_left is not None else ""),
    ]
    return " · ".join(filter(None, parts))


def result(tally: Tally, throttle: Throttle | None = None) -> str:
    """What the run has come to, in one line, and how long the server had it wait."""
    kinds = [f"{count:,} {status}" for status, count in tally.statuses.most_common() if count]
    parts = [
        f"{tally.made:,} record{'s' * (tally.made != 1)}" + (f" ({', '.join(kinds)})" if kinds else ""),
        f"{tally.skipped:,} there already" if tally.skipped else "",
        f"{tally.failures:,} failed" if tally.failures else "",
        _tokens(tally),
        duration(tally.seconds),
        _waits(throttle) if throttle else "",
    ]
    return " · ".join(filter(None, parts))


def _waits(throttle: Throttle) -> str:
    had = f"{duration(throttle.waited)} of it waited" if throttle.waited >= 1 else ""
    to_come = f"the server wants a wait of {duration(throttle.pause)} more" if throttle.pause else ""
    waits = " and ".join(filter(None, (had, to_come)))
    return f"{waits}: {throttle.said}" if waits else ""


def forecast(tally: Tally) -> Iterator[str]:
    """What a run would take, in lines: the tokens in are an estimate, those out and the cost the most it can be."""
    kinds = [f"{count:,} {status}" for status, count in tally.statuses.most_common() if count]
    figures = {
        "articles": f"{tally.through:,}",
        "there already": f"{tally.skipped:,}" if tally.skipped else "",
        "nothing to ask": ", ".join(kinds),
        "would fail": kinds_of_failure(tally),
        "requests": f"{tally.requests:,}",
        "tokens in": f"about {tally.tokens_in:,}",
        "tokens out": f"at most {tally.tokens_out:,}",
        "cost": f"at most ${math.ceil(tally.cost * 100) / 100:,.2f}" if tally.cost is not None else "",
    }
    return (f"{name:16}{figure}" for name, figure in figures.items() if figure)


def first_failures(tally: Tally) -> Iterator[str]:
    """A line for each of the first few."""
    for failure in tally.first_failures:
        yield f"  {shorten(failure, LONGEST, placeholder=' ...')}"
    if tally.first_failures and (more := tally.failures - len(tally.first_failures)):
        yield f"  and {more:,} more"


def kinds_of_failure(tally: Tally) -> str:
    """Failures by the name of their error."""
    return ", ".join(f"{count:,} {kind}" for kind, count in tally.failed.most_common())


def _tokens(tally: Tally) -> str:
    if not tally.requests and not tally.saved:
        return ""
    cost = f", ${tally.cost:,.2f}" if tally.cost is not None else ""
    requests = f"{tally.requests:,} request{'s' * (tally.requests != 1)}"
    saved = f", {tally.saved:,} saved by the cache" if tally.saved else ""
    return f"{requests}, {tally.tokens_in:,} tokens in and {tally.tokens_out:,} out{saved}{cost}"
