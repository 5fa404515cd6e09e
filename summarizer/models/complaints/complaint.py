"""What a provider's complaint means, by its status, its code and its words, and what to do about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
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
from summarizer.models.complaints.error_bodies import complaining, told_in
from summarizer.models.complaints.overlong import says_too_long
from summarizer.models.providers.endpoint import Endpoint

LONGEST_SAID = 1_000
"""Characters of a complaint that are looked at: what comes behind them may be the article."""


@dataclass(frozen=True)
class Complaint:
    """An error as a server tells it."""

    status: int
    """0: it came with status 200 and does not say which it should have had."""
    code: str
    """The provider's own codes and types, such as `insufficient_quota`."""
    words: str

    @classmethod
    def of(cls, status: int, body: Any, otherwise: str) -> Complaint:
        """Read from a body of any shape; `otherwise` are the words for one without a message."""
        said = list(told_in(body))
        codes = dict.fromkeys(part.text for part in said if part.is_code)
        words = dict.fromkeys(part.text for part in said if not part.is_code)
        return cls(status, " ".join(codes), ": ".join(words) or otherwise)

    @classmethod
    def inside(cls, body: Any) -> Complaint | None:
        """The error in a body with status 200, as if it had come with the status that it names; None where there is
        none."""
        found = (cls.of(0, part, "") for part in complaining(body))
        complaint = next((each for each in found if each._is_one()), None)
        return replace(complaint, status=complaint._own_status()) if complaint else None

    @property
    def said(self) -> str:
        """Codes and words."""
        return f"{self.code} {self.words}"[:LONGEST_SAID]

    @property
    def meaning(self) -> type[ModelError]:
        """The error that says what it is about. ProviderFailed alone is worth another try."""
        said = self.said
        if _NO_CREDIT.search(said):
            return QuotaExhausted
        if self.status == 429 or (_TOO_FAST.search(said) and self.status not in (401, 402, 404)):
            return ProviderFailed  # its words speak of tokens and limits too, and mean those of a minute
        if says_too_long(said):
            return ContextExceeded
        by_status = ProviderFailed if self.status >= 500 or not self.status else _STATUS.get(self.status)
        return self._by_words(said) or by_status or RequestRejected

    @property
    def may_pass(self) -> bool:
        """Whether another try may succeed."""
        return self.meaning is ProviderFailed and not self._is_beyond_the_minute()

    def hint(self, address: str) -> str:
        """What to look at first; empty where nothing is more likely than the rest."""
        if self.meaning is ProviderFailed and self._is_beyond_the_minute():
            return "Set context_tokens (SUMMARIZER_CONTEXT_TOKENS) to that limit, and max_tokens well below it."
        is_of_the_address = self.status == 404 and not re.search("model", self.words, re.IGNORECASE)
        return about_version(address) if is_of_the_address else ""

    def _is_beyond_the_minute(self) -> bool:
        """Whether more tokens are asked for at once than a minute has."""
        sizes = _OF_A_MINUTE.search(self.words)
        return sizes is not None and _number(sizes[2]) > _number(sizes[1])

    def _by_words(self, said: str) -> type[ModelError] | None:
        kinds = [kind for kind, pattern in _WORDS if pattern.search(said)]
        if self.status >= 500:  # a model that is not found now may be loading
            kinds = [kind for kind in kinds if kind is not ModelNotFound]
        return kinds[0] if kinds else None

    def _is_one(self) -> bool:
        """Whether anything is complained of: `{"code": 0, "message": "success"}` is no complaint."""
        return bool(self.words or _STATUS_IN_CODE.search(self.code)) and not _NO_ERROR.fullmatch(self.code)

    def _own_status(self) -> int:
        """The status that the codes name, or the words; 0 where they name none."""
        if named := _STATUS_IN_CODE.search(self.code) or _STATUS_IN_WORDS.search(self.words):
            return int(named[0][-3:])
        by_name = next((status for status, pattern in _NAMED if pattern.search(self.code)), 0)
        by_words = next((status for status, pattern in _TOLD if pattern.search(self.words)), 0)
        return by_name or _STATUS_OF.get(self.meaning, by_words)


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_STATUS: dict[int, type[ModelError]] = {
    401: KeyRejected,
    402: QuotaExhausted,  # OpenRouter
    403: KeyRejected,
    404: ModelNotFound,
    408: ProviderFailed,
    409: ProviderFailed,
    413: ContextExceeded,
    446: AnswerFiltered,  # Portkey's guardrails
    498: ProviderFailed,  # Groq is over its capacity
    499: ProviderFailed,  # who stands between has given up
}

_STATUS_OF: dict[type[ModelError], int] = {
    KeyRejected: 401,
    QuotaExhausted: 402,
    ModelNotFound: 404,
    ContextExceeded: 413,
    AnswerFiltered: 400,
}
"""The other way round, for what words alone tell."""

_NAMED: tuple[tuple[int, re.Pattern[str]], ...] = (
    (429, _any_of("rate_?limit", "too_?many_?requests", "resource_?exhausted", "throttl")),
    (402, _any_of("insufficient_?(?:quota|balance|credit|funds)", "payment", "billing", "arrear")),
    (404, _any_of("not_?found")),
    (401, _any_of("api_?key", "authenticat", "unauthori[sz]ed")),
    (403, _any_of("permission", "forbidden", "access_?denied")),
    (503, _any_of("overloaded", "unavailable", "busy", "capacity")),
    (504, _any_of("time_?d?_?out", "deadline_?exceeded")),
    (
        400,
        _any_of("invalid_?(?:request|argument|param|prompt|input)", "bad_?request", "validation"),
    ),
    (500, _any_of("server_?error", "internal", "api_?error", "upstream", "provider_?error", "bad_?gateway")),
)
"""Statuses by the names of errors, where there is no number: OpenAI's, Anthropic's, Google's, DashScope's."""

