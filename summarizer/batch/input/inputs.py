"""The inputs of a run: files, folders, patterns, tables, lists of addresses and feeds, as one stream of items."""

from __future__ import annotations

import csv
import glob
import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Literal

from summarizer.batch.input.feeds import feed_items
from summarizer.batch.input.rows import Fields, csv_items, csv_rows, jsonl_items, parquet_items
from summarizer.batch.item import Item, content_key
from summarizer.batch.parquet import is_table
from summarizer.batch.result import encodable, is_output
from summarizer.errors import ReadingError, SettingsError, SourceEmpty, SourceNotFound, SourceUnsupported
from summarizer.reading.source.fetch import without_userinfo
from summarizer.reading.source.raw_source import is_address
from summarizer.reading.source.web_address import advice

Kind = Literal["article", "jsonl", "csv", "parquet", "feed", "json"]

KINDS: dict[str, Kind] = {
    **dict.fromkeys((".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".eml"), "article"),
    **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
    **dict.fromkeys((".csv", ".tsv"), "csv"),
    **dict.fromkeys((".parquet", ".pq"), "parquet"),
    **dict.fromkeys((".rss", ".atom", ".xml"), "feed"),
    ".json": "json",
}
"""What a file is, by its suffix. In a folder files of other suffixes are left aside."""

EARLIER = "of an earlier run"
"""What files are called that hold what this command writes."""

LIST_HEAD = 200
"""Lines of a .txt file by which it is told whether it is a list of addresses."""


@dataclass(frozen=True)
class Inputs:
    """What was named on the command line. Iterated over, it opens one thing after the other.

    `own` are files and folders that the run itself writes, which may stand in a folder that is read. `aside` counts
    the files that are none to read, by suffix, and those of earlier runs.
    """

    arguments: tuple[str, ...]
    feeds: tuple[str, ...] = ()
    fields: Fields = field(default_factory=Fields)
    allow_private_hosts: bool = False
    own: frozenset[Path] = frozenset()
    aside: Counter[str] = field(default_factory=Counter)

    def check(self) -> None:
        """Raises SettingsError when nothing was named, SourceNotFound for an argument that names nothing there is,
        SourceEmpty when there is no standard input."""
        if not self.arguments and not self.feeds:
            raise SettingsError("name what to read: files, folders, tables, addresses, or - for standard input")
        for argument in self.arguments:
            if argument == "-":
                _check_stdin()
            elif not is_address(argument) and not Path(argument).exists() and not any(_matches(argument)):
                raise SourceNotFound(_absent(argument))
        for feed in self.feeds:
            if not is_address(feed) and not Path(feed).exists() and advice(feed):
                raise SourceNotFound(_absent(feed))

    def __iter__(self) -> Iterator[Item]:
        for argument in self.arguments:
            if argument == "-":
                yield from jsonl_items(_stdin(), "-", self.fields)
            elif is_address(argument):
                yield _page(argument)
            else:
                for path in self._paths(argument, self.aside):
                    yield from self._opened(path, is_named=path == Path(argument))
        for feed in self.feeds:
            yield from self._feed(feed if is_address(feed) else Path(feed))

    def count(self) -> int | None:
        """How many there are, counted without reading articles; None when that can't be told beforehand."""
        if "-" in self.arguments or self.feeds:
            return None
        counts = [1 if is_address(argument) else self._count(argument) for argument in self.arguments]
        return None if None in counts else sum(filter(None, counts))

    def _paths(self, argument: str, aside: Counter[str]) -> Iterator[Path]:
        """The files that an argument stands for."""
        path = Path(argument)
        named = [path] if path.exists() else map(Path, sorted(_matches(argument)))
        for each in named:
            for file in _in_folder(each, aside) if each.is_dir() else [each]:
                resolved = Path(os.path.realpath(file))  # Path.resolve() raises where links go round in a circle
                if not self.own.isdisjoint((resolved, *resolved.parents)):
                    continue
                if _is_of_a_run(file):
                    aside[EARLIER] += 1
                else:
                    yield file

    def _opened(self, path: Path, *, is_named: bool) -> Iterator[Item]:
        """What is in a file. One that a folder happens to hold never ends the run."""
        name = encodable(str(path))
        try:
            yield from self._file(path, name)
        except OSError as error:
            yield Item(name, ReadingError(f"{name} can't be read: {error.strerror}"))
        except SettingsError as error:
            if is_named:
                raise
            yield Item(name, SourceUnsupported(str(error)))

    def _file(self, path: Path, name: str) -> Iterator[Item]:
        match KINDS.get(path.suffix.lower()):
            case "jsonl":
                yield from _jsonl(path, name, self.fields)
            case "csv":
                yield from csv_items(path, name, self.fields)
            case "parquet":
                yield from parquet_items(path, name, self.fields)
            case "feed":
                yield from self._feed(path)
            case "json":
                yield Item(name, SourceUnsupported(f"{name}: give it as JSONL, an object with a text a line."))
            case _ if _is_list(path):
                yield from _listed(path, name)
            case _:
                yield Item(name, path)

    def _feed(self, feed: str | Path) -> Iterator[Item]:
        yield from feed_items(feed, allow_private_hosts=self.allow_private_hosts)

    def _count(self, argument: str) -> int | None:
        counts = [_articles_in(path) for path in self._paths(argument, Counter())]
        return None if None in counts else sum(filter(None, counts))


# --- what an argument stands for --------------------------------------------------------------------------------


def _absent(argument: str) -> str:
    return f"{argument}: there is no such file or folder, and nothing matches it.{advice(argument)}"


def _matches(pattern: str) -> Iterator[str]:
    """Paths that match; none for what is no pattern."""
    return glob.iglob(pattern, recursive=True) if glob.has_magic(pattern) else iter(())  # noqa: PTH207  # Path.glob takes no absolute pattern


def _in_folder(folder: Path, aside: Counter[str]) -> Iterator[Path]:
    """Files to read in a folder and those below, in order; hidden ones are not looked at."""
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            suffix = Path(name).suffix.lower()
            if name.startswith("."):
                continue
            if suffix in KINDS and suffix != ".json":
                yield Path(parent, name)
            else:
                aside[suffix or "no suffix"] += 1


def _is_of_a_run(path: Path) -> bool:
    return is_table(path) if KINDS.get(path.suffix.lower()) == "parquet" else is_output(path)


def _page(address: str) -> Item:
    return Item(encodable(without_userinfo(address)), address)


def _jsonl(path: Path, name: str, fields: Fields) -> Iterator[Item]:
    with path.open("rb") as file:
        yield from jsonl_items(file, name, fields)


# --- lists of addresses -----------------------------------------------------------------------------------------


def _is_list(path: Path) -> bool:
    """Whether most of the first lines are addresses: an article may well begin with its own."""
    if path.suffix.lower() != ".txt":
        return False
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            lines = [line for _, line in islice(_list_lines(file), LIST_HEAD)]
    except OSError:  # which is said when it is read as an article
        return False
    return 2 * sum(map(is_address, lines)) > len(lines)


def _listed(path: Path, name: str) -> Iterator[Item]:
    with path.open(encoding="utf-8", errors="replace") as file:
        for number, line in _list_lines(file):
            place = f"{name}:{number}"
            yield (
                _page(line)
                if is_address(line)
                else Item(content_key(line), SourceUnsupported(f"{place} is no address: {line}.{advice(line)}"))
            )


def _list_lines(lines: Iterator[str]) -> Iterator[tuple[int, str]]:
    """Lines that say something, with their numbers; # begins a comment."""
    for number, line in enumerate(lines, 1):
        if (said := line.strip().removeprefix("\ufeff")) and not said.startswith("#"):
            yield number, said


# --- standard input ---------------------------------------------------------------------------------------------


def _check_stdin() -> None:
    if sys.stdin.isatty():
        raise SourceEmpty("nothing is piped in. Use it so: summarizer batch - -o OUT.jsonl < articles.jsonl")


def _stdin() -> BinaryIO:
    # A file of its own: the thread that reads it may still wait for a line when the process ends, and would hold the
    # lock that Python then wants of its own.
    return open(sys.stdin.fileno(), "rb", closefd=False)


# --- counting ---------------------------------------------------------------------------------------------------


def _articles_in(path: Path) -> int | None:
    """Articles in a file, told by its lines or its own figures; None when it has to be read for that."""
    try:
        match KINDS.get(path.suffix.lower()):
            case "jsonl":
                with path.open("rb") as file:
                    return sum(bool(line.strip()) for line in file)
            case "csv":
                with path.open(encoding="utf-8-sig", newline="") as file:
                    return sum(1 for _ in csv_rows(file))
            case "parquet":
                return _rows_in(path)
            case "feed":
                return None
            case _ if _is_list(path):
                with path.open(encoding="utf-8", errors="replace") as file:
                    return sum(1 for _ in _list_lines(file))
    except (OSError, ValueError, csv.Error, ImportError):  # which is said when it is read
        return None
    return 1


def _rows_in(path: Path) -> int:
    from pyarrow import parquet

    rows: int = parquet.read_metadata(path).num_rows
    return rows
