"""What comes back: an answer read from a completion by instructor, or the error that says why there is none."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import instructor
from instructor.utils import extract_json_from_codeblock
from openai.types.chat import ChatCompletion
from pydantic import BaseModel, ValidationError

from summarizer.errors import AnswerEmpty, AnswerFiltered, AnswerRefused, AnswerTruncated, path_of
from summarizer.models.exchange import Answer
from summarizer.models.remote.errors import NoCompletion, excerpt


def read_completion(completion: ChatCompletion, answer: type[BaseModel]) -> Answer:
    """The answer, with what is wrong with it. Raises NoCompletion, or the Answer... error that fits."""
    try:
        choice = completion.choices[0]
        text = _text(choice.message)
    except (AttributeError, IndexError, KeyError, TypeError):  # what a server sends need not be what it should
        raise NoCompletion(excerpt(str(getattr(completion, "error", None) or completion))) from None
    if choice.message.refusal:
        raise AnswerRefused(f"the model declined: {excerpt(str(choice.message.refusal))}")
    if choice.finish_reason == "content_filter":
        raise AnswerFiltered("the provider's content filter stopped the answer")
    if choice.finish_reason == "length":
        raise AnswerTruncated("the answer was cut at its token limit, at twice the limit too; raise max_tokens")
    if not text.strip():
        raise AnswerEmpty("the model answered nothing, twice; the article may be too long for the server's context")
    problems = _problems(completion, answer)
    return Answer(text, problems) if problems else Answer(extract_json_from_codeblock(text))


def _text(message: Any) -> str:
    """The answer as text, from wherever in the message the server has put it."""
    text = message.tool_calls[0].function.arguments if message.tool_calls else message.content
    if isinstance(text, str | None):
        return text or ""
    if isinstance(text, dict):  # arguments that have been parsed already
        return json.dumps(text)
    raise TypeError(type(text))


@lru_cache(maxsize=64)
def _reader(answer: type[BaseModel]) -> Any:
    """The type with instructor's means to read it from a completion. Kept, because to make one takes as long as all
    other work on a short article."""
    return instructor.openai_schema(answer)


def _problems(completion: ChatCompletion, answer: type[BaseModel]) -> tuple[str, ...]:
    """What is wrong with the answer, as lines for a model to read.

    instructor gets no client: the request is ours, because instructor would not make its schema strict, and so are
    the retries, because it would repeat what can't succeed. MD_JSON finds JSON in plain text, in a code fence and
    after a <think> block, and so suits servers that are held to the schema as well as those that are only asked.
    """
    mode = instructor.Mode.TOOLS if completion.choices[0].message.tool_calls else instructor.Mode.MD_JSON
    try:
        _reader(answer).from_response(completion, mode=mode, strict=False)
    except Exception as error:  # of many kinds, and whichever it is, this is not the answer that was asked for
        return _lines(error)
    return ()


MOST_PROBLEMS = 20


def _lines(error: Exception) -> tuple[str, ...]:
    if not isinstance(error, ValidationError):
        return (f"the answer: {error}",)
    details = error.errors(include_url=False, include_input=False, include_context=False)
    lines = [
        f"{path_of(detail['loc']) or 'the answer'}: {detail['msg'].removeprefix('Value error, ')}"
        for detail in details
    ]
    more = len(lines) - MOST_PROBLEMS
    return (*lines[:MOST_PROBLEMS], f"and {more} more") if more > 0 else tuple(lines)