_STATUS_IN_CODE = re.compile(r"\b[45]\d\d\b")
_STATUS_IN_WORDS = re.compile(r"(?:error code|status(?: code)?|http|^)\W{0,3}[45]\d\d\b", re.IGNORECASE)
_NO_ERROR = re.compile(r"(?:0|200|success|ok|none|null| )+", re.IGNORECASE)

_NO_CREDIT = _any_of(
    r"insufficient_quota|billing_hard_limit_reached",  # OpenAI
    r"credit balance is too low",  # Anthropic, with status 400
    r"insufficient (?:account )?balance|insufficient_balance",  # DeepSeek, MiniMax
    r"insufficient[ _]credits?|out of credits",  # OpenRouter, Together
    r"exceeded_current_quota",  # Moonshot
    r"budget_exceeded|budget has been exceeded",  # LiteLLM
    r"used all available credits|monthly spending limit",  # xAI
    r"arrearage|欠费",  # DashScope
    r"余额不足",  # Zhipu
)

_TOO_FAST = _any_of(
    r"rate[ _-]?limit|too[ _]many[ _]requests|per (?:minute|min|hour|day|second)\b",  # most
    r"\b[tr]p[md]\b",  # OpenAI; Groq, with status 413
    r"throttl",  # Bedrock, with status 400
    r"resource_?exhausted",  # Google
)

_TOLD: tuple[tuple[int, re.Pattern[str]], ...] = (
    (429, _TOO_FAST),
    (404, _any_of(r"unexpected endpoint", r"cannot post|no route")),  # LM Studio, with status 200; proxies
)
"""Statuses by the words for what is no error of its own here."""

_OF_A_MINUTE = re.compile(r"limit:? ([\d,]+)\b.{0,40}?requested:? ~?([\d,]+)", re.IGNORECASE)
"""OpenAI's and Groq's words."""


def _number(text: str) -> int:
    return int(text.replace(",", ""))


_WORDS: tuple[tuple[type[ModelError], re.Pattern[str]], ...] = (
    (
        AnswerFiltered,
        _any_of(
            r"content_?filter|content_policy|safety system|violating our usage policy",  # OpenAI
            r"content management policy|responsibleaipolicy",  # Azure
            r"content filtering policy",  # Anthropic
            r"guardrail",  # Bedrock, Portkey, Databricks, LiteLLM
            r"prohibited_content|block_reason",  # Google
            r"(?:prompt|response|content|output|input) (?:was |is )?blocked",  # Cloudflare
            r"flagged|moderation",  # OpenRouter, Mistral
            r"usage guidelines|safety_check",  # xAI
            r"data_?inspection|inappropriate content",  # DashScope
            r"content exists risk",  # DeepSeek
            r"high risk",  # Moonshot
            r"new_sensitive|sensitive content",  # MiniMax
            r"不安全|敏感",  # Zhipu
        ),
    ),
    (
        ModelNotFound,
        _any_of(
            r"model_?not_?(?:found|available)|unknown_?model|invalid_?model|deploymentnotfound",  # codes
            r"\bmodel\b.{0,80}?(?:does(?: not|n't)|not) exist\b",  # OpenAI, DeepSeek, SiliconFlow, vLLM
            r"\bmodel\b.{0,80}?not found",  # Ollama, SGLang, Moonshot
            r"(?:unknown|invalid|no such|unsupported) model\b(?! (?:output|parameter|response|input))",  # LiteLLM
            r"not a valid model",  # OpenRouter
            r"model identifier is invalid",  # Bedrock
            r"decommissioned",  # Groq
            r"no models? (?:is |are )?loaded",  # LM Studio
            r"access to model",  # OpenAI, Together
            r"模型不存在",  # Zhipu
        ),
    ),
    (
        KeyRejected,
        _any_of(
            r"api key not valid",  # Google, with status 400
            r"(?:invalid|incorrect|expired|missing|no)[ _]api[ _-]?key|invalid x-api-key",  # OpenAI, Anthropic
            r"api[ _]key (?:is |was )?(?:missing|required|expired|invalid|not provided)",  # vLLM, llama.cpp
            r"no auth credentials",  # OpenRouter
            r"invalid (?:authentication|authorization|(?:access|bearer|auth) token)",  # Moonshot, Databricks
            r"authentication_error|unauthenticated|\bunauthori[sz]ed\b",  # codes; proxies
            r"api secret key",  # MiniMax
            r"令牌",  # Zhipu
        ),
    ),
    (ProviderFailed, _any_of(r"json_validate_failed|tool_use_failed")),  # Groq holds back an answer that does not fit
)


def advice(kind: type[ModelError], endpoint: Endpoint) -> str:
    """What the user can do about an error of this kind."""
    if kind is KeyRejected:
        return f"Check {endpoint.provider.key_variable or 'api_key in the settings (SUMMARIZER_API_KEY)'}."
    if kind is ModelNotFound:
        return f"Check the model's name, {endpoint.model!r}, and the address, {endpoint.shown}."
    if kind is RequestRejected:
        return "If it does not know response_format: set structured to tools or prompted (SUMMARIZER_STRUCTURED)."
    return ""


def about_version(address: str) -> str:
    """A hint where an address has no `/v1` or other version in its path."""
    return (
        "" if re.search(r"/v\d+\w*(?:[/?]|$)|/openai\b", address) else "Is the address right? It usually ends in /v1."
    )
