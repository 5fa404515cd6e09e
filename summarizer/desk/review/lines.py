"""Lines: the records of a batch, opened from its output."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from summarizer.batch.result import BatchResult
from summarizer.desk.review.store import Store
from summarizer.errors import SourceNotFound
from summarizer.faults import faults_of
from summarizer.jsonl_file import lines_of
from summarizer.record import Part


class Unopened(Part):
    """A line that has no record to review, and why."""

    key: str
    why: str


class Batch(Part):
    """The lines of one file."""

    name: str
    records: tuple[str, ...]
    """In the order of the lines."""
    unopened: tuple[Unopened, ...]


def open_lines(store: Store, path: Path) -> Batch:
    """Keeps the records of a batch's lines, those that are kept already once. Raises SourceNotFound."""
    if not path.is_file():
        raise SourceNotFound(f"{path}: there is no such file. Give the output of summarizer batch.")
    records, unopened = dict[str, None](), list[Unopened]()
    for number, (_, line) in enumerate(lines_of(path), 1):
        try:
            found = BatchResult.model_validate_json(line)
        except ValidationError as error:
            unopened.append(Unopened(key=f"line {number}", why=faults_of(error, "the line")))
            continue
        if found.record is None:
            why = found.error.message if found.error else "It has no record."
            unopened.append(Unopened(key=found.key, why=why))
        elif not found.record.article.text:
            unopened.append(Unopened(key=found.key, why="It keeps no text of its article: make it --with-text."))
        else:
            records[store.add(found.record, batch=path.name, key=found.key)] = None
    return Batch(name=path.name, records=tuple(records), unopened=tuple(unopened))
