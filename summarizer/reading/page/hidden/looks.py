"""How an element looks to a reader: whether its text is seen, and what it hands down to the elements in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from summarizer.reading.page.hidden.boxes import FAR_LEFT, Box, BoxPlace, Cause
from summarizer.reading.page.hidden.css.browser import INLINE, TABLE, UNSHOWN
from summarizer.reading.page.hidden.css.cascade import Values
from summarizer.reading.page.hidden.css.colours import CLEAR, CURRENT, WHITE, Colour
from summarizer.reading.page.hidden.css.properties import Deferred, Wide
from summarizer.reading.page.hidden.css.variables import Custom, told, with_custom
from summarizer.reading.page.hidden.lettering import INITIAL, Lettering
from summarizer.reading.page.hidden.own import Own
from summarizer.reading.page.hidden.rooms import has_blocks, has_no_room

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DARK = Colour(0.07, 0.07, 0.07)
"""The ground of a page that asks for a dark one."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What text stands on: a colour, None for an image and where it can't be told, and the element that it is of."""

    colour: Colour | None = WHITE
    holder: HtmlElement | None = None
    is_covering: bool = False
    """Whether it lies over all that stands behind, down to the last stacking context."""


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What is known of an element where its text is to be seen."""

    letters: Lettering = field(default_factory=Lettering)
    custom: Custom = field(default_factory=dict)
    own: Own = field(default_factory=Own)
    place: BoxPlace = field(default_factory=BoxPlace)
    causes: tuple[Cause, ...] = ()
    invisible: Cause | None = None
    """Of `visibility`, which an element in it may undo."""
    opacity: float = 1.0
    ground: Ground = field(default_factory=Ground)
    has_items: bool = False
    has_no_rows: bool = False
    has_no_columns: bool = False
    looks: dict[object, Look] = field(default_factory=dict)
    """Looks of elements in it, by what is declared for them."""

    @property
    def hidden_by(self) -> tuple[Cause, ...]:
        """Why nothing of the element's text is seen, from the outermost element on."""
        return self.causes if self.invisible is None else (*self.causes, self.invisible)

    @property
    def blank(self) -> str | None:
        """The rule by which its text can't be read, though there is room for it."""
        letters = self.letters
        if letters.is_too_small(self.place.across, self.place.along):
            return "hidden.size"
        if self.place.is_off(letters.indent.pixels(letters.size)) or letters.word_spacing <= FAR_LEFT:
            return "hidden.place"
        if letters.is_masked:
            return "hidden.masked"
        if letters.is_lost_on(None):
            return "hidden.opacity"
        return "hidden.colour" if letters.is_lost_on(self.ground.colour) else None


def look_of(element: HtmlElement, parent: Look, declared: Values) -> Look:
    """How an element looks in one that looks as `parent`; one look for all children of which the same is declared."""
    is_unshown = element.tag in UNSHOWN
    if not declared and not is_unshown:
        return _plain(parent)
    # What besides its declarations a look may hang on.
    kind = (element.tag in INLINE, element.tag in TABLE, len(element) > 1, has_blocks(element))
    key = (id(declared), kind)
    if key in parent.looks and not is_unshown:
        return parent.looks[key]
    look = _look(element, parent, declared)
    if look.hidden_by == parent.hidden_by and look.ground.holder is not element:
        parent.looks[key] = look
    return look


def _plain(parent: Look) -> Look:
    """The look of an element of which nothing is declared."""
    if not parent.own.values:
        return parent
    if None not in parent.looks:
        parent.looks[None] = replace(
            parent, own=Own(), has_items=False, has_no_rows=False, has_no_columns=False, looks={}
        )
    return parent.looks[None]


def _look(element: HtmlElement, parent: Look, declared: Values) -> Look:
    custom = with_custom(parent.custom, declared)
    own = Own(dict(_resolved(declared, parent.own, custom)))
    if element.tag == "html" and own.words("color-scheme") & {"dark", "light"} == {"dark"}:
        parent = replace(parent, letters=replace(parent.letters, colour=WHITE), ground=Ground(_DARK))
    letters = parent.letters.inherited(own)
    box = Box.of(element, own, parent, letters)
    ground = _ground(own, box, letters)
    is_clipped = "text" in own.words("background-clip")
    return Look(
        letters=_filled(letters, ground) if is_clipped else letters,
        custom=custom,
        own=own,
        place=box.place(),
        causes=(*box.inherited_causes(), *box.causes(has_no_room=has_no_room(box))),
        invisible=_invisible(element, own, parent),
        opacity=parent.opacity * box.opacity,
        ground=replace(parent.ground, is_covering=ground.is_covering) if is_clipped else ground,
        has_items=box.has_items,
        has_no_rows=own.is_true("grid-template-rows"),
        has_no_columns=own.is_true("grid-template-columns"),
    )


def _resolved(declared: Values, above: Own, custom: Custom) -> Iterator[tuple[str, object]]:
    for name, said in declared.items():
        if name.startswith("--"):
            continue
        value = told(said, name, custom) if isinstance(said, Deferred) else said
        if not isinstance(value, Wide):
            yield name, value
        elif value.keyword == "inherit" and name not in INITIAL and name in above.values:
            yield name, above.values[name]
        elif value.keyword == "initial" and name in INITIAL:
            yield name, INITIAL[name]
        elif value.keyword in ("initial", "unset") and name == "display":
            yield name, "inline"


def _invisible(element: HtmlElement, own: Own, parent: Look) -> Cause | None:
    if "visibility" not in own.values:
        return parent.invisible
    return Cause("hidden.visibility", element) if own.word("visibility") in ("hidden", "collapse") else None


def _ground(own: Own, box: Box, letters: Lettering) -> Ground:
    """The ground of what is in the box: its own, if it has one, on that around it."""
    above = box.parent.ground
    is_covering = above.is_covering and not box.is_stacked
    colour, image = own.values.get("background-color", CLEAR), own.values.get("background-image", "none")
    is_mixed = bool(own.words("mix-blend-mode") - {"normal"})
    if colour == CLEAR and image == "none" and not is_mixed:
        return above if is_covering == above.is_covering else replace(above, is_covering=is_covering)
    layers = [letters.colour if colour == CURRENT else colour, CLEAR if image == "none" else image]
    is_opaque = any(isinstance(layer, Colour) and layer.alpha == 1 for layer in layers)
    is_canvas = box.element.tag == "html" or (box.element.tag == "body" and above.holder is None)
    seen = None if is_mixed else _painted(layers, above.colour)
    return Ground(seen, box.element, is_covering or (is_opaque and not is_canvas and not box.is_stacked))


def _painted(layers: list[object], ground: Colour | None) -> Colour | None:
    for layer in layers:
        if not isinstance(layer, Colour) or (ground is None and 0 < layer.alpha < 1):
            return None
        if layer.alpha:
            ground = layer if layer.alpha == 1 or ground is None else layer.on(ground)
    return ground


def _filled(letters: Lettering, ground: Ground) -> Lettering:
    """Letters whose clear parts show the ground of the box, which is seen nowhere else."""
    is_full = letters.painted is not None and letters.painted.alpha == 1
    return letters if is_full else replace(letters, fill=ground.colour)
