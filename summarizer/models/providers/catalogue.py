"""The catalogue: the providers, and the servers that people run themselves, one row each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from summarizer.models.providers.provider import OPENAI_BATCH, Fragments, Provider
from summarizer.settings import LEVELS, Reasoning

# How thinking is set, in the forms that servers know.


def _effort(none: str = "none", low: str = "low", medium: str = "medium", high: str = "high") -> Fragments:
    efforts: dict[Reasoning, str] = {"none": none, "low": low, "medium": medium, "high": high}
    return {level: {"reasoning_effort": effort} for level, effort in efforts.items()}


def _switch(off: Mapping[str, Any], on: Mapping[str, Any], efforts: Fragments) -> Fragments:
    """A switch besides the effort, which only a model that thinks is told."""
    return {level: off if level == "none" else {**on, **efforts[level]} for level in LEVELS}


_EFFORT = _effort()
_LEAST_IS_LOW = _effort(none="low")
_TEMPLATE = _switch(
    {"chat_template_kwargs": {"enable_thinking": False}}, {"chat_template_kwargs": {"enable_thinking": True}}, _EFFORT
)

_COUNTS = frozenset({"minItems", "maxItems"})
_LENGTHS = _COUNTS | {"maxLength"}

# A server that its user starts decides itself how long its context is. vLLM, llama.cpp and LM Studio answer an
# article that is too long with an error, so the figure here only has to be high enough to let them.
_SERVER_DECIDES = 131_072

# Ollama cuts what is too long and says nothing; 4,096 tokens is what it starts with below 24 GiB of video memory.
_OLLAMA_DEFAULT = 4_096

# Published shutdown days, as they stood on 2026-11-29.
_OPENAI_ENDS = {
    **dict.fromkeys(("o1", "o1-pro", "o3-mini", "o4-mini", "gpt-4", "gpt-4-turbo"), date(2026, 10, 23)),
    **dict.fromkeys(("gpt-3.5-turbo", "gpt-4.1-nano"), date(2026, 10, 23)),
    **dict.fromkeys(("gpt-5", "gpt-5-mini", "gpt-5-nano", "gpt-5-pro", "o3", "o3-pro"), date(2026, 12, 11)),
    **dict.fromkeys(("gpt-4o", "gpt-4o-mini", "gpt-4.1", "gpt-4.1-mini"), date(2027, 1, 14)),
    **dict.fromkeys(("gpt-5.1", "gpt-5.3-codex", "gpt-5.4-nano"), date(2027, 4, 1)),
}
_ANTHROPIC_ENDS = {
    **dict.fromkeys(("claude-sonnet-4", "claude-opus-4"), date(2026, 6, 15)),
    "claude-opus-4-1": date(2026, 8, 5),
    "claude-sonnet-4-5": date(2026, 11, 30),
}
_GOOGLE_ENDS = {
    **dict.fromkeys(("gemini-2.5-flash", "gemini-2.5-pro"), date(2026, 12, 1)),
    "gemini-3.1-flash-lite": date(2027, 5, 7),
}

PROVIDERS = (
    Provider(
        "openai",
        "https://api.openai.com/v1",
        "OPENAI_API_KEY",
        "gpt-6-luna",
        922_000,
        source="https://developers.openai.com/api/docs/guides/structured-outputs",
        bounds=_COUNTS,  # it takes maxLength, too, and cuts a text in the middle of a word
        max_tokens_name="max_completion_tokens",
        sampling="unless thinking",
        reasoning=_EFFORT,
        batch=OPENAI_BATCH,
        ends=_OPENAI_ENDS,
    ),
    Provider(
        "anthropic",
        "https://api.anthropic.com",
        "ANTHROPIC_API_KEY",
        "claude-haiku-5-5",
        1_000_000,
        source="https://platform.claude.com/docs/en/build-with-claude/structured-outputs",
        api="anthropic",
        most_unions=16,
        sampling="never",
        reasoning=_switch(
            {"thinking": {"type": "disabled"}},
            {"thinking": {"type": "adaptive"}},
            {level: {"output_config": {"effort": level}} for level in LEVELS},
        ),
        ends=_ANTHROPIC_ENDS,
    ),
    Provider(
        "google",
        "https://generativelanguage.googleapis.com/v1beta/openai",
        "GEMINI_API_KEY",
        "gemini-flash-lite-latest",
        1_048_576,
        source="https://ai.google.dev/gemini-api/docs/openai",
        inlines=True,
        sampling="never",
        reasoning=_LEAST_IS_LOW,
        always_thinks=True,
        ends=_GOOGLE_ENDS,
    ),
    Provider(
        "openrouter",
        "https://openrouter.ai/api/v1",
        "OPENROUTER_API_KEY",
        "openai/gpt-6-luna",
        400_000,  # that of the host which it routes to, and those differ
        source="https://openrouter.ai/docs/features/structured-outputs",
        inlines=True,  # for the routes to Google
        sampling="unless thinking",
        reasoning={level: {"reasoning": {"effort": level}} for level in LEVELS},
        further={"provider": {"require_parameters": True}},  # else it routes to hosts that ignore the schema
        ends={
            **{f"openai/{name}": day for name, day in _OPENAI_ENDS.items()},
            **{f"google/{name}": day for name, day in _GOOGLE_ENDS.items()},
        },
    ),
    Provider(
        "mistral",
        "https://api.mistral.ai/v1",
        "MISTRAL_API_KEY",
        "mistral-small-latest",
        262_144,
        source="https://docs.mistral.ai/capabilities/structured_output",
        reasoning=_effort(low="high", medium="high"),
        ends=dict.fromkeys(("mistral-large-2512", "mistral-medium-3-5"), date(2027, 4, 30)),
    ),
    Provider(
        "deepseek",
        "https://api.deepseek.com",
        "DEEPSEEK_API_KEY",
        "deepseek-flash",
        1_000_000,
        source="https://api-docs.deepseek.com/guides/json_mode",
        structured="json_object",
        reasoning=_switch(
            {"thinking": {"type": "disabled"}}, {"thinking": {"type": "enabled"}}, _effort(medium="high")
        ),
        ends=dict.fromkeys(("deepseek-chat", "deepseek-reasoner"), date(2026, 7, 24)),
    ),
    Provider(
        "groq",
        "https://api.groq.com/openai/v1",
        "GROQ_API_KEY",
        "openai/gpt-oss-20b",
        131_072,
        source="https://console.groq.com/docs/structured-outputs",
        inlines=True,
        max_tokens_name="max_completion_tokens",
        reasoning=_LEAST_IS_LOW,
        always_thinks=True,
        streams=False,
    ),
    Provider(
        "together",
        "https://api.together.xyz/v1",
        "TOGETHER_API_KEY",
        "Qwen/Qwen3.5-9B",
        262_144,
        source="https://docs.together.ai/docs/inference/chat/structured-outputs",
        reasoning=_switch({"reasoning": {"enabled": False}}, {"reasoning": {"enabled": True}}, _EFFORT),
        ends={"openai/gpt-oss-20b": date(2026, 9, 15)},
    ),
    Provider(
        "fireworks",
        "https://api.fireworks.ai/inference/v1",
        "FIREWORKS_API_KEY",
        "accounts/fireworks/models/glm-5p3-flash",
        1_048_576,
        source="https://docs.fireworks.ai/structured-responses/structured-response-formatting",
        reasoning=_EFFORT,
        ends={"accounts/fireworks/models/gpt-oss-120b": date(2026, 11, 7)},
    ),
    Provider(
        "bedrock",
        "https://bedrock-runtime.{AWS_REGION}.amazonaws.com/openai/v1",
        "AWS_BEARER_TOKEN_BEDROCK",
        "global.openai.gpt-6-luna",  # its open models write as they like, whatever the schema
        922_000,
        source="https://docs.aws.amazon.com/bedrock/latest/userguide/inference-chat-completions.html",
        inlines=True,
        max_tokens_name="max_completion_tokens",
        sampling="unless thinking",
        reasoning=_EFFORT,
    ),
    Provider(
        "xai",
        "https://api.x.ai/v1",
        "XAI_API_KEY",
        "grok-4.3",
        1_000_000,
        source="https://docs.x.ai/developers/model-capabilities/text/structured-outputs",
        bounds=_COUNTS,
        reasoning=_EFFORT,
    ),
    Provider(
        "cerebras",
        "https://api.cerebras.ai/v1",
        "CEREBRAS_API_KEY",
        "gpt-oss-120b",
        131_072,
        source="https://inference-docs.cerebras.ai/capabilities/structured-outputs",
        inlines=True,
        max_tokens_name="max_completion_tokens",
        reasoning=_LEAST_IS_LOW,
        always_thinks=True,
    ),
    Provider(
        "azure",
        "{AZURE_OPENAI_ENDPOINT}/openai/v1",
        "AZURE_OPENAI_API_KEY",
        None,  # a deployment has the name that its owner gave it
        922_000,
        source="https://learn.microsoft.com/azure/ai-foundry/openai/how-to/structured-outputs",
        bounds=_COUNTS,
        max_tokens_name="max_completion_tokens",
        sampling="unless thinking",
        reasoning=_EFFORT,
    ),
    Provider(
        "ollama",
        "http://127.0.0.1:11434/v1",
        None,
        None,
        _OLLAMA_DEFAULT,
        source="https://docs.ollama.com/capabilities/structured-outputs",
        bounds=_LENGTHS,
        reasoning=_EFFORT,
        advice="Start Ollama with OLLAMA_CONTEXT_LENGTH=32768 and set context_tokens to the same figure "
        "(SUMMARIZER_CONTEXT_TOKENS=32768).",
    ),
    Provider(
        "vllm",
        "http://127.0.0.1:8000/v1",
        None,
        None,
        _SERVER_DECIDES,
        source="https://docs.vllm.ai/en/latest/features/structured_outputs/",
        bounds=_LENGTHS,
        reasoning=_TEMPLATE,
    ),
    Provider(
        "llamacpp",
        "http://127.0.0.1:8080/v1",
        None,
        "default",
        _SERVER_DECIDES,
        source="https://github.com/ggml-org/llama.cpp/blob/master/grammars/README.md",
        bounds=_LENGTHS,
        reasoning=_TEMPLATE,
    ),
    Provider(
        "lmstudio",
        "http://127.0.0.1:1234/v1",
        None,
        None,
        _SERVER_DECIDES,
        source="https://lmstudio.ai/docs/developer/openai-compat/structured-output",
        bounds=_LENGTHS,
        reasoning=_EFFORT,
    ),
)
"""In the order in which a set key makes one the default."""

LOCAL = Provider(
    "local",
    "",
    None,
    "qwen2.5-coder-1.5b",
    8_192,
    source="https://github.com/ggml-org/llama.cpp/blob/master/grammars/README.md",
    bounds=_LENGTHS,
    reasoning=_TEMPLATE,
    own_pace=True,
)
"""The embedded model; its address is known once its server runs."""

LOCAL_SETTINGS: Mapping[str, Any] = MappingProxyType(
    {
        "prompt": "brief",
        "max_tokens": 2000,  # `brief` takes such models 400
        "temperature": 0.0,
    }
)
"""What the embedded model is used with where nobody says anything else."""


def provider(name: str) -> Provider | None:
    """The row of this name."""
    return next((row for row in PROVIDERS if row.name == name), None)


def provider_at(base_url: str) -> Provider:
    """The row for a server at any address: what most servers take, and whatever one refuses is found out by asking;
    whether it takes batches, too."""
    return Provider("endpoint", base_url, None, None, _SERVER_DECIDES, batch=OPENAI_BATCH)
