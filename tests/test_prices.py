"""Prices: costs by the list's own numbers, None where there is none, and never a question to the network."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from genai_prices.data import providers
from harbour import GOOD, HARBOUR
from stub_server import StubServer, answer

from summarizer import Settings, Summary, summarize
from summarizer.prices import cost, estimate, price_list
from summarizer.record import Call


def call(tokens_in: int | None, tokens_cached: int | None, tokens_out: int | None, outcome: str = "ok") -> Call:
    return Call(
        purpose="record",
        tokens_in=tokens_in,
        tokens_cached=tokens_cached,
        tokens_out=tokens_out,
        seconds=1.0,
        outcome=outcome,
    )


def listed(provider: str, model: str) -> dict[str, float]:
    """US dollars a million tokens in a short request, as they stand in the list."""
    [row] = [row for row in providers if row.id == provider]
    [found] = [entry for entry in row.models if entry.id == model]
    prices: Any = found.prices
    kinds = ("input_mtok", "cache_read_mtok", "output_mtok")
    return {kind: float(getattr(price := getattr(prices, kind), "base", price)) for kind in kinds}


@pytest.mark.parametrize(("provider", "model"), [("openai", "gpt-6-luna"), ("anthropic", "claude-haiku-5-5")])
def test_a_cost_is_what_the_list_says(provider: str, model: str) -> None:
    price, name = listed(provider, model), f"{provider}:{model}"
    fresh, cached, output = price["input_mtok"], price["cache_read_mtok"], price["output_mtok"]
    assert 0 < cached < fresh < output
    assert cost(name, [call(3000, 1000, 500)]) == pytest.approx((2000 * fresh + 1000 * cached + 500 * output) / 1e6)
    assert cost(name, [call(3000, None, 500, "invalid"), call(4000, 0, 600)]) == pytest.approx(
        (7000 * fresh + 1100 * output) / 1e6
    )
    assert estimate(name, 3000, 500) == pytest.approx((3000 * fresh + 500 * output) / 1e6)


def test_each_request_has_the_price_of_its_own_length() -> None:
    """Beyond 100,000 tokens this model's are dearer."""
    short = cost("anthropic:claude-haiku-5-5", [call(75_000, 0, 1000)])
    two = cost("anthropic:claude-haiku-5-5", [call(75_000, 0, 1000)] * 2)
    long = cost("anthropic:claude-haiku-5-5", [call(150_000, 0, 2000)])
    assert short and two and long
    assert two == pytest.approx(2 * short) and long > 1.5 * two


@pytest.mark.parametrize(
    "name",
    [
        "extractive",
        "gpt-6-luna",
        "openai:",
        "openai:no-such-model",
        "no-such-provider:gpt-6-luna",
        "my-openai-proxy:gpt-6-luna",
        "ollama:llama3.1",
        "vllm:gpt-6-luna",
        "local:smollm2",
        "openai:gpt-6-luna (replay)",
        "",
    ],
)
def test_what_is_not_in_the_list_has_no_price(name: str) -> None:
    assert estimate(name, 1000, 100) is None
    assert cost(name, [call(1000, 0, 100)]) is None
    assert cost(name, []) is None


def test_an_answer_that_nobody_counted_has_no_cost_but_a_failure_costs_nothing() -> None:
    counted, failed = call(1000, 0, 100), call(None, None, None, "status 500")
    assert cost("openai:gpt-6-luna", [counted, call(None, None, None)]) is None
    assert cost("openai:gpt-6-luna", [call(1000, None, None)]) is None
    assert cost("openai:gpt-6-luna", [failed, counted]) == cost("openai:gpt-6-luna", [counted])


def test_a_count_that_cannot_be_has_no_cost() -> None:
    assert cost("openai:gpt-6-luna", [call(100, 1000, 10)]) is None


def test_nothing_asked_costs_nothing() -> None:
    assert cost("openai:gpt-6-luna", []) == 0


def test_the_list_has_a_name_and_a_day() -> None:
    found = re.fullmatch(r"genai-prices \d+\.\d+\.\d+ of (\d{4}-\d\d-\d\d)", price_list() or "")
    assert found
    assert date(2025, 1, 1) < date.fromisoformat(found[1]) <= datetime.now(UTC).date()


# --- in a process of its own ------------------------------------------------------------------------------------

ALL = (
    "from summarizer.prices import *; print(cost('openai:gpt-6-luna', []), estimate('openai:gpt-6-luna', 1000, 100), "
)
ALL += "price_list())"


def said(before: str) -> list[str]:
    return subprocess.check_output([sys.executable, "-c", f"import sys\n{before}\n{ALL}"], text=True).split(" ", 2)


def test_without_the_extra_there_are_none() -> None:
    assert said("sys.modules['genai_prices'] = None") == ["None", "None", "None\n"]


def test_the_network_is_never_asked() -> None:
    block = "import socket\ndef no(*_): raise SystemExit('asked')\n"
    block += "socket.socket.connect = socket.getaddrinfo = no"
    nothing, some, dated = said(block)
    assert float(nothing) == 0 < float(some)
    assert dated.startswith("genai-prices")


# --- in the record ----------------------------------------------------------------------------------------------


def record(model: str, tmp_path: Path, **options: Any) -> Summary:
    with StubServer(answer(GOOD, tokens=(3000, 1000, 500))) as server:
        settings = Settings(model=model, base_url=server.base_url, prompt="brief", **options)
        return summarize(HARBOUR, settings=settings)


def test_a_server_of_ones_own_has_no_price_unless_one_is_named(tmp_path: Path) -> None:
    own = record("openai:gpt-6-luna", tmp_path)  # its own name for the model, whatever that is
    assert (own.run.cost, own.run.price_list) == (None, None)
    told = record("whatever", tmp_path, priced_as="openai:gpt-6-luna")
    assert told.run.cost == cost("openai:gpt-6-luna", told.run.requests)
    assert told.run.cost and told.run.price_list == price_list()


def test_what_comes_from_the_cache_costs_nothing(tmp_path: Path) -> None:
    with StubServer(answer(GOOD, tokens=(3000, 1000, 500))) as server:
        settings = Settings(
            model="stub",
            base_url=server.base_url,
            prompt="brief",
            priced_as="openai:gpt-6-luna",
            cache=tmp_path / "replies.sqlite3",
        )
        first, again = summarize(HARBOUR, settings=settings), summarize(HARBOUR, settings=settings)
    assert first.run.cost and again.run.cost == 0


def test_a_record_by_rules_has_no_price() -> None:
    run = summarize(HARBOUR, model="extractive").run
    assert (run.cost, run.price_list) == (None, None)
