"""The article as data: on numbered lines, with nothing in them that a model might take for another's turn."""

from __future__ import annotations

import re

from summarizer.article import Article
from summarizer.record import Cited

# What would end the fence, or start a turn in the chat templates of common models (ChatML, Llama, Gemma, Mistral,
# DeepSeek): a server that is handed the text as one string might take it for its own.
_CONTROL = re.compile(
    r"(?<=[<＜])(?=\s*+(?:/\s*+)?(?:article|statements)\b|[|｜]|/?(?:s|bos|eos|think|start_of_turn|end_of_turn)>)"
    r"|(?<=\[)(?=/?(?:INST|SYSTEM_PROMPT|TOOL_CALLS|AVAILABLE_TOOLS)\])|(?<=<)(?=</?SYS>>)",
    re.IGNORECASE,
)


DOUBT = "(?)"
"""Stands before a sentence that may be none of the article's."""
DOUBTS_TOLD = (
    f"{DOUBT} marks sentences that may not belong to the article: adverts, teasers or comments of the page around it."
)


def as_data(text: str) -> str:
    """`text` on one line, with a space in whatever a model might take for the end of the article or of a turn."""
    return _CONTROL.sub(" ", " ".join(text.split()))


def known_of(article: Article) -> dict[str, str | None]:
    """What is known of the article besides its text, as data; a change on the day of publication is none to tell."""
    is_later = (article.modified or "")[:10] != (article.published or "")[:10]
    known = {
        "title": article.title,
        "authors": ", ".join(article.authors) or None,
        "published": article.published,
        "modified": article.modified if is_later else None,
        "site": article.site,
        "genre": article.genre,
    }
    return {name: as_data(value) if value else None for name, value in known.items()}


def stated(statement: Cited, article: Article) -> str:
    """A statement in a line, behind the numbers of the sentences it rests on: `[12, 14] ...`."""
    return f"[{', '.join(map(str, cited_numbers(statement, article)))}] {as_data(statement.text)}"


def cited_numbers(statement: Cited, article: Article) -> list[int]:
    """Numbers of the sentences that a statement rests on."""
    return [number for span in statement.evidence if (number := article.number_of(span)) is not None]


def numbered(article: Article) -> str:
    """The article's sentences, one a line as `[12] ...`, a blank line between paragraphs, doubtful ones marked."""
    lines: list[str] = [DOUBTS_TOLD, ""] if any(s.number in article.doubtful for s in article.sentences) else []
    paragraph = None
    for sentence in article.sentences:
        if paragraph not in (None, sentence.paragraph):
            lines.append("")
        paragraph = sentence.paragraph
        mark = f"{DOUBT} " if sentence.number in article.doubtful else ""
        lines.append(f"[{sentence.number}] {mark}{as_data(article.text[sentence.start : sentence.end])}")
    return "\n".join(lines)
