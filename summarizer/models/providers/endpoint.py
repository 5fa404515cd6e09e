"""An endpoint: one frozen value that says where requests go, with which key, and what that server takes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from pydantic import SecretStr

from summarizer.models.providers.provider import Provider
from summarizer.settings import Reasoning, Settings, Structured

THOUGHTS: dict[Reasoning, int] = {"none": 0, "low": 2_000, "medium": 8_000, "high": 24_000}
"""Tokens of room for thinking beside those for the answer, since servers count both against one limit. Choices: low
effort rarely takes more than a thousand, high is given 16,000 and more by providers' own examples."""


@dataclass(frozen=True)
class Endpoint:
    """A model behind an address. `name` goes into the record, `model` over the wire."""

    name: str
    model: str
    provider: Provider
    base_url: str
    context_tokens: int
    structured: Structured
    key: SecretStr | None = None
    reasoning: Reasoning = "none"
    temperature: float | None = None
    refused: frozenset[str] = frozenset()
    """Parameters that this server has turned down."""
    most_tokens: int | None = None
    """Tokens that an answer may have at most, where the server has said so."""

    @classmethod
    def of(cls, row: Provider, name: str, model: str, key: SecretStr | None, settings: Settings) -> Endpoint:
        """As the settings want it, and the row has it for the rest."""
        return cls(
            name=name,
            model=model,
            provider=row,
            base_url=row.address,
            context_tokens=settings.context_tokens or row.context_tokens,
            structured=settings.structured or row.structured,
            key=key,
            reasoning=settings.reasoning,
            temperature=settings.temperature,
        )

    @property
    def secret(self) -> str:
        """The key, which must not get out; empty where there is none."""
        return self.key.get_secret_value() if self.key else ""

    @property
    def thoughts(self) -> int:
        """Tokens that the model may need for thinking."""
        level: Reasoning = "low" if self.reasoning == "none" and self.provider.always_thinks else self.reasoning
        return THOUGHTS[level]

    @property
    def usable_tokens(self) -> int:
        """Tokens of the context that are left for the request and its answer."""
        return self.context_tokens - self.thoughts

    def room(self, max_tokens: int) -> int:
        """Tokens that are asked for where the answer may have `max_tokens`: with those for thinking, and no more than
        the server lets an answer have."""
        wanted = max_tokens + self.thoughts
        return min(wanted, self.most_tokens or wanted)

    @property
    def samples(self) -> bool:
        """Whether a temperature may be sent."""
        sampling = self.provider.sampling
        is_allowed = sampling == "always" or (sampling == "unless thinking" and not self.thoughts)
        return is_allowed and "temperature" not in self.refused

    @property
    def shown(self) -> str:
        """The address as it may be shown: without user and password, and without a query, which may hold a key."""
        return without_secrets(self.base_url)

    def refusing(self, parameter: str) -> Endpoint:
        """The same, known to turn `parameter` down."""
        return replace(self, refused=self.refused | {parameter})

    def knowing(self, refused: frozenset[str]) -> Endpoint:
        """The same, known to turn these parameters down, too."""
        return replace(self, refused=self.refused | refused) if refused - self.refused else self

    def safe(self, text: str) -> str:
        """`text` without the key, whoever has put it there."""
        return text.replace(self.secret, "[key]") if self.secret else text


def without_secrets(address: str) -> str:
    """An address as it may be shown: without user and password, and without the query, which may hold a key."""
    bare = re.sub(r"^(\w+://)?.*@", r"\1***@", address, flags=re.DOTALL)
    return re.sub(r"[?#].*", "?***", bare, flags=re.DOTALL)


def is_here(base_url: str) -> bool:
    """Whether the address is on this machine."""
    return urlsplit(base_url).hostname in ("127.0.0.1", "localhost", "::1")
