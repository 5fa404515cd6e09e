"""Custom properties: what var() stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from summarizer.reading.page.hidden.css.properties import UNTOLD, Deferred, Wide, read
from summarizer.reading.page.hidden.css.values import DEEPEST, significant

if TYPE_CHECKING:
    from tinycss2.ast import Node

MOST_TOKENS = 500
"""In a value when all is put in: what names itself twice, again and again, doubles each time."""

Custom = Mapping[str, "Sequence[Node]"]


def with_custom(parent: Custom, declared: Mapping[str, object]) -> Custom:
    """The custom properties of an element, whose own values are put together from its own and its parent's."""
    own = {name: value for name, value in declared.items() if name.startswith("--")}
    if not own:
        return parent
    raw = dict(parent)
    for name, value in own.items():
        if isinstance(value, Deferred):
            raw[name] = value.tokens
        elif value == Wide("initial") or value is UNTOLD:
            raw.pop(name, None)
    for name, value in own.items():
        if isinstance(value, Deferred):
            raw[name] = ()
            raw[name] = _put_in(value.tokens, raw, 0) or ()
    return raw


def told(value: Deferred, name: str, custom: Custom) -> object:
    """What a declaration says of a property once var() is put in. A variable that the page doesn't set may be set
    elsewhere, so it can't be told; what makes no sense is as if unset."""
    tokens = _put_in(value.tokens, custom, 0)
    found = UNTOLD if tokens is None else read(value.name, tokens).get(name, Wide("unset"))
    return UNTOLD if isinstance(found, Deferred) else found


def _put_in(tokens: Sequence[Node], custom: Custom, depth: int) -> list[Node] | None:
    done: list[Node] = []
    for token in tokens:
        if token.type in ("function", "() block") and depth < DEEPEST:
            put = _in_brackets(token, custom, depth + 1)
            if put is None:
                return None
            done.extend(put)
        else:
            done.append(token)
        if len(done) > MOST_TOKENS:
            return None
    return done


def _in_brackets(token: Node, custom: Custom, depth: int) -> list[Node] | None:
    from tinycss2.ast import FunctionBlock, ParenthesesBlock

    if token.type == "() block":
        content = _put_in(token.content, custom, depth)
        return None if content is None else [ParenthesesBlock(token.source_line, token.source_column, content)]
    if token.lower_name != "var":
        content = _put_in(token.arguments, custom, depth)
        made = FunctionBlock(token.source_line, token.source_column, token.name, content or [])
        return None if content is None else [made]
    parts = significant(token.arguments)
    if not parts or parts[0].type != "ident":
        return None
    if parts[0].value in custom:
        return _put_in(custom[parts[0].value], custom, depth)
    return _put_in(parts[2:], custom, depth) if len(parts) > 1 else None
