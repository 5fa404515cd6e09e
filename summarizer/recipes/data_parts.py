"""A schema of one's own on a long article: each part fills what it has, and one set of data is made of all."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

from summarizer.article import Article
from summarizer.checking.analysis import ArticleAnalysis
from summarizer.checking.data_checks import ground_data
from summarizer.errors import AnswerInvalid, path_of
from summarizer.prompts import Prompt
from summarizer.recipes.base import Steps, with_findings
from summarizer.recipes.data_merging import PartData, merged_data
from summarizer.recipes.long import PartsReading, Plan
from summarizer.schemas.schema import Filled, Schema


def data_in_parts(article: Article, prompt: Prompt, language: str | None, planned: Plan) -> Steps:
    """Asks for each part and joins what they have. Raises AnswerInvalid where the whole lacks what it must have."""
    assert prompt.schema is not None  # or the record's own recipe is taken
    reading = PartsReading(article, prompt, language, planned)
    answers: list[Any] = yield from reading.parts()
    merged = merged_data([PartData(answer.data.wire, answer.evidence) for answer in answers])
    filled = Filled(merged.data, _read(merged.data, prompt.schema, article))
    analysis = ArticleAnalysis(article)
    content = ground_data(filled, merged.evidence, prompt.schema.form, analysis, reading.problems, language=language)
    return with_findings(content, *merged.findings, *reading.findings("and one set of data was made of all"))


def _read(data: Any, schema: Schema, article: Article) -> Any:
    try:
        return schema.read(data, {"article": article})
    except ValidationError as error:
        lacking = "; ".join(f"{path_of(detail['loc'])}: {detail['msg']}" for detail in error.errors())
    except ValueError as error:
        lacking = str(error)
    raise AnswerInvalid(
        f"The article was read in parts, and what they say together does not fit the schema: {lacking}. Make fields "
        "optional that an article may not tell.",
        answer=json.dumps(data, ensure_ascii=False),
    )
