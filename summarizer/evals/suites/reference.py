"""The reference: answers that a careful reader wrote, served as a model. With the floor it brackets every model.

An answer cites a sentence by the sentence's own words, not by its number, so that it survives a new numbering.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from summarizer.answer_schema import wire_schema
from summarizer.article import Article
from summarizer.errors import AnswerEmpty, AnswerInvalid
from summarizer.evals.suites.source_text import spaced
from summarizer.evidence import Grounding
from summarizer.faults import faults_of
from summarizer.models.base import Reply, Request, Stateless
from summarizer.record import Call
from summarizer.settings import RecipeName

REFERENCE = "reference"
"""The name of this model in evals."""

EVIDENCE = "evidence"


class ReferenceModel(Stateless):
    """Answers for one article from a file, with so many key points at most (None: all that are there).

    Raises AnswerEmpty when there is no answer for the article, and AnswerInvalid when it cites a sentence that the
    article does not have, or lacks a field that the prompt asks for.
    """

    name = REFERENCE
    recipe: RecipeName = "one_request"
    context_tokens = 1_000_000

    def __init__(self, file: Path, article: Article, max_points: int | None = None) -> None:
        self.file = file
        self.article = article
        self.max_points = max_points

    def complete(self, request: Request) -> Reply:
        """The answer."""
        text = self.answer(request.answer)
        call = Call(
            purpose=request.purpose, tokens_in=None, tokens_cached=None, tokens_out=None, seconds=0.0, outcome="ok"
        )
        return Reply(text, (call,))

    def answer(self, wanted: type[BaseModel]) -> str:
        """The answer as JSON, in the sentence numbers of today and cut to the fields and points that are wanted."""
        try:
            stored = json.loads(self.file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise AnswerEmpty(f"{self.file} is not there: nobody has written an answer for this article") from None
        except (OSError, ValueError) as error:
            raise AnswerInvalid(f"{self.file}: {error}", answer="") from error
        schema = wire_schema(wanted)
        if lacking := [name for name in schema["properties"] if name not in stored]:
            raise AnswerInvalid(f"{self.file} lacks what the prompt asks for: {', '.join(lacking)}", answer="")
        text = json.dumps(_asked_for(self._numbered(stored), schema, self.max_points), ensure_ascii=False)
        self._validate(wanted, text)
        return text

    def _numbered(self, part: Any) -> Any:
        if isinstance(part, list):
            return [self._numbered(item) for item in part]
        if not isinstance(part, Mapping):
            return part
        return {
            key: [self._number(said) for said in value] if key == EVIDENCE else self._numbered(value)
            for key, value in part.items()
        }

    def _number(self, said: str) -> int:
        for sentence in self.article.sentences:
            if spaced(self.article.text[sentence.start : sentence.end]) == spaced(said):
                return sentence.number
        raise AnswerInvalid(
            f"{self.file} cites a sentence that the article does not have any more: {said!r}", answer=""
        )

    def _validate(self, answer: type[BaseModel], text: str) -> None:
        try:
            answer.model_validate_json(text, context=Grounding(article=self.article))
        except ValidationError as error:
            raise AnswerInvalid(
                f"{self.file} does not fit what the prompt asks for: {faults_of(error)}", answer=text
            ) from None


def _asked_for(answer: dict[str, Any], schema: Mapping[str, Any], max_points: int | None) -> dict[str, Any]:
    """The fields of the answer that the schema has, and its first points: a prompt may ask for fewer."""
    kept = {name: answer[name] for name in schema["properties"] if name in answer}
    questions = schema.get("$defs", {}).get("FiveWs", {}).get("properties")
    if questions and "five_ws" in kept:
        kept["five_ws"] = {name: kept["five_ws"].get(name) for name in questions}
    if "key_points" in kept:
        kept["key_points"] = kept["key_points"][:max_points]
    return kept
