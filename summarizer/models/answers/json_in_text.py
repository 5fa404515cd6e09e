"""JSON in what a model wrote: after its thoughts, in a fence or a tool call, between words, in a string."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any


def json_in(text: str) -> list[Any]:
    """The JSON values of `text` in their order: the text itself where it is one, else the objects, lists and tool
    calls in it; none where the last object has no end. Of a model's thoughts only a value that ends them counts, and
    only where nothing was said after them."""
    try:
        return [_loaded(text)]
    except ValueError:
        said = said_in(text)
    if not said:
        return _values(_last_words(text))
    return [*_values(_spans(said)), *_calls_of_tags(said)]


def is_cut(text: str) -> bool:
    """Whether the JSON in `text` has no end, or the thoughts before it have none."""
    if said := said_in(text):
        return any(not span.is_whole for span in _spans(said))
    return _OPENED.search(_behind_thoughts(text)) is not None


def parsed(text: str) -> dict[str, Any] | list[Any] | None:
    """The object, list or null that `text` is; ValueError where it is none of them."""
    value = _loaded(text)
    if not isinstance(value, dict | list | None):
        raise ValueError("no object, list or null")
    return value


_ESCAPED = re.compile(r'\s*[\[{]\s*\\+"')
_STRING_OR_CONTROL = re.compile(r'("(?:[^"\\]|\\.)*")|[\x00-\x08\x0b\x0c\x0e-\x1f\ufeff]', re.DOTALL)


def _loaded(text: str) -> Any:
    """`text` as JSON, with line breaks in strings, escaped once too often, or between control characters; ValueError
    where it is none."""
    try:
        if _ESCAPED.match(text):
            text = json.loads(f'"{text.strip()}"', strict=False)
        try:
            return json.loads(text, strict=False)
        except ValueError:
            return json.loads(_STRING_OR_CONTROL.sub(r"\1", text), strict=False)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


# --- between words ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Span:
    """A stretch from a bracket to the one that closes it, or to the end of the text."""

    text: str
    end: int
    is_whole: bool


_OPENS = re.compile(r'\{(?=\s*(?:["}]|$))|\[(?=\s*(?:[\[{"\d\]-]|true|false|null|$))')
_STEPS = re.compile(r'"(?:[^"\\]|\\.)*"?|[{}\[\]]', re.DOTALL)


def _spans(text: str) -> Iterator[_Span]:
    """The outermost stretches in brackets that begin as JSON does."""
    at = 0
    while opening := _OPENS.search(text, at):
        end = _end(text, opening.start())
        at = end or len(text)
        yield _Span(text[opening.start() : at], at, end is not None)


def _end(text: str, start: int) -> int | None:
    """Where the bracket at `start` is closed; None where it is not."""
    depth = 0
    for step in _STEPS.finditer(text, start):
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(step[0], 0)
        if depth == 0:
            return step.end()
    return None


def _values(spans: Iterable[_Span]) -> list[Any]:
    values: list[Any] = []
    for span in spans:
        if span.text.startswith("{") and not span.is_whole:
            return []
        with contextlib.suppress(ValueError):  # brackets that are no JSON
            values.append(_loaded(span.text))
    return values


# --- after thoughts ---------------------------------------------------------------------------------------------

_TAGS = r"(?:\w{1,20}:)?(?:think|thinking|thoughts?|reasoning|reflection|scratchpad)"
_OPENED = re.compile(
    rf"<{_TAGS}>"  # DeepSeek, Qwen and most others
    r"|\[THINK\]"  # Magistral
    r"|◁think▷"  # Kimi
    r"|<\|channel\|>analysis",  # gpt-oss
    re.IGNORECASE,
)
_CLOSED = re.compile(rf"</{_TAGS}>|\[/THINK\]|◁/think▷|<\|channel\|>(?:final|commentary)", re.IGNORECASE)


def said_in(text: str) -> str:
    """What was said outside thoughts, also such as have no end: behind them, else before them."""
    behind = _OPENED.split(_behind_thoughts(text), maxsplit=1)[0].strip()
    first = _OPENED.search(text)
    return behind or (text[: first.start()].strip() if first else "")


def _behind_thoughts(text: str) -> str:
    """What stands behind the last thoughts that end. What opens them may stand in the server's template."""
    ends = [closed.end() for closed in _CLOSED.finditer(text)]
    return text[ends[-1] :] if ends else text


def _last_words(text: str) -> list[_Span]:
    """The stretch of JSON that `text` ends with."""
    last = list(_spans(text))[-1:]
    return [span for span in last if span.is_whole and not re.search(r"\w", _without_tags(text[span.end :]))]


def _without_tags(text: str) -> str:
    return re.sub(r"<[^<>]*>", "", _CLOSED.sub("", text))


# --- in tags ----------------------------------------------------------------------------------------------------

_OPENS_PARAMETER = re.compile(
    r"<[^<>\s]{0,30}parameter[= ](?:name=)?\"?(?P<name>\w+)\"?[^<>]*>"  # Qwen3-Coder, MiniMax, DeepSeek
    r"|<arg_key>\s*(?P<key>\w+)\s*</arg_key>\s*<arg_value>"  # GLM
)
_CLOSES_PARAMETER = re.compile(r"</[^<>\s]{0,30}parameter>|</arg_value>")


def _calls_of_tags(text: str) -> list[dict[str, str | None]]:
    """The arguments of a tool call that is written with a pair of tags for each, their values still texts."""
    arguments: dict[str, str | None] = {}
    at = 0
    while (opens := _OPENS_PARAMETER.search(text, at)) and (closes := _CLOSES_PARAMETER.search(text, opens.end())):
        value = text[opens.end() : closes.start()].strip()
        arguments[opens["name"] or opens["key"]] = None if value == "null" else value
        at = closes.end()
    return [arguments] if arguments else []
