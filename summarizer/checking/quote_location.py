"""Exact location of quotes: the words as they stand, whatever quote marks, dashes and spaces they were typed with.

Nothing is fuzzy here: a changed digit, a dropped "not" or another word is not found. What does not count is
typography: the kind of quote marks and dashes, spaces beside them and their number, `…` or `...`, how accents are
encoded, a full stop or comma at the very end (English moves it in and out of quote marks), and the case of the first
letter, since a quote taken from the middle of a sentence is capitalised by convention. Case counts elsewhere: "US" is
not "us".
"""

from __future__ import annotations

import bisect
import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.article import Span, TitleSpan, is_unspaced

SHORTEST = 3
"""Letters and digits that a quote, and each of its pieces, must have: two of them are found anywhere. A character of
a script without spaces counts twice."""

WIDEST_GAP = 400
"""Characters that "..." may stand for: the speaker's next sentence or two, not another part of the article."""

_QUOTES = "\"'`´‘’‚‛“”„‟«»‹›〝〞〟＂＇「」『』′″ʼ"
_DASHES = "-‐‑‒–—―−﹘﹣－"
_PLAIN = re.compile(r"[!#-&(-,./0-_a-~]+(?: [!#-&(-,./0-_a-~]+)*")
"""Words of ASCII with one space between them and no typography: most of most texts, and kept as they are."""
_LIGATURES = {chr(code): unicodedata.normalize("NFKD", chr(code)) for code in range(0xFB00, 0xFB07)}
_PRINTED = {**dict.fromkeys(_QUOTES, '"'), **dict.fromkeys(_DASHES, "-"), **_LIGATURES, "…": "..."}
_INSIDE_WORD = re.compile(r"\w[-‐‑]\w|\d[.,]\d|n['’]t", re.IGNORECASE)
_MARK = re.compile(r"(?:^|(?<=[\s\"]))\[\d{1,4}\] ?")
"""The number before a sentence of the prompt, which a model may copy."""
_OMISSION = re.compile(r"\[ ?\.{3} ?\]|\( ?\.{3} ?\)|\.{3,}")


@dataclass(frozen=True, slots=True)
class Location:
    """Where a quote stands: one span, or one for each piece of a quote with omissions; none when it is not there.

    `repeated` says that it stands elsewhere too, so that the place is a guess.
    """

    spans: tuple[tuple[int, int], ...] = ()
    repeated: bool = False


