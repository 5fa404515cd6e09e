"""An event loop in a thread of its own: results, errors, what interrupts it, and that no thread is left over."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar

import pytest
from polling import wait_for

from summarizer.event_loop_thread import BackgroundLoop

CURRENT = ContextVar("CURRENT", default="nothing")


def threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name == "background-test"]


@pytest.fixture
def background() -> Iterator[BackgroundLoop]:
    loop = BackgroundLoop("background-test")
    yield loop
    loop.close()
    assert not threads()


async def told() -> tuple[str, int]:
    await asyncio.sleep(0)
    return CURRENT.get(), id(asyncio.get_running_loop())


def test_results_come_from_one_loop_with_the_caller_s_context(background: BackgroundLoop) -> None:
    first = background.run(told())
    token = CURRENT.set("something")
    second = background.run(told())
    CURRENT.reset(token)
    assert (first[0], second[0]) == ("nothing", "something") and first[1] == second[1]


def test_errors_are_the_caller_s(background: BackgroundLoop) -> None:
    async def failing() -> None:
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        background.run(failing())


def test_it_works_where_a_loop_runs_already_and_for_many_threads_at_once(background: BackgroundLoop) -> None:
    async def main() -> tuple[str, int]:
        return background.run(told())

    here = asyncio.run(main())
    with ThreadPoolExecutor(8) as pool:
        loops = {found.result()[1] for found in [pool.submit(background.run, told()) for _ in range(32)]}
    assert loops == {here[1]} and len(threads()) == 1


def test_what_is_still_going_on_is_cancelled_at_the_end(background: BackgroundLoop) -> None:
    ended: list[str] = []

    async def long() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.append("long")

    async def begin() -> asyncio.Task[None]:
        task = asyncio.create_task(long())
        await asyncio.sleep(0)
        return task

    task = background.run(begin())
    background.close()
    assert ended == ["long"] and task.cancelled()
    assert background.run(told())  # and starts anew


def test_one_that_is_forgotten_ends_too() -> None:
    BackgroundLoop("background-test").run(told())
    wait_for(lambda: not threads())


FORKED = """
import os
from summarizer.event_loop_thread import BackgroundLoop
async def one(): return 1
background = BackgroundLoop("background-test")
assert background.run(one()) == 1
child = os.fork()
if not child:
    os._exit(background.run(one()) - 1)
assert os.waitpid(child, 0)[1] == 0
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system can't fork")
def test_a_process_that_was_forked_off_has_a_loop_of_its_own() -> None:
    subprocess.run([sys.executable, "-c", FORKED], check=True, timeout=20)


INTERRUPTED = """
import asyncio, os, signal, threading, time
from summarizer.event_loop_thread import BackgroundLoop
ended = []
async def long():
    try:
        await asyncio.sleep(60)
    finally:
        ended.append(1)
background = BackgroundLoop("background-test")
threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
try:
    background.run(long())
except KeyboardInterrupt:
    background.close()
    assert ended
"""


@pytest.mark.skipif(sys.platform == "win32", reason="which interrupts no thread that waits")
def test_ctrl_c_cancels_what_is_waited_for() -> None:
    subprocess.run([sys.executable, "-c", INTERRUPTED], check=True, timeout=20)
