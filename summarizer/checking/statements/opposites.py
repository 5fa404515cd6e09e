"""Words of a statement that say the opposite of those in their place in its sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from summarizer.checking.statements.finding import Mismatch
from summarizer.checking.statements.word_alignment import Alignment, Token, places_between
from summarizer.text.antonyms import opposites
from summarizer.text.negation import Polarity

WINDOW = 6
"""Words on either side of a word in which its opposite takes away the contrast: "fell in May and rose in June"."""

BEFORE_AND_AFTER = 3
"""Telling words on either side of a word that say what it is about; one more in the source, which is longer."""

SAME_PLACE = 2
"""Of those, so many must be the same for two words to be about the same thing."""

DENIED = 3
"""Words before one within which a negation turns it round."""


def opposite_words(aligned: Alignment) -> Iterator[Mismatch]:
    """ "rose" for "fell"."""
    words = opposites(aligned.language)
    if words is None:
        return
    found = (_in_place_of(one, other, aligned) for one, other in words.turned_in(aligned.said.text))
    for turned in dict.fromkeys(filter(None, found)):
        if not words.is_bound(turned.said, aligned.said.text) and not words.is_bound(
            turned.source, aligned.their_text
        ):
            yield turned


def other_units(aligned: Alignment) -> Iterator[Mismatch]:
    """ "minutes" for "hours"."""
    words = opposites(aligned.language)
    units = words.units if words else ()
    found = (_in_place_of(one, others, aligned, is_close=True) for one, others in units)
    yield from dict.fromkeys(filter(None, found))


def certain_words(aligned: Alignment) -> Iterator[Mismatch]:
    """What is certain in the statement, and only possible in the sources: "will" for "may"."""
    words = opposites(aligned.language)
    if (
        words
        and words.certain.search(aligned.said.text)
        and (found := _in_place_of(words.certain, words.possible, aligned))
    ):
        yield found


def _in_place_of(
    one: re.Pattern[str], other: re.Pattern[str], aligned: Alignment, *, is_close: bool = False
) -> Mismatch | None:
    """Words of the pattern `one` where the sources have no such word, but at the same place one of `other`, in a
    clause told over again; `is_close` asks for the same word next to both instead."""
    mine = _found(one, aligned, theirs=False)
    turned = _found(other, aligned, theirs=True) if mine else []
    if not turned:
        return None
    is_alike = _shares_neighbour if is_close else _is_about_the_same
    same, contrary = _found(one, aligned, theirs=True), _found(other, aligned, theirs=False)
    polarity, theirs = aligned.said.polarity, Polarity(tuple(aligned.their_negations))
    denied_here, denied_there = denied_words(aligned.words, polarity), denied_words(aligned.theirs, theirs)
    disputed_here, disputed_there = _disputed(aligned.words, polarity), _disputed(aligned.theirs, theirs)
    for said in mine:
        if any(_is_near(said.places, each.places) for each in contrary):
            continue
        if any(_is_there(said.places, each.places, aligned) for each in same):
            continue
        for source in turned:
            if any(_is_near(source.places, each.places) for each in same):
                continue
            if (source.places.start in denied_there) != (said.places.start in denied_here):
                continue  # "wrong" for "not right"
            if (source.places.start in disputed_there) != (said.places.start in disputed_here):
                continue  # "safe" for "denied that it was unsafe"
            is_opposite = source.places.start in aligned.opposite(said.places.start, said.places.stop - 1)
            if not is_opposite and (contrary or not is_alike(said.places, source.places, aligned)):
                continue
            here, there = said.places.start, source.places.start
            if is_close or aligned.is_copy(here, there) or aligned.shares_number(here, there):
                return Mismatch(said.text, source.text)
    return None


class _Placed(NamedTuple):
    """A phrase where it stands."""

    text: str
    places: range


def _found(pattern: re.Pattern[str], aligned: Alignment, *, theirs: bool) -> list[_Placed]:
    words, text = (aligned.theirs, aligned.their_text) if theirs else (aligned.words, aligned.said.text)
    found = (_Placed(match.group(), places_between(words, *match.span())) for match in pattern.finditer(text))
    return [each for each in found if each.places]


def _is_near(one: range, other: range) -> bool:
    """Whether two phrases of a text stand so near each other that they make a contrast."""
    return abs(one.start - other.start) <= WINDOW


def _is_there(said: range, source: range, aligned: Alignment) -> bool:
    """Whether a phrase of the sources stands in the place of one of the statement."""
    return source.start in aligned.opposite(said.start, said.stop - 1) or _is_about_the_same(said, source, aligned)


def denied_words(words: Sequence[Token], polarity: Polarity | None) -> frozenset[int]:
    """The places of the words that a negation proper governs closely."""
    starts = _starts(words)
    near = (start for each in (polarity.plain if polarity else ()) for start in each.governed[:DENIED])
    return frozenset(starts[start] for start in near if start in starts)


def _disputed(words: Sequence[Token], polarity: Polarity | None) -> frozenset[int]:
    """The places of the words behind one such as "denied" that it governs."""
    starts = _starts(words)
    others = (each for each in (polarity.negations if polarity else ()) if not each.is_plain)
    return frozenset(
        starts[start] for each in others for start in each.governed if start > each.start and start in starts
    )


def _starts(words: Sequence[Token]) -> dict[int, int]:
    return {word.start: at for at, word in enumerate(words) if word.stem}


def _is_about_the_same(said: range, source: range, aligned: Alignment) -> bool:
    """Whether both stand among the same words."""
    if _is_converse(said, source, aligned):
        return False
    if _shares_neighbour(said, source, aligned):
        return True
    here = _beside(said, aligned, BEFORE_AND_AFTER, theirs=False)
    there = _beside(source, aligned, BEFORE_AND_AFTER + 1, theirs=True)
    return len(here & there) >= SAME_PLACE


def _is_converse(said: range, source: range, aligned: Alignment) -> bool:
    """Whether two things are related the other way round, which comes to the same: "the vote two days after the
    speech" for "the speech two days before the vote", "Lund lost to Moe" for "Moe beat Lund"."""
    behind = _next(aligned.words, said.stop, 1)
    return (
        not (aligned.words[said.stop - 1].is_telling and aligned.theirs[source.stop - 1].is_telling)
        and behind is not None
        and aligned.places.get(behind, source.stop) < source.start
    )


def _shares_neighbour(said: range, source: range, aligned: Alignment) -> bool:
    """Whether the telling word next to both on one side is the same."""
    for here, there, step in ((said.start - 1, source.start - 1, -1), (said.stop, source.stop, 1)):
        mine, theirs = _next(aligned.words, here, step), _next(aligned.theirs, there, step)
        if mine is not None and aligned.places.get(mine) == theirs:
            return True
    return False


def _next(words: Sequence[Token], at: int, step: int) -> int | None:
    while 0 <= at < len(words) and (words[at].stem or words[at].text):
        if words[at].is_telling:
            return at
        at += step
    return None


def _beside(places: range, aligned: Alignment, reach: int, *, theirs: bool) -> frozenset[int]:
    """The telling words nearest on both sides, by their places in the sources."""
    words = aligned.theirs if theirs else aligned.words
    found: set[int] = set()
    for side in (range(places.start - 1, -1, -1), range(places.stop, len(words))):
        count = 0
        for at in side:
            if count == reach or (not words[at].stem and not words[at].text):
                break
            if words[at].is_telling:
                count += 1
                there = at if theirs else aligned.places.get(at)
                found |= {there} if there is not None else set()
    return frozenset(found)
