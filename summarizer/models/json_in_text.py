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
    return _OPEN_THOUGHTS.search(_without_thoughts(text)) is not None


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

_TAGS = r"(?:\w+:)?(?:think|thinking|thoughts?|reasoning|reflection|scratchpad)"
_THOUGHTS = re.compile(
    rf"<({_TAGS})>.*?</\1>"  # DeepSeek, Qwen and most others
    r"|\[THINK\].*?\[/THINK\]"  # Magistral
    r"|◁think▷.*?◁/think▷"  # Kimi
    r"|<\|channel\|>analysis<\|message\|>.*?(?:<\|end\|>|(?=<\|channel\|>final))",  # gpt-oss
    re.DOTALL | re.IGNORECASE,
)
_CLOSED = re.compile(rf".*(?:</{_TAGS}>|\[/THINK\]|◁/think▷)", re.DOTALL | re.IGNORECASE)
"""The tag that opens them often stands in the server's template."""
_OPEN_THOUGHTS = re.compile(rf"<{_TAGS}>|\[THINK\]|◁think▷|<\|channel\|>analysis", re.IGNORECASE)


def _without_thoughts(text: str) -> str:
    return _CLOSED.sub("", _THOUGHTS.sub("", text))


def said_in(text: str) -> str:
    """What was said outside thoughts, also such as have no end."""
    return _OPEN_THOUGHTS.split(_without_thoughts(text))[0].strip()


_NO_WORD = re.compile(r"(?:<[^<>]*>|\[/THINK\]|◁/think▷|\W)*")


def _last_words(text: str) -> list[_Span]:
    """The stretch of JSON that `text` ends with."""
    last = list(_spans(text))[-1:]
    return [span for span in last if span.is_whole and _NO_WORD.fullmatch(text, span.end)]


# --- in tags ----------------------------------------------------------------------------------------------------

_PARAMETER = re.compile(
    r"<[^<>\s]*parameter[= ](?:name=)?\"?(\w+)\"?[^<>]*>(.*?)</[^<>]*parameter>"  # Qwen3-Coder, MiniMax, DeepSeek
    r"|<arg_key>\s*(\w+)\s*</arg_key>\s*<arg_value>(.*?)</arg_value>",  # GLM
    re.DOTALL,
)


def _calls_of_tags(text: str) -> list[dict[str, str | None]]:
    """The arguments of a tool call that is written with a pair of tags for each, their values still texts."""
    pairs = [[group.strip() for group in match.groups() if group is not None] for match in _PARAMETER.finditer(text)]
    arguments = {name: None if value == "null" else value for name, value in pairs}
    return [arguments] if arguments else []
