"""What is declared for an element in the end: by which sheet, layer, selector, attribute, and in which order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from summarizer.reading.page.hidden.css.browser import by_itself
from summarizer.reading.page.hidden.css.properties import UNTOLD, Deferred, Wide, read
from summarizer.reading.page.hidden.css.selectors import Names, names_of, readable
from summarizer.reading.page.hidden.css.sheets import Rule, Sheets, declarations, read_sheets
from summarizer.reading.page.hidden.css.syntax import listed
from summarizer.reading.page.hidden.css.values import significant

if TYPE_CHECKING:
    from cssselect2 import Matcher
    from cssselect2.compiler import CompiledSelector
    from lxml.html import HtmlElement
    from tinycss2.ast import Declaration, Node

    from summarizer.reading.page.hidden.css.elements import Element, Steps

MOST_TESTS = 1_500_000
"""Of elements by selectors, one each; then no more selectors are taken. 68 news pages take 36,000 at most."""

_SHOWN_BY_ANIMATION = ("opacity", "visibility", "transform", "translate", "scale", "clip-path", "filter", "color")

_LOOKING_AROUND = re.compile(r"[\s>+~:]")

Values = Mapping[str, object]

_NONE: Values = {}


@dataclass(frozen=True, slots=True, eq=False)
class _Said:
    """The values of a rule or style attribute."""

    normal: Values
    important: Values
    layer: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class _Matched:
    """A rule that is for an element, as cssselect2 gives it."""

    specificity: tuple[int, ...]
    order: int
    pseudo_element: str | None
    said: _Said


class Cascade:
    """The declarations of a page's own style sheets and attributes."""

    def __init__(self, tree: HtmlElement) -> None:
        names = names_of(tree)
        self._sheets = read_sheets(tree, names)
        self._used = _used(self._sheets, tree)
        self._styles: dict[str, _Said] = {}
        self._merged: dict[object, Values] = {}
        self._outside = has_outside_styles(tree)
        self.root: Element | None = None
        if self._sheets.rules:
            from summarizer.reading.page.hidden.css.elements import Element

            self.root = Element(tree, None, 0, None)
            self._matcher = _compiled(self._sheets.rules, names, self.root.steps, self._of_rule)

    def initial(self) -> Values:
        """The first values of custom properties."""
        return self._values(self._sheets.initial.values())

    def declared(self, element: HtmlElement, matched: Element | None) -> Values:
        """The value of each property, after the cascade; the same object for elements with the same declarations."""
        style = element.get("style", "") if element.attrib else ""
        hints = tuple(by_itself(element))
        found = () if matched is None else self._matcher.match(matched)
        if not (style or hints or found):
            return _NONE
        rules = [_Matched(*entry) for entry in found if entry[2] is None]
        key = (style, hints, tuple(rule.order for rule in rules))
        if key not in self._merged:
            self._merged[key] = self._merge(style, dict(hints), rules)
        return self._merged[key]

    def _merge(self, style: str, hints: Values, rules: list[_Matched]) -> Values:
        inline = self._inline(style)
        normal, important = dict(hints), dict[str, object]()
        for rule in sorted(rules, key=lambda rule: (rule.said.layer, rule.specificity, rule.order)):
            normal.update(rule.said.normal)
        # Of important declarations those of the earlier layer are stronger.
        for rule in sorted(
            rules, key=lambda rule: ([-rank for rank in rule.said.layer], rule.specificity, rule.order)
        ):
            important.update(rule.said.important)
        normal.update(inline.normal)
        important.update(inline.important)
        return {**normal, **self._animated({**normal, **important}), **important}

    def _inline(self, style: str) -> _Said:
        if style not in self._styles:
            self._styles[style] = self._said(declarations(style) if style else (), is_certain=True)
        return self._styles[style]

    def _of_rule(self, rule: Rule) -> _Said:
        return self._said(rule.declarations, is_certain=rule.is_certain, layer=rule.layer)

    def _said(self, found: Iterable[Declaration], *, is_certain: bool, layer: tuple[float, ...] = ()) -> _Said:
        normal = self._values(one for one in found if not one.important)
        important = self._values(one for one in found if one.important)
        if not is_certain:
            normal, important = dict.fromkeys(normal, UNTOLD), dict.fromkeys(important, UNTOLD)
        return _Said(normal, important, layer)

    def _values(self, found: Iterable[Declaration]) -> dict[str, object]:
        values: dict[str, object] = {}
        for one in found:
            if not one.name.startswith("--"):
                values.update(read(one.lower_name, one.value))
            elif one.name in self._used:
                parts = significant(one.value)
                is_initial = len(parts) == 1 and parts[0].type == "ident" and parts[0].lower_value == "initial"
                values[one.name] = Wide("initial") if is_initial else Deferred(one.name, one.value)
        return values

    def _animated(self, values: Values) -> Values:
        """What the element's animations leave when they are over; what goes on for ever can't be told."""
        names, states = _words(values, "animation-name"), _words(values, "animation-direction")
        frames: dict[str, object] = {}
        is_paused = "paused" in _words(values, "animation-play-state")
        goes_on = (
            values.get("animation-iteration-count") == "infinite"
            or bool(_words(values, "animation-timeline") - {"auto", "none"})
            or bool(states - {"normal", "reverse"})
        )
        for name in names:
            kept = self._sheets.first_frames if is_paused or "reverse" in states else self._sheets.last_frames
            if name not in kept:
                frames |= dict.fromkeys(_SHOWN_BY_ANIMATION if self._outside else (), UNTOLD)
            elif goes_on:
                moved = (*self._sheets.first_frames[name], *self._sheets.last_frames[name])
                frames |= dict.fromkeys(self._values(moved), UNTOLD)
            elif is_paused or _words(values, "animation-fill-mode") & {"forwards", "both"}:
                frames |= self._values(kept[name])
        return frames


