"""Articles per second and CPU per article, against a bare loop over AsyncOpenAI with a semaphore.

python -m benchmarks.throughput [CASE]

Both send the same requests to a server that answers each after a fixed time, 64 at a time, in turns in one run. The
server is a process of its own, so that only the client's CPU is counted. The bare loop does nothing with the answers.
Ours reads each article anew from its text, renders the prompt, validates and checks the answer and makes the record;
the last table says what share each has. The third loop is a bare one that calls our own functions for that, so that
the rest is what `asummarize_many` adds.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openai

from summarizer.article import Article
from summarizer.batch.api import asummarize_many
from summarizer.batch.item import Item
from summarizer.checking.analysis import ArticleAnalysis
from summarizer.checking.grounding import accept, ground
from summarizer.evals.suites.reference import ReferenceModel
from summarizer.models.base import Message, Request
from summarizer.models.connecting import connect
from summarizer.models.conversation import Turn
from summarizer.models.providers.catalogue import provider_at
from summarizer.models.providers.endpoint import Endpoint
from summarizer.models.providers.payload import payload
from summarizer.models.throttle import Throttle
from summarizer.prompts import load_prompt
from summarizer.reading import read_article
from summarizer.settings import Settings

CASE = "mapmaker-obituary"
CONCURRENCY = 64
ARTICLES = 5 * CONCURRENCY
SECONDS = 2.0
"""The server's time for an answer. Models take longer for one of this length; the less they take, the more our CPU
counts, and with one core it bounds the rate."""
ROUNDS = 3
THROUGHPUT_BAR, CPU_BAR = 0.9, 1.5


@dataclass(frozen=True)
class Cost:
    """What a number of articles took."""

    wall: float
    cpu: float

    @property
    def rate(self) -> float:
        """Articles a second."""
        return ARTICLES / self.wall

    @property
    def cpu_each(self) -> float:
        """Milliseconds of CPU an article."""
        return 1000 * self.cpu / ARTICLES


def main() -> None:
    """Prints the ratios, and where our CPU goes."""
    case = sys.argv[1] if len(sys.argv) > 1 else CASE
    text = Path(f"evals/cases/{case}/article.txt").read_text(encoding="utf-8")
    article = read_article(text, kind="text")
    answer = ReferenceModel(Path(f"evals/answers/{case}.json"), article).answer(load_prompt("news").answer)
    with serving(answer) as address:
        rounds = [
            (measure(bare(article, address)), measure(ours(text, address)), measure(by_hand(text, address)))
            for _ in range(ROUNDS)
        ]
    theirs, mine, checked = zip(*rounds, strict=True)
    print(
        f"{case}, {article.words} words; {ARTICLES} articles, {CONCURRENCY} at a time, answered after {SECONDS:g} s"
    )
    ratios("articles/s", [cost.rate for cost in mine], [cost.rate for cost in theirs], f"at least {THROUGHPUT_BAR}")
    ratios("CPU ms/article", [c.cpu_each for c in mine], [c.cpu_each for c in theirs], f"at most {CPU_BAR}")
    print("against a bare loop that reads and checks as we do:")
    ratios("articles/s", [cost.rate for cost in mine], [cost.rate for cost in checked], f"at least {THROUGHPUT_BAR}")
    ratios("CPU ms/article", [c.cpu_each for c in mine], [c.cpu_each for c in checked], f"at most {CPU_BAR}")
    shares(text, article, answer, statistics.median(c.cpu_each for c in theirs))


def measure(work: Awaitable[None]) -> Cost:
    """Runs it in an event loop of its own."""

    async def go() -> Cost:
        wall, cpu = time.perf_counter(), time.process_time()
        await work
        return Cost(time.perf_counter() - wall, time.process_time() - cpu)

    return asyncio.run(go())


def arguments_for(request: Request) -> dict[str, Any]:
    """What the client is called with."""
    endpoint = Endpoint.of(provider_at("http://stub/v1"), "stub", "stub", None, Settings())
    return payload(endpoint, Turn(request.messages, 4000), request.answer)


async def bare(article: Article, address: str) -> None:
    """What a few lines over the client do: the same requests, and nothing with the answers."""
    request = request_for(article)
    limit = asyncio.Semaphore(CONCURRENCY)
    async with openai.AsyncOpenAI(base_url=address, api_key="none", max_retries=0) as client:

        async def one() -> None:
            async with limit:
                arguments = arguments_for(request)
                completion = await client.chat.completions.create(**arguments)
                assert completion.choices[0].message.content

        await asyncio.gather(*(one() for _ in range(ARTICLES)))


async def ours(text: str, address: str) -> None:
    """The whole path of each article; a number tells it from the others."""
    sources = (Item(str(number), numbered(text, number)) for number in range(ARTICLES))
    settings = Settings(base_url=address, model="stub")
    lines = [line async for line in asummarize_many(sources, settings=settings, concurrency=CONCURRENCY)]
    assert len(lines) == ARTICLES
    assert all(line.record and line.record.key_points for line in lines)


async def by_hand(text: str, address: str) -> None:
    """The bare loop, with our own functions for each article and its answer."""
    limit = asyncio.Semaphore(CONCURRENCY)
    async with openai.AsyncOpenAI(base_url=address, api_key="none", max_retries=0) as client:

        async def one(number: int) -> None:
            async with limit:
                article = read_article(numbered(text, number), kind="text")
                request = request_for(article)
                arguments = arguments_for(request)
                completion = await client.chat.completions.create(**arguments)
                accepted = accept(completion.choices[0].message.content or "", request.answer, article)
                assert ground(accepted.answer, ArticleAnalysis(article), accepted.problems).model_dump_json()

        await asyncio.gather(*(one(number) for number in range(ARTICLES)))


def numbered(text: str, number: int) -> str:
    """The article, told from the others."""
    return f"{text}\n\nThis is report number {number}."


def request_for(article: Article) -> Request:
    """What the recipe asks."""
    prompt = load_prompt("news")
    messages = Message("system", prompt.system()), Message("user", prompt.article(article, None))
    return Request("record", messages, prompt.answer, article=article)


def ratios(what: str, mine: list[float], theirs: list[float], bar: str) -> None:
    """A line with the medians, their ratio and its range over the rounds."""
    each = [ours / bare for ours, bare in zip(mine, theirs, strict=True)]
    print(
        f"{what:16}{statistics.median(mine):8.2f} bare {statistics.median(theirs):8.2f}"
        f"   ratio {statistics.median(each):.2f} ({min(each):.2f} to {max(each):.2f}; bar: {bar})"
    )


# --- where it goes ----------------------------------------------------------------------------------------------


def shares(text: str, article: Article, answer: str, bare_ms: float) -> None:
    """CPU of each part of an article's way, each alone."""
    wanted = load_prompt("news").answer

    def check() -> None:
        accepted = accept(answer, wanted, article)
        ground(accepted.answer, ArticleAnalysis(article), accepted.problems)

    parts = {
        "reading": cpu_ms(lambda: read_article(text, kind="text")),
        "rendering": cpu_ms(lambda: request_for(article)),
        "request and answer": endpoint_ms(article, answer),
        "checking": cpu_ms(check),
    }
    whole = sum(parts.values())
    for name, ms in {"bare loop": bare_ms, **parts, "in all": whole}.items():
        print(f"  {name:20}{ms:7.2f} ms{100 * ms / whole:6.0f} %")


