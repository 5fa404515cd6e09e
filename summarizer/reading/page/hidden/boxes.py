"""The box of an element: how it is laid out, where it stands, and why nothing in it is seen, if so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from summarizer.reading.page.hidden.css.browser import INLINE, TABLE, UNSHOWN
from summarizer.reading.page.hidden.css.colours import FAINTEST, Colour
from summarizer.reading.page.hidden.css.shapes import NOTHING, Transform
from summarizer.reading.page.hidden.css.values import HEIGHT, WIDTH, Quantity
from summarizer.reading.page.hidden.lettering import Lettering
from summarizer.reading.page.hidden.own import Own

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from summarizer.reading.page.hidden.looks import Look

FAR_LEFT, FAR_RIGHT, FAR_DOWN = -900.0, 2500.0, 9000.0
"""Pixels from its place at which a box is off the screen, wherever its place was; downwards a reader scrolls."""

_WIDTH, _HEIGHT = 200.0, 20.0
"""Pixels that a box has at least, of which its moves in percent are shares."""
_WITH_ITEMS = frozenset(("flex", "inline-flex", "grid", "inline-grid", "-webkit-box", "-webkit-flex"))
_STACKING = ("transform", "translate", "scale", "rotate", "mask-image")
_SIDES = ("left", "top", "right", "bottom")
_PLACING = frozenset(
    (
        *("position", "zoom", "overflow-x", "overflow-y", "transform", "translate", "scale", "rotate", *_SIDES),
        *(f"{kind}-{side}" for kind in ("margin", "padding") for side in _SIDES),
    )
)
"""The properties that have a say in where a box is."""
_OUT_OF_FLOW = frozenset(("absolute", "fixed"))
_UNDISPLAYED = frozenset(("none", "table-column", "table-column-group"))


@dataclass(frozen=True, slots=True)
class Cause:
    """Why the text of an element and of all in it isn't seen."""

    rule: str
    element: HtmlElement
    is_of_flow: bool = field(default=False, compare=False)
    """Whether boxes in it that are positioned elsewhere escape it."""
    is_moving: bool = field(default=False, compare=False)
    """Whether the element is to change by and by."""


@dataclass(frozen=True, slots=True)
class BoxPlace:
    """How far a box is from where it would be, how much it is scaled, how much room is left before it is cut off."""

    right: float = 0.0
    down: float = 0.0
    across: float = 1.0
    along: float = 1.0
    room_across: float = float("inf")
    room_along: float = float("inf")
    is_fixed: bool = False

    def is_off(self, further: float) -> bool:
        """Whether nothing of a line that begins `further` to the right is on the screen."""
        right = self.right + further
        if self.is_fixed and (right >= WIDTH or self.down >= HEIGHT):
            return True
        if self.room_across <= 0 or self.room_along <= 0:
            return True
        return not FAR_LEFT < right < FAR_RIGHT or not FAR_LEFT < self.down < FAR_DOWN


def _is_whole(shift: object) -> bool:
    return isinstance(shift, Quantity) and shift.percent >= 100 and shift.px >= 0


