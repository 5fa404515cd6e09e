"""The embedded model: llama.cpp in this process, spoken to as any other endpoint."""

from __future__ import annotations

import os
import secrets
import threading
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from summarizer.errors import ModelNotReady
from summarizer.models.base import Message, Reply, Request, estimate_tokens
from summarizer.models.catalogue import LOCAL
from summarizer.models.openai.model import Address, OpenAIModel
from summarizer.models.speed import Expected, Speed, kept_speed
from summarizer.models.throttle import Throttle
from summarizer.models.weights import known_weights
from summarizer.settings import Settings

FIELD_TOKENS = 130
"""What a field of the record takes to write: 400 for `brief`, 1,300 for `news`, measured with the default weights."""

MEASURED_TOKENS = 8
"""Written to measure the speed; at six a second they take longer than they vary."""


class LocalModel(OpenAIModel):
    """A model in this process; each answer shows how fast it is."""

    def __init__(self, weights: Path, settings: Settings) -> None:
        self.weights = weights
        context_tokens = _context_tokens(settings)
        super().__init__(
            f"{LOCAL.name}:{weights.stem}",
            weights.stem,
            replace(LOCAL, context_tokens=context_tokens, structured=settings.structured or LOCAL.structured),
            settings,
            lambda: _server(weights, context_tokens).address,
            Throttle(most=1),  # it answers one at a time, and whoever waits in its queue would be taken for slow
        )

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

    Raises ModelNotReady that says what to install or to pull.
    """
    if find_spec("xllamacpp") is None:
        raise ModelNotReady(f"{name} needs llama.cpp: pip install 'checked-summarizer[local]'")
    return LocalModel(_weights(name), settings)


def expected(name: str, settings: Settings, request: Request) -> Expected | None:
    """How long an answer of this model will take; None where its speed can't be told.

    The first time on this machine the speed is measured, with the beginning of the very request, which the server
    then need not read again. Raises ModelNotReady.
    """
    weights = _weights(name)
    speed, unread = kept_speed(weights), request.messages
    if speed is None:
        speed, unread = _server(weights, _context_tokens(settings)).measured(unread[0]), unread[1:]
        if speed is None:
            return None
        speed.keep(weights)
    reads = sum(estimate_tokens(message.content) for message in unread)
    writes = FIELD_TOKENS * len(request.answer.model_fields)
    return Expected(reads, writes, speed.seconds(reads, writes))


def _weights(name: str) -> Path:
    chosen = name.partition(":")[2]
    if chosen.endswith(".gguf"):
        path = Path(chosen).expanduser().resolve()
        if not path.is_file():
            raise ModelNotReady(f"there are no weights at {path}")
        return path
    known = known_weights(chosen or str(LOCAL.default_model))
    if not known.path.is_file():
        raise ModelNotReady(f"the weights are not there yet: summarizer models pull {known.name}")
    return known.path


def weights_identity(name: str) -> str:
    """The file of weights that a name stands for, told from one that was there before: two may have the same name."""
    weights = _weights(name)
    state = weights.stat()
    return f"{weights} {state.st_size} {state.st_mtime_ns}"


def _context_tokens(settings: Settings) -> int:
    return settings.context_tokens or LOCAL.context_tokens


# --- the server -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Server:
    """llama.cpp at work in this process."""

    engine: Any
    address: Address

    def measured(self, beginning: Message) -> Speed | None:
        """How fast it reads this message, and writes a few tokens behind it; None where it does not say."""
        messages = [{"role": beginning.role, "content": beginning.content}, {"role": "user", "content": "."}]
        asked = {"messages": messages, "max_tokens": MEASURED_TOKENS, "ignore_eos": True}
        timings = self.engine.handle_chat_completions(asked).get("timings", {})
        reading, writing = timings.get("prompt_per_second"), timings.get("predicted_per_second")
        return Speed(reading, writing) if reading and writing else None


_servers: dict[tuple[Path, int], _Server] = {}
_starting = threading.Lock()


def _server(weights: Path, context_tokens: int) -> _Server:
    """The server for these weights; the first caller starts it, and it runs as long as the process."""
    with _starting:
        if (weights, context_tokens) not in _servers:
            _servers[weights, context_tokens] = _start(weights, context_tokens)
        return _servers[weights, context_tokens]


def _start(weights: Path, context_tokens: int) -> _Server:
    # Read when the library loads: waiting threads that spin cost more than half the speed on a busy machine.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    os.environ.setdefault("GOMP_SPINCOUNT", "0")
    import xllamacpp

    key = secrets.token_urlsafe()
    params = xllamacpp.CommonParams()
    params.model.path = str(weights)
    params.api_keys = [key]  # other users of this machine can reach the port
    params.n_ctx = context_tokens
    params.n_parallel = 1
    params.cache_ram_mib = 0  # for prompts before the last one: articles, which nobody reads again
    # Mapped, weights take their room twice: as they lie on the disk, and as they are computed with.
    params.load_mode = xllamacpp.llama_load_mode.LLAMA_LOAD_MODE_NONE
    params.verbosity = 1  # errors only
    try:
        engine = xllamacpp.Server(params)
    except RuntimeError as error:
        raise ModelNotReady(f"llama.cpp can't load {weights}; what it says is on standard error") from error
    return _Server(engine, Address(f"{engine.listening_address}/v1", SecretStr(key)))
