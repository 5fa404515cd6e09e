"""A page of its own: one file that loads nothing, and runs and paints nothing but what stands in it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from summarizer.views.html.markup import Markup, element, joined

PAGE_START = (
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="generator" content="summarizer">'
)
"""By which a page that was written here is known."""

LOOK = "look.css"
"""The colours and the type that all pages share."""


def document(
    title: str, body: str, *, styles: Iterable[str] = (), scripts: Iterable[str] = (), data: Iterable[Markup] = ()
) -> Markup:
    """The page around a body, which is HTML already. Style sheets and scripts are texts, and the policy of the page
    names their hashes: nothing else is run or applied, and no address is asked for anything."""
    sheet, script = "\n".join([asset(LOOK), *styles]), "\n".join(scripts)
    return joined(
        Markup(PAGE_START),
        Markup('\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'),
        Markup(f'<meta http-equiv="Content-Security-Policy" content="{policy(sheet, script)}">\n'),
        Markup('<meta name="referrer" content="no-referrer">\n'),
        element("title", title),
        Markup(f"\n<style>{sheet}</style>\n"),
        *data,
        Markup(f"\n</head>\n<body>\n{body}\n"),
        Markup(f"<script>{script}</script>\n" if script else ""),
        Markup("</body>\n</html>\n"),
    )


def policy(sheet: str, script: str) -> str:
    """What the page may do: its own sheet and script, by their hashes."""
    scripts = _hash(script) if script else "'none'"
    return f"default-src 'none'; style-src {_hash(sheet)}; script-src {scripts}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def asset(name: str) -> str:
    """A style sheet or a script of this package."""
    return files("summarizer.views.html").joinpath(name).read_text(encoding="utf-8")
