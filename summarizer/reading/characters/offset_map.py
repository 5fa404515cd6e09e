"""Text that knows where each of its characters came from."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from summarizer.article import Removed, Segment

PARAGRAPH_BREAK = "\n\n"


@dataclass(frozen=True, slots=True)
class Edit:
    """The characters from `start` to `end` give way to `text`; with a rule, what they were is listed as removed."""

    start: int
    end: int
    text: str = ""
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class MappedText:
    """A text on its way from the original to the article. Every step makes a new one."""

    text: str
    original: str
    segments: tuple[Segment, ...]
    removed: tuple[Removed, ...] = ()

    @classmethod
    def of(cls, original: str) -> MappedText:
        """The original itself, before any step."""
        whole = (Segment(0, len(original), 0, len(original)),) if original else ()
        return cls(original, original, whole)

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that the characters from `start` to `end` stand for."""
        pieces = list(self._pieces(start, end))
        if not pieces:
            return (0, 0)
        return pieces[0].original_start, pieces[-1].original_start + pieces[-1].original_length

    def listed(self, rule: str, start: int, end: int) -> Removed:
        """The entry for `Article.removed` when the characters from `start` to `end` go."""
        a, b = self.origin(start, end)
        return Removed(rule, self.original[a:b], a, b)

    def edit(self, edits: Iterable[Edit]) -> MappedText:
        """This text with edits made, which are in order and don't overlap."""
        edits = list(edits)
        if not edits:
            return self
        build, at, removed = _Builder(), 0, list(self.removed)
        for edit in edits:
            build.take(self, at, edit.start)
            if edit.text:
                build.replace(edit.text, *self.origin(edit.start, edit.end))
            if edit.rule:
                removed.append(self.listed(edit.rule, edit.start, edit.end))
            at = edit.end
        build.take(self, at, len(self.text))
        return build.result(self.original, removed)

    def keep(self, stretches: Iterable[tuple[int, int]], removed: Iterable[Removed] = ()) -> MappedText:
        """Only these stretches, each a paragraph."""
        build = _Builder()
        for start, end in stretches:
            if build.length:
                build.join(PARAGRAPH_BREAK)
            build.take(self, start, end)
        return build.result(self.original, [*self.removed, *removed])

    def translated(self, characters: dict[int, str]) -> MappedText:
        """Single characters exchanged for single characters, so that no offset moves."""
        return MappedText(self.text.translate(characters), self.original, self.segments, self.removed)

    def _pieces(self, start: int, end: int) -> Iterator[Segment]:
        """The segments between two offsets, cut to them; one that isn't one to one keeps its whole origin."""
        at = max(0, bisect.bisect_right(self.segments, start, key=lambda segment: segment.start) - 1)
        while at < len(self.segments) and self.segments[at].start < end:
            segment = self.segments[at]
            left, right = max(start, segment.start), min(end, segment.start + segment.length)
            if left < right:
                exact = segment.length == segment.original_length
                yield Segment(
                    left,
                    right - left,
                    segment.original_start + (left - segment.start if exact else 0),
                    right - left if exact else segment.original_length,
                )
            at += 1


@dataclass(slots=True)
class _Builder:
    """Collects the pieces of the next text and where they come from."""

    parts: list[str] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    length: int = 0

    def take(self, source: MappedText, start: int, end: int) -> None:
        shift = self.length - start
        for piece in source._pieces(start, end):
            self._add(Segment(piece.start + shift, piece.length, piece.original_start, piece.original_length))
        self.join(source.text[start:end])

    def replace(self, text: str, original_start: int, original_end: int) -> None:
        self._add(Segment(self.length, len(text), original_start, original_end - original_start))
        self.join(text)

    def join(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _add(self, new: Segment) -> None:
        if self.segments and _continues(self.segments[-1], new):
            last = self.segments[-1]
            new = Segment(
                last.start, last.length + new.length, last.original_start, last.original_length + new.original_length
            )
            self.segments.pop()
        self.segments.append(new)

    def result(self, original: str, removed: list[Removed]) -> MappedText:
        removed.sort(key=lambda entry: entry.start or 0)
        return MappedText("".join(self.parts), original, tuple(self.segments), tuple(removed))


def _continues(last: Segment, new: Segment) -> bool:
    exact = last.length == last.original_length and new.length == new.original_length
    adjoining = (
        last.start + last.length == new.start and last.original_start + last.original_length == new.original_start
    )
    return exact and adjoining
