"""Which model a run uses and why, what suits it, and what that means for the summary."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from summarizer.errors import ModelNotFound, SchemaInvalid, SettingsError
from summarizer.models.base import Model
from summarizer.models.providers.catalogue import LOCAL, LOCAL_SETTINGS, PROVIDERS, provider
from summarizer.models.providers.endpoint import without_secrets
from summarizer.models.providers.shutdown import Shutdown, shutdown
from summarizer.schemas.strict_form import StrictForm
from summarizer.settings import Settings

EXTRACTIVE: Final = "extractive"
"""Stands where a model's name does, and means none."""

REPLAY = "replay:"
"""Begins the name of a folder of recordings."""


def default_model(settings: Settings) -> str:
    """The model that is used when none is named."""
    return choice(settings).name


@dataclass(frozen=True)
class Choice:
    """The model that a run uses, and what has decided that."""

    name: str
    why: str


def choice(settings: Settings) -> Choice:
    """`extractive` where the recipe is, else the settings' model, else that of the first provider whose key is set,
    else `extractive`. Raises ModelNotFound where there is a base_url and no model: none of the catalogue's would do.
    """
    if settings.recipe == EXTRACTIVE:
        return Choice(EXTRACTIVE, "the recipe asks no model")
    if settings.model:
        return Choice(settings.model, "it is named")
    if settings.base_url:
        where = without_secrets(settings.base_url)
        raise ModelNotFound(f"there is a --base-url and no --model: name one that the server at {where} has")
    row = next((row for row in PROVIDERS if row.has_key), None)
    if row is None:
        return Choice(EXTRACTIVE, "no model is named and no key is set")
    return Choice(f"{row.name}:{row.default_model}" if row.default_model else row.name, f"{row.key_variable} is set")


def suited(settings: Settings, model: str | Model | None = None) -> Settings:
    """The settings with what suits this model (None: their own), wherever nobody has said anything else."""
    asked = model or settings.model or ""
    name = asked if isinstance(asked, str) else asked.name
    if name.startswith(REPLAY):
        from summarizer.models.replay import ReplayModel

        name = ReplayModel(Path(name.removeprefix(REPLAY))).name  # asked as the model was that it stands for
    if settings.base_url or not is_local(name):
        return settings
    unsaid = {key: value for key, value in LOCAL_SETTINGS.items() if key not in settings.model_fields_set}
    return settings.model_copy(update=unsaid)


def settled(settings: Settings | None, model: str | Model | None) -> Settings:
    """What a call goes by that was given these: the settings of the environment where there are none, with what suits
    the model. Raises SettingsError, or ModelNotFound for what is no model."""
    if settings is not None and not isinstance(settings, Settings):
        raise SettingsError(f"settings are a Settings, not {type(settings).__name__}: make one with Settings(...)")
    if not isinstance(model, str | None) and not (hasattr(model, "complete") and hasattr(model, "acomplete")):
        raise ModelNotFound(f"a model is a name, or has complete and acomplete; {type(model).__name__} has not")
    return suited(settings or Settings.from_environment(), model)


def announce(settings: Settings, today: date | None = None) -> str:
    """Which model is used and what that means for the summary, in one line; further ones say when it is shut down,
    where that is near or over, and how its context is made longer, where the server starts with a short one."""
    chosen = choice(settings)
    ending = shutdown_of(chosen.name, settings, today)
    notice = ending.notice if ending else None
    lines = (_meaning(chosen, settings), notice, _of_its_context(chosen.name, settings))
    return "\n".join(filter(None, lines))


def _meaning(chosen: Choice, settings: Settings) -> str:
    name = chosen.name
    why = "" if settings.model else f" ({chosen.why})"
    if name == EXTRACTIVE:
        found = "names, figures and speakers only where one sign leaves no doubt"
        return f"extractive{why}: sentences of the article chosen by rules; {found}"
    if name.startswith(REPLAY):
        return f"{name}: answers recorded earlier; no model is asked"
    where = f" at {without_secrets(settings.base_url)}" if settings.base_url else ""
    return f"{name}{where}{why}: written by a language model, checked against the article"


def _of_its_context(name: str, settings: Settings) -> str | None:
    row = None if settings.base_url else provider(name.partition(":")[0])
    if row is None or not row.advice or settings.context_tokens:
        return None
    return f"Its context is taken to be {row.context_tokens:,} tokens; what is longer is read in parts. {row.advice}"


def shutdown_of(name: str, settings: Settings, today: date | None = None) -> Shutdown | None:
    """When the model of this name is shut down, where that is near or over."""
    first, _, model = name.partition(":")
    row = None if settings.base_url else provider(first)
    return shutdown(row, model or str(row.default_model), today) if row else None


def demand_carried(form: StrictForm, name: str, settings: Settings) -> None:
    """Raises SchemaInvalid where the provider of the model with this name turns such a schema down."""
    row = None if settings.base_url else provider(name.partition(":")[0])
    if row is None or row.most_unions is None or form.unions <= row.most_unions:
        return
    raise SchemaInvalid(
        f"the schema has {form.unions} fields that may be null or of several types, and {row.name} takes at most "
        f"{row.most_unions}. Make fields required that every article tells, take lists, which may be empty, or name "
        "another provider."
    )


def is_asked(name: str) -> bool:
    """Whether a name stands for a model that is asked, not for rules or recordings."""
    return name != EXTRACTIVE and not name.startswith(REPLAY)


def is_local(name: str) -> bool:
    """Whether a name stands for weights in this process."""
    return name.partition(":")[0] == LOCAL.name
