"""Whether a server has read only a part: certain, or silent."""

from __future__ import annotations

import pytest
from pydantic import BaseModel
from pytest import param

from summarizer.models.answers.unread import unread_input
from summarizer.models.base import Message, Request, fewest_tokens
from summarizer.record import Call

SYSTEM, ARTICLE = "Summarise what follows. " * 200, "The tram stops at every corner of the town. " * 800
REQUEST = Request("record", (Message("system", SYSTEM), Message("user", ARTICLE)), BaseModel)
LEAST = fewest_tokens(SYSTEM) + fewest_tokens(ARTICLE)


def call(tokens_in: int | None, tokens_cached: int | None = None, outcome: str = "ok") -> Call:
    return Call(
        purpose="record", tokens_in=tokens_in, tokens_cached=tokens_cached, tokens_out=9, seconds=1, outcome=outcome
    )


def test_the_request_is_longer_than_the_contexts_below() -> None:
    assert 5_000 < fewest_tokens(ARTICLE) < LEAST


@pytest.mark.parametrize("context", [512, 1_024, 2_047, 2_048, 4_095, 4_096])
def test_a_context_that_is_full_was_too_small(context: int) -> None:
    unread = unread_input(REQUEST, [call(context)])
    assert unread and (unread.counted, unread.least) == (context, LEAST)


@pytest.mark.parametrize(
    "calls",
    [
        param([call(4_000)], id="a part that is none of the article alone"),
        param([call(1_300)], id="half a context, as llama.cpp keeps"),
        param([call(3_000, 500)], id="a part of which some was cached"),
        param([call(4_000, outcome="invalid"), call(4_900)], id="the first answer, which did not fit"),
        param([call(None, outcome="status 500"), call(4_096)], id="a full context at the second try"),
    ],
)
def test_a_count_that_nothing_else_explains_is_believed(calls: list[Call]) -> None:
    assert unread_input(REQUEST, calls)


@pytest.mark.parametrize(
    "calls",
    [
        param([], id="no call"),
        param([call(None)], id="no count"),
        param([call(12)], id="all cached but the end"),
        param([call(30, 0)], id="the same, with a constant 0 beside it"),
        param([call(fewest_tokens(ARTICLE) + 9)], id="the instructions cached"),
        param([call(3_100, 3_100)], id="half cached, and no part of what was read"),
        param([call(None, outcome="timeout"), call(4_000)], id="a second try, of which a part may be cached"),
        param([call(LEAST)], id="all"),
        param([call(6_656)], id="more than there is"),
    ],
)
def test_what_may_have_been_cached_raises_no_alarm(calls: list[Call]) -> None:
    assert unread_input(REQUEST, calls) is None
