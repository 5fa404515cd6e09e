"""A page's own style sheets as flat rules, in order: those that hold on a screen and may match on the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from summarizer.reading.page.hidden.css.properties import RELEVANT
from summarizer.reading.page.hidden.css.screen import in_box, is_supported, on_screen
from summarizer.reading.page.hidden.css.selectors import Names, in_scope, within
from summarizer.reading.page.hidden.css.syntax import Statement, bare, statements

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from tinycss2.ast import Declaration

LONGEST_SELECTOR = 2_000
"""Characters. Selectors double with each level of nesting that names its parent twice."""
DEEPEST_RULE = 24
"""Rules within rules."""

_NAME = re.compile(r"(?:\A|[;{}\s/])(--|[-\w]++(?=\s*+:))")


@dataclass(frozen=True, slots=True)
class Rule:
    """Declarations and the elements they are for. `layer` sorts cascade layers, unlayered rules last."""

    selectors: str
    declarations: tuple[Declaration, ...]
    layer: tuple[float, ...]
    is_certain: bool
    """Whether the conditions that it stands under hold for certain."""


@dataclass(frozen=True, slots=True)
class Sheets:
    """All rules of a page, the first and last frames of its animations, first values of its custom properties."""

    rules: list[Rule] = field(default_factory=list)
    first_frames: dict[str, tuple[Declaration, ...]] = field(default_factory=dict)
    last_frames: dict[str, tuple[Declaration, ...]] = field(default_factory=dict)
    initial: dict[str, Declaration] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a sheet a rule stands."""

    parents: str = ""
    scope: str = ""
    layer: tuple[str, ...] = ()
    is_certain: bool = True
    depth: int = 0


def read_sheets(tree: HtmlElement, names: Names) -> Sheets:
    """What the style elements of a page say."""
    reader = _Reader(names)
    for style in tree.iter("style"):
        holds = on_screen(style.get("media") or "all")
        is_css = (style.get("type") or "text/css").strip().lower() == "text/css"
        is_unread = next(style.iterancestors("noscript", "template"), None) is not None
        if holds is not False and is_css and not is_unread:
            reader.read("".join(style.itertext()), _Place(is_certain=bool(holds)))
    return reader.sheets()


def declarations(css: str) -> tuple[Declaration, ...]:
    """The declarations of a style attribute that have a say in whether text is seen."""
    if not _is_relevant(css):
        return ()
    found = (_declaration(statement) for statement in statements(css, is_nested=True))
    return tuple(declaration for declaration in found if declaration is not None)


class _Reader:
    def __init__(self, names: Names) -> None:
        self._names = names
        self._sheets = Sheets()
        self._layers: dict[tuple[str, ...], int] = {}
        self._found: list[tuple[Rule, tuple[str, ...]]] = []

    def sheets(self) -> Sheets:
        """Layers are sorted at the end, as any of them may be named later."""
        for rule, layer in self._found:
            self._sheets.rules.append(replace(rule, layer=self._rank(layer)))
        return self._sheets

    def _rank(self, layer: tuple[str, ...]) -> tuple[float, ...]:
        return (*(self._layers[layer[: index + 1]] for index in range(len(layer))), float("inf"))

    def _enter(self, layer: tuple[str, ...]) -> tuple[str, ...]:
        for index in range(len(layer)):
            self._layers.setdefault(layer[: index + 1], len(self._layers))
        return layer

    def read(self, css: str, place: _Place) -> None:
        """Takes up the rules of a sheet, or of a block in one."""
        if place.depth > DEEPEST_RULE:
            return
        pending: list[Declaration] = []
        for statement in statements(css, is_nested=bool(place.parents)):
            prelude = bare(statement.prelude)
            if statement.block is not None or prelude.startswith("@"):
                self._flush(pending, place)
                self._rule(prelude, statement.block, place)
            elif place.parents and (declared := _declaration(statement)):
                pending.append(declared)
        self._flush(pending, place)

    def _flush(self, pending: list[Declaration], place: _Place) -> None:
        if pending:
            self._found.append((Rule(place.parents, tuple(pending), (), place.is_certain), place.layer))
            pending.clear()

    def _rule(self, prelude: str, block: str | None, place: _Place) -> None:
        if prelude.startswith("@"):
            name, rest = re.findall(r"(?s)^@([-\w]*)(.*)", prelude)[0]
            self._at_rule(name.lower(), rest.strip(), block, place)
        elif block is not None and _is_relevant(block) and self._names.may_match(prelude):
            told = within(prelude, place.parents) if place.parents else prelude
            told = in_scope(told, place.scope) if place.scope else told
            if len(told) <= LONGEST_SELECTOR or told is prelude:
                self.read(block, replace(place, parents=told, scope="", depth=place.depth + 1))

    def _at_rule(self, name: str, rest: str, block: str | None, place: _Place) -> None:
        if name == "layer":
            self._layer(rest, block, place)
        elif block is None:
            return
        elif name in _CONDITIONS:
            holds = _CONDITIONS[name](rest)
            if holds is not False:
                self.read(block, replace(place, is_certain=place.is_certain and bool(holds), depth=place.depth + 1))
        elif name == "scope":
            self.read(block, replace(place, scope=rest or "(:root)", depth=place.depth + 1))
        elif name.endswith("keyframes"):
            self._keyframes(rest.strip("\"'"), block)
        elif name == "property":
            self._property(rest, block)

    def _layer(self, names: str, block: str | None, place: _Place) -> None:
        if block is None:
            for name in names.split(","):
                self._enter((*place.layer, *name.strip().split(".")))
            return
        inner = tuple(names.split(".")) if names else (f"anonymous {len(self._layers)}",)
        self.read(block, replace(place, layer=self._enter((*place.layer, *inner)), depth=place.depth + 1))

    def _keyframes(self, name: str, block: str) -> None:
        first, last = self._sheets.first_frames, self._sheets.last_frames
        first[name], last[name] = (), ()
        for frame in statements(block, is_nested=True):
            for moment in frame.prelude.lower().split(",") if frame.block is not None else ():
                kept = {"from": first, "0%": first, "to": last, "100%": last}.get(moment.strip())
                if kept is not None:
                    kept[name] = (*kept[name], *declarations(frame.block or ""))

    def _property(self, name: str, block: str) -> None:
        for said in statements(block, is_nested=True):
            key, _, value = said.prelude.partition(":")
            found = _declaration(Statement(f"{name}: {value}", None))
            if found is not None and key.strip().lower() == "initial-value":
                self._sheets.initial[name] = found


_NAMES_OF_ACCOUNT = RELEVANT | {"--"}
_CONDITIONS: Mapping[str, Callable[[str], bool | None]] = {
    "media": on_screen,
    "supports": is_supported,
    "container": in_box,
}


def _is_relevant(css: str) -> bool:
    return "\\" in css or not _NAMES_OF_ACCOUNT.isdisjoint(_NAME.findall(css.lower()))


def _declaration(statement: Statement) -> Declaration | None:
    from tinycss2 import parse_one_declaration

    if statement.block is not None or not _is_relevant(statement.prelude):
        return None
    try:
        found = parse_one_declaration(statement.prelude, skip_comments=True)
    except ValueError:  # a number of more digits than Python reads
        return None
    is_known = found.type == "declaration" and (found.name.startswith("--") or found.lower_name in RELEVANT)
    return found if is_known else None
