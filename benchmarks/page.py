"""How long a browser takes for the page of a long article: until it is painted, and for its slowest frame.

python -m benchmarks.page [SENTENCES]

The record is that of the rules, once with 40 things in each field and once with all that they find. Every figure is
the median of five visits by the machine's own Chromium; the frames are those of the article scrolled from end to end.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from summarizer.pipeline import summarize
from summarizer.reading import read_article
from summarizer.record import Summary
from summarizer.settings import Settings
from summarizer.views import html

CHROMIUM = "/usr/bin/chromium"
VISITS = 5
PAINTED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
SCROLLED = """async () => {
    const pane = document.querySelector(".article");
    let slowest = 0, last = performance.now();
    for (let step = 0; step < 60; step++) {
        pane.scrollTop += pane.scrollHeight / 60;
        await new Promise(requestAnimationFrame);
        const now = performance.now();
        slowest = Math.max(slowest, now - last);
        last = now;
    }
    return slowest;
}"""


def visited(browser: Browser, file: Path) -> tuple[float, float]:
    """Seconds until the page is painted, and of its slowest frame."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    started = time.perf_counter()
    page.goto(file.as_uri())
    page.evaluate(PAINTED)
    painted = time.perf_counter() - started
    slowest = page.evaluate(SCROLLED) / 1000
    page.close()
    return painted, slowest


def paragraphs(count: int) -> Iterator[str]:
    """This many sentences, six to a paragraph."""
    for first in range(0, count, 6):
        yield " ".join(
            f"Sentence {at} of the report says that the harbour has {at * 7} bearings, and that none of them was "
            f"inspected in {1950 + at % 70}."
            for at in range(first, first + 6)
        )


def in_short(summary: Summary) -> Summary:
    """The same with 40 things in each field at most."""
    lists = {name: value[:40] for name, value in summary if isinstance(value, tuple)}
    return summary.model_copy(update=lists)


def main() -> None:
    """Prints a line for each record."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    article = read_article("\n\n".join(paragraphs(count)), kind="text")
    summary = summarize(article, model="extractive", settings=Settings())
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for name, record in {"40 of each": in_short(summary), "all": summary}.items():
            file = Path(folder) / "page.html"
            started = time.perf_counter()
            file.write_text(html.page(record, article), encoding="utf-8")
            written = time.perf_counter() - started
            painted, slowest = zip(*(visited(browser, file) for _ in range(VISITS)), strict=True)
            print(f"{len(article.sentences):,} sentences, {name}: {file.stat().st_size / 1e6:.1f} MB", end="; ")
            print(f"written in {written:.2f} s, painted in {statistics.median(painted):.2f} s", end="; ")
            print(f"slowest frame {1000 * statistics.median(slowest):.0f} ms")


if __name__ == "__main__":
    main()
