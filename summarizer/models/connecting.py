"""From a name to a Model."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from importlib.util import find_spec
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr

from summarizer.errors import KeyRejected, ModelError, ModelNotFound, ModelNotReady, ReplayMissing, nearest
from summarizer.models.base import Model, Request
from summarizer.models.choosing import EXTRACTIVE, REPLAY, default_model, is_asked, is_local, suited
from summarizer.models.local.speed import Expected
from summarizer.models.local.weights import missing_for_local
from summarizer.models.providers.catalogue import LOCAL, PROVIDERS, provider, provider_at
from summarizer.models.providers.endpoint import Endpoint
from summarizer.models.providers.provider import Provider
from summarizer.models.throttle import Limit
from summarizer.reading.source.web_address import fault_of
from summarizer.settings import Settings

if TYPE_CHECKING:
    from summarizer.models.remote.dialect import Dialect


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

        model = CachedModel(model, settings, settings.cache, _identity_of(name, settings))
    if settings.record is None:
        return model
    from summarizer.models.replay import Recorder

    return Recorder(model, settings.record)


def connected(
    model: str | Model | None, settings: Settings, throttle: Limit | None = None
) -> Model | nullcontext[Model | None]:
    """The model to use (None: the default one), as a context manager; None in it for no model at all. One that was
    connected before stays open."""
    if model is not None and not isinstance(model, str):
        return nullcontext(model)
    return named(model or default_model(settings), settings, throttle) or nullcontext(None)


def named(name: str, settings: Settings, throttle: Limit | None = None) -> Model | None:
    """The model of this name; None where it stands for the rules."""
    return None if name == EXTRACTIVE else connect(name, settings, throttle)


def endpoint_of(name: str, settings: Settings) -> Endpoint:
    """Where a model that is asked is asked, as yet without a key. Raises ModelNotFound."""
    if settings.base_url:
        return Endpoint.of(provider_at(settings.base_url), name, name, None, settings)
    if is_local(name):
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
    elif is_local(name) and not settings.base_url:
        yield from missing_for_local(name)
    elif is_asked(name):
        yield from _missing_of(endpoint_of(name, settings).provider, settings)


def require(name: str, settings: Settings) -> None:
    """Raises the first error of what is `missing`."""
    for error in missing(name, settings):
        raise error


def _missing_of(row: Provider, settings: Settings) -> Iterator[ModelError]:
    if row.api == "anthropic" and find_spec("anthropic") is None:
        yield ModelNotReady(f"{row.name} needs its client: pip install 'checked-summarizer[anthropic]'")
    if row.unset:
        yield ModelNotReady(f"{row.name} needs its address: set {' and '.join(row.unset)}")
    elif fault := fault_of(row.address):
        yield ModelNotReady(f"no server can be at {' and '.join(row.variables) or '--base-url'}: {fault}")
    if row.key_variable and not (settings.api_key or os.environ.get(row.key_variable)):
        yield KeyRejected(f"{row.name} needs a key: set {row.key_variable}, or api_key in the settings")


def expected(settings: Settings, request: Request) -> Expected | None:
    """How long the settings' model will take to answer; None for one that is elsewhere, which nobody can tell of.

    Raises ModelNotReady.
    """
    name = default_model(settings)
    if settings.base_url or not is_local(name):
        return None
    from summarizer.models.local.model import expected as expected_of

    return expected_of(name, settings, request)


def with_key(name: str, settings: Settings) -> Settings:
    """The settings for a process elsewhere: with the key that this one's environment has for the model.

    Raises ModelNotFound, ModelNotReady or KeyRejected.
    """
    if settings.base_url or not is_asked(name) or is_local(name):
        return settings  # no key of the environment's is for these
    require(name, settings)
    return settings.model_copy(update={"api_key": _key(endpoint_of(name, settings).provider, settings)})


def _find(name: str, settings: Settings, throttle: Limit | None) -> Model:
    if name == EXTRACTIVE:
        raise ModelNotFound("`extractive` is no model but the recipe that needs none; there is nothing to connect to")
    require(name, settings)
    if name.startswith(REPLAY):
        return _replay(name)
    if is_local(name) and not settings.base_url:
        from summarizer.models.local.model import local_model

        return local_model(name, settings)
    from summarizer.models.remote.model import EndpointModel

    endpoint = endpoint_of(name, settings)
    key, dialect = _key(endpoint.provider, settings), _dialect(endpoint.provider)
    return EndpointModel(replace(endpoint, key=key), dialect, settings, throttle)


def _replay(name: str) -> Model:
    from summarizer.models.replay import ReplayModel

    return ReplayModel(Path(name.removeprefix(REPLAY)))


def _identity_of(name: str, settings: Settings) -> str:
    """What stands behind a model's name: an address, or the very file of weights."""
    if settings.base_url:
        return settings.base_url
    if is_local(name):
        from summarizer.models.local.model import weights_identity

        return weights_identity(name)
    return _row_and_model(name)[0].address


def _row_and_model(name: str) -> tuple[Provider, str]:
    first, _, model = name.partition(":")
    row = provider(first)
    if row is None:
        known = ", ".join(row.name for row in PROVIDERS)
        likely = _likely(name)
        raise ModelNotFound(
            f"no model is called {name!r}{f' (did you mean {likely}?)' if likely else ''}. Write provider:model with "
            f"one of the providers {known}, or local, local:PATH.gguf, replay:DIR, extractive; for any other server "
            "give its address with --base-url"
        )
    if not (model or row.default_model):
        raise ModelNotFound(f"{row.name} has no default model: write {row.name}:NAME with one that it has loaded")
    return row, model or str(row.default_model)


def _likely(name: str) -> str | None:
    """The name that was likely meant by one that stands for no model."""
    if name.endswith(".gguf"):
        return f"{LOCAL.name}:{name}"
    first, parting, model = name.partition(":" if ":" in name else "/")
    if not parting and (row := _maker_of(name)):
        return f"{row.name}:{name}"
    near = nearest(first, (*(row.name for row in PROVIDERS), LOCAL.name, EXTRACTIVE, REPLAY.removesuffix(":")))
    return f"{near}:{model}" if near and parting else near


def _maker_of(model: str) -> Provider | None:
    """The provider of whose own models most of this name is the beginning of one: openai for gpt-4o."""
    shared = {
        _shared(model.lower(), own): row
        for row in reversed(PROVIDERS)
        for own in filter(None, (row.default_model, *row.ends))
        if own.partition("-")[0] == model.lower().partition("-")[0] and "-" in model
    }
    return shared[max(shared)] if shared else None


def _shared(one: str, other: str) -> int:
    """How many characters two names begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _dialect(row: Provider) -> Dialect:
    if row.api == "anthropic":
        from summarizer.models.anthropic.dialect import AnthropicDialect

        return AnthropicDialect()
    from summarizer.models.openai.dialect import OpenAIDialect

    return OpenAIDialect()


def _key(row: Provider, settings: Settings) -> SecretStr | None:
    if settings.api_key or row.key_variable is None:  # never some other provider's key
        return settings.api_key
    return SecretStr(os.environ[row.key_variable])
