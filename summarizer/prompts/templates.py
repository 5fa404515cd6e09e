"""Templates: the files of a prompt that are sent, and what each may use. What an article says never runs as one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.sandbox import SandboxedEnvironment

FIXED = frozenset({"fields", "max_points"})
"""What every template may use: the same for every article, so that the system message stays constant."""

ARTICLE_DATA = frozenset({"title", "authors", "published", "modified", "site", "genre", "sentences"})
"""What comes out of the article: inserted after the template has run, so no template code in it can."""

SYSTEM = "system.md"

EXTRA = "extra.md"
"""What a prompt adds to the system message, which may be that of the prompt it extends. The only one it can lack."""

VARIABLES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        SYSTEM: FIXED,
        EXTRA: FIXED,
        "article.md": FIXED | ARTICLE_DATA | {"language"},
        "reask.md": FIXED | {"problems"},
        "merge.md": FIXED | ARTICLE_DATA - {"sentences"} | {"statements", "language"},
    }
)
"""Every template, and the variables it may use."""

NEEDED: Mapping[str, str] = MappingProxyType(
    {
        "article.md": "sentences",  # or the model would not see the article
        "reask.md": "problems",  # or it would not learn what was wrong
        "merge.md": "statements",  # or it would not see what the parts say
    }
)


def filled(text: str, settings: Mapping[str, Any], data: Mapping[str, str | None]) -> str:
    """The template with its variables; `data` is put in after it has run. Raises jinja2's TemplateError."""
    marks = {name: None if value is None else f"\ue000{at}\ue001" for at, (name, value) in enumerate(data.items())}
    values = list(data.values())
    run = _compiled(text).render({**settings, **marks})
    return re.sub("\ue000(\\d+)\ue001", lambda mark: values[int(mark[1])] or "", run).strip()


def template_faults(name: str, text: str) -> Iterator[str]:
    """All that is wrong with the template of this name, each in a line."""
    from jinja2 import TemplateSyntaxError

    try:
        used = _variables(text)
    except TemplateSyntaxError as error:
        yield f"{name}, line {error.lineno}: {error.message}"
        return
    if unknown := sorted(used - VARIABLES[name]):
        yield f"{name}: nothing fills {', '.join(unknown)}; there is {', '.join(sorted(VARIABLES[name]))}"
    if (needed := NEEDED.get(name)) and needed not in used:
        yield f"{name}: {{{{ {needed} }}}} is missing"


@cache
def _environment() -> SandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


# Both by the text of a template, not by its file: thousands of articles share one prompt, and a file that was edited
# meanwhile is another text.
@lru_cache(maxsize=64)
def _compiled(text: str) -> Template:
    return _environment().from_string(text)


@lru_cache(maxsize=64)
def _variables(text: str) -> frozenset[str]:
    from jinja2 import meta

    return frozenset(meta.find_undeclared_variables(_environment().parse(text)))
