"""A line: what one article of many came to, a record or an error, with the key it was given by."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from summarizer.article import Article
from summarizer.errors import ModelError, OutputFailed
from summarizer.jsonl_file import lines_of
from summarizer.record import TIMEOUT, ArticleInfo, Call, Part, Summary

BLANK = b" \t\r\n\0"
"""What a line that says nothing is made of: a crash of the machine leaves NULs."""

FIRST_LINES = 20
"""Lines of a file by which it is told whether it is an output."""


def encodable(text: str) -> str:
    """`text` with a question mark for what has no place in UTF-8, as the bytes of some file names and half a pair of
    surrogates in JSON."""
    return text.encode(errors="replace").decode()


def first_few(things: Iterable[object]) -> str:
    """The first five of them."""
    first = [str(thing) for thing in islice(things, 6)]
    return ", ".join(first[:5]) + (" ..." if len(first) > 5 else "")


class Failure(Part):
    """Why there is no record: the name of the error's class, what it says, and what was spent."""

    type: str
    message: str
    calls: tuple[Call, ...] = ()

    @property
    def timed_out(self) -> bool:
        """Whether no answer came in time, however often it was asked for."""
        return bool(self.calls) and all(call.outcome == TIMEOUT for call in self.calls)

    @classmethod
    def of(cls, error: Exception) -> Failure:
        """The error in words."""
        calls = error.calls if isinstance(error, ModelError) else ()
        return cls(type=type(error).__name__, message=encodable(str(error)), calls=calls)


class BatchResult(Part):
    """One line of the output: exactly one of `record` and `error` is there."""

    key: str
    """The path, the address, the row's id, or a hash of the content; never a position."""
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

    def under(self, key: str, url: str | None, article: Article | None, *, with_text: bool) -> BatchResult:
        """The same for another key, at no cost; `article` is how that one was read, if it was."""
        update: dict[str, object] = {"key": key, "url": url, "same_as": self.same_as or self.key}
        if self.error:
            update["error"] = self.error.model_copy(update={"calls": ()})
        if self.record and article:
            info = ArticleInfo.of(article, with_text=with_text)
            update["record"] = self.record.model_copy(update={"article": info})
        return self.model_copy(update=update)


@dataclass(frozen=True, slots=True)
class Head:
    """What a line is of, without what it says."""

    key: str
    id: str | None
    job: str
    url: str | None
    failed: str | None

    @classmethod
    def of(cls, line: bytes) -> Head | None:
        """Read without building the record, which takes ten times as long; None for a line of something else, or a
        blank or torn one."""
        try:
            fields = json.loads(line)
            error, _ = fields["error"], fields["record"]
            head = cls(fields["key"], fields["id"], fields["job"], fields["url"], error["type"] if error else None)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
        texts = [head.key, head.job, *(text for text in (head.id, head.url, head.failed) if text is not None)]
        return head if all(isinstance(text, str) for text in texts) else None


def heads_of(path: Path) -> Iterator[tuple[int, Head | None]]:
    """The head of every whole line, with the byte it stands at."""
    return ((start, Head.of(line)) for start, line in lines_of(path))


def is_output(path: Path) -> bool:
    """Whether the file holds the lines of a run, this one or another."""
    try:
        return any(head for _, head in islice(heads_of(path), FIRST_LINES))
    except OutputFailed:  # which is said when it is read
        return False


def refuse_other(path: Path) -> None:
    """Raises OutputFailed for a file that holds something, and not one line of a batch: it is somebody's."""
    if not path.is_file() or any(head for _, head in heads_of(path)):
        return
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.strip(BLANK) and (line.endswith(b"\n") or not line.startswith(b'{"key":')):
                raise OutputFailed(f"{path}, line {number} is no line of a batch. Name another file.")
