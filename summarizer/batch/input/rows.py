"""Tables as items: a row of JSONL, CSV or Parquet is an article's text, or the address of one."""

from __future__ import annotations

import codecs
import csv
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from summarizer.batch.item import Item, content_key
from summarizer.batch.result import encodable
from summarizer.errors import SettingsError, SourceEmpty, SourceUnsupported
from summarizer.reading.source.fetch import without_userinfo
from summarizer.reading.source.raw_source import is_address

PARQUET_ROWS = 64
"""Rows in memory at a time."""

MORE = "\0"
"""Stands for the column of fields that no column is named for."""

ESCAPED = re.compile(r'\\([\\"])')


@dataclass(frozen=True)
class Fields:
    """Names of the columns."""

    text: str = "text"
    title: str = "title"
    url: str = "url"
    id: str = "id"
    date: str = "date"

    def check(self, columns: Collection[str], name: str) -> None:
        """Raises SettingsError when the columns can't hold an article."""
        if columns and self.text not in columns and self.url not in columns:
            raise SettingsError(
                f"{name} has neither a column {self.text!r} nor {self.url!r}, but: {', '.join(map(str, columns))}. "
                "Name the one that holds the articles with --text-field, or their addresses with --url-field."
            )

    def item(self, row: Mapping[str, Any], place: str) -> Item:
        """The row as an item: its text, else the page at its address. `place` is where an error is said to be."""
        text, title, url, id_, date_ = (
            _written(row.get(name)) for name in (self.text, self.title, self.url, self.id, self.date)
        )
        key = id_ or (without_userinfo(url) if url else None)
        if text:
            # As bytes, for a text that looks like a path or an address must not be opened; and with a mark, so that
            # its charset is not guessed.
            content = codecs.BOM_UTF8 + text.encode()
            return Item(key or content_key(title or "", text, date_ or ""), content, title, url, date_)
        if key and url and is_address(url):
            return Item(key, url, title, None, date_)
        has = ", ".join(map(str, row)) or "nothing"
        missing = f"{place}: nothing to read in {self.text!r}, and no address in {self.url!r}; the row has: {has}"
        unread = SourceEmpty(encodable(f"{missing}. Name the fields with --text-field and --url-field."))
        return Item(key or _row_key(row), unread)


def jsonl_items(lines: Iterable[bytes], name: str, fields: Fields) -> Iterator[Item]:
    """A JSON object a line; blank lines are passed over."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _json_item(line, f"{name}:{number}", fields)


def _json_item(line: bytes, place: str, fields: Fields) -> Item:
    key = content_key(line.strip())
    try:
        row = json.loads(line)
    except ValueError as error:  # no UTF-8 is one, too
        return Item(key, SourceUnsupported(f"{place}: no JSON: {error}"))
    except RecursionError:
        return Item(key, SourceUnsupported(f"{place}: JSON in more layers than can be read"))
    if not isinstance(row, dict):
        return Item(key, SourceUnsupported(f"{place}: a {type(row).__name__}, not an object with fields"))
    return fields.item(row, place)


def csv_items(path: Path, name: str, fields: Fields) -> Iterator[Item]:
    """A row a record; the first one names the columns, which commas, semicolons or tabs part. A row that has more or
    fewer fields than there are columns is an error, since nobody knows what of it belongs where.

    Raises SettingsError when there is neither a column of texts nor one of addresses.
    """
    place = name
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv_rows(file)
            fields.check(rows.fieldnames or (), name)
            while (place := f"{name}:{rows.line_num + 1}") and (row := next(rows, None)) is not None:
                yield _ragged(row, place) or fields.item(row, place)
    except UnicodeDecodeError:
        yield Item(name, SourceUnsupported(f"{name}: not UTF-8 from here on. Save it as UTF-8."))
    except csv.Error as error:
        advice = "A quote within quotes is written twice."
        yield Item(name, SourceUnsupported(f"{name}: no CSV from the row at {place} on: {error}. {advice}"))


def _ragged(row: Mapping[str, Any], place: str) -> Item | None:
    """The row as an error when its fields are not those of the columns; empty ones at its end do no harm."""
    has_more = any(field.strip() for field in row.get(MORE, ()))
    if not has_more and None not in row.values():
        return None
    said = f"{place}: {'more' if has_more else 'fewer'} fields than the first row names columns, so none is read"
    advice = "A text with commas or line breaks in it stands in quotes."
    return Item(_row_key(row), SourceUnsupported(f"{said}. {advice}"))


def csv_rows(file: TextIO) -> csv.DictReader[str]:
    """The rows of a file that is open at its beginning. Iterating raises csv.Error where a quote is out of place."""
    csv.field_size_limit(2**31 - 1)  # the module's own limit is shorter than long articles
    head = file.readline()
    delimiter = max(",;\t", key=head.count)
    is_escaped = not _is_whole(file, delimiter, lambda line: line) and _is_whole(file, delimiter, _quotes_doubled)
    file.seek(0)
    lines = map(_quotes_doubled, file) if is_escaped else file
    return csv.DictReader(lines, delimiter=delimiter, restkey=MORE, strict=True)


def _is_whole(file: TextIO, delimiter: str, mended: Callable[[str], str]) -> bool:
    """Whether no quote is out of place anywhere; what is no UTF-8 is said when it is read."""
    file.seek(0)
    try:
        for _ in csv.reader(map(mended, file), delimiter=delimiter, strict=True):
            pass
    except csv.Error:
        return False
    except UnicodeDecodeError:
        return True
    return True


def _quotes_doubled(line: str) -> str:
    """A line of the dialect that puts a backslash before quotes and backslashes, as other files have it."""
    return ESCAPED.sub(lambda found: {'"': '""', "\\": "\\"}[found[1]], line)


def parquet_items(path: Path, name: str, fields: Fields) -> Iterator[Item]:
    """A row a record. Raises SettingsError as `csv_items` does, and when pyarrow is missing."""
    try:
        from pyarrow import ArrowException, parquet
    except ImportError:
        raise SettingsError(
            f"{name}: Parquet needs pyarrow, which is not installed: pip install 'checked-summarizer[parquet]'"
        ) from None
    try:
        with parquet.ParquetFile(path) as file:
            fields.check(file.schema_arrow.names, name)
            wanted = [column for column in file.schema_arrow.names if column in vars(fields).values()]
            batches = file.iter_batches(PARQUET_ROWS, columns=wanted)
            for number, row in enumerate((row for batch in batches for row in batch.to_pylist()), 1):
                yield fields.item(row, f"{name}:{number}")
    except (ArrowException, OSError) as error:
        yield Item(name, SourceUnsupported(f"{name}: no Parquet that can be read: {error}"))


def _row_key(row: Mapping[str, Any]) -> str:
    return content_key(json.dumps(row, default=str))


def _written(value: Any) -> str | None:
    """What a cell says; None for an empty one."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, date):  # and datetime, which is one
        value = value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    return (encodable(value).strip() or None) if isinstance(value, str) else None
