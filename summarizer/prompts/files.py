"""What the folder of a prompt may hold, and how its files are read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path

from summarizer.errors import PromptInvalid, meant
from summarizer.prompts.templates import VARIABLES
from summarizer.settings import PROMPT_FILE

EXAMPLES = "examples"
"""The folder of examples in that of a prompt."""

NOTES = "README.md"
"""For people: nobody is sent it."""

KNOWN = (PROMPT_FILE, *VARIABLES, EXAMPLES, NOTES)
"""All that there may be."""


def read_text(file: Traversable) -> str:
    """What stands in a file. Raises PromptInvalid."""
    try:
        return file.read_text(encoding="utf-8-sig")  # some editors put a mark before the first letter
    except (OSError, UnicodeDecodeError) as error:
        raise PromptInvalid(f"{file.name} can't be read: {error}") from error


def unknown_files(folder: Traversable) -> Iterator[str]:
    """A line for each file that nobody would read, with what it may have been meant to be."""
    for name in names_in(folder):
        if name not in KNOWN:
            yield f"{name} is no file of a prompt{meant(name, KNOWN)}; there are {', '.join(KNOWN)}"


def only_told(folder: Path) -> list[str]:
    """The files of a prompt's folder that a model is told and rules know nothing of; a file of remarks is none."""
    templates = [folder / name for name in VARIABLES if (folder / name).is_file()]
    told = [file.name for file in templates if _REMARK.sub("", read_text(file)).strip()]
    return [*told, EXAMPLES] if (folder / EXAMPLES).is_dir() else told


_REMARK = re.compile(r"\{#.*?#\}", re.DOTALL)


def names_in(folder: Traversable) -> list[str]:
    """What lies in a folder, but for what is hidden and what editors leave."""
    names = sorted(each.name for each in folder.iterdir())
    return [name for name in names if not name.startswith((".", "#")) and not name.endswith("~")]


def invalid(name: str, faults: Sequence[str]) -> PromptInvalid:
    """The error that lists what is wrong with the prompt of this name."""
    return PromptInvalid(f"prompt {name!r} can't be used:\n" + "\n".join(f"- {fault}" for fault in faults))
