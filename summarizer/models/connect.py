"""From a name to a Model."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr

from summarizer.errors import KeyRejected, ModelNotFound, ModelNotReady
from summarizer.models.base import Model, Request
from summarizer.models.catalogue import LOCAL, LOCAL_SETTINGS, PROVIDERS, provider, provider_at
from summarizer.models.endpoint import Endpoint
from summarizer.models.provider import Provider
from summarizer.models.speed import Expected
from summarizer.models.throttle import Limit
from summarizer.settings import Settings

if TYPE_CHECKING:
    from summarizer.models.remote.client import Dialect

EXTRACTIVE = "extractive"
"""Stands where a model's name does, and means none."""

REPLAY = "replay:"
"""Begins the name of a folder of recordings."""


def connect(name: str | None, settings: Settings, throttle: Limit | None = None) -> Model:
    """The model of this name: `provider:model`, `provider`, `local`, `local:PATH.gguf` or `replay:DIR`; with
    `settings.base_url` the name that the server knows it by. None: the default model. `throttle`
    bounds how many asynchronous requests an endpoint is sent at once.

    Raises ModelNotFound, KeyRejected when the key variable is not set, or ModelNotReady.
    """
    name = name or default_model(settings)
    settings = suited(settings, name)
    model = _find(name, settings, throttle)
    if settings.cache and not name.startswith(REPLAY):
        from summarizer.models.cache import CachedModel

        model = CachedModel(model, settings, settings.cache, _endpoint_of(name, settings))
    if settings.record is None:
        return model
    from summarizer.models.replay import Recorder

    return Recorder(model, settings.record)


def default_model(settings: Settings) -> str:
    """The model that is used when none is named: the settings', else the first provider's whose key is set, else
    `extractive`."""
    if settings.model:
        return settings.model
    if settings.base_url:
        raise ModelNotFound(f"a base_url is set, but no model: name one that the server at {settings.base_url} has")
    return next((f"{row.name}:{row.default_model}" for row in PROVIDERS if row.has_key), EXTRACTIVE)


def suited(settings: Settings, model: str | Model | None = None) -> Settings:
    """The settings with what suits this model (None: their own), wherever nobody has said anything else."""
    asked = model or settings.model or ""
    name = asked if isinstance(asked, str) else asked.name
    if name.startswith(REPLAY):
        from summarizer.models.replay import ReplayModel

        name = ReplayModel(Path(name.removeprefix(REPLAY))).name  # asked as the model was that it stands for
    if settings.base_url or not _is_local(name):
        return settings
    unsaid = {key: value for key, value in LOCAL_SETTINGS.items() if key not in settings.model_fields_set}
    return settings.model_copy(update=unsaid)


def announce(settings: Settings) -> str:
    """One line that says which model is used and what that means for the summary."""
    name = default_model(settings)
    if name == EXTRACTIVE:
        why = "" if settings.model else " (no model is named and no key is set)"
        return f"extractive{why}: sentences of the article chosen by rules; names, kinds and speakers are guesses"
    if name.startswith(REPLAY):
        return f"{name}: answers recorded earlier; no model is asked"
    where = f" at {settings.base_url}" if settings.base_url else ""
    return f"{name}{where}: written by a language model, checked against the article"


def expected(settings: Settings, request: Request) -> Expected | None:
    """How long the settings' model will take to answer; None for one that is elsewhere, which nobody can tell of.

    Raises ModelNotReady.
    """
    name = default_model(settings)
    if settings.base_url or not _is_local(name):
        return None
    from summarizer.models.local import expected as expected_of

    return expected_of(name, settings, request)


def with_key(name: str, settings: Settings) -> Settings:
    """The settings for a process elsewhere: with the key that this one's environment has for the model.

    Raises ModelNotFound or KeyRejected.
    """
    if settings.base_url or name == EXTRACTIVE or name.startswith(REPLAY) or _is_local(name):
        return settings  # no key of the environment's is for these
    return settings.model_copy(update={"api_key": _key(_row_and_model(name)[0], settings)})


def _find(name: str, settings: Settings, throttle: Limit | None) -> Model:
    if name == EXTRACTIVE:
        raise ModelNotFound("`extractive` is no model but the recipe that needs none; there is nothing to connect to")
    if name.startswith(REPLAY):
        from summarizer.models.replay import ReplayModel

        return ReplayModel(Path(name.removeprefix(REPLAY)))
    if settings.base_url:
        return _endpoint_model(provider_at(settings.base_url), name, name, settings, throttle)
    if _is_local(name):
        from summarizer.models.local import local_model

        return local_model(name, settings)
    row, model = _row_and_model(name)
    return _endpoint_model(row, f"{row.name}:{model}", model, settings, throttle)


def _endpoint_of(name: str, settings: Settings) -> str:
    """What stands behind a model's name: an address, or the very file of weights."""
    if settings.base_url:
        return settings.base_url
    if _is_local(name):
        from summarizer.models.local import weights_identity

        return weights_identity(name)
    return _row_and_model(name)[0].address


def _is_local(name: str) -> bool:
    return name.partition(":")[0] == LOCAL.name


def _row_and_model(name: str) -> tuple[Provider, str]:
    first, _, model = name.partition(":")
    row = provider(first)
    if row is None:
        known = ", ".join(row.name for row in PROVIDERS)
        raise ModelNotFound(
            f"no model is called {name!r}. Write provider:model with one of the providers {known}, "
            "or local, local:PATH.gguf, replay:DIR, extractive; for any other server set base_url"
        )
    if not (model or row.default_model):
        raise ModelNotFound(f"{row.name} has no default model: write {row.name}:NAME with one that it has loaded")
    return row, model or str(row.default_model)


def _endpoint_model(row: Provider, name: str, model: str, settings: Settings, throttle: Limit | None) -> Model:
    from summarizer.models.remote.model import EndpointModel

    if row.unset:
        raise ModelNotReady(f"{row.name} needs its address: set {' and '.join(row.unset)}")
    endpoint = Endpoint.of(row, name, model, _key(row, settings), settings)
    return EndpointModel(endpoint, _dialect(row), settings, throttle)


def _dialect(row: Provider) -> Dialect:
    if row.api == "openai":
        from summarizer.models.openai.dialect import OpenAIDialect

        return OpenAIDialect()
    if find_spec("anthropic") is None:
        raise ModelNotReady(f"{row.name} needs its client: pip install 'checked-summarizer[anthropic]'")
    from summarizer.models.anthropic.dialect import AnthropicDialect

    return AnthropicDialect()


def _key(row: Provider, settings: Settings) -> SecretStr | None:
    if settings.api_key:
        return settings.api_key
    if row.key_variable is None:  # never some other provider's key
        return None
    if not row.has_key:
        raise KeyRejected(f"{row.name} needs a key: set {row.key_variable}, or api_key in the settings")
    return SecretStr(os.environ[row.key_variable])
