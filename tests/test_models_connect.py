"""From a name to a model: the catalogue, the default, and errors that say what there is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr
from stub_server import Step, StubServer, answer, error

from summarizer.errors import KeyRejected, ModelNotFound, ModelNotReady
from summarizer.cli.models import listing
from summarizer.models.catalogue import LOCAL, PROVIDERS
from summarizer.models.check import check
from summarizer.models.connect import EXTRACTIVE, announce, connect, default_model
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
        monkeypatch.setenv(variable, "x")
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


def test_the_listing_says_what_each_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    lines = "\n".join(listing())
    assert all(row.name in lines for row in PROVIDERS)
    assert "OPENAI_API_KEY is set" in lines
    assert "needs ANTHROPIC_API_KEY" in lines
    assert "sk-secret" not in lines


def test_the_catalogue_and_the_names_load_no_client() -> None:
    modules = ", ".join(f"summarizer.models.{name}" for name in ("catalogue", "connect", "replay", "weights"))
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


# --- check ------------------------------------------------------------------------------------------------------


def results(*script: Step) -> dict[str, bool]:
    with StubServer(*script) as server:
        settings = Settings(base_url=server.base_url, tries=1)
        return {result.name: result.ok for result in check("x", settings)}


def test_check_of_a_server_where_all_works() -> None:
    assert results(answer('{"days": 7}')) == dict.fromkeys(
        ("reachable", "key", "model", "structured answer", "usage", "seconds"), True
    )


def test_check_says_how_far_it_came() -> None:
    assert results(error(500)) == {"reachable": False}
    assert results(error(401)) == {"reachable": True, "key": False}
    assert results(error(404)) == {"reachable": True, "key": True, "model": False}
    assert results(error(400)) == {"reachable": True, "key": True, "model": True, "structured answer": False}


def test_check_of_a_server_that_ignores_the_schema_or_does_not_count() -> None:
    assert not results(answer("seven"))["structured answer"]
    assert not results(answer('{"days": 7}', tokens=None))["usage"]
