"""Starting: the folder of a new prompt, which runs as it is and takes all that it lacks from one that ships."""

from __future__ import annotations

from pathlib import Path

from summarizer.errors import OutputFailed, PromptNotFound, meant
from summarizer.prompts.folders import load_prompt, shipped_prompts
from summarizer.prompts.prompt import Prompt
from summarizer.prompts.templates import EXTRA
from summarizer.settings import PROMPT_FILE
from summarizer.written import write_file


def write_prompt(folder: Path, base: str) -> Prompt:
    """Writes the folder of a prompt that extends the shipped one of the name `base`.

    Raises PromptNotFound, or OutputFailed where the folder holds something already.
    """
    if base not in shipped_prompts():
        raise PromptNotFound(
            f"no prompt {base!r} ships{meant(base, shipped_prompts())}; there are {', '.join(shipped_prompts())}. A "
            "folder of your own is whole: copy it."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        is_empty = not any(folder.iterdir())
    except OSError as error:
        raise OutputFailed(f"{folder}: {error.strerror}. Name another folder.") from error
    if not is_empty:
        raise OutputFailed(f"{folder} holds something already. Name another folder.")
    write_file(folder / PROMPT_FILE, _settings(load_prompt(base)))
    write_file(folder / EXTRA, RULES)
    return load_prompt(folder)


RULES = """\
{# What you write below is added to the system message. Between these signs stands a remark that is not sent, as in
   Headlines in sentence case. Sums of money with their currency. #}
"""


def _settings(base: Prompt) -> str:
    asked = ", ".join(f'"{name}"' for name in base.fields)
    return f"""\
# What is not said here is as in the prompt that this one extends: this one line is enough.
extends = "{base.name}"

# Goes into every record, beside a hash of all that is sent.
version = "1"

# For `summarizer prompts show`.
# description = "For the evening desk"

# The fields that a model is asked for. Take the sign before it away, and leave out what you do not need.
# fields = [{asked}]

# How many key points at most.
# max_points = {base.max_points}
"""
