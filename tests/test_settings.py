"""Settings: which source wins, and that a key is never shown."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from summarizer import check, summarize, summarize_many
from summarizer.errors import ModelNotFound, PromptNotFound, SettingsError, SourceUnsupported, SummarizerError
from summarizer.settings import Settings


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"SUMMARIZER_{name.upper()}", raising=False)


def test_arguments_beat_environment_beats_file_beats_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("summarizer.toml").write_text('model = "file"\nprompt = "file"\nlanguage = "fr"\n')
    monkeypatch.setenv("SUMMARIZER_MODEL", "environment")
    monkeypatch.setenv("SUMMARIZER_PROMPT", "environment")
    loaded = Settings.load(model="argument", prompt=None)
    assert (loaded.model, loaded.prompt, loaded.language, loaded.tries) == ("argument", "environment", "fr", 4)


def test_environment_values_are_read_as_their_types(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_TIMEOUT", "2.5")
    monkeypatch.setenv("SUMMARIZER_MAX_TOKENS", "800")
    loaded = Settings.load()
    assert (loaded.timeout, loaded.max_tokens) == (2.5, 800)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tries = 0", "tries (from summarizer.toml)"),
        ("tries = 1.5", "tries (from summarizer.toml): it has to be a whole number"),
        ("triess = 3", "triess (from summarizer.toml): there is no such key (did you mean tries?)"),
        ('reasoning = "deep"', "reasoning (from summarizer.toml): it has to be 'none', 'low', 'medium' or 'high'"),
        ("tries = [", "summarizer.toml"),
    ],
)
def test_a_bad_file_is_named(text: str, said: str) -> None:
    Path("summarizer.toml").write_text(text)
    with pytest.raises(SettingsError) as error:
        Settings.load()
    assert said in str(error.value)


def test_a_bad_value_is_not_repeated_since_it_may_be_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_MAX_TOKENS", "sk-secret")
    with pytest.raises(SettingsError) as error:
        Settings.load()
    assert "sk-secret" not in str(error.value)
    assert "max_tokens (from the environment)" in str(error.value)


def test_the_key_is_in_no_repr_and_no_dump() -> None:
    settings = Settings.load(api_key="sk-secret")
    assert "sk-secret" not in f"{settings!r} {settings} {settings.model_dump_json()}"
    assert settings.api_key is not None and settings.api_key.get_secret_value() == "sk-secret"


@pytest.mark.parametrize("tag", ["klingon", "english", "pt_BR", "d", "de-", "de-toolongasubtag", "", "12"])
def test_what_is_no_language_tag_is_met_with_some(tag: str) -> None:
    for given in (Settings.load, Settings, partial(check, "Rome.", "Rome.")):
        with pytest.raises(SettingsError, match=r"language \(from the arguments\): it is no language tag.*pt-BR"):
            given(language=tag)


@pytest.mark.parametrize("tag", ["de", "pt-BR", "zh-Hans-CN", "tlh", "es-419", "sl-rozaj-biske", "de-CH-1901"])
def test_every_language_tag_of_the_usual_kinds_is_taken(tag: str) -> None:
    assert Settings(language=tag).language == tag


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        Settings().model = "x"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"timeout": -1}, "timeout"),
        ({"timout": 3}, "timout"),
        ({"tries": 0, "temperature": "hot"}, "temperature.*tries"),
    ],
)
def test_a_value_that_can_not_be_is_an_error_of_ours(given: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingsError, match=rf"{said} \(from the arguments\)"):
        Settings(**given)


def test_every_setting_says_what_it_is() -> None:
    assert all(field.description and field.description.endswith(".") for field in Settings.model_fields.values())


def test_a_call_without_settings_goes_by_the_environment_and_reads_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("summarizer.toml").write_text("tries = [")
    Path("news").mkdir()
    Path("news/prompt.toml").write_text("version = [")
    monkeypatch.setenv("SUMMARIZER_MODEL", "extractive")
    text = "The council of Vestby closed two schools on Monday. " * 8
    assert summarize(text).run.model == "extractive"
    assert [line.error for line in summarize_many([text])] == [None]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"source": None}, SourceUnsupported),
        ({"prompt": 3}, PromptNotFound),
        ({"model": 3}, ModelNotFound),
        ({"settings": {"tries": 3}}, SettingsError),
    ],
)
def test_what_is_no_argument_is_an_error_of_ours(arguments: dict[str, Any], error: type[SummarizerError]) -> None:
    with pytest.raises(error):
        summarize(**{"source": "A text.", "model": "extractive", **arguments})
    if "source" not in arguments:
        with pytest.raises(error):
            [*summarize_many(["A text."], **{"model": "extractive", **arguments})]


@pytest.mark.parametrize("sources", ["A text.", b"A text.", Path("a.txt"), None, 3])
def test_one_source_is_not_many(sources: Any) -> None:
    with pytest.raises(SettingsError, match="as a list of them"):
        [*summarize_many(sources, model="extractive")]


@pytest.mark.parametrize("options", [{"concurrency": each} for each in (0, 10**9, "8")] + [{"journal": "out.jsonl"}])
def test_what_many_can_not_do_is_an_error_of_ours(options: dict[str, Any]) -> None:
    with pytest.raises(SettingsError, match=next(iter(options))):
        [*summarize_many(["A text."], model="extractive", **options)]


def test_what_is_no_source_is_one_line_of_many() -> None:
    lines = [*summarize_many([None, "A text."], model="extractive")]  # type: ignore[list-item]  # which is tried
    assert [line.error.type for line in lines if line.error] == ["SourceUnsupported"] and len(lines) == 2
