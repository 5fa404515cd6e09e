"""The offer: what a server was started with, from which its clients choose; they can name nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.desk.bodies import Choices
from summarizer.desk.problems import Problem
from summarizer.models.choosing import EXTRACTIVE, default_model
from summarizer.models.connecting import connect
from summarizer.models.providers.catalogue import PROVIDERS
from summarizer.prompts import SCHEMA_PROMPT, Prompt, load_prompt, shipped_prompts
from summarizer.schemas import Schema, load_schema
from summarizer.settings import Settings, named_prompt


@dataclass(frozen=True)
class Chosen:
    """What a record is made with, as `asummarize` takes it."""

    prompt: Prompt | None
    schema: Schema | None
    model: str
    settings: Settings

    @property
    def arguments(self) -> dict[str, Any]:
        """By their names."""
        return {"prompt": self.prompt, "schema": self.schema, "model": self.model, "settings": self.settings}


@dataclass(frozen=True)
class Offer:
    """Models, prompts and schemas by their names, the first model the one that is taken; and the settings, of which
    no key and no address goes out."""

    settings: Settings
    models: tuple[str, ...]
    prompts: Mapping[str, Prompt]
    schemas: Mapping[str, Schema]

    @classmethod
    def of(
        cls, settings: Settings, models: Sequence[str] = (), prompts: Sequence[str] = (), schemas: Sequence[Path] = ()
    ) -> Offer:
        """What ships and has a key, and what is named. Raises PromptError, SchemaInvalid and ModelError for what of
        it can't be used."""
        names = dict.fromkeys(models or _models_at_hand(settings))
        for name in names:
            if name != EXTRACTIVE:
                connect(name, settings)  # its client is loaded now, and not while somebody waits
        own = [load_prompt(name) for name in (settings.prompt, *map(named_prompt, prompts))]
        shipped = [load_prompt(name) for name in shipped_prompts() if name != SCHEMA_PROMPT]
        loaded = [load_schema(path) for path in [*schemas, *filter(None, [settings.own_schema])]]
        return cls(
            settings.model_copy(update={"with_text": True, "own_schema": None}),
            tuple(names),
            {prompt.name: prompt for prompt in [*shipped, *own]},
            {schema.name: schema for schema in loaded},
        )

    def choices(self) -> dict[str, Any]:
        """The names of all that can be chosen."""
        return {"models": self.models, "prompts": [*self.prompts], "schemas": [*self.schemas]}

    def chosen(self, choices: Choices) -> Chosen:
        """What these choices stand for. Raises Problem for a name that is not offered."""
        model = choices.model or self.models[0]
        self._named("model", model, dict.fromkeys(self.models))
        language = {"language": choices.language} if choices.language else {}
        return Chosen(
            self._named("prompt", choices.prompt, self.prompts),
            self._named("schema", choices.own_schema, self.schemas),
            model,
            self.settings.model_copy(update={"model": model, **language}),
        )

    @staticmethod
    def _named(what: str, name: str | None, offered: Mapping[str, Any]) -> Any:
        if name is not None and name not in offered:
            there = ", ".join(offered) or f"none: name one with --{what} when the server is started"
            raise Problem(422, f"no {what} {name!r} is offered here; there are {there}")
        return None if name is None else offered[name]


def _models_at_hand(settings: Settings) -> list[str]:
    """The model that is taken when none is named, those whose keys are set, and none at all."""
    keyed = [] if settings.base_url else [f"{row.name}:{row.default_model}" for row in PROVIDERS if row.has_key]
    return [default_model(settings), *keyed, EXTRACTIVE]
