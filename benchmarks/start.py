"""How fast the command starts: `summarizer --help` against `llm --help`, alternating in one run.

python -m benchmarks.start [PATH_OF_llm]
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 15


def seconds(command: list[str]) -> float:
    """Wall time of one run."""
    started = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started


def main() -> None:
    """Prints both medians and their ratio."""
    ours = [str(Path(sys.executable).with_name("summarizer")), "--help"]
    other = sys.argv[1] if len(sys.argv) > 1 else shutil.which("llm")
    if not other:
        print("llm is not installed: pip install llm into an environment of its own, and name its path")
        return
    rounds = [(seconds(ours), seconds([other, "--help"])) for _ in range(ROUNDS)]
    mine, theirs = (statistics.median(column) for column in zip(*rounds, strict=True))
    print(f"summarizer --help {mine:.3f} s, llm --help {theirs:.3f} s, ratio {mine / theirs:.2f} (bar: 0.20)")


if __name__ == "__main__":
    main()
