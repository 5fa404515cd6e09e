"""A prompt: a folder of Markdown templates and a prompt.toml. Rendering never runs what an article says."""

from __future__ import annotations

import hashlib
import os
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field, ValidationError

from summarizer.answer_schema import answer_type
from summarizer.article import Article
from summarizer.errors import PromptInvalid, PromptNotFound, faults_of
from summarizer.record import Cited, Part
from summarizer.schemas.schema import Schema
from summarizer.settings import PROMPT_FILE

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.sandbox import SandboxedEnvironment

FIXED = frozenset({"fields", "max_points"})
"""What every template may use: the same for every article, so that the system message stays constant."""

ARTICLE_DATA = frozenset({"title", "authors", "published", "modified", "site", "genre", "sentences"})
"""What comes out of the article: inserted after the template has run, so no template code in it can."""

VARIABLES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "system.md": FIXED,
        "article.md": FIXED | ARTICLE_DATA | {"language"},
        "reask.md": FIXED | {"problems"},
        "merge.md": FIXED | ARTICLE_DATA - {"sentences"} | {"statements", "language"},
    }
)
"""Every file a prompt has besides prompt.toml, and the variables it may use."""

NEEDED: Mapping[str, str] = MappingProxyType(
    {
        "article.md": "sentences",  # or the model would not see the article
        "reask.md": "problems",  # or it would not learn what was wrong
        "merge.md": "statements",  # or it would not see what the parts say
    }
)


SCHEMA_PROMPT = "schema"
"""The prompt that ships for schemas of one's own."""


class PromptConfig(Part):
    """What prompt.toml holds."""

    version: str
    description: str
    extends: str | None = None
    """A prompt that ships, whose files stand in for those this folder lacks."""
    fields: tuple[str, ...]
    """Fields of the record to ask for; `five_ws.who` asks for a part of one."""
    max_points: int = Field(7, ge=1)


@dataclass(frozen=True)
class Prompt:
    """A prompt that has been read and found complete. `load_prompt` makes it."""

    name: str
    config: PromptConfig
    templates: Mapping[str, str] = field(repr=False)
    """Text of every template by its name."""
    schema: Schema | None = None
    """What is asked for in place of fields of the record."""

    @property
    def fields(self) -> tuple[str, ...]:
        """Fields of the record that are asked for."""
        return self.config.fields

    @property
    def max_points(self) -> int:
        """How many key points at most."""
        return self.config.max_points

    @property
    def version(self) -> str:
        """The version its author gave it."""
        return self.config.version

    @cached_property
    def answer(self) -> type[BaseModel]:
        """The type of the answer that this prompt asks for."""
        return self.schema.answer if self.schema else answer_type(self.fields, self.max_points)

    @property
    def part_answer(self) -> type[BaseModel]:
        """That of an answer on a part of a long article, which need not have everything."""
        return self.schema.partial_answer if self.schema else self.answer

    def asking(self, schema: Schema) -> Prompt:
        """The same prompt, asking for what `schema` has. Raises PromptInvalid for one that asks for fields of the
        record."""
        if self.fields:
            raise PromptInvalid(
                f"prompt {self.name!r} asks for fields of the record; a schema of your own is asked for with the "
                f'prompt {SCHEMA_PROMPT!r}, or one with extends = "{SCHEMA_PROMPT}" and fields = []'
            )
        return replace(self, schema=schema)

    @cached_property
    def sha256(self) -> str:
        """Hash of every file that makes the prompt."""
        parts = [self.config.model_dump_json(), *(f"{name}\0{text}" for name, text in sorted(self.templates.items()))]
        return hashlib.sha256("\0\0".join(parts).encode()).hexdigest()

    def system(self, fields: Sequence[str] | None = None) -> str:
        """The system message: the same for every article. `fields` instead of the prompt's own."""
        return self._fill("system.md", {"fields": _tops(self.fields if fields is None else fields)}, {})

    def article(self, article: Article, language: str | None) -> str:
        """The user message: the article as numbered sentences, fenced. `language` None means the article's own."""
        data = {**_known(article), "sentences": numbered(article)}
        return self._fill("article.md", {"language": language}, data)

    def merge(
        self, article: Article, fields: Sequence[str], statements: Sequence[Cited], language: str | None
    ) -> str:
        """The user message that has these `fields` made of `statements`, found in an article read in parts."""
        data = {**_known(article), "statements": "\n".join(stated(statement, article) for statement in statements)}
        return self._fill("merge.md", {"language": language, "fields": _tops(fields)}, data)

    def reask(self) -> str:
        """The message that meets an invalid answer, with `{problems}` where the list of them goes."""
        return self._fill("reask.md", {"problems": "{problems}"}, {})

    def _fill(self, template: str, settings: Mapping[str, Any], data: Mapping[str, str | None]) -> str:
        from jinja2 import TemplateError

        marks = {
            name: None if value is None else f"\ue000{at}\ue001" for at, (name, value) in enumerate(data.items())
        }
        fixed = {"fields": _tops(self.fields), "max_points": self.max_points}
        try:
            text = _compiled(self.templates[template]).render({**fixed, **settings, **marks})
        except TemplateError as error:
            raise PromptInvalid(f"prompt {self.name!r}, {template}: {error}") from error
        values = list(data.values())
        return re.sub("\ue000(\\d+)\ue001", lambda mark: values[int(mark[1])] or "", text).strip()


