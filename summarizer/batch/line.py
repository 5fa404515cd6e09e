"""A line: what one article of many came to, a record or an error, with the key it was given by."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from summarizer.appended import lines_of
from summarizer.article import Article
from summarizer.errors import ModelError, OutputFailed
from summarizer.summary import ArticleInfo, Call, Part, Summary


def encodable(text: str) -> str:
    """`text` with a question mark for what has no place in UTF-8, as the bytes of some file names and half a pair of
    surrogates in JSON."""
    return text.encode(errors="replace").decode()


class Failure(Part):
    """Why there is no record: the name of the error's class, what it says, and what was spent."""

    type: str
    message: str
    calls: tuple[Call, ...] = ()

    @classmethod
    def of(cls, error: Exception) -> Failure:
        """The error in words."""
        calls = error.calls if isinstance(error, ModelError) else ()
        return cls(type=type(error).__name__, message=encodable(str(error)), calls=calls)


class Line(Part):
    """One line of the output: exactly one of `record` and `error` is there."""

    key: str
    """The path, the address, the row's id, or FILE:LINE."""
    id: str | None
    """Hash of the article and of the job; None when the article could not be read."""
    job: str
    """Hash of all that decides the record besides the article: model, prompt, schema, language and recipe."""
    url: str | None = None
    """The address that was fetched."""
    same_as: str | None = None
    """The key under which the same article was asked: this line cost nothing."""
    error: Failure | None = None
    record: Summary | None = None

    def under(self, key: str, url: str | None, article: Article | None) -> Line:
        """The same for another key, at no cost; `article` is how that one was read, if it was."""
        update: dict[str, object] = {"key": key, "url": url, "same_as": self.same_as or self.key}
        if self.error:
            update["error"] = self.error.model_copy(update={"calls": ()})
        if self.record and article:
            update["record"] = self.record.model_copy(update={"article": ArticleInfo.of(article)})
        return self.model_copy(update=update)


def read_lines(path: Path) -> Iterator[Line]:
    """The lines of a finished or unfinished output. Raises OutputFailed for a file of something else."""
    for number, (_, text) in enumerate(lines_of(path), 1):
        try:
            yield Line.model_validate_json(text)
        except ValidationError:
            raise OutputFailed(f"{path}, line {number} is no line of a batch. Name another file.") from None
