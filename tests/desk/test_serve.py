"""`summarizer serve`: what it prints, whom it lets in, and what it refuses to start with."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
from commands import run_command
from polling import wait_for


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


def test_on_this_machine_whoever_reaches_it_is_let_in(bare: None, tmp_path: Path) -> None:
    with started("--records", tmp_path / "kept") as address:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
        assert httpx2.get(f"{address}records", trust_env=False).json() == {"total": 0, "records": []}


def test_elsewhere_a_token_is_made_up_and_printed_once(bare: None) -> None:
    with started("--host", "0.0.0.0") as address:
        found = re.fullmatch(r"http://0\.0\.0\.0:(\d+)/\?token=([\w-]{40,})", address)
        assert found
        with httpx2.Client(base_url=f"http://127.0.0.1:{found[1]}", trust_env=False) as client:
            assert client.get("/records").status_code == 401
            assert client.get(f"/?token={found[2]}").status_code == 303
            assert client.get("/records").status_code == 200


def test_a_token_of_the_environment_holds_on_this_machine_too_and_is_not_printed(bare: None) -> None:
    token = "0123456789abcdef-secret"
    with started(SUMMARIZER_TOKEN=token) as address:
        assert token not in address
        with httpx2.Client(base_url=address, trust_env=False) as client:
            assert client.get("/records").status_code == 401
            assert client.get("/records", headers={"authorization": f"Bearer {token}"}).status_code == 200


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--token", "short"], "16 characters"),
        (["--model", "openai:gpt-6-luna"], "OPENAI_API_KEY"),
        (["--model", "nobody:x"], "no model is called"),
        (["--prompt", "./nothing"], "there is no folder"),
        (["--schema", "nothing.json"], "nothing.json"),
        (["--lines", "nothing.jsonl"], "nothing.jsonl"),
    ],
)
def test_what_can_t_be_served_is_said_at_the_start(bare: None, words: list[str], said: str) -> None:
    done = run_command("serve", *words)
    assert done.returncode in (1, 2)
    assert said in done.stderr


def test_what_it_needs_is_named_where_it_lacks(bare: None) -> None:
    hidden = (
        "import sys; sys.modules['uvicorn'] = None\nfrom summarizer.cli import main\nsys.argv[1:] = ['serve']\nmain()"
    )
    done = subprocess.run([sys.executable, "-c", hidden], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "pip install 'checked-summarizer[serve]'" in done.stderr
