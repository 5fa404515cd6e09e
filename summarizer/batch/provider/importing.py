"""Import: answers of a batch become lines, checked by the very code that checks live ones."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import aclosing, closing
from dataclasses import dataclass, replace
from pathlib import Path

from summarizer.batch.api import CONCURRENCY
from summarizer.batch.budget import Budget
from summarizer.batch.item import Item
from summarizer.batch.journal import Journal
from summarizer.batch.provider.answers import AnsweredModel, ProviderAnswers
from summarizer.batch.provider.manifest import Folder, Manifest
from summarizer.batch.runner import BatchRun
from summarizer.batch.stats import Tally
from summarizer.errors import SettingsError
from summarizer.models.openai.batches import Batches
from summarizer.models.remote.model import EndpointModel
from summarizer.settings import Settings
from summarizer.spec import Spec, prompt_of


@dataclass
class Imported:
    """What an import came to."""

    tally: Tally
    lines: Path
    unanswered: int = 0
    """Articles without an answer: expired, or in a batch that is not through."""
    under_way: int = 0
    """Batches that are not through."""
    unreadable: int = 0
    """Lines of the provider's that can't be read."""


async def import_answers(folder: Folder, manifest: Manifest, model: EndpointModel) -> Imported:
    """Fetches the files of answers that are there and not fetched yet, and writes a line for each answer that has
    none. What expired gets none: it is left to the live path. Raises SettingsError, ModelError or OutputFailed."""
    fetch(folder, manifest, Batches(model))
    answers = ProviderAnswers(path for number in range(len(manifest.files)) for path in folder.answers(number))
    spec = _answered(model, answers, manifest.settings())
    if spec.sha256 != manifest.job:
        raise SettingsError(
            f"the prompt {manifest.prompt!r}, its schema or the recipe has changed since {folder.path} was exported: "
            "its answers are to another question. Import them with what they were asked by."
        )
    done = Imported(Tally(), Path(manifest.lines))
    done.under_way = sum(not (file.batch and file.batch.ended) for file in manifest.files)
    done.unreadable = answers.unreadable
    with closing(Journal(done.lines, spec.sha256)) as memory:
        many = BatchRun(spec, memory, Budget(done.tally), CONCURRENCY)
        async with aclosing(many.lines(_items(folder, answers, done))) as lines:
            async for _ in lines:
                pass
        memory.tidy()
    return done


def _answered(model: EndpointModel, answers: ProviderAnswers, settings: Settings) -> Spec:
    """What was asked, of a model that has answered already; without prices, as no list knows those of batches."""
    unpriced = settings.model_copy(update={"priced_as": ""})
    spec = Spec(model, prompt_of(settings), unpriced)
    return replace(spec, around=lambda _, article: AnsweredModel(model, answers.get(spec.id_of(article))))


def fetch(folder: Folder, manifest: Manifest, batches: Batches) -> None:
    """The files of answers and errors of the batches that are through."""
    for number, file in enumerate(manifest.files):
        if file.batch and file.batch.ended:
            ids = (file.batch.answers_file, file.batch.errors_file)
            for id_, path in zip(ids, folder.answers(number), strict=True):
                if id_ and not path.exists():
                    batches.download(id_, path)


def _items(folder: Folder, answers: ProviderAnswers, done: Imported) -> Iterator[Item]:
    """The articles that have been answered."""
    for asked in folder.asked():
        if asked.id in answers:
            yield Item(asked.key, asked.article, fetched_from=asked.url)
        else:
            done.unanswered += 1
