"""The embedded model: llama.cpp in this process, spoken to as any other endpoint."""

from __future__ import annotations

import os
import secrets
import threading
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from summarizer.errors import ModelNotReady
from summarizer.models.base import Message, Reply, Request, estimate_tokens
from summarizer.models.local.speed import Expected, Speed, kept_speed
from summarizer.models.local.weights import weights_file
from summarizer.models.openai.dialect import OpenAIDialect
from summarizer.models.providers.catalogue import LOCAL
from summarizer.models.providers.endpoint import Endpoint
from summarizer.models.remote.model import EndpointModel
from summarizer.models.throttle import Throttle
from summarizer.settings import Settings

FIELD_TOKENS = 130
"""What a field of the record takes to write: 400 for `brief`, 1,300 for `news`, measured with the default weights."""

MEASURED_TOKENS = 8
"""Written to measure the speed; at six a second they take longer than they vary."""


class LocalModel(EndpointModel):
    """A model in this process; each answer shows how fast it is."""

    def __init__(self, weights: Path, settings: Settings) -> None:
        self.weights = weights
        endpoint = Endpoint.of(LOCAL, f"{LOCAL.name}:{weights.stem}", weights.stem, _KEY, settings)
        start = partial(_address, weights, endpoint.context_tokens)
        # It answers one at a time, and whoever waits in its queue would be taken for slow.
        super().__init__(endpoint, OpenAIDialect(), settings, Throttle(most=1), start)

    def complete(self, request: Request) -> Reply:
        """The answer to `request`."""
        return self._timed(super().complete(request))

    async def acomplete(self, request: Request) -> Reply:
        """The answer to `request`."""
        return self._timed(await super().acomplete(request))

    def _timed(self, reply: Reply) -> Reply:
        if speed := kept_speed(self.weights):
            speed.after(reply.calls[-1]).keep(self.weights)
        return reply


def local_model(name: str, settings: Settings) -> LocalModel:
    """The model of `local`, `local:NAME` (weights that were pulled) or `local:PATH.gguf`. Nothing is loaded yet.

    Raises ModelNotReady that says what to pull.
    """
    return LocalModel(weights_file(name), settings)


def expected(name: str, settings: Settings, request: Request) -> Expected | None:
    """How long an answer of this model will take; None where its speed can't be told.

    The first time on this machine the speed is measured, with the beginning of the very request, which the server
    then need not read again. Raises ModelNotReady.
    """
    weights = weights_file(name)
    speed, unread = kept_speed(weights), request.messages
    if speed is None:
        speed, unread = _measured(_engine(weights, _context_tokens(settings)), unread[0]), unread[1:]
        if speed is None:
            return None
        speed.keep(weights)
    reads = sum(estimate_tokens(message.content) for message in unread)
    writes = FIELD_TOKENS * len(request.answer.model_fields)
    return Expected(reads, writes, speed.seconds(reads, writes))


def weights_identity(name: str) -> str:
    """The file of weights that a name stands for, told from one that was there before: two may have the same name."""
    weights = weights_file(name)
    state = weights.stat()
    return f"{weights} {state.st_size} {state.st_mtime_ns}"


def _context_tokens(settings: Settings) -> int:
    return settings.context_tokens or LOCAL.context_tokens


# --- the server -------------------------------------------------------------------------------------------------


_KEY = SecretStr(secrets.token_urlsafe())
"""Other users of this machine can reach the port."""

_engines: dict[tuple[Path, int], Any] = {}
_starting = threading.Lock()


def _engine(weights: Path, context_tokens: int) -> Any:
    """llama.cpp at work with these weights; the first caller starts it, and it runs as long as the process."""
    with _starting:
        if (weights, context_tokens) not in _engines:
            _engines[weights, context_tokens] = _started(weights, context_tokens)
        return _engines[weights, context_tokens]


def _address(weights: Path, context_tokens: int) -> str:
    return f"{_engine(weights, context_tokens).listening_address}/v1"


def _measured(engine: Any, beginning: Message) -> Speed | None:
    """How fast it reads this message, and writes a few tokens behind it; None where it does not say."""
    messages = [{"role": beginning.role, "content": beginning.content}, {"role": "user", "content": "."}]
    asked = {"messages": messages, "max_tokens": MEASURED_TOKENS, "ignore_eos": True}
    timings = engine.handle_chat_completions(asked).get("timings", {})
    reading, writing = timings.get("prompt_per_second"), timings.get("predicted_per_second")
    return Speed(reading, writing) if reading and writing else None


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
    params.cache_ram_mib = 0  # for prompts before the last one: articles, which nobody reads again
    # Mapped, weights take their room twice: as they lie on the disk, and as they are computed with.
    params.load_mode = xllamacpp.llama_load_mode.LLAMA_LOAD_MODE_NONE
    params.verbosity = 1  # errors only
    try:
        return xllamacpp.Server(params)
    except RuntimeError as error:
        raise ModelNotReady(f"llama.cpp can't load {weights}; what it says is on standard error") from error
