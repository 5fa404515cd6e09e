"""What comes back: the answer in the body of a completion, or the error that says why there is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from instructor.utils import extract_json_from_codeblock
from pydantic import BaseModel

from summarizer.errors import AnswerEmpty, AnswerFiltered, AnswerRefused, AnswerTruncated
from summarizer.evidence import Grounding
from summarizer.models.answers.json_in_text import is_cut, said_in
from summarizer.models.answers.reading import read_answer
from summarizer.models.answers.usage import Usage
from summarizer.models.base import estimate_tokens
from summarizer.models.conversation import Answer
from summarizer.models.remote.errors import NoCompletion, excerpt
from summarizer.models.remote.message import ModelMessage

# Why an answer ends, by the names of OpenAI, Anthropic, Google, Bedrock, Mistral, DeepSeek, Zhipu and their gateways.
_AT_THE_LIMIT = re.compile(r"length|max_?\w*tokens|token_?limit|context_window|incomplete|truncat", re.IGNORECASE)
_FILTERED = re.compile(
    r"filter|safety|prohibited|block|recitation|spii|sensitive|guardrail|moderat|policy|violat|inspection|risk",
    re.IGNORECASE,
)
_REFUSED = re.compile(r"refus", re.IGNORECASE)
_BROKEN_OFF = re.compile(r"\berror|_error|abort|system_resource|cancel|interrupt", re.IGNORECASE)
_UNKNOWN = re.compile(r"(?:null|none|unknown|other|finish_reason_unspecified|unspecified|\s)*", re.IGNORECASE)


def read_completion(body: Any, answer: type[BaseModel], max_tokens: int, context: Grounding | None = None) -> Answer:
    """The answer, with what is wrong with it; `max_tokens` is the room that it had, `context` is that of the request.

    Raises NoCompletion, or the Answer... error that fits.
    """
    said = ModelMessage.of(body)
    if said.refusal or _REFUSED.search(said.finish):
        raise AnswerRefused(f"the model declined: {excerpt(said.refusal or ' '.join(said.texts) or said.finish)}")
    if _FILTERED.search(said.finish):
        raise AnswerFiltered(f"the provider's content filter stopped the answer ({said.finish})")
    if _BROKEN_OFF.search(said.finish):
        raise NoCompletion(f"an answer that broke off ({said.finish})")
    read = _first_whole([_read(text, answer, context) for text in said.texts])
    if read and not read.problems:
        return read
    if not read and (found := _read_in_thoughts(said.thoughts, answer, context)):
        return found
    if _is_cut(said, Usage.of(body).tokens_out, max_tokens):
        raise AnswerTruncated("the answer was cut at its token limit, at twice the limit too; raise max_tokens")
    if not read:
        raise AnswerEmpty("the model answered nothing")
    return read


def _first_whole(answers: Sequence[Answer]) -> Answer | None:
    """The first one that is valid, else the first."""
    return next((each for each in answers if not each.problems), answers[0] if answers else None)


def _read(text: str, answer: type[BaseModel], context: Grounding | None) -> Answer:
    """The answer as instructor takes it out of the words around it; where that is none, whatever there is."""
    taken = read_answer(_taken(text), answer, context)
    return taken if not taken.problems else read_answer(text, answer, context)


def _taken(text: str) -> str:
    """The last JSON that is whole; the text itself where there are no words, or where that is but a part of something
    that is not whole."""
    said = said_in(text)
    if said.startswith("{") and said.endswith("}"):
        return text
    try:
        last = extract_json_from_codeblock(said)
    except ValueError:  # longer than instructor reads, or nested too deeply
        return text
    return text if is_cut(said[: said.rindex(last)]) else last


def _read_in_thoughts(thoughts: str, answer: type[BaseModel], context: Grounding | None) -> Answer | None:
    """The answer that a model's thoughts end with, where it said nothing else: vLLM puts it there."""
    found = read_answer(f"<think>{thoughts}</think>", answer, context)
    return None if found.problems else found


FULL = 0.95
"""Share of the room that an answer has taken which was cut: not all servers count the token that ends it."""

ESTIMATED_FULL = 0.67
"""The same where the tokens are estimated, which is right within a third."""


def _is_cut(said: ModelMessage, tokens_out: int | None, max_tokens: int) -> bool:
    """Whether the answer was cut at its limit, as the server says, or as its end and the tokens spent tell: some say
    `stop` all the same, or nothing. Thoughts alone that took all the room were cut, too."""
    if _AT_THE_LIMIT.search(said.finish):
        return True
    if said.texts and not is_cut(said.texts[0]):
        return False
    if said.texts and _UNKNOWN.fullmatch(said.finish):
        return True
    if tokens_out is not None:
        return tokens_out >= FULL * max_tokens
    written = estimate_tokens("".join((said.thoughts, *said.texts)))
    return written >= ESTIMATED_FULL * max_tokens
