"""A page of the documentation in which a part between two comments is made from the code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def with_part(page: str, name: str, made: str) -> str:
    """The page with `made` between `<!-- name -->` and `<!-- /name -->`. Raises ValueError when it lacks them."""
    marked = re.compile(rf"(?<=<!-- {name} -->\n).*?(?=<!-- /{name} -->)", re.DOTALL)
    if not marked.search(page):
        raise ValueError(f"the page has no <!-- {name} --> with its end")
    return marked.sub(lambda _: f"{made.strip()}\n", page)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)
