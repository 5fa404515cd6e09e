"""Every example of the README, of docs/api.md and of docs/scale.md runs, and shows the output that it gives.

`make docs` (this file as a script) writes the output anew; read it before you commit it.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from stub_server import StubServer, answer
from test_pipeline import brief

from summarizer.models.providers.catalogue import PROVIDERS
from summarizer.models.providers.provider import Provider
from summarizer.prompts import load_prompt
from summarizer.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()


SCALE = (ROOT / "docs" / "scale.md").read_text()
API = (ROOT / "docs" / "api.md").read_text()


def blocks(language: str, page: str = README) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)


ELSEWHERE = {"local", "pull", "ray"}
"""Words of commands that have tests of their own."""

COMMANDS = [
    runnable
    for block in (*blocks("sh"), *blocks("sh", SCALE))
    if (
        runnable := [
            line
            for line in block.splitlines()
            if line.startswith("summarizer") and not ELSEWHERE & set(line.split("#")[0].split())
        ]
    )
]
"""The commands of each block: one may need what the one before it made."""

SESSIONS = blocks("console")


def run(command: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    words = shlex.split(command, comments=True)
    inherited = {
        k: v for k, v in os.environ.items() if not k.endswith("_API_KEY") and not k.startswith("SUMMARIZER_")
    }
    inherited |= {"COLUMNS": "80", "SUMMARIZER_CACHE_DIR": str(folder / "cache")} | environment
    arguments = [sys.executable, "-m", "summarizer", *words[1:]]
    return subprocess.run(arguments, capture_output=True, text=True, check=False, cwd=folder, env=inherited)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    shutil.copytree(ROOT / "evals", tmp_path / "evals", ignore=shutil.ignore_patterns("runs", "baselines"))
    (tmp_path / "articles.csv").write_text(f'nr,body\n1,"{"The council met on Monday. " * 12}"\n')
    rows = "\n".join(json.dumps({"case": str(at), "scores": {"facts": at / 10}}) for at in range(10))
    for name in ("before", "after"):
        (tmp_path / f"{name}.jsonl").write_text(rows)
    return tmp_path


def news() -> str:
    nothing: list[str] = []
    lists = dict.fromkeys(("abstract", "entities", "quotes", "figures", "timeline", "disputes", "topics"), nothing)
    five_ws = {**brief()["five_ws"], "why": None, "how": None}
    return json.dumps({**brief(), **lists, "five_ws": five_ws})


@pytest.mark.parametrize("commands", COMMANDS)
def test_every_command_runs(commands: list[str], folder: Path) -> None:
    for command in commands:
        reply = json.dumps(brief()) if "--prompt brief" in command else news()
        with StubServer(answer(reply, tokens=(2000, 0, 300))) as server:
            command = re.sub(r"http://localhost:\d+/v1", server.base_url, command)
            endpoint = {"SUMMARIZER_BASE_URL": server.base_url} if "--model" in command else {}
            endpoint["SUMMARIZER_CACHE_DIR"] = str(folder / "cache")
            done = run(command, folder, **endpoint)
        assert done.returncode == 0, done.stderr
        assert done.stdout or "-o" in command


@pytest.mark.parametrize("session", SESSIONS)
def test_the_output_shown_is_the_output_given(session: str, folder: Path) -> None:
    command, _, shown = session.removeprefix("$ ").partition("\n")
    done = run(command, folder)
    assert without_times(done.stdout) == without_times(shown)


def without_times(text: str) -> str:
    return re.sub(r"\d+ ms|\d+\.\d s", "TIME", text).strip()


def with_output_anew(readme: str) -> str:
    def session(block: re.Match[str]) -> str:
        command = block[1].partition("\n")[0]
        return f"```console\n{command}\n{run(command.removeprefix('$ '), ROOT).stdout.rstrip()}\n```"

    return re.sub(r"^```console\n(.*?)^```", session, readme, flags=re.MULTILINE | re.DOTALL)


PROVIDERS_PAGE = ROOT / "docs" / "providers.md"


def provider_table() -> str:
    """The catalogue as a table, with what is sent when nobody says anything."""
    head = ("provider", "key", "model", "context", "schema", "bounds", "thinking off", "besides")
    lines = [head, ("---",) * len(head), *map(provider_line, PROVIDERS)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def provider_line(row: Provider) -> tuple[str, ...]:
    sent = json.dumps(row.reasoning.get("none", {}))[1:-1]
    besides = [
        f"limit as `{row.max_tokens_name}`",
        {"always": "", "unless thinking": "no temperature while it thinks", "never": "no temperature"}[row.sampling],
        "thinks always" if row.always_thinks else "",
        "no `$defs`" if row.inlines else "",
        "no stream with a schema" if not row.streams else "",
        f"`{json.dumps(row.further)[1:-1]}`" if row.further else "",
    ]
    return (
        f"[{row.name}]({row.source})",
        f"`{row.key_variable}`" if row.key_variable else "none",
        f"`{row.default_model}`" if row.default_model else "yours",
        f"{row.context_tokens:,}",
        f"`{row.structured}`" if row.api == "openai" else "`output_config`",
        ", ".join(f"`{keyword}`" for keyword in sorted(row.bounds)) or "none",
        f"`{sent}`" if sent else "nothing is sent",
        "; ".join(filter(None, besides)),
    )


def with_table_anew(page: str) -> str:
    return re.sub(r"(?<=<!-- table -->\n).*?(?=<!-- /table -->)", provider_table() + "\n", page, flags=re.DOTALL)


def test_the_table_of_providers_is_the_catalogue() -> None:
    page = PROVIDERS_PAGE.read_text()
    assert with_table_anew(page) == page


SETTINGS_PAGE = ROOT / "docs" / "settings.md"


def settings_table() -> str:
    """Every setting with its default and what it is."""
    lines = [("setting", "default", "what it is"), ("---",) * 3]
    for name, field in Settings.model_fields.items():
        default = "none" if field.default is None else f"`{json.dumps(field.default)}`"
        lines.append((f"`{name}`", default, str(field.description)))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def with_settings_anew(page: str) -> str:
    anew = f"{settings_table()}\n"
    return re.sub(r"(?<=<!-- settings -->\n).*?(?=<!-- /settings -->)", lambda _: anew, page, flags=re.DOTALL)


def test_the_table_of_settings_is_what_there_is() -> None:
    page = SETTINGS_PAGE.read_text()
    assert with_settings_anew(page) == page


OPTIONS = ["model", "base_url", "prompt", "recipe", "reasoning", "language", "record", "raw", "allow_private_hosts"]


@pytest.mark.parametrize("option", OPTIONS)
def test_an_option_says_what_its_setting_says(option: str, tmp_path: Path) -> None:
    shown = " ".join(run("summarizer article --help", tmp_path).stdout.split())
    assert str(Settings.model_fields[option].description) in shown


@pytest.mark.parametrize("code", [*blocks("python"), *blocks("python", API)])
def test_every_python_example_runs(code: str, folder: Path) -> None:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=folder)
    assert done.returncode == 0 and done.stdout, done.stderr


@pytest.mark.parametrize("config", blocks("toml"))
def test_the_prompt_shown_loads(config: str, tmp_path: Path) -> None:
    (tmp_path / "prompt.toml").write_text(config)
    assert load_prompt(tmp_path).max_points == tomllib.loads(config)["max_points"]


def test_the_make_targets_named_exist() -> None:
    targets = set(re.findall(r"^make (\w+)", README, re.MULTILINE))
    assert targets == {"demo", "test"}
    assert all(re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE) for target in targets)


if __name__ == "__main__":
    (ROOT / "README.md").write_text(with_output_anew(README))
    PROVIDERS_PAGE.write_text(with_table_anew(PROVIDERS_PAGE.read_text()))
    SETTINGS_PAGE.write_text(with_settings_anew(SETTINGS_PAGE.read_text()))
