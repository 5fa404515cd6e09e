"""Text in the colour of the page: white, where nothing gives it another ground."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_FOREGROUND = re.compile(r"(?:^|[;\s])color\s*:\s*([^;!]+)", re.IGNORECASE)
_BACKGROUND = re.compile(r"(?:^|[;\s])background(?:-color|-image)?\s*:\s*([^;!]+)", re.IGNORECASE)
_SELECTOR = re.compile(r"\s*(?:\w*[.#][\w-]+|body|html)\s*")
_OFTEN_ON_DARK = frozenset(("a", "button", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "option", "td", "th"))
NAMES = {"white": "#ffffff", "black": "#000000", "rgb(255,255,255)": "#ffffff", "rgb(0,0,0)": "#000000"}


@dataclass(frozen=True, slots=True)
class Grounds:
    """Simple selectors (`.class`, `#id`, `body`) for which the page's style sheets set a ground, or white text."""

    grounded: frozenset[str]
    white: frozenset[str]


def grounds_of(rules: list[tuple[str, str]]) -> Grounds:
    """What the rules of style sheets, selectors and declarations, say of colours."""
    grounded: set[str] = set()
    white: set[str] = set()
    for selectors, body in rules:
        simple = {re.sub(r"^\w+(?=[.#])", "", s.strip()) for s in selectors.split(",") if _SELECTOR.fullmatch(s)}
        if _BACKGROUND.search(body):
            grounded |= simple
        elif _is_white(body):
            white |= simple
    return Grounds(frozenset(grounded), frozenset(white))


def colour(value: str) -> str:
    """A colour in one spelling."""
    name = value.strip().lower().replace(" ", "")
    name = NAMES.get(name, name)
    return "#" + "".join(digit * 2 for digit in name[1:]) if re.fullmatch(r"#[0-9a-f]{3}", name) else name


def has_colour_of_ground(style: str) -> bool:
    """Whether a style sets text and ground to the same colour."""
    fore, back = _FOREGROUND.search(style), _BACKGROUND.search(style)
    return bool(fore and back and colour(fore[1]) == colour(back[1]))


def is_white_on_page(element: HtmlElement, grounds: Grounds) -> bool:
    """Whether the element's text is white, no ground is known for it or what holds it, and its neighbours of the same
    kind are written in another colour.

    The last tells it from white text on a dark ground that only an external style sheet knows of.
    """
    if not _set_white(element, grounds) or element.tag in _OFTEN_ON_DARK:
        return False
    above = [element, *element.iterancestors()]
    if any(_has_ground(holder, grounds) for holder in above) or any(
        _set_white(holder, grounds) for holder in above[1:]
    ):
        return False
    parent = element.getparent()
    neighbours = (
        [other for other in parent if other is not element and other.tag == element.tag] if len(above) > 1 else []
    )
    is_inline = bool((parent.text or "").strip() if parent is not None else "")
    return is_inline or any(not _set_white(other, grounds) and (other.text or "").strip() for other in neighbours)


def _set_white(element: HtmlElement, grounds: Grounds) -> bool:
    return _is_white(element.get("style") or "") or not grounds.white.isdisjoint(_selectors(element))


def _has_ground(element: HtmlElement, grounds: Grounds) -> bool:
    styled = bool(_BACKGROUND.search(element.get("style") or "")) or "bgcolor" in element.attrib
    return styled or not grounds.grounded.isdisjoint(_selectors(element))


def _selectors(element: HtmlElement) -> list[str]:
    names = [f".{name}" for name in (element.get("class") or "").split()]
    return [*names, f"#{element.get('id')}", str(element.tag)]


def _is_white(style: str) -> bool:
    fore = _FOREGROUND.search(style)
    return bool(fore and re.fullmatch(r"#(?:f[c-f]){3}", colour(fore[1])))
