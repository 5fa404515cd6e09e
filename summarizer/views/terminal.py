"""The record for a person at a terminal, who reads one article and decides what to believe."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator, Set

from rich.box import HEAVY
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from summarizer.article import Article
from summarizer.record import Content, Summary
from summarizer.views import labels
from summarizer.views.page import Block, Page, Row, text_of
from summarizer.views.screen import LINES, MAY_GO, Screen

WIDEST = 100
"""Columns: longer lines are hard to read."""

_PROMPT = 2
"""Lines of a screen that the shell wants."""


def show(summary: Summary, article: Article, *, full: bool = False, check: str | None = None) -> None:
    """Prints the record to standard output, in colour where that is a terminal, as much of it as that holds."""
    console = Console(file=sys.stdout)
    is_screen = console.is_terminal
    page = render(
        summary,
        article,
        width=min(console.width, WIDEST),
        height=console.height - _PROMPT if is_screen else LINES,
        color=is_screen and not console.no_color,
        full=full,
        check=check,
    )
    sys.stdout.write(page)


def render(
    summary: Summary,
    article: Article,
    *,
    width: int | None = None,
    height: int = LINES,
    color: bool,
    full: bool = False,
    check: str | None = None,
) -> str:
    """The record as lines of at most `width` columns (default: 80), with ANSI colours or without any.

    What matters first, in about `height` lines, or all of it with `full`. `article` is the one the record is of: its
    sentences are what the numbers in brackets name. `check` is the command that shows them.
    """
    console = Console(
        file=io.StringIO(),
        width=width or 80,
        height=25,  # with both sizes given, rich does not ask the environment
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        legacy_windows=False,
        force_jupyter=False,
        force_interactive=False,
    )
    with console.capture() as capture:
        if summary.status != "ok":
            console.print(_not_ok(summary))
        elif full:
            below = _footer(*_below(summary, article, labels.run(summary.run), check))
            console.print(_spaced([*Page(summary, article).blocks(), below]))
        else:
            console.print(_spaced(_screenful(summary, article, check, height, console)))
    return "".join(f"{line.rstrip()}\n" for line in capture.get().rstrip().split("\n"))


def so_far(content: Content, article: Article) -> RenderableType:
    """What there is of a record that is still being written."""
    return _spaced(Page(content, article, is_live=True).blocks())


def _spaced(blocks: Iterable[Block]) -> RenderableType:
    spaced = [part for block in blocks for part in (block, Text(""))]
    return Group(*spaced[:-1])


def _screenful(summary: Summary, article: Article, check: str | None, height: int, console: Console) -> list[Block]:
    """The blocks that a reader wants first, and below them what else there is."""

    def footer(above: list[Block]) -> Block:
        return _footer(*_beside(summary, {block.name for block in above}), *_below(summary, article, run, check))

    run = labels.run_in_short(summary.run)
    blocks = [*Page(summary, article).first_blocks()]
    screen = Screen(height, lambda block: len(console.render_lines(block)))
    screen.lines -= screen.height(footer([block for block in blocks if block.name not in MAY_GO])) + 1
    blocks = screen.fitted(blocks)
    return [*blocks, footer(blocks)]


def _footer(*lines: str) -> Block:
    return Block("footer", tuple(Row(text_of(line, "dim")) for line in lines))


def _beside(summary: Summary, shown: Set[str]) -> Iterator[str]:
    """What stands in the record and not on the screen."""
    if notes := labels.notes(summary):
        yield f"Notes: {notes}"
    if more := labels.others(summary, shown):
        yield f"Also in the record (--full): {more}"


def _below(summary: Summary, article: Article, run: str, check: str | None) -> Iterator[str]:
    """What was removed from the source, who wrote the record, how it came to be, and what shows the sentences by
    their numbers."""
    if removed := labels.removed(article):
        yield removed
    if written := labels.disclosure(summary.run):
        yield written
    yield " · ".join(filter(None, (run, f"check [n]: {check}" if check else None)))


def _not_ok(summary: Summary) -> RenderableType:
    reason = text_of(summary.status_reason or "No reason was given.")
    title = Text(labels.STATUSES[summary.status].upper(), style="bold yellow")
    return Panel(Group(title, Text(""), reason), box=HEAVY, border_style="yellow", padding=(1, 3))
