"""The tokens of a request by the names of many servers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.models.answers.usage import Usage

COUNTS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.lists(st.integers())

USAGES: dict[str, tuple[Any, Usage]] = {
    "OpenAI": (
        {
            "prompt_tokens": 900,
            "completion_tokens": 300,
            "total_tokens": 1200,
            "prompt_tokens_details": {"cached_tokens": 640},
            "completion_tokens_details": {"reasoning_tokens": 200},
        },
        Usage(900, 640, 300, 200),
    ),
    "nobody counted": ({"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}, Usage()),
    "nobody counted what was read": ({"prompt_tokens": 0, "completion_tokens": 30}, Usage(tokens_out=30)),
    "null": (None, Usage()),
    "empty": ({}, Usage()),
    "a list": ([1], Usage()),
    "DeepSeek": (
        {
            "prompt_tokens": 900,
            "completion_tokens": 30,
            "prompt_cache_hit_tokens": 640,
            "prompt_cache_miss_tokens": 260,
        },
        Usage(900, 640, 30),
    ),
    "Moonshot": ({"prompt_tokens": 900, "completion_tokens": 30, "cached_tokens": 640}, Usage(900, 640, 30)),
    "Anthropic": (
        {
            "input_tokens": 100,
            "cache_read_input_tokens": 700,
            "cache_creation_input_tokens": 100,
            "output_tokens": 30,
        },
        Usage(900, 700, 30),
    ),
    "LiteLLM before Anthropic": (
        {
            "prompt_tokens": 900,
            "completion_tokens": 30,
            "total_tokens": 930,
            "cache_read_input_tokens": 700,
            "cache_creation_input_tokens": 100,
            "prompt_tokens_details": {"cached_tokens": 700},
        },
        Usage(900, 700, 30),
    ),
    "more cached than read": (
        {"prompt_tokens": 20, "completion_tokens": 30, "prompt_tokens_details": {"cached_tokens": 880}},
        Usage(900, 880, 30),
    ),
    "the total has the cached beside": (
        {"prompt_tokens": 500, "completion_tokens": 30, "total_tokens": 930, "cached_tokens": 400},
        Usage(900, 400, 30),
    ),
    "xAI": (
        {
            "prompt_tokens": 900,
            "completion_tokens": 30,
            "total_tokens": 1130,
            "completion_tokens_details": {"reasoning_tokens": 200},
        },
        Usage(900, None, 230, 200),
    ),
    "Google, which does not name thoughts": (
        {"prompt_tokens": 900, "completion_tokens": 30, "total_tokens": 1130},
        Usage(900, None, 230, 200),
    ),
    "thoughts alone": (
        {"prompt_tokens": 900, "completion_tokens": 0, "total_tokens": 960, "reasoning_tokens": 60},
        Usage(900, None, 60, 60),
    ),
    "cached and thoughts beside": (
        {
            "prompt_tokens": 500,
            "completion_tokens": 30,
            "total_tokens": 1130,
            "prompt_tokens_details": {"cached_tokens": 400},
            "completion_tokens_details": {"reasoning_tokens": 200},
        },
        Usage(900, 400, 230, 200),
    ),
    "floats and strings": ({"prompt_tokens": 900.0, "completion_tokens": "30"}, Usage(900, None, 30)),
    "what is no count": ({"prompt_tokens": True, "completion_tokens": "many", "total_tokens": -1}, Usage()),
    "Bedrock's names": ({"inputTokens": 900, "outputTokens": 30, "totalTokens": 930}, Usage(900, None, 30)),
    "null details": (
        {"prompt_tokens": 900, "completion_tokens": 30, "prompt_tokens_details": None},
        Usage(900, None, 30),
    ),
}


@pytest.mark.parametrize(("usage", "counts"), USAGES.values(), ids=USAGES.keys())
def test_tokens_are_counted_by_the_names_of_many_servers(usage: Any, counts: Usage) -> None:
    assert Usage.of({"choices": [], "usage": usage}) == counts


def test_tokens_are_found_where_groq_put_them() -> None:
    assert Usage.of({"x_groq": {"usage": {"prompt_tokens": 9, "completion_tokens": 3}}}) == Usage(9, None, 3)


@given(
    st.dictionaries(st.sampled_from(["prompt_tokens", "completion_tokens", "total_tokens", "cached_tokens"]), COUNTS)
)
def test_any_usage_is_counts_or_none(usage: Any) -> None:
    counts = Usage.of({"usage": usage})
    assert counts.tokens_in is None or counts.tokens_in > 0
