"""Selectors before they are compiled: nesting and scopes resolved, and which can't match on a page."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from summarizer.reading.page.hidden.css.syntax import CLOSING, MARKS, listed

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NAME = re.compile(r"([.#]|::?|)([-\w\u0080-\U0010ffff]+)")
_PSEUDO = re.compile(r"""(["'])(?:(?!\1)[^\\\n]|\\.)*+\1|\\.|(::?)([-\w]+)(\([^()]*\))?""", re.DOTALL)
_STATES = "before after first-line first-letter hover focus active visited focus-within focus-visible"
_UNSTATIC = frozenset(_STATES.split())
"""Parts of an element, and states that a page is in only while a reader does something."""
_REPLACED = frozenset(("no-js", "nojs"))
"""Classes that a script takes away as soon as the page is there."""
_CLOAK = re.compile(r"\[(?:v|x|ng|data-ng)-cloak\]|\.ng-cloak")
"""What is hidden until a script has filled it."""
_NEVER, _ALWAYS = ":hover", ":not(:hover)"


def within(prelude: str, parents: str) -> str:
    """The selectors of a nested rule as they would stand outside of it."""
    parent = f":is({parents})"
    return ", ".join(_within(selector, parent) for selector in listed(prelude))


def _within(selector: str, parent: str) -> str:
    told = _with_parent(selector, parent)
    return f"{parent} {told}" if told == selector or selector.startswith((">", "+", "~")) else told


def _with_parent(selector: str, parent: str) -> str:
    return MARKS.sub(lambda mark: parent if mark[0] == "&" else mark[0], selector)


def in_scope(prelude: str, scope: str) -> str:
    """The selectors of a rule in `@scope (.card) to (.content)`."""
    match = re.fullmatch(r"\(([^()]*)\)\s*(?:to\s*\(([^()]*)\))?", scope)
    root, limit = (match[1], match[2]) if match else (":root", None)
    inside = f":where({root}, :is({root}) *)" + (f":not({limit}, :is({limit}) *)" if limit else "")
    told = [_with_parent(selector.replace(":scope", "&"), f":where({root})") for selector in listed(prelude)]
    return ", ".join(new if new != old else f"{old}{inside}" for old, new in zip(listed(prelude), told, strict=True))


def readable(selector: str) -> str:
    """The selector in words that cssselect2 knows: states that no page is in at first, new names of old things."""
    return _PSEUDO.sub(_readable, selector) if ":" in selector else selector


def _readable(match: re.Match[str]) -> str:
    colons, name, arguments = match[2], (match[3] or "").lower(), match[4] or ""
    if colons == "::":
        is_foreign = name in _ELEMENTS.split() or name.startswith("-webkit-")
        return "::before" if is_foreign else match[0]
    if colons is None or name not in _CLASSES:
        return _NEVER if colons and name.startswith("-webkit-") and name != "-webkit-any" else match[0]
    if name == "dir" and arguments == "(ltr)":
        return ":not([dir=rtl], [dir=rtl] *)"
    return _CLASSES[name].format(arguments.strip("()"))


_ELEMENTS = """
backdrop cue cue-region part slotted highlight details-content view-transition view-transition-group
view-transition-image-pair view-transition-old view-transition-new scroll-marker scroll-marker-group scroll-button
column checkmark picker picker-icon search-text
"""
_LATER = """
popover-open modal fullscreen picture-in-picture autofill placeholder-shown read-write indeterminate default
valid invalid in-range out-of-range required optional blank user-valid user-invalid host host-context state
active-view-transition target-current target-before target-after has-slotted interest-source
"""
_CLASSES = {
    **dict.fromkeys(_LATER.split(), _NEVER),
    "defined": _ALWAYS,
    "read-only": ":not(input, textarea)",
    "open": "[open]",
    "heading": ":is(h1, h2, h3, h4, h5, h6)",
    "dir": ":is([dir={0}], [dir={0}] *)",
    **dict.fromkeys(("matches", "-webkit-any", "any"), ":is({})"),
}


@dataclass(frozen=True, slots=True)
class Names:
    """How many elements of a page have which class, id and name."""

    number: int
    classes: Counter[str] = field(default_factory=Counter)
    ids: Counter[str] = field(default_factory=Counter)
    tags: Counter[str] = field(default_factory=Counter)
    found: dict[str, int] = field(default_factory=dict)

    @property
    def _counts(self) -> dict[str, Counter[str]]:
        return {".": self.classes, "#": self.ids, "": self.tags, "::": Counter()}

    def may_match(self, selectors: str) -> bool:
        """Whether one of the selectors can match on the page at all."""
        return any(self.matching(selector) for selector in listed(selectors))

    def matching(self, selector: str) -> int:
        """At most so many elements are matched, as its names outside of brackets show."""
        if selector not in self.found:
            self.found[selector] = self._matching(selector)
        return self.found[selector]

    def _matching(self, selector: str) -> int:
        if "\\" in selector or "|" in selector:
            return self.number
        if _CLOAK.search(selector):
            return 0
        number = self.number
        for part in re.split(r"[\s>+~]+", _outside(selector)):
            number = self._named(part)
            if not number:
                break
        return number

    def _named(self, part: str) -> int:
        number = self.number
        for mark, name in _NAME.findall(part):
            if mark == ":":
                count = 0 if name.lower() in _UNSTATIC else number
            else:
                count = self._counts[mark][name if mark else name.lower()]
            number = min(number, count)
        return number


def names_of(tree: HtmlElement) -> Names:
    """The names on a page."""
    names = Names(sum(1 for _ in tree.iter("*")))
    for element in tree.iter("*"):
        names.tags[element.tag] += 1
        names.classes.update(set((element.get("class") or "").split()) - _REPLACED)
        if element.get("id"):
            names.ids[element.get("id")] += 1
    return names


def _outside(selector: str) -> str:
    """What stands outside of brackets."""
    if "(" not in selector and "[" not in selector:
        return selector
    kept, start, depth = [], 0, 0
    for match in MARKS.finditer(selector):
        if match[0] in CLOSING:
            kept.extend([selector[start : match.start()]] if depth == 0 else [])
            depth += 1
        elif match[0] in (")", "]", "}"):
            depth = max(0, depth - 1)
            start = match.end()
    return "".join(kept) + (selector[start:] if depth == 0 else "")