def _tops(fields: Sequence[str]) -> list[str]:
    """The fields of the record, where a part of one counts as the whole."""
    return list(dict.fromkeys(name.partition(".")[0] for name in fields))


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


# --- the article as data ----------------------------------------------------------------------------------------

# What would end the fence, or start a turn in the chat templates of common models (ChatML, Llama, Gemma, Mistral,
# DeepSeek): a server that is handed the text as one string might take it for its own.
_CONTROL = re.compile(
    r"(?<=[<＜])(?=\s*+(?:/\s*+)?(?:article|statements)\b|[|｜]|/?(?:s|bos|eos|think|start_of_turn|end_of_turn)>)"
    r"|(?<=\[)(?=/?(?:INST|SYSTEM_PROMPT|TOOL_CALLS|AVAILABLE_TOOLS)\])|(?<=<)(?=</?SYS>>)",
    re.IGNORECASE,
)


DOUBT = "(?)"
"""Stands before a sentence that may be none of the article's."""
DOUBTS_TOLD = (
    f"{DOUBT} marks sentences that may not belong to the article: adverts, teasers or comments of the page around it."
)


def as_data(text: str) -> str:
    """`text` on one line, with a space in whatever a model might take for the end of the article or of a turn."""
    return _CONTROL.sub(" ", " ".join(text.split()))


def _known(article: Article) -> dict[str, str | None]:
    """What is known of the article besides its text, as data; a change on the day of publication is none to tell."""
    is_later = (article.modified or "")[:10] != (article.published or "")[:10]
    known = {
        "title": article.title,
        "authors": ", ".join(article.authors) or None,
        "published": article.published,
        "modified": article.modified if is_later else None,
        "site": article.site,
        "genre": article.genre,
    }
    return {name: as_data(value) if value else None for name, value in known.items()}


def stated(statement: Cited, article: Article) -> str:
    """A statement in a line, behind the numbers of the sentences it rests on: `[12, 14] ...`."""
    return f"[{', '.join(map(str, cited_numbers(statement, article)))}] {as_data(statement.text)}"


def cited_numbers(statement: Cited, article: Article) -> list[int]:
    """Numbers of the sentences that a statement rests on."""
    return [number for span in statement.evidence if (number := article.number_of(span)) is not None]


