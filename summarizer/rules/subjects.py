"""Subjects: whom the words beside a verb that reports speech name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarizer.rules.antecedents import pronoun, unsaid
from summarizer.rules.names import Name
from summarizer.rules.scene import Known, Place, Scene, Speaker, named
from summarizer.rules.words import fold

PHRASE_WORDS = 9
"""Words of a phrase that can stand for somebody without a name."""

HEAD_WORDS = 2
"""The noun of a phrase is among so many of its last words: `a complaint filed`."""

LEADING = 45
"""Characters of a sentence before its subject, without a comma."""

SENTENCE = 600
"""Characters of a sentence that are looked at, so that time stays linear in its length."""


CLAUSE = re.compile(r"[,;:—–()“”\"„«»،、。，：；「」『』]| - ")
_APART = re.compile(r"[,)،–—]")
_AROUND = " .,;:-–—'’‘\"“”،、。，：；\n"


# --- behind a verb -----------------------------------------------------------------------------------------------


def subject_behind(scene: Scene, start: int, end: int, known: Known) -> Speaker | None:
    """The subject that follows its verb: `said Smith`."""
    words = scene.words(start, end)
    while words and words[0][0].lower() in scene.cues.auxiliaries:  # regrette-t-elle
        words.pop(0)
    if not words:
        return unsaid(scene, start, known)
    first = words[0][0].lower()
    if first in scene.cues.pronouns:
        return pronoun(scene, start, first, known)
    if first in scene.cues.ends - scene.cues.determiners:
        later = _person_later(scene, start, end)
        return named(later.name) if later else unsaid(scene, start, known) if scene.cues.drops_subject else None
    found = phrase(scene, words[0].start(), _phrase_end(scene, words, end))
    return found or (unsaid(scene, start, known) if scene.cues.drops_subject else None)


def _person_later(scene: Scene, start: int, end: int) -> Place | None:
    """A person who follows a verb behind something else: `respondió en un comunicado su gerente, Begoña Lasheras`."""
    return next((p for p in scene.names(start, end) if p.is_person and not _is_governed(scene, start, p)), None)


def _phrase_end(scene: Scene, words: Sequence[re.Match[str]], end: int) -> int:
    """Where a noun phrase ends: before a preposition, a conjunction or a clause, but for an apposed name."""
    ends = scene.cues.ends - scene.cues.of
    stop = next((word.start() for word in words[1:] if word[0].lower() in ends), end)
    clause = CLAUSE.search(scene.text, words[0].end(), stop)
    if clause is None:
        return stop
    people = [place for place in scene.names(words[0].start(), clause.start()) if place.is_person]
    apposed = scene.names(clause.end(), clause.end() + 2)
    if clause[0] not in ",،" or people or not (apposed and apposed[0].is_person):
        return clause.start()
    behind = CLAUSE.search(scene.text, clause.end(), stop)
    return behind.start() if behind else stop


# --- before a verb -----------------------------------------------------------------------------------------------


def subject_before(scene: Scene, start: int, verb: int, known: Known) -> Speaker | None:
    """The subject that stands directly before the verb at `verb`, or is parted from it by what is said of it."""
    words = scene.words(start, verb)
    while words and words[-1][0].lower() in scene.cues.adverbs:
        words.pop()
    if not words:
        return None
    last = words[-1]
    if last[0].lower() in scene.cues.relatives:
        return _antecedent(scene, start, last.start())
    if _APART.search(scene.text, last.end(), verb):
        return _set_off(scene, start, last.end())
    if last[0].lower() in scene.cues.pronouns:
        return pronoun(scene, last.start(), last[0].lower(), known)
    return _ending(scene, start, last.end())


def _ending(scene: Scene, start: int, end: int) -> Speaker | None:
    """Who has the name, or is the noun phrase, that ends at `end`; but for `the wife of Smith`, `a judge in Ohio`."""
    place = next((place for place in scene.names(start, end) if place.end == end), None)
    if place is None or _is_governed(scene, start, place):
        return _determined(scene, start, end)
    return named(place.name)


def person_ending(scene: Scene, start: int, end: int) -> Speaker | None:
    """The person whose name ends at `end`: `with Smith telling reporters`."""
    place = next((p for p in scene.names(start, end) if p.is_person and scene.text[p.end : end].strip() == ""), None)
    return named(place.name) if place else None


def _antecedent(scene: Scene, start: int, end: int) -> Speaker | None:
    """Who stands before the relative pronoun at `end`."""
    words = scene.words(start, end)
    return _ending(scene, start, words[-1].end()) if words else None


def _is_governed(scene: Scene, start: int, place: Place) -> bool:
    """Whether a preposition stands before a name, perhaps with an article in between."""
    before = [word[0].lower() for word in scene.words(max(start, place.start - 20), place.start)]
    if before and before[-1] in scene.cues.determiners:
        before.pop()
    return bool(before) and before[-1] in scene.cues.of | scene.known.locative


def _determined(scene: Scene, start: int, end: int) -> Speaker | None:
    """The noun phrase that ends at `end` and begins with a determiner at the beginning of its clause."""
    clause = max((match.end() for match in CLAUSE.finditer(scene.text, start, end - 1)), default=start)
    words = scene.words(clause, end)[-PHRASE_WORDS:]
    for at, word in enumerate(words):
        is_first = word[0].lower() in scene.cues.determiners - scene.cues.relatives
        if is_first and _may_begin(scene, words[:at]):
            return phrase(scene, word.start(), end)
    return None


def _may_begin(scene: Scene, before: Sequence[re.Match[str]]) -> bool:
    """Whether a subject may begin behind these words of its clause: a conjunction, or a date."""
    if all(word[0].lower() in scene.cues.ends or fold(word[0]) in scene.stop for word in before):
        return True
    return before[-1][0].lower() in scene.known.calendar or before[-1][0].isdigit()


def _set_off(scene: Scene, start: int, end: int) -> Speaker | None:
    """The subject from which a verb is parted by an apposition or a relative clause: `Smith, who was there, said`."""
    words = scene.words(start, end)
    clause = CLAUSE.search(scene.text, start, end)
    if clause and words[0][0].lower() in scene.cues.ends:  # While Jones slept, Smith, his aide, said
        start = clause.end()
    for place in scene.names(start, end):
        is_apart = scene.text[place.end : place.end + 2].lstrip()[:1] in tuple(",(–—،")
        if is_apart and place.name.type != "place" and not _is_governed(scene, start, place):
            return named(place.name)
    clause = CLAUSE.search(scene.text, start, end)
    return _determined(scene, start, clause.start()) if clause and clause.start() > start else None


def subject_of_sentence(scene: Scene, at: int, end: int, known: Known) -> Speaker | None:
    """With whom the sentence begins that holds `at`, of the names up to `end`."""
    begin = max(scene.sentence_start(at), scene.paragraph_start(at), end - SENTENCE)
    first = scene.cues.word.search(scene.text, begin, end)
    if first and first[0].lower() in scene.cues.pronouns:
        return pronoun(scene, first.start(), first[0].lower(), known)
    for place in scene.names(begin, end):
        before = scene.text[begin : place.start]
        leads = len(before) < LEADING or before.rstrip().endswith((",", "—", "–"))
        if leads and place.name.type != "place" and not _is_oblique(scene, begin, place):
            return named(place.name)
    return None


def _is_oblique(scene: Scene, begin: int, place: Place) -> bool:
    return scene.is_possessive(place) or _is_governed(scene, begin, place)


# --- a noun phrase -----------------------------------------------------------------------------------------------


def phrase(scene: Scene, start: int, end: int) -> Speaker | None:
    """The speaker that a noun phrase names; its words as a role when it names nobody.

    A body that speaks through somebody without a name is the speaker, and so is a document.
    """
    text = scene.text[start:end]
    begin = end - len(text.lstrip(_AROUND))
    end = begin + len(text.strip(_AROUND))
    words = scene.words(begin, end)
    if not words:
        return None
    places = scene.names(begin, end)
    person = next((place for place in places if place.is_person and _is_head(scene, begin, end, place)), None)
    if person is not None:
        return named(person.name)
    nouns = [word[0].lower() for word in _nouns(scene, words)]
    found = _spokesperson(scene, words, places) or _document(scene, begin, end, nouns, places)
    found = found or _named_thing(begin, end, places) or _definite(scene, begin, end, nouns)
    return found or _unnamed(scene, begin, end)


def _is_head(scene: Scene, begin: int, end: int, place: Place) -> bool:
    """Whether a phrase speaks of the one with this name, unlike `the wife of Smith`, `Smith's wife`, `a Smith ad`."""
    apposed = max(scene.text.rfind(",", begin, place.start), scene.text.rfind("،", begin, place.start))
    before = [word[0].lower() for word in scene.words(max(begin, apposed), place.start)]
    if before and before[0] in scene.cues.determiners and not scene.cues.of.isdisjoint(before[1:]):
        return False
    behind = scene.cues.word.search(scene.text, place.end, min(end, place.end + 30))
    return not scene.is_possessive(place) and (behind is None or not _is_kind(scene, behind[0].lower()))


def _is_kind(scene: Scene, word: str) -> bool:
    """Whether a common noun says what somebody or something is that can speak."""
    cues = scene.cues
    return word in cues.kinds or scene.known.is_role(word)


def _nouns(scene: Scene, words: Sequence[re.Match[str]]) -> Iterator[re.Match[str]]:
    """The words of a phrase before what is joined to it by a preposition."""
    for at, word in enumerate(words):
        if at and word[0].lower() in scene.cues.of | scene.cues.ends:
            return
        yield word


def _spokesperson(scene: Scene, words: Sequence[re.Match[str]], places: Sequence[Place]) -> Speaker | None:
    """The body for which somebody without a name speaks: `a spokesman for Chrysler`, `a Chrysler spokesman`."""
    nouns = list(_nouns(scene, words))
    voice = next((word for word in nouns if word[0].lower() in scene.cues.spokespeople), None)
    if voice is None:
        return None
    body = next((place.name for place in places if place.name.type in ("organization", "place")), None)
    if body is None:
        return None
    named_before = any(place.start < voice.start() for place in places)
    start = voice.start() if named_before else words[0].start()
    return Speaker(body.text, scene.text[start : voice.end()])


def _document(scene: Scene, begin: int, end: int, nouns: Sequence[str], places: Sequence[Place]) -> Speaker | None:
    """A document speaks for whom it comes from by its phrase, or else for itself."""
    if scene.cues.documents.isdisjoint(nouns[-HEAD_WORDS:]) or _is_clause(scene, nouns):
        return None
    author = next((place for place in places if place.name.type in ("organization", "person")), None)
    if author is not None and not _is_governed(scene, begin, author):
        return named(author.name)
    return Speaker(scene.text[begin:end], None)


def _named_thing(begin: int, end: int, places: Sequence[Place]) -> Speaker | None:
    """Something with a name at the beginning of a phrase; a place only where it is the whole of it."""
    first = places[0] if places and places[0].start - begin < 5 and not places[0].is_person else None
    if first is None or (first.name.type == "place" and first.end != end):
        return None
    return named(first.name)


def _definite(scene: Scene, begin: int, end: int, nouns: Sequence[str]) -> Speaker | None:
    """Whom a phrase with a definite article means that was named before: `the commission`, `the mayor`."""
    if len(nouns) < 2 or nouns[0] in scene.cues.unnamed or nouns[0] not in scene.cues.determiners:
        return None
    head = nouns[-1]
    if scene.known.is_role(head):
        bearers = [name for name in _before(scene, begin, "person") if head in (name.role or "").lower().split()]
        return named(bearers[0]) if len(bearers) == 1 else None
    if not (scene.known.is_body(head) or head in scene.cues.bodies):
        return None
    return _body(scene, begin, head) or Speaker(scene.text[begin:end], None)


def _body(scene: Scene, at: int, head: str) -> Speaker | None:
    """The body whose name has this noun in it, or else the only one that is named nearby."""
    bodies = [name for name in scene.people if name.type in ("organization", "other", "event")]
    fitting = [name for name in bodies if name.mentions[0].start < at and head in name.text.lower().split()]
    if fitting:
        return named(max(fitting, key=lambda name: max(m.start for m in name.mentions if m.start < at)))
    start = scene.paragraphs[max(0, scene.paragraph_at(at) - 1)][0]
    near = {place.name.text: place.name for place in scene.names(start, at) if place.name.type == "organization"}
    return named(next(iter(near.values()))) if len(near) == 1 else None


def _before(scene: Scene, at: int, kind: str) -> list[Name]:
    return [name for name in scene.people if name.type == kind and name.mentions[0].start < at]


def _is_clause(scene: Scene, words: Sequence[str]) -> bool:
    """Whether a phrase holds a verb, but for one behind a relative pronoun: `the man who said so`."""
    for word in words:
        if word in scene.cues.relatives:
            return False
        if word in scene.cues.verbs - scene.cues.documents:
            return True
    return False


def _unnamed(scene: Scene, begin: int, end: int) -> Speaker | None:
    """What the article calls somebody without a name."""
    words = scene.text[begin:end]
    split = words.lower().split()
    if _is_clause(scene, split):
        return None
    is_phrase = split[0] in scene.cues.determiners and fold(split[-1]) not in scene.stop
    return Speaker(None, words) if is_phrase and len(split) <= PHRASE_WORDS else None
