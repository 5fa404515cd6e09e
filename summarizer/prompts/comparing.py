"""Comparing: what one prompt says to a model, and another one does not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import unified_diff

from summarizer.prompts.prompt import Example, Prompt
from summarizer.prompts.templates import EXTRA, SYSTEM, VARIABLES
from summarizer.settings import PROMPT_FILE


def differences(old: Prompt, new: Prompt) -> Iterator[str]:
    """A unified diff of the settings and of all that is sent, line by line; nothing where both are the same."""
    before, after = _parts(old), _parts(new)
    for part in dict.fromkeys((*before, *after)):
        names = (f"{old.name}/{part}", f"{new.name}/{part}")
        yield from unified_diff(before.get(part, []), after.get(part, []), *names, lineterm="")


def _parts(prompt: Prompt) -> dict[str, list[str]]:
    """The lines of all that makes a prompt."""
    messages = {name: prompt.templates[name] for name in VARIABLES if name not in (SYSTEM, EXTRA)}
    examples = {f"example {example.name}": _example(prompt, example) for example in prompt.examples}
    texts = {PROMPT_FILE: _settings(prompt), "system message": prompt.system(), **messages, **examples}
    return {name: text.splitlines() for name, text in texts.items()}


def _settings(prompt: Prompt) -> str:
    """What prompt.toml comes to, a field that is asked for on each line."""
    config = prompt.config.model_dump(exclude={"fields"}, exclude_none=True)
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in config.items()]
    return "\n".join([*lines, "fields =", *(f"  {name}" for name in prompt.fields)])


def _example(prompt: Prompt, example: Example) -> str:
    answer = json.dumps(json.loads(example.answer), indent=1, ensure_ascii=False)
    return f"{prompt.shown(example)}\n{answer}"
