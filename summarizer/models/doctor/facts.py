"""What a run on this machine has to go by, all of it at once: packages, keys, servers, weights, settings, faults."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import ParamSpec, TypeVar

from summarizer.errors import SummarizerError
from summarizer.models.choosing import EXTRACTIVE, Choice, choice, is_asked, shutdown_of
from summarizer.models.connecting import endpoint_of, missing
from summarizer.models.doctor.installed import Extra, extras, missing_packages, own_version
from summarizer.models.doctor.local_servers import LocalServer
from summarizer.models.local.weights import WEIGHTS
from summarizer.models.providers.catalogue import PROVIDERS
from summarizer.models.providers.endpoint import without_secrets
from summarizer.prompts import Prompt, load_prompt
from summarizer.record import Part
from summarizer.settings import Settings, sources


class Variable(Part):
    """A variable of the environment that a provider's key or a part of its address is in. Its value is never ours."""

    name: str
    provider: str
    is_set: bool


class KnownWeights(Part):
    """Weights that can be pulled, and whether they have been."""

    name: str
    bytes: int
    is_pulled: bool


class ProbedRequest(Part):
    """How a model is asked."""

    mode: str
    reasoning: str
    thoughts: int
    """Tokens of room for thinking."""
    context_tokens: int
    max_tokens: int


class ProbeRun(Part):
    """What a run without options uses."""

    model: str
    why: str
    base_url: str | None
    """Without what may be secret in it."""
    shutdown: str | None
    """Where the model's end is near or over."""
    asked: ProbedRequest | None
    """None: there is no model to ask."""
    prompt: str
    prompt_version: str | None
    """None: the prompt can't be used."""
    cache: str | None


class Diagnosis(Part):
    """All that has been found."""

    version: str
    python: str
    platform: str
    extras: tuple[Extra, ...]
    variables: tuple[Variable, ...]
    servers: tuple[LocalServer, ...]
    weights: tuple[KnownWeights, ...]
    settings: dict[str, str]
    """Where each comes from that is not left to its default."""
    run: ProbeRun | None
    """None: the settings do not say which model it would be."""
    would_fail: tuple[str, ...]
    """All that a run without options would fail by."""


def diagnose(servers: Sequence[LocalServer], today: date | None = None) -> Diagnosis:
    """Looks at everything, and asks nothing of any server: `servers` are what was found on this machine."""
    faults = [f"the package {name} is missing: pip install {name}" for name in missing_packages()]
    found = _tried(faults, sources) or {}
    settings = _tried(faults, Settings.load)
    run = _planned(settings, found, servers, today, faults) if settings else None
    return Diagnosis(
        version=own_version(),
        python=platform.python_version(),
        platform=f"{platform.system()} {platform.release()} {platform.machine()}",
        extras=tuple(extras()),
        variables=tuple(_variables()),
        servers=tuple(servers),
        weights=tuple(KnownWeights(name=row.name, bytes=row.bytes, is_pulled=row.path.is_file()) for row in WEIGHTS),
        settings=found,
        run=run,
        would_fail=tuple(dict.fromkeys(faults)),
    )


P = ParamSpec("P")
T = TypeVar("T")


def _tried(faults: list[str], work: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T | None:
    """What `work` comes to; None where it fails, and then the reason is among the faults."""
    try:
        return work(*arguments, **named)
    except (SummarizerError, OSError) as error:
        faults.append(str(error))
        return None


def _variables() -> Iterator[Variable]:
    for row in PROVIDERS:
        for name in filter(None, (row.key_variable, *row.variables)):
            yield Variable(name=name, provider=row.name, is_set=bool(os.environ.get(name)))


def _planned(
    settings: Settings, found: dict[str, str], servers: Sequence[LocalServer], today: date | None, faults: list[str]
) -> ProbeRun | None:
    prompt = _tried(faults, load_prompt, settings.prompt)
    chosen = _tried(faults, choice, settings)
    run = _tried(faults, _run, chosen, settings, found, prompt, today) if chosen else None
    if run:
        faults += _faults(run.model, settings, servers, today)
    return run


def _run(
    chosen: Choice, settings: Settings, found: dict[str, str], prompt: Prompt | None, today: date | None
) -> ProbeRun:
    """Raises ModelNotFound."""
    ending = shutdown_of(chosen.name, settings, today)
    return ProbeRun(
        model=chosen.name,
        why=f"{chosen.why} in {found['model']}" if settings.model else chosen.why,
        base_url=settings.base_url and without_secrets(settings.base_url),
        shutdown=ending.notice if ending else None,
        asked=_asked(chosen.name, settings) if is_asked(chosen.name) else None,
        prompt=str(settings.prompt),
        prompt_version=prompt.version if prompt else None,
        cache=str(settings.cache) if settings.cache else None,
    )


def _asked(name: str, settings: Settings) -> ProbedRequest:
    endpoint = endpoint_of(name, settings)
    return ProbedRequest(
        mode=endpoint.structured,
        reasoning=endpoint.reasoning,
        thoughts=endpoint.thoughts,
        context_tokens=endpoint.context_tokens,
        max_tokens=settings.max_tokens,
    )


def _faults(name: str, settings: Settings, servers: Sequence[LocalServer], today: date | None) -> Iterator[str]:
    """What a run with this model would fail by."""
    yield from map(str, missing(name, settings))
    if (ending := shutdown_of(name, settings, today)) and ending.is_over:
        yield ending.notice
    if name == EXTRACTIVE and settings.recipe not in (None, EXTRACTIVE):
        yield f"the recipe {settings.recipe} asks a model, and there is none: name one"
    for server in servers:
        if not settings.base_url and server.name == name.partition(":")[0]:
            yield from _server_faults(server, settings)


def _server_faults(server: LocalServer, settings: Settings) -> Iterator[str]:
    match server.says:
        case "no answer":
            yield f"{server.name} does not answer at {server.address}: start it"
        case "is no model server":
            yield f"what answers at {server.address} is not {server.name}"
        case "needs a key" if not settings.api_key:
            yield f"{server.name} needs a key: set api_key in the settings"
