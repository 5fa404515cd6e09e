"""Settings: arguments > environment > summarizer.toml > defaults, frozen once made."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    SecretStr,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from summarizer.errors import SettingsError
from summarizer.faults import fault_in
from summarizer.setting_descriptions import DESCRIPTIONS

RecipeName = Literal["extractive", "one_request"]
Structured = Literal["json_schema", "json_object", "tools", "prompted"]
"""How the schema is put to a server: a strict response_format, in words with an answer that has to be JSON, a forced
tool call, or in words alone."""
Reasoning = Literal["none", "low", "medium", "high"]
"""How much a model thinks before it answers."""
LEVELS: tuple[Reasoning, ...] = get_args(Reasoning)
CONFIG_FILE = "summarizer.toml"
PROMPT_FILE = "prompt.toml"
CACHE_FOLDER_VARIABLE = "SUMMARIZER_CACHE_DIR"
ENVIRONMENT_PREFIX = "SUMMARIZER_"


def _described(name: str, **field: Any) -> Any:
    return Field(description=DESCRIPTIONS[name], **field)


_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


def _language_tag(value: str) -> str:
    if not _TAG.fullmatch(value):
        raise ValueError("it is no language tag (BCP-47), as de, pt-BR or zh-Hant")
    return value


class Settings(BaseModel):
    """Every knob there is. `Settings.load()` also reads the environment and `summarizer.toml`.

    Raises SettingsError.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str | None = _described("model", default=None)
    base_url: str | None = _described("base_url", default=None)
    api_key: SecretStr | None = _described("api_key", default=None)
    prompt: str | Path = _described("prompt", default="news")
    own_schema: Path | None = _described("own_schema", default=None)
    recipe: RecipeName | None = _described("recipe", default=None)
    language: Annotated[str, AfterValidator(_language_tag)] | None = _described("language", default=None)
    max_tokens: int = _described("max_tokens", default=4000, ge=16)
    temperature: float | None = _described("temperature", default=None, ge=0, le=2)
    context_tokens: int | None = _described("context_tokens", default=None, ge=256)
    reasoning: Reasoning = _described("reasoning", default="none")
    structured: Structured | None = _described("structured", default=None)
    timeout: float = _described("timeout", default=60.0, gt=0)
    deadline: float = _described("deadline", default=180.0, gt=0)
    tries: int = _described("tries", default=4, ge=1)
    raw: bool = _described("raw", default=False)
    allow_private_hosts: bool = _described("allow_private_hosts", default=False)
    with_text: bool = _described("with_text", default=False)
    record: Path | None = _described("record", default=None)
    cache: Path | None = _described("cache", default=None)
    cache_megabytes: int = _described("cache_megabytes", default=500, ge=1)
    priced_as: str | None = _described("priced_as", default=None)

    @model_validator(mode="wrap")
    @classmethod
    def _checked(cls, given: Any, checked: ModelWrapValidatorHandler[Self], info: ValidationInfo) -> Self:
        """Raises SettingsError in the place of pydantic's own; `info.context` are the layers they come from."""
        try:
            return checked(given)
        except ValidationError as error:
            faults = (_explain(detail, info.context or {}) for detail in error.errors())
            raise SettingsError("; ".join(faults)) from None

    @classmethod
    def load(cls, folder: Path | None = None, **arguments: Any) -> Self:
        """Settings from arguments (None counts as not given), environment, `summarizer.toml` in `folder`
        (default: the working folder) and defaults, in this order.

        Raises SettingsError that names where the bad value came from.
        """
        given = {name: value for name, value in arguments.items() if value is not None}
        return cls._merged({**_layers(folder), "the arguments": given})

    @classmethod
    def from_environment(cls) -> Self:
        """What a call of the library goes by that names no settings: no file is read. Raises SettingsError."""
        return cls._merged({"the environment": _from_environment()})

    @classmethod
    def _merged(cls, layers: dict[str, dict[str, Any]]) -> Self:
        merged = {name: value for layer in layers.values() for name, value in layer.items()}
        if isinstance(merged.get("prompt"), str):
            merged["prompt"] = named_prompt(merged["prompt"])
        return cls.model_validate(merged, context=layers)


def named_prompt(name: str) -> str | Path:
    """What a name that somebody typed means: a folder of a prompt, which comes before one that ships, or that one."""
    is_folder = (Path(name) / PROMPT_FILE).is_file() or Path(name).name != name  # `news` may well hold articles
    return Path(name) if is_folder else name


def sources(folder: Path | None = None) -> dict[str, str]:
    """What each setting comes from that `Settings.load(folder)` finds. Raises SettingsError."""
    return {name: source for source, layer in _layers(folder).items() for name in layer}


def _layers(folder: Path | None) -> dict[str, dict[str, Any]]:
    """The settings by where they come from; the later comes before the earlier."""
    return {
        CONFIG_FILE: _from_file((folder or Path.cwd()) / CONFIG_FILE),
        "the environment": _from_environment(),
    }


def cache_folder() -> Path:
    """For weights and replies: the folder that SUMMARIZER_CACHE_DIR names, else the user's cache folder."""
    import platformdirs

    return Path(os.environ.get(CACHE_FOLDER_VARIABLE) or platformdirs.user_cache_dir("summarizer"))


def _from_environment() -> dict[str, Any]:
    names = {ENVIRONMENT_PREFIX + name.upper(): name for name in Settings.model_fields}
    return {field: os.environ[name] for name, field in names.items() if os.environ.get(name)}


def _from_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from error


def _explain(detail: Any, layers: dict[str, dict[str, Any]]) -> str:
    # The value is left out on purpose: it may be a key.
    name = str(detail["loc"][0]) if detail["loc"] else "settings"
    source = next((where for where, layer in reversed(layers.items()) if name in layer), "the arguments")
    return f"{name} (from {source}): {fault_in(detail, Settings)}"
