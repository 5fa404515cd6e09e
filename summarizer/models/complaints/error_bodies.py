"""The bodies in which servers complain: where in them, whatever their shape, codes and words stand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ComplaintTold:
    """One thing that a body says: words for people, or a code."""

    text: str
    is_code: bool = False


AT_WORDS = frozenset({
    "message", "msg", "detail", "title", "error_message", "errormessage", "error_msg", "error_description",
    "status_msg", "faultstring",
})  # fmt: skip
AT_CODES = frozenset({
    "code", "type", "status", "error_code", "errorcode", "error_type", "status_code", "statuscode",
})  # fmt: skip
AT_MORE = AT_WORDS | {
    "error", "errors", "fault", "metadata", "raw", "innererror", "inner_error", "details", "base_resp",
    "promptfeedback", "prompt_feedback",
}  # fmt: skip
"""Names, in small letters, behind which codes, words, or further bodies stand."""

DEEPEST = 6
"""Bodies in bodies that are looked into: a gateway's, its provider's as a string in `metadata.raw`, its details."""


def told_in(body: Any, depth: int = DEEPEST) -> Iterator[ComplaintTold]:
    """Codes and words of a body, from the outside to the inside."""
    match body:
        case str() if inner := _parsed(body):
            yield from told_in(inner, depth)
        case str() if body.strip():
            yield ComplaintTold(visible(body))
        case list() if depth:
            for item in body:
                yield from told_in(item, depth - 1)
        case dict() if depth:
            for name, value in body.items():
                yield from _told_at(name.lower(), value, _place(body), depth - 1)


def _told_at(name: str, value: Any, place: str, depth: int) -> Iterator[ComplaintTold]:
    if name in AT_CODES and isinstance(value, str | int) and not isinstance(value, bool):
        yield ComplaintTold(str(value), is_code=True)
    elif name in ("blockreason", "block_reason") and isinstance(value, str):  # Google, of the request
        yield ComplaintTold(f"block_reason {value}")
    elif name in AT_MORE:
        for said in told_in(value, depth):
            yield said if said.is_code else ComplaintTold(place + said.text)


def _place(body: dict[str, Any]) -> str:
    """The field that FastAPI, and so vLLM and others, complain of."""
    location = body.get("loc")
    return ".".join(str(step) for step in location) + ": " if isinstance(location, list) else ""


def _parsed(text: str) -> Any:
    """The object or list that is sent as a string, alone or as an event of a stream; None where it is none."""
    try:
        value = json.loads(text.strip().removeprefix("data:"))
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict | list) else None


LONGEST_PAGE = 20_000
"""Characters of a page that are looked at."""


def visible(text: str) -> str:
    """What a reader sees of a page, as far as that can be told without reading HTML; other text as it is."""
    if not is_page(text):
        return text
    beginning = text[:LONGEST_PAGE]
    without_code = re.sub(r"<(script|style)\b.*?</\1>", " ", beginning, flags=re.DOTALL | re.IGNORECASE)
    return " ".join(re.sub(r"<[^<>]*>", " ", without_code).split()) or "an empty page"


def is_page(text: str) -> bool:
    """Whether it is HTML or XML."""
    return bool(re.match(r"\s*<[!?a-z]", text, re.IGNORECASE))


def complaining(body: Any) -> Iterator[Any]:
    """The parts of a body with status 200 that may be an error: beside an answer, in it, or the whole."""
    if isinstance(body, list) and len(body) == 1:
        body = body[0]
    if isinstance(body, dict):
        choices = body.get("choices")
        holders = [body, *(choices if isinstance(choices, list) else ())]
        holders += [holder.get("message") for holder in holders[1:] if isinstance(holder, dict)]
        for holder in holders:
            if isinstance(holder, dict):
                yield from (holder[name] for name in ("error", "errors", "fault", "base_resp") if holder.get(name))
        if not choices:
            yield body
