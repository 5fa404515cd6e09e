"""One request as an exchange of turns, decided without I/O: what is asked again, how often, with how much room."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

from summarizer.errors import AnswerEmpty, AnswerTruncated, ContextExceeded
from summarizer.models.base import Message, Request
from summarizer.record import Finding


@dataclass(frozen=True)
class Turn:
    """What is sent: the conversation so far, and how long the answer may be."""

    messages: tuple[Message, ...]
    max_tokens: int


@dataclass(frozen=True)
class Answer:
    """What came back, and what is wrong with it: nothing when it fits the schema. `findings` say what was changed."""

    text: str
    problems: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    raw: str = ""
    """As it came, where `text` is what was read in it."""


Exchange = Generator[Turn, Answer, Answer]
"""Yields turns; is sent their answers, or has AnswerEmpty or AnswerTruncated thrown in."""


def exchange(request: Request, max_tokens: int, context_tokens: int, advice: str = "") -> Exchange:
    """The turns of one request. An invalid answer, or one that can't be right, is met with `request.reask`, once; a
    cut one is asked for with twice the room, once; an empty one again, once. The answer returned may still have
    problems; of two that are valid it is the one in which less can't be right."""
    turn = Turn(request.messages, max_tokens)
    room = context_tokens - request.estimated_tokens
    if max_tokens > room:
        raise ContextExceeded(too_long(request, max_tokens, context_tokens, advice))
    doubled = min(2 * max_tokens, room)
    may_grow, may_repeat, may_reask = doubled > max_tokens, True, True
    first: Answer | None = None
    objections: tuple[str, ...] = ()
    while True:
        try:
            answer = yield turn
        except AnswerTruncated:
            if first and not may_grow:
                return first
            if not may_grow:
                raise
            may_grow, turn = False, replace(turn, max_tokens=doubled)
        except AnswerEmpty:
            if first:
                return first
            if not may_repeat:
                raise AnswerEmpty(_nothing(request, max_tokens, context_tokens, advice)) from None
            may_repeat = False
        else:
            found = answer.problems or _objections(request, answer)
            if first and (answer.problems or len(found) > len(objections)):
                return first
            if not (found and may_reask):
                return answer
            if not answer.problems:
                first, objections = answer, found
            may_reask, turn = False, replace(turn, messages=(*request.messages, *_reask(request, answer, found)))


def _objections(request: Request, answer: Answer) -> tuple[str, ...]:
    return tuple(request.objections(answer.text)) if request.objections else ()


def too_long(request: Request, max_tokens: int, context_tokens: int, advice: str) -> str:
    """Says both sizes, and what to do."""
    return (
        f"the article with its instructions takes about {request.estimated_tokens:,} tokens and the answer up to "
        f"{max_tokens:,}, but the model's context holds {context_tokens:,}. "
        + (advice or "Use a model with a longer context, or set context_tokens if the server's is longer.")
    )


NEAR = 0.75
"""Share of a context from which on a request may be too long for it, since its tokens are estimated."""


def _nothing(request: Request, max_tokens: int, context_tokens: int, advice: str) -> str:
    """Says that no answer came; that the article may be too long only where that is likely: near the limit, and with
    a server that cuts without a word, for which there is advice."""
    is_near = request.estimated_tokens + max_tokens >= NEAR * context_tokens
    why = f"; the article may be too long for the server's context. {advice}".rstrip() if is_near or advice else ""
    return f"the model answered nothing, twice{why}"


def _reask(request: Request, answer: Answer, found: Sequence[str]) -> tuple[Message, Message]:
    problems = request.reask.replace("{problems}", "\n".join(found))
    return Message("assistant", answer.text), Message("user", problems)
