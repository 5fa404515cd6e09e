"""A report: what changed, in the order and the words in which every format says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from summarizer.article import Span
from summarizer.record import ArticleInfo
from summarizer.versions.change import SECTIONS, Change, Compared, Diff, Disagreement, Disagreements, Section
from summarizer.versions.reports.wording import Piece, pieces
from summarizer.views import labels

TITLE = "What changed"
"""By which a report is known as one, too, where its file is written anew."""

_TITLES: dict[Section, str] = {
    "headline": "Headline",
    "figures": "Figures",
    "dates": "Dates",
    "names": "Names",
    "quotes": "Quotes",
    "speakers": "Speakers",
    "statements": "Statements",
    "disagreements": "Disagreements inside the new version, found by rules",
}
_REWORDED = ("headline", "quotes", "statements")
"""What is shown word by word; the others are one value for another."""

_AROUND = 40
"""Characters on either side of a value that say what it is of."""


@dataclass(frozen=True, slots=True)
class Row:
    """One change: its words, what it is of, and the numbers of the sentences."""

    pieces: tuple[Piece, ...]
    about: str
    numbers: str


@dataclass(frozen=True, slots=True)
class Block:
    """A section."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All that a reader is told; nothing of it where nothing changed."""

    versions: tuple[str, ...]
    blocks: tuple[Block, ...]
    counted: str
    """What is not listed."""


def report_of(found: Diff | Disagreements) -> Report:
    """The report on a diff, or on one article."""
    if isinstance(found, Disagreements):
        rows = tuple(map(_disagreeing, found.disagreements))
        inside = Block("Disagreements inside the article, found by rules", rows)
        return Report((_version(found.of),), (inside,) if rows else (), "")
    versions = (f"old: {_version(found.old)}", f"new: {_version(found.new)}")
    blocks = (Block(_TITLES[name], tuple(_rows(found, name))) for name in SECTIONS)
    return Report(versions, tuple(block for block in blocks if block.rows), _counted(found))


def _counted(diff: Diff) -> str:
    """What changed and is not listed, in words; empty for nothing."""
    counts = ((diff.small_edits, "small edit"), (diff.moved, "moved statement"))
    return ", ".join(f"{number:,} {noun}{'s' * (number != 1)}" for number, noun in counts if number)


def _version(compared: Compared) -> str:
    archived = f"archived {compared.archived[:16].replace('T', ' ')} UTC" if compared.archived else None
    return " · ".join(filter(None, (_name(compared.article), archived, labels.source(compared.article))))


def _name(info: ArticleInfo) -> str | None:
    return info.url or info.title


def _rows(diff: Diff, section: Section) -> Iterator[Row]:
    if section == "disagreements":
        yield from map(_disagreeing, diff.disagreements)
        return
    for change in getattr(diff, section):
        yield _row(change, diff.new.article.language, is_reworded=section in _REWORDED)


def _row(change: Change, language: str, *, is_reworded: bool) -> Row:
    old, new = change.old.text if change.old else "", change.new.text if change.new else ""
    shown = pieces(old, new, language) if is_reworded and old and new else _replaced(old, new)
    about = "" if is_reworded else _around(change.about, new or old)
    return Row(tuple(shown), about, _numbers(*(each.spans if each else () for each in (change.old, change.new))))


def _replaced(old: str, new: str) -> Iterator[Piece]:
    if old:
        yield Piece(f"{old} " if new else old, "old")
    if new:
        yield Piece(new, "new")


def _disagreeing(found: Disagreement) -> Row:
    both = Piece(f"{found.first.text} / {found.second.text}", "same")
    return Row((both,), "", _numbers(found.first.spans, found.second.spans))


def _around(text: str, value: str) -> str:
    """So much of a statement as says what a value in it is of; of a quote the beginning."""
    at = max(text.find(value), 0)
    start, end = max(at - _AROUND, 0), min(at + len(value) + _AROUND, len(text))
    before = text[start:at].partition(" ")[2] if start else text[:at]
    behind = text[at:end] if end == len(text) else text[at:end].rpartition(" ")[0] or text[at:end]
    return f"{'… ' if start else ''}{before}{behind}{' …' if end < len(text) else ''}"


def _numbers(old: Iterable[Span], new: Iterable[Span]) -> str:
    """The numbers of the sentences in both versions: once where they are the same."""
    sides = [", ".join(str(number) for number in _sentences(spans)) for spans in (old, new)]
    return " → ".join(dict.fromkeys(filter(None, sides)))


def _sentences(spans: Iterable[Span]) -> list[int]:
    return sorted({span.sentence for span in spans if span.sentence is not None})
