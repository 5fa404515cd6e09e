"""The tokens of a request as the server counted them, by the names that servers have for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

_READ = ("prompt_tokens", "input_tokens", "prompttokens", "inputtokens", "prompttokencount")
_WRITTEN = ("completion_tokens", "output_tokens", "completiontokens", "outputtokens", "candidatestokencount")
_TOTAL = ("total_tokens", "totaltokens", "totaltokencount")
_CACHED = (
    "prompt_tokens_details.cached_tokens",  # OpenAI, and most others
    "input_tokens_details.cached_tokens",
    "prompt_cache_hit_tokens",  # DeepSeek
    "cached_tokens",  # Moonshot
    "cache_read_input_tokens",  # Anthropic
    "cachereadinputtokens",  # Bedrock
    "cachedcontenttokencount",  # Google
)
_STORED = ("cache_creation_input_tokens", "cachewriteinputtokens")
_THOUGHT = (
    "completion_tokens_details.reasoning_tokens",  # OpenAI, xAI
    "output_tokens_details.reasoning_tokens",
    "reasoning_tokens",  # SGLang, Perplexity
    "thoughtstokencount",  # Google
)


@dataclass(frozen=True)
class Usage:
    """Counts of one request; None where nobody counted."""

    tokens_in: int | None = None
    """All that was read, from a cache too."""
    tokens_cached: int | None = None
    tokens_out: int | None = None
    """All that was written, thoughts too."""
    tokens_thought: int | None = None

    @classmethod
    def of(cls, body: Any) -> Usage:
        """The counts in the body of a completion.

        No request has 0 tokens: who counts so has not counted. What came from a cache is part of what was read, and
        thoughts are part of what was written; where they evidently are not, because they are more than that or the
        total says so, they are added.
        """
        counts = _counts(body)
        read, written, total = (_most(counts, names) for names in (_READ, _WRITTEN, _TOTAL))
        cached, stored, thought = (_most(counts, names) for names in (_CACHED, _STORED, _THOUGHT))
        apart = _Apart.of((total or 0) - (read or 0) - (written or 0), cached or 0, stored or 0, thought or 0)
        if not apart.read and ((cached or 0) > (read or 0) or _is_anthropics(counts)):
            apart = _Apart((cached or 0) + (stored or 0), apart.written)
        if not apart.written and (thought or 0) > (written or 0):
            apart = _Apart(apart.read, thought or 0)
        tokens_in = (read or 0) + apart.read
        tokens_out = written if written is None else written + apart.written
        if not tokens_in:
            return cls(tokens_out=tokens_out or None)
        return cls(tokens_in, cached, tokens_out, apart.written if thought is None and apart.written else thought)


@dataclass(frozen=True, slots=True)
class _Apart:
    """What a total counts beside what was read and written."""

    read: int = 0
    written: int = 0

    @classmethod
    def of(cls, rest: int, cached: int, stored: int, thought: int) -> _Apart:
        """`rest` as a sum of other counts; without any it was written, since Google does not name thoughts."""
        for read in (0, cached, stored, cached + stored):
            for written in (0, thought):
                if read + written == rest:
                    return cls(read, written)
        return cls(0, rest) if rest > 0 and not (cached or stored or thought) else cls()


def _counts(body: Any) -> dict[str, int]:
    """All counts by their names in small letters, those in an object with its name before them."""
    usage = _usage(body)
    counts = {name.lower(): value for name, value in usage.items()}
    for outer, inner in usage.items():
        if isinstance(inner, dict):
            counts |= {f"{outer}.{name}".lower(): value for name, value in inner.items()}
    return {name: count for name, value in counts.items() if (count := _count(value)) is not None}


def _usage(body: Any) -> dict[str, Any]:
    """Where the counts stand; Groq once had a place of its own, and some servers have them in the choice."""
    if not isinstance(body, dict):
        return {}
    choices = body.get("choices")
    holders = [body, body.get("x_groq"), *(choices if isinstance(choices, list) else ())]
    found = [holder.get("usage") for holder in holders if isinstance(holder, dict)]
    return next((usage for usage in found if isinstance(usage, dict)), {})


def _most(counts: dict[str, int], names: tuple[str, ...]) -> int | None:
    """The largest count under these names: a server may give 0 under one of them."""
    return max((counts[name] for name in names if name in counts), default=None)


def _count(value: Any) -> int | None:
    """A count may come as a float or as a string of digits."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    return int(number) if number >= 0 and number.is_integer() else None


def _is_anthropics(counts: dict[str, int]) -> bool:
    """Whether the names are those of Anthropic, whose `input_tokens` are what no cache had."""
    return "input_tokens" in counts and "prompt_tokens" not in counts and "cache_read_input_tokens" in counts
