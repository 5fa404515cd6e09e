"""Markdown as its reader sees it: markup taken out, the text left where it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from summarizer.reading.characters.offset_map import Edit, MappedText
from summarizer.reading.extract import Extract
from summarizer.reading.header.front_matter import front_matter
from summarizer.reading.header.metadata import Metadata

MARKUP = "markdown"
LONGEST_SPAN = 500
"""Characters between two marks of emphasis."""

_INLINE = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<image>\[?!\[[^\[\]\n]*\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)(?:\]\([^()\n]*\))?)"
    r"|\[(?P<link>[^\[\]\n]+)\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\]\n]*\])"
    r"|(?P<footnote>\[\^[^\[\]\n]+\])"
    r"|<(?P<address>https?://[^<>\s]+)>"
    r"|(?P<tag></?[a-zA-Z][^<>\n]*>|<!--(?>(?:[^<\n]|<(?!!))*?-->))"
    r"|(?<!`)(?P<ticks>`++)(?P<code>[^`\n]++)(?P=ticks)"
    rf"|(?P<strong>\*{{1,3}}|~~)(?=\S)(?P<starred>[^\n]{{1,{LONGEST_SPAN}}}?)(?<=\S)(?P=strong)(?!\*)"
    rf"|(?<!\w)(?P<under>_{{1,3}})(?=\S)(?P<underlined>[^\n]{{1,{LONGEST_SPAN}}}?)(?<=\S)(?P=under)(?!\w)"
    r"|(?P<entity>&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,30});)"
)
_SHOWN = ("escaped", "link", "address", "code", "starred", "underlined")
_LITERAL = ("escaped", "address", "code")

_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_UNSEEN_LINE = re.compile(
    r" {0,3}\[[^\]]+\]:\s+\S.*"  # what a link refers to
    r"| {0,3}([-*_])(?:[ \t]*+\1){2,}+[ \t]*+"  # a rule across the page
    r"|[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?+-*+:?+[ \t]*+)++"  # below the head of a table
)
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*")
_PREFIX = re.compile(r"(?: {0,3}>[ \t]?)*(?: {0,3}(?P<hashes>#{1,6})(?:[ \t]+|$)|[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+)?")
_CLOSING_HASHES = re.compile(r"(?<![ \t])[ \t]++#++[ \t]*+$")


def render(source: MappedText) -> Extract:
    """Markdown without its markup, and what front matter and the first main heading say, which becomes the title."""
    front = front_matter(source.text)
    start = front.end if front else 0
    lines = list(_lines(source.text, start))
    heading = _main_heading(lines)
    edits = [Edit(0, start, rule="markdown.front_matter")] if front else []
    for line in lines:
        edits += [Edit(line.start, line.end, rule="title")] if line is heading else line.edits()
    title = _shown(heading) if heading else None
    given = front.metadata if front else Metadata()
    return Extract(source.edit(edits), given.or_else(Metadata(title=title)))


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str
    level: int = 0
    """Of a heading; 0 for other lines."""
    unseen: bool = False
    literal: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def edits(self) -> list[Edit]:
        if self.unseen:
            return [Edit(self.start, self.end, rule=MARKUP)]
        if self.literal:
            return []
        prefix = _PREFIX.match(self.text)
        begin = prefix.end() if prefix else 0
        closing = _CLOSING_HASHES.search(self.text, begin) if self.level else None
        end = closing.start() if closing else len(self.text)
        found = [Edit(self.start, self.start + begin, rule=MARKUP)] if begin else []
        found += _inline(self.text, begin, end, self.start)
        return [*found, Edit(self.start + end, self.end, rule=MARKUP)] if closing else found


def _lines(text: str, start: int) -> Iterator[_Line]:
    """The lines of the text, each known for what it is."""
    fenced = False
    lines = text[start:].split("\n")
    for number, line in enumerate(lines):
        follower = lines[number + 1] if number + 1 < len(lines) else ""
        if _FENCE.match(line):
            fenced = not fenced
            yield _Line(start, line, unseen=True)
        elif fenced:
            yield _Line(start, line, literal=True)
        else:
            above = lines[number - 1] if number else ""
            yield _open_line(start, line, above, follower)
        start += len(line) + 1


def _open_line(start: int, line: str, above: str, below: str) -> _Line:
    if _UNSEEN_LINE.fullmatch(line) or (above.strip() and _UNDERLINE.fullmatch(line)):
        return _Line(start, line, unseen=bool(line))
    prefix = _PREFIX.match(line)
    level = len(prefix["hashes"] or "") if prefix else 0
    if not level and line.strip() and _UNDERLINE.fullmatch(below):
        level = 1 if "=" in below else 2
    return _Line(start, line, level=level)


def _main_heading(lines: list[_Line]) -> _Line | None:
    """The first heading of the first level; else the first heading, if it stands above all text."""
    first = next((line for line in lines if line.level == 1), None)
    if first is not None:
        return first
    opening = next((line for line in lines if line.text.strip() and not line.unseen), None)
    return opening if opening is not None and opening.level else None


def _inline(text: str, start: int, end: int, shift: int) -> list[Edit]:
    """The edits that take inline markup out of `text[start:end]`."""
    edits: list[Edit] = []
    for match in _INLINE.finditer(text, start, end):
        left, right = match.span()
        shown = next((name for name in _SHOWN if match[name] is not None), None)
        if match["entity"]:
            edits.append(Edit(shift + left, shift + right, unescape(match[0]), MARKUP))
        elif shown is None:
            edits.append(Edit(shift + left, shift + right, rule=MARKUP))
        else:
            edits.append(Edit(shift + left, shift + match.start(shown), rule=MARKUP))
            if shown not in _LITERAL:
                edits += _inline(text, *match.span(shown), shift)
            edits.append(Edit(shift + match.end(shown), shift + right, rule=MARKUP))
    return [edit for edit in edits if edit.start < edit.end]


def _shown(line: _Line) -> str | None:
    plain = MappedText.of(line.text).edit(_Line(0, line.text, level=line.level).edits())
    return " ".join(plain.text.split()) or None
