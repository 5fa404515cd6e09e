"""Folders: prompts found, completed by those that they extend, and looked through before they are used."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from summarizer.answer_schema import ASKABLE
from summarizer.errors import PromptInvalid, PromptNotFound, meant
from summarizer.faults import fault_in
from summarizer.prompts.files import EXAMPLES, invalid, read_text, unknown_files
from summarizer.prompts.prompt import Prompt, PromptConfig
from summarizer.prompts.templates import EXTRA, VARIABLES, template_faults
from summarizer.settings import PROMPT_FILE


def shipped_prompts() -> Iterator[str]:
    """Names of the prompts that ship, in alphabetical order."""
    folders = sorted(shipped_folder().iterdir(), key=lambda folder: folder.name)
    return (folder.name for folder in folders if (folder / PROMPT_FILE).is_file())


def load_prompt(name: str | Path | Prompt) -> Prompt:
    """The prompt that ships under this name, or in the folder at this Path, or that was read before. A string is
    never a folder.

    Raises PromptNotFound, or PromptInvalid that names everything wrong with the folder at once.
    """
    if isinstance(name, Prompt):
        return name
    folder = _find(name)
    given = _given(folder)
    base = _extended(given, folder)
    templates = {**(base.templates if base else {}), **_templates(folder)}
    faults = [*unknown_files(folder), *_faults(templates)]
    try:
        config = PromptConfig(**{**(base.config.model_dump() if base else {}), **given})
    except ValidationError as error:
        wrong = [*map(_config_fault, error.errors()), *_unknown_fields(given.get("fields"))]
        raise invalid(folder.name, [*faults, *wrong]) from None
    if faults := [*faults, *_unknown_fields(config.fields)]:
        raise invalid(folder.name, faults)
    prompt = Prompt(folder.name, config, MappingProxyType(templates))
    return _with_examples(prompt, folder / EXAMPLES)


def shipped_folder() -> Traversable:
    """The folder of all that ships."""
    inside = files("summarizer") / "_prompts"  # in the wheel
    return inside if inside.is_dir() else Path(__file__).parents[2] / "prompts"


def _find(name: str | Path) -> Traversable:
    if isinstance(name, os.PathLike):
        return _own(Path(name))
    if not isinstance(name, str):
        raise PromptNotFound(f"a prompt is a name, a Path or a Prompt, not {type(name).__name__}")
    if name in shipped_prompts():
        return shipped_folder() / name
    raise PromptNotFound(
        f"no prompt {name!r} ships{meant(name, shipped_prompts())}; there are {', '.join(shipped_prompts())}. One of "
        f"your own is a folder with a {PROMPT_FILE}, in Python a Path."
    )


def _own(folder: Path) -> Path:
    if (folder / PROMPT_FILE).is_file():
        return folder.resolve()
    if folder.is_dir():
        held = [name for each in folder.iterdir() if meant(name := each.name, (PROMPT_FILE,))]
        likely = f"; is {held[0]} meant to be it?" if held else ""
        raise PromptInvalid(f"the folder {str(folder)!r} has no {PROMPT_FILE}, so it is no prompt{likely}")
    raise PromptNotFound(f"there is no folder {str(folder)!r}. Check the spelling and the working folder.")


def _given(folder: Traversable) -> dict[str, Any]:
    """What its prompt.toml says."""
    try:
        return tomllib.loads(read_text(folder / PROMPT_FILE))
    except tomllib.TOMLDecodeError as error:
        raise PromptInvalid(f"{folder.name}/{PROMPT_FILE}: {error}") from error


def _extended(given: Mapping[str, Any], folder: Traversable) -> Prompt | None:
    """The prompt that stands in for what lacks."""
    name = given.get("extends")
    if name is None:
        return None
    if name in shipped_prompts():
        return load_prompt(name)
    raise PromptInvalid(
        f"{folder.name}/{PROMPT_FILE}: extends {name!r}, which is no prompt that ships"
        f"{meant(str(name), shipped_prompts())}; there are {', '.join(shipped_prompts())}"
    )


def _templates(folder: Traversable) -> dict[str, str]:
    found = {name: folder / name for name in VARIABLES}
    return {name: read_text(file) for name, file in found.items() if file.is_file()}


def _with_examples(prompt: Prompt, folder: Traversable) -> Prompt:
    if not folder.is_dir():
        return prompt
    if not prompt.fields:
        raise invalid(prompt.name, ["examples can't be checked before there is a schema"])
    from summarizer.prompts.examples import read_examples

    return replace(prompt, examples=read_examples(prompt, folder))


# --- what is wrong ----------------------------------------------------------------------------------------------


def _config_fault(detail: Any) -> str:
    name = ".".join(map(str, detail["loc"]))
    known = tuple(PromptConfig.model_fields)
    if detail["type"] == "extra_forbidden":
        return f"{PROMPT_FILE}: there is no {name!r}{meant(name, known)}; there are {', '.join(known)}"
    if detail["type"] == "missing":
        return f"{PROMPT_FILE}: {name} is missing; {_TAKEN}"
    return f"{PROMPT_FILE}: {name}: {fault_in(detail)}"


def _unknown_fields(fields: Any) -> Iterator[str]:
    names = [name for name in fields if isinstance(name, str)] if isinstance(fields, list | tuple) else []
    if unknown := [name for name in names if name not in ASKABLE]:
        named = ", ".join(f"{name}{meant(name, ASKABLE)}" for name in unknown)
        yield f"{PROMPT_FILE}: fields that the record lacks: {named}; there are {', '.join(ASKABLE)}"


def _faults(templates: Mapping[str, str]) -> Iterator[str]:
    """All that is wrong with the templates, each in a line."""
    for name in VARIABLES:
        if name in templates:
            yield from template_faults(name, templates[name])
        elif name != EXTRA:
            yield f"{name} is missing; {_TAKEN}"


_TAKEN = f'write it, or take it from one that ships: extends = "news" in {PROMPT_FILE}'
