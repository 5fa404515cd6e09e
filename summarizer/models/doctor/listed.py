"""What a server's own list says of a model: whether it is there, until when, and how long its context is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from summarizer.errors import ModelError
from summarizer.models.base import Model

SECONDS = 10.0
"""What one question to the list may take: it is no more than a courtesy."""

_SHUTDOWN = ("shutdown_date", "retires_at")
_CONTEXT = ("context_length", "max_model_len", "max_input_tokens", "context_window", "max_context_length")

Fields = Mapping[str, Any]


@dataclass(frozen=True)
class Listed:
    """An entry of a server's list. None: it does not say."""

    name: str
    shutdown: date | Literal["none set"] | None = None
    context_tokens: int | None = None
    trained_tokens: int | None = None
    """What the model was made for; the server may have been started with less."""

    @classmethod
    def of(cls, fields: Fields) -> Listed:
        """What can be made out of an entry; the rest is nothing said."""
        meta = fields.get("meta")
        return cls(
            name=str(fields["id"]),
            shutdown=_shutdown(fields),
            context_tokens=next((tokens for name in _CONTEXT if (tokens := _count(fields.get(name)))), None),
            trained_tokens=_count(meta.get("n_ctx_train")) if isinstance(meta, Mapping) else None,
        )


def _shutdown(fields: Fields) -> date | Literal["none set"] | None:
    said = [fields[name] for name in _SHUTDOWN if name in fields]
    if not said:
        return None
    with suppress(ValueError):
        return date.fromisoformat(str(said[0])[:10])
    return "none set" if said[0] is None else None


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


Work = Callable[[Any], Awaitable[list[Fields]]]


def listed(model: Model) -> Listed | Literal["not asked", "not listed"] | None:
    """What the server says of `model`, asked for it alone and else for its whole list; None: nothing that can be
    read. A model that has no server to ask is not asked."""
    call = getattr(model, "call", None)
    if call is None:
        return "not asked"
    name: str = model.endpoint.model  # type: ignore[attr-defined]  # what can be called has an endpoint
    if entry := _entries(call, lambda client: _one(client, name)):
        return Listed.of(entry[0])
    entries = _entries(call, _all)
    return Listed.of(found) if (found := _entry(entries, name)) else "not listed" if entries else None


def _entry(entries: list[Fields], name: str) -> Fields | None:
    """The entry of this name; on a server that has one model alone, that one, whatever it calls it."""
    named = next((fields for fields in entries if fields["id"] == name), None)
    return entries[0] if len(entries) == 1 else named


async def _one(client: Any, name: str) -> list[Fields]:
    return [(await client.models.retrieve(name)).to_dict(mode="json", warnings=False)]


async def _all(client: Any) -> list[Fields]:
    return [entry.to_dict(mode="json", warnings=False) async for entry in client.models.list()]


def _entries(call: Callable[..., list[Fields]], work: Work) -> list[Fields]:
    """The entries that the server answers with; none where it does not, or not as it should."""
    with suppress(ModelError, AttributeError, TypeError, ValueError):
        return [fields for fields in call(work, tries=1, seconds=SECONDS) if isinstance(fields.get("id"), str)]
    return []
