"""What the letters of a text look like; all of it is inherited."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from summarizer.reading.page.hidden.css.colours import BLACK, CURRENT, FAINTEST, Colour
from summarizer.reading.page.hidden.css.properties import UNTOLD
from summarizer.reading.page.hidden.css.values import Quantity
from summarizer.reading.page.hidden.own import Own

SMALLEST = 3.0
"""Pixels: letters less high can't be read."""
NARROWEST = -0.5
"""Of the size of letters: set so much closer they lie one upon the other."""

INITIAL = {
    "visibility": "visible",
    "color": BLACK,
    "font-size": Quantity(px=16),
    "line-height": UNTOLD,
    "text-indent": Quantity(),
    "letter-spacing": Quantity(),
    "word-spacing": Quantity(),
    "white-space": "normal",
    "text-shadow": (),
    "font-size-adjust": "none",
    "-webkit-text-fill-color": CURRENT,
    "-webkit-text-stroke-width": Quantity(),
    "-webkit-text-stroke-color": CURRENT,
    "-webkit-text-security": "none",
}
"""The inherited properties, and what they are where nothing is said."""

Paint = Colour | str | None
"""A colour, CURRENT for that of the text, None where it can't be told."""


@dataclass(frozen=True, slots=True)
class Lettering:
    """Lengths are in pixels."""

    size: float = 16.0
    line: float | None = None
    colour: Colour | None = BLACK
    fill: Paint = CURRENT
    shadows: tuple[Paint, ...] = ()
    stroke: float = 0.0
    stroke_colour: Paint = CURRENT
    indent: Quantity = field(default_factory=Quantity)
    spacing: float = 0.0
    word_spacing: float = 0.0
    is_unwrapped: bool = False
    is_masked: bool = False

    def inherited(self, own: Own) -> Lettering:
        """That of an element in the text."""
        if own.values.keys().isdisjoint(INITIAL):
            return self
        size = 0.0 if own.number("font-size-adjust", 1) < 0.05 else own.pixels("font-size", self.size, self.size)
        indent = own.values.get("text-indent", self.indent)
        return Lettering(
            size=size,
            line=_line(own.values["line-height"], size) if "line-height" in own.values else self.line,
            colour=self._colour(own),
            fill=_paint(own.values.get("-webkit-text-fill-color", self.fill)),
            shadows=_shadows(own.values.get("text-shadow", self.shadows)),
            stroke=own.pixels("-webkit-text-stroke-width", size, self.stroke),
            stroke_colour=_paint(own.values.get("-webkit-text-stroke-color", self.stroke_colour)),
            indent=replace(indent, px=indent.px + indent.em * size, em=0)
            if isinstance(indent, Quantity)
            else Quantity(),
            spacing=own.pixels("letter-spacing", size, self.spacing),
            word_spacing=own.pixels("word-spacing", size, self.word_spacing),
            is_unwrapped=own.word("white-space", "nowrap" if self.is_unwrapped else "") in ("nowrap", "pre"),
            is_masked=own.word("-webkit-text-security", "disc" if self.is_masked else "none") != "none",
        )

    def _colour(self, own: Own) -> Colour | None:
        said = own.values.get("color", CURRENT)
        return self.colour if said == CURRENT else said if isinstance(said, Colour) else None

    def is_too_small(self, across: float, along: float) -> bool:
        """Whether its letters can't be read, scaled so much in width and height."""
        return self.size * min(across, along) < SMALLEST or self.spacing <= NARROWEST * self.size

    @property
    def painted(self) -> Colour | None:
        """The colour within the letters."""
        return self.colour if self.fill == CURRENT else self.fill if isinstance(self.fill, Colour) else None

    def is_lost_on(self, ground: Colour | None) -> bool:
        """Whether neither letters nor their shadows and outlines can be told from the ground, or from any (None)."""
        drawn = [self.fill, *self.shadows, *([self.stroke_colour] if self.stroke else [])]
        colours = [self.colour if paint == CURRENT else paint for paint in drawn]
        return all(isinstance(colour, Colour) and _is_lost(colour, ground) for colour in colours)


def _is_lost(colour: Colour, ground: Colour | None) -> bool:
    return colour.alpha < FAINTEST or (ground is not None and colour.is_like(ground))


def _line(value: object, size: float) -> float | None:
    return value.pixels(size) if isinstance(value, Quantity) else None


def _paint(value: object) -> Paint:
    return value if isinstance(value, Colour) or value == CURRENT else None


def _shadows(value: object) -> tuple[Paint, ...]:
    return tuple(map(_paint, value)) if isinstance(value, tuple) else (None,)
