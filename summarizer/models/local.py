"""The embedded model: llama.cpp in this process, spoken to as any other endpoint."""

from __future__ import annotations

import os
import secrets
import threading
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from summarizer.errors import ModelNotReady
from summarizer.models.catalogue import LOCAL
from summarizer.models.endpoint import Endpoint
from summarizer.models.openai.model import OpenAIModel
from summarizer.models.throttle import Throttle
from summarizer.models.weights import weights_file
from summarizer.settings import Settings

CACHED_MIB = 512
"""Room for prompts read before the last one; llama.cpp's own 8,192 fill up with articles never read again."""


def local_model(name: str, settings: Settings) -> OpenAIModel:
    """The model of `local`, `local:NAME` (weights that were pulled) or `local:PATH.gguf`. Nothing is loaded yet.

    Raises ModelNotReady that says what to pull.
    """
    weights = weights_file(name)
    if settings.temperature is None:
        settings = settings.model_copy(update={"temperature": 0.0})
    endpoint = Endpoint.of(LOCAL, f"{LOCAL.name}:{weights.stem}", weights.stem, _KEY, settings)
    # It answers one at a time, and whoever waits in its queue would be taken for slow.
    return OpenAIModel(endpoint, settings, Throttle(most=1), lambda: _address(weights, endpoint.context_tokens))


def weights_identity(name: str) -> str:
    """The file of weights that a name stands for, told from one that was there before: two may have the same name."""
    weights = weights_file(name)
    state = weights.stat()
    return f"{weights} {state.st_size} {state.st_mtime_ns}"


_KEY = SecretStr(secrets.token_urlsafe())
"""Other users of this machine can reach the port."""

_servers: dict[tuple[Path, int], Any] = {}
_starting = threading.Lock()


def _address(weights: Path, context_tokens: int) -> str:
    """The address of the server for these weights; the first caller starts it, and it runs as long as the process."""
    with _starting:
        if (weights, context_tokens) not in _servers:
            _servers[weights, context_tokens] = _started(weights, context_tokens)
        return f"{_servers[weights, context_tokens].listening_address}/v1"


def _started(weights: Path, context_tokens: int) -> Any:
    # Read when the library loads: waiting threads that spin cost more than half the speed on a busy machine.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    os.environ.setdefault("GOMP_SPINCOUNT", "0")
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(weights)
    params.api_keys = [_KEY.get_secret_value()]
    params.n_ctx = context_tokens
    params.n_parallel = 1
    params.cache_ram_mib = CACHED_MIB
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads()
    params.verbosity = 1  # errors only
    try:
        return xllamacpp.Server(params)
    except RuntimeError as error:
        raise ModelNotReady(f"llama.cpp can't load {weights}; what it says is on standard error") from error


def threads() -> int:
    """How many it computes with: on all cores, one competing process costs 90 % of the speed."""
    return max(1, (os.cpu_count() or 2) - 1)
