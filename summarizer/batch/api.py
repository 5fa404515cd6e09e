"""`asummarize_many` and its twin: many articles in, a line for each out."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Callable, Generator, Iterable
from contextlib import aclosing, asynccontextmanager, closing
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import Any

from summarizer.batch.budget import Budget
from summarizer.batch.input.async_items import Sources
from summarizer.batch.journal import Journal, Memory
from summarizer.batch.result import BatchResult
from summarizer.batch.runner import BatchRun
from summarizer.batch.stats import Tally
from summarizer.errors import SettingsError
from summarizer.event_loop_thread import iterated
from summarizer.models.base import Model
from summarizer.models.connecting import connected
from summarizer.models.throttle import Throttle
from summarizer.prompts import Prompt
from summarizer.settings import Settings
from summarizer.spec import Notify, Spec

_log = logging.getLogger(__name__)

CONCURRENCY, MOST_CONCURRENCY = 64, 10_000
"""Articles asked at a time. What an endpoint bears is found out on the way; this is the most that is tried."""


async def asummarize_many(
    sources: Sources,
    *,
    prompt: str | Path | Prompt | None = None,
    schema: Any = None,
    model: str | Model | None = None,
    settings: Settings | None = None,
    notify: Notify | None = None,
    concurrency: int = CONCURRENCY,
    journal: Path | None = None,
    retry_failed: bool = False,
    max_tokens: int | None = None,
    max_cost: float | None = None,
) -> AsyncGenerator[BatchResult]:
    """A line for every article, in the order they are done: its record, or the error that it came to.

    `sources` are what `summarize` takes, or Items, which have a key; they are taken as they are wanted, so that any
    number of them needs no more memory than some three times `concurrency` of them. The same article twice at a time
    is asked once. With `journal`, a file that every line is written to, articles that have a line there are skipped
    (failed ones too but for `retry_failed`), and the same article is asked once for ever. `max_tokens` and `max_cost`
    (US dollars) are limits of the whole run. What can't be read in the
    journal, and keys that stand for more than one article, are logged as warnings. The other arguments are those of
    `summarize`.

    Raises, when what was under way is through, what no other article would escape: SettingsError, PromptError,
    KeyRejected, QuotaExhausted, LimitReached and the like, or OutputFailed for the journal. A server that answers
    nobody any more is ProviderFailed, at once.
    """
    _check(sources, concurrency, journal)
    async with opened_spec(model, prompt, settings, concurrency, notify, schema) as spec:
        budget = Budget(Tally(priced_as=spec.priced_as), max_tokens, max_cost)
        with closing(memory_of(journal, spec, _warn, retry_failed=retry_failed)) as memory:
            try:
                async with aclosing(BatchRun(spec, memory, budget, concurrency).lines(sources)) as lines:
                    async for line in lines:
                        yield line
            finally:
                if budget.tally.shared:
                    _warn(budget.tally.shared)
            memory.tidy()


def memory_of(journal: Path | None, spec: Spec, tell: Callable[[str], None], *, retry_failed: bool) -> Memory:
    """What the file says of earlier runs, nothing without one; tells which of its lines can't be read."""
    if journal is None:
        return Memory()
    opened = Journal(journal, spec.sha256, retry_failed=retry_failed)
    if opened.unread:
        tell(opened.unread)
    return opened


def _warn(message: str) -> None:
    from summarizer.views.printable import printable

    _log.warning("%s", printable(message))


@asynccontextmanager
async def opened_spec(
    model: str | Model | None,
    prompt: str | Path | Prompt | None,
    settings: Settings | None,
    concurrency: int,
    notify: Notify | None = None,
    schema: Any = None,
) -> AsyncIterator[Spec]:
    """What is asked of every article, with the model connected; one that was connected before stays open."""
    spec, throttle = Spec.of(prompt, model, settings, notify, schema), Throttle(concurrency)
    async with connected(model, spec.settings, throttle) as found:
        yield replace(spec, model=found, throttle=throttle)


def _check(sources: object, concurrency: object, journal: object) -> None:
    """Raises SettingsError for what can't be had, before anything is read."""
    if isinstance(sources, str | bytes | PathLike) or not isinstance(sources, Iterable | AsyncIterable):
        raise SettingsError(f"sources are several, as a list of them, not one {type(sources).__name__}")
    if not isinstance(concurrency, int) or not 1 <= concurrency <= MOST_CONCURRENCY:
        most = f"{MOST_CONCURRENCY:,}"
        raise SettingsError(f"concurrency is {concurrency!r}: a number of articles, at least one and at most {most}")
    if not isinstance(journal, Path | None):
        raise SettingsError(f"the journal is a file: give Path({journal!r})")


def summarize_many(
    sources: Sources,
    *,
    prompt: str | Path | Prompt | None = None,
    schema: Any = None,
    model: str | Model | None = None,
    settings: Settings | None = None,
    notify: Notify | None = None,
    concurrency: int = CONCURRENCY,
    journal: Path | None = None,
    retry_failed: bool = False,
    max_tokens: int | None = None,
    max_cost: float | None = None,
) -> Generator[BatchResult]:
    """`asummarize_many` for code that has no event loop, or whose loop is taken, as a notebook's is: it works on in a
    thread of its own while the caller is busy with a line."""
    lines = asummarize_many(
        sources,
        prompt=prompt,
        schema=schema,
        model=model,
        settings=settings,
        notify=notify,
        concurrency=concurrency,
        journal=journal,
        retry_failed=retry_failed,
        max_tokens=max_tokens,
        max_cost=max_cost,
    )
    return iterated(lines, "batch")