def _words(values: Values, name: str) -> frozenset[str]:
    found = values.get(name)
    return found if isinstance(found, frozenset) else frozenset()


def has_outside_styles(tree: HtmlElement) -> bool:
    """Whether the page has style sheets that aren't in it."""
    is_linked = any("stylesheet" in (link.get("rel") or "").lower() for link in tree.iter("link"))
    return is_linked or any("@import" in "".join(style.itertext()) for style in tree.iter("style"))


def _used(sheets: Sheets, tree: HtmlElement) -> set[str]:
    """The custom properties that a value of account is made of, through others or at once."""
    frames = (frame for frames in (sheets.first_frames, sheets.last_frames) for frame in frames.values())
    said = [one for found in (*(rule.declarations for rule in sheets.rules), *frames) for one in found]
    said += [one for element in tree.iter("*") for one in _inline_variables(element.get("style"))]
    made_of: dict[str, set[str]] = {}
    pending: set[str] = set()
    for one in said:
        named = set(_variables(one.value))
        if one.name.startswith("--"):
            made_of.setdefault(one.name, set()).update(named)
        else:
            pending |= named
    used: set[str] = set()
    while pending:
        name = pending.pop()
        used.add(name)
        pending |= made_of.get(name, set()) - used
    return used


def _inline_variables(style: str | None) -> tuple[Declaration, ...]:
    return declarations(style) if style and "--" in style else ()


def _variables(tokens: Iterable[Node]) -> Iterator[str]:
    pending = list(tokens)
    while pending:
        token = pending.pop()
        if token.type == "function":
            named = significant(token.arguments)[:1] if token.lower_name == "var" else []
            yield from (str(name.value) for name in named if name.type == "ident")
            pending.extend(token.arguments)
        elif token.type == "() block":
            pending.extend(token.content)


def _compiled(rules: list[Rule], names: Names, steps: Steps, said: Callable[[Rule], _Said]) -> Matcher:
    """The selectors of the rules, in order; those that would be tried too often are left out."""
    from cssselect2 import Matcher

    matcher, tests = Matcher(), 0
    for rule in rules:
        values = said(rule)
        for selector in _tests_of(rule.selectors):
            tests += names.matching(selector.text)
            if tests <= MOST_TESTS:
                matcher.add_selector(_limited(selector, steps), values)
    return matcher


def _limited(selector: _Selector, steps: Steps) -> CompiledSelector:
    """The selector, of which no more than the steps are taken if it looks at other elements."""
    compiled = copy(selector.compiled)
    if _LOOKING_AROUND.search(selector.text):
        compiled.test = steps.within(compiled.test)
    return compiled


@dataclass(frozen=True, slots=True)
class _Selector:
    text: str
    compiled: CompiledSelector


@lru_cache(maxsize=4096)  # the pages of a site have the same; compiling takes most of the time
def _tests_of(selectors: str) -> tuple[_Selector, ...]:
    """The selectors of a list; none where one of them is no selector, as such a rule is ignored as a whole."""
    from cssselect2 import SelectorError, compile_selector_list

    found = []
    for selector in listed(selectors):
        try:
            found += [_Selector(selector, compiled) for compiled in compile_selector_list(readable(selector))]
        except SelectorError:
            return ()
        except Exception:  # of many types, on selectors that it doesn't foresee
            continue
    return tuple(found)
