"""Loading: a schema that a command names, as `court.py:Verdict` or `recall.json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from summarizer.errors import SchemaInvalid
from summarizer.schemas.schema import Schema, schema_of


def load_schema(source: Any) -> Schema:
    """The schema in a file (a Path to JSON; to Python with a class behind a colon), or made of what is given.

    The Python file is run, as any import is. Raises SchemaInvalid.
    """
    return _in_file(source) if isinstance(source, Path) else schema_of(source)


def _in_file(path: Path) -> Schema:
    file, colon, name = str(path).rpartition(":")
    if colon and file.endswith(".py"):
        return schema_of(_class_in(Path(file), name))
    if path.suffix == ".py":
        raise SchemaInvalid(f"{path}: say which class of it is meant, as {path}:Verdict")
    try:
        return schema_of(_object_in(path))
    except SchemaInvalid as error:
        raise SchemaInvalid(f"{path}: {error}") from error


def _object_in(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SchemaInvalid(f"it can't be read: {error.strerror}. Check the spelling and the folder.") from error
    except ValueError as error:
        raise SchemaInvalid(f"this is no JSON: {error}") from error
    if not isinstance(found, dict):
        raise SchemaInvalid("a JSON schema is an object, with type and properties")
    return found


def _class_in(path: Path, name: str) -> Any:
    import importlib.util
    import sys

    if not path.is_file():
        raise SchemaInvalid(f"there is no file {str(path)!r}. Check the spelling and the working folder.")
    spec = importlib.util.spec_from_file_location(path.stem, path.resolve())
    if spec is None or spec.loader is None:
        raise SchemaInvalid(f"{path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(path.stem, module)  # where pydantic looks for the names in annotations
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise SchemaInvalid(f"{path} can't be run: {type(error).__name__}: {error}") from error
    if not hasattr(module, name):
        classes = [
            each for each, value in vars(module).items() if isinstance(value, type) and not each.startswith("_")
        ]
        raise SchemaInvalid(f"{path} has no {name!r}; it has {', '.join(classes) or 'no class'}")
    return getattr(module, name)
