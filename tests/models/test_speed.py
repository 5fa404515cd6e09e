"""How long an answer will take: from what was measured, put right by what came of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarizer.models.local.speed import Expected, Speed, kept_speed
from summarizer.record import Call

WEIGHTS = Path("elsewhere/tiny.gguf")
SPEED = Speed(reading=100.0, writing=10.0)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def call(reads: int | None, cached: int | None, writes: int | None, seconds: float) -> Call:
    return Call(
        purpose="record", tokens_in=reads, tokens_cached=cached, tokens_out=writes, seconds=seconds, outcome="ok"
    )


def test_reading_and_writing_take_their_own_time() -> None:
    assert SPEED.seconds(reads=1000, writes=400) == 50


def test_an_answer_that_took_twice_as_long_halves_the_speed() -> None:
    assert SPEED.after(call(1000, 0, 400, 100)) == Speed(50, 5)


def test_what_need_not_be_read_again_takes_no_time() -> None:
    assert SPEED.after(call(1000, 500, 400, 45)) == SPEED


@pytest.mark.parametrize("unclear", [call(None, None, None, 9), call(1000, 0, 0, 9), call(1000, 0, 400, 0)])
def test_a_call_that_tells_nothing_changes_nothing(unclear: Call) -> None:
    assert SPEED.after(unclear) == SPEED


def test_the_next_process_knows_the_speed() -> None:
    assert kept_speed(WEIGHTS) is None
    SPEED.keep(WEIGHTS)
    assert kept_speed(WEIGHTS) == SPEED


@pytest.mark.parametrize(
    "content", ["", "[]", '{"reading": 1}', '{"reading": 0, "writing": 1}', '{"reading": "1", "writing": 1}', "null"]
)
def test_a_file_that_makes_no_sense_is_no_speed(cache: Path, content: str) -> None:
    SPEED.keep(WEIGHTS)
    (cache / "tiny.speed.json").write_text(content)
    assert kept_speed(WEIGHTS) is None


@pytest.mark.parametrize(
    ("seconds", "said"), [(1, "about 5 s"), (47, "about 45 s"), (89, "about 90 s"), (130, "about 2 min")]
)
def test_it_is_said_in_round_figures(seconds: float, said: str) -> None:
    assert str(Expected(1010, 400, seconds)) == f"{said}: reads 1,010 tokens, writes about 400"
