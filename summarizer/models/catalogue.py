"""The catalogue: providers as rows of data, all of them reached through the OpenAI chat completions API."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from summarizer.settings import RecipeName

Structured = Literal["json_schema", "tools", "prompted"]
"""How the schema is put to a server: a strict response_format, a forced tool call, or in words."""


@dataclass(frozen=True)
class BatchLimits:
    """What one file of requests may hold, where a provider takes files and answers within a day."""

    requests: int
    bytes: int


OPENAI_BATCH = BatchLimits(requests=50_000, bytes=200_000_000)
"""As OpenAI's guide to batches has them."""


@dataclass(frozen=True)
class Provider:
    """One provider, or one server that people run themselves."""

    name: str
    base_url: str
    key_variable: str | None
    """None: the server asks for no key."""
    default_model: str | None
    """None: only the user knows what the server has loaded."""
    context_tokens: int
    structured: Structured = "json_schema"
    max_tokens_name: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    recipe: RecipeName = "one_request"
    batch: BatchLimits | None = None
    """None: it has no batches of OpenAI's kind."""
    advice: str = ""
    """What to do when an article is too long for the context, where that is particular to this server."""

    @property
    def has_key(self) -> bool:
        """Whether the key variable is set."""
        return bool(self.key_variable and os.environ.get(self.key_variable))


# A server that its user starts decides itself how long its context is. vLLM, llama.cpp and LM Studio answer an
# article that is too long with an error, so the figure here only has to be high enough to let them.
_SERVER_DECIDES = 131_072

# Ollama cuts what is too long and says nothing; 4,096 tokens is what it starts with unless told otherwise.
_OLLAMA_DEFAULT = 4_096

PROVIDERS = (
    Provider(
        "openai",
        "https://api.openai.com/v1",
        "OPENAI_API_KEY",
        "gpt-5-mini",
        400_000,
        max_tokens_name="max_completion_tokens",  # reasoning models take no max_tokens
        batch=OPENAI_BATCH,
    ),
    Provider(
        "anthropic",
        "https://api.anthropic.com/v1",
        "ANTHROPIC_API_KEY",
        "claude-haiku-4-5",
        200_000,
        structured="tools",  # this endpoint ignores response_format, and `strict` too
    ),
    Provider(
        "google",
        "https://generativelanguage.googleapis.com/v1beta/openai",
        "GEMINI_API_KEY",
        "gemini-flash-latest",
        1_000_000,
    ),
    Provider("openrouter", "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY", "openai/gpt-5-mini", 400_000),
    Provider(
        "ollama",
        "http://127.0.0.1:11434/v1",
        None,
        None,
        _OLLAMA_DEFAULT,
        advice="Start Ollama with OLLAMA_CONTEXT_LENGTH=32768 and set context_tokens to the same figure "
        "(SUMMARIZER_CONTEXT_TOKENS=32768).",
    ),
    Provider("vllm", "http://127.0.0.1:8000/v1", None, None, _SERVER_DECIDES),
    Provider("llamacpp", "http://127.0.0.1:8080/v1", None, "default", _SERVER_DECIDES),
    Provider("lmstudio", "http://127.0.0.1:1234/v1", None, None, _SERVER_DECIDES),
)
"""In the order in which a set key makes one the default."""

LOCAL = Provider("local", "", None, "qwen2.5-coder-1.5b", 8_192)
"""The embedded model; its address is known once its server runs."""

LOCAL_SETTINGS: Mapping[str, Any] = MappingProxyType(
    {
        "prompt": "brief",
        "max_tokens": 2000,  # `brief` takes such models 400
        "temperature": 0.0,
        "timeout": math.inf,  # slow is no failure: nobody knows how long another machine takes
        "deadline": math.inf,
    }
)
"""What the embedded model is used with where nobody says anything else."""


def provider(name: str) -> Provider | None:
    """The row of this name."""
    return next((row for row in PROVIDERS if row.name == name), None)


def endpoint(base_url: str) -> Provider:
    """The row for a server that the catalogue doesn't know; whether it takes batches is found out by asking it."""
    return Provider("endpoint", base_url, None, None, _SERVER_DECIDES, batch=OPENAI_BATCH)


def listing() -> Iterator[str]:
    """Lines that say which models there are and what each still needs."""
    for row in PROVIDERS:
        model = f"{row.name}:{row.default_model or 'NAME'}"
        yield f"{model:32} {row.structured:12} {_needs(row)}"
    yield f"{'local, local:PATH.gguf':32} {LOCAL.structured:12} in this process"
    yield f"{'replay:DIR':32} {'':12} answers recorded with --record DIR"
    yield f"{'extractive':32} {'':12} no model: sentences of the article, chosen by rules"
    yield f"{'NAME --base-url URL':32} {'json_schema':12} any other OpenAI-compatible endpoint"


def _needs(row: Provider) -> str:
    if row.key_variable is None:
        return f"server at {row.base_url}"
    return f"{row.key_variable} is set" if row.has_key else f"needs {row.key_variable}"
