"""Text that a page holds and a reader can't see, taken out of the tree before anything is read from it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarizer.article import Removed
from summarizer.reading.blocks import block_lines

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
_FOREGROUND = re.compile(r"(?:^|[;\s])color\s*:\s*([^;!]+)", re.IGNORECASE)
_BACKGROUND = re.compile(r"(?:^|[;\s])background(?:-color)?\s*:\s*([^;!]+)", re.IGNORECASE)
_FOR_SCREEN_READERS = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text|a11y-hidden|u-hidden)(?:\s|$)", re.I
)


@dataclass(frozen=True, slots=True)
class _HiddenNames:
    """Classes and ids that the page's own style sheets hide."""

    classes: frozenset[str]
    ids: frozenset[str]


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
        _drop(element)
        if text and rule != "hidden.comment":
            removed.append(Removed(rule, text))
    return removed


def _hidden_names(tree: HtmlElement) -> _HiddenNames:
    classes: set[str] = set()
    ids: set[str] = set()
    for style in tree.iter("style"):
        sheet = re.sub(r"/\*.*?\*/|@media[^{]*\{", "", (style.text or "")[:LONGEST_STYLE], flags=re.DOTALL)
        for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet):
            if not _conceals(body):
                continue
            for selector in selectors.split(","):
                if match := re.fullmatch(r"\s*\w*(?P<kind>[.#])(?P<name>[\w-]+)\s*", selector):
                    (classes if match["kind"] == "." else ids).add(match["name"])
    return _HiddenNames(frozenset(classes), frozenset(ids))


def _conceals(style: str | None) -> bool:
    if not style:
        return False
    if _CONCEALING.search(style) or (_NO_ROOM.search(style) and _NO_OVERFLOW.search(style)):
        return True
    fore, back = _FOREGROUND.search(style), _BACKGROUND.search(style)
    return bool(fore and back and _colour(fore[1]) == _colour(back[1]))


def _colour(value: str) -> str:
    """A colour in one spelling."""
    name = value.strip().lower().replace(" ", "")
    name = {"white": "#ffffff", "black": "#000000", "rgb(255,255,255)": "#ffffff", "rgb(0,0,0)": "#000000"}.get(
        name, name
    )
    return "#" + "".join(digit * 2 for digit in name[1:]) if re.fullmatch(r"#[0-9a-f]{3}", name) else name


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
    return "hidden.screen_reader" if _FOR_SCREEN_READERS.search(classes) else None


_MAY_WAIT_FOR_SCRIPT = frozenset(("hidden.style", "hidden.css", "hidden.attribute", "hidden.aria"))


def _is_body(element: HtmlElement, text: str, page: int) -> bool:
    return len(text) > max(SHORTEST_BODY, BODY_SHARE * page) and element.find(".//p") is not None


def _text(element: HtmlElement) -> str:
    return (element.text or "") if not isinstance(element.tag, str) else "".join(element.itertext())


def _drop(element: HtmlElement) -> None:
    """Removes the element; the text after it belongs to its parent and stays."""
    parent, before = element.getparent(), element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
