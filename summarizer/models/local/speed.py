"""How fast this machine reads and writes with some weights: measured once, put right by every answer, and kept."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from summarizer.record import Call
from summarizer.settings import cache_folder


@dataclass(frozen=True, slots=True)
class Speed:
    """Tokens a second."""

    reading: float
    writing: float

    def seconds(self, reads: int, writes: int) -> float:
        """How long so many tokens take."""
        return reads / self.reading + writes / self.writing

    def after(self, call: Call) -> Speed:
        """Put right by how long this call has taken; the same where that can't be told."""
        if not (call.tokens_in and call.tokens_out and call.seconds):
            return self
        factor = self.seconds(call.tokens_in - (call.tokens_cached or 0), call.tokens_out) / call.seconds
        return Speed(self.reading * factor, self.writing * factor)

    def keep(self, weights: Path) -> None:
        """For the next process."""
        file = _file(weights)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(asdict(self)), encoding="utf-8")


def kept_speed(weights: Path) -> Speed | None:
    """What was last known of these weights on this machine."""
    try:
        speed = Speed(**json.loads(_file(weights).read_bytes()))
        return speed if speed.reading > 0 and speed.writing > 0 else None
    except (OSError, ValueError, TypeError):
        return None


def _file(weights: Path) -> Path:
    return cache_folder() / f"{weights.stem}.speed.json"


@dataclass(frozen=True, slots=True)
class Expected:
    """What one answer will take, before its first token."""

    reads: int
    writes: int
    seconds: float

    def __str__(self) -> str:
        return f"about {_rounded(self.seconds)}: reads {self.reads:,} tokens, writes about {self.writes:,}"


def _rounded(seconds: float) -> str:
    if seconds < 90:
        return f"{max(5, 5 * round(seconds / 5))} s"
    return f"{round(seconds / 60)} min"