class Locator:
    """Finds quotes in one text, which is freed of its typography once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._printed, self._starts, self._ends = _printed(text)
        self._found: dict[tuple[str, int, int, int], Location] = {}

    def between(self, start: int, end: int) -> str:
        """The text between two offsets."""
        return self._text[start:end]

    def locate(self, quote: str, *, start: int = 0, end: int | None = None, shortest: int = SHORTEST) -> Location:
        """Where `quote` stands between `start` and `end`: at the first place that holds it whole or, failing that,
        all the pieces that its "..." leaves, in order. Quote marks around it are ignored."""
        sought = (quote, start, len(self._text) if end is None else end, shortest)
        if sought not in self._found:  # to ground a quote and to check it asks for the same place
            self._found[sought] = self._locate(*sought)
        return self._found[sought]

    def _locate(self, quote: str, start: int, end: int, shortest: int) -> Location:
        printed = _printed(quote)[0].strip(' "')
        unmarked = _MARK.sub("", printed).strip(' "')
        pieces = [piece.strip(' "') for piece in _OMISSION.split(unmarked)]
        for parts in ([printed], [unmarked], [piece for piece in pieces if piece]):
            if parts and all(_is_long(part, shortest) for part in parts):
                found = self._chains(parts, start, end)
                if found:
                    return Location(found[0], repeated=len(found) > 1)
        return Location()

    def occurrences(self, name: str) -> list[tuple[int, int]]:
        """Every place where `name` stands, typography and all."""
        return list(self._exact(_printed(name)[0].strip(' "'), 0, len(self._text)))

    def _chains(self, parts: list[str], start: int, end: int) -> list[tuple[tuple[int, int], ...]]:
        """The first two places where the parts stand in order, each near the one before."""
        found: list[tuple[tuple[int, int], ...]] = []
        for first in self._places(parts[0], start, end):
            chain = [first]
            for part in parts[1:]:
                after = chain[-1][1]
                following = next(self._places(part, after, min(end, after + WIDEST_GAP + len(part))), None)
                if following is None:
                    break
                chain.append(following)
            else:
                found.append(tuple(chain))
            if len(found) == 2:
                break
        return found

    def _places(self, part: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where the part stands: as it is, and then with what may differ at its two ends."""
        seen = set()
        for variant in _variants(part):
            for place in self._exact(variant, start, end):
                if place[0] not in seen:
                    seen.add(place[0])
                    yield place

    def _exact(self, part: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        at, limit = bisect.bisect_left(self._starts, start), bisect.bisect_left(self._starts, end)
        while part and (at := self._printed.find(part, at, limit)) >= 0:
            place = self._starts[at], self._ends[at + len(part) - 1]
            if place[1] > end:
                return
            if self._is_whole(at, at + len(part)) and self._parts_from_neighbours(*place):
                yield place
            at += 1

    def _is_whole(self, first: int, last: int) -> bool:
        """Whether no character is split: an accent from its letter, a dot from `…`."""
        before_is_other = first == 0 or self._starts[first - 1] < self._starts[first]
        return before_is_other and (last == len(self._printed) or self._ends[last] > self._ends[last - 1])

    def _parts_from_neighbours(self, start: int, end: int) -> bool:
        """Whether the place begins and ends with a word: "can" is not in "can't", nor "12" in "112" or "12.5"."""
        left, right = self._text[max(0, start - 2) : start + 1], self._text[end - 1 : end + 2]
        if _INSIDE_WORD.fullmatch(left) or _INSIDE_WORD.fullmatch(right):
            return False
        return not _joined(left[-2:-1], left[-1]) and not _joined(right[0], right[1:2])


def locate_cited(quote: str, evidence: Sequence[Span], locator: Locator, *, shortest: int = SHORTEST) -> Location:
    """Where `quote` stands in one of the spans cited for it or in all of them together; else anywhere in the text.

    A place inside the evidence is no guess, wherever else the same words stand. The title is not looked at.
    """
    scopes = [(span.start, span.end) for span in evidence if not isinstance(span, TitleSpan)]
    if len(scopes) > 1:
        scopes.append((min(start for start, _ in scopes), max(end for _, end in scopes)))
    for start, end in scopes:
        found = locator.locate(quote, start=start, end=end, shortest=shortest)
        if found.spans:
            return Location(found.spans)
    found = locator.locate(quote, shortest=shortest)
    return found if found.spans else _opened_anew(quote, locator, shortest)


_NEXT_SENTENCE = re.compile(r"(?<=[.!?…。！？])\s+")


def _opened_anew(quote: str, locator: Locator, shortest: int) -> Location:
    """Where a quote of several sentences stands in whose text each has marks of its own."""
    pieces = _NEXT_SENTENCE.split(quote)
    if len(pieces) < 2:
        return Location()
    found = locator.locate(" ... ".join(piece.rstrip(".") for piece in pieces), shortest=shortest)
    gaps = [locator.between(end, start) for (_, end), (start, _) in itertools.pairwise(found.spans)]
    return found if found.spans and not any(map(str.isalnum, "".join(gaps))) else Location()


def _variants(part: str) -> Iterator[str]:
    yield part
    swapped = part[0].swapcase() + part[1:]
    if swapped != part:
        yield swapped
    if part[-1] in ".,":
        yield from _variants(part[:-1]) if part[:-1] else ()


def _is_long(part: str, shortest: int) -> bool:
    # Few characters tell; quotes are long.
    weights = (1 + is_unspaced(character) for character in part if character.isalnum())
    return any(weight >= shortest for weight in itertools.accumulate(weights))


def _is_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character)[0] == "M"


def _joined(left: str, right: str) -> bool:
    """Whether two neighbouring characters belong to one word."""
    if not left or not right or is_unspaced(left) or is_unspaced(right):
        return False
    return _is_word(left) and _is_word(right)


def _printed(text: str) -> tuple[str, list[int], list[int]]:
    """The text without its typography, and for each of its characters from where to where it stood."""
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for plain in _PLAIN.finditer(text):
        first, last = plain.span()
        if last < len(text) and text[last] >= "\u0300":
            last -= 1  # what follows may be an accent
        if first < last:
            _print_into(out, starts, ends, text, done, first)
            out += text[first:last]
            starts += range(first, last)
            ends += range(first + 1, last + 1)
            done = last
    _print_into(out, starts, ends, text, done, len(text))
    return "".join(out), starts, ends


def _print_into(out: list[str], starts: list[int], ends: list[int], text: str, first: int, after: int) -> None:
    """Adds a stretch of the text, character by character."""
    for start, end in _clusters(text, first, after):
        for character in _printed_cluster(text[start:end]):
            last = out[-1] if out else ""
            if character == " " and last in (" ", '"', "-"):
                continue
            if character in '"-':
                if last == " ":
                    del out[-1], starts[-1], ends[-1]
                if out and out[-1] == character and ends[-1] == start:
                    ends[-1] = end  # a dash typed as two hyphens, a quote mark as two apostrophes
                    continue
            out.append(character)
            starts.append(start)
            ends.append(end)


def _clusters(text: str, start: int, after: int) -> Iterator[tuple[int, int]]:
    """A letter with the accents that follow it, which may come in any order."""
    for at in range(start + 1, after):
        if text[at] < "\u0300" or not unicodedata.combining(text[at]):
            yield start, at
            start = at
    if start < after:
        yield start, after


def _printed_cluster(cluster: str) -> str:
    if cluster.isspace():
        return " "
    if unicodedata.category(cluster[0]) == "Cf":
        return ""  # soft hyphens, joiners and marks of direction
    return _PRINTED.get(cluster) or unicodedata.normalize("NFD", cluster)
