"""Export: every article that is to be asked becomes a line in a file of requests, with the body of a live request."""

from __future__ import annotations

from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import aclosing, closing
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import SecretStr

from summarizer.article import Article
from summarizer.batch.api import CONCURRENCY
from summarizer.batch.budget import Budget
from summarizer.batch.input.async_items import Sources
from summarizer.batch.item import Item
from summarizer.batch.journal import Journal
from summarizer.batch.provider.manifest import AskedItem, Folder, Manifest, RequestFile
from summarizer.batch.provider.requests import RequestFiles
from summarizer.batch.result import Failure
from summarizer.batch.runner import READERS, BatchRun
from summarizer.batch.stats import Tally
from summarizer.batch.workers import LocalWorkers
from summarizer.errors import OutputFailed, SettingsError
from summarizer.models.base import Request
from summarizer.models.choosing import default_model
from summarizer.models.connecting import connect
from summarizer.models.remote.model import EndpointModel
from summarizer.recipes.asking import record_request
from summarizer.record import Summary
from summarizer.settings import Settings
from summarizer.spec import Spec, prompt_of
from summarizer.text.instructions.prompt_injection import without_instructions


@dataclass(frozen=True)
class Exported:
    """What an export came to."""

    tally: Tally
    requests: int
    too_long: int
    """Articles that take more than one request: they are left to the live path."""
    files: tuple[RequestFile, ...]


def endpoint(settings: Settings) -> EndpointModel:
    """The model that the settings name. Raises SettingsError where it takes no batches."""
    model = connect(None, settings.model_copy(update={"cache": None, "record": None}))
    if isinstance(model, EndpointModel) and model.endpoint.provider.batch:
        return model
    raise SettingsError(f"{model.name} takes no batches of OpenAI's kind; name a model of openai, or give --base-url")


async def export(
    sources: Sources,
    folder: Folder,
    settings: Settings,
    *,
    lines: Path | None = None,
    requests_per_file: int | None = None,
) -> Exported:
    """Writes the folder. Articles that have their line in `lines` (default: in the folder) are left out; those with
    nothing to ask, and those that can't be read, have theirs at once.

    Nothing is sent, so no key is needed. `requests_per_file` is a limit below the provider's. Raises SettingsError,
    PromptError, ModelError or OutputFailed.
    """
    if folder.is_exported:
        raise SettingsError(f"{folder.path} holds an export already: submit it, or name another folder")
    model = endpoint(settings.model_copy(update={"api_key": settings.api_key or SecretStr("none")}))
    spec = Spec(model, prompt_of(settings), settings)
    if spec.recipe != "one_request":
        raise SettingsError(f"the recipe {spec.recipe} asks no single request; a batch is for one_request")
    limits = model.endpoint.provider.batch
    assert limits  # endpoint() looked
    if requests_per_file:
        limits = replace(limits, requests=min(limits.requests, requests_per_file))
    try:
        folder.path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputFailed(f"{folder.path}: {error.strerror}. Name a folder that may be written.") from error
    lines = lines or folder.default_lines
    with (
        folder.alone(),
        closing(Journal(lines, spec.sha256)) as memory,
        closing(RequestFiles(folder, limits)) as requests,
        ThreadPoolExecutor(READERS, "reading") as threads,
    ):
        exporting = Exporting(spec, model, requests, threads)
        run = BatchRun(spec, memory, Budget(Tally()), CONCURRENCY, exporting)
        async with aclosing(run.lines(sources)) as made:
            async for _ in made:
                pass
        requests.close()
        folder.save(_manifest(spec, model, requests.files, lines))
    return Exported(run.tally, exporting.requests, exporting.too_long, tuple(requests.files))


def _manifest(spec: Spec, model: EndpointModel, files: list[RequestFile], lines: Path) -> Manifest:
    settings = spec.settings
    return Manifest(
        job=spec.sha256,
        model=settings.model or default_model(settings),
        base_url=settings.base_url,
        prompt=str(settings.prompt),
        language=settings.language,
        max_tokens=settings.max_tokens,
        context_tokens=model.context_tokens,
        lines=str(lines.resolve()),
        files=tuple(files),
    )


class Exporting:
    """Workers that write requests instead of sending them. What is written has no line yet."""

    def __init__(self, spec: Spec, model: EndpointModel, requests: RequestFiles, threads: Executor) -> None:
        self.requests = self.too_long = 0
        self._local = LocalWorkers(spec, threads)
        self._spec, self._model, self._files = spec, model, requests

    async def read(self, item: Item) -> Article | Failure:
        """The article, or why it can't be read."""
        return await self._local.read(item)

    async def ask(self, item: Item, article: Article) -> Summary | Failure | None:
        """The record of an article with nothing to ask."""
        if article.status != "ok":
            return await self._local.ask(item, article)
        shown = without_instructions(article)
        request = record_request(shown, self._spec.prompt, self._spec.settings.language, shown.sentences)
        if self._spec.room and self._spec.room.holds(request):
            self._write(item, article, request)
        else:
            self.too_long += 1
        return None

    def _write(self, item: Item, article: Article, request: Request) -> None:
        asked = AskedItem(id=self._spec.id_of(article), key=item.key, url=item.address, article=article)
        self.requests += self._files.add(asked, lambda: self._model.body(request))
