"""A scripted server that plays /v1/files and /v1/batches, and /v1/chat/completions to compare with."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from stub_server import Step, answer
from towns import GOOD, TOKENS, town

Outcome = dict[str, Any]
"""`response` and `error` of a line in a file of answers."""

OK = answer(GOOD, tokens=TOKENS)


def completed(step: Step = OK) -> Outcome:
    """An answer, or a complaint about one request."""
    return {"response": {"status_code": step.status, "request_id": "r", "body": json.loads(step.body)}, "error": None}


EXPIRED: Outcome = {"response": None, "error": {"code": "batch_expired", "message": "not executed in time"}}


class BatchServer:
    """Runs while the `with` block does. `outcome` tells what becomes of a request; `status` is that of batches."""

    def __init__(self, outcome: Callable[[str], Outcome] = lambda said: completed()) -> None:
        self.outcome = outcome
        self.status = "completed"
        self.live: list[bytes] = []
        """Bodies of live requests, byte for byte."""
        self.fetched = 0
        """Pages that were fetched."""
        self.files: dict[str, bytes] = {}
        self.batches: dict[str, dict[str, Any]] = {}
        self.refused: list[str] = []
        """Paths to answer with status 500, each once."""
        self.swallow_creation = False
        """Whether to make a batch and then say that it failed."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def base_url(self) -> str:
        """What a client is told."""
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def reply(self, method: str, path: str, body: bytes) -> tuple[int, bytes]:
        """Status and body."""
        if path in self.refused:
            self.refused.remove(path)
            return 500, b'{"error": {"message": "try later"}}'
        match method, path.removeprefix("/v1").partition("?")[0].strip("/").split("/"):
            case "POST", ["chat", "completions"]:
                self.live.append(body)
                return 200, OK.body
            case "GET", ["pages", number]:
                self.fetched += 1
                return 200, town(int(number)).encode()
            case "POST", ["files"]:
                return self._json(self._upload(body))
            case "GET", ["files", id_, "content"]:
                return 200, self.files[id_]
            case "POST", ["batches"]:
                batch = self._create(json.loads(body))
                return (500, b"{}") if self.swallow_creation else self._json(batch)
            case "GET", ["batches"]:
                listed = [self._state(batch) for batch in self.batches.values()]
                return self._json({"object": "list", "data": listed, "has_more": False})
            case "GET", ["batches", id_]:
                return self._json(self._state(self.batches[id_]))
        return 404, b"{}"

    def _json(self, value: Any) -> tuple[int, bytes]:
        return 200, json.dumps(value).encode()

    def _upload(self, form: bytes) -> dict[str, Any]:
        boundary = form.partition(b"\r\n")[0]
        for part in form.split(boundary):
            if b'name="file"' in part:
                content = part.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n")
            elif b'name="purpose"' in part:
                assert part.endswith(b"batch\r\n")
        return self._kept(content)

    def _kept(self, content: bytes) -> dict[str, Any]:
        id_ = f"file-{len(self.files) + 1}"
        self.files[id_] = content
        shape = {"object": "file", "created_at": 0, "filename": "f", "purpose": "batch", "status": "processed"}
        return {"id": id_, "bytes": len(content), **shape}

    def _create(self, asked: dict[str, Any]) -> dict[str, Any]:
        assert (asked["endpoint"], asked["completion_window"]) == ("/v1/chat/completions", "24h")
        id_ = f"batch_{len(self.batches) + 1}"
        self.batches[id_] = {"id": id_, "object": "batch", "created_at": 0, **asked}
        return self._state(self.batches[id_])

    def _state(self, batch: dict[str, Any]) -> dict[str, Any]:
        status = batch.get("status", self.status)
        if status == "failed":
            why = [{"code": "token_limit_exceeded", "message": "Enqueued token limit reached"}]
            return {**batch, "status": status, "errors": {"object": "list", "data": why}}
        if status not in ("completed", "expired", "cancelled"):
            return {**batch, "status": status}
        if "request_counts" not in batch:
            self._answer(batch)
        return {**batch, "status": status}

    def _answer(self, batch: dict[str, Any]) -> None:
        good, bad = list[str](), list[str]()
        for line in self.files[batch["input_file_id"]].splitlines():
            request = json.loads(line)
            outcome = self.outcome(json.dumps(request["body"]))
            is_good = outcome["response"] and outcome["response"]["status_code"] == 200
            (good if is_good else bad).append(json.dumps({"id": "r", "custom_id": request["custom_id"], **outcome}))
        for name, lines in (("output_file_id", reversed(good)), ("error_file_id", bad)):  # in no order
            if text := "".join(f"{line}\n" for line in lines):
                batch[name] = self._kept(text.encode())["id"]
        batch["request_counts"] = {"total": len(good) + len(bad), "completed": len(good), "failed": len(bad)}


def town_of(said: str) -> int:
    """Which article of `towns` a request is about."""
    found = re.search(r"council of Aldermoor (\d+)", said)
    assert found
    return int(found[1])


def _handler(stub: BatchServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            body = self._chunked() if self.headers["transfer-encoding"] else self._whole()
            status, reply = stub.reply(self.command, self.path, body)
            self.send_response(status)
            self.send_header("content-type", "text/plain" if "/pages/" in self.path else "application/json")
            self.send_header("content-length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def _whole(self) -> bytes:
            return self.rfile.read(int(self.headers["content-length"] or 0))

        def _chunked(self) -> bytes:
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body

        do_GET = do_POST = _serve  # noqa: N815  # the names that http.server calls

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
            pass

    return Handler
