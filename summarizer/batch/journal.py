"""What a run knows of earlier lines: the output is its journal, so that it goes on where another one ended."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from summarizer.batch.result import BatchResult, Head, first_few, heads_of, refuse_other
from summarizer.jsonl_file import AppendOnlyFile

UNREAD = ""
"""Stands for the article of a source that could not be read."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """That a line is there already; `failed` is the name of its error."""

    failed: str | None


class Memory:
    """What is known of earlier lines: nothing, where lines are kept elsewhere or not at all. `what` is the id of an
    article, an address that was fetched, or UNREAD."""

    def earlier(self, key: str, what: str) -> Earlier | None:
        """Whether `what` has a line under this key."""
        return None

    def find(self, what: str) -> BatchResult | None:
        """A line of `what`, under any key."""
        return None

    def add(self, line: BatchResult) -> None:
        """Takes a line in."""

    def sync(self) -> None:
        """Comes back when all lines are safe. May be called from any thread."""

    def tidy(self) -> int:
        """Takes out the lines that this run has replaced, and says how many. To be called when the run has been
        through all its articles."""
        return 0

    def close(self) -> None:
        """Lets go of what it keeps the lines in."""


class Journal(Memory):
    """The lines of one output file; those of this job are not made again.

    Lines of other jobs stay until `tidy`. With `retry_failed` failures do not count as made. In memory is some half
    a kilobyte for each line, and no text. Blank and torn lines stay as they are. Raises OutputFailed for a file that
    holds something else.
    """

    def __init__(self, path: Path, job: str, *, retry_failed: bool = False) -> None:
        self.path = path
        self._job = job
        refuse_other(path)  # before half a line at its end would be taken away
        self._file = AppendOnlyFile(path, alone=True)
        self._unread: list[int] = []
        self._at: dict[bytes, int] = {}
        self._failed: dict[int, str] = {}
        self._current: set[int] = set()
        self._has_record: dict[bytes, bool] = {}
        for number, (start, head) in enumerate(heads_of(path), 1):
            if head is None:
                self._unread.append(number)
            elif head.job == job and not (retry_failed and head.failed):
                self._index(start, head)

    @property
    def unread(self) -> str:
        """Which lines say nothing; empty where all do."""
        if not self._unread:
            return ""
        lines = f"line{'s' * (len(self._unread) != 1)} {first_few(self._unread)}"
        said = f"{self.path}: passed over, since nothing can be read there: {lines}"
        return f"{said}; an article that had its record there is asked again"

    def earlier(self, key: str, what: str) -> Earlier | None:
        """Whether `what` has a line under this key; that line is then one of this run."""
        start = self._at.get(_mark(key, what))
        if start is None:
            return None
        failed = self._failed.get(start)
        self._touch(start, key, failed)
        return Earlier(failed)

    def find(self, what: str) -> BatchResult | None:
        """A line of `what`, read back from the file; None for one that another version wrote and this can't read."""
        start = self._at.get(_mark(what))
        try:
            return None if start is None else BatchResult.model_validate_json(self._file.at(start))
        except ValidationError:
            return None

    def line(self, key: str, what: str) -> BatchResult:
        """The line that `earlier` has found, read back from the file."""
        return BatchResult.model_validate_json(self._file.at(self._at[_mark(key, what)]))

    def add(self, line: BatchResult) -> None:
        """Appends the line to the file."""
        start = self._file.append(line.model_dump_json())
        failed = line.error.type if line.error else None
        self._index(start, Head(line.key, line.id, line.job, line.url, failed))
        self._touch(start, line.key, failed)

    def sync(self) -> None:
        """Comes back when all lines are on the disk itself."""
        self._file.sync()

    def tidy(self) -> int:
        """Takes out the lines that this run has replaced, and says how many: those of its keys that are of another
        job, of an article that has changed since, or of a failure that was mended. A record never goes for a
        failure."""
        wanted, gone = set[int](), 0
        for start, head in heads_of(self.path) if self.path.exists() else ():
            has_record = self._has_record.get(_mark(head.key)) if head else None
            if has_record is None or start in self._current or not (head and (has_record or head.failed)):
                wanted.add(start)
            else:
                gone += 1
        if gone:
            self._file.keep(wanted)
        return gone

    def close(self) -> None:
        """Lets other runs have the file."""
        self._file.close()

    def _index(self, start: int, head: Head) -> None:
        for what in filter(None, (head.id, head.url)):
            self._at[_mark(head.key, what)] = start
            self._at.setdefault(_mark(what), start)
        if head.id is None:
            self._at[_mark(head.key, UNREAD)] = start
        if head.failed:
            self._failed[start] = head.failed

    def _touch(self, start: int, key: str, failed: str | None) -> None:
        self._current.add(start)
        self._has_record[_mark(key)] = self._has_record.get(_mark(key), False) or failed is None


def _mark(*parts: str) -> bytes:
    """Stands for the parts in few bytes, whatever their length."""
    return hashlib.blake2b("\0".join(parts).encode(errors="surrogatepass"), digest_size=16).digest()
