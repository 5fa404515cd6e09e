"""Antecedents: whom a pronoun stands for that speaks, or a verb without a subject."""

from __future__ import annotations

from collections.abc import Iterable

from summarizer.rules.cues import Gender
from summarizer.rules.names import Name
from summarizer.rules.scene import NOBODY, Known, Place, Scene, Speaker, named

RECENT = 30
"""Names back to which a pronoun may refer."""


def unsaid(scene: Scene, at: int, known: Known) -> Speaker | None:
    """Whom a verb without a subject has: where the language drops pronouns the same as one."""
    if scene.cues.drops_subject:
        return pronoun(scene, at, "", known)
    return known[0] if known else None


def pronoun(scene: Scene, at: int, word: str, known: Known) -> Speaker | None:
    """Whom `she` at `at` stands for, of those whom the article doesn't call by another gender.

    That is with whom a sentence of the paragraph last began; else the one who spoke last, unless the paragraphs since
    then speak of somebody else.
    """
    if word in scene.cues.neuter:
        return _thing(scene, at, known)
    gender = scene.cues.gender(frozenset((word,)))
    start = scene.paragraph_start(at)
    here = _people(scene, start, at, gender)
    subject = next((place.name for place in reversed(here) if scene.is_subject(place)), None)
    last = next((speaker for speaker in known if _fits(scene, speaker, gender)), NOBODY)
    if subject is None and here and last.name not in {place.name.text for place in here}:
        subject = here[0].name
    if subject is None and not here:
        subject = _spoken_of(scene, start, gender, last)
    if subject is not None:
        return named(subject)
    if last != NOBODY:
        return last
    return _person_before(scene, at, gender)


def _thing(scene: Scene, at: int, known: Known) -> Speaker | None:
    """What `it` stands for: the body that the paragraph names last, or that spoke last."""
    places = scene.names(scene.paragraph_start(at), at)[-RECENT:]
    here = [place.name for place in places if place.name.type == "organization"]
    if here:
        return named(here[-1])
    people = {name.text for name in scene.people if name.type == "person"}
    return known[0] if known and known[0].name and known[0].name not in people else None


def _fits(scene: Scene, speaker: Speaker, gender: Gender | None) -> bool:
    told = scene.gender_of(speaker)
    return gender is None or told is None or told == gender


def _people(scene: Scene, start: int, end: int, gender: Gender | None) -> list[Place]:
    places = [p for p in scene.names(start, end)[-RECENT:] if p.is_person and _fits(scene, named(p.name), gender)]
    sure = [place for place in places if gender and scene.gender_of(named(place.name)) == gender]
    return sure or places


def _spoken_of(scene: Scene, at: int, gender: Gender | None, last: Speaker) -> Name | None:
    """Of whom the paragraphs between the last speech and `at` speak: the subject of a sentence, last, or whom the
    paragraph before `at` names if it doesn't name who spoke last."""
    since = _people(scene, scene.last_closing(at), at, gender)
    subject = next((place.name for place in reversed(since) if scene.is_subject(place)), None)
    if subject is not None:
        return subject
    previous = scene.paragraphs[max(0, scene.paragraph_at(at) - 1)][0]
    near = [place.name for place in since if place.start >= previous]
    return near[-1] if near and last.name not in {name.text for name in near} else None


def _person_before(scene: Scene, at: int, gender: Gender | None) -> Speaker | None:
    """The person with whom a sentence before `at` last began, as its subject; else the one named last."""
    recent: Iterable[Place] = scene.recent(at, RECENT)
    persons = [p for p in recent if p.is_person and _fits(scene, named(p.name), gender)]
    place = next(filter(scene.is_subject, persons), persons[0] if persons else None)
    return named(place.name) if place else None
