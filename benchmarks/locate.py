"""How long exact location takes: an index of 6,000 characters, and a hundred quotes that are not there.

python -m benchmarks.locate
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from summarizer.checking.quote_location import Locator

ROUNDS = 30
SENTENCE = "“We can’t rule it out – not yet…” said the Café’s owner in {}, when 1,200 people had signed. "
TEXT = "".join(SENTENCE.format(year) for year in range(1900, 2000))[:6000]
ABSENT = [f"We can rule it out, said the minister of number {number}, who had signed it all" for number in range(100)]


def milliseconds(work: Callable[[], object]) -> float:
    """Median wall time."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000


def main() -> None:
    """Prints both times."""
    locator = Locator(TEXT)
    index = milliseconds(lambda: Locator(TEXT))
    absent = milliseconds(lambda: [locator.locate(quote) for quote in ABSENT])
    print(f"index of {len(TEXT):,} characters: {index:.1f} ms")
    print(f"{len(ABSENT)} absent quotes: {absent:.1f} ms in all")


if __name__ == "__main__":
    main()
