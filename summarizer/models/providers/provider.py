"""A provider as a row of data: where it is, what it wants to be sent, and what it refuses."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from summarizer.settings import Reasoning, RecipeName, Structured

Sampling = Literal["always", "unless thinking", "never"]
"""When a temperature may be sent."""

Fragments = Mapping[Reasoning, Mapping[str, Any]]
"""What is sent for each setting of `reasoning`; nothing where it lacks."""


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
    """`{VARIABLE}` in it is filled from the environment."""
    key_variable: str | None
    """None: the server asks for no key."""
    default_model: str | None
    """None: only the user knows what the server has loaded."""
    context_tokens: int
    source: str = ""
    """Where the facts of this row are documented."""
    api: Literal["openai", "anthropic"] = "openai"
    structured: Structured = "json_schema"
    bounds: frozenset[str] = frozenset()
    """The keywords for lengths that its strict mode or grammar takes."""
    most_unions: int | None = None
    """Fields of a schema that may have several types, null among them; None: as many as one likes."""
    inlines: bool = False
    """Whether `$defs` have to be written out where they are used."""
    max_tokens_name: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    sampling: Sampling = "always"
    reasoning: Fragments = field(default_factory=dict)
    always_thinks: bool = False
    """Whether thinking can't be turned off."""
    streams: bool = True
    """Whether an answer that is held to a schema may be streamed."""
    own_pace: bool = False
    """Whether it may take its time, as it computes in this process: limits are between tokens, which are streamed."""
    further: Mapping[str, Any] = field(default_factory=dict)
    """What else belongs into every request."""
    recipe: RecipeName = "one_request"
    batch: BatchLimits | None = None
    """None: it has no batches of OpenAI's kind."""
    advice: str = ""
    """What to do when an article is too long for the context, where that is particular to this server."""
    ends: Mapping[str, date] = field(default_factory=dict)
    """When models are shut down, where that is published; also for their dated snapshots."""

    @property
    def has_key(self) -> bool:
        """Whether the key variable is set, and what else its address is made of."""
        return bool(self.key_variable and os.environ.get(self.key_variable) and not self.unset)

    @property
    def variables(self) -> list[str]:
        """The environment's variables that its address is made of."""
        return _VARIABLE.findall(self.base_url)

    @property
    def unset(self) -> list[str]:
        """Those that are not set."""
        return [name for name in self.variables if not os.environ.get(name)]

    @property
    def address(self) -> str:
        """The address, with the environment's variables in it."""
        return _VARIABLE.sub(lambda variable: os.environ.get(variable[1], "").strip().rstrip("/"), self.base_url)

    def ends_on(self, model: str) -> date | None:
        """The day on which a model is shut down, as far as is known."""
        undated = _SNAPSHOT.sub("", model)
        return self.ends.get(model) or self.ends.get(undated)


_VARIABLE = re.compile(r"\{(\w+)\}")
_SNAPSHOT = re.compile(r"-(?:\d{4}-\d\d-\d\d|\d{8}|\d{4})$")
