"""Fields above a text: read, listed, and none of the text."""

from __future__ import annotations

import pytest

from summarizer import read_article
from summarizer.reading.source.content_type import Kind

TITLE = "Tarn Valley library moves into the old brewery"
TEXT = (
    "The library of Tarn Valley will move into the old brewery on Mill Lane next spring, the county said.\n\n"
    "Its 84,000 books have stood in a cellar since the river flooded the reading room four winters ago."
)


FIELDS = (
    'TOML|+++|title = "{title}"|authors = ["Ada Lind", "Jo Berg"]|date = 2025-03-11|[extra]|kicker = "Local"|+++|',
    'TOML|+++|title = "{title}"|date = "2025-03-11T08:00:00Z"|author = "Ada Lind and Jo Berg"|+++|',
    "YAML|---|title: {title}|author:|  - Ada Lind|  - Jo Berg|tags:|  - books|date: 2025-03-11|---|",
    "YAML|---|title: '{title}'|authors:|- name: Ada Lind|  url: x|- name: Jo Berg|published: 2025-03-11|---|",
    'YAML|---|title: "{title}"|author:|  - "[[Ada Lind]]"|  - "[[Jo Berg]]"|created: 2025-03-11|---|',
    'JSON|{{"title": "{title}", "author": ["Ada Lind", "Jo Berg"], "date": "2025-03-11", "tags": ["a"]}}|',
    "head|Title: {title}||URL Source: https://n.example/a||Published Time: Tue, 11 Mar 2025 08:00:00 GMT||"
    "Author: Ada Lind, Jo Berg||Markdown Content:|",
    "head|Title: {title}|Author: Ada Lind and Jo Berg|Published Date: 2025-03-11T08:00:00.000Z|"
    "URL: https://n.example/a|Text: |",
)


@pytest.mark.parametrize("fields", FIELDS)
@pytest.mark.parametrize("kind", ["markdown", None])
def test_fields_above_the_text_say_what_it_is_and_are_none_of_it(fields: str, kind: Kind | None) -> None:
    above = fields.format(title=TITLE).partition("|")[2].replace("|", "\n")
    article = read_article(f"{above}\n{TEXT}", kind=kind)
    assert article.text == TEXT
    assert (article.title, article.authors) == (TITLE, ("Ada Lind", "Jo Berg"))
    assert (article.published or "")[:10] == "2025-03-11"
    assert "markdown.front_matter" in {entry.rule for entry in article.removed}


def test_a_line_across_the_page_opens_no_front_matter() -> None:
    assert read_article(f"{TEXT}\n\n---\n\n{TEXT[:110]}\n\n---\n", kind="markdown").text.startswith(TEXT)
