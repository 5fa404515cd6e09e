"""A parameter that a server turns down: which one its complaint means, and the endpoint that sends it no more."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from summarizer.models.providers.endpoint import Endpoint
from summarizer.record import Finding

# What servers call a parameter, the particular before the general: a complaint about a keyword of the schema names
# response_format, too.
_NAMES = {
    "temperature": r"temperature|sampling parameters?",
    "max_completion_tokens": r"max_completion_tokens",
    "max_tokens": r"max_tokens|max_new_tokens",
    "reasoning": r"reasoning(?:[._]effort)?|thinking|effort|chat_template_kwargs|enable_thinking",
    "bounds": r"(?:min|max)_?items|(?:min|max)_?length",
    "$defs": r"\$defs|\$ref|definitions",
    "strict": r"strict",
    "stream": r"stream(?:ing|ed)?|stream_options|include_usage",
    "response_format": r"response_format|response format|json_?schema|json schema|json_object|structured outputs?",
    "tools": r"tools?|tool_choice|function[ _]call(?:ing|s)?",
}
_PATTERNS = {name: re.compile(rf"(?<![\w$])(?:{words})(?!\w)", re.IGNORECASE) for name, words in _NAMES.items()}

_MUST_THINK = re.compile(r"\blow\b|mandatory|(?:can(?:not|'t)|can not) be (?:disabled|turned off)", re.IGNORECASE)
_AT_MOST = re.compile(r"at most|maximum|less than|too large|up to|exceeds?|<=", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d,]*")


def without_refused(endpoint: Endpoint, words: str, body: Mapping[str, Any]) -> Endpoint | None:
    """The endpoint that does not send what `words`, the answer to `body`, turns down; None where they name nothing
    that was sent."""
    sent = _sent(body)
    name = next((name for name, pattern in _PATTERNS.items() if name in sent and pattern.search(words)), None)
    if name is None:
        return None
    if name in ("max_tokens", "max_completion_tokens") and (most := _most_tokens(words, body[name])):
        return replace(endpoint, most_tokens=most)
    if name == "reasoning" and endpoint.reasoning == "none" and _MUST_THINK.search(words):
        return replace(endpoint, reasoning="low", refused=endpoint.refused | {"reasoning none"})
    if name in ("response_format", "tools"):
        is_looser = endpoint.structured == "json_schema" and "json_object" in words
        return replace(endpoint.refusing(name), structured="json_object" if is_looser else "prompted")
    return endpoint.refusing(name)


def _sent(body: Mapping[str, Any]) -> set[str]:
    """Which of `_NAMES` a body has."""
    form = json.dumps(body.get("response_format") or body.get("tools"))
    within = {"bounds": '"maxItems"', "$defs": '"$defs"', "strict": '"strict"'}
    names = {name for name in _NAMES if name in body} | {name for name, key in within.items() if key in form}
    return names | ({"reasoning"} if _REASONING & body.keys() else set())


_REASONING = {"reasoning_effort", "reasoning", "thinking", "chat_template_kwargs"}


def _most_tokens(words: str, sent: int) -> int | None:
    """The limit that a complaint names for an answer, where it is that too much was asked for."""
    if not _AT_MOST.search(words):
        return None
    numbers = [int(number.replace(",", "")) for number in _NUMBER.findall(words)]
    return max((number for number in numbers if 0 < number < sent), default=None)


_INSTEAD = {
    "reasoning none": "thinking can't be turned off, so it was asked for as little as the server knows",
    "response_format": "the schema stood in the prompt instead",
    "tools": "the schema stood in the prompt instead",
    "bounds": "the answer's lengths were looked at afterwards alone",
    "$defs": "the schema was sent without references",
}


def refusal_findings(endpoint: Endpoint) -> tuple[Finding, ...]:
    """A note for each parameter that the server has turned down."""
    notes = [f"The server does not take `{name}`; {_INSTEAD.get(name, _ELSE)}." for name in sorted(endpoint.refused)]
    if endpoint.most_tokens:
        notes.append(f"The server lets an answer have {endpoint.most_tokens:,} tokens at most.")
    return tuple(Finding(code="parameter_refused", severity="note", path="", message=note) for note in notes)


_ELSE = "it was left out"
