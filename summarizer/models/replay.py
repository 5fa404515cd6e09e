"""Recordings: what a model said to a request, turn by turn as it came, and judged anew whenever it is replayed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, Field, ValidationError

from summarizer.errors import (
    AnswerEmpty,
    AnswerFiltered,
    AnswerRefused,
    AnswerTruncated,
    ModelError,
    OutputFailed,
    ReplayMissing,
    SettingsError,
)
from summarizer.models.answers.reading import read_answer
from summarizer.models.base import Model, ModelWrapper, Reply, Request, Stateless
from summarizer.models.conversation import Answer, exchange
from summarizer.record import Call, Part
from summarizer.settings import RecipeName
from summarizer.written import write_file

MODEL_FILE = "model.json"

NO_ANSWER: Mapping[str, type[ModelError]] = {
    "truncated": AnswerTruncated,
    "empty": AnswerEmpty,
    "refused": AnswerRefused,
    "filtered": AnswerFiltered,
}
"""What a model may do instead of answering, by the outcome of the call. It is recorded, too."""

ANSWERED = ("ok", "invalid", "objected", "cached")
"""How the outcome of a call ends that brought an answer."""


class RecordedModel(Part):
    """The model whose replies a folder holds."""

    name: str
    recipe: RecipeName
    context_tokens: int


class RecordedTurn(Part):
    """A call and the text that it brought, before anything was read in it; None where it brought none."""

    text: str | None
    call: Call


class Recording(Part):
    """All turns of one request; the purpose is for people who look into the folder."""

    purpose: str
    turns: tuple[RecordedTurn, ...] = Field(min_length=1)

    @classmethod
    def of(cls, request: Request, calls: Sequence[Call], texts: Sequence[str]) -> Recording:
        """These calls with these texts, which the last of them brought that brought any."""
        left = [*texts]
        turns = [
            RecordedTurn(text=left.pop() if left and call.outcome.endswith(ANSWERED) else None, call=call)
            for call in reversed(calls)
        ]
        return cls(purpose=request.purpose, turns=tuple(reversed(turns)))


class ReplayModel(Stateless):
    """Answers what has been recorded in `folder`, and nothing else; `used` are the files that it has answered from.

    Raises ReplayMissing when the folder holds no recording.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.recorded = _load(RecordedModel, folder / MODEL_FILE, "there is no recording in it")
        self.name = f"{self.recorded.name} (replay)"
        self.recipe = self.recorded.recipe
        self.context_tokens = self.recorded.context_tokens
        self.used: set[Path] = set()

    def complete(self, request: Request) -> Reply:
        """What the recorded answer to `request` comes to today. Raises ReplayMissing, or what was raised then."""
        path = _file(self.folder, request)
        missing = f"no answer to this request ({request.purpose}) is recorded; article, prompt or schema changed"
        recording = _load(Recording, path, missing)
        self.used.add(path)
        return _Replay(request, self.context_tokens).of(recording.turns)


class _Replay:
    """One request on its way through the turns that are recorded, instead of to an endpoint."""

    def __init__(self, request: Request, context_tokens: int) -> None:
        self.request = request
        self.calls: list[Call] = []
        self.texts: list[str] = []
        self.answer = Answer("")
        self._error: ModelError | None = None
        # The least room there is: whether an answer had enough of it is recorded.
        self._exchange = exchange(request, 1, context_tokens)
        next(self._exchange)

    def of(self, turns: Sequence[RecordedTurn]) -> Reply:
        """What the exchange comes to. An answer that is invalid today, and was not asked for again, stands."""
        try:
            for turn in turns:
                self._take(turn)
            if self._error and not self.texts:
                raise self._error
        except StopIteration as end:
            self.answer = end.value
        except ModelError as error:
            error.calls = tuple(self.calls)
            raise
        answer = self.answer
        return Reply(answer.text, tuple(self.calls), answer.problems, answer.findings, tuple(self.texts))

    def _take(self, turn: RecordedTurn) -> None:
        """Hands one turn to the exchange. Raises StopIteration when it wants no more."""
        self.calls.append(turn.call)
        if turn.text is not None:
            self.answer = read_answer(turn.text, self.request.answer, self.request.context)
            self.texts.append(turn.text)
            self.calls[-1] = _judged(turn.call, self.answer)
            self._exchange.send(self.answer)
        elif kind := NO_ANSWER.get(turn.call.outcome):
            self._error = kind(f"the recorded answer was {turn.call.outcome}")
            self._exchange.throw(self._error)


def _judged(call: Call, answer: Answer) -> Call:
    """The call with the outcome that it has today."""
    if call.saved or (call.outcome == "objected" and not answer.problems):
        return call
    return call.model_copy(update={"outcome": "invalid" if answer.problems else "ok"})


class Recorder(ModelWrapper):
    """A model that is asked only what `folder` has no recording of, and whose answers are written there as they come.

    Raises SettingsError when the folder holds the replies of another model, OutputFailed when it can't be made.
    """

    def __init__(self, model: Model, folder: Path) -> None:
        super().__init__(model)
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputFailed(f"{folder}: {error.strerror}. Name another folder to record into.") from error
        recorded = RecordedModel(name=self.name, recipe=self.recipe, context_tokens=self.context_tokens)
        path = folder / MODEL_FILE
        if path.exists() and (other := _load(RecordedModel, path, "").name) != self.name:
            raise SettingsError(
                f"{folder} holds the replies of {other}; record {self.name} into another folder, or remove this one"
            )
        write_file(path, _text(recorded))
        self._replay = ReplayModel(folder)

    def complete(self, request: Request) -> Reply:
        """The recorded answer, else the model's own, written down."""
        if had := self._recorded(request):
            return had
        with self._failure_kept(request):
            return self._kept(request, self.model.complete(request))

    async def acomplete(self, request: Request) -> Reply:
        """`complete` without blocking the event loop."""
        if had := self._recorded(request):
            return had
        with self._failure_kept(request):
            return self._kept(request, await self.model.acomplete(request))

    def _recorded(self, request: Request) -> Reply | None:
        """The recorded answer; where the model gave none, it is asked again."""
        try:
            return self._replay.complete(request)
        except ModelError:
            return None

    def _kept(self, request: Request, reply: Reply) -> Reply:
        self._save(request, reply.calls, reply.turns or (reply.text,))
        return reply

    @contextmanager
    def _failure_kept(self, request: Request) -> Iterator[None]:
        try:
            yield
        except tuple(NO_ANSWER.values()) as error:
            self._save(request, error.calls)
            raise

    def _save(self, request: Request, calls: Sequence[Call], texts: Sequence[str] = ()) -> None:
        write_file(_file(self.folder, request), _text(Recording.of(request, calls, texts)))


def recordings_in(folder: Path) -> set[Path]:
    """The files of all recordings in `folder`, also those of an earlier format."""
    return {path for path in folder.iterdir() if re.fullmatch(r"[0-9a-f]{64}\.json", path.name)}


Record = TypeVar("Record", bound=BaseModel)


def _file(folder: Path, request: Request) -> Path:
    return folder / f"{request.fingerprint}.json"


def _load(record: type[Record], path: Path, missing: str) -> Record:
    try:
        return record.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        raise ReplayMissing(f"{path.parent}: {missing}; record anew with --record {path.parent}") from None
    except (OSError, ValidationError) as error:
        raise ReplayMissing(
            f"{path} is no recording, or one of an earlier format; record anew with --record {path.parent}"
        ) from error


def _text(record: BaseModel) -> str:
    return record.model_dump_json(indent=2) + "\n"
