"""What a statement tells as a fact that its sources leave to somebody: a claim, a report, an opinion."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from summarizer.checking.analysis import Analysis, ArticleAnalysis
from summarizer.checking.statements.finding import StatementFinding
from summarizer.checking.statements.word_alignment import Alignment, Token, places_between, tokens
from summarizer.languages.language import language_of
from summarizer.text.reporting_words import Claims, claims

FEWEST = 4
"""Telling words of a part of a statement; fewer are a phrase, which says neither who claims it nor how sure it is."""

COVERED = 0.6
"""Share of them that the reported words of one sentence must have."""

INSIDE = 0.85
"""Share of what the sentence has of them that must be among its reported words."""

ASSERTED = 0.6
"""Share of the same words with which the article itself says so elsewhere."""

BESIDE = 6
"""Words between a claim and what is claimed."""

CLAIMANT = 4
"""Words on either side of a claim among which it is said whose it is."""

TRAILING = 3
"""Telling words behind a claim at the end of a sentence, which say whose it is: ", said a police spokesman"."""

_QUOTED = re.compile(r"[“”„\"«»「」]")
_PARTING = frozenset(";؛")
_ENDS = frozenset(".!?;؛।")


def lost_attribution(aligned: Alignment, article: ArticleAnalysis) -> StatementFinding | None:
    """A claim of the sources that a part of the statement has not."""
    words = claims(aligned.language)
    if words is None:
        return None
    for part in _bare_parts(aligned, words):
        stems = frozenset(aligned.words[at].stem for at in part if aligned.words[at].is_telling)
        reported = _reported(stems, aligned, words) if len(stems) >= FEWEST else None
        if (
            reported
            and words.moods.fullmatch(reported.cue)
            and _names_another(aligned.said_at(part), reported, article)
        ):
            continue
        if reported and not _is_asserted(reported, article, words):
            message = (
                f"The cited sentences leave this to somebody (“{reported.cue}”), and this text tells it as a fact."
            )
            return StatementFinding("attribution_lost", "warning", message)
    return None


def _bare_parts(aligned: Alignment, words: Claims) -> Iterator[range]:
    """The parts of a statement that are left to nobody."""
    for part in _parts(aligned.words, _PARTING):
        text = aligned.said_at(part)
        cue = words.attributions.search(text)
        if cue is None:
            yield part
        elif part_before := _before_clause(aligned, part, cue):
            yield part_before


def _before_clause(aligned: Alignment, part: range, cue: re.Match[str]) -> range | None:
    """What stands before the clause that has the first claim, unless the claim only follows what it is about."""
    start = aligned.words[part.start].start
    places = places_between(aligned.words, start + cue.start(), start + cue.end())
    signs = [at for at in range(part.start, places.start if places else 0) if aligned.words[at].text == ","]
    if not signs or sum(aligned.words[at].is_telling for at in range(places.stop, part.stop)) <= TRAILING:
        return None
    subject = aligned.words[signs[-1] + 1 : places.start]
    is_clause = bool(subject) and not subject[0].is_telling and any(word.is_telling for word in subject)
    return range(part.start, signs[-1]) if is_clause else None


def _parts(words: Sequence[Token], signs: frozenset[str]) -> Iterator[range]:
    first = 0
    for at, word in enumerate(words):
        if word.text in signs:
            if at > first:
                yield range(first, at)
            first = at + 1
    if len(words) > first:
        yield range(first, len(words))


class _Reported(NamedTuple):
    """Words that a sentence leaves to somebody, and the word by which it does."""

    cue: str
    stems: frozenset[str]
    source: Analysis


def _reported(stems: frozenset[str], aligned: Alignment, words: Claims) -> _Reported | None:
    """Of some words those that a source reports, if they are most of what it has of them."""
    for source in aligned.sources:
        theirs = source.seen_as(tokens)
        shared = [at for at, word in enumerate(theirs) if word.stem in stems]
        for claim in _claims_in(source, theirs, words):
            inside = [at for at in shared if at in claim.reported]
            reported = frozenset(theirs[at].stem for at in inside)
            if (
                len(reported) >= COVERED * len(stems)
                and len(inside) >= INSIDE * len(shared)
                and _distance(inside, claim.places) <= BESIDE
                and not any(theirs[at].is_telling and theirs[at].stem in stems for at in claim.holder)
            ):
                return _Reported(claim.cue, reported, source)
    return None


class _Claim(NamedTuple):
    """A word of claiming in a sentence, whose claim it is, and what is claimed."""

    cue: str
    places: range
    holder: range
    reported: range


def _claims_in(source: Analysis, words: Sequence[Token], known: Claims) -> Iterator[_Claim]:
    """The claims of a sentence: "police say it fell", "it fell, said police", "according to police, it fell"."""
    for cue in known.claims.finditer(source.text):
        places = places_between(words, *cue.span())
        if not places:
            continue
        if known.moods.fullmatch(cue.group()):
            if not _is_speaking(source) and not _is_conceded(source, known):
                yield _Claim(cue.group(), places, range(0), _around(words, places))
            continue
        clause = _clause(words, places)
        before, behind = range(0, clause.start), range(places.stop, _end(words, places.stop))
        if clause.start == places.start:
            holder = range(places.stop, min(clause.stop, places.stop + CLAIMANT))
            yield _Claim(cue.group(), places, range(places.stop, clause.stop), before)
            yield _Claim(cue.group(), places, holder, range(holder.stop, behind.stop))
        elif before and sum(word.is_telling for word in words[places.stop : behind.stop]) <= TRAILING:
            if places.start - clause.start <= CLAIMANT:
                yield _Claim(cue.group(), places, clause, before)
        else:
            holder = range(max(clause.start, places.start - CLAIMANT), places.start)
            yield _Claim(cue.group(), places, holder, behind)


def _is_speaking(source: Analysis) -> bool:
    """Whether somebody speaks here, who has moods of his own."""
    first_person = language_of(source.language).words.speaking
    return bool(_QUOTED.search(source.text)) or any(word.text in first_person for word in source.seen_as(tokens))


def _is_conceded(source: Analysis, known: Claims) -> bool:
    """Whether somebody admits or confirms it."""
    return any(not known.claims.fullmatch(verb.group()) for verb in known.verbs.finditer(source.text))


def _clause(words: Sequence[Token], claim: range) -> range:
    """The words between the signs around a claim; that behind an initial is none."""
    first, last = claim.start, claim.stop
    while first > 0 and not _parts_clauses(words, first - 1):
        first -= 1
    while last < len(words) and not _parts_clauses(words, last):
        last += 1
    return range(first, last)


def _parts_clauses(words: Sequence[Token], at: int) -> bool:
    is_initial = words[at].text == "." and at > 0 and len(words[at - 1].text) == 1
    return not words[at].stem and not is_initial


def _around(words: Sequence[Token], claim: range) -> range:
    """The words of a sentence between the signs around a claim that part sentences, a colon too."""
    signs = [-1, *(at for at, word in enumerate(words) if word.text in (*_ENDS, ":")), len(words)]
    before = max(at for at in signs if at < claim.start)
    return range(before + 1, min(at for at in signs if at >= claim.stop))


def _end(words: Sequence[Token], at: int) -> int:
    """Where the sentence ends."""
    return next((place for place in range(at, len(words)) if words[place].text in _ENDS), len(words))


def _distance(places: Sequence[int], claim: range) -> int:
    return min(abs(at - claim.start) if at < claim.start else at - claim.stop for at in places)


def _names_another(text: str, reported: _Reported, article: ArticleAnalysis) -> bool:
    """Whether a part of a statement names a person that the reported words do not: whose claim it is, no doubt."""
    named = (mention.people for mention in article.named_people.mentioned_in(text))
    there = [mention.people for mention in article.named_people.mentioned_in(reported.source.text)]
    return any(not any(people & each for each in there) for people in named)


def _is_asserted(reported: _Reported, article: ArticleAnalysis, words: Claims) -> bool:
    """Whether another sentence of the article says the same in its own name."""
    return any(
        len(reported.stems & {word.stem for word in text.seen_as(tokens)}) >= ASSERTED * len(reported.stems)
        for text in (article.title, *article.sentences_in(article.article.span(0, len(article.text))))
        if text is not reported.source and not words.attributions.search(text.text) and not _QUOTED.search(text.text)
    )
