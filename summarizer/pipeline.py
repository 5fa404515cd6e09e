"""The whole path: a source is read, a recipe is run against a model, and the record says how it came to be."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol, TypeVar

from summarizer.answer_schema import schema_sha256
from summarizer.article import Article
from summarizer.errors import AnswerFiltered, AnswerRefused, LimitReached, ModelError, SettingsError
from summarizer.extractive.recipe import extractive
from summarizer.models.answers.unread import Unread, unread_input
from summarizer.models.base import Model, Reply, Request
from summarizer.models.choosing import EXTRACTIVE
from summarizer.models.connecting import connected
from summarizer.models.local.weights import parameters_of
from summarizer.prices import cost, price_list
from summarizer.prompts import Prompt
from summarizer.reading import read_article
from summarizer.recipes.base import Recipe, Steps, with_findings, without_points
from summarizer.recipes.one_request import one_request
from summarizer.record import BY_MODEL, BY_RULES, Call, Content, Coverage, Finding, PromptInfo, Run, Summary, Tokens
from summarizer.settings import RecipeName, Settings
from summarizer.spec import Notify, Spec
from summarizer.text.instructions.prompt_injection import without_instructions

A = TypeVar("A")
T = TypeVar("T")
Source = str | bytes | os.PathLike[str] | Article


class Work(Protocol):
    """How an event loop does what takes a processor: `asyncio.to_thread`, or something that takes turns."""

    def __call__(self, function: Callable[[A], T], argument: A, /) -> Awaitable[T]: ...


SMALL = 4_000_000_000
"""Parameters from which on a model's size is not worth a word."""

RECIPES: dict[RecipeName, Recipe] = {"extractive": extractive, "one_request": one_request}


def summarize(
    source: Source,
    *,
    prompt: str | Path | Prompt | None = None,
    schema: Any = None,
    model: str | Model | None = None,
    settings: Settings | None = None,
    notify: Notify | None = None,
) -> Summary:
    """The checked record of one article.

    `source` is a Path, an http or https address, text, bytes or an Article already read; `prompt` a name, a folder or
    a Prompt already read (default: the settings'); `schema` a pydantic model, a JSON schema as a dict or a Path to
    one, to be filled in place of the record's fields (`Summary.data`); `model` a name as in `Settings.model` or a
    connected Model, which stays open. `notify` is called with every request before it is sent.

    Raises ReadingError, PromptError, SchemaInvalid, SettingsError or ModelError, all of them SummarizerError.
    """
    job = Job.of(source, prompt, model, settings, notify, schema)
    with connected(model, job.spec.settings) as found:
        return job.with_model(found).run()


async def asummarize(
    source: Source,
    *,
    prompt: str | Path | Prompt | None = None,
    schema: Any = None,
    model: str | Model | None = None,
    settings: Settings | None = None,
    notify: Notify | None = None,
) -> Summary:
    """`summarize` without blocking the event loop: reading, rules and checks are done in a thread."""
    job = await asyncio.to_thread(Job.of, source, prompt, model, settings, notify, schema)
    async with connected(model, job.spec.settings) as found:
        return await job.with_model(found).arun(asyncio.to_thread)


def _drive(steps: Steps, model: Model, job: Job) -> Content:
    """Sends each request to the model, and its reply or its error back to the recipe."""
    step = _step(steps.__next__)
    while isinstance(step, Request):
        try:
            job.announce(step)
            reply = model.complete(step)
        except ModelError as error:
            step = _step(partial(steps.throw, error))
        else:
            step = _step(partial(steps.send, reply))
    return step


async def _adrive(steps: Steps, model: Model, job: Job, work: Work) -> Content:
    """`_drive` for an event loop."""
    step = _step(steps.__next__)
    while isinstance(step, Request):
        try:
            job.announce(step)
            reply = await model.acomplete(step)
        except ModelError as error:
            step = _step(partial(steps.throw, error))
        else:
            step = await work(_step, partial(steps.send, reply))
    return step


def _step(resume: Callable[[], Request]) -> Request | Content:
    """What a recipe wants next, or what it came to."""
    try:
        return resume()
    except StopIteration as end:
        content: Content = end.value
        return content


def _undriven(steps: Steps) -> Content:
    """The content of a recipe that asks nothing."""
    step = _step(steps.__next__)
    if isinstance(step, Request):
        raise SettingsError(f"this recipe asks a model ({step.purpose}), and there is none: name one with --model")
    return step


