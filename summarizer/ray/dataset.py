"""`summarize_dataset`: a Ray Dataset of articles in, the same with a line for each out."""

from __future__ import annotations

import atexit
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.batch.api import CONCURRENCY
from summarizer.batch.budget import Budget
from summarizer.batch.input.rows import Fields
from summarizer.batch.stats import Tally
from summarizer.prompts import Prompt
from summarizer.ray.cluster import require_ray
from summarizer.settings import Settings
from summarizer.spec import Spec

if TYPE_CHECKING:
    from ray.data import Dataset

IN_FLIGHT = 2
"""Blocks at a time: while the last articles of one are under way, those of the next are begun."""


def summarize_dataset(
    ds: Dataset,
    *,
    fields: Fields | None = None,
    prompt: str | Path | Prompt | None = None,
    model: str | None = None,
    settings: Settings | None = None,
    concurrency: int = CONCURRENCY,
    workers: int | None = None,
    journal: Path | None = None,
    retry_failed: bool = False,
    max_tokens: int | None = None,
    max_cost: float | None = None,
    prefix: str = "summary_",
) -> Dataset:
    """The dataset with a line for each row, in columns: the same lines that one machine makes.

    `fields` names the columns that hold a text or an address, a title, a key and a date. Rows whose key stands in no
    column have one made of their text. Added are the columns of `summarizer batch --format parquet` but for the
    record, and `line`, the whole line as JSON, which `BatchResult.model_validate_json` reads; all under `prefix`. A
    row that came to nothing has `error` and `error_message`.

    `workers` are processes anywhere in the cluster, each with one client (None: one a machine); together they have at
    most `concurrency` requests under way. Every line is written to `journal`, a file on the machine that calls this,
    before its row goes on; rows that have a line there are not asked again, be it that a worker died, that the
    dataset is run twice, or that another process made it. Without a name it is a file that goes with this process.

    Raises SettingsError when Ray is missing, PromptError, ModelNotFound or KeyRejected. What no row would escape, as
    LimitReached or QuotaExhausted, ends the execution of the dataset.
    """
    require_ray()
    import ray
    from ray.data import ActorPoolStrategy

    from summarizer.ray.rows import Rows
    from summarizer.ray.worker import WorkerJob

    asked = Spec.of(prompt, model, settings)
    job = WorkerJob.of(model, asked.prompt, asked.settings)
    Budget(Tally(priced_as=job.spec().priced_as), max_tokens, max_cost)  # what is wrong with it is said now
    return ds.map_batches(
        Rows,
        fn_constructor_args=(job, fields or Fields(), prefix, (journal or _passing()).resolve()),
        fn_constructor_kwargs={
            "concurrency": concurrency,
            "workers": workers,
            "retry_failed": retry_failed,
            "max_tokens": max_tokens,
            "max_cost": max_cost,
        },
        batch_size=concurrency,
        batch_format="pyarrow",
        compute=ActorPoolStrategy(size=1, max_concurrent_calls_per_actor=IN_FLIGHT),
        num_cpus=0,
        label_selector={"ray.io/node-id": ray.get_runtime_context().get_node_id()},
        udf_modifying_row_count=False,
    )


def _passing() -> Path:
    """A journal for this process."""
    file, name = tempfile.mkstemp(".jsonl", "summarizer-")
    os.close(file)
    path = Path(name)
    atexit.register(path.unlink, missing_ok=True)
    return path
