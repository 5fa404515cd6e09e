"""A spec: what is asked of every article, the same for all of them, and the hash that tells it from another."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from summarizer.answer_schema import schema_sha256
from summarizer.article import Article
from summarizer.errors import PromptInvalid, SchemaInvalid
from summarizer.models.base import Model, Request
from summarizer.models.choosing import EXTRACTIVE, default_model, demand_carried, settled
from summarizer.models.throttle import Throttle
from summarizer.prompts import SCHEMA_PROMPT, Prompt, load_prompt
from summarizer.recipes.base import TokenBudget
from summarizer.schemas import load_schema
from summarizer.settings import RecipeName, Settings


def prompt_of(
    settings: Settings,
    prompt: str | Path | Prompt | None = None,
    schema: Any = None,
    model: str | Model | None = None,
) -> Prompt:
    """The prompt that is meant by these, or else by the settings, asking for a schema where there is one.

    Raises PromptError, or SchemaInvalid for a schema that the model's provider does not carry.
    """
    schema = settings.own_schema if schema is None else schema
    if schema is None:
        return _for_the_record(load_prompt(prompt or settings.prompt))
    loaded = load_schema(schema)
    name = model if isinstance(model, str) else model.name if model else default_model(settings)
    if EXTRACTIVE in (name, settings.recipe):
        raise SchemaInvalid(
            "rules can't fill a schema of your own: it takes a language model. Set a provider's key or name one "
            "with --model."
        )
    demand_carried(loaded.form, name, settings)
    is_said = "prompt" in settings.model_fields_set
    return load_prompt(prompt or (settings.prompt if is_said else SCHEMA_PROMPT)).asking(loaded)


def _for_the_record(prompt: Prompt) -> Prompt:
    if not prompt.fields and prompt.schema is None:
        raise PromptInvalid(f"prompt {prompt.name!r} asks for what a schema of your own has: give one with --schema")
    return prompt


Notify = Callable[[Request], None]


@dataclass(frozen=True)
class Spec:
    """The model (None: none at all), the prompt and the settings."""

    model: Model | None
    prompt: Prompt
    settings: Settings
    notify: Notify | None = None
    """Is called with every request before it is sent."""
    around: Callable[[Model, Article], Model] = lambda model, article: model
    """What stands around the model, or in its place, when it is asked about an article."""
    throttle: Throttle | None = None
    """What its requests go through, where that is in this process."""

    @classmethod
    def of(
        cls,
        prompt: str | Path | Prompt | None,
        model: str | Model | None,
        settings: Settings | None,
        notify: Notify | None = None,
        schema: Any = None,
    ) -> Self:
        """What these arguments of a call come to, as yet without the model."""
        settings = settled(settings, model)
        return cls(None, prompt_of(settings, prompt, schema, model), settings, notify)

    @property
    def model_name(self) -> str:
        """As it goes into the record."""
        return self.model.name if self.model else EXTRACTIVE

    @property
    def priced_as(self) -> str:
        """The name under which its price is looked up; empty for a server of the user's own, whatever it calls its
        model, unless the settings say."""
        if self.settings.priced_as is not None:
            return self.settings.priced_as
        return "" if self.settings.base_url else self.model_name

    @property
    def recipe(self) -> RecipeName:
        """What the settings say, else what suits the model."""
        return self.settings.recipe or (self.model.recipe if self.model else EXTRACTIVE)

    @property
    def room(self) -> TokenBudget | None:
        """What the model can take; None where there is none."""
        return TokenBudget.of(self.model, self.settings) if self.model else None

    @cached_property
    def sha256(self) -> str:
        """Hash of all that decides a record besides its article. The address of the server is not in it."""
        decides = [
            self.model_name,
            self.recipe,
            self.settings.language,
            self.prompt.sha256,
            schema_sha256(self.prompt.answer),
        ]
        return hashlib.sha256(json.dumps(decides).encode()).hexdigest()

    def id_of(self, article: Article) -> str:
        """Hash of all that decides this article's record; its date is what weekdays are told by."""
        decides = [self.sha256, article.sha256, article.dated]
        return hashlib.sha256(json.dumps(decides).encode()).hexdigest()
