"""What a file says of its text in fields above it: front matter in YAML, TOML or JSON, and the head of a reader."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from summarizer.reading.header.bylines import people
from summarizer.reading.header.metadata import Metadata, Preamble
from summarizer.reading.header.timestamps import any_date

LONGEST = 20_000
"""Characters of front matter."""

_FENCED = re.compile(
    r"\A\s*(?:(?P<yaml>---)|(?P<toml>\+\+\+)|(?P<json>;;;))[ \t]*\n(?P<fields>.*?)\n"
    r"(?(yaml)(?:---|\.\.\.)|(?(toml)\+\+\+|;;;))[ \t]*(?:\n|\Z)",
    re.DOTALL,
)
_READER_FIELD = re.compile(
    r"\s*+(?P<key>title|url source|url|source|author|authors|byline|published time|published date|published|date|site"
    r"|score|id|image|favicon|description|language|number of pages|warning)[ \t]*+:[ \t]*+(?P<value>[^\n]*+)\n",
    re.IGNORECASE,
)
_READER_END = re.compile(r"\s*(?:markdown content|content|text|highlights)[ \t]*:[ \t]*\n?", re.IGNORECASE)
FEWEST_FIELDS = 2
"""Fields at the head of a text, the first of them its title, that no article has."""

_KEYS = {
    "title": ("title", "headline"),
    "authors": ("author", "authors", "byline", "creator"),
    "published": (
        "date",
        "published",
        "published time",
        "published date",
        "datepublished",
        "pubdate",
        "publishdate",
        "created",
    ),
    "modified": ("modified", "updated", "lastmod", "datemodified", "last modified"),
    "url": ("url source", "url", "source", "canonical", "canonical url", "canonicalurl", "link", "permalink"),
    "site": ("site", "sitename", "site name", "publisher", "publication"),
    "language": ("lang", "language", "locale"),
}


def front_matter(text: str) -> Preamble | None:
    """The fields above a text; None where it begins at once."""
    if fenced := _FENCED.match(text[:LONGEST]):
        read = _toml if fenced["toml"] else _json if fenced["json"] else _yaml
        fields = read(fenced["fields"])
        return Preamble(fenced.end(), _metadata(fields)) if fields.keys() - {""} else None
    return _object(text) or _head_of_reader(text)


def _object(text: str) -> Preamble | None:
    """An object in JSON above a text."""
    start = len(text) - len(text.lstrip())
    if text[start : start + 1] != "{":
        return None
    try:
        fields, end = json.JSONDecoder(strict=False).raw_decode(text[:LONGEST], start)
    except (ValueError, RecursionError):
        return None
    is_above = bool(re.match(r"[ \t]*\n", text[end:])) and bool(text[end:].strip())
    return Preamble(end, _metadata(fields)) if is_above and "title" in map(str.lower, fields) else None


def _head_of_reader(text: str) -> Preamble | None:
    """`Title:`, `URL Source:` and the like, as tools write them that read pages for models."""
    fields: dict[str, str] = {}
    at = 0
    while match := _READER_FIELD.match(text, at):
        if not fields and match["key"].lower() != "title":
            return None
        fields.setdefault(match["key"].lower(), match["value"])
        at = match.end()
    end = _READER_END.match(text, at)
    is_head = len(fields) >= FEWEST_FIELDS or (bool(fields) and end is not None)
    return Preamble(end.end() if end else at, _metadata(fields)) if is_head else None


def _toml(text: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}


def _json(text: str) -> Mapping[str, Any]:
    try:
        fields = json.loads(text if text.lstrip().startswith("{") else f"{{{text}}}", strict=False)
    except (ValueError, RecursionError):
        return {}
    return fields if isinstance(fields, dict) else {}


_YAML_FIELD = re.compile(
    r"(?P<indent>[ \t]*+)(?P<dash>- ++)?(?:(?P<key>[\w -]{1,60}?)[ \t]{0,20}:(?:[ \t]++|$))?(?P<value>.*+)"
)


def _yaml(text: str) -> Mapping[str, Any]:
    """The fields of the first level with their values, lists and blocks; a name within an item stands for it."""
    fields: dict[str, list[str]] = {}
    key = ""
    for line in text.split("\n"):
        match = _YAML_FIELD.fullmatch(line.rstrip())
        if match is None or not line.strip() or line.lstrip().startswith("#"):
            continue
        if match["key"] and not match["indent"] and not match["dash"]:
            key = match["key"].lower()
            fields[key] = []
        elif match["key"] and match["key"].lower() != "name":
            continue
        fields.setdefault(key, []).extend(_yaml_values(match["value"]))
    return fields


def _yaml_values(value: str) -> Iterator[str]:
    value = value.strip()
    if value in ("", ">", "|", ">-", "|-"):
        return
    items = value[1:-1].split(",") if value.startswith("[") and value.endswith("]") and value[1] != "[" else [value]
    yield from (item.strip().strip("\"'") for item in items)


def _metadata(fields: Mapping[str, Any]) -> Metadata:
    given = {str(key).lower().replace("_", " ").replace("-", " "): value for key, value in fields.items()}

    def values(name: str) -> list[str]:
        return next((found for key in _KEYS[name] if (found := list(_texts(given.get(key))))), [])

    def one(name: str) -> str | None:
        return " ".join(values(name)[:1]) or None

    return Metadata(
        title=" ".join(values("title")) or None,
        authors=people(re.sub(r"^\[\[|\]\]$", "", name) for name in values("authors")),
        published=any_date(one("published")),
        modified=any_date(one("modified")),
        site=one("site"),
        url=next((address for address in values("url") if address.startswith(("http://", "https://"))), None),
        language=one("language"),
    )


def _texts(value: Any) -> Iterator[str]:
    """The texts in a value: itself, the items of a list, the name of an object."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif value is not None and str(value).strip():
        yield value.isoformat() if hasattr(value, "isoformat") else " ".join(str(value).split())
