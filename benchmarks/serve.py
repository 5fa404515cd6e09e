"""How long readers of the desk wait while records are streamed from it.

python -m benchmarks.serve [STREAMS [READERS]]

One server as `summarizer serve` starts it, a scripted model that writes a rich answer in small pieces, and this
process with all the clients: so many streams, each begun anew when it has ended, and so many readers, each of whom
asks once a second for the list, a record or its page. Everything shares the processors of this machine.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2

from summarizer.evals.suites.reference import ReferenceModel
from summarizer.prompts import load_prompt
from summarizer.reading import read_article

CASE = "mapmaker-obituary"
SECONDS = 20.0
PAUSE = 0.02
"""Seconds between two pieces of an answer, of which each is a line of 20 characters: a fast model."""
KEPT = 40
"""Records that are there before."""


def main() -> None:
    """Prints percentiles of what readers waited, without streams and with them."""
    streams, readers = (int(word) for word in (*sys.argv[1:3], "8", "50")[:2])
    text = Path(f"evals/cases/{CASE}/article.txt").read_text(encoding="utf-8")
    article = read_article(text, kind="text")
    answer = ReferenceModel(Path(f"evals/answers/{CASE}.json"), article).answer(load_prompt("news").answer)
    print(f"{CASE}, {article.words} words, an answer of {len(answer)} characters; {readers} readers, {SECONDS:g} s")
    with scripted(answer) as model, tempfile.TemporaryDirectory() as folder, desk(model, Path(folder)) as address:
        for each in (0, streams):
            asyncio.run(measured(address, text, each, readers))


async def measured(address: str, text: str, streams: int, readers: int) -> None:
    """A line for each kind of request."""
    limits = httpx2.Limits(max_connections=None, max_keepalive_connections=None)
    async with httpx2.AsyncClient(base_url=address, timeout=60, limits=limits, trust_env=False) as client:
        paths = await prepared(client, text)
        waited: dict[str, list[float]] = {name: [] for name in paths}
        made: list[float] = []
        ends = time.perf_counter() + SECONDS
        writing = [asyncio.create_task(streaming(client, text, ends, made)) for _ in range(streams)]
        await asyncio.gather(
            *(reading(client, paths, number, number / readers, ends, waited) for number in range(readers))
        )
        await asyncio.gather(*writing)
    print(f"{streams} streams: {len(made)} records, each in {percentile(made, 50):.1f} s (median)")
    for name, seconds in waited.items():
        told = ", ".join(f"p{at} {1000 * percentile(seconds, at):.0f} ms" for at in (50, 95, 99))
        print(f"  {name:8}{len(seconds):6} answers: {told}, longest {1000 * max(seconds):.0f} ms")


async def prepared(client: httpx2.AsyncClient, text: str) -> dict[str, str]:
    """What readers ask for, of records that rules make."""
    for number in range(KEPT):
        body = {"text": f"{text}\n\nThis is report number {number}.", "model": "extractive"}
        made = await client.post("/summaries", json=body)
    return {"list": "/records", "record": made.headers["location"], "page": made.headers["location"]}


async def streaming(client: httpx2.AsyncClient, text: str, ends: float, made: list[float]) -> None:
    """One stream after another."""
    while (started := time.perf_counter()) < ends:
        body, headers = {"text": text, "model": "stub"}, {"accept": "text/event-stream"}
        async with client.stream("POST", "/summaries", json=body, headers=headers) as answer:
            events = [line async for line in answer.aiter_lines() if line.startswith("event:")]
        assert events[-1] == "event: record", events[-1:]
        made.append(time.perf_counter() - started)


async def reading(
    client: httpx2.AsyncClient,
    paths: dict[str, str],
    number: int,
    first: float,
    ends: float,
    waited: dict[str, list[float]],
) -> None:
    """One reader, who looks at each thing for a second; they begin with different ones."""
    await asyncio.sleep(first)
    for name in itertools.islice(itertools.cycle(paths), number % len(paths), None):
        if time.perf_counter() >= ends:
            return
        headers = {"accept": "text/html" if name == "page" else "application/json"}
        started = time.perf_counter()
        answer = await client.get(paths[name], headers=headers)
        waited[name].append(time.perf_counter() - started)
        assert answer.status_code == 200
        await asyncio.sleep(1)


def percentile(values: list[float], share: int) -> float:
    """Of none 0."""
    return sorted(values)[min(len(values) - 1, len(values) * share // 100)] if values else 0.0


@contextmanager
def desk(model: str, folder: Path) -> Iterator[str]:
    """The address of a server that asks this model."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = ["--port", str(port), "--records", str(folder / "records"), "--base-url", model]
    command = [sys.executable, "-m", "summarizer", "serve", *words, "-m", "stub", "-m", "extractive"]
    process = subprocess.Popen(command, env={**os.environ, "SUMMARIZER_API_KEY": "none"})
    address = f"http://127.0.0.1:{port}"
    try:
        while True:
            try:
                httpx2.get(f"{address}/health", trust_env=False)
                break
            except httpx2.ConnectError:
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait()


@contextmanager
def scripted(answer: str) -> Iterator[str]:
    """The address of a model that writes this again and again, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.serve", "--model"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin
    assert process.stdout
    try:
        process.stdin.write(json.dumps(answer) + "\n")
        process.stdin.flush()
        yield process.stdout.readline().strip()
    finally:
        process.kill()
        process.communicate()


def serve_model() -> None:
    """Until it is killed."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    from stub_server import StubServer, streamed

    with StubServer(streamed(json.loads(sys.stdin.readline()), pause=PAUSE)) as server:
        print(server.base_url, flush=True)
        time.sleep(3600)


if __name__ == "__main__":
    serve_model() if sys.argv[1:] == ["--model"] else main()
