"""`summarizer doctor`: what it finds, on one screen and as JSON, and never a key."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest
from commands import Done, run_command
from stub_server import Step, StubServer, error, html, json_step

from summarizer.cli.doctor import screen
from summarizer.models.doctor.facts import Diagnosis, diagnose
from summarizer.models.doctor.local_servers import LocalServer, local_servers
from summarizer.models.providers.catalogue import PROVIDERS
from summarizer.models.providers.provider import Provider
from summarizer.settings import Settings

DAY = date(2026, 11, 29)
LINES, COLUMNS = 24, 80


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", str(COLUMNS))
    for name in Settings.model_fields:
        monkeypatch.delenv(f"SUMMARIZER_{name.upper()}", raising=False)
    for row in PROVIDERS:
        for variable in (row.key_variable, *row.variables):
            monkeypatch.delenv(str(variable), raising=False)


def found(*servers: LocalServer, today: date = DAY) -> Diagnosis:
    return diagnose(servers, today)


def shown(diagnosis: Diagnosis) -> str:
    """The screen with its lines joined, wherever they were broken."""
    return " ".join(" ".join(screen(diagnosis)).split())


def doctor(*options: str) -> Done:
    return run_command("doctor", *options)


# --- what a run would use ---------------------------------------------------------------------------------------


def test_without_keys_it_is_the_rules_and_nothing_fails() -> None:
    done = doctor()
    assert done.returncode == 0
    assert "extractive, as no model is named and no key is set" in done.stdout
    assert "not set: OPENAI_API_KEY, ANTHROPIC_API_KEY" in done.stdout
    assert " set: OPENAI" not in done.stdout.replace("not set", "")


def test_a_set_key_makes_its_provider_the_choice_and_says_how_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEMINI_API_KEY", "sk-of-google")
    done = doctor()
    assert done.returncode == 0
    assert "google:gemini-flash-lite-latest, as GEMINI_API_KEY is set" in done.stdout
    for said in ("json_schema", "none; 2,000 tokens of room for thinking", "1,048,576 tokens", "news, version 3"):
        assert said in done.stdout
    assert "sk-of-google" not in done.stdout + done.stderr


@pytest.mark.parametrize("source", ["summarizer.toml", "the environment"])
def test_a_named_model_says_where_it_is_named(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if source == "summarizer.toml":
        Path(source).write_text('model = "llamacpp"\ncontext_tokens = 9000\nreasoning = "low"\n')
    else:
        monkeypatch.setenv("SUMMARIZER_MODEL", "llamacpp")
        monkeypatch.setenv("SUMMARIZER_CONTEXT_TOKENS", "9000")
        monkeypatch.setenv("SUMMARIZER_REASONING", "low")
    text = shown(found())
    assert f"llamacpp, as it is named in {source}" in text
    assert f"model from {source}, context_tokens from {source}, reasoning from {source}" in text
    assert "9,000 tokens" in text and "low; 2,000 tokens" in text


def test_a_model_near_its_end_is_told_and_fails_once_it_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    monkeypatch.setenv("SUMMARIZER_MODEL", "openai:gpt-5-mini")
    near, over = found(), found(today=date(2026, 12, 12))
    assert "gpt-5-mini is shut down on 2026-12-11, in 12 days" in shown(near)
    assert near.would_fail == ()
    assert over.would_fail == ("gpt-5-mini was shut down on 2026-12-11; the default of openai is gpt-6-luna",)


# --- what would fail --------------------------------------------------------------------------------------------


def test_all_that_is_wrong_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_MODEL", "deepseek:deepseek-chat")
    monkeypatch.setenv("SUMMARIZER_PROMPT", "mine")
    Path("mine").mkdir()
    Path("mine/prompt.toml").write_text('version = "1"\ndescription = ""\nfields = ["headlines"]\n')
    done = doctor()
    assert done.returncode == 1
    for said in ("DEEPSEEK_API_KEY", "was shut down on 2026-07-24", "lacks: headlines", "system.md is missing"):
        assert said in done.stdout


@pytest.mark.parametrize("text", ["tries = [", "tries = 0", 'api-key = "sk-secret"'])
def test_a_broken_file_of_settings_fails_and_the_rest_is_still_told(text: str) -> None:
    Path("summarizer.toml").write_text(text)
    done = doctor()
    assert done.returncode == 1
    assert "summarizer.toml" in done.stdout.partition("Would fail")[2]
    assert "A run without options" not in done.stdout
    assert "OPENAI_API_KEY" in done.stdout and "sk-secret" not in done.stdout


@pytest.mark.parametrize(
    ("model", "said"),
    [
        ("local", "summarizer models pull qwen2.5-coder-1.5b"),
        ("local:mine.gguf", "mine.gguf"),
        ("openai", "OPENAI_API_KEY"),
        ("bedrock", "AWS_REGION"),
        ("azure:mine", "AZURE_OPENAI_ENDPOINT"),
        ("azure", "no default model"),
        ("nonsense", "no model is called 'nonsense'"),
        ("replay:nowhere", "no recording"),
    ],
)
def test_what_a_model_needs_and_is_not_there_would_fail(
    model: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMARIZER_MODEL", model)
    assert said in " ".join(found().would_fail)


def test_a_recipe_that_asks_a_model_fails_where_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_RECIPE", "one_request")
    assert "one_request" in " ".join(found().would_fail)


def test_a_package_that_an_installer_left_out_would_fail() -> None:
    info = Path("checked_summarizer-0.0.dist-info")
    info.mkdir()
    (info / "METADATA").write_text(
        "Metadata-Version: 2.4\nName: checked-summarizer\nVersion: 0.0\n"
        "Requires-Dist: pydantic>=2.12\nRequires-Dist: lxml-left-out>=0.4\n"
        'Requires-Dist: left-out-on-windows; sys_platform == "win32"\n'
        "Requires-Dist: big-thing[core]>=2; extra == 'big'\n"
    )
    command = [sys.executable, "-m", "summarizer", "doctor"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "the package lxml-left-out is missing: pip install lxml-left-out" in done.stdout
    assert "pip install 'checked-summarizer[big]'" in done.stdout
    assert "windows" not in done.stdout and "pydantic" not in done.stdout


# --- keys -------------------------------------------------------------------------------------------------------

KEYS = ("sk-in-the-file", "sk-of-openai", "user-name", "pass:w/rd@2", "sk-in-the-query")


@pytest.mark.parametrize("model", ["", 'model = "mine"'])
@pytest.mark.parametrize("view", ["terminal", "json"])
def test_no_key_is_ever_shown(model: str, view: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEYS[1])
    address = "http://user-name:pass:w/rd@2@models.example:8000/v1?key=sk-in-the-query"
    Path("summarizer.toml").write_text(f'api_key = "{KEYS[0]}"\nbase_url = "{address}"\n{model}\n')
    done = doctor("--format", view)
    assert not [key for key in KEYS if key in done.stdout + done.stderr]
    assert "models.example:8000/v1" in done.stdout
    assert "api_key" in done.stdout  # that there is one, and where


# --- the two forms ----------------------------------------------------------------------------------------------


def test_json_says_what_the_screen_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_MODEL", "anthropic:claude-sonnet-4-5")
    on_screen, as_json = doctor(), doctor("-f", "json")
    assert on_screen.returncode == as_json.returncode == 1
    assert "\n".join(screen(Diagnosis.model_validate_json(as_json.stdout))) + "\n" == on_screen.stdout


def test_all_of_it_is_one_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROQ_API_KEY", "k")
    monkeypatch.setenv("SUMMARIZER_MODEL", "groq")
    lines = "\n".join(screen(found(*SILENT))).splitlines()
    assert len(lines) <= LINES
    assert max(map(len, lines)) <= COLUMNS


def test_what_is_not_installed_is_named_as_pip_wants_it() -> None:
    diagnosis = found()
    local = next(extra for extra in diagnosis.extras if extra.name == "local")
    bare = local.model_copy(update={"packages": dict.fromkeys(local.packages)})
    assert not {"dev", "docs"} & {extra.name for extra in diagnosis.extras}
    text = shown(diagnosis.model_copy(update={"extras": (bare,)}))
    assert "not installed: pip install 'checked-summarizer[local]'" in text


# --- servers on this machine ------------------------------------------------------------------------------------

SILENT = [LocalServer(name=name, address="http://127.0.0.1:1/v1") for name in ("ollama", "vllm", "llamacpp")]


def asked(*pages: Step, seconds: float = 30.0) -> list[LocalServer]:
    """What comes of asking for the models of servers with these pages."""
    with ExitStack() as running:
        servers = [running.enter_context(StubServer(pages={"/v1/models": page})) for page in pages]
        rows = [Provider(str(at), server.base_url, None, None, 4096) for at, server in enumerate(servers)]
        return list(local_servers(rows, seconds))


MODELS = json_step({"object": "list", "data": [{"id": "llama3.1"}, {"id": "qwen3:8b"}]})


def test_servers_are_told_by_what_they_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    nothing_pulled = json_step({"object": "list", "data": None})
    odd = json_step({"data": [{"id": 7}, "x"]})
    pages = (MODELS, nothing_pulled, error(401), html(), error(404), odd, json_step([]))
    says = [server.says for server in asked(*pages)]
    assert says == ["models", "models", "needs a key", *["is no model server"] * 4]
    assert asked(MODELS)[0].models == ("llama3.1", "qwen3:8b")


def test_where_nothing_runs_there_is_no_answer() -> None:
    with StubServer() as server:
        gone = Provider("gone", server.base_url, None, None, 4096)
    assert [server.says for server in local_servers((gone,))] == ["no answer"]


def test_a_server_that_does_not_answer_at_once_is_not_waited_for() -> None:
    slow = Step(MODELS.body, delay=20.0)
    assert [server.says for server in asked(slow, seconds=0.05)] == ["no answer"]


def test_only_servers_on_this_machine_are_asked() -> None:
    far = Provider("far", "http://models.example/v1", None, None, 4096)
    hosted = Provider("hosted", "http://127.0.0.1:1/v1", "SOME_API_KEY", None, 4096)
    assert local_servers((far, hosted)) == ()
    assert [server.name for server in local_servers()] == ["ollama", "vllm", "llamacpp", "lmstudio"]


def test_the_screen_names_what_servers_have_and_which_are_silent() -> None:
    many = tuple(f"model-{at}" for at in range(40))
    ollama = LocalServer(name="ollama", address="http://127.0.0.1:11434/v1", says="models", models=many)
    text = shown(found(ollama, *SILENT[1:]))
    assert "ollama at http://127.0.0.1:11434/v1 has model-0, model-1" in text and "and 32 more" in text
    assert "no answer: vllm, llamacpp" in text


def test_names_from_a_server_do_not_act_on_the_terminal() -> None:
    hostile = LocalServer(name="vllm", address="x", says="models", models=("a\x1b[31m\u202eb\nWould fail",))
    lines = [line.strip() for line in screen(found(hostile))]
    assert not set("".join(lines)) & set("\x1b\u202e")
    assert lines.count("Would fail") == 1


def test_the_server_of_the_chosen_model_has_to_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_MODEL", "vllm:mine")
    assert "vllm does not answer" in " ".join(found(*SILENT).would_fail)
    needs_key = SILENT[1].model_copy(update={"says": "needs a key"})
    assert "vllm needs a key" in " ".join(found(needs_key).would_fail)
    monkeypatch.setenv("SUMMARIZER_API_KEY", "k")
    assert found(needs_key).would_fail == ()
    monkeypatch.setenv("SUMMARIZER_BASE_URL", "http://models.example/v1")
    assert found(*SILENT).would_fail == ()


def test_the_json_is_one_object_without_what_the_screen_cuts() -> None:
    many = tuple(f"model-{at}" for at in range(40))
    ollama = LocalServer(name="ollama", address="x", says="models", models=many)
    assert json.loads(found(ollama).model_dump_json())["servers"][0]["models"] == list(many)
