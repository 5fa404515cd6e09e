"""A rehearsal: the whole run with nothing asked and nothing written, to know beforehand what it will take."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from summarizer.answer_schema import wire_schema
from summarizer.batch.journal import Earlier, Memory
from summarizer.batch.result import BatchResult
from summarizer.models.base import Reply, Request, Stateless, answer_room
from summarizer.models.choosing import default_model, is_asked, is_local
from summarizer.models.connecting import endpoint_of, named
from summarizer.models.conversation import exchange
from summarizer.record import Call
from summarizer.settings import RecipeName, Settings
from summarizer.spec import Spec


class StandIn(Stateless):
    """Stands where the model will, and answers with next to nothing. Tokens are estimates: those in are counted by
    characters, those out are the most that an answer may have."""

    def __init__(self, name: str, recipe: RecipeName, context_tokens: int, settings: Settings) -> None:
        self.name = name
        self.recipe = recipe
        self.context_tokens = context_tokens
        self._settings = settings

    def complete(self, request: Request) -> Reply:
        """An empty answer. Raises ContextExceeded as the model would."""
        most = request.max_tokens or answer_room(self._settings.max_tokens, self.context_tokens)
        next(exchange(request, most, self.context_tokens))
        call = Call(
            purpose=request.purpose,
            tokens_in=request.estimated_tokens,
            tokens_cached=None,
            tokens_out=most,
            seconds=0.0,
            outcome="ok",
        )
        return Reply(json.dumps(_emptiest(wire_schema(request.answer))), (call,))


def rehearsal(spec: Spec) -> Spec:
    """With a stand-in for the settings' model. What an endpoint is asked is known without its key."""
    settings = spec.settings
    name = default_model(settings)
    if is_asked(name) and (settings.base_url or not is_local(name)):
        endpoint = endpoint_of(name, settings)
        return replace(spec, model=StandIn(endpoint.name, endpoint.provider.recipe, endpoint.usable_tokens, settings))
    model = named(name, settings)
    return replace(spec, model=model and StandIn(model.name, model.recipe, model.context_tokens, settings))


@dataclass
class Rehearsed(Memory):
    """Knows what an earlier run has done, and of this one what it would have."""

    earlier_runs: Memory
    _made: set[str] = field(default_factory=set)

    def earlier(self, key: str, what: str) -> Earlier | None:
        """Of an earlier run."""
        return self.earlier_runs.earlier(key, what)

    def find(self, what: str) -> BatchResult | None:
        """A line without a record, where there would be one."""
        return BatchResult(key="", id=what, job="") if what in self._made else self.earlier_runs.find(what)

    def add(self, line: BatchResult) -> None:
        """Keeps what it is of, and nothing else."""
        self._made.update(filter(None, (line.id, line.url)))

    def close(self) -> None:
        """Lets go of what the earlier runs wrote."""
        self.earlier_runs.close()


def _emptiest(schema: Mapping[str, Any], definitions: Mapping[str, Any] | None = None) -> Any:
    """The least that a strict schema allows."""
    definitions = definitions or schema.get("$defs", {})
    if "$ref" in schema:
        return _emptiest(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    if "anyOf" in schema:
        options = [_emptiest(option, definitions) for option in schema["anyOf"]]
        return None if None in options else options[0]
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") == "object":
        return {name: _emptiest(part, definitions) for name, part in schema["properties"].items()}
    return {"array": [], "string": "", "integer": 0, "number": 0, "boolean": False}.get(schema.get("type", ""))