@dataclass(frozen=True, slots=True)
class Box:
    """The box of an element in one that looks as `parent`."""

    element: HtmlElement
    own: Own
    parent: Look
    letters: Lettering
    display: str
    position: str
    opacity: float
    is_boxed: bool
    """Whether it is a block or the like, which has a size and can be moved, and not a part of a line."""

    @classmethod
    def of(cls, element: HtmlElement, own: Own, parent: Look, letters: Lettering) -> Box:
        """The box with what most questions about it turn on."""
        usual = "inline" if element.tag in INLINE else "table" if element.tag in TABLE else "block"
        display, position = own.word("display", usual), own.word("position", "static")
        is_taken_out = position in _OUT_OF_FLOW or own.word("float", "none") != "none" or parent.has_items
        is_boxed = display != "contents" and (display != "inline" or is_taken_out)
        opacity = min(1.0, max(0.0, own.number("opacity", 1.0))) * own.number("filter", 1.0)
        return cls(
            element, own, parent, letters, display, position, 1.0 if display == "contents" else opacity, is_boxed
        )

    @property
    def is_out_of_flow(self) -> bool:
        return self.position in _OUT_OF_FLOW

    @property
    def is_positioned(self) -> bool:
        return self.position != "static"

    @property
    def has_items(self) -> bool:
        return self.display in _WITH_ITEMS

    @property
    def is_stacked(self) -> bool:
        """Whether what is behind in it is painted over its own ground: it is a stacking context."""
        return (
            self.position in ("fixed", "sticky")
            or ((self.is_positioned or self.parent.has_items) and isinstance(self.own.values.get("z-index"), float))
            or self.opacity < 1
            or self.own.word("isolation") == "isolate"
            or bool(self.own.words("mix-blend-mode") - {"normal"})
            or any(self.own.values.get(name, "none") != "none" for name in _STACKING)
        )

    def pixels(self, name: str) -> float:
        """A length of its own, without what it has in percent."""
        return self.own.pixels(name, self.letters.size)

    def transform(self) -> Transform:
        """What all transforms do to the box, one after the other."""
        done = Transform()
        for name in ("translate", "rotate", "scale", "transform"):
            step = self.own.values.get(name)
            if isinstance(step, Transform) and self.is_boxed:
                # A row of slides is moved to show another one.
                is_row = self.has_items and len(self.element) > 1
                done = done.then(Transform(step.across, step.along, is_back=step.is_back) if is_row else step)
        return done

    def place(self) -> BoxPlace:
        """Where the box is, seen from its place in the page."""
        above = self.parent.place
        is_placed = self.is_boxed or self.is_positioned or "zoom" in self.own.values
        if not is_placed or self.own.values.keys().isdisjoint(_PLACING):
            return above
        moved = self.transform()
        zoom = max(0.0, self.own.number("zoom", 1.0)) or 1.0
        right, down = self._shift("left", "right") + moved.right, self._shift("top", "bottom") + moved.down
        is_fixed = above.is_fixed or self.position == "fixed"
        return BoxPlace(
            right=above.right + self._most(right, WIDTH, WIDTH if is_fixed else _WIDTH),
            down=above.down + self._most(down, HEIGHT, HEIGHT if is_fixed else _HEIGHT),
            across=above.across * abs(moved.across) * zoom,
            along=above.along * abs(moved.along) * zoom,
            room_across=self._room("width", above.room_across, right, "right"),
            room_along=self._room("height", above.room_along, down, "bottom"),
            is_fixed=is_fixed,
        )

    def _shift(self, start: str, end: str) -> Quantity:
        shifts = [self.own.values.get(f"{kind}-{start}") for kind in ("margin", "padding")]
        if self.position in ("relative", *_OUT_OF_FLOW):
            before, after = self.own.values.get(start), self.own.values.get(end)
            shifts.append(
                after.times(-1) if isinstance(after, Quantity) and not isinstance(before, Quantity) else before
            )
        return sum((shift for shift in shifts if isinstance(shift, Quantity)), Quantity())

    def _most(self, shift: Quantity, most: float, least: float) -> float:
        """How far to the right or down the shift may be; what its percent are of is between the two."""
        return shift.pixels(self.letters.size, most if shift.percent > 0 else least)

    def _room(self, size: str, above: float, shift: Quantity, end: str) -> float:
        """What is left before the box is cut off by one around it, or cuts off what is in it."""
        is_escaped = self.is_out_of_flow and self.parent.own.word("position", "static") == "static"
        left = float("inf") if is_escaped else above - shift.pixels(self.letters.size)
        overflow = self.own.word("overflow-y" if size == "height" else "overflow-x", "visible")
        given = self.own.values.get(size, self.own.values.get(f"max-{size}"))
        if overflow not in ("hidden", "clip") or not isinstance(given, Quantity) or given.is_share:
            return left
        is_sure = f"min-{size}" not in self.own.values and not self.parent.has_items and self.is_boxed
        room = given.pixels(self.letters.size) + self.pixels(f"padding-{end}")
        return min(left, room) if is_sure and room > 0 else left

    def inherited_causes(self) -> Iterator[Cause]:
        """Those of the element around that the box doesn't escape."""
        for cause in self.parent.causes:
            if not (cause.is_of_flow and self.is_out_of_flow):
                yield replace(cause, is_of_flow=False) if cause.is_of_flow and self.is_positioned else cause

    def causes(self, *, has_no_room: bool) -> Iterator[Cause]:
        """Why nothing in the box is seen, if so."""
        if self.element.tag in UNSHOWN:
            yield self._cause("element")
        if self._is_undisplayed():
            yield self._cause("display")
        if self.display == "contents":
            return
        before = self.parent.opacity
        if self.opacity < FAINTEST or (before >= FAINTEST > self.opacity * before):
            yield self._cause("opacity")
        if self._is_cut_away():
            yield self._cause("clip")
        if has_no_room:
            is_holder = self.is_positioned or self.is_stacked or "contain" in self.own.values
            yield replace(self._cause("room"), is_of_flow=not is_holder)
        if self.is_boxed and self.transform().is_back and self.own.word("backface-visibility") == "hidden":
            yield self._cause("transform")
        if self._is_beside():
            yield self._cause("place")
        if self._is_behind():
            yield self._cause("behind")

    def _cause(self, rule: str) -> Cause:
        is_changing = bool(self.own.words("transition") - {"none", "auto"})
        is_paused = "paused" in self.own.words("animation-play-state")
        is_shifted = any(isinstance(self.own.values.get(name), Transform) for name in _STACKING)
        is_moving = is_changing or is_paused or is_shifted
        return Cause(f"hidden.{rule}", self.element, is_moving=is_moving)

    def _is_undisplayed(self) -> bool:
        is_replaced = self.own.is_true("content")
        is_skipped = self.own.word("content-visibility") == "hidden" and self.is_boxed
        return self.display in _UNDISPLAYED or is_replaced or is_skipped

    def _is_cut_away(self) -> bool:
        mask = self.own.values.get("mask-image", "none")
        size = self.own.pixels("mask-size", self.letters.size, NOTHING + 1, whole=1000)
        is_masked = (mask != "none" and size < NOTHING) or (isinstance(mask, Colour) and mask.alpha < FAINTEST)
        return is_masked or self.own.is_true("clip-path") or (self.own.is_true("clip") and self.is_out_of_flow)

    def _is_beside(self) -> bool:
        """Whether it is moved out of the box around it, which cuts it off, by all the width or height of that."""
        above = self.parent.own
        if not {above.word("overflow-x"), above.word("overflow-y")} & {"hidden", "clip"} or not self.is_boxed:
            return False
        if self.is_out_of_flow:
            ends = [self.own.values.get(name) for name in _SIDES]
            return above.word("position", "static") != "static" and any(map(_is_whole, ends))
        is_wide = self.display == "block" and "width" not in self.own.values and not self.parent.has_items
        moved = self.transform().right
        return is_wide and (_is_whole(self.own.values.get("margin-left")) or abs(moved.percent) >= 100)

    def _is_behind(self) -> bool:
        is_sorted = self.is_positioned or self.parent.has_items
        return is_sorted and self.own.number("z-index", 0) < 0 and self.parent.ground.is_covering
