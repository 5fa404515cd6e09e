"""Text that a page holds and a reader can't see, taken out of the tree before anything is read from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarizer.article import Removed
from summarizer.reading.blocks import block_lines
from summarizer.reading.colours import Grounds, grounds_of, has_colour_of_ground, is_white_on_page

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONGEST_STYLE = 200_000
SHORTEST_BODY = 1500
BODY_SHARE = 0.5
"""A hidden block with paragraphs, so many characters and this share of the page is a body that waits for a script."""

_UNSHOWN_ELEMENTS = frozenset(["template", "noscript", "textarea", "select", "object", "iframe", "svg"])
_ZERO = r"0(?![.\d]*[1-9])"
_TOO_SMALL = rf"(?:{_ZERO}|[0-2](?:\.\d+)?(?:px|pt)\b|0?\.[01]\d*r?em\b|\d(?:\.\d+)?%)"
_FAINT = rf"(?:{_ZERO}|0?\.0\d*)"
_CONCEALING = re.compile(
    rf"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*{_TOO_SMALL}|opacity\s*:\s*{_FAINT}"
    r"|(?:left|top|right|bottom|text-indent|margin-left|margin-top)\s*:\s*-\d{3,}"
    r"|clip(?:-path)?\s*:\s*(?:inset\(\s*(?:50|100)%|rect\(\s*[01](?:px)?[ ,]+[01]|circle\(\s*0)"
    r"|transform\s*:\s*(?:scale\(\s*0\s*\)|translate[xy]?\(\s*-\d{3,})"
    r"|(?<![-\w])color\s*:\s*(?:transparent|rgba\([^)]*,\s*0\s*\))",
    re.IGNORECASE,
)
_NO_ROOM = re.compile(rf"(?:^|[;\s])(?:max-)?(?:height|width)\s*:\s*{_ZERO}", re.IGNORECASE)
_NO_OVERFLOW = re.compile(r"overflow(?:-[xy])?\s*:\s*(?:hidden|clip)", re.IGNORECASE)
_FOR_SCREEN_READERS = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text|a11y-hidden|u-hidden)(?:\s|$)", re.I
)


@dataclass(frozen=True, slots=True)
class _HiddenNames:
    """Classes and ids that the page's own style sheets hide, and the colours that they set."""

    classes: frozenset[str]
    ids: frozenset[str]
    grounds: Grounds


def remove_hidden(tree: HtmlElement) -> list[Removed]:
    """Takes what a reader can't see out of `tree`, and lists what held text.

    Styles of external sheets and of scripts are out of reach.
    """
    names, page = _hidden_names(tree), sum(map(len, block_lines(tree)))
    removed: list[Removed] = []
    pending = [tree]
    while pending:
        element = pending.pop()
        rule = _reason(element, names)
        text = " ".join(_text(element).split()) if rule else ""
        is_waiting = rule in _MAY_WAIT_FOR_SCRIPT and _is_body(element, text, page)
        if rule is None or is_waiting or element.getparent() is None:
            pending.extend(reversed(element))
            continue
        drop(element)
        if text and rule != "hidden.comment":
            removed.append(Removed(rule, text))
    return removed


def _hidden_names(tree: HtmlElement) -> _HiddenNames:
    classes: set[str] = set()
    ids: set[str] = set()
    rules = list(_style_rules(tree))
    for selectors, body in rules:
        if not _conceals(body):
            continue
        for selector in selectors.split(","):
            if match := re.fullmatch(r"\s*\w*(?P<kind>[.#])(?P<name>[\w-]+)\s*", selector):
                (classes if match["kind"] == "." else ids).add(match["name"])
    return _HiddenNames(frozenset(classes), frozenset(ids), grounds_of(rules))


def _style_rules(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of the page's own style sheets."""
    for style in tree.iter("style"):
        sheet = re.sub(r"/\*.*?\*/|@media[^{]*\{", "", (style.text or "")[:LONGEST_STYLE], flags=re.DOTALL)
        yield from re.findall(r"([^{}]+)\{([^{}]*)\}", sheet)


def _conceals(style: str | None) -> bool:
    if not style:
        return False
    if _CONCEALING.search(style) or (_NO_ROOM.search(style) and _NO_OVERFLOW.search(style)):
        return True
    return has_colour_of_ground(style)


def _reason(element: HtmlElement, names: _HiddenNames) -> str | None:
    if not isinstance(element.tag, str):
        return "hidden.comment"
    if element.tag in ("html", "body", "head"):
        return None
    if element.tag in _UNSHOWN_ELEMENTS:
        return f"hidden.{element.tag}"
    if element.tag == "dialog" and "open" not in element.attrib:
        return "hidden.dialog"
    if "hidden" in element.attrib:
        return "hidden.attribute"
    if (element.get("aria-hidden") or "").lower() == "true":
        return "hidden.aria"
    classes = element.get("class") or ""
    if _conceals(element.get("style")):
        return "hidden.style"
    if element.get("id") in names.ids or names.classes.intersection(classes.split()):
        return "hidden.css"
    if is_white_on_page(element, names.grounds):
        return "hidden.colour"
    return "hidden.screen_reader" if _FOR_SCREEN_READERS.search(classes) else None


_MAY_WAIT_FOR_SCRIPT = frozenset(("hidden.style", "hidden.css", "hidden.attribute", "hidden.aria"))


def _is_body(element: HtmlElement, text: str, page: int) -> bool:
    return len(text) > max(SHORTEST_BODY, BODY_SHARE * page) and element.find(".//p") is not None


def _text(element: HtmlElement) -> str:
    return (element.text or "") if not isinstance(element.tag, str) else "".join(element.itertext())


def drop(element: HtmlElement) -> None:
    """Removes the element; the text after it belongs to its parent and stays."""
    parent, before = element.getparent(), element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
