"""A worker: one in an actor, with one client and one event loop."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Self, TypeVar

from summarizer.article import Article
from summarizer.batch.item import Item
from summarizer.batch.result import Failure
from summarizer.batch.runner import READERS
from summarizer.batch.workers import ENDING, LocalWorkers
from summarizer.models.choosing import default_model
from summarizer.models.connecting import named, with_key
from summarizer.models.throttle import Limit
from summarizer.prompts import Example, Prompt, PromptConfig
from summarizer.ray.shared_throttle import SharedLimit
from summarizer.record import Summary
from summarizer.settings import Settings
from summarizer.spec import Spec

T = TypeVar("T")


@dataclass(frozen=True)
class WorkerJob:
    """What is asked of every article, as it goes to another process: the prompt's text, and the key with it."""

    model: str
    prompt: str
    config: PromptConfig
    templates: Mapping[str, str]
    examples: tuple[Example, ...]
    settings: Settings

    @classmethod
    def of(cls, model: str | None, prompt: Prompt, settings: Settings) -> Self:
        """Raises ModelNotFound, or KeyRejected when there is no key."""
        name = model or default_model(settings)
        parts = (prompt.name, prompt.config, dict(prompt.templates), prompt.examples)
        return cls(name, *parts, with_key(name, settings))

    def spec(self, limit: Limit | None = None) -> Spec:
        """The same in this process. Raises what `connect` does."""
        prompt = Prompt(self.prompt, self.config, MappingProxyType(dict(self.templates)), self.examples)
        return Spec(named(self.model, self.settings, limit), prompt, self.settings)


@dataclass(frozen=True)
class WorkerEnding:
    """An error that ends the run, on its way there: raised, Ray would make another one of it."""

    error: Exception


class Worker:
    """Runs as an actor. Connects when it is first asked, so that what fails then is told as any other error."""

    def __init__(self, job: WorkerJob, gate: Any, name: str) -> None:
        self._job = job
        self._limit = SharedLimit(gate, name)
        self._threads = ThreadPoolExecutor(READERS, "reading")
        self._made: LocalWorkers | None = None

    async def is_up(self) -> bool:
        """Once it can be asked."""
        return True

    async def read(self, item: Item) -> Article | Failure | WorkerEnding:
        """The article, or why it can't be read."""
        return await _told(lambda: self._workers().read(item))

    async def ask(self, article: Article) -> Summary | Failure | WorkerEnding:
        """The article's record, or why there is none. What its key is decides nothing here."""
        return await _told(lambda: self._workers().ask(Item("", article), article))

    def _workers(self) -> LocalWorkers:
        if self._made is None:
            self._made = LocalWorkers(self._job.spec(self._limit), self._threads)
        return self._made


async def _told(work: Callable[[], Awaitable[T]]) -> T | WorkerEnding:
    try:
        return await work()
    except ENDING as error:
        return WorkerEnding(error)
