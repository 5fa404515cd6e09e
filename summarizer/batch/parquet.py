"""The output as a Parquet table: a row a line, the parts most asked for as columns, and the whole record beside."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.batch.result import Head
from summarizer.errors import OutputFailed, SettingsError
from summarizer.jsonl_file import lines_of

if TYPE_CHECKING:
    import pyarrow

ROWS = 1000
"""Rows in memory at a time, and in a row group."""


def require_pyarrow() -> None:
    """Raises SettingsError when there is none, so that it is said before a run and not after."""
    try:
        import pyarrow  # noqa: F401  # only whether it is there
    except ImportError:
        raise SettingsError(
            "Parquet needs pyarrow, which is not installed: pip install 'checked-summarizer[parquet]'"
        ) from None


def write_table(output: Path, table: Path) -> None:
    """Writes the lines of `output` to `table`, whole or not at all. Raises OutputFailed."""
    import pyarrow
    from pyarrow import parquet

    schema = columns()
    new = table.with_name(f"{table.name}.new")
    rows = (row_of(json.loads(line)) for _, line in lines_of(output) if Head.of(line))
    try:
        with parquet.ParquetWriter(new, schema) as file:
            while some := [*islice(rows, ROWS)]:
                file.write_table(pyarrow.Table.from_pylist(some, schema))
        new.replace(table)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise OutputFailed(f"{table}: {error}. All records are in {output}.") from error


def is_table(path: Path) -> bool:
    """Whether the file is a table that was written here, by this version or another."""
    try:
        from pyarrow import ArrowException, parquet
    except ImportError:  # which is said when it is read
        return False
    try:
        return set(parquet.read_schema(path).names) >= {"key", "id", "same_as", "error", "record"}
    except (ArrowException, OSError):
        return False


def columns() -> pyarrow.Schema:
    """Names of the columns and their types."""
    import pyarrow

    text, texts, number = pyarrow.string(), pyarrow.list_(pyarrow.string()), pyarrow.int64()
    kinds = {"key_points": texts, "findings": texts, "tokens_in": number, "tokens_out": number}
    return pyarrow.schema([(name, kinds.get(name, text)) for name in row_of({"record": None, "error": None})])


def row_of(line: Mapping[str, Any]) -> dict[str, Any]:
    """A line, as its JSON says it, by columns."""
    record, error = line["record"] or {}, line["error"] or {}
    article, run = record.get("article", {}), record.get("run", {})
    return {
        **{name: line.get(name) for name in ("key", "id", "url", "same_as")},
        "status": record.get("status"),
        **{name: article.get(name) for name in ("title", "published", "language")},
        "headline": (record.get("headline") or {}).get("text"),
        "abstract": " ".join(_texts(record.get("abstract", ()))) or None,
        "key_points": [*_texts(record.get("key_points", ()))],
        "findings": [finding["code"] for finding in record.get("findings", ())],
        "model": run.get("model"),
        "tokens_in": run.get("tokens", {}).get("input"),
        "tokens_out": run.get("tokens", {}).get("output"),
        "error": error.get("type"),
        "error_message": error.get("message"),
        "record": json.dumps(record, ensure_ascii=False) if record else None,
    }


def _texts(parts: Any) -> Iterator[str]:
    return (part["text"] for part in parts)
