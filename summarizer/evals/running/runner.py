"""The runner: cases times repeats through one model, several at a time; a run that fails is an outcome, too."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from contextlib import asynccontextmanager

from summarizer.article import Article
from summarizer.errors import FATAL
from summarizer.evals.running.outcome import Outcome, failed, scored
from summarizer.evals.running.run_store import EvalRun
from summarizer.evals.suites.cases import Case
from summarizer.evals.suites.reference import REFERENCE, ReferenceModel
from summarizer.evals.suites.suite import Suite
from summarizer.models.choosing import EXTRACTIVE
from summarizer.models.connecting import connect
from summarizer.pipeline import asummarize
from summarizer.prompts import Prompt
from summarizer.reading import read_article
from summarizer.record import Summary
from summarizer.settings import Settings
from summarizer.spec import prompt_of

Ask = Callable[[Case, Article], Awaitable[Summary]]


async def run_suite(
    suite: Suite, run: EvalRun, model: str, settings: Settings, *, concurrency: int, done: Callable[[Outcome], None]
) -> tuple[Outcome, ...]:
    """The outcomes of all cases of `suite` with all repeats, those of an interrupted run before among them.

    `done` is called with each outcome as it comes. Raises the first of the FATAL errors.
    """
    wanted = [(case, repeat) for case in suite.cases for repeat in range(run.info.repeats)]
    had = {(outcome.case, outcome.repeat): outcome for outcome in run.journal.outcomes}
    prompt = prompt_of(settings)
    limit = asyncio.Semaphore(concurrency)
    async with _asking(model, suite, settings, prompt) as ask:

        async def one(case: Case, repeat: int) -> None:
            async with limit:
                outcome = await _outcome(suite, run, ask, prompt.fields, case, repeat)
            run.journal.append(outcome)
            done(outcome)

        try:
            async with asyncio.TaskGroup() as tasks:
                for case, repeat in wanted:
                    if (case.name, repeat) in had:
                        done(had[case.name, repeat])
                    else:
                        tasks.create_task(one(case, repeat))
        except* FATAL as errors:
            raise _first(errors) from None
    run.finish()
    keys = {(case.name, repeat) for case, repeat in wanted}
    outcomes = [outcome for outcome in run.journal.outcomes if (outcome.case, outcome.repeat) in keys]
    return tuple(sorted(outcomes, key=lambda outcome: (outcome.case, outcome.repeat)))


async def _outcome(suite: Suite, run: EvalRun, ask: Ask, fields: Collection[str], case: Case, repeat: int) -> Outcome:
    versions: Mapping[str, str] = run.info.versions
    try:
        article = await asyncio.to_thread(read_article, suite.file(case))
        summary = await ask(case, article)
        outcome = scored(case, repeat, article, summary, fields=fields, versions=versions)
    except FATAL:
        raise
    except Exception as error:  # whatever it is, the run has failed, and the others go on
        return failed(case, repeat, error, versions)
    if outcome.record_sha256:
        run.keep(outcome.record_sha256, summary)
    return outcome


@asynccontextmanager
async def _asking(model: str, suite: Suite, settings: Settings, prompt: Prompt) -> AsyncIterator[Ask]:
    """How an article is turned into a record by the model of this name."""
    if model == EXTRACTIVE:
        yield lambda _, article: asummarize(article, model=EXTRACTIVE, settings=settings)
    elif model == REFERENCE:
        yield lambda case, article: asummarize(
            article,
            model=ReferenceModel(suite.answers / f"{case.name}.json", article, prompt.max_points),
            settings=settings,
        )
    else:
        # Without a cache: its answers would be alike in all repeats, instant and free.
        async with connect(model, settings.model_copy(update={"cache": None})) as connected:
            yield lambda _, article: asummarize(article, model=connected, settings=settings)


def _first(errors: BaseExceptionGroup[Exception]) -> Exception:
    first = errors.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first
