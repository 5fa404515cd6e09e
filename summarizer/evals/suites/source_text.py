"""The text that stands in an article's file before anything is left out: what labels have to be found in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from summarizer.reading.characters.decoding import decode, plain
from summarizer.reading.mail import read_mail
from summarizer.reading.visible_text import block_lines


@dataclass(frozen=True, slots=True)
class SourceText:
    """What a file's text is, and what its source is; white space is single spaces in both."""

    text: str
    """Junk and hidden paragraphs included, without tags, attributes, scripts and mail headers but the subject."""
    source: str

    def shows(self, string: str) -> bool:
        """Whether the string stands in the text."""
        return spaced(string) in self.text

    def contains(self, string: str) -> bool:
        """Whether the string stands anywhere in the file: in a comment, an attribute or a header, too."""
        return self.shows(string) or spaced(string) in self.source


def source_text(path: Path) -> SourceText:
    """What stands in the file. Raises ReadingError for a mail without text."""
    data = path.read_bytes()
    source = text = decode(data).text
    if path.suffix == ".eml":
        mail = read_mail(data, name=path.name)
        body = mail.content.text
        text = f"{mail.metadata.title or ''}\n{_of_page(body) if mail.kind == 'html' else body}"
        source += body
    elif path.suffix == ".html":
        text = _of_page(text)
    return SourceText(spaced(text), spaced(source))


def _of_page(markup: str) -> str:
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    try:
        tree = document_fromstring(markup.encode(), HTMLParser(encoding="utf-8"))
    except ParserError:  # a page without any element
        return ""
    return "\n".join(block_lines(tree))


def spaced(text: str) -> str:
    """The text with single spaces for all white space, and plain characters."""
    return " ".join(plain(text).split())
