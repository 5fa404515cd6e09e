"""The desk on a free port, as its users meet it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import uvicorn
from polling import wait_for

from summarizer import Settings
from summarizer.desk.app import application
from summarizer.desk.desk import Desk
from summarizer.desk.guard import Access
from summarizer.desk.offer import Offer
from summarizer.desk.review.lines import open_lines
from summarizer.desk.review.store import Store


@contextmanager
def served(
    folder: Path, settings: Settings | None = None, *, lines: tuple[Path, ...] = (), **given: Any
) -> Iterator[httpx2.Client]:
    """A client of a server that keeps its records in `folder`; `given` is of its Desk or of its Access."""
    of_access = {name: given.pop(name) for name in ("token", "names", "origins", "host") if name in given}
    models = given.pop("models", ())
    store = Store(folder)
    offer = Offer.of(settings or Settings(), models)
    desk = replace(Desk(offer, store, **given), batches=tuple(open_lines(store, path) for path in lines))
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    access = Access(of_access.pop("host", "127.0.0.1"), port, **of_access)
    server = uvicorn.Server(uvicorn.Config(application(desk, access), log_level="critical", access_log=False))
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    try:
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()
        store.close()


@contextmanager
def started(*words: str | Path, **environment: str) -> Iterator[str]:
    """The last line that the command prints when it listens: its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    known = {name: value for name, value in os.environ.items() if not name.startswith("SUMMARIZER_")}
    command = [sys.executable, "-m", "summarizer", "serve", "--port", port, *map(str, words)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=known | environment)
    assert process.stderr
    try:
        address = next(line.strip() for line in process.stderr if line.startswith("http://"))
        wait_for(lambda: is_there(port))
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        said = process.stderr.read()
        process.wait()
    assert "Traceback" not in said


def is_there(port: str) -> bool:
    try:
        return httpx2.get(f"http://127.0.0.1:{port}/health", trust_env=False).status_code == 200
    except httpx2.TransportError:
        return False
