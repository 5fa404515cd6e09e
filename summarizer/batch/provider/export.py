"""Export: every article that is to be asked becomes a line in a file of requests, with the body of a live request."""

from __future__ import annotations

from contextlib import aclosing, closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import SecretStr

from summarizer.article import Article
from summarizer.batch.api import CONCURRENCY
from summarizer.batch.budget import Budget
from summarizer.batch.input.async_items import Sources
from summarizer.batch.item import Item
from summarizer.batch.journal import Journal, Memory
from summarizer.batch.provider.manifest import AskedItem, Folder, Manifest, RequestFile
from summarizer.batch.provider.requests import RequestFiles
from summarizer.batch.result import BatchResult
from summarizer.batch.runner import BatchRun
from summarizer.batch.spec import Spec
from summarizer.batch.stats import Tally
from summarizer.errors import SettingsError
from summarizer.models.base import Request
from summarizer.models.choosing import default_model
from summarizer.models.connect import connect
from summarizer.models.remote.model import EndpointModel
from summarizer.prompt import load_prompt
from summarizer.recipes.asking import record_request
from summarizer.recipes.base import TokenBudget
from summarizer.settings import Settings


@dataclass
class Exported:
    """What an export came to."""

    tally: Tally
    requests: int = 0
    too_long: int = 0
    """Articles that take more than one request: they are left to the live path."""
    files: list[RequestFile] = field(default_factory=list)


def endpoint(settings: Settings) -> EndpointModel:
    """The model that the settings name. Raises SettingsError where it takes no batches."""
    model = connect(None, settings.model_copy(update={"cache": None, "record": None}))
    if isinstance(model, EndpointModel) and model.endpoint.provider.batch:
        return model
    raise SettingsError(f"{model.name} takes no batches of OpenAI's kind; name a model of openai, or set base_url")


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
    spec = Spec(model, load_prompt(settings.prompt), settings)
    if spec.recipe != "one_request":
        raise SettingsError(f"the recipe {spec.recipe} asks no single request; a batch is for one_request")
    limits = model.endpoint.provider.batch
    assert limits  # endpoint() looked
    if requests_per_file:
        limits = replace(limits, requests=min(limits.requests, requests_per_file))
    folder.path.mkdir(parents=True, exist_ok=True)
    lines = lines or folder.default_lines
    with (
        folder.alone(),
        closing(Journal(lines, spec.sha256)) as memory,
        closing(RequestFiles(folder, limits)) as requests,
    ):
        exporting = Exporting(spec, memory, model, requests)
        async with aclosing(exporting.lines(sources)) as made:
            async for _ in made:
                pass
        requests.close()
        folder.save(_manifest(spec, model, requests.files, lines))
    done = exporting.exported
    done.files = requests.files
    return done


def _manifest(spec: Spec, model: EndpointModel, files: list[RequestFile], lines: Path) -> Manifest:
    settings = spec.settings
    return Manifest(
        job=spec.sha256,
        model=settings.model or default_model(settings),
        base_url=settings.base_url,
        prompt=settings.prompt,
        language=settings.language,
        max_tokens=settings.max_tokens,
        context_tokens=model.context_tokens,
        lines=str(lines.resolve()),
        files=tuple(files),
    )


class Exporting(BatchRun):
    """A run that writes requests instead of sending them. What is written has no line yet."""

    def __init__(self, spec: Spec, memory: Memory, model: EndpointModel, requests: RequestFiles) -> None:
        super().__init__(spec, memory, Budget(Tally()), CONCURRENCY)
        self.exported = Exported(self.tally)
        self._model, self._requests = model, requests
        self._room = TokenBudget.of(model, spec.settings)

    async def _asked(self, item: Item, article: Article, id_: str) -> BatchResult | None:
        if article.status != "ok":
            return await super()._asked(item, article, id_)
        request = record_request(article, self.spec.prompt, self.spec.settings.language, article.sentences)
        if not self._room.holds(request):
            self.exported.too_long += 1
            return None
        self._write(AskedItem(id=id_, key=item.key, url=item.address, article=article), request)
        return None

    def _write(self, asked: AskedItem, request: Request) -> None:
        if self._requests.add(asked, lambda: self._model.body(request)):
            self.exported.requests += 1
