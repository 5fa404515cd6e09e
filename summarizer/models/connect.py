"""From a name to a Model."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pydantic import SecretStr

from summarizer.errors import KeyRejected, ModelError, ModelNotFound, ModelNotReady, ReplayMissing
from summarizer.models.base import Model
from summarizer.models.catalogue import LOCAL, PROVIDERS, provider, provider_at
from summarizer.models.endpoint import Endpoint
from summarizer.models.provider import Provider
from summarizer.models.shutdown import Shutdown, shutdown
from summarizer.models.throttle import Limit
from summarizer.models.weights import missing_for_local
from summarizer.settings import Settings

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
    model = _find(name, settings, throttle)
    if settings.cache and not name.startswith(REPLAY):
        from summarizer.models.cache import CachedModel

        model = CachedModel(model, settings, settings.cache, _identity_of(name, settings))
    if settings.record is None:
        return model
    from summarizer.models.replay import Recorder

    return Recorder(model, settings.record)


def default_model(settings: Settings) -> str:
    """The model that is used when none is named."""
    return choice(settings).name


@dataclass(frozen=True)
class Choice:
    """The model that a run uses, and what has decided that."""

    name: str
    why: str


def choice(settings: Settings) -> Choice:
    """The settings' model, else that of the first provider whose key is set, else `extractive`. Raises ModelNotFound
    where there is a base_url and no model, since none of the catalogue's would do."""
    if settings.model:
        return Choice(settings.model, "it is named")
    if settings.base_url:
        where = without_secrets(settings.base_url)
        raise ModelNotFound(f"a base_url is set, but no model: name one that the server at {where} has")
    row = next((row for row in PROVIDERS if row.has_key), None)
    if row is None:
        return Choice(EXTRACTIVE, "no model is named and no key is set")
    return Choice(f"{row.name}:{row.default_model}" if row.default_model else row.name, f"{row.key_variable} is set")


def announce(settings: Settings, today: date | None = None) -> str:
    """Which model is used and what that means for the summary, in one line; in a second one when it is shut down,
    where that is near or over."""
    chosen = choice(settings)
    ending = shutdown_of(chosen.name, settings, today)
    return _meaning(chosen, settings) + (f"\n{ending.notice}" if ending else "")


def _meaning(chosen: Choice, settings: Settings) -> str:
    name = chosen.name
    why = "" if settings.model else f" ({chosen.why})"
    if name == EXTRACTIVE:
        return f"extractive{why}: sentences of the article chosen by rules; names, kinds and speakers are guesses"
    if name.startswith(REPLAY):
        return f"{name}: answers recorded earlier; no model is asked"
    where = f" at {without_secrets(settings.base_url)}" if settings.base_url else ""
    return f"{name}{where}{why}: written by a language model, checked against the article"


def shutdown_of(name: str, settings: Settings, today: date | None = None) -> Shutdown | None:
    """When the model of this name is shut down, where that is near or over."""
    first, _, model = name.partition(":")
    row = None if settings.base_url else provider(first)
    return shutdown(row, model or str(row.default_model), today) if row else None


def without_secrets(address: str) -> str:
    """An address as it may be shown: without user and password, and without the query, which may hold a key."""
    bare = re.sub(r"^(\w+://)?.*@", r"\1***@", address, flags=re.DOTALL)
    return re.sub(r"[?#].*", "?***", bare, flags=re.DOTALL)


def is_asked(name: str) -> bool:
    """Whether a name stands for a model that is asked, not for rules or recordings."""
    return name != EXTRACTIVE and not name.startswith(REPLAY)


def endpoint_of(name: str, settings: Settings) -> Endpoint:
    """Where a model that is asked is asked, as yet without a key. Raises ModelNotFound."""
    if settings.base_url:
        return Endpoint.of(provider_at(settings.base_url), name, name, None, settings)
    if _is_local(name):
        return Endpoint.of(LOCAL, name, name, None, settings)
    row, model = _row_and_model(name)
    return Endpoint.of(row, f"{row.name}:{model}", model, None, settings)


def missing(name: str, settings: Settings) -> Iterator[ModelError]:
    """What the model of this name needs and is not there, each as the error that it ends in. Raises ModelNotFound."""
    if name.startswith(REPLAY):
        try:
            _replay(name)
        except ReplayMissing as error:
            yield error
    elif _is_local(name) and not settings.base_url:
        yield from missing_for_local(name)
    elif is_asked(name):
        yield from _missing_of(endpoint_of(name, settings).provider, settings)


def _missing_of(row: Provider, settings: Settings) -> Iterator[ModelError]:
    if row.unset:
        yield ModelNotReady(f"{row.name} needs its address: set {' and '.join(row.unset)}")
    if row.key_variable and not (settings.api_key or os.environ.get(row.key_variable)):
        yield KeyRejected(f"{row.name} needs a key: set {row.key_variable}, or api_key in the settings")


def with_key(name: str, settings: Settings) -> Settings:
    """The settings for a process elsewhere: with the key that this one's environment has for the model.

    Raises ModelNotFound, ModelNotReady or KeyRejected.
    """
    if settings.base_url or not is_asked(name) or _is_local(name):
        return settings  # no key of the environment's is for these
    for error in missing(name, settings):
        raise error
    return settings.model_copy(update={"api_key": _key(endpoint_of(name, settings).provider, settings)})


def _find(name: str, settings: Settings, throttle: Limit | None) -> Model:
    if name == EXTRACTIVE:
        raise ModelNotFound("`extractive` is no model but the recipe that needs none; there is nothing to connect to")
    for error in missing(name, settings):
        raise error
    if name.startswith(REPLAY):
        return _replay(name)
    if _is_local(name) and not settings.base_url:
        from summarizer.models.local import local_model

        return local_model(name, settings)
    return _endpoint_model(endpoint_of(name, settings), settings, throttle)


def _replay(name: str) -> Model:
    from summarizer.models.replay import ReplayModel

    return ReplayModel(Path(name.removeprefix(REPLAY)))


def _identity_of(name: str, settings: Settings) -> str:
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


def _endpoint_model(endpoint: Endpoint, settings: Settings, throttle: Limit | None) -> Model:
    from summarizer.models.openai.model import OpenAIModel

    return OpenAIModel(replace(endpoint, key=_key(endpoint.provider, settings)), settings, throttle)


def _key(row: Provider, settings: Settings) -> SecretStr | None:
    if settings.api_key or row.key_variable is None:  # never some other provider's key
        return settings.api_key
    return SecretStr(os.environ[row.key_variable])
