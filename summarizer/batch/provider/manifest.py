"""The manifest: what a folder of exported requests is of, and how far the provider is with each of its files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from summarizer.article import Article
from summarizer.errors import SettingsError
from summarizer.faults import faults_of
from summarizer.jsonl_file import AppendOnlyFile, lines_of
from summarizer.models.openai.batches import BatchState
from summarizer.record import Part
from summarizer.settings import Settings, named_prompt
from summarizer.written import write_file


class RequestFile(Part):
    """One file of requests, and the batch that the provider makes of it."""

    name: str
    requests: int
    file_id: str | None = None
    """What the provider calls it, once it is uploaded."""
    batch: BatchState | None = None


class Manifest(Part):
    """What the requests were made by, so that their answers are checked by the same, and where lines go."""

    version: Literal[1] = 1
    job: str
    model: str
    base_url: str | None
    prompt: str
    language: str | None
    max_tokens: int
    context_tokens: int
    lines: str
    """The file of the lines, as `summarizer batch` writes it."""
    files: tuple[RequestFile, ...]

    def settings(self) -> Settings:
        """Those of the export, also what it left open; the key, and what decides no record, are of today."""
        decided: dict[str, Any] = {
            "model": self.model,
            "base_url": self.base_url,
            "prompt": named_prompt(self.prompt),
            "recipe": "one_request",
            "language": self.language,
            "max_tokens": self.max_tokens,
            "context_tokens": self.context_tokens,
        }
        return Settings.load(**decided).model_copy(update=decided)

    def changed(self, number: int, **changes: Any) -> Manifest:
        """With something new about file `number`."""
        files = [*self.files]
        files[number] = files[number].model_copy(update=changes)
        return self.model_copy(update={"files": tuple(files)})


class AskedItem(Part):
    """An article that is asked about, under one of its keys; `id` is the `custom_id` of its request."""

    id: str
    key: str
    url: str | None
    article: Article


@dataclass(frozen=True)
class Folder:
    """The folder of an export: requests, articles, answers and the manifest, which is written last."""

    path: Path

    @property
    def articles(self) -> Path:
        """Each article as it was read, with its key: JSON lines."""
        return self.path / "articles.jsonl"

    @property
    def default_lines(self) -> Path:
        """Where lines go unless another file is named."""
        return self.path / "records.jsonl"

    @cached_property
    def _manifest(self) -> Path:
        return self.path / "manifest.json"

    @property
    def is_exported(self) -> bool:
        """Whether the export came to its end."""
        return self._manifest.exists()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keeps other commands out of the folder meanwhile: two that submit at a time would pay twice. Raises
        OutputFailed when one is at work in it."""
        with closing(AppendOnlyFile(self.path / "lock", alone=True)):
            yield

    def requests(self, number: int) -> Path:
        """Where file `number` of requests is put."""
        return self.path / f"requests-{number + 1:03}.jsonl"

    def load(self) -> Manifest:
        """Raises SettingsError for a folder without one that this version can read."""
        try:
            return Manifest.model_validate_json(self._manifest.read_bytes())
        except FileNotFoundError:
            raise SettingsError(f"{self.path} holds no finished export: there is no {self._manifest.name}") from None
        except ValidationError as error:
            raise SettingsError(f"{self._manifest} can't be read: {faults_of(error)}") from None

    def save(self, manifest: Manifest) -> Manifest:
        """Replaces it, so that a kill leaves the old one or the new one. Gives back what it was given."""
        write_file(self._manifest, manifest.model_dump_json(indent=1))
        return manifest

    def asked(self) -> Iterator[AskedItem]:
        """The articles, one after the other; none where there is nothing to ask. Raises SettingsError for a line
        that can't be read."""
        for number, (_, line) in enumerate(lines_of(self.articles) if self.articles.exists() else (), 1):
            try:
                yield AskedItem.model_validate_json(line)
            except ValidationError as error:
                raise SettingsError(f"{self.articles}, line {number} can't be read: {faults_of(error)}") from None

    def answers(self, number: int) -> tuple[Path, Path]:
        """Where the answers and the errors of file `number` are put."""
        return self.path / f"answers-{number + 1:03}.jsonl", self.path / f"errors-{number + 1:03}.jsonl"
