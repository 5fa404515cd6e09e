"""What elements within a line show by their looks alone, said in characters before the tree is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from summarizer.article import Removed
from summarizer.languages.language import language_of
from summarizer.reading.page.hidden import drop

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_STRUCK = frozenset(("del", "s", "strike"))
_LINE_THROUGH = re.compile(r"text-decoration(?:-line)?\s{0,9}:[^;]{0,60}line-through", re.IGNORECASE)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_MARK = "[\"'“”„‚‘’«»‹›「」『』]"
_BEGINS_MARKED, _ENDS_MARKED = re.compile(_MARK), re.compile(f"{_MARK}$")

_NOTE = re.compile(r"(?:[\[(]?+(?:\d{1,3}+|[*†‡§¶#]{1,2}+)[\])]?+[\s,;–-]{0,3}+){1,12}")
_BRACKETED = re.compile(r"\[(?:\d{1,3}|[a-z]|note \d+|citation needed)\]", re.IGNORECASE)
_NOTES_OF = re.compile(r"\b(?:reference|footnote|fn|cite|citation|endnote|noteref)", re.IGNORECASE)
_POWER = re.compile(r"[-−–+]?\d{1,3}")
_BASE = re.compile(r"(?:(?<![\d.,])10|(?<![^\W\d_])(?:[kcdmµn]?m|ft|in|yd|mi|s|[A-Za-zα-ω])|[)\]])$")
"""What an exponent stands behind: ten, a unit of length, a variable."""
_RAISED = str.maketrans("0123456789-−–+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁻⁺")
_INNER_MARKS = "‘’"


def say_inline(tree: HtmlElement) -> list[Removed]:
    """Marks around `q`, powers as characters, headings with spaces; takes out what is
    struck out and the marks of notes, and lists it."""
    removed = [Removed(rule, text) for rule, text in _unsaid(tree) if text]
    _mark_quotes(tree)
    for heading in [element for element in tree.iter() if element.tag in _HEADINGS]:
        _space(heading)
    for inserted in list(tree.iter("ins")):
        inserted.drop_tag()
    return removed


def _unsaid(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    for element in [element for element in tree.iter() if isinstance(element.tag, str)]:
        text = " ".join("".join(element.itertext()).split())
        if element.getparent() is None:
            continue
        if element.tag in _STRUCK or _LINE_THROUGH.search(element.get("style") or ""):
            _close_gap(element)
            yield "struck", text
        elif element.tag == "sup" and _POWER.fullmatch(text) and not _is_linked(element) and _has_base(element):
            raised = text.translate(_RAISED)
            _clear(element)
            element.text = raised
            element.drop_tag()
        elif _is_note(element, text):
            drop(element)
            yield "note", text


def _close_gap(element: HtmlElement) -> None:
    """Drops the element with one of the two spaces around it."""
    if _before(element)[-1:].isspace() and element.tail:
        element.tail = element.tail.lstrip()
    drop(element)


def _is_note(element: HtmlElement, text: str) -> bool:
    """Whether it is the mark of a note: raised, or in brackets as a link within the page."""
    if element.tag == "sup":
        is_named = bool(_NOTES_OF.search(f"{element.get('class')} {element.get('id')}"))
        is_letter = len(text) == 1 and _is_linked(element)
        return (
            is_letter or bool(_NOTE.fullmatch(text) or _BRACKETED.fullmatch(text)) or (is_named and len(text) <= 20)
        )
    return element.tag == "a" and bool(_BRACKETED.fullmatch(text)) and "#" in (element.get("href") or "")


def _is_linked(element: HtmlElement) -> bool:
    return element.find(".//a") is not None or any(above.tag == "a" for above in element.iterancestors())


def _has_base(element: HtmlElement) -> bool:
    return bool(_BASE.search(_before(element)))


def _before(element: HtmlElement) -> str:
    """The text that stands just before an element."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is None:
        return parent.text or ""
    return previous.tail or "".join(previous.itertext())


def _clear(element: HtmlElement) -> None:
    for child in list(element):
        element.remove(child)


def _mark_quotes(tree: HtmlElement) -> None:
    language = language_of(tree.get("lang") or "en")
    for quote in list(tree.iter("q")):
        is_inner = any(above.tag == "q" for above in quote.iterancestors())
        text = "".join(quote.itertext()).strip()
        if text and not _BEGINS_MARKED.match(text) and not _ENDS_MARKED.search(_before(quote)):
            marks = _INNER_MARKS if is_inner else language.writing.quotes
            quote.text = marks[0] + (quote.text or "").lstrip()
            _append(quote, marks[1])
    for quote in list(tree.iter("q")):
        quote.drop_tag()


def _append(element: HtmlElement, text: str) -> None:
    last = element[-1] if len(element) else None
    if last is None:
        element.text = (element.text or "").rstrip() + text
    else:
        last.tail = (last.tail or "").rstrip() + text


def _space(heading: HtmlElement) -> None:
    """A space where a line ends in a heading, and where one of its elements follows upon another."""
    for element in list(heading.iter()):
        if element.tag == "br":
            element.tail = f" {element.tail or ''}"
            element.drop_tag()
        elif element is not heading and not element.tail and element.getnext() is not None:
            left, right = ("".join(part.itertext()).strip() for part in (element, element.getnext()))
            if min(len(left), len(right)) > 1 and right[0].isalnum():
                element.tail = " "
