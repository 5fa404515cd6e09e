"""The folders of the package, each by the sentence that it opens with."""

from __future__ import annotations

import ast
from pathlib import Path

from docgen.page import ROOT, table

PACKAGE = ROOT / "summarizer"


def folder_reference() -> str:
    """A row a folder, those within a folder behind it."""
    inits = sorted(path for path in PACKAGE.rglob("__init__.py") if path.parent != PACKAGE)
    return table(("folder", "what it is"), [(f"`{_name(init)}/`", _idea(init)) for init in inits])


def _name(init: Path) -> str:
    return init.parent.relative_to(PACKAGE).as_posix()


def _idea(init: Path) -> str:
    told = ast.get_docstring(ast.parse(init.read_text(encoding="utf-8"))) or ""
    return " ".join(told.partition("\n\n")[0].split())
