"""Where an article comes from: a file, an address, standard input, or the content itself."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from summarizer.errors import ReadingError, SourceEmpty, SourceNotFound, SourceUnsupported
from summarizer.reading.source.web_address import advice

Source = str | bytes | os.PathLike[str]

LONGEST_PATH = 4096


@dataclass(frozen=True, slots=True)
class RawSource:
    """The content of a source and what it is called, for messages and for the suffix.

    Of a fetched page also where it was in the end, and what its server says of it.
    """

    content: str | bytes
    name: str
    url: str | None = None
    media_type: str | None = None
    charset: str | None = None

    @property
    def suffix(self) -> str:
        """The file suffix, in lower case: `.md`; empty for content without a name."""
        return Path(urlsplit(self.url).path if self.url else self.name).suffix.lower()


def open_source(source: Source, *, allow_private_hosts: bool = False) -> RawSource:
    """The content of `source`: of the file when it is a path, of the page when it is one address; else `source`
    itself. No string is ever a path: what somebody else wrote would decide which file is read.

    Raises SourceNotFound, SourceEmpty and SourceUnsupported, ReadingError when the file can't be read, and what
    `fetch` raises.
    """
    if not isinstance(source, str | bytes | os.PathLike):
        kind = type(source).__name__
        raise SourceUnsupported(f"no article can be read from {kind}: give a text, an address, bytes or a Path.")
    if is_address(source):
        given = _page(str(source).strip(), allow_private_hosts)
    elif isinstance(source, os.PathLike):
        given = _file(Path(os.fsdecode(source)))
    else:
        given = RawSource(source, "the text")
    if not given.content.strip():
        raise SourceEmpty(f"{given.name} holds no text. Give an article of at least a few sentences.")
    if isinstance(source, str) and isinstance(given.content, str):
        _refuse_path(source)
    return given


def read_stdin() -> bytes:
    """All of standard input.

    Raises SourceEmpty when nothing is piped in and a person would have to type.
    """
    if sys.stdin.isatty():
        raise SourceEmpty("nothing is piped in. Use it so: summarizer article - < article.txt")
    return sys.stdin.buffer.read()


def is_address(source: Source) -> bool:
    """Whether it is a line that is one address: `https://...`. Those of other schemes are refused when fetched."""
    return isinstance(source, str) and _is_line(source) and bool(_ADDRESS.fullmatch(source.strip()))


def _is_line(text: str) -> bool:
    return len(text) <= LONGEST_PATH and "\n" not in text.strip() and bool(text.strip())


def _file(path: Path) -> RawSource:
    try:
        return RawSource(path.read_bytes(), str(path))
    except FileNotFoundError:
        raise SourceNotFound(f"{path}: there is no such file. Check the spelling and the working folder.") from None
    except IsADirectoryError:
        raise SourceNotFound(f"{path} is a folder. Name one file in it.") from None
    except PermissionError:
        raise SourceNotFound(f"{path} may not be read: permission denied.") from None
    except (OSError, ValueError) as error:
        raise ReadingError(f"{path} can't be read: {error}") from error


def _page(address: str, allow_private_hosts: bool) -> RawSource:
    from summarizer.reading.source.fetch import fetch, without_userinfo

    page = fetch(address, allow_private_hosts=allow_private_hosts)
    return RawSource(page.content, without_userinfo(address), page.url, page.media_type, page.charset)


_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_PATH = re.compile(
    r"(?:~|\.{0,2})[/\\][^<>{}]*"  # /x, ./x, ~/x
    r"|[a-z]:\\[^<>{}]*"
    r"|(?:[\w.-]+[/\\])+[\w.-]+"  # news/article
    r"|[^\s<>{}]*\w\.[a-z][a-z0-9]{0,4}"  # article.txt
    r"|[^<>{}]*\w\.(?:txt|md|html?|eml|pdf|docx?)",  # my article.txt
    re.IGNORECASE,
)


def _refuse_path(text: str) -> None:
    """One line that looks like a path would otherwise become an article of one word. Whether there is such a file is
    not asked: an answer would tell strangers what is on this disk."""
    line = text.strip()
    if _is_line(text) and _PATH.fullmatch(line):
        raise SourceUnsupported(
            f"{line!r} looks like a path. A string is a text or an address; give Path({line!r}).{advice(line)}"
        )