def cpu_ms(work: Callable[[], object], rounds: int = 60) -> float:
    """CPU of one run, after one to warm up."""
    work()
    started = time.process_time()
    for _ in range(rounds):
        work()
    return 1000 * (time.process_time() - started) / rounds


def endpoint_ms(article: Article, answer: str) -> float:
    """CPU of one request through our client, its answer read and validated."""
    request = request_for(article)

    async def go(address: str) -> float:
        async with connect("stub", Settings(base_url=address), Throttle(CONCURRENCY)) as model:
            await model.acomplete(request)
            started = time.process_time()
            await asyncio.gather(*(model.acomplete(request) for _ in range(ARTICLES)))
            return 1000 * (time.process_time() - started) / ARTICLES

    with serving(answer) as address:
        return asyncio.run(go(address))


# --- the server -------------------------------------------------------------------------------------------------


@contextmanager
def serving(answer: str) -> Iterator[str]:
    """The address of a server that answers this after the fixed time."""
    command = [sys.executable, "-m", __spec__.name if __spec__ else "benchmarks.throughput", "--serve"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin
    assert process.stdout
    try:
        process.stdin.write(json.dumps(answer) + "\n")
        process.stdin.flush()
        yield f"http://127.0.0.1:{int(process.stdout.readline())}/v1"
    finally:
        process.kill()
        process.communicate()


async def serve(answer: str) -> None:
    """Serves until it is killed."""
    body = json.dumps(
        {
            "id": "1",
            "object": "chat.completion",
            "created": 0,
            "model": "stub",
            "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": answer}}],
            "usage": {"prompt_tokens": 2000, "completion_tokens": 900, "total_tokens": 2900},
        }
    ).encode()
    response = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s" % (
        len(body),
        body,
    )

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).lower()
                length = head.partition(b"content-length: ")[2].partition(b"\r\n")[0]
                await reader.readexactly(int(length))
                await asyncio.sleep(SECONDS)
                writer.write(response)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    if "--serve" in sys.argv:
        asyncio.run(serve(json.loads(sys.stdin.readline())))
    else:
        main()