def numbered(article: Article) -> str:
    """The article's sentences, one a line as `[12] ...`, a blank line between paragraphs, doubtful ones marked."""
    lines: list[str] = [DOUBTS_TOLD, ""] if any(s.number in article.doubtful for s in article.sentences) else []
    paragraph = None
    for sentence in article.sentences:
        if paragraph not in (None, sentence.paragraph):
            lines.append("")
        paragraph = sentence.paragraph
        mark = f"{DOUBT} " if sentence.number in article.doubtful else ""
        lines.append(f"[{sentence.number}] {mark}{as_data(article.text[sentence.start : sentence.end])}")
    return "\n".join(lines)


# --- folders ----------------------------------------------------------------------------------------------------


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
    config = _config(folder)
    templates = dict(load_prompt(config.extends).templates) if config.extends else {}
    templates |= _templates(folder)
    prompt = Prompt(name=folder.name, config=config, templates=MappingProxyType(templates))
    if faults := [*_faults(prompt)]:
        raise PromptInvalid(f"prompt {folder.name!r} can't be used:\n" + "\n".join(f"- {fault}" for fault in faults))
    return prompt


def shipped_folder() -> Traversable:
    """The folder of all that ships."""
    inside = files("summarizer") / "_prompts"  # in the wheel
    return inside if inside.is_dir() else Path(__file__).parent.parent / "prompts"


def _find(name: str | Path) -> Traversable:
    if isinstance(name, os.PathLike):
        return _own(Path(name))
    if not isinstance(name, str):
        raise PromptNotFound(f"a prompt is a name, a Path or a Prompt, not {type(name).__name__}")
    if name in shipped_prompts():
        return shipped_folder() / name
    raise PromptNotFound(
        f"no prompt {name!r} ships; there are {', '.join(shipped_prompts())}. One of your own is a folder with a "
        f"{PROMPT_FILE}, in Python a Path."
    )


def _own(folder: Path) -> Path:
    if (folder / PROMPT_FILE).is_file():
        return folder.resolve()
    if folder.is_dir():
        raise PromptInvalid(f"the folder {str(folder)!r} has no {PROMPT_FILE}, so it is no prompt")
    raise PromptNotFound(f"there is no folder {str(folder)!r}. Check the spelling and the working folder.")


def _config(folder: Traversable) -> PromptConfig:
    try:
        config = PromptConfig(**tomllib.loads(_text(folder / PROMPT_FILE)))
    except tomllib.TOMLDecodeError as error:
        raise PromptInvalid(f"{folder.name}/{PROMPT_FILE}: {error}") from error
    except ValidationError as error:
        raise PromptInvalid(f"{folder.name}/{PROMPT_FILE}: {faults_of(error)}") from None
    if config.extends and config.extends not in shipped_prompts():
        raise PromptInvalid(f"{folder.name}/{PROMPT_FILE}: extends {config.extends!r}, which is no prompt that ships")
    return config


def _templates(folder: Traversable) -> dict[str, str]:
    found = {name: folder / name for name in VARIABLES}
    return {name: _text(file) for name, file in found.items() if file.is_file()}


def _text(file: Traversable) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PromptInvalid(f"{file.name} can't be read: {error}") from error


def _faults(prompt: Prompt) -> Iterator[str]:
    """All that is wrong with a prompt, each in a line."""
    try:
        answer_type(prompt.fields)
    except KeyError as error:
        yield f"{PROMPT_FILE}: fields that the record lacks: {error.args[0]}"
    for name, variables in VARIABLES.items():
        if name in prompt.templates:
            yield from _template_faults(name, prompt.templates[name], variables)
        else:
            yield f'{name} is missing; write it, or take it from one that ships: extends = "news" in {PROMPT_FILE}'


def _template_faults(name: str, text: str, variables: frozenset[str]) -> Iterator[str]:
    from jinja2 import TemplateSyntaxError

    try:
        used = _variables(text)
    except TemplateSyntaxError as error:
        yield f"{name}, line {error.lineno}: {error.message}"
        return
    if unknown := sorted(used - variables):
        yield f"{name}: nothing fills {', '.join(unknown)}; there is {', '.join(sorted(variables))}"
    if (needed := NEEDED.get(name)) and needed not in used:
        yield f"{name}: {{{{ {needed} }}}} is missing"
