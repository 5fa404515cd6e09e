"""A scripted server that speaks /v1/chat/completions: each request gets the next step, the last step for ever.

What is asked with GET has its page or none, and counts as no request.
"""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Literal, Self


@dataclass(frozen=True)
class Step:
    """What one request is met with."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"
    delay: float = 0.0
    drop: Literal["before", "during"] | None = None
    pause: float = 0.0
    """Seconds between two lines of it."""
    held: threading.Event | None = None
    """The second half of it waits for this."""
    refuses: float = 0.0
    """Seconds in which every other request is met with this, too."""


def answer(
    content: str | None,
    *,
    finish: str = "stop",
    refusal: str | None = None,
    tool_arguments: str | None = None,
    tokens: tuple[int, int, int] | None = (100, 40, 20),
    delay: float = 0.0,
) -> Step:
    """A completion; `tokens` are those in, cached and out."""
    message: dict[str, Any] = {"role": "assistant", "content": content, "refusal": refusal}
    if tool_arguments is not None:
        function = {"name": "answer", "arguments": tool_arguments}
        message["tool_calls"] = [{"id": "call_1", "type": "function", "function": function}]
    body: dict[str, Any] = {
        "id": "1",
        "object": "chat.completion",
        "created": 0,
        "model": "stub",
        "choices": [{"index": 0, "finish_reason": finish, "message": message}],
    }
    if tokens:
        body["usage"] = {
            "prompt_tokens": tokens[0],
            "prompt_tokens_details": {"cached_tokens": tokens[1]},
            "completion_tokens": tokens[2],
            "total_tokens": tokens[0] + tokens[2],
        }
    return Step(json.dumps(body).encode(), delay=delay)


def events(*bodies: Any, pause: float = 0.0, done: bool = True) -> Step:
    """Server-sent events."""
    lines = [f"data: {json.dumps(body)}\n\n" for body in bodies] + ["data: [DONE]\n\n"] * done
    return Step("".join(lines).encode(), content_type="text/event-stream", pause=pause)


def streamed(content: str, *, finish: str | None = "stop", size: int = 20, pause: float = 0.0) -> Step:
    """A completion in chunks of so many characters; without `finish` it breaks off."""
    pieces = [content[at : at + size] for at in range(0, len(content), size)]
    chunks = [{"choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]} for piece in pieces]
    usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
    end = [{"choices": [{"index": 0, "delta": {}, "finish_reason": finish}], "usage": usage}] if finish else []
    return events(*chunks, *end, pause=pause, done=bool(finish))


def error(status: int, message: str = "no", *, code: str | None = None, **headers: str) -> Step:
    """A complaint; header names are written with underscores."""
    body = {"error": {"message": message, "type": "some_error", "param": None, "code": code}}
    return json_step(body, status, {name.replace("_", "-"): value for name, value in headers.items()})


def json_step(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Step:
    """Any JSON."""
    return Step(json.dumps(body).encode(), status, headers or {})


def html(status: int = 200) -> Step:
    """A page, as a proxy sends it."""
    return Step(b"<html><body>Please log in</body></html>", status, content_type="text/html")


def dropped(when: Literal["before", "during"]) -> Step:
    """A connection that breaks."""
    return Step(answer("{}").body, drop=when)


@dataclass(frozen=True)
class Recorded:
    """One request as it came."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]
    at_once: int
    """Requests that wait for their answers, this one among them."""


class StubServer:
    """Runs while the `with` block does."""

    def __init__(self, *script: Step, pages: Mapping[str, Step] | None = None) -> None:
        self.script: Sequence[Step] = script
        self.pages = pages or {}
        self.requests: list[Recorded] = []
        self.under_way = 0
        self._refusal, self._refuses_until = answer(None), 0.0
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def base_url(self) -> str:
        """What a client is told."""
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    @contextlib.contextmanager
    def _met(self, path: str, headers: Mapping[str, str], body: dict[str, Any]) -> Iterator[Step]:
        """The step for a request, which is under way in this block."""
        with self._lock:
            self.under_way += 1
            self.requests.append(Recorded(path, headers, body, self.under_way))
            step = self._next()
        try:
            yield step
        finally:
            with self._lock:
                self.under_way -= 1

    def _next(self) -> Step:
        now = time.monotonic()
        if now < self._refuses_until:
            return self._refusal
        step = self.script[min(len(self.requests), len(self.script)) - 1]
        if step.refuses:
            self._refusal, self._refuses_until = step, now + step.refuses
        return step

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        stub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:  # the name that http.server calls
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                with stub._met(self.path, {k.lower(): v for k, v in self.headers.items()}, body) as step:
                    time.sleep(step.delay)
                if step.drop != "before":
                    with contextlib.suppress(ConnectionError):  # a client that has given up
                        self._send(step)
                if step.drop:
                    self.close_connection = True

            def do_GET(self) -> None:
                step = stub.pages.get(self.path, error(404))
                time.sleep(step.delay)
                with contextlib.suppress(ConnectionError):
                    self._send(step)

            def _send(self, step: Step) -> None:
                self.send_response(step.status)
                self.send_header("content-type", step.content_type)
                self.send_header("content-length", str(len(step.body)))
                for name, value in step.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                half = len(step.body) // 2
                body = step.body[:half] if step.drop or step.held else step.body
                for line in body.splitlines(keepends=True) if step.pause else [body]:
                    self.wfile.write(line)
                    time.sleep(step.pause)
                if step.held and step.held.wait(60):
                    self.wfile.write(step.body[half:])

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
                pass

        return Handler
