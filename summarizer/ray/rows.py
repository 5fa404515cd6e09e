"""Rows: what runs in Ray Data, a batch of rows in and the same rows with their lines out."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Collection, Mapping
from pathlib import Path
from typing import Any

import pyarrow

from summarizer.batch.budget import Budget
from summarizer.batch.input.rows import Fields
from summarizer.batch.item import Item
from summarizer.batch.journal import Journal
from summarizer.batch.parquet import columns, row_of
from summarizer.batch.result import BatchResult
from summarizer.batch.runner import BatchRun
from summarizer.batch.stats import Tally
from summarizer.errors import OutputFailed, SettingsError
from summarizer.ray.cluster import nodes
from summarizer.ray.worker import WorkerJob
from summarizer.ray.worker_pool import Fleet

LETTING_GO = 20.0
"""Seconds that a process which had the journal before is given to end."""


class Rows:
    """Runs as Ray Data's one actor for this step, beside the journal; the work itself is the fleet's.

    Ray Data gives the whole block again when this actor dies. What was finished of it is in the journal.
    """

    def __init__(
        self,
        job: WorkerJob,
        fields: Fields,
        prefix: str,
        journal: Path,
        *,
        concurrency: int,
        workers: int | None,
        retry_failed: bool,
        max_tokens: int | None,
        max_cost: float | None,
    ) -> None:
        self._fields, self._prefix = fields, prefix
        spec = job.spec()
        budget = Budget(Tally(priced_as=spec.priced_as), max_tokens, max_cost)
        self._memory = _opened(journal, spec.sha256, retry_failed=retry_failed)
        self._fleet = Fleet(job, workers or nodes(), concurrency, budget)
        self._found: dict[Item, str] = {}
        self._many = BatchRun(spec, self._memory, budget, concurrency, self._fleet, self._found.__setitem__)
        self._batches = 0

    async def __call__(self, batch: pyarrow.Table) -> AsyncIterator[pyarrow.Table]:
        """The batch with its lines. Raises what ended the run, when what was under way is through."""
        check_columns(batch.column_names, self._fields, self._prefix)
        wanted = [name for name in batch.column_names if name in vars(self._fields).values()]
        items = [self._item(row) for row in batch.select(wanted).to_pylist()]
        self._batches += 1
        try:
            made = await asyncio.gather(*map(self._line_of, items), return_exceptions=True)
        finally:
            self._batches -= 1
        lines = [line for line in made if isinstance(line, BatchResult)]
        if len(lines) < len(made):
            self._end()
            raise next(error for error in made if isinstance(error, BaseException))
        yield self._with_lines(batch, lines)

    async def _line_of(self, item: Item) -> BatchResult:
        """The line that was made, now or earlier."""
        line = await self._many.one(item)
        return line or self._memory.line(item.key, self._found.pop(item))

    def __del__(self) -> None:
        """Ray Data lets go of this before it ends the process."""
        if hasattr(self, "_batches"):  # else it has not come up
            self._end()

    def _end(self) -> None:
        """Lets another run have the journal: after an error, Ray Data keeps this actor as long as anybody keeps the
        error, and a notebook does."""
        if not self._batches:
            self._many.close()
            self._memory.close()
            self._fleet.close()

    def _item(self, row: Mapping[str, Any]) -> Item:
        return self._fields.item(row, "a row of the dataset")

    def _with_lines(self, batch: pyarrow.Table, lines: list[BatchResult]) -> pyarrow.Table:
        texts = [line.model_dump_json() for line in lines]
        rows = [{**row_of(json.loads(text)), "line": text} for text in texts]
        for field in _added():
            values = pyarrow.array([row[field.name] for row in rows], field.type)
            batch = batch.append_column(self._prefix + field.name, values)
        return batch


def check_columns(names: Collection[str], fields: Fields, prefix: str) -> None:
    """Raises SettingsError when the columns can't hold an article, or hold lines already."""
    if fields.text not in names and fields.url not in names:
        raise SettingsError(
            f"the dataset has neither a column {fields.text!r} nor {fields.url!r}, but: {', '.join(names)}. "
            "Name the one that holds the articles: fields=Fields(text=...), or their addresses: Fields(url=...)."
        )
    if taken := [prefix + field.name for field in _added() if prefix + field.name in names]:
        raise SettingsError(f"the dataset has {', '.join(taken)} already; name another prefix")


def _added() -> list[pyarrow.Field]:
    table = columns()
    return [*table.remove(table.get_field_index("record")), pyarrow.field("line", pyarrow.string())]


def _opened(path: Path, job: str, *, retry_failed: bool) -> Journal:
    """The journal, once the actor that had it before has ended."""
    ends = time.monotonic() + LETTING_GO
    while True:
        try:
            return Journal(path, job, retry_failed=retry_failed)
        except OutputFailed:
            if time.monotonic() > ends:
                raise
            time.sleep(0.2)
