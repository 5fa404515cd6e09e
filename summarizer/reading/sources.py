"""Where an article comes from: a file, standard input, or the content itself."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from summarizer.errors import ReadingError, SourceEmpty, SourceNotFound

Source = str | bytes | os.PathLike[str]

LONGEST_PATH = 4096


@dataclass(frozen=True, slots=True)
class Given:
    """The content of a source and what it is called, for messages and for the suffix."""

    content: str | bytes
    name: str

    @property
    def suffix(self) -> str:
        """The file suffix, in lower case: `.md`; empty for content without a name."""
        return Path(self.name).suffix.lower()


def open_source(source: Source) -> Given:
    """The content of `source`: of the file when it is a path, or one line that names a file; else `source` itself.

    Raises SourceNotFound and SourceEmpty, and ReadingError when the file can't be read.
    """
    if isinstance(source, os.PathLike):
        given = _file(Path(os.fspath(source)))
    elif isinstance(source, str) and _is_line(source) and _exists(source.strip()):
        given = _file(Path(source.strip()))
    else:
        given = Given(source, "the text")
    if not given.content.strip():
        raise SourceEmpty(f"{given.name} holds no text. Give an article of at least a few sentences.")
    if isinstance(given.content, str):
        _refuse_missing_file(given.content)
    return given


def read_stdin() -> bytes:
    """All of standard input.

    Raises SourceEmpty when nothing is piped in and a person would have to type.
    """
    if sys.stdin.isatty():
        raise SourceEmpty("nothing is piped in. Use it so: summarizer article - < article.txt")
    return sys.stdin.buffer.read()


def _is_line(text: str) -> bool:
    return len(text) <= LONGEST_PATH and "\n" not in text.strip() and bool(text.strip())


def _exists(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):  # too long for a name, or a NUL in it
        return False


def _file(path: Path) -> Given:
    try:
        return Given(path.read_bytes(), str(path))
    except FileNotFoundError:
        raise SourceNotFound(f"{path}: there is no such file. Check the spelling and the working folder.") from None
    except IsADirectoryError:
        raise SourceNotFound(f"{path} is a folder. Name one file in it.") from None
    except PermissionError:
        raise SourceNotFound(f"{path} may not be read: permission denied.") from None
    except (OSError, ValueError) as error:
        raise ReadingError(f"{path} can't be read: {error}") from error


_URL = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_PATH = re.compile(
    r"(?:~|\.{0,2})[/\\][^<>{}]*"  # /x, ./x, ~/x
    r"|[a-z]:\\[^<>{}]*"
    r"|[^\s<>{}]*\w\.[a-z][a-z0-9]{0,4}"  # article.txt
    r"|[^<>{}]*\w\.(?:txt|md|html?|eml|pdf|docx?)",  # my article.txt
    re.IGNORECASE,
)


def _refuse_missing_file(text: str) -> None:
    """One line that looks like a path or an address would otherwise become an article of one word."""
    line = text.strip()
    if not _is_line(text):
        return
    if _URL.fullmatch(line):
        raise SourceNotFound(f"{line}: addresses can't be read. Save the page to a file and give the file.")
    if _PATH.fullmatch(line):
        raise SourceNotFound(f"{line}: there is no such file. Check the spelling and the working folder.")
