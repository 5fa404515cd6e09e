"""A scripted model server that misbehaves: each article's tries are met with the steps of its own script.

python tests/faults/faulty_server.py < SCRIPT.json   prints its port, then serves until standard input ends.

In a process of its own, so that its work is not taken for the client's. Articles are told apart by `Case 0042` in
what they say. What was done is asked for with GET /log: a row for every request, and the connections that are open.
"""

from __future__ import annotations

import asyncio
import json
import re
import socket
import struct
import sys
from asyncio import StreamReader, StreamWriter
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

ANSWER = {
    "headline": {"text": "The harbour ferry was late on Monday", "evidence": [1]},
    "key_points": [{"text": "An engine had a fault, and nobody was hurt.", "evidence": [2, 3]}],
    "five_ws": {"who": None, "what": None, "when": None, "where": None},
}
"""An answer to the prompt `brief`, for any of the articles."""

BYTE_EVERY = 0.3
"""Seconds between the bytes of a drip: less than any read waits for, and no answer is whole within a minute."""

OLD_KEY, NEW_KEY = "old", "new"


@dataclass(frozen=True)
class Step:
    """What one try is met with, and after how many seconds."""

    kind: str
    delay: float = 0.0
    retry_after: float | None = None


@dataclass(frozen=True)
class Served:
    """A try and what it was met with; `at` is in seconds on the server's clock."""

    case: int
    step: Step
    at: float


