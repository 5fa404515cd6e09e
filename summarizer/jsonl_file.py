"""A file that only grows, line by line: a kill or a full disk costs the line being written, and no other."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from summarizer.errors import OutputFailed

_STEP = 65_536


class AppendOnlyFile:
    """The lines of a file, which is made when the first one is written.

    A last line that was cut in half is taken away when the file is opened. `alone` opens it at once, and keeps other
    runs from writing it meanwhile. Raises OutputFailed when the file can't be read, written or had alone.
    """

    def __init__(self, path: Path, *, alone: bool = False) -> None:
        self.path = path
        self._alone = alone
        self._file: BinaryIO | None = None
        if alone or path.exists():
            with _named(path):
                self._open()

    def append(self, line: str) -> int:
        """Writes a line at the end, whole or not at all, and says at which byte it stands."""
        with _named(self.path):
            file = self._file or self._open()
            start = file.seek(0, os.SEEK_END)
            try:
                write_whole(file, line.encode() + b"\n")
            except OSError:
                file.truncate(start)  # or half a line would stand before the next one
                raise
            return start

    def sync(self) -> None:
        """Comes back when all that was written is on the disk itself."""
        with _named(self.path):
            if self._file:
                os.fsync(self._file.fileno())

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """Every line with the byte it stands at."""
        return lines_of(self.path) if self.path.exists() else iter(())

    def at(self, start: int) -> bytes:
        """The line that stands at this byte."""
        with _named(self.path), self.path.open("rb") as file:
            file.seek(start)
            return file.readline()

    def keep(self, wanted: set[int]) -> None:
        """Leaves only the lines that stand at these bytes, all at once or, if that fails, none gone."""
        new = self.path.with_name(f"{self.path.name}.new")
        with _named(new):
            try:
                with new.open("wb") as file:
                    file.writelines(line for start, line in self.lines() if start in wanted)
                    file.flush()
                    os.fsync(file.fileno())
            except OSError:
                new.unlink(missing_ok=True)
                raise
            self.close()
            new.replace(self.path)

    def clear(self) -> None:
        """Starts anew."""
        self.close()
        self.path.unlink(missing_ok=True)

    def close(self) -> None:
        """Lets go of the file; the next line opens it again."""
        if self._file:
            self._file.close()
            self._file = None

    def _open(self) -> BinaryIO:
        file = self._file = self.path.open("a+b", buffering=0)
        if self._alone:
            take_alone(file, self.path)
        _cut_half_a_line(file)
        return file


def lines_of(path: Path) -> Iterator[tuple[int, bytes]]:
    """Every whole line of a file that may still be growing, with the byte it stands at."""
    with _named(path), path.open("rb") as file:
        start = 0
        for line in file:
            if line.endswith(b"\n"):
                yield start, line
            start += len(line)


def write_whole(file: BinaryIO, data: bytes) -> None:
    """All of `data`: a disk that is nearly full takes a part first, and says so only when asked for the rest."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


def _cut_half_a_line(file: BinaryIO) -> None:
    """What stands behind the last line's end goes."""
    end = size = file.seek(0, os.SEEK_END)
    while end:
        start = max(0, end - _STEP)
        file.seek(start)
        found = file.read(end - start).rfind(b"\n")
        if found >= 0:
            end = start + found + 1
            break
        end = start
    if end < size:
        file.truncate(end)


if sys.platform == "win32":
    from weakref import WeakKeyDictionary

    from filelock import FileLock, Timeout

    _beside: WeakKeyDictionary[BinaryIO, FileLock] = WeakKeyDictionary()

    def take_alone(file: BinaryIO, path: Path) -> None:
        """Windows lets nobody read what is locked: it is a file beside, which is let go of when `file` is."""
        lock = FileLock(path.with_name(f"{path.name}.lock"), thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise _taken(path) from None
        _beside[file] = lock

else:
    import fcntl

    def take_alone(file: BinaryIO, path: Path) -> None:
        """The system frees the lock with the process, however that ends."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _taken(path) from None


def _taken(path: Path) -> OutputFailed:
    return OutputFailed(f"{path}: another run has this file. Wait for it, or name another one.")


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """What the system complains of, as one message that says what to do."""
    try:
        yield
    except OSError as error:
        raise OutputFailed.of(path, error) from error
