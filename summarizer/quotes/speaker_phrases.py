"""Subjects: whom the words directly beside a verb that reports speech name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.quotes.quote_context import (
    NOBODY,
    NameMention,
    PreviousSpeech,
    QuoteContext,
    Speaker,
    named,
)
from summarizer.text.words import fold

PHRASE_WORDS = 3
"""Words of a phrase that can stand for somebody without a name."""

REACH = 9
"""Words before a verb among which such a phrase begins."""

SENTENCE = 600
"""Characters of a sentence that are looked at, so that time stays linear in its length."""

LEADING = 45
"""Characters of a sentence before its subject, without a comma."""

CLAUSE = re.compile(r"[,;:](?=\s|$)|[()—–“”\"„«»،、。，：；「」『』]| - ")
_SOMEBODY = ("person", None)
"""Types of those whom a pronoun may mean; of a name without a type nobody knows."""
_APART = re.compile(r"[,)،–—]")
_AROUND = " .,;:-–—'’‘\"“”،、。，：；\n"


# --- behind a verb -----------------------------------------------------------------------------------------------


def subject_behind(scene: QuoteContext, start: int, end: int, said: PreviousSpeech) -> Speaker | None:
    """The subject that follows its verb: `said Smith`."""
    words = scene.words(start, end)
    while words and words[0][0].lower() in scene.cues.auxiliaries:  # regrette-t-elle
        words.pop(0)
    first = words[0][0].lower() if words else ""
    if first in scene.cues.pronouns:
        return pronoun(scene, start, said)
    if not words or first in scene.cues.ends - scene.cues.determiners:
        return _unsaid(scene, start, said) if scene.cues.drops_subject else None
    return phrase(scene, words[0].start(), _phrase_end(scene, words, end))


def _unsaid(scene: QuoteContext, at: int, said: PreviousSpeech) -> Speaker:
    """Whom a verb without a subject has: the only one named in its sentence, else the same as a pronoun."""
    here = {place.name.text: place.name for place in scene.names(scene.sentence_start(at), at)}
    only = next(iter(here.values())) if len(here) == 1 else None
    return named(only) if only and only.type == "person" else pronoun(scene, at, said)


def _phrase_end(scene: QuoteContext, words: Sequence[re.Match[str]], end: int) -> int:
    """Where a noun phrase ends: before a preposition, a conjunction or a clause, but for an apposed name."""
    ends = scene.cues.ends - scene.cues.of
    stop = next((word.start() for word in words[1:] if word[0].lower() in ends), end)
    clause = CLAUSE.search(scene.text, words[0].end(), stop)
    if clause is None:
        return stop
    people = [place for place in scene.names(words[0].start(), clause.start()) if place.name.type == "person"]
    apposed = scene.names(clause.end(), clause.end() + 2)
    if clause[0] not in ",،" or people or not (apposed and apposed[0].name.type == "person"):
        return clause.start()
    behind = CLAUSE.search(scene.text, clause.end(), stop)
    return behind.start() if behind else stop


# --- before a verb -----------------------------------------------------------------------------------------------


def subject_before(scene: QuoteContext, start: int, verb: int, said: PreviousSpeech) -> Speaker | None:
    """The subject that stands directly before the verb at `verb`, or is parted from it by what is said of it."""
    words = scene.words(start, verb)
    is_active = (found := scene.cues.word.match(scene.text, verb)) and found[0].lower() in scene.cues.participles
    while words and words[-1][0].lower() in scene.cues.adverbs:
        if words.pop()[0].lower() in scene.cues.passive and not is_active:  # Smith was told, is telling
            return None
    if not words or words[-1][0].lower() in scene.cues.relatives:
        return None
    last = words[-1]
    if _APART.search(scene.text, last.end(), verb):
        return _set_off(scene, start, last.end())
    if last[0].lower() in scene.cues.pronouns:
        return pronoun(scene, last.start(), said)
    return _ending(scene, start, last.end())


def _ending(scene: QuoteContext, start: int, end: int) -> Speaker | None:
    """Who has the name, or is the noun phrase, that ends at `end`; but for `the wife of Smith`, `a judge in Ohio`."""
    place = next((place for place in scene.names(start, end) if place.end == end), None)
    if place is None:
        return _determined(scene, start, end)
    is_one = place.can_speak and not _is_governed(scene, start, place) and not _is_joined(scene, start, place)
    return named(place.name) if is_one else None


def _is_joined(scene: QuoteContext, start: int, place: NameMention) -> bool:
    """Whether somebody else is named with it: `Okafor and Lindgren`."""
    before = scene.words(max(start, place.start - 20), place.start)
    behind = scene.cues.word.match(scene.text, place.end + 1)
    joins = scene.known.joins
    return (bool(before) and before[-1][0] in joins) or (behind is not None and behind[0] in joins)


def _is_governed(scene: QuoteContext, start: int, place: NameMention) -> bool:
    """Whether a preposition stands before a name, perhaps with an article in between."""
    before = [word[0].lower() for word in scene.words(max(start, place.start - 20), place.start)]
    if before and before[-1] in scene.cues.determiners:
        before.pop()
    return bool(before) and before[-1] in (scene.cues.of | scene.known.locative | scene.cues.agents)


def _determined(scene: QuoteContext, start: int, end: int) -> Speaker | None:
    """The noun phrase that ends at `end` and begins with a determiner at the beginning of its clause."""
    clause = max((match.end() for match in CLAUSE.finditer(scene.text, start, end - 1)), default=start)
    words = scene.words(clause, end)[-REACH:]
    for at, word in enumerate(words):
        is_first = word[0].lower() in scene.cues.determiners - scene.cues.relatives
        if is_first and _may_begin(scene, words[:at]):
            return phrase(scene, word.start(), end)
    return None


def _may_begin(scene: QuoteContext, before: Sequence[re.Match[str]]) -> bool:
    """Whether a subject may begin behind these words of its clause: a conjunction, or a date."""
    if all(word[0].lower() in scene.cues.ends or fold(word[0]) in scene.stop for word in before):
        return True
    return before[-1][0].lower() in scene.known.calendar or before[-1][0].isdigit()


def _set_off(scene: QuoteContext, start: int, end: int) -> Speaker | None:
    """The subject from which a verb is parted by an apposition or a relative clause: `Smith, who was there, said`."""
    words = scene.words(start, end)
    clause = CLAUSE.search(scene.text, start, end)
    if clause and words[0][0].lower() in scene.cues.ends:  # While Jones slept, Smith, his aide, said
        start = clause.end()
    for place in scene.names(start, end):
        is_apart = scene.text[place.end : place.end + 2].lstrip()[:1] in tuple(",(–—،")
        if is_apart and place.can_speak and not _is_governed(scene, start, place):
            return named(place.name)
    return None


def subject_of_participle(scene: QuoteContext, start: int, verb: int) -> Speaker | None:
    """Whose a verb is that has no subject of its own: with whom its sentence begins, `Smith left, saying`; or who
    stands before it, `with Smith telling reporters`."""
    for place in scene.names(start, verb):
        if place.name.type == "person" and not scene.text[place.end : verb].strip():
            return named(place.name)
    begin = max(scene.sentence_start(start), scene.paragraph_start(start), verb - SENTENCE)
    for place in scene.names(begin, verb):
        leads = place.start - begin < LEADING or scene.text[begin : place.start].rstrip().endswith((",", "—", "–"))
        is_oblique = scene.is_possessive(place) or _is_governed(scene, begin, place)
        if leads and place.can_speak and not is_oblique:
            return named(place.name)
    return None


# --- a noun phrase -----------------------------------------------------------------------------------------------


def phrase(scene: QuoteContext, start: int, end: int) -> Speaker | None:
    """The speaker whose name a noun phrase ends with or is; its words as a role where it names nobody."""
    text = scene.text[start:end]
    begin = end - len(text.lstrip(_AROUND))
    end = begin + len(text.strip(_AROUND))
    places = scene.names(begin, end)
    head = next((place for place in places if _is_head(scene, begin, end, place)), None)
    return named(head.name) if head else _unnamed(scene, begin, end)


def _is_head(scene: QuoteContext, begin: int, end: int, place: NameMention) -> bool:
    """Whether a phrase speaks of the one with this name, unlike `the wife of Smith`, `Smith's wife`, `a Smith ad`;
    of a body only where nothing else stands before it."""
    apposed = max(scene.text.rfind(",", begin, place.start), scene.text.rfind("،", begin, place.start))
    before = [word[0].lower() for word in scene.words(max(begin, apposed), place.start)]
    if not place.can_speak or not _ends_here(scene, place, end) or _is_joined(scene, begin, place):
        return False
    if place.name.type != "person":
        return all(word in scene.cues.determiners for word in before)
    return not (before and before[0] in scene.cues.determiners and not scene.cues.of.isdisjoint(before[1:]))


def _ends_here(scene: QuoteContext, place: NameMention, end: int) -> bool:
    """Whether nothing follows a name in its phrase but what is joined to it: `Smith of Maryland`."""
    behind = scene.cues.word.match(scene.text, place.end + 1, end)
    return behind is None or behind[0].lower() in scene.cues.of | scene.cues.ends


def _unnamed(scene: QuoteContext, begin: int, end: int) -> Speaker | None:
    """Whom the article calls by an office alone: `the mayor`, `eine Sprecherin`, `the deputy mayor`."""
    words = scene.text[begin:end].split()
    is_phrase = 1 < len(words) <= PHRASE_WORDS and words[0].lower() in scene.cues.determiners
    return Speaker(None, scene.text[begin:end]) if is_phrase and scene.known.is_role(words[-1]) else None


# --- a pronoun ---------------------------------------------------------------------------------------------------


def pronoun(scene: QuoteContext, at: int, said: PreviousSpeech) -> Speaker:
    """Whom a pronoun at `at` stands for, or a verb without a subject: the person who spoke last, unless anything else
    was told since, of which somebody without a name may be the subject."""
    is_last = scene.text.startswith("\n", said.end)  # the last words of its paragraph: nothing behind them reports it
    since = said.end if is_last else scene.sentence_end(said.end)
    told = scene.words(min(since, at), scene.opening_before(at))
    return said.speaker if said.end and not told and scene.is_person(said.speaker) else NOBODY


def is_alone(scene: QuoteContext, start: int, end: int, speaker: Speaker) -> bool:
    """Whether nobody but this speaker is named between two offsets, for all we know."""
    places = (place.name for place in scene.names(start, end))
    return all(name.text == speaker.name for name in places if name.type in _SOMEBODY)
