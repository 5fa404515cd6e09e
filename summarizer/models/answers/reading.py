"""A model's answer: taken out of what it was wrapped in, cleaned of what no text may hold, and validated."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, ValidationError

from summarizer.errors import path_of
from summarizer.evidence import Grounding
from summarizer.models.answers.json_in_text import json_in, parsed
from summarizer.models.conversation import Answer
from summarizer.record import Finding


def read_answer(text: str, answer: type[BaseModel], context: Grounding | None = None) -> Answer:
    """The answer of this type in `text`: JSON that validates in `context`, or what comes nearest to it, with its
    problems.

    Of several answers the last one counts. What wraps it is taken off only where the whole is no answer and one thing
    in it is, so that no schema is mistaken for a wrapping.
    """
    return replace(_read(text, answer, context), raw=text)


def _read(text: str, answer: type[BaseModel], context: Grounding | None) -> Answer:
    try:
        values = [value for value in json_in(text) if _may_hold(value)]
        if values:
            chosen = next((value for value in reversed(values) if _alike(value, answer)), values[-1])
            return _best(chosen, answer, context)
    except RecursionError:  # nested so deeply that it is no answer
        pass
    cleaning = _Cleaning()
    said: str = cleaning.of(text)
    return Answer(said, _lines(_error_of(said, answer, context)), cleaning.findings())


def _best(value: Any, answer: type[BaseModel], context: Grounding | None) -> Answer:
    """`value` where it is an answer, else the one thing in it that is, or that is meant as one."""
    whole, alike = _validated(value, answer, context), _alike(value, answer)
    if not alike or (alike[0] is value and not whole.problems):
        return whole
    inside = {read.text: read for read in (_validated(form, answer, context) for form in alike if form is not value)}
    valid = [read for read in inside.values() if not read.problems]
    for choice in (valid, list(inside.values())):
        if len(choice) == 1:
            return choice[0]
    return whole


# --- what wraps an answer ---------------------------------------------------------------------------------------

DEEPEST = 5
"""Wrappings that are taken off: a list of tool calls, a call, its function, the arguments in a string, the answer."""

_BESIDE_ARGUMENTS = frozenset({"name", "tool_name", "type", "id", "call_id", "index"})
_ARGUMENTS = frozenset({"arguments", "parameters", "input", "args", "kwargs", "function"})


def _may_hold(value: Any) -> bool:
    """Whether an answer may be in it."""
    match value:
        case dict() | str() | [dict() | str()]:
            return True
    return False


def _alike(value: Any, answer: type[BaseModel]) -> list[Any]:
    """`value` and the things in it, as far as they have a field of the answer."""
    return [form for form in _forms(value, answer) if _has_a_field(form, answer)]


def _forms(value: Any, answer: type[BaseModel], depth: int = DEEPEST) -> Iterator[Any]:
    yield value
    for inner in _wrapped(value, answer) if depth else ():
        yield from _forms(inner, answer, depth - 1)


def _wrapped(value: Any, answer: type[BaseModel]) -> Sequence[Any]:
    """What `value` may be no more than a wrapping of."""
    match value:
        case str():
            return json_in(value)
        case [alone]:
            return [alone]
        case dict() if not _has_a_field(value, answer) or _is_call(value, answer):
            return [inner for name, inner in value.items() if name not in _fields(answer)]
    return ()


def _is_call(value: dict[str, Any], answer: type[BaseModel]) -> bool:
    """Whether it is a tool call, although the answer may have a field `name`, too."""
    arguments = value.keys() - _BESIDE_ARGUMENTS
    return len(arguments) == 1 and arguments <= _ARGUMENTS - _fields(answer)


def _has_a_field(value: Any, answer: type[BaseModel]) -> bool:
    return isinstance(value, dict) and bool(value.keys() & _fields(answer))


def _fields(answer: type[BaseModel]) -> frozenset[str]:
    aliases = (field.validation_alias for field in answer.model_fields.values())
    return frozenset(answer.model_fields) | {alias for alias in aliases if isinstance(alias, str)}


# --- validation -------------------------------------------------------------------------------------------------

DEEPEST_STRING = 3
"""Strings in strings that are read where an object or a list should be."""


def _validated(value: Any, answer: type[BaseModel], context: Grounding | None, depth: int = DEEPEST_STRING) -> Answer:
    """`value` as an answer, clean, and with the objects and lists in it that came as JSON in strings."""
    cleaning = _Cleaning()
    clean = cleaning.of(value)
    text = json.dumps(clean, ensure_ascii=False)
    error = _error_of(text, answer, context)
    if error and depth and (mended := _with_strings_read(value, error)) != value:
        return _validated(mended, answer, context, depth - 1)
    return Answer(text, _lines(error), cleaning.findings())


def _error_of(text: str, answer: type[BaseModel], context: Grounding | None) -> ValidationError | None:
    try:
        answer.model_validate_json(text, context=context)
    except ValidationError as error:
        return error
    return None


_NO_OBJECT_OR_LIST = frozenset(
    {"model_type", "model_attributes_type", "dict_type", "list_type", "tuple_type", "set_type", "frozen_set_type"}
)


def _with_strings_read(value: Any, error: ValidationError) -> Any:
    """`value` with JSON in place of the strings that stand where an object or a list should."""
    mended = copy.deepcopy(value)
    for detail in error.errors(include_url=False, include_context=False):
        if detail["type"] in _NO_OBJECT_OR_LIST and isinstance(detail["input"], str):
            try:
                _put(mended, detail["loc"], parsed(detail["input"]))
            except (ValueError, LookupError, TypeError):  # no JSON; or a step of the place is the name of a type
                continue
    return mended


def _put(value: Any, location: Sequence[int | str], new: Any) -> None:
    *steps, last = location
    for step in steps:
        value = value[step]
    if isinstance(value[last], str):
        value[last] = new


MOST_PROBLEMS = 20


def _lines(error: ValidationError | None) -> tuple[str, ...]:
    """What is wrong, as lines for a model to read."""
    if error is None:
        return ()
    details = error.errors(include_url=False, include_input=False, include_context=False)
    lines = [
        f"{path_of(detail['loc']) or 'the answer'}: {detail['msg'].removeprefix('Value error, ')}"
        for detail in details
    ]
    more = len(lines) - MOST_PROBLEMS
    return (*lines[:MOST_PROBLEMS], f"and {more} more") if more > 0 else tuple(lines)


# --- characters -------------------------------------------------------------------------------------------------

_NONCHARACTERS = r"\ufdd0-\ufdef" + "".join(rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(17))
_NO_TEXT = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{_NONCHARACTERS}]")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


class _Cleaning:
    """Takes out of JSON the characters that no text may hold, and counts them: controls but tab and line break,
    halves of characters, and what Unicode says is none."""

    def __init__(self) -> None:
        self.removed = 0

    def of(self, value: Any) -> Any:
        """`value` without them."""
        match value:
            case str():
                return self._text(value)
            case list():
                return [self.of(item) for item in value]
            case dict():
                return {self._text(name): self.of(item) for name, item in value.items()}
        return value

    def _text(self, text: str) -> str:
        if not _NO_TEXT.search(text):  # which most are
            return text
        whole = _PAIR.sub(_joined, re.sub(r"\r\n?", "\n", text))
        clean = _NO_TEXT.sub("", whole)
        self.removed += len(whole) - len(clean)
        return clean

    def findings(self) -> tuple[Finding, ...]:
        """One that says how many; none where there were none."""
        if not self.removed:
            return ()
        what = "1 character" if self.removed == 1 else f"{self.removed:,} characters"
        message = f"Left out of the model's answer: {what} that no text may hold (controls, halves of characters)."
        return (Finding(code="characters_removed", severity="note", path="", message=message),)


def _joined(pair: re.Match[str]) -> str:
    return pair[0].encode("utf-16", "surrogatepass").decode("utf-16")
