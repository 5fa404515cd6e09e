"""A provider's batches: a file of requests goes up, and within a day a file of answers comes down."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from summarizer.errors import OutputFailed
from summarizer.models.remote.model import EndpointModel
from summarizer.record import Part

if TYPE_CHECKING:
    from openai import AsyncOpenAI
    from openai.types import Batch

URL: Final = "/v1/chat/completions"
WINDOW: Final = "24h"
"""The only one there is."""

FILE_SECONDS = 600.0
"""Seconds that a file of the largest size may take."""

LIST_SECONDS = 600.0
"""Seconds that the list of all batches may take, page after page."""

ENDED = frozenset({"completed", "expired", "cancelled", "failed"})


class BatchState(Part):
    """How far the provider is with a batch."""

    id: str
    status: str
    """validating, in_progress, finalizing, completed, expired, cancelling, cancelled, or failed: refused as a
    whole."""
    total: int = 0
    completed: int = 0
    failed: int = 0
    answers_file: str | None = None
    errors_file: str | None = None
    """What the files of answers and of errors are called, once there are any."""
    errors: tuple[str, ...] = ()
    """Why it was refused."""

    @property
    def ended(self) -> bool:
        """Whether no more answers will come."""
        return self.status in ENDED

    @classmethod
    def of(cls, batch: Batch) -> BatchState:
        """As the provider tells it."""
        counts, errors = batch.request_counts, batch.errors
        return cls(
            id=batch.id,
            status=batch.status,
            total=counts.total if counts else 0,
            completed=counts.completed if counts else 0,
            failed=counts.failed if counts else 0,
            answers_file=batch.output_file_id,
            errors_file=batch.error_file_id,
            errors=tuple(str(error.message) for error in (errors.data or ())) if errors else (),
        )


class Batches:
    """The batches of the provider of a model. Every method raises ModelError."""

    def __init__(self, model: EndpointModel) -> None:
        self._model = model

    def upload(self, path: Path) -> str:
        """The id that the file has from now on."""

        async def work(client: AsyncOpenAI) -> str:
            return (await client.files.create(file=path, purpose="batch", timeout=FILE_SECONDS)).id

        return self._model.call(work, seconds=FILE_SECONDS)

    def create(self, file_id: str) -> BatchState:
        """Has the requests of an uploaded file answered. Tried once: another try may be paid for twice."""

        async def work(client: AsyncOpenAI) -> BatchState:
            return BatchState.of(
                await client.batches.create(input_file_id=file_id, endpoint=URL, completion_window=WINDOW)
            )

        return self._model.call(work, tries=1)

    def find(self, file_id: str) -> BatchState | None:
        """The batch that was made of this file, unless it was refused: one whose creation was not heard of."""

        async def work(client: AsyncOpenAI) -> BatchState | None:
            async for batch in client.batches.list(limit=100):
                if batch.input_file_id == file_id and batch.status != "failed":
                    return BatchState.of(batch)
            return None

        return self._model.call(work, seconds=LIST_SECONDS)

    def state(self, batch_id: str) -> BatchState:
        """How far it is."""

        async def work(client: AsyncOpenAI) -> BatchState:
            return BatchState.of(await client.batches.retrieve(batch_id))

        return self._model.call(work)

    def download(self, file_id: str, path: Path) -> None:
        """The file as `path`, whole or not at all."""
        new = path.with_name(f"{path.name}.new")

        async def work(client: AsyncOpenAI) -> None:
            content = client.files.with_streaming_response.content(file_id, timeout=FILE_SECONDS)
            async with content as response:
                await response.stream_to_file(new)

        try:
            self._model.call(work, seconds=FILE_SECONDS)
            new.replace(path)
        except OSError as error:
            raise OutputFailed(f"{path}: {error.strerror}") from error
