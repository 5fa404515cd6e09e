"""`summarizer serve`: what it prints, whom it lets in, and what it refuses to start with."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest
from commands import run_command
from desk_server import started


def test_on_this_machine_whoever_reaches_it_is_let_in(bare: None, tmp_path: Path) -> None:
    with started("--records", tmp_path / "kept") as address:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
        assert httpx2.get(f"{address}records", trust_env=False).json() == {"total": 0, "records": []}


def test_its_page_is_made_of_files_of_its_own_alone(bare: None, tmp_path: Path) -> None:
    with (
        started("--records", tmp_path / "kept") as address,
        httpx2.Client(base_url=address, trust_env=False) as client,
    ):
        page = client.get("/")
        assert page.headers["content-type"].startswith("text/html")
        assert "'unsafe" not in page.headers["content-security-policy"]
        named = re.findall(r'(?:href|src)="(/[^"]+)"', page.text)
        assert named and {client.get(each).status_code for each in named} == {200}
        for path in ("/desk/files.py", "/desk/..%2Fapp.py", "/desk/nothing.js"):
            assert client.get(path).status_code == 404


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
