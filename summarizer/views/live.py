"""A record on a terminal while it is being written: as much of its end as the screen holds, drawn in its place."""

from __future__ import annotations

from typing import Any, Self

from rich.console import Console, ConsoleOptions, RenderResult
from rich.live import Live
from rich.segment import Segment
from rich.spinner import Spinner
from rich.text import Text

from summarizer.article import Article
from summarizer.checking.pieces import StreamedPiece, content_of
from summarizer.views.printable import printable
from summarizer.views.terminal import WIDEST, so_far

REDRAWN = 8
"""Times a second."""


class LiveRecord:
    """Shows the pieces that it is given and one line that says what goes on; leaves nothing behind on the screen."""

    def __init__(self, console: Console) -> None:
        self._pieces: dict[str, StreamedPiece] = {}
        self._article: Article | None = None
        self._spinner = Spinner("dots")
        self._live = Live(self, console=console, transient=True, refresh_per_second=REDRAWN, vertical_overflow="crop")

    def say(self, text: str) -> None:
        """The line that says what goes on."""
        self._spinner.update(text=Text(printable(text)))

    def add(self, piece: StreamedPiece, article: Article) -> None:
        """One more piece; one of the same path stood for the same."""
        self._article = article
        self._pieces[piece.path] = piece

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(self, *error: Any) -> None:
        self._live.stop()

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        narrow = options.update(width=min(options.max_width, WIDEST))
        lines: list[list[Segment]] = []
        if self._article:
            record = so_far(content_of(self._pieces.values(), self._article), self._article)
            lines = console.render_lines(record, narrow, pad=False)
        lines += console.render_lines(self._spinner, narrow, pad=False)
        for line in lines[-max(1, console.height - 1) :]:
            yield from line
            yield Segment.line()
