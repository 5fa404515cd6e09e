"""Anthropic's messages: the body of a request, and what comes back in the form of a chat completion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from summarizer.models.conversation import Turn
from summarizer.models.providers.endpoint import Endpoint
from summarizer.models.providers.payload import reasoning_of, schema_for, with_schema

_FINISHED = {"end_turn": "stop", "stop_sequence": "stop", "tool_use": "stop"}
"""Reasons to stop that have another name there; the others say by themselves what they mean."""


def payload(endpoint: Endpoint, turn: Turn, answer: type[BaseModel], *, streamed: bool = False) -> dict[str, Any]:
    """The body that asks for `answer`, held to its schema by `output_config`."""
    schema = schema_for(endpoint, answer)
    is_held = endpoint.structured == "json_schema"
    turns = [{"role": message.role, "content": message.content} for message in turn.messages]
    turns = turns if is_held else with_schema(turns, schema)
    thinking = dict(reasoning_of(endpoint))
    form = {"format": {"type": "json_schema", "schema": schema}} if is_held else {}
    config = {**thinking.pop("output_config", {}), **form}
    return {
        "model": endpoint.model,
        "max_tokens": endpoint.room(turn.max_tokens),
        "system": "\n\n".join(each["content"] for each in turns if each["role"] == "system"),
        "messages": [each for each in turns if each["role"] != "system"],
        **thinking,
        **({"output_config": config} if config else {}),
        **({"stream": True} if streamed else {}),
    }


def completion_of(message: Any) -> Any:
    """A message in the form of a completion; whatever is none stays as it is."""
    if not isinstance(message, dict) or not isinstance(message.get("content"), list):
        return message
    blocks = [block for block in message["content"] if isinstance(block, dict)]
    said = {
        "role": "assistant",
        "content": "".join(str(block.get("text", "")) for block in blocks if block.get("type") == "text"),
        "reasoning_content": "".join(str(block.get("thinking") or "") for block in blocks),
        "refusal": _refusal(message),
    }
    choice = {"index": 0, "message": said, "finish_reason": _finish(message.get("stop_reason"))}
    return {"choices": [choice], "usage": _usage(message.get("usage"))}


class Events:
    """A stream of a message's events, in the form of a completion's chunks."""

    def __init__(self) -> None:
        self._usage: dict[str, Any] = {}

    def chunk(self, event: Any) -> Any:
        """The chunk that an event comes to; an error as it is."""
        match event:
            case {"type": "message_start", "message": {"usage": dict(usage)}}:
                return self._counted(usage, {"choices": []})
            case {"type": "content_block_delta", "delta": {"text": str(text)}}:
                return _said({"content": text})
            case {"type": "content_block_delta", "delta": {"thinking": str(text)}}:
                return _said({"reasoning_content": text})
            case {"type": "message_delta", "delta": dict(delta)}:
                chunk = _said({"refusal": _refusal(delta)} if _refusal(delta) else {}, delta.get("stop_reason"))
                return self._counted(event.get("usage") or {}, chunk)
        return event if isinstance(event, dict) and event.get("error") else {}

    def _counted(self, usage: Mapping[str, Any], chunk: dict[str, Any]) -> dict[str, Any]:
        """The chunk with all counts so far: the last event has only what has changed."""
        self._usage |= {name: count for name, count in usage.items() if count is not None}
        return {**chunk, "usage": _usage(self._usage)}


def _said(delta: dict[str, Any], stop_reason: Any = None) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": _finish(stop_reason)}]}


def _finish(stop_reason: Any) -> Any:
    return _FINISHED.get(stop_reason, stop_reason) if isinstance(stop_reason, str) else stop_reason


def _refusal(message: Mapping[str, Any]) -> str | None:
    """Why the model declined, where it did."""
    if message.get("stop_reason") != "refusal":
        return None
    details = message.get("stop_details")
    return (
        str((details.get("explanation") or details.get("category")) if isinstance(details, dict) else "") or "refusal"
    )


def _usage(usage: Any) -> Any:
    """The counts by OpenAI's names: what was read includes what a cache had, and what was written the thoughts."""
    if not isinstance(usage, dict):
        return None
    cached = usage.get("cache_read_input_tokens") or 0
    thoughts = (usage.get("output_tokens_details") or {}).get("thinking_tokens")
    read = [usage.get(name) or 0 for name in ("input_tokens", "cache_creation_input_tokens")]
    return {
        "prompt_tokens": sum(read) + cached,
        "completion_tokens": usage.get("output_tokens"),
        "prompt_tokens_details": {"cached_tokens": cached},
        "completion_tokens_details": {"reasoning_tokens": thoughts},
    }
