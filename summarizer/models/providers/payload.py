"""The body of a request: what an endpoint is sent, and in which form it takes the schema."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from summarizer.answer_schema import inlined, wire_schema
from summarizer.models.base import Message
from summarizer.models.conversation import Turn
from summarizer.models.providers.endpoint import Endpoint

TOOL = "answer"

Turns = list[dict[str, str]]


def payload(endpoint: Endpoint, turn: Turn, answer: type[BaseModel], *, streamed: bool = False) -> dict[str, Any]:
    """The body that asks for `answer`, without what the endpoint is known to refuse."""
    form = _constrained(endpoint, turn.messages, schema_for(endpoint, answer))
    return {
        "messages": form.pop("messages"),
        "model": endpoint.model,
        **form,
        **_limit(endpoint, turn.max_tokens),
        **_sampling(endpoint),
        **reasoning_of(endpoint),
        **endpoint.provider.further,
        **({"stream": True, "stream_options": {"include_usage": True}} if streamed else {}),
    }


def schema_for(endpoint: Endpoint, answer: type[BaseModel]) -> Mapping[str, Any]:
    """The strict schema of `answer` in the form that the endpoint takes."""
    bounds = frozenset() if "bounds" in endpoint.refused else endpoint.provider.bounds
    schema = wire_schema(answer, bounds)
    return inlined(schema) if endpoint.provider.inlines or "$defs" in endpoint.refused else schema


def reasoning_of(endpoint: Endpoint) -> Mapping[str, Any]:
    """What says how much the model is to think."""
    return {} if "reasoning" in endpoint.refused else endpoint.provider.reasoning.get(endpoint.reasoning, {})


def _limit(endpoint: Endpoint, max_tokens: int) -> dict[str, int]:
    """The room under the name that is known."""
    first = endpoint.provider.max_tokens_name
    names = (first, "max_tokens" if first == "max_completion_tokens" else "max_completion_tokens")
    room = endpoint.room(max_tokens)
    return next(({name: room} for name in names if name not in endpoint.refused), {})


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
            return {"messages": with_schema(turns, schema), "response_format": {"type": "json_object"}}
        case "prompted":
            return {"messages": with_schema(turns, schema)}


def _response_format(schema: Mapping[str, Any], strict: Mapping[str, bool]) -> dict[str, Any]:
    return {"type": "json_schema", "json_schema": {"name": TOOL, **strict, "schema": schema}}


def _forced_tool(schema: Mapping[str, Any], strict: Mapping[str, bool]) -> dict[str, Any]:
    return {
        "tools": [{"type": "function", "function": {"name": TOOL, **strict, "parameters": schema}}],
        "tool_choice": {"type": "function", "function": {"name": TOOL}},
    }


def with_schema(turns: Turns, schema: Mapping[str, Any]) -> Turns:
    """The schema in words at the end of the system message, where it is the same for every article."""
    text = "Answer with one JSON object and nothing else. It has to fit this JSON schema:\n" + json.dumps(schema)
    if turns and turns[0]["role"] == "system":
        return [{**turns[0], "content": f"{turns[0]['content']}\n\n{text}"}, *turns[1:]]
    return [{"role": "system", "content": text}, *turns]
