"""What a completion says, wherever in its body a server has put it: texts, thoughts, a refusal, why it ends."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from summarizer.models.remote.errors import NoCompletion, excerpt

_THOUGHTS = ("reasoning_content", "reasoning", "thinking", "thoughts")
_ENDS = ("finish_reason", "native_finish_reason", "stop_reason", "finish_details")
_ARGUMENTS = ("arguments", "input", "parameters", "args")
_PARTS = frozenset({"text", "output_text", "json", "json_object", "output_json", "tool_use", "tool_call", "refusal"})
_THINKING = frozenset({"thinking", "reasoning", "reasoning_content", "thought", "redacted_thinking"})


@dataclass(frozen=True)
class ModelMessage:
    """What a model said in one completion."""

    texts: tuple[str, ...]
    """Where the answer may stand, likeliest first: arguments of tool calls, then the content. None is blank."""
    thoughts: str
    refusal: str
    finish: str
    """Why it ends, by all the names that the server gives; empty where it does not say."""

    @classmethod
    def of(cls, body: Any) -> ModelMessage:
        """Read from the body of a completion. Raises NoCompletion where it is none."""
        choice = _choice(unwrapped(body))
        message = choice.get("message") or choice.get("delta")
        if message is None and isinstance(choice.get("text"), str):
            message = {"content": choice["text"]}
        if isinstance(message, str):
            message = {"content": message}
        if not isinstance(message, dict):
            raise NoCompletion(excerpt(json.dumps(body)))
        content = message.get("content")
        texts = (*_arguments(message), _text(content), _text(message.get("parsed")))
        thoughts = (*(_text(message.get(name)) for name in _THOUGHTS), _of_parts(content, _THINKING))
        refusal = _text(message.get("refusal")) or _of_parts(content, frozenset({"refusal"}))
        return cls(
            texts=tuple(text for text in texts if text.strip()),
            thoughts="".join(dict.fromkeys(thoughts)),  # OpenRouter gives them under two names
            refusal=refusal,
            finish=" ".join(filter(None, (_name(choice.get(end)) for end in _ENDS))),
        )


def unwrapped(body: Any) -> Any:
    """The completion in a body that is sent as a string, in a list or in another body; else the body itself."""
    if isinstance(body, str):
        with contextlib.suppress(ValueError, RecursionError):
            body = json.loads(body)
    if isinstance(body, list) and len(body) == 1:
        body = body[0]
    inner = body.values() if isinstance(body, dict) else ()
    return next((holder for holder in (body, *inner) if isinstance(holder, dict) and holder.get("choices")), body)


def _choice(body: Any) -> dict[str, Any]:
    choices = body.get("choices") if isinstance(body, dict) else None
    if isinstance(choices, list) and choices and isinstance(choices[0], dict):
        return choices[0]
    raise NoCompletion(excerpt(json.dumps(body)))


def _arguments(message: dict[str, Any]) -> Iterator[str]:
    calls = message.get("tool_calls") or message.get("function_call")
    for call in calls if isinstance(calls, list) else [calls]:
        if isinstance(call, dict):
            named = call.get("function")
            function = named if isinstance(named, dict) else call
            yield next((_text(function[name]) for name in _ARGUMENTS if function.get(name)), "")


def _text(content: Any) -> str:
    """Content as text: a text, parts of which some are text, or an object that has been read already."""
    match content:
        case None:
            return ""
        case str():
            return content
        case list():
            return "".join(map(_text, content))
        case {"type": str() as kind} if kind in _THINKING or kind == "refusal":
            return ""
        case {"text": inner, **others} if not others or others.get("type") in _PARTS:
            return _text(inner)
        case {"type": str() as kind, **others} if kind in _PARTS:
            return next((_text(value) for name, value in others.items() if isinstance(value, dict | list)), "")
    return json.dumps(content, ensure_ascii=False)


def _of_parts(content: Any, kinds: frozenset[str]) -> str:
    """The text of the parts of these kinds."""
    parts = content if isinstance(content, list) else [content]
    chosen = [part for part in parts if isinstance(part, dict) and part.get("type") in kinds]
    return "".join(_text(part.get(str(part["type"]), part.get("text"))) for part in chosen)


def _name(end: Any) -> str:
    """A reason as a word; some have an object for it."""
    return str(end.get("type", "")) if isinstance(end, dict) else end if isinstance(end, str) else ""
