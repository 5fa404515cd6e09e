"""Recordings: replies written down by the fingerprint of their request, and answered from there."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from summarizer.errors import ReplayMissing, SettingsError
from summarizer.models.base import Around, HoldsNothing, Model, Reply, Request
from summarizer.settings import RecipeName
from summarizer.summary import Call

MODEL_FILE = "model.json"


class RecordedModel(BaseModel):
    """The model whose replies a folder holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    recipe: RecipeName
    context_tokens: int


class RecordedReply(BaseModel):
    """One reply; the purpose is for people who look into the folder."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    purpose: str
    text: str
    problems: tuple[str, ...]
    calls: tuple[Call, ...]


class ReplayModel(HoldsNothing):
    """Answers what has been recorded in `folder`, and nothing else.

    Raises ReplayMissing when the folder holds no recording.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        recorded = _load(RecordedModel, folder / MODEL_FILE, "there is no recording in it")
        self.name = f"{recorded.name} (replay)"
        self.recipe = recorded.recipe
        self.context_tokens = recorded.context_tokens

    def complete(self, request: Request) -> Reply:
        """The recorded reply to `request`. Raises ReplayMissing."""
        path = self.folder / f"{request.fingerprint}.json"
        reply = _load(
            RecordedReply,
            path,
            f"no reply is recorded for this request ({request.purpose}); article, prompt or rules changed",
        )
        return Reply(reply.text, reply.calls, reply.problems)

    async def acomplete(self, request: Request) -> Reply:
        """The recorded reply to `request`."""
        return self.complete(request)


class Recorder(Around):
    """A model whose replies are written into `folder` as they come.

    Raises SettingsError when the folder holds the replies of another model.
    """

    def __init__(self, model: Model, folder: Path) -> None:
        super().__init__(model)
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        recorded = RecordedModel(name=self.name, recipe=self.recipe, context_tokens=self.context_tokens)
        path = folder / MODEL_FILE
        if path.exists() and (other := _load(RecordedModel, path, "")).name != self.name:
            raise SettingsError(f"{folder} holds the replies of {other.name}; record {self.name} into another folder")
        _save(recorded, path)

    def complete(self, request: Request) -> Reply:
        """The model's reply, written down."""
        return self._keep(request, self.model.complete(request))

    async def acomplete(self, request: Request) -> Reply:
        """The model's reply, written down."""
        return self._keep(request, await self.model.acomplete(request))

    def _keep(self, request: Request, reply: Reply) -> Reply:
        recorded = RecordedReply(purpose=request.purpose, text=reply.text, problems=reply.problems, calls=reply.calls)
        _save(recorded, self.folder / f"{request.fingerprint}.json")
        return reply


Record = TypeVar("Record", bound=BaseModel)


def _load(record: type[Record], path: Path, missing: str) -> Record:
    try:
        return record.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        raise ReplayMissing(f"{path.parent}: {missing}; record anew with --record {path.parent}") from None
    except (OSError, ValidationError) as error:
        raise ReplayMissing(f"{path} is no recording; record anew with --record {path.parent}") from error


def _save(record: BaseModel, path: Path) -> None:
    # Written beside it and moved, so that a replay never sees half a reply.
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
        file.write(record.model_dump_json(indent=2) + "\n")
    Path(file.name).replace(path)
