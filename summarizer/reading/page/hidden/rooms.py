"""Whether a box that cuts off what doesn't fit has any room for its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summarizer.reading.page.hidden.css.browser import INLINE
from summarizer.reading.page.hidden.css.shapes import NOTHING
from summarizer.reading.page.hidden.css.value_readers import UNTOLD
from summarizer.reading.page.hidden.css.values import Quantity

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from summarizer.reading.page.hidden.boxes import Box

LOWEST, NARROWEST = 0.25, 0.5
"""Of the height of its letters: a box that is lower, or narrower, shows nothing of them that can be read."""
FAR_INDENT = 900.0
"""Pixels to the right, where a line doesn't break and is cut off."""
_CUTTING = frozenset(("overflow-x", "overflow-y", "contain"))


def has_no_room(box: Box) -> bool:
    """Whether nothing of the box's text is seen for the size of the box, or for where the text begins in it."""
    if not box.is_boxed or box.own.values.keys().isdisjoint(_CUTTING):
        return False
    if box.display.startswith("table"):
        return False  # a table and its cells are as large as what is in them
    across, along = (box.own.word(f"overflow-{axis}", "visible") for axis in "xy")
    contained = box.own.words("contain")
    is_cut = bool(contained & {"strict", "content", "paint"})
    # Cut in one direction it is cut in the other one, too, but for `clip`.
    is_cut_along = is_cut or along != "visible" or across not in ("visible", "clip")
    is_cut_across = is_cut or across != "visible" or along not in ("visible", "clip")
    if is_cut_along and (box.parent.has_no_rows or _is_shut(box, "height", "bottom") or _is_line_cut(box)):
        return True
    if is_cut_across and (box.parent.has_no_columns or _is_shut(box, "width", "right") or _is_indented_out(box)):
        return True
    is_empty = bool(contained & {"strict", "size"}) or _has_no_lines(box)
    return (
        is_cut_along
        and is_empty
        and box.own.values.get("height", "auto") == "auto"
        and not _stays_open(box, "height")
    )


def _is_shut(box: Box, size: str, end: str) -> bool:
    """Whether it has no height, or no width. Text that runs over is seen as far as the padding at its end reaches."""
    if _stays_open(box, size) or box.pixels(f"padding-{end}") > NOTHING:
        return False
    least = max(NOTHING, box.letters.size * (LOWEST if size == "height" else NARROWEST))
    start = {"bottom": "top", "right": "left"}[end]
    padding = box.pixels(f"padding-{start}") if box.own.word("box-sizing") == "border-box" else 0.0
    limits = (box.own.values.get(size), box.own.values.get(f"max-{size}"))
    return any(_pixels(box, limit, size) - padding < least for limit in limits)


def _pixels(box: Box, limit: object, size: str) -> float:
    """Pixels; any number where nothing is said. A share of a height that isn't given is none."""
    if not isinstance(limit, Quantity) or (limit.is_share and size == "height"):
        return float("inf")
    return limit.pixels(box.letters.size, 1000)


def _stays_open(box: Box, size: str) -> bool:
    least = box.own.values.get(f"min-{size}")
    is_open = least is UNTOLD or (isinstance(least, Quantity) and least.pixels(box.letters.size, 100) > NOTHING)
    return is_open or (box.parent.has_items and box.own.number("flex-grow", 0) > 0)


def _is_line_cut(box: Box) -> bool:
    """Whether its lines are so high that their letters, in the middle, are below what is seen."""
    line, size = box.letters.line, box.letters.size
    if line is None or _stays_open(box, "height"):
        return False
    limits = [_pixels(box, box.own.values.get(name), "height") for name in ("height", "max-height")]
    return (line - size) / 2 > min(limits) + box.pixels("padding-bottom")


def _has_no_lines(box: Box) -> bool:
    return box.letters.line is not None and box.letters.line < NOTHING and not has_blocks(box.element)


def has_blocks(element: HtmlElement) -> bool:
    """Whether not all in it is on its own lines."""
    return any(child.tag not in INLINE for child in element)


def _is_indented_out(box: Box) -> bool:
    indent = box.letters.indent
    if indent.percent <= -100:
        return True
    return box.letters.is_unwrapped and (indent.percent >= 100 or indent.px >= FAR_INDENT)
