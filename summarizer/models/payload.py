"""The body of a request: what an endpoint is sent, and in which form it takes the schema."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from summarizer.models.base import Message
from summarizer.models.endpoint import Endpoint
from summarizer.models.exchange import Turn
from summarizer.wire import inlined, wire_schema

TOOL = "answer"

Turns = list[dict[str, str]]


def payload(endpoint: Endpoint, turn: Turn, answer: type[BaseModel], *, streamed: bool = False) -> dict[str, Any]:
    """The body that asks for `answer`, without what the endpoint is known to refuse."""
    return {
        "model": endpoint.model,
        **_constrained(endpoint, turn.messages, schema_for(endpoint, answer)),
        **_room(endpoint, turn.max_tokens),
        **_sampling(endpoint),
        **({} if "reasoning" in endpoint.refused else endpoint.provider.reasoning.get(endpoint.reasoning, {})),
        **endpoint.provider.further,
        **({"stream": True, "stream_options": {"include_usage": True}} if streamed else {}),
    }


def schema_for(endpoint: Endpoint, answer: type[BaseModel]) -> Mapping[str, Any]:
    """The strict schema of `answer` in the form that the endpoint takes."""
    schema = wire_schema(answer)
    return inlined(schema) if endpoint.provider.inlines or "$defs" in endpoint.refused else schema


def room_for(endpoint: Endpoint, max_tokens: int) -> int:
    """Tokens for the answer and the thoughts before it, as far as the server allows."""
    wanted = max_tokens + endpoint.thoughts
    return min(wanted, endpoint.most_tokens or wanted)


def _room(endpoint: Endpoint, max_tokens: int) -> dict[str, int]:
    """The limit of the answer and of the thoughts, under the name that is known."""
    names = sorted(
        ("max_tokens", "max_completion_tokens"), key=lambda name: name != endpoint.provider.max_tokens_name
    )
    return next(({name: room_for(endpoint, max_tokens)} for name in names if name not in endpoint.refused), {})


def _sampling(endpoint: Endpoint) -> dict[str, float]:
    return {"temperature": endpoint.temperature} if endpoint.samples and endpoint.temperature is not None else {}


def _constrained(endpoint: Endpoint, messages: tuple[Message, ...], schema: Mapping[str, Any]) -> dict[str, Any]:
    turns = [{"role": message.role, "content": message.content} for message in messages]
    strict = {} if "strict" in endpoint.refused else {"strict": True}
    match endpoint.structured:
        case "json_schema":
            return {"messages": turns, "response_format": _response_format(schema, strict)}
        case "tools":
            return {"messages": turns, **_forced_tool(schema, strict)}
        case "json_object":
            return {"messages": _with_schema(turns, schema), "response_format": {"type": "json_object"}}
        case "prompted":
            return {"messages": _with_schema(turns, schema)}


def _response_format(schema: Mapping[str, Any], strict: Mapping[str, bool]) -> dict[str, Any]:
    return {"type": "json_schema", "json_schema": {"name": TOOL, **strict, "schema": schema}}


def _forced_tool(schema: Mapping[str, Any], strict: Mapping[str, bool]) -> dict[str, Any]:
    return {
        "tools": [{"type": "function", "function": {"name": TOOL, **strict, "parameters": schema}}],
        "tool_choice": {"type": "function", "function": {"name": TOOL}},
    }


def _with_schema(turns: Turns, schema: Mapping[str, Any]) -> Turns:
    """The schema in words at the end of the system message, where it is the same for every article."""
    text = "Answer with one JSON object and nothing else. It has to fit this JSON schema:\n" + json.dumps(schema)
    if turns and turns[0]["role"] == "system":
        return [{**turns[0], "content": f"{turns[0]['content']}\n\n{text}"}, *turns[1:]]
    return [{"role": "system", "content": text}, *turns]
