"""Whether a server has read only a part of a request, told by the tokens that it counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.models.base import Request, fewest_tokens
from summarizer.record import Call

SMALLEST_CUT = 1_000
"""Tokens. A request that was cut fills at least half of a context, and servers start with 2,048 or more; who counts
fewer has counted the end of a request whose beginning was cached."""

CONTEXT_STEP = 512
"""Contexts are multiples of this. A request that was cut may fill one to its last token, or to the one before."""


@dataclass(frozen=True, slots=True)
class Unread:
    """What the server counted of a request, and what it has at the very least."""

    counted: int
    least: int


def unread_input(request: Request, calls: Sequence[Call]) -> Unread | None:
    """The two counts where a part of the request was certainly not read; None where that is not certain.

    A server may leave out of its count what it had cached and say nothing of that: the instructions, which are the
    same for every article, or all of a request that is made again. So a count that is too small is believed only

    - where it is that of a full context, a multiple of 512;
    - or where it is no less than half the smallest context and says how much of it was cached;
    - or where it is that of the first call, and less than the last message has, which holds the article.
    """
    at, call = next(((at, call) for at, call in enumerate(calls) if call.tokens_in is not None), (0, None))
    if call is None:
        return None
    least = [fewest_tokens(message.content) for message in request.messages]
    counted = (call.tokens_in or 0) + (call.tokens_cached or 0)  # which may be a part of it, or not
    fills_a_context = _fills_a_context(counted) or _fills_a_context(call.tokens_in or 0)
    if counted < SMALLEST_CUT and not fills_a_context:
        return None
    is_whole = fills_a_context or call.tokens_cached
    is_cut = counted < sum(least) if is_whole else at == 0 and counted < least[-1]
    return Unread(counted, sum(least)) if is_cut else None


def _fills_a_context(tokens: int) -> bool:
    return tokens >= CONTEXT_STEP and tokens % CONTEXT_STEP in (0, CONTEXT_STEP - 1)
