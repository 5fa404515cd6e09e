"""Prompts: what a model is told, as folders of Markdown templates, and the article beside it as data."""

from typing import TYPE_CHECKING

from summarizer.lazy import lazily

if TYPE_CHECKING:
    from summarizer.prompts.article_data import DOUBT, DOUBTS_TOLD, as_data, cited_numbers, numbered, stated
    from summarizer.prompts.comparing import differences
    from summarizer.prompts.files import only_told
    from summarizer.prompts.folders import load_prompt, shipped_folder, shipped_prompts
    from summarizer.prompts.prompt import SCHEMA_PROMPT, Example, Prompt, PromptConfig
    from summarizer.prompts.starting import write_prompt

_HOMES = {
    "DOUBT": "article_data",
    "DOUBTS_TOLD": "article_data",
    "Example": "prompt",
    "Prompt": "prompt",
    "PromptConfig": "prompt",
    "SCHEMA_PROMPT": "prompt",
    "as_data": "article_data",
    "cited_numbers": "article_data",
    "differences": "comparing",
    "load_prompt": "folders",
    "numbered": "article_data",
    "only_told": "files",
    "shipped_folder": "folders",
    "shipped_prompts": "folders",
    "stated": "article_data",
    "write_prompt": "starting",
}

__all__ = [
    "DOUBT",
    "DOUBTS_TOLD",
    "SCHEMA_PROMPT",
    "Example",
    "Prompt",
    "PromptConfig",
    "as_data",
    "cited_numbers",
    "differences",
    "load_prompt",
    "numbered",
    "only_told",
    "shipped_folder",
    "shipped_prompts",
    "stated",
    "write_prompt",
]

__getattr__ = lazily(__name__, _HOMES)


def __dir__() -> list[str]:
    return __all__
