"""Settings: which source wins, and that a key is never shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from summarizer.errors import SettingsError
from summarizer.settings import Settings


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"SUMMARIZER_{name.upper()}", raising=False)


def test_arguments_beat_environment_beats_file_beats_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("summarizer.toml").write_text('model = "file"\nprompt = "file"\nlanguage = "file"\n')
    monkeypatch.setenv("SUMMARIZER_MODEL", "environment")
    monkeypatch.setenv("SUMMARIZER_PROMPT", "environment")
    loaded = Settings.load(model="argument", prompt=None)
    assert (loaded.model, loaded.prompt, loaded.language, loaded.tries) == ("argument", "environment", "file", 4)


def test_environment_values_are_read_as_their_types(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_TIMEOUT", "2.5")
    monkeypatch.setenv("SUMMARIZER_MAX_TOKENS", "800")
    loaded = Settings.load()
    assert (loaded.timeout, loaded.max_tokens) == (2.5, 800)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tries = 0", "tries (from summarizer.toml)"),
        ("triess = 3", "triess (from summarizer.toml)"),
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


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        Settings().model = "x"
