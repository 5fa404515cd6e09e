"""The OpenAPI document, made of the routes and the types of what they take and give."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from summarizer.desk.problems import Endpoint

Mode = Literal["validation", "serialization"]


@dataclass(frozen=True)
class Operation:
    """A route, and the types of its body and its answer; None where it is any JSON."""

    method: str
    path: str
    endpoint: Endpoint
    body: type[BaseModel] | None = None
    answer: type[BaseModel] | None = None
    status: int = 200
    query: tuple[str, ...] = ()
    takes_files: bool = False
    is_versioned: bool = False

    @cached_property
    def types(self) -> list[tuple[type[BaseModel], Mode]]:
        """Those that the document has to hold."""
        pairs: list[tuple[type[BaseModel] | None, Mode]] = [(self.body, "validation"), (self.answer, "serialization")]
        return [(model, mode) for model, mode in pairs if model]


def document(operations: Iterable[Operation]) -> dict[str, Any]:
    """OpenAPI 3.1."""
    operations = tuple(operations)
    types = dict.fromkeys(pair for each in operations for pair in each.types)
    references, held = models_json_schema([*types], ref_template="#/components/schemas/{model}")
    paths: dict[str, dict[str, Any]] = {}
    for each in operations:
        paths.setdefault(each.path, {})[each.method.lower()] = _operation(each, references)
    problem = {
        "type": "object",
        "required": ["title", "status", "detail"],
        "properties": {"title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"}},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "summarizer", "version": version("checked-summarizer")},
        "paths": paths,
        "components": {
            "schemas": {**held["$defs"], "Problem": problem},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}, {}],
    }


def _operation(each: Operation, references: Any) -> dict[str, Any]:
    success: dict[str, Any] = {"description": "what was asked for"}
    if each.status != 204:
        content = {"application/json": {"schema": references[each.answer, "serialization"] if each.answer else {}}}
        success["content"] = content | ({"text/event-stream": {}} if each.takes_files else {})
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    said: dict[str, Any] = {
        "operationId": getattr(each.endpoint, "__name__", each.path),
        "summary": " ".join((each.endpoint.__doc__ or "").split()),
        "parameters": [*_parameters(each)],
        "responses": {str(each.status): success, "default": {"description": "what was wrong", "content": problem}},
    }
    if each.method in ("POST", "PUT"):
        schema = references[each.body, "validation"] if each.body else {"type": "object"}
        form = {"multipart/form-data": {"schema": {"type": "object"}}} if each.takes_files else {}
        said["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}, **form}}
    return said


def _parameters(each: Operation) -> Iterator[dict[str, Any]]:
    text = {"schema": {"type": "string"}}
    for name in re.findall(r"\{(\w+)\}", each.path):
        yield {"name": name, "in": "path", "required": True, **text}
    for name in each.query:
        yield {"name": name, "in": "query", **text}
    if each.is_versioned:
        yield {"name": "If-Match", "in": "header", "description": "the ETag that this goes on from", **text}
