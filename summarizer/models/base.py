"""The port: a model is what turns a Request into a Reply. Everything else about it is its own affair."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, Protocol, Self

from pydantic import BaseModel

from summarizer.answer_schema import schema_sha256, wire_schema
from summarizer.article import Article, unspaced_in
from summarizer.evidence import Grounding
from summarizer.record import Call, Finding
from summarizer.settings import RecipeName


@dataclass(frozen=True)
class Message:
    """One turn of the conversation."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True)
class Request:
    """What a recipe wants answered.

    `answer` is the type that the reply must validate as. `reask` is the text of the one further turn that an
    invalid answer is met with; `{problems}` in it stands for the list of what was wrong.
    `max_tokens` None means the settings' own limit. `shown` are the numbers of the sentences in the messages: others
    can't be cited. `article` is what they are sentences of; None where none is cited.
    `again` is asked before it is sent once more, because a call failed or its answer did not fit.
    """

    purpose: str
    messages: tuple[Message, ...]
    answer: type[BaseModel]
    reask: str = "That does not fit the schema:\n{problems}\nAnswer again, whole and corrected."
    max_tokens: int | None = None
    shown: frozenset[int] = frozenset()
    article: Article | None = field(default=None, repr=False, compare=False)
    again: Callable[[Sequence[Call], int], None] | None = field(default=None, repr=False, compare=False)
    """Takes the calls so far, and the tokens that the next one has beyond the first; raises LimitReached."""
    objections: Callable[[str], Sequence[str]] | None = field(default=None, repr=False, compare=False)
    """Takes the text of a valid answer and gives what can't be right in it, a line each: it is met with `reask`, as
    an invalid one is."""
    hear: Callable[[str], None] | None = field(default=None, repr=False, compare=False)
    """Takes the text of the answer so far, each time that there is more of it; a shorter one is a new answer."""

    @property
    def context(self) -> Grounding | None:
        """Pydantic's, in which an answer validates: `answer.model_validate_json(text, context=request.context)`."""
        return None if self.article is None else Grounding(article=self.article, shown=self.shown)

    @cached_property
    def fingerprint(self) -> str:
        """Hash of article, prompt and schema, which decide what a model answers: the key of a recording.

        How long the answer may be decides only whether it gets to its end, and what is checked or asked again comes
        after it.
        """
        asked = [[message.role, message.content] for message in self.messages]
        key = json.dumps([asked, schema_sha256(self.answer)], ensure_ascii=False)
        return hashlib.sha256(key.encode()).hexdigest()

    @cached_property
    def estimated_tokens(self) -> int:
        """Tokens of messages and schema, estimated."""
        text = "".join(message.content for message in self.messages)
        return estimate_tokens(text) + estimate_tokens(json.dumps(wire_schema(self.answer)))


@dataclass(frozen=True)
class Reply:
    """The text of a model's answer and what it took to get it.

    `text` is JSON that validates as `Request.answer` when `problems` is empty. After a failed re-ask it is the last
    answer, and `problems` says what is still wrong with it. `findings` are for the record: what was changed in it.
    `turns` are all answers as they came, in their order; none where that is not known, as of a reply out of a cache.
    """

    text: str
    calls: tuple[Call, ...] = ()
    problems: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    turns: tuple[str, ...] = ()

    @property
    def reasked(self) -> bool:
        """Whether an earlier answer to this request was invalid, or could not be right."""
        return any(call.outcome.removeprefix("cached ") in ("invalid", "objected") for call in self.calls)


class Model(AbstractContextManager["Model", None], AbstractAsyncContextManager["Model", None], Protocol):
    """A language model, in-process or behind an endpoint. Used as a context manager it is closed at the end.

    Every answer has been validated once as `request.answer` in `request.context`, asked again once if it failed.
    Both methods raise ModelError: the exception carries the calls made.
    """

    name: str
    recipe: RecipeName
    context_tokens: int

    def complete(self, request: Request) -> Reply:
        """The answer to `request`."""

    async def acomplete(self, request: Request) -> Reply:
        """The answer to `request`, without blocking the event loop. Use a model in one event loop only."""


class Stateless:
    """Base of a model that has nothing to close, and whose `complete` waits for nobody."""

    def complete(self, request: Request) -> Reply:
        """The answer to `request`."""
        raise NotImplementedError

    async def acomplete(self, request: Request) -> Reply:
        """The answer to `request`."""
        return self.complete(request)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: Any) -> None:
        pass

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: Any) -> None:
        pass


class ModelWrapper:
    """Base of a model that stands before another one: it goes by that one's name, and is closed with it."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.name = model.name
        self.recipe = model.recipe
        self.context_tokens = model.context_tokens

    def __enter__(self) -> Self:
        self.model.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self.model.__exit__(*error)

    async def __aenter__(self) -> Self:
        await self.model.__aenter__()
        return self

    async def __aexit__(self, *error: Any) -> None:
        await self.model.__aexit__(*error)


def answer_room(max_tokens: int, context_tokens: int) -> int:
    """Tokens that an answer may have, which in a small context is a third of it: the article needs the rest."""
    return min(max_tokens, context_tokens // 3)


def estimate_tokens(text: str) -> int:
    """Tokens of `text` by characters per script, without a tokenizer: four letters a token in ASCII, two in other
    alphabets, one in scripts without spaces. Meant to be within a third of the true count, rather over than under.
    """
    if text.isascii():
        return len(text) // 4 + 1
    unspaced = len(unspaced_in(text))
    ascii_ = len(text.encode("ascii", "ignore"))
    return ascii_ // 4 + (len(text) - ascii_ - unspaced) // 2 + unspaced + 1


def fewest_tokens(text: str) -> int:
    """Tokens that no tokenizer in use comes below for running text: a server that counts fewer has not read it all.

    English news takes one for about 4.5 characters, Russian for 3.5 with the best vocabulary, Chinese for 1.4.
    """
    unspaced = len(unspaced_in(text))
    return (len(text) - unspaced) * 2 // 13 + unspaced * 2 // 5
