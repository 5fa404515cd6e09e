"""The throttle: fair, bounded, adaptive, safe to cancel; in virtual time, and with the real client."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pydantic import BaseModel, SecretStr
from stub_server import Step, StubServer, answer, error
from virtual_time import now, run_virtual

from summarizer.errors import ProviderFailed, QuotaExhausted
from summarizer.models.base import Message, Reply, Request
from summarizer.models.connecting import connect
from summarizer.models.throttle import Throttle, seconds_until
from summarizer.settings import Settings


def throttle(most: int = 64) -> Throttle:
    return Throttle(most, clock=now)


async def stay(through: Throttle, seconds: float) -> float:
    """Takes a slot for so long, and tells when it was got."""
    async with through.slot():
        got = now()
        await asyncio.sleep(seconds)
    return got


# --- order and number -------------------------------------------------------------------------------------------


def test_no_more_than_the_limit_at_once_and_first_come_first_served() -> None:
    async def go() -> tuple[list[float], int]:
        through = throttle(3)
        got = await asyncio.gather(*(stay(through, 1) for _ in range(8)))
        return got, through.in_flight

    got, in_flight = run_virtual(go())
    assert got == [0, 0, 0, 1, 1, 1, 2, 2]
    assert in_flight == 0


def test_a_newcomer_does_not_overtake_those_who_wait() -> None:
    async def go() -> list[str]:
        through, order = throttle(1), list[str]()

        async def named(name: str) -> None:
            async with through.slot():
                order.append(name)
                await asyncio.sleep(1)

        async with asyncio.TaskGroup() as tasks:
            for name in "ab":
                tasks.create_task(named(name))
            await asyncio.sleep(1)  # the slot of `a` is free at this moment, and `b` was promised it
            tasks.create_task(named("c"))
        return order

    assert run_virtual(go()) == ["a", "b", "c"]


def test_a_throttle_lets_somebody_through() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Throttle(0)


# --- cancellation -----------------------------------------------------------------------------------------------


def test_cancelled_while_waiting_leaves_the_place_to_the_next() -> None:
    async def go() -> tuple[float, int]:
        through = throttle(1)
        first, second, third = (asyncio.create_task(stay(through, 5)) for _ in range(3))
        await asyncio.sleep(1)
        second.cancel()
        return (await asyncio.gather(first, third))[1], through.in_flight

    assert run_virtual(go()) == (5, 0)


def test_cancelled_in_the_moment_of_being_let_in_loses_no_slot() -> None:
    async def go() -> tuple[float, int]:
        through = throttle(1)
        first, second, third = (asyncio.create_task(stay(through, 5)) for _ in range(3))
        await first
        second.cancel()  # has been let in by the end of `first`, and does not know it yet
        (ended,) = await asyncio.gather(second, return_exceptions=True)
        assert isinstance(ended, asyncio.CancelledError)
        return await third, through.in_flight

    assert run_virtual(go()) == (5, 0)


def test_cancelled_during_a_pause_leaves_no_alarm_behind() -> None:
    async def go() -> None:
        through = throttle()
        through.overloaded(100)
        waiting = asyncio.create_task(stay(through, 1))
        await asyncio.sleep(1)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        await asyncio.get_running_loop().create_future()  # the virtual loop says so when nothing is due any more

    with pytest.raises(RuntimeError, match="nothing will ever happen"):
        run_virtual(go())


@given(seed=st.integers(0, 10**6), most=st.integers(1, 6))
@hypothesis_settings(max_examples=60)
def test_whatever_is_cancelled_no_slot_is_lost_and_none_is_made(seed: int, most: int) -> None:
    chance = random.Random(seed)

    async def one(through: Throttle) -> None:
        await asyncio.sleep(chance.random() * 3)
        async with through.slot() as started:
            assert through.in_flight <= most
            await asyncio.sleep(chance.random())
            if chance.random() < 0.2:
                through.overloaded(chance.choice([None, 1.0]), started=started)
            else:
                through.succeeded({}, started=started)

    async def go() -> None:
        through = throttle(most)
        tasks = [asyncio.create_task(one(through)) for _ in range(30)]
        for task in tasks:
            if chance.random() < 0.4:
                asyncio.get_running_loop().call_later(chance.random() * 4, task.cancel)
        ended = await asyncio.gather(*tasks, return_exceptions=True)
        assert all(isinstance(end, asyncio.CancelledError | None) for end in ended)
        assert through.in_flight == 0
        assert 1 <= through.limit <= most
        async with through.slot():
            assert through.in_flight == 1

    run_virtual(go())


# --- adapting ---------------------------------------------------------------------------------------------------


def test_one_burst_of_overload_halves_once() -> None:
    async def go() -> list[int]:
        through, limits = throttle(64), []
        starts = [now()] * 64
        await asyncio.sleep(1)
        for started in starts:
            through.overloaded(started=started)
        limits.append(through.limit)
        through.overloaded(started=now())  # at the new rate still too much
        return [*limits, through.limit]

    assert run_virtual(go()) == [32, 16]


def test_it_grows_by_one_for_each_round_of_successes_up_to_the_most() -> None:
    async def go() -> list[int]:
        through, limits = throttle(10), []
        through.overloaded()
        for _ in range(40):
            for _ in range(through.limit):
                through.succeeded({})
            limits.append(through.limit)
        return limits

    limits = run_virtual(go())
    assert all(0 <= later - earlier <= 1 for earlier, later in pairwise(limits))
    assert limits[12] == limits[-1] == 10


def test_answers_to_the_rate_before_are_no_reason_to_grow() -> None:
    async def go() -> int:
        through, started = throttle(64), now()
        await asyncio.sleep(1)
        through.overloaded(started=now())
        for _ in range(60):
            through.succeeded({}, started=started)
        return through.limit

    assert run_virtual(go()) == 32


def test_after_a_long_trouble_it_grows_fast_to_half_of_what_it_was() -> None:
    async def go() -> list[int]:
        through, limits = throttle(64), []
        for _ in range(10):
            through.overloaded()
        for _ in range(8):
            for _ in range(through.limit):
                through.succeeded({})
            limits.append(through.limit)
        return limits

    limits = run_virtual(go())
    assert limits[:5] == [2, 4, 8, 16, 32]
    assert limits[7] in (34, 35)  # one a round


def test_it_never_falls_below_one() -> None:
    async def go() -> int:
        through = throttle(8)
        for _ in range(20):
            through.overloaded(started=now())
            await asyncio.sleep(1)
        return through.limit

    assert run_virtual(go()) == 1


def test_growth_lets_those_in_who_wait() -> None:
    async def go() -> list[float]:
        through = throttle(2)
        through.overloaded()
        tasks = [asyncio.create_task(stay(through, 10)) for _ in range(2)]
        await asyncio.sleep(1)
        through.succeeded({})
        return await asyncio.gather(*tasks)

    assert run_virtual(go()) == [0, 1]


def test_against_a_server_of_a_fixed_capacity_most_of_it_is_used() -> None:
    capacity, served, refused, busy = 20, 0, 0, 0

    async def ask(through: Throttle) -> None:
        nonlocal served, refused, busy
        while True:
            async with through.slot() as started:
                if busy >= capacity:
                    await asyncio.sleep(0.01)
                    refused += 1
                    through.overloaded(started=started)
                else:
                    busy += 1
                    await asyncio.sleep(1)
                    busy -= 1
                    served += 1
                    through.succeeded({}, started=started)
                    return
            await asyncio.sleep(random.random())

    async def go() -> float:
        through = throttle(64)
        async with asyncio.TaskGroup() as tasks:
            for _ in range(3000):
                tasks.create_task(ask(through))
        return now()

    random.seed(1)
    seconds = run_virtual(go())
    assert served == 3000
    assert 3000 / seconds >= 0.7 * capacity  # 3/4 is what halving and growing by one can come to
    assert refused <= 0.05 * served


# --- waiting for the server -------------------------------------------------------------------------------------


def test_what_one_is_told_to_wait_all_wait() -> None:
    async def go() -> list[float]:
        through = throttle()
        through.overloaded(20)
        through.overloaded(5)  # the longer wish counts
        return await asyncio.gather(*(stay(through, 1) for _ in range(3)))

    assert run_virtual(go()) == [20, 20, 20]


def test_a_wish_that_comes_while_others_wait_counts_for_them_too() -> None:
    async def go() -> list[float]:
        through = throttle(2)
        through.overloaded(10)
        tasks = [asyncio.create_task(stay(through, 1)) for _ in range(2)]
        await asyncio.sleep(5)
        through.overloaded(10)
        assert through.pause == 10
        return await asyncio.gather(*tasks)

    assert run_virtual(go()) == [15, 16]  # one after the other: halved


def test_a_very_long_wish_is_believed_when_the_next_who_is_asked_hears_it_too() -> None:
    async def go() -> tuple[float, float, float]:
        through, sent = throttle(), now()
        await asyncio.sleep(1)
        for _ in range(3):  # who were all under way when the first heard it
            through.overloaded(86_400, started=sent)
        others = await stay(through, 1), through.pause
        through.overloaded(86_400, started=now())
        return *others, through.pause

    assert run_virtual(go()) == (1, 0, 86_400)


def test_an_answer_in_between_means_that_the_wish_was_for_one_alone() -> None:
    async def go() -> float:
        through = throttle()
        for _ in range(3):
            through.overloaded(86_400, started=now())
            await asyncio.sleep(1)
            through.succeeded({}, started=now())
        return through.pause

    assert run_virtual(go()) == 0


def test_who_can_not_wait_so_long_is_told_at_once_and_the_others_wait() -> None:
    async def go() -> tuple[float, str, str, float, int]:
        through = throttle(1)
        first = asyncio.create_task(stay(through, 1))

        async def refused() -> str:
            with pytest.raises(ProviderFailed) as raised:
                async with through.slot(patience=60):
                    pass
            return f"{now():g} s: {raised.value}"

        waiting = asyncio.create_task(refused())
        patient = asyncio.create_task(stay(through, 1))
        await asyncio.sleep(0.5)
        through.overloaded(200, said="slow down")
        told = await waiting, await refused()
        return await first, *told, await patient, through.in_flight

    said = "0.5 s: not asked, since the server wants a wait of 3 min 20 s: slow down"
    assert run_virtual(go()) == (0, said, said, 200.5, 0)


def test_all_that_was_waited_is_counted_once() -> None:
    async def go() -> list[float]:
        through, waited = throttle(), []
        for wish in (10, 5, 20):
            through.overloaded(wish)
            await asyncio.sleep(4)
            waited.append(through.waited)
        await asyncio.sleep(100)
        return [*waited, through.waited]

    assert run_virtual(go()) == [4, 8, 12, 28]


@pytest.mark.parametrize("what", ["requests", "tokens"])
def test_where_none_remain_the_next_waits_for_the_reset(what: str) -> None:
    async def go(remaining: str) -> float:
        through = throttle()
        through.succeeded({f"x-ratelimit-remaining-{what}": remaining, f"x-ratelimit-reset-{what}": "1m2.5s"})
        return await stay(through, 1)

    assert run_virtual(go("1")) == 0
    assert run_virtual(go("0")) == 62.5


IN_AN_HOUR = datetime.now(UTC) + timedelta(seconds=3600)


@pytest.mark.parametrize(
    ("reset", "seconds"),
    [
        ("6m0s", 360),
        ("20ms", 0.02),
        ("1h1m1.5s", 3661.5),
        ("17", 17),
        ("0.25", 0.25),
        (IN_AN_HOUR.isoformat(), 3600),
        (IN_AN_HOUR.strftime("%Y-%m-%dT%H:%M:%SZ"), 3600),
        (str(int(IN_AN_HOUR.timestamp())), 3600),
        ("2001-01-01T00:00:00Z", 0),
        ("-3", 0),
        ("nan", 0),
        ("", None),
        ("soon", None),
        ("6 parsecs", None),
        ("1T", None),
    ],
    ids=range(15),  # some hold the time of day, by which no test is called
)
def test_every_way_to_name_a_reset(reset: str, seconds: float | None) -> None:
    assert seconds_until(reset) == (
        None if seconds is None else pytest.approx(seconds, abs=900 if seconds == 3600 else 0)
    )


# --- with the real client ---------------------------------------------------------------------------------------


class Visit(BaseModel):
    who: str


GOOD = answer('{"who": "Ada"}')
REQUEST = Request("record", (Message("user", "Who came?"),), Visit)
LATER = replace(REQUEST, messages=(Message("user", "Who came later?"),))


def ask(server: StubServer, through: Throttle, times: int = 1, **given: Any) -> list[Reply | BaseException]:
    chosen = Settings(**{"base_url": server.base_url, "api_key": SecretStr("k"), **given})

    async def go() -> list[Reply | BaseException]:
        async with connect("stub", chosen, through) as model:
            return await asyncio.gather(*(model.acomplete(REQUEST) for _ in range(times)), return_exceptions=True)

    return asyncio.run(go())


REFUSED = replace(error(429, retry_after="0.4"), refuses=0.4)
"""As all are until then."""


def test_a_retry_after_is_waited_once_and_who_comes_in_the_meantime_is_asked_later() -> None:
    through = Throttle(1)

    async def go(server: StubServer) -> list[Reply]:
        async with connect("stub", Settings(base_url=server.base_url, api_key=SecretStr("k")), through) as model:
            first = asyncio.create_task(model.acomplete(REQUEST))
            while not through.pause:
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.1)
            return [*await asyncio.gather(first, model.acomplete(LATER))]

    with StubServer(REFUSED, GOOD) as server:
        replies = asyncio.run(go(server))
        asked = [recorded.body["messages"][-1]["content"] for recorded in server.requests]
    assert asked == ["Who came?", "Who came?", "Who came later?"]
    assert [[call.outcome for call in reply.calls] for reply in replies] == [["status 429", "ok"], ["ok"]]


def test_a_retry_after_of_one_article_holds_all() -> None:
    with StubServer(REFUSED, GOOD) as server:
        replies = ask(server, Throttle(1), times=3)
    outcomes = [[call.outcome for call in reply.calls] for reply in replies if isinstance(reply, Reply)]
    assert sorted(outcomes) == [["ok"], ["ok"], ["status 429", "ok"]]


def test_a_wait_for_the_others_is_not_the_articles_own_time() -> None:
    with StubServer(answer('{"who": "Ada"}', delay=0.2)) as server:
        replies = ask(server, Throttle(1), times=6, deadline=0.7)
    assert all(isinstance(reply, Reply) for reply in replies)


def test_a_retry_after_beyond_the_deadline_fails_at_once_and_the_next_is_asked() -> None:
    through = Throttle(1)
    with StubServer(error(429, "no more today", retry_after="86400"), GOOD) as server:
        failed, reply = ask(server, through, times=2)
        assert len(server.requests) == 2
    assert isinstance(failed, ProviderFailed) and isinstance(reply, Reply)
    assert "no more today (status 429). It asks for a wait of 24 h 0 min; none is kept beyond" in str(failed)


@pytest.mark.parametrize("status", [429, 503, 500])
def test_one_that_every_request_is_told_is_for_all_and_nobody_waits_in_vain(status: int) -> None:
    through = Throttle(1)
    with StubServer(error(status, retry_after="88200")) as server:
        failed = ask(server, through, times=9)
        assert len(server.requests) == 2
    assert all(isinstance(one, ProviderFailed) and "a wait of 24 h" in str(one) for one in failed)
    assert 86_400 < through.pause <= 88_200


def test_the_headers_of_an_answer_are_read() -> None:
    through = Throttle()
    none_left = {"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "7s"}
    with StubServer(Step(GOOD.body, headers=none_left)) as server:
        ask(server, through)
    assert 5 < through.pause <= 7


@pytest.mark.parametrize(("status", "limit"), [(429, 32), (503, 32), (529, 32), (500, 64), (409, 64)])
def test_what_counts_as_overload(status: int, limit: int) -> None:
    through = Throttle()
    with StubServer(error(status)) as server:
        ask(server, through, tries=1)
    assert through.limit == limit


def test_an_empty_account_is_no_overload() -> None:
    through = Throttle()
    with StubServer(error(429, code="insufficient_quota")) as server:
        (failed,) = ask(server, through)
    assert isinstance(failed, QuotaExhausted)
    assert through.limit == 64


def test_a_cancelled_request_gives_its_slot_back() -> None:
    async def go(base_url: str) -> int:
        through = Throttle(1)
        chosen = Settings(base_url=base_url, api_key=SecretStr("k"))
        async with connect("stub", chosen, through) as model:
            slow = asyncio.create_task(model.acomplete(REQUEST))
            await asyncio.sleep(0.1)
            assert through.in_flight == 1
            slow.cancel()
            with pytest.raises(asyncio.CancelledError):
                await slow
            return through.in_flight

    with StubServer(answer('{"who": "Ada"}', delay=2)) as server:
        assert asyncio.run(go(server.base_url)) == 0
