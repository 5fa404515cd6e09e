"""The body of a request: the messages, and the schema in one of the three ways a server may take it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from summarizer.models.base import Message
from summarizer.models.catalogue import Structured

TOOL = "answer"

Turns = list[dict[str, str]]


def payload(structured: Structured, messages: tuple[Message, ...], schema: Mapping[str, Any]) -> dict[str, Any]:
    """The part of the body that depends on the request."""
    turns = [{"role": message.role, "content": message.content} for message in messages]
    match structured:
        case "json_schema":
            return {"messages": turns, "response_format": _response_format(schema)}
        case "tools":
            return {"messages": turns, **_forced_tool(schema)}
        case "prompted":
            return {"messages": _with_schema(turns, schema)}


def _response_format(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "json_schema", "json_schema": {"name": TOOL, "strict": True, "schema": schema}}


def _forced_tool(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "tools": [{"type": "function", "function": {"name": TOOL, "strict": True, "parameters": schema}}],
        "tool_choice": {"type": "function", "function": {"name": TOOL}},
    }


def _with_schema(turns: Turns, schema: Mapping[str, Any]) -> Turns:
    """The schema in words at the end of the system message, where it is the same for every article."""
    text = "Answer with one JSON object and nothing else. It has to fit this JSON schema:\n" + json.dumps(schema)
    if turns and turns[0]["role"] == "system":
        return [{**turns[0], "content": f"{turns[0]['content']}\n\n{text}"}, *turns[1:]]
    return [{"role": "system", "content": text}, *turns]