@dataclass(frozen=True)
class Script:
    """What is done to each article: its steps in order, then answers after `delay` seconds for ever.

    `storms` are stretches of the count of all requests in which every one is met with the step given, whatever its
    article's script says. After `key_changes_after` requests only the new key is taken.
    """

    delay: float
    steps: Mapping[int, tuple[Step, ...]] = field(default_factory=dict)
    storms: tuple[tuple[int, int, Step], ...] = ()
    key_changes_after: int | None = None

    def dump(self) -> str:
        """As JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def load(cls, text: str) -> Script:
        """From JSON."""
        raw = json.loads(text)
        steps = {int(case): tuple(Step(**step) for step in steps) for case, steps in raw["steps"].items()}
        storms = tuple((first, last, Step(**step)) for first, last, step in raw["storms"])
        return cls(raw["delay"], steps, storms, raw["key_changes_after"])


class Server:
    """Serves one script."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.served: list[Served] = []
        self.open = 0
        self.tried: Counter[int] = Counter()

    async def talk(self, reader: StreamReader, writer: StreamWriter) -> None:
        """One connection, for as many requests as come through it."""
        self.open += 1
        try:
            while request := await _request(reader):
                if request.path == "/log":
                    writer.write(_response(200, self.log()))
                    break
                if not await self.answer(request, reader, writer):
                    break
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client has gone
        finally:
            self.open -= 1
            writer.close()

    def log(self) -> bytes:
        """The rows, and how many connections are open besides the one that asks."""
        return json.dumps({"served": [asdict(row) for row in self.served], "open": self.open - 1}).encode()

    def next_step(self, case: int, key: str) -> Step:
        """What this try is met with; a note is taken of it."""
        count = len(self.served)
        steps = self.script.steps.get(case, ())
        storm = next((step for first, last, step in self.script.storms if first <= count < last), None)
        change = self.script.key_changes_after
        if change is not None and count >= change and key != NEW_KEY:
            step = Step("revoked")
        elif storm:
            step = storm
        else:
            at = self.tried[case]
            self.tried[case] += 1
            step = steps[at] if at < len(steps) else Step("good", self.script.delay)
        self.served.append(Served(case, step, asyncio.get_running_loop().time()))
        return step

    async def answer(self, request: Received, reader: StreamReader, writer: StreamWriter) -> bool:
        """Meets one request with its step. Tells whether the connection goes on."""
        found = re.search(rb"Case (\d+)", request.body)
        step = self.next_step(int(found[1]) if found else -1, request.key)
        await asyncio.sleep(step.delay)
        whole = _response(200, completion(json.dumps(ANSWER)))
        match step.kind:
            case "reset before":
                _reset(writer)
            case "reset in":
                writer.write(whole[: len(whole) // 2])
                await writer.drain()
                _reset(writer)
            case "closed in":
                writer.write(whole[: len(whole) // 2])
            case "reset after":
                writer.write(whole)
                await writer.drain()
                await asyncio.sleep(0.02)  # a reset overtakes what the client has not read yet
                _reset(writer)
            case "silent":
                await reader.read()  # until the client has had enough
            case "drip":
                await self._drip(whole, writer)
            case "drip, head at once":
                head, end, body = whole.partition(b"\r\n\r\n")
                writer.write(head + end)
                await self._drip(body, writer)
            case "dropped":
                writer.write(_response(200, completion(json.dumps(ANSWER)), chunked=True)[:-5])
            case _:
                writer.write(RESPONSES[step.kind](step))
                return True
        return False

    async def _drip(self, whole: bytes, writer: StreamWriter) -> None:
        for at in range(len(whole)):
            writer.write(whole[at : at + 1])
            await writer.drain()
            await asyncio.sleep(BYTE_EVERY)
            if writer.transport.is_closing():
                return


@dataclass(frozen=True)
class Received:
    """A request."""

    path: str
    key: str
    body: bytes


async def _request(reader: StreamReader) -> Received | None:
    """The next request; None when no more comes."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    key = re.search(rb"authorization: Bearer (\S+)", head, re.IGNORECASE)
    return Received(
        head.split(b" ", 2)[1].decode(),
        key[1].decode() if key else "",
        await reader.readexactly(int(length[1]) if length else 0),
    )


def _reset(writer: StreamWriter) -> None:
    """Ends the connection with a reset instead of an orderly close."""
    at_once = struct.pack("ii", 1, 0)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
    writer.transport.abort()


def completion(content: str | None, finish: str = "stop", refusal: str | None = None) -> bytes:
    """The body of a chat completion."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    return json.dumps(
        {
            "id": "1",
            "object": "chat.completion",
            "created": 0,
            "model": "faulty",
            "choices": [{"index": 0, "finish_reason": finish, "message": message}],
            "usage": {"prompt_tokens": 800, "completion_tokens": 60, "total_tokens": 860},
        }
    ).encode()


def _response(
    status: int,
    body: bytes,
    media: str = "application/json",
    *,
    chunked: bool = False,
    retry_after: float | None = None,
) -> bytes:
    lines = [f"HTTP/1.1 {status} X", f"content-type: {media}"]
    lines += [f"retry-after: {retry_after:g}"] if retry_after is not None else []
    lines.append("transfer-encoding: chunked" if chunked else f"content-length: {len(body)}")
    if chunked:
        body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    return "\r\n".join([*lines, "", ""]).encode() + body


def _refused(status: int, step: Step) -> bytes:
    said = {"error": {"message": "not now", "type": "x", "code": None}}
    return _response(status, json.dumps(said).encode(), retry_after=step.retry_after)


RESPONSES: dict[str, Any] = {
    "good": lambda step: _response(200, completion(json.dumps(ANSWER))),
    "429": lambda step: _refused(429, step),
    "500": lambda step: _refused(500, step),
    "revoked": lambda step: _refused(401, step),
    "page": lambda step: _response(200, b"<html><body>Please log in</body></html>", "text/html"),
    "no choices": lambda step: _response(200, json.dumps({"id": "1", "choices": []}).encode()),
    "cut body": lambda step: _response(200, completion(json.dumps(ANSWER))[:90]),
    "cut answer": lambda step: _response(200, completion(json.dumps(ANSWER)[:70])),
    "wrong schema": lambda step: _response(200, completion('{"summary": "The ferry was late."}')),
    "refusal": lambda step: _response(200, completion(None, refusal="I would rather not.")),
    "filter": lambda step: _response(200, completion(None, finish="content_filter")),
    "at its limit": lambda step: _response(200, completion('{"headline": {', finish="length")),
    "empty": lambda step: _response(200, completion("")),
}
"""The whole of what is sent for each kind of step that leaves the connection as it is."""


async def serve(script: Script) -> None:
    """Serves until standard input ends."""
    listening = await asyncio.start_server(Server(script).talk, "127.0.0.1", 0, backlog=1024)
    print(listening.sockets[0].getsockname()[1], flush=True)  # noqa: T201  # how the port is told
    await asyncio.to_thread(sys.stdin.read)
    # Connections may still be open, and are not waited for.


if __name__ == "__main__":
    asyncio.run(serve(Script.load(sys.stdin.readline())))
