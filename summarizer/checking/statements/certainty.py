"""What a statement tells as a fact that its sources only suppose or plan."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from summarizer.checking.analysis import Analysis
from summarizer.checking.statements.finding import StatementFinding
from summarizer.checking.statements.word_alignment import Alignment, Token, clause_of, places_between, tokens
from summarizer.text.antonyms import Opposites, opposites
from summarizer.text.reporting_words import claims

BEFORE, BEHIND = 2, 4
"""Telling words around a word of doubt that are what is doubted."""

AROUND = 6
"""Words of the statement around those among which a doubt is looked for, and in their clause."""

NEAR_COPY = 0.5
"""Share of words from which on a statement is near enough its sources for what it leaves out to be told."""

FEWEST = 4
"""Telling words of a statement; fewer are a phrase, which says neither who claims it nor how sure it is."""


def certainty_findings(aligned: Alignment) -> Iterator[StatementFinding]:
    """A doubt of the sources that the statement has not."""
    telling = sum(word.is_telling for word in aligned.words)
    if telling < FEWEST or aligned.share < NEAR_COPY or _denies(aligned):
        return
    if word := _doubt_lost(aligned):
        message = f"The cited sentences say “{word}”, and this text tells it as a fact."
        yield StatementFinding("certainty_differs", "warning", message)


def _denies(aligned: Alignment) -> bool:
    """Whether the statement denies or cancels something by a word of its own, and so tells no fact."""
    known = aligned.said.polarity
    return known is not None and any(each.word not in aligned.their_text.lower() for each in known.negations)


def _doubt_lost(aligned: Alignment) -> str | None:
    words = opposites(aligned.language)
    if words is None:
        return None
    doubts = list(_doubts(aligned, words))
    back = {place: at for at, place in aligned.places.items()}
    first = 0
    for source in aligned.sources:
        theirs = source.seen_as(tokens)
        for match in words.possible.finditer(source.text):
            inside = places_between(theirs, *match.span())
            around = _around(theirs, inside)
            there = [back[first + at] for at in around if first + at in back]
            others = {word.text for at, word in enumerate(theirs) if at not in inside and word.is_telling}
            answers = [each.places for each in doubts if each.is_possible or not each.words <= others]
            head = next((at for at in around if at >= inside.stop), around[0] if around else -1)
            is_lost = (
                first + head in back
                and len(there) >= 2
                and not any(_is_by(at, by, aligned) for by in there for at in chain(*answers))
            )
            if (
                is_lost
                and aligned.is_copy(back[first + head], first + inside.start)
                and not _is_reported_mood(match.group(), aligned)
                and not _elsewhere_sure(there, aligned, source, words.unsure)
            ):
                return match.group()
        first += len(theirs) + 1
    return None


def _is_reported_mood(word: str, aligned: Alignment) -> bool:
    """Whether a word is a form of a verb, which reported speech and a tale of the past have without any doubt, where
    somebody is reported, or the statement draws on more than one sentence."""
    reported = claims(aligned.language)
    if reported is None or not reported.moods.fullmatch(word):
        return False
    texts = (aligned.their_text, aligned.said.text)
    others = (each.group() for text in texts for each in reported.attributions.finditer(text))
    return len(aligned.sources) > 1 or not all(map(reported.moods.fullmatch, others))


class _Doubt(NamedTuple):
    """A word of the statement that keeps something from being a fact."""

    places: range
    words: frozenset[str]
    is_possible: bool
    """Whether it is one of those that are missed where a statement has them not, too; others may be the matter
    itself, such as an appeal."""


def _doubts(aligned: Alignment, words: Opposites) -> Iterator[_Doubt]:
    reported = claims(aligned.language)
    for pattern in (words.possible, words.unsure, *([reported.claims] if reported else [])):
        for match in pattern.finditer(_begun_small(aligned.said.text)):
            places = places_between(aligned.words, *match.span())
            if pattern not in (words.possible, words.unsure) and _is_repeated(places, aligned):
                continue
            yield _Doubt(places, frozenset(aligned.words[at].text for at in places), pattern is not words.unsure)


def _is_repeated(places: range, aligned: Alignment) -> bool:
    """Whether the sources have the same word: "said" for "said it may" keeps only half of it."""
    return all(aligned.words[at].stem in aligned.their_stems for at in places)


def _begun_small(text: str) -> str:
    """A text without the capital of its beginning: "May have been" is no month."""
    return text[:1].lower() + text[1:]


def _is_by(doubt: int, at: int, aligned: Alignment) -> bool:
    """Whether a word of doubt stands near another word, or in its clause."""
    return abs(doubt - at) <= AROUND or doubt in clause_of(aligned.words, at)


def _around(words: Sequence[Token], inside: range) -> list[int]:
    """The telling words next to a phrase, in its clause."""
    if not inside:
        return []
    found: list[int] = []
    for places, most in ((range(inside[0] - 1, -1, -1), BEFORE), (range(inside[-1] + 1, len(words)), BEHIND)):
        count = 0
        for at in places:
            if not words[at].stem or count == most:
                break
            if words[at].is_telling:
                found.append(at)
                count += 1
    return found


def _elsewhere_sure(places: Sequence[int], aligned: Alignment, doubting: Analysis, unsure: re.Pattern[str]) -> bool:
    """Whether another source has the same words without any doubt."""
    stems = {aligned.words[at].stem for at in places}
    return any(
        stems <= {word.stem for word in source.seen_as(tokens)} and not unsure.search(source.text)
        for source in aligned.sources
        if source is not doubting
    )
