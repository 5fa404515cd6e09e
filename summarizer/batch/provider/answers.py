"""Answers of a batch: what came back for each request, read from the files as it is wanted."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.errors import FATAL, ProviderFailed
from summarizer.jsonl_file import lines_of
from summarizer.models.base import Reply, Request, Stateless
from summarizer.models.remote.model import EndpointModel

NEVER_ASKED = frozenset({"batch_expired", "batch_cancelled"})
"""Codes of errors that say that a request was not answered in time: it stays to be asked."""


@dataclass(frozen=True)
class Answered:
    """An answer as the provider sent it: a status and a body, or the provider's own error."""

    status: int | None
    body: Any
    error: str = ""


class ProviderAnswers:
    """Those in these files, by the `custom_id` of the request; in memory are only the places they stand at."""

    def __init__(self, files: Iterable[Path]) -> None:
        self.unreadable = 0
        """Lines that are no answers."""
        self._places: dict[str, tuple[Path, int]] = {}
        for path in files:
            for start, line in lines_of(path) if path.exists() else ():
                self._index(path, start, line)

    def __contains__(self, id_: str) -> bool:
        return id_ in self._places

    def get(self, id_: str) -> Answered:
        """The answer to the request of this id. Raises KeyError."""
        path, start = self._places[id_]
        with path.open("rb") as file:
            file.seek(start)
            _, answered = _read(file.readline())
        return answered

    def _index(self, path: Path, start: int, line: bytes) -> None:
        try:
            id_, answered = _read(line)
        except (ValueError, KeyError, TypeError, AttributeError):
            self.unreadable += 1
            return
        if answered.status is not None or answered.error not in NEVER_ASKED:
            self._places.setdefault(id_, (path, start))


def _read(line: bytes) -> tuple[str, Answered]:
    fields = json.loads(line)
    response, error = fields["response"], fields.get("error") or {}
    if response is None:
        return fields["custom_id"], Answered(None, error, str(error.get("code")))
    return fields["custom_id"], Answered(int(response["status_code"]), response["body"])


class AnsweredModel(Stateless):
    """Stands where the model does, and has one answer, which came in a batch. It can't be asked again."""

    def __init__(self, model: EndpointModel, answered: Answered) -> None:
        self.name = model.name
        self.recipe = model.recipe
        self.context_tokens = model.context_tokens
        self._model, self._answered = model, answered

    def complete(self, request: Request) -> Reply:
        """The answer, judged as a live one. Raises ModelError."""
        answered = self._answered
        if answered.status is None:
            message = answered.body.get("message") or answered.error
            raise ProviderFailed(f"{self._model.endpoint.provider.name} says of this request: {message}")
        try:
            return self._model.delivered(request, answered.status, answered.body)
        except FATAL as error:  # was so when this one was asked, and is no reason not to read the others
            raise ProviderFailed(str(error), calls=getattr(error, "calls", ())) from error
