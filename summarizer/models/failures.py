"""What a provider's complaint means, by its status, its code and its words, and what to do about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from summarizer.errors import (
    AnswerFiltered,
    ContextExceeded,
    KeyRejected,
    ModelError,
    ModelNotFound,
    ProviderFailed,
    QuotaExhausted,
    RequestRejected,
)
from summarizer.models.endpoint import Endpoint


@dataclass(frozen=True)
class Complaint:
    """An answer with an error status."""

    status: int
    code: str
    """The provider's own code and type, such as `insufficient_quota`."""
    words: str

    @classmethod
    def of(cls, status: int, body: Any, otherwise: str) -> Complaint:
        """Read from a body of any shape; `otherwise` are the words for one without a message."""
        if isinstance(body, list) and body:  # Google
            body = body[0]
        if isinstance(body, dict) and isinstance(body.get("error"), dict):
            body = body["error"]
        if not isinstance(body, dict):
            return cls(status, "", otherwise)
        return cls(status, f"{body.get('code')} {body.get('type')}", str(body.get("message") or otherwise))

    @property
    def meaning(self) -> type[ModelError]:
        """The error that says what it is about. ProviderFailed alone is worth another try."""
        if self.status == 429:  # its words speak of tokens and limits too, and mean those of a minute
            return QuotaExhausted if _NO_CREDIT.search(self.code) else ProviderFailed
        said = f"{self.code} {self.words}"
        by_words = next((kind for kind, pattern in _WORDS if pattern.search(said)), None)
        by_status = ProviderFailed if self.status >= 500 else _STATUS.get(self.status, RequestRejected)
        return by_words or by_status


_STATUS: dict[int, type[ModelError]] = {
    401: KeyRejected,
    402: QuotaExhausted,  # OpenRouter
    403: KeyRejected,
    404: ModelNotFound,
    408: ProviderFailed,
    409: ProviderFailed,
    413: ContextExceeded,
}

_NO_CREDIT = re.compile(r"insufficient_quota|billing_hard_limit_reached|credit balance is too low", re.IGNORECASE)
"""OpenAI's two codes; Anthropic's words, with status 400."""

_WORDS: tuple[tuple[type[ModelError], re.Pattern[str]], ...] = (
    (QuotaExhausted, _NO_CREDIT),
    # OpenAI and vLLM; llama.cpp, once with status 500; Anthropic; Google; LM Studio.
    (
        ContextExceeded,
        re.compile(
            r"context_length_exceeded|exceed_context_size|maximum context length|context (?:size|length|window)"
            r"|prompt is too long|input token count.{0,40} exceeds",
            re.IGNORECASE,
        ),
    ),
    (KeyRejected, re.compile(r"api key not valid|invalid[ _]api[ _]key", re.IGNORECASE)),  # Google says so with 400
    (AnswerFiltered, re.compile(r"content_filter|content management policy", re.IGNORECASE)),  # Azure, of the prompt
)


def advice(kind: type[ModelError], endpoint: Endpoint) -> str:
    """What the user can do about an error of this kind."""
    if kind is KeyRejected:
        return f"Check {endpoint.provider.key_variable or 'api_key in the settings (SUMMARIZER_API_KEY)'}."
    if kind is ModelNotFound:
        return f"Check the model's name, {endpoint.model!r}, and the address, {endpoint.base_url}."
    if kind is RequestRejected:
        return "If it does not know response_format: set structured to tools or prompted (SUMMARIZER_STRUCTURED)."
    return ""
