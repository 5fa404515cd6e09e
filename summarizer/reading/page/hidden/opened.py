"""What a page hides at first and shows who scrolls or clicks: a body that fades in, the rest behind a button."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from summarizer.languages.language import ALL, language_of
from summarizer.reading.page.hidden.boxes import Cause
from summarizer.reading.page.hidden.looks import Look
from summarizer.reading.page.hidden.pieces import VisiblePiece

if TYPE_CHECKING:
    from lxml.html import HtmlElement

OPENABLE = frozenset(("hidden.display", "hidden.visibility", "hidden.opacity", "hidden.room", "hidden.clip"))
"""The rules by which scripts hide what they show later. Nothing shows text in the colour of its ground."""
PARAGRAPH = 60
"""Characters from which a piece of text is one of prose."""
BODY_SHARE, BODY_PARAGRAPHS = 0.5, 3
"""So much of a page's prose, in so many pieces, is a body that waits for a script and no hidden sentence."""
FADING_SHARE, FADING_PARAGRAPHS = 0.15, 2
"""The same where the page itself says that it fades in."""
LONGEST_CONTROL = 40
"""Characters on a button."""

_FADING = re.compile(r"(?:^|[-_\s])(?:reveal|fade|animate|aos|wow|lazy|in-?view|scroll)", re.IGNORECASE)
_ADDRESS = re.compile(r"\s*(?:#|javascript:|$)", re.IGNORECASE)
_OPENING = re.compile(r"more|expand|toggle|collaps|truncat|continu|unfold|accordion|disclos", re.IGNORECASE)
_OVERLAY = re.compile(r"modal|popup|tooltip|lightbox|overlay|drawer|cookie|consent|newsletter|menu", re.IGNORECASE)
_CONTROLS = ("a", "button", "label", "summary", "input")
_REFERRING = ("aria-controls", "for", "data-target", "data-bs-target", "href", "onclick", "commandfor")


@dataclass(slots=True)
class _Group:
    """Pieces hidden by one rule at elements of one class."""

    causes: set[Cause] = field(default_factory=set)
    length: int = 0
    paragraphs: int = 0
    is_fading: bool = False

    def is_body(self, prose: int) -> bool:
        """Whether it is the article that waits for a script, in a page with so many characters of prose."""
        share, paragraphs = (FADING_SHARE, FADING_PARAGRAPHS) if self.is_fading else (BODY_SHARE, BODY_PARAGRAPHS)
        return self.paragraphs >= paragraphs and self.length >= share * prose


def opened(tree: HtmlElement, pieces: Iterable[VisiblePiece]) -> frozenset[Cause]:
    """The causes that a reader gets out of the way."""
    prose = [piece for piece in pieces if piece.text and not piece.is_aside]
    hidden = [piece for piece in prose if piece.look.hidden_by and _may_open(piece.look)]
    if not hidden:
        return frozenset()
    length = sum(len(piece.text) for piece in [*hidden, *(piece for piece in prose if not piece.look.hidden_by)])
    waiting = {cause for group in _groups(hidden) if group.is_body(length) for cause in group.causes}
    referred = _referred(tree)
    others = {cause for piece in hidden if len(piece.text) >= PARAGRAPH for cause in piece.look.hidden_by} - waiting
    behind = {one for one in others if _is_named(one.element, referred) or _stands_by_control(one.element)}
    return frozenset(cause for cause in waiting | behind if not _is_overlay(cause.element))


def _may_open(look: Look) -> bool:
    return look.blank is None and all(cause.rule in OPENABLE for cause in look.hidden_by)


def _groups(hidden: list[VisiblePiece]) -> Iterable[_Group]:
    groups: dict[object, _Group] = defaultdict(_Group)
    for piece in hidden:
        kinds = {(cause.rule, kind): cause for cause in piece.look.hidden_by for kind in _kinds(cause)}
        for key, cause in kinds.items():
            group = groups[key]
            group.causes.add(cause)
            group.length += len(piece.text)
            group.paragraphs += len(piece.text) >= PARAGRAPH
            group.is_fading |= cause.is_moving or _FADING.search(str(key[1])) is not None
    return groups.values()


def _kinds(cause: Cause) -> list[object]:
    """What elements appear together by: their classes, or their name if they have none; others open one by one."""
    if cause.rule not in ("hidden.opacity", "hidden.visibility"):
        return [cause.element]
    return [*(cause.element.get("class") or "").split()] or [f"<{cause.element.tag}>"]


def _is_overlay(element: HtmlElement) -> bool:
    """Whether it lies over the page: a notice, not the article in it."""
    if next(element.iter("article", "h1"), None) is not None:
        return False
    holders = [element, *element.iterancestors()]
    return any(_OVERLAY.search(f"{holder.get('class', '')} {holder.get('id', '')}") for holder in holders[:4])


def _referred(tree: HtmlElement) -> frozenset[str]:
    """Ids, and classes with a dot, that the page's buttons and links name."""
    said = (
        control.get(name)
        for control in tree.iter(*_CONTROLS)
        for name in _REFERRING
        if control.get(name) and (name != "href" or (control.get(name).startswith("#") and _opens(control)))
    )
    return frozenset(word.removeprefix("#") for value in said for word in re.findall(r"[.#]?[\w-]+", value))


def _is_named(element: HtmlElement, referred: frozenset[str]) -> bool:
    classes = (f".{name}" for name in (element.get("class") or "").split())
    return (
        element.get("id") in referred
        or element.get("role") == "tabpanel"
        or any(name in referred for name in classes)
    )


def _stands_by_control(element: HtmlElement) -> bool:
    """Whether a button beside the element says that it shows more."""
    return any(_opens(control) for control in _beside(element))


def _beside(element: HtmlElement) -> Iterator[HtmlElement]:
    """The nearest control before the element and after it, in what stands next to it or to what it ends."""
    for _ in range(3):
        before, after = element.getprevious(), element.getnext()
        if before is not None:
            yield from list(before.iter(*_CONTROLS))[-1:]
        if after is not None:
            yield from list(after.iter(*_CONTROLS))[:1]
        element = element.getparent()
        if after is not None or element is None or element.tag in ("article", "main", "body", "html"):
            return


def _opens(control: HtmlElement) -> bool:
    words = " ".join("".join(control.itertext()).split()).lower()
    if len(words) > LONGEST_CONTROL or not _ADDRESS.match(control.get("href") or ""):
        return False
    names = f"{control.get('class', '')} {control.get('id', '')}"
    return "aria-expanded" in control.attrib or bool(_OPENING.search(names) or _more().search(words))


@cache
def _more() -> re.Pattern[str]:
    return re.compile("|".join(language_of(ALL).controls.more))
