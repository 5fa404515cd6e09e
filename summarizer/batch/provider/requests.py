"""Files of requests, each within what a provider takes, and beside them the articles that they are about."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import count, takewhile
from pathlib import Path

from summarizer.batch.provider.manifest import AskedItem, Folder, RequestFile
from summarizer.jsonl_file import AppendOnlyFile
from summarizer.models.openai.batches import URL
from summarizer.models.providers.provider import BatchLimits


class RequestFiles:
    """Written line by line; a new file begins where the next line would go beyond the limits.

    What an export that was broken off has left in the folder goes: it was never sent.
    """

    def __init__(self, folder: Folder, limits: BatchLimits) -> None:
        self.files: list[RequestFile] = []
        self._folder, self._limits = folder, limits
        self._articles = AppendOnlyFile(folder.articles)
        self._articles.clear()
        for left in takewhile(Path.exists, map(folder.requests, count())):
            left.unlink()
        self._file: AppendOnlyFile | None = None
        self._bytes = 0
        self._ids: set[str] = set()

    def add(self, asked: AskedItem, body: Callable[[], bytes]) -> bool:
        """Takes in an article, and its request if it is the first of its id; whether it was."""
        is_new = asked.id not in self._ids
        if is_new:
            self._write(request_line(asked.id, body()))
            self._ids.add(asked.id)
        self._articles.append(asked.model_dump_json())
        return is_new

    def close(self) -> None:
        """Comes back when all is on the disk itself."""
        for file in filter(None, (self._file, self._articles)):
            file.sync()
            file.close()

    def _write(self, line: str) -> None:
        size = len(line.encode()) + 1
        if self._file is None or not self._has_room(size):
            self._file = self._begin()
        self._file.append(line)
        self._bytes += size
        self.files[-1] = self.files[-1].model_copy(update={"requests": self.files[-1].requests + 1})

    def _has_room(self, size: int) -> bool:
        return self._bytes + size <= self._limits.bytes and self.files[-1].requests < self._limits.requests

    def _begin(self) -> AppendOnlyFile:
        if self._file:
            self._file.sync()
            self._file.close()
        path = self._folder.requests(len(self.files))
        self.files.append(RequestFile(name=path.name, requests=0))
        self._bytes = 0
        return AppendOnlyFile(path)


def request_line(id_: str, body: bytes) -> str:
    """The line of one request, with its body as it would be sent, not parsed and written again."""
    head = json.dumps({"custom_id": id_, "method": "POST", "url": URL})
    return f'{head.removesuffix("}")}, "body": {body.decode()}}}'
