"""From a name to a model: the catalogue, the default, and errors that say what there is."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from repository import DOCS, EXAMPLES, ROOT
from stub_server import Step, StubServer, answer, error, html, json_step

from summarizer.cli.models import listing, provider_lines
from summarizer.errors import KeyRejected, ModelNotFound, ModelNotReady
from summarizer.models.choosing import EXTRACTIVE, Choice, announce, choice, default_model, suited
from summarizer.models.connecting import connect
from summarizer.models.doctor.check import CheckResult, check
from summarizer.models.providers.catalogue import LOCAL, PROVIDERS
from summarizer.models.providers.provider import Provider
from summarizer.models.providers.shutdown import shutdown
from summarizer.settings import Settings


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for row in PROVIDERS:
        for variable in (row.key_variable, *row.variables):
            monkeypatch.delenv(str(variable), raising=False)


KEY = Settings(api_key=SecretStr("k"))


@pytest.mark.parametrize("name", [row.name for row in PROVIDERS])
def test_every_row_connects(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in next(row for row in PROVIDERS if row.name == name).variables:
        monkeypatch.setenv(variable, "https://x" if variable.endswith("ENDPOINT") else "x")
    model = connect(f"{name}:some/model:free", KEY)
    assert model.name == f"{name}:some/model:free"  # only the first colon parts
    assert model.recipe == "one_request"


def test_a_provider_alone_is_its_default_model() -> None:
    assert connect("openai", KEY).name == "openai:gpt-6-luna"


def test_a_provider_that_has_no_default_says_so() -> None:
    with pytest.raises(ModelNotFound, match="vllm:NAME"):
        connect("vllm", Settings())


@pytest.mark.parametrize("name", ["gpt-6", "opnai:gpt-6", "?", ":"])
def test_an_unknown_name_lists_what_there_is(name: str) -> None:
    with pytest.raises(ModelNotFound) as caught:
        connect(name, Settings())
    assert all(row.name in str(caught.value) for row in PROVIDERS)
    assert "replay:DIR" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("gpt-4o", "openai:gpt-4o"),
        ("claude-opus-5", "anthropic:claude-opus-5"),
        ("gemini-3-pro", "google:gemini-3-pro"),
        ("gpt-oss-20b", "cerebras:gpt-oss-20b"),
        ("openai/gpt-4o", "openai:gpt-4o"),
        ("opnai:gpt", "openai:gpt"),
        ("olama:qwen3:4b", "ollama:qwen3:4b"),
        ("antropic", "anthropic"),
        ("extractve", "extractive"),
        ("weights/qwen.gguf", "local:weights/qwen.gguf"),
    ],
)
def test_an_unknown_name_is_met_with_the_one_that_was_likely_meant(name: str, meant: str) -> None:
    with pytest.raises(ModelNotFound, match=re.escape(f"(did you mean {meant}?)")):
        connect(name, Settings())


@pytest.mark.parametrize("name", ["nonsense", "?", ":", "mine-7b"])
def test_where_nothing_is_near_nothing_is_guessed(name: str) -> None:
    with pytest.raises(ModelNotFound) as caught:
        connect(name, Settings())
    assert "did you mean" not in str(caught.value) and "--base-url" in str(caught.value)


def test_extractive_is_no_model() -> None:
    with pytest.raises(ModelNotFound, match="no model"):
        connect(EXTRACTIVE, Settings())


def test_a_missing_key_is_said_before_anything_is_sent() -> None:
    with pytest.raises(KeyRejected, match="OPENROUTER_API_KEY"):
        connect("openrouter:x", Settings())


def test_with_a_base_url_the_name_is_the_servers_own() -> None:
    model = connect("openai:gpt-6-luna", Settings(base_url="http://127.0.0.1:1/v1"))
    assert model.name == "openai:gpt-6-luna"


def test_a_providers_key_never_goes_to_another_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-openai")
    with StubServer(answer('{"days": 7}')) as server:
        assert all(result.ok for result in check("gpt", Settings(base_url=server.base_url)))
        assert "sk-of-openai" not in str(server.requests[0].headers)


def test_settings_override_the_row() -> None:
    assert connect("openai", KEY.model_copy(update={"context_tokens": 5000})).context_tokens == 5000


# --- the default ------------------------------------------------------------------------------------------------


def test_no_key_means_extractive() -> None:
    assert default_model(Settings()) == EXTRACTIVE
    assert "no key is set" in announce(Settings())


def test_the_first_key_that_is_set_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEMINI_API_KEY", "k")
    assert default_model(Settings()).startswith("google:")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "k")
    assert default_model(Settings()).startswith("anthropic:")
    assert connect(None, Settings()).name == default_model(Settings())


def test_a_set_key_is_never_passed_over_because_its_provider_has_no_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", "k")
    monkeypatch.setenv("AZURE_OPENAI_ENDPOINT", "https://mine.openai.azure.com")
    with pytest.raises(ModelNotFound, match="azure:NAME"):
        connect(None, Settings())


def test_the_choice_says_what_has_decided_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEMINI_API_KEY", "k")
    assert choice(Settings()) == Choice("google:gemini-flash-lite-latest", "GEMINI_API_KEY is set")
    assert "google:gemini-flash-lite-latest (GEMINI_API_KEY is set)" in announce(Settings())
    assert "GEMINI" not in announce(Settings(model="extractive"))


def test_a_named_model_comes_before_any_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    assert default_model(Settings(model="extractive")) == EXTRACTIVE


def test_a_base_url_without_a_model_asks_for_one() -> None:
    with pytest.raises(ModelNotFound, match="name one"):
        default_model(Settings(base_url="http://127.0.0.1:1/v1"))


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (Settings(model="openai:gpt-6-luna"), "written by a language model"),
        (Settings(model="gpt", base_url="http://127.0.0.1:1/v1"), "at http://127.0.0.1:1/v1"),
        (Settings(model="local"), "written by a language model"),
        (Settings(model="replay:x"), "no model is asked"),
        (Settings(model="extractive"), "chosen by rules"),
    ],
)
def test_the_choice_is_announced_in_one_line(settings: Settings, said: str) -> None:
    line = announce(settings)
    assert said in line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("http://user:secret@host:8000/v1", "at http://***@host:8000/v1:"),
        ("http://us@er:se/cr?et@host/v1", "at http://***@host/v1:"),
        ("user:secret@host/v1", "at ***@host/v1:"),
        ("https://host/v1?api-version=1&key=secret#secret", "at https://host/v1?***:"),
        ("http://host/v1", "at http://host/v1:"),
    ],
)
def test_what_may_be_secret_in_an_address_is_not_said(address: str, shown: str) -> None:
    line = announce(Settings(model="gpt", base_url=address))
    assert shown in line and "secret" not in line
    with pytest.raises(ModelNotFound) as caught:
        default_model(Settings(base_url=address))
    assert "secret" not in str(caught.value)


# --- the end of a model -----------------------------------------------------------------------------------------

GPT_5_MINI = date(2026, 12, 11)
"""The day on which it is shut down."""


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (91, None),
        (90, "is shut down on 2026-12-11, in 90 days; the default of openai is gpt-6-luna"),
        (2, "is shut down on 2026-12-11, in 2 days;"),
        (1, "is shut down on 2026-12-11, tomorrow;"),
        (0, "is shut down on 2026-12-11, today;"),
        (-1, "was shut down on 2026-12-11; the default of openai is gpt-6-luna"),
        (-900, "was shut down on 2026-12-11"),
    ],
)
@pytest.mark.parametrize("model", ["gpt-5-mini", "gpt-5-mini-2025-08-07"])
def test_a_models_end_is_announced_from_90_days_before(model: str, days: int, said: str | None) -> None:
    lines = announce(Settings(model=f"openai:{model}"), GPT_5_MINI - timedelta(days)).splitlines()
    assert len(lines) == (2 if said else 1)
    assert said is None or lines[1].startswith(f"{model} {said}")


@pytest.mark.parametrize(
    "settings",
    [
        Settings(model="gpt-5-mini", base_url="http://127.0.0.1:1/v1"),
        Settings(model="openai:gpt-5-mini", base_url="http://127.0.0.1:1/v1"),
        Settings(model="azure:gpt-5-mini"),
        Settings(model="openai"),
        Settings(model="local"),
        Settings(model="extractive"),
        Settings(model="replay:x"),
    ],
)
def test_where_no_end_is_published_none_is_announced(settings: Settings) -> None:
    assert len(announce(settings, GPT_5_MINI).splitlines()) == 1


ENDING = Provider("some", "", None, "new", 1, ends={"old": date(2026, 12, 11), "new": date(2027, 6, 1)})


def test_what_has_ended_itself_is_not_recommended() -> None:
    before, after = (shutdown(ENDING, "old", day) for day in (date(2027, 6, 1), date(2027, 6, 2)))
    assert before and before.notice == "old was shut down on 2026-12-11; the default of some is new"
    assert after and after.notice == "old was shut down on 2026-12-11"
    own = shutdown(ENDING, "new", date(2027, 6, 1))
    assert own and own.notice == "new is shut down on 2027-06-01, today"


def test_the_listing_says_which_models_end_soon() -> None:
    lines = [*listing(date(2026, 12, 1))]
    assert "  ends 2026-12-11: gpt-5, gpt-5-mini, gpt-5-nano, gpt-5-pro, o3, o3-pro" in lines
    assert "  ends 2026-12-01: gemini-2.5-flash, gemini-2.5-pro" in lines
    assert "2026-10-23" not in "".join(lines)  # over
    assert "2027-04-01" not in "".join(lines)  # far off


def test_the_listing_says_when_a_default_ends() -> None:
    for day, said in ((date(2027, 6, 1), ", ends 2027-06-01"), (date(2027, 6, 2), ", ended 2027-06-01")):
        (line,) = provider_lines(ENDING, day)
        assert line.startswith("some:new") and line.endswith(said)


def test_the_listing_says_what_each_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    lines = "\n".join(listing())
    assert all(row.name in lines for row in PROVIDERS)
    assert "OPENAI_API_KEY is set" in lines
    assert "needs ANTHROPIC_API_KEY" in lines
    assert "sk-secret" not in lines


def test_the_catalogue_and_the_names_load_no_client() -> None:
    modules = ", ".join(
        f"summarizer.models.{name}" for name in ("providers.catalogue", "connecting", "replay", "local.weights")
    )
    script = f"import sys, {modules}; print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", script], text=True).split()
    assert not {"openai", "instructor", "tenacity", "xllamacpp"} & set(loaded)


# --- local, without loading anything ----------------------------------------------------------------------------


def test_weights_that_are_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(tmp_path))
    with pytest.raises(ModelNotReady, match=f"summarizer models pull {LOCAL.default_model}"):
        connect("local", Settings())
    with pytest.raises(ModelNotReady, match=r"no weights at .*mine\.gguf"):
        connect(f"local:{tmp_path}/mine.gguf", Settings())
    with pytest.raises(ModelNotFound, match="smollm2"):
        connect("local:llama", Settings())


# --- what suits a model -----------------------------------------------------------------------------------------


def test_an_embedded_model_is_asked_for_less() -> None:
    settings = suited(Settings(model="local"))
    assert settings.prompt == "brief"
    assert settings.max_tokens < Settings().max_tokens
    assert settings.temperature == 0
    assert suited(Settings(), "local:mine.gguf") == settings.model_copy(update={"model": None})


@pytest.mark.parametrize(
    ("settings", "model"),
    [
        (Settings(model="openai:gpt-6-luna"), None),
        (Settings(model="local"), "extractive"),
        (Settings(model="local", base_url="http://127.0.0.1:1/v1"), None),
        (Settings(), None),
    ],
)
def test_other_models_get_the_settings_as_they_are(settings: Settings, model: str | None) -> None:
    assert suited(settings, model) == settings


def test_what_somebody_says_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SUMMARIZER_PROMPT", "news")
    (tmp_path / "summarizer.toml").write_text("max_tokens = 900\n")
    settings = suited(Settings.load(tmp_path, model="local", temperature=0.5))
    assert (settings.prompt, settings.max_tokens, settings.temperature) == ("news", 900, 0.5)


# --- check ------------------------------------------------------------------------------------------------------

WEEK = answer('{"days": 7}')


Pages = Mapping[str, Step]
"""What a server has below /v1."""


def told(*script: Step, pages: Pages | None = None, today: date | None = None) -> list[CheckResult]:
    """What `check` says of the model `x`."""
    by_path = {f"/v1/{name}": page for name, page in (pages or {}).items()}
    with StubServer(*script, pages=by_path) as server:
        return check("x", Settings(base_url=server.base_url, tries=1), today)


def results(*script: Step) -> dict[str, bool]:
    return {result.name: result.ok for result in told(*script)}


def details(*script: Step, pages: Pages | None = None) -> dict[str, str]:
    return {result.name: result.detail for result in told(*script, pages=pages)}


def test_check_of_a_server_where_all_works() -> None:
    assert results(WEEK) == dict.fromkeys(
        ("reachable", "key", "model", "structured answer", "usage", "sent", "listed", "seconds"), True
    )


def test_check_says_how_far_it_came() -> None:
    assert results(error(500)) == {"reachable": False}
    assert results(error(401)) == {"reachable": True, "key": False}
    assert results(error(404)) == {"reachable": True, "key": True, "model": False}
    assert results(error(400)) == {"reachable": True, "key": True, "model": True, "structured answer": False}


def test_check_of_a_server_that_ignores_the_schema_or_does_not_count() -> None:
    assert not results(answer("seven"))["structured answer"]
    assert not results(answer('{"days": 7}', tokens=None))["usage"]


def test_check_says_what_is_sent_and_what_was_refused() -> None:
    said = details(error(400, "Unsupported parameter: 'max_tokens'; use max_completion_tokens"), WEEK)
    assert said["sent"] == "json_schema, reasoning none, room for 4,000 tokens"
    assert "`max_tokens`" in said["refused"]


@pytest.mark.parametrize(
    ("entry", "shutdown", "context"),
    [
        ({"shutdown_date": "2027-06-01"}, "2027-06-01", "does not say"),
        ({"shutdown_date": None}, "none set", "does not say"),
        ({"retires_at": "2027-06-01T00:00:00Z", "max_input_tokens": 1_000_000}, "2027-06-01", "1,000,000 tokens;"),
        ({"context_length": 400_000}, "does not say", "400,000 tokens;"),
        ({"max_model_len": 8192}, "does not say", "8,192 tokens;"),
        ({"meta": {"n_ctx_train": 32_768}}, "does not say", "does not say; the model was made for 32,768 tokens;"),
        ({"shutdown_date": "soon", "context_length": "long", "meta": 7}, "does not say", "does not say"),
        ({"max_model_len": True, "context_length": -1}, "does not say", "does not say"),
    ],
)
@pytest.mark.parametrize("in_a_list", [False, True])
def test_check_says_what_the_server_says_of_the_model(
    entry: dict[str, Any], shutdown: str, context: str, in_a_list: bool
) -> None:
    x, y = {"id": "x", "object": "model", **entry}, {"id": "y", "object": "model", "shutdown_date": "2001-01-01"}
    pages = {"models": json_step({"data": [y, x]})} if in_a_list else {"models/x": json_step(x)}
    said = details(WEEK, pages=pages)
    assert said["listed"] == "as x"
    assert shutdown in said["shutdown"]
    assert context in said["context"] and "131,072 are reckoned with" in said["context"]


def test_the_only_model_of_a_server_is_the_one_whatever_it_is_called() -> None:
    said = details(WEEK, pages={"models": json_step({"data": [{"id": "x.gguf", "max_model_len": 4096}]})})
    assert said["listed"] == "as x.gguf" and "4,096" in said["context"]


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ({}, "the server does not say"),
        ({"models/x": error(405), "models": error(500)}, "the server does not say"),
        ({"models/x": html(), "models": html()}, "the server does not say"),
        ({"models/x": json_step({"id": None}), "models": json_step([1, "x"])}, "the server does not say"),
        ({"models": json_step({"data": None})}, "the server does not say"),
        ({"models": json_step({"data": [{"id": "y"}, {"id": "z"}, {"id": 3}]})}, "not listed"),
        ({"models": json_step({"data": ["x", None]})}, "the server does not say"),
    ],
)
def test_a_server_without_a_list_fails_no_check(pages: dict[str, Step], said: str) -> None:
    found = told(WEEK, pages=pages)
    assert all(result.ok for result in found)
    assert {result.name: result.detail for result in found}["listed"] == said


def test_check_says_when_the_model_ends_also_where_nothing_works(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "ends" not in {result.name for result in told(WEEK, today=GPT_5_MINI)}
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")  # so that nobody is reached
    reached, ends = check("openai:gpt-5-mini", KEY.model_copy(update={"tries": 1}), GPT_5_MINI + timedelta(1))
    assert (reached.ok, ends.ok) == (False, True)
    assert ends.detail == "gpt-5-mini was shut down on 2026-12-11; the default of openai is gpt-6-luna"


def test_a_short_context_is_announced_with_the_way_to_a_longer_one() -> None:
    [_, line] = announce(Settings(model="ollama:qwen3:4b-instruct")).splitlines()
    assert "4,096 tokens" in line and "read in parts" in line and "OLLAMA_CONTEXT_LENGTH" in line
    assert "\n" not in announce(Settings(model="ollama:qwen3:4b-instruct", context_tokens=32_768))


def test_nothing_that_is_shown_names_a_model_that_ends() -> None:
    pages = [ROOT / "README.md", *DOCS.glob("*.md"), *EXAMPLES.glob("*.txt")]
    alive = {row.default_model for row in PROVIDERS}  # one may end at one provider and live on at another
    ending = {model for row in PROVIDERS for model in row.ends} - alive
    text = "\n".join(page.read_text() for page in pages)
    assert {model for model in ending if re.search(rf"(?<![\w-]){re.escape(model)}(?![\w.-])", text)} == set()
    assert not [row.name for row in PROVIDERS if row.default_model in row.ends]
