"""A stream of chunks, put together into the completion that would have come without one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from summarizer.models.remote.errors import NotConnected

DONE = "[DONE]"
"""The event that ends a stream."""

_SPOKEN = ("content", "reasoning_content", "reasoning", "thinking", "refusal")
"""Fields of a message that come in pieces."""


class Assembled:
    """What has come of one answer so far: fed chunk after chunk, it has the text up to now and in the end the whole.

    A chunk may be anything that JSON can be; of several choices the first is taken.
    """

    def __init__(self) -> None:
        self.is_ended = False
        """Whether the answer is through, as its last chunk says."""
        self._body: dict[str, Any] = {"object": "chat.completion"}
        self._choice: dict[str, Any] = {}
        self._pieces: dict[str, list[Any]] = {}
        self._calls: dict[int, dict[str, Any]] = {}

    @property
    def text(self) -> str:
        """What the model has said so far, or the arguments of its tool call."""
        said = "".join(piece for piece in self._pieces.get("content", ()) if isinstance(piece, str))
        return said or "".join(call["arguments"] for call in self._calls.values())

    def add(self, chunk: Any) -> None:
        """Takes one chunk."""
        if not isinstance(chunk, dict):
            return
        choices = chunk.get("choices")
        self._body |= _without(chunk, "choices", "object")
        self.is_ended |= bool(chunk.get("error"))
        for choice in choices if isinstance(choices, list) else ():
            if isinstance(choice, dict) and not choice.get("index"):
                self._add_choice(choice)

    def completion(self) -> dict[str, Any]:
        """The body of a completion."""
        if not (self._choice or self._pieces or self._calls):
            return dict(self._body)
        message: dict[str, Any] = {"role": "assistant", "content": None}
        message |= {name: _joined(pieces) for name, pieces in self._pieces.items()}
        if self._calls:
            message["tool_calls"] = [{"type": "function", "function": call} for call in self._calls.values()]
        return {**self._body, "choices": [{"index": 0, **self._choice, "message": message}]}

    def _add_choice(self, choice: Mapping[str, Any]) -> None:
        whole = choice.get("message")
        if isinstance(whole, dict):  # what had come in pieces comes once more
            self._pieces.clear()
            self._calls.clear()
        message = whole or choice.get("delta") or {"content": choice.get("text")}
        if isinstance(message, dict):
            self._add_message(message)
        self._choice |= _without(choice, "message", "delta", "text", "index")
        self.is_ended |= bool(choice.get("finish_reason") or choice.get("error"))

    def _add_message(self, message: Mapping[str, Any]) -> None:
        for name in _SPOKEN:
            if piece := message.get(name):
                self._pieces.setdefault(name, []).extend(piece if isinstance(piece, list) else [piece])
        calls = message.get("tool_calls")
        for at, call in enumerate(calls if isinstance(calls, list) else ()):
            self._add_call(call, at)
        if isinstance(message.get("function_call"), dict):
            self._add_call({"function": message["function_call"]}, 0)

    def _add_call(self, call: Any, at: int) -> None:
        function = call.get("function") if isinstance(call, dict) else None
        if not isinstance(function, dict):
            return
        index = call.get("index")
        mine = self._calls.setdefault(index if isinstance(index, int) else at, {"name": "", "arguments": ""})
        mine["name"] = mine["name"] or function.get("name")
        arguments = function.get("arguments")
        mine["arguments"] += arguments if isinstance(arguments, str) else json.dumps(arguments) if arguments else ""


class Stream:
    """Server-sent events, fed line by line. `chunk_of` says which chunk an event comes to."""

    def __init__(self, chunk_of: Callable[[Any], Any]) -> None:
        self.answer = Assembled()
        self.is_empty = True
        """Whether no event has come."""
        self._chunk_of = chunk_of
        self._lines: list[str] = []
        self._kind = ""
        self._is_done = False

    def read(self, line: str) -> None:
        """Takes one line. Raises ValueError for an event that is no JSON.

        Not all servers part events by blank lines, so a line that is JSON is an event; others are read together.
        """
        field, _, value = line.partition(":")
        if field == "event":
            self._kind = value.strip()
        elif field == "data" and value.strip() == DONE:
            self._is_done = self.answer.is_ended = True
        elif field == "data" and not self._is_done:
            self._lines.append(value)
            if len(self._lines) == 1 and _is_json(value):
                self._take()
        elif not line:
            self._take()
            self._kind = ""

    def _take(self) -> None:
        """The event that has come."""
        if not self._lines:
            return
        event = json.loads("\n".join(self._lines))
        self._lines = []
        is_error = self._kind == "error" and not _has_error(event)
        self.answer.add(self._chunk_of({"error": event} if is_error else event))
        self.is_empty = False

    def completion(self) -> dict[str, Any]:
        """The body of the completion. Raises ValueError where an event is no JSON, NotConnected where the answer has
        broken off."""
        self._take()
        if not self.answer.is_ended:
            raise NotConnected(f"the stream ended before the answer did, after {len(self.answer.text):,} characters")
        return self.answer.completion()


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def is_stream(text: str) -> bool:
    """Whether a body is server-sent events."""
    return bool(re.match(r"(?:data|event|id|retry)?:", text))


def lines_of(text: str) -> list[str]:
    """Lines as server-sent events have them: what else Unicode takes for an end of a line may stand in a text."""
    return re.split(r"\r\n|\n|\r", text)


def _has_error(event: Any) -> bool:
    return isinstance(event, dict) and "error" in event


def _without(fields: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """What is said, but for these fields."""
    return {name: value for name, value in fields.items() if name not in names and value is not None}


def _joined(pieces: list[Any]) -> Any:
    """Pieces of text as one; parts of other kinds stay a list."""
    return "".join(pieces) if all(isinstance(piece, str) for piece in pieces) else pieces
