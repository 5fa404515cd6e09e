"""A file that is written whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from summarizer.errors import OutputFailed


def write_file(path: Path, text: str) -> None:
    """Puts the text in the place of what the file holds, all at once. Raises OutputFailed, and then that is still
    there."""
    try:
        if path.exists() and not path.is_file():  # a pipe or a device has nothing that could be lost
            path.write_text(text, encoding="utf-8")
        else:
            _replace(Path(os.path.realpath(path)), text)
    except OSError as error:
        raise OutputFailed.of(path, error) from error


def demand_place(path: Path) -> None:
    """Raises OutputFailed where no file of this name can come to be, before anything is done for it."""
    fault = errno.EISDIR if path.is_dir() else 0 if path.parent.is_dir() else errno.ENOENT
    if fault:
        raise OutputFailed.of(path, OSError(fault, os.strerror(fault)))


def _replace(path: Path, text: str) -> None:
    number, name = tempfile.mkstemp(prefix=f".{path.name[:50]}.", dir=path.parent)
    try:
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(number)
        _give_rights(Path(name), path)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _give_rights(new: Path, path: Path) -> None:
    """Those of the file before, or of any new one."""
    if path.exists():
        shutil.copymode(path, new)
        return
    mask = os.umask(0)
    os.umask(mask)
    new.chmod(0o666 & ~mask)