@dataclass
class Job:
    """One article on its way: what was asked for, and what has been spent on it so far."""

    article: Article
    spec: Spec
    started: float = field(default_factory=time.perf_counter)
    calls: list[Call] = field(default_factory=list)
    shown: set[int] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        source: Source,
        prompt: str | Path | Prompt | None,
        model: str | Model | None,
        settings: Settings | None,
        notify: Notify | None,
        schema: Any = None,
    ) -> Job:
        """Reads the prompt and the source; the model is still to come."""
        started = time.perf_counter()
        spec = Spec.of(prompt, model, settings, notify, schema)
        return cls(_read(source, spec.settings), spec, started)

    @classmethod
    def about(cls, article: Article, spec: Spec) -> Job:
        """For an article that has been read, with what stands around the model."""
        return cls(
            without_instructions(article), replace(spec, model=spec.model and spec.around(spec.model, article))
        )

    def with_model(self, model: Model | None) -> Job:
        """The same, to be asked of this model."""
        return replace(self, spec=replace(self.spec, model=model))

    def run(self) -> Summary:
        """The article's record."""
        steps, model = self._steps(), self._model()
        return self._finish(_drive(steps, model, self) if model else _undriven(steps))

    async def arun(self, work: Work) -> Summary:
        """The article's record in an event loop; rules and checks are run by `await work(function, argument)`."""
        steps, model = self._steps(), self._model()
        return self._finish(await (_adrive(steps, model, self, work) if model else work(_undriven, steps)))

    def _model(self) -> Model | None:
        """Who is asked; None where the recipe asks nobody."""
        return None if self.spec.recipe == EXTRACTIVE else self.spec.model

    def _steps(self) -> Steps:
        """The recipe's steps, with account kept of them."""
        if self.article.status != "ok":
            return self._account(_nothing_to_ask(self.article))
        spec = self.spec
        return self._account(RECIPES[spec.recipe](self.article, spec.prompt, spec.settings.language, spec.room))

    def announce(self, request: Request) -> None:
        """Says what is to be sent now."""
        if self.spec.notify:
            self.spec.notify(request)

    def _account(self, steps: Steps) -> Steps:
        """The same steps, with a note taken of every request; a refusal ends them with its status."""
        try:
            request = next(steps)
            while True:
                try:
                    reply = yield request
                except LimitReached:
                    raise  # which no recipe can do anything about
                except ModelError as error:
                    self.calls += error.calls
                    error.calls = ()  # noted; the recipe may say more about it
                    request = steps.throw(error)
                else:
                    self._note(request, reply)
                    request = steps.send(reply)
        except StopIteration as end:
            content: Content = end.value
        except (AnswerRefused, AnswerFiltered) as error:
            self.calls += error.calls
            status = "refused" if isinstance(error, AnswerRefused) else "filtered"
            content = without_points(self.article).model_copy(update={"status": status, "status_reason": str(error)})
        except ModelError as error:
            error.calls = (*self.calls, *error.calls)
            raise
        return with_findings(content, *self.findings)

    def _note(self, request: Request, reply: Reply) -> None:
        self.calls += reply.calls
        self.shown |= request.shown
        self.findings += [finding for finding in reply.findings if finding not in self.findings]
        if unread := unread_input(request, reply.calls):
            self.findings.append(_not_fully_read(request, unread))

    def _finish(self, content: Content) -> Summary:
        """The record: the recipe's content, and how it came to be."""
        spec, prompt, asked = self.spec, self.spec.prompt, bool(self.calls)
        parameters = parameters_of(spec.model_name)
        if asked and parameters and parameters < SMALL:
            content = with_findings(content, _written_by_a_small_model(parameters))
        if spec.settings.with_text:
            content = content.model_copy(update={"article": content.article.with_text(self.article)})
        spent = [call for call in self.calls if not call.saved]
        price = cost(spec.priced_as, spent) if asked else None
        run = Run(
            model=spec.model_name,
            recipe=spec.recipe,
            prompt=PromptInfo(name=prompt.name, version=prompt.version, sha256=prompt.sha256),
            schema_sha256=schema_sha256(prompt.answer) if asked else None,
            summarizer_version=_version(),
            requests=tuple(self.calls),
            tokens=Tokens.of(spent),
            saved=Tokens.of(call for call in self.calls if call.saved),
            cost=price,
            price_list=None if price is None else price_list(),
            seconds=round(time.perf_counter() - self.started, 3),
            coverage=Coverage(given=len(self.article.text), seen=self._characters_shown()),
            digital_source_type=(BY_MODEL if asked else BY_RULES) if content.status == "ok" else None,
        )
        return Summary(**dict(content), run=run)

    def _characters_shown(self) -> int:
        sentences = [self.article.sentence(number) for number in sorted(self.shown)]
        if len(sentences) == len(self.article.sentences):
            return len(self.article.text) if sentences else 0
        return sum(sentence.end - sentence.start for sentence in sentences)


def _read(source: Source, settings: Settings) -> Article:
    if isinstance(source, Article):
        return without_instructions(source)
    return read_article(source, raw=settings.raw, allow_private_hosts=settings.allow_private_hosts)


@cache  # reads the metadata of the installed package
def _version() -> str:
    return version("checked-summarizer")


def _nothing_to_ask(article: Article) -> Steps:
    """The steps for what can't be summarised: none."""
    return without_points(article)
    yield


def _written_by_a_small_model(parameters: int) -> Finding:
    size = f"{parameters / 1e9:.1f} billion" if parameters >= 1e9 else f"{parameters / 1e6:.0f} million"
    return Finding(
        code="small_model",
        severity="note",
        path="",
        message=f"Written by a language model of {size} parameters running on this machine; such models invent and "
        "mix up facts: read it beside the evidence.",
    )


def _not_fully_read(request: Request, unread: Unread) -> Finding:
    return Finding(
        code="input_not_fully_read",
        severity="error",
        path="",
        message=f"The server counted {unread.counted} tokens in the request for the {request.purpose}, which has "
        f"{unread.least} at the very least: it has read only a part. Raise the context size that the server was "
        "started with.",
    )
