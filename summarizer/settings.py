"""Settings: arguments > environment > summarizer.toml > defaults, frozen once made."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any, Literal, Self, get_args

from pydantic import (
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


class Settings(BaseModel):
    """Every knob there is. `Settings.load()` also reads the environment and `summarizer.toml`.

    Raises SettingsError.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str | None = Field(
        default=None,
        description="`provider:model`, `local`, `local:PATH.gguf`, `replay:DIR` or `extractive`; with `base_url`, "
        "the name that the server knows it by. None: that of the first provider whose key is set, else `extractive`.",
    )
    base_url: str | None = Field(default=None, description="Any OpenAI-compatible endpoint.")
    api_key: SecretStr | None = Field(default=None, description="Instead of the provider's own key variable.")
    prompt: str | Path = Field(
        default="news",
        description="A prompt that ships, or a folder (in Python a Path). Unless one is named, an embedded model is "
        "asked by `brief`.",
    )
    recipe: RecipeName | None = Field(
        default=None, description="How the record is made, instead of the way that the catalogue names for the model."
    )
    language: str | None = Field(
        default=None, description="BCP-47 tag of the written parts. None: the article's own."
    )
    max_tokens: int = Field(
        default=4000,
        ge=16,
        description="Tokens an answer may have (2000 where an embedded model writes); a cut answer is asked for once "
        "more with twice as many.",
    )
    temperature: float | None = Field(
        default=None,
        ge=0,
        le=2,
        description="None: the provider's default for an endpoint (some models take no other), 0 for the embedded "
        "model.",
    )
    context_tokens: int | None = Field(
        default=None, ge=256, description="Tokens the model takes, instead of the limit that the catalogue names."
    )
    reasoning: Reasoning = Field(
        default="none",
        description="How much a model that can think does so; summaries get no truer by it, but dearer.",
    )
    structured: Structured | None = Field(
        default=None, description="How the schema is put to the server, instead of the way the catalogue names."
    )
    timeout: float = Field(
        default=60.0,
        gt=0,
        description="Seconds one try may take, or each further piece of an answer that is streamed. An embedded "
        "model has as much from token to token, and may read as long as it needs.",
    )
    deadline: float = Field(
        default=180.0,
        gt=0,
        description="Seconds one request may take with all its retries; an embedded model has no such limit.",
    )
    tries: int = Field(default=4, ge=1, description="Times one request is sent before it counts as failed.")
    raw: bool = Field(
        default=False,
        description="Remove nothing of a source as junk: menus, teasers and comments are read as the article's.",
    )
    allow_private_hosts: bool = Field(
        default=False, description="Fetch addresses in private networks and on this machine, too."
    )
    record: Path | None = Field(default=None, description="A folder to write every reply into, for `replay:DIR`.")
    cache: Path | None = Field(
        default=None,
        description="A file that keeps valid replies, so that nothing is paid for twice. None: no cache. The usual "
        "one is `summarizer.models.cache.default_cache()`.",
    )
    cache_megabytes: int = Field(
        default=500, ge=1, description="How large that file may grow; what was not used for longest goes first."
    )
    priced_as: str | None = Field(
        default=None,
        description="The `provider:model` whose prices hold, where the model's own name does not say: for a "
        "`base_url`, an alias. Empty: none do.",
    )

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
    return f"{name} (from {source}): {detail['msg']}"
