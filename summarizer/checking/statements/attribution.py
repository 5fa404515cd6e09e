"""What a statement tells as a fact that its sources leave to somebody: a claim, a report, an opinion."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from summarizer.checking.analysis import Analysis, ArticleAnalysis
from summarizer.checking.statements.finding import StatementFinding
from summarizer.checking.statements.word_alignment import TOLD, Alignment, Token, places_between, tokens
from summarizer.languages.language import language_of
from summarizer.text.antonyms import opposites
from summarizer.text.corrections import correction_words
from summarizer.text.quotations import Quotation, find_quotations
from summarizer.text.reporting_words import Claims, claims, cues
from summarizer.text.words import LETTERS, fold, stem_of

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

SHORTEST = 4
"""Letters of a word of claiming that may be told by itself."""

_QUOTED = re.compile(r"[“”„\"«»「」]")
_SPOKEN = re.compile(r"[“„«»\"](?:\s*[^\s“”„\"«»]+){4}")
"""More words in quotation marks than a term has."""

_PARTING = frozenset(";؛")
_ENDS = frozenset(".!?;؛।")


def lost_attribution(aligned: Alignment, article: ArticleAnalysis) -> StatementFinding | None:
    """A claim of the sources that a part of the statement has not."""
    words = claims(aligned.language)
    for part in _bare_parts(aligned, words) if words else ():
        reported = _reported(part, aligned, article, words) if words else None
        if reported and words and not _is_kept(reported.cue, aligned) and not _is_asserted(reported, article, words):
            message = (
                f"The cited sentences leave this to somebody (“{reported.cue}”), and this text tells it as a fact."
            )
            return StatementFinding("attribution_lost", "note" if reported.is_plain else "warning", message)
    return None


def _is_kept(cue: str, aligned: Alignment) -> bool:
    """Whether another part of the statement has the word by which it is left to somebody."""
    known = {word.stem for word in aligned.words}
    return any(stem_of(fold(word)) in known for word in LETTERS.findall(cue) if len(word) >= SHORTEST)


def _bare_parts(aligned: Alignment, words: Claims) -> Iterator[range]:
    """The parts of a statement that are left to nobody, and to no chance."""
    doubts = opposites(aligned.language)
    for part in _parts(aligned.words, _PARTING):
        text = aligned.said_at(part)
        if _SPOKEN.search(text) or (doubts and doubts.possible.search(text[:1].lower() + text[1:])):
            continue
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
    behind = aligned.words[places.stop : part.stop] if places else ()
    if not signs or sum(word.is_telling for word in behind) <= TRAILING or not behind[0].stem:
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
    """Words of a statement that its sources leave to somebody, and the first word by which they do."""

    cue: str
    stems: frozenset[str]
    source: Analysis
    is_plain: bool


def _reported(part: range, aligned: Alignment, article: ArticleAnalysis, words: Claims) -> _Reported | None:
    """Of the words of a part those that the sources report, if they are most of what these have of them."""
    said = aligned.words[part.start : part.stop]
    stems = {word.stem for word in said if word.is_telling}
    if len(stems) < FEWEST:
        return None
    found: dict[Analysis, tuple[_Claim, frozenset[str]]] = {}
    others: set[str] = set()
    for source in aligned.sources:
        shared = [word.stem for word in source.seen_as(tokens) if word.stem in stems]
        claim = _claim_on(said, source, article, words)
        reported = claim.stems_of(source) & stems if claim else frozenset()
        others |= set(shared) - reported
        if claim:
            found[source] = (claim, reported)
    if not found:
        return None
    source = max(found, key=lambda each: len(found[each][1]))
    first, reported = found[source]
    others |= frozenset[str]().union(*(inside for _, inside in found.values()))
    if (
        len(reported) < COVERED * len(stems)
        or len(reported) < INSIDE * len(reported | others)
        or len(reported) < TOLD * len(first.stems_of(source))
    ):
        return None
    if not first.is_doubted and _names_another(aligned.said_at(part), reported, article):
        return None
    return _Reported(first.cue, reported, source, first.is_plain)


def _claim_on(said: Sequence[Token], source: Analysis, article: ArticleAnalysis, words: Claims) -> _Claim | None:
    """The claim of a source that reaches most of some words, none where they name who makes it."""
    theirs, stems = source.seen_as(tokens), {word.stem for word in said if word.is_telling}
    best: _Claim | None = None
    corrected = correction_words(source.language)
    if corrected and (corrected.old.search(source.text) or corrected.new.search(source.text)):
        return None  # what is said there is not what holds
    most = 0
    for _, readings in itertools.groupby(_claims_in(source, article, words), key=lambda claim: claim.places):
        free = [
            claim
            for claim in readings
            if not any(theirs[at].is_telling and theirs[at].stem in stems for at in claim.holder)
            or (claim.is_doubted and _is_retold(said, claim, source))
        ]
        if not free:
            return None
        for claim in free:
            reached = [at for at in claim.reported if theirs[at].is_telling and theirs[at].stem in stems]
            if len(reached) > most and _distance(reached, claim.places) <= BESIDE:
                best, most = claim, len(reached)
    return best


def _is_retold(said: Sequence[Token], claim: _Claim, source: Analysis) -> bool:
    """Whether a statement begins with who claims it, and goes on at once with what is claimed."""
    words = source.seen_as(tokens)
    holder = {words[at].stem for at in claim.holder if words[at].is_telling}
    following = next((word for word in said if word.is_telling and word.stem not in holder), None)
    first = next(word for word in said if word.text not in cues(source.language).determiners)
    return first.stem in holder and following is not None and following.stem in claim.stems_of(source) - holder


class _Claim(NamedTuple):
    """A word of claiming in a sentence, whose claim it is, and what is claimed."""

    cue: str
    places: range
    holder: range
    reported: range
    is_doubted: bool = False
    is_plain: bool = False
    """Whether it only says where something is from: "police said"."""

    def stems_of(self, source: Analysis) -> frozenset[str]:
        """The telling words that are claimed."""
        words = source.seen_as(tokens)
        return frozenset(words[at].stem for at in self.reported if words[at].is_telling)


def _claims_in(source: Analysis, article: ArticleAnalysis, known: Claims) -> Iterator[_Claim]:
    """What a sentence has in quotation marks, and its claims: "police say it fell", "it fell, said police"."""
    words, relatives = source.seen_as(tokens), cues(source.language).relatives
    for quoted in _quoted(source, article):
        places = places_between(words, *quoted)
        if places:
            yield _Claim("“", range(places.start, places.start), range(0), places)
    for cue in known.claims.finditer(source.text):
        places = places_between(words, *cue.span())
        if not places:
            continue
        text, is_doubted = cue.group(), bool(known.doubted.fullmatch(cue.group()))
        is_plain = bool(known.verbs.fullmatch(text)) and not is_doubted
        if known.moods.fullmatch(text):
            if not _is_speaking(source) and not _is_conceded(source, known):
                yield _Claim(text, places, range(0), _around(words, places))
            continue
        clause = _clause(words, places)
        before, behind = range(0, clause.start), range(places.stop, _end(words, places.stop, relatives))
        if clause.start == places.start:
            holder = range(places.stop, min(clause.stop, places.stop + CLAIMANT))
            if not _is_apposition(words, places.start - 1):
                yield _Claim(text, places, range(places.stop, clause.stop), before, is_plain=is_plain)
            yield _Claim(text, places, holder, range(holder.stop, behind.stop), is_plain=is_plain)
        elif before and sum(word.is_telling for word in words[places.stop : behind.stop]) <= TRAILING:
            if places.start - clause.start <= CLAIMANT:
                yield _Claim(text, places, clause, before, is_plain=is_plain)
        else:
            holder = range(max(clause.start, places.start - CLAIMANT), places.start)
            reported = range(clause.start, behind.stop) if is_doubted else behind
            yield _Claim(text, places, holder, reported, is_doubted, is_plain)


def _quoted(source: Analysis, article: ArticleAnalysis) -> Iterator[tuple[int, int]]:
    """The stretches of a sentence that stand in quotation marks, which may have opened before it."""
    start = article.text.find(source.text)
    for quotation in article.seen_as(_quotations) if start >= 0 else ():
        first, last = max(quotation.start - start, 0), min(quotation.end - start, len(source.text))
        if first < last:
            yield first, last


def _quotations(text: Analysis) -> tuple[Quotation, ...]:
    return find_quotations(text.article) if isinstance(text, ArticleAnalysis) else ()


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


def _is_apposition(words: Sequence[Token], at: int) -> bool:
    """Whether a comma closes what another one opens: "Moe, head of the union, said"."""
    return words[at].text == "," and any(word.text == "," for word in words[:at])


def _parts_clauses(words: Sequence[Token], at: int) -> bool:
    is_initial = words[at].text == "." and at > 0 and len(words[at - 1].text) == 1
    return not words[at].stem and not is_initial


def _around(words: Sequence[Token], claim: range) -> range:
    """The words of a sentence between the signs around a claim that part sentences, a colon too."""
    signs = [-1, *(at for at, word in enumerate(words) if word.text in (*_ENDS, ":")), len(words)]
    before = max(at for at in signs if at < claim.start)
    return range(before + 1, min(at for at in signs if at >= claim.stop))


def _end(words: Sequence[Token], at: int, relatives: frozenset[str]) -> int:
    """Where the sentence ends, or what it says of a thing by itself: "they say it fell in Lund, which voted"."""
    for place in range(at, len(words)):
        sign = words[place].text
        following = words[place + 1].text if place + 1 < len(words) else ""
        if sign in _ENDS or (sign == "," and following in relatives and place > at):
            return place
    return len(words)


def _distance(places: Sequence[int], claim: range) -> int:
    return min(abs(at - claim.start) if at < claim.start else at - claim.stop for at in places)


def _names_another(text: str, reported: frozenset[str], article: ArticleAnalysis) -> bool:
    """Whether a part of a statement names a person that the reported words do not: whose claim it is, no doubt."""
    named = (
        Analysis(text[each.start : each.end], article.language) for each in article.named_people.mentioned_in(text)
    )
    return any(reported.isdisjoint(word.stem for word in name.seen_as(tokens)) for name in named)


def _is_asserted(reported: _Reported, article: ArticleAnalysis, words: Claims) -> bool:
    """Whether another sentence of the article says the same in its own name."""
    return any(
        len(reported.stems & {word.stem for word in text.seen_as(tokens)}) >= ASSERTED * len(reported.stems)
        for text in (article.title, *article.sentences_in(article.article.span(0, len(article.text))))
        if text is not reported.source and not words.attributions.search(text.text) and not _QUOTED.search(text.text)
    )
