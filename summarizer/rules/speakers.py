"""Speakers: who said what stands in quotation marks, by the words that report it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from summarizer.article import Article
from summarizer.rules.names import Name
from summarizer.rules.quotes import Quotation, paragraph_spans
from summarizer.rules.words import fold, stop_words, word_set

_REACH = 240
"""Characters beside a quotation in which its report is sought."""

_PHRASE_WORDS = 9
"""Words of a phrase that can stand for somebody without a name."""

_RECENT = 30
"""Names back to which a pronoun may refer."""

_SUBJECT_REACH = 30
"""Characters from the beginning of its sentence within which a name is its subject: a role may stand before it."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SIGNED = re.compile(r"\s*[―—–]\s*(?=[^\W\d_])")
_CLAUSE = re.compile(r"[,;:—–()“”\"„«»]| - ")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: a name with its role, or only what the article calls somebody without a name."""

    name: str | None
    role: str | None


NOBODY = Speaker(None, None)


@dataclass(frozen=True)
class Cues:
    """The words of a language that report speech."""

    verbs: frozenset[str]
    pronouns: frozenset[str]
    unnamed: frozenset[str]
    ends: frozenset[str]
    determiners: frozenset[str]
    auxiliaries: frozenset[str]
    of: frozenset[str]
    according: re.Pattern[str]


@cache
def cues(language: str) -> Cues:
    """The cues of a language; empty where it has no table."""

    def words(key: str) -> frozenset[str]:
        return word_set(language, "speech", key)

    phrases = "|".join(map(re.escape, sorted(words("according"), key=len, reverse=True))) or "(?!)"
    return Cues(
        verbs=words("verbs"),
        pronouns=words("pronouns"),
        unnamed=words("unnamed"),
        ends=words("subject_ends"),
        determiners=words("determiners") | words("unnamed"),
        auxiliaries=words("auxiliaries"),
        of=words("of"),
        according=re.compile(rf"\b(?:{phrases})(?=\s)", re.IGNORECASE),
    )


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    name: Name


class _Scene:
    """The article as the search for speakers sees it: its text, and where names stand in it."""

    def __init__(self, article: Article, quotations: Sequence[Quotation], names: Sequence[Name]) -> None:
        self.text = article.text
        self.cues = cues(article.language)
        self.stop = stop_words(article.language)
        self.paragraphs = paragraph_spans(article)
        self.stops = [s.end for s in article.sentences if not self.text[s.end : s.end + 3].lstrip()[:1].islower()]
        places = [_Place(mention.start, name) for name in names for mention in name.mentions]
        self.places = sorted(_outside(quotations, places), key=lambda place: place.start)
        self.starts = [place.start for place in self.places]
        self.closings = [quotation.closed for quotation in quotations if quotation.is_speech]

    def names(self, start: int, end: int) -> list[_Place]:
        return self.places[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def sentence_end(self, at: int) -> int:
        """Where the sentence ends that goes on at `at`; one before a small letter has not ended."""
        index = bisect_right(self.stops, at)
        return self.stops[index] if index < len(self.stops) else len(self.text)

    def sentence_start(self, at: int) -> int:
        """Where the sentence that holds `at` begins."""
        index = bisect_right(self.stops, at)
        return self.stops[index - 1] if index else 0

    def paragraph_start(self, at: int) -> int:
        """Where the paragraph begins that holds `at`."""
        return self.paragraphs[max(0, bisect_right(self.paragraphs, at, key=lambda span: span[0]) - 1)][0]

    def subject_since_quoted(self, at: int) -> Name | None:
        """The person with whom a sentence last began between the last quotation and `at`."""
        index = bisect_right(self.closings, at)
        start = self.closings[index - 1] if index else 0
        places = reversed(self.names(max(start, at - _REACH), at))
        return next((p.name for p in places if p.name.type == "person" and self.is_subject(p)), None)

    def is_subject(self, place: _Place) -> bool:
        """Whether a name is the subject of its sentence, by its place at the beginning."""
        return place.start - self.sentence_start(place.start) < _SUBJECT_REACH

    def person_before(self, at: int) -> Name | None:
        """The person with whom a sentence before `at` last began, as its subject; else the one named last."""
        index = bisect_left(self.starts, at)
        recent = self.places[max(0, index - _RECENT) : index]
        persons = [place for place in reversed(recent) if place.name.type == "person"]
        place = next(filter(self.is_subject, persons), persons[0] if persons else None)
        return place.name if place else None


def _outside(quotations: Sequence[Quotation], places: Sequence[_Place]) -> Iterator[_Place]:
    """Names in the article's own words: who is spoken of does not speak."""
    for place in places:
        at = bisect_right(quotations, place.start, key=lambda quotation: quotation.start) - 1
        if at < 0 or place.start >= quotations[at].end:
            yield place


def find_speakers(article: Article, quotations: Sequence[Quotation], names: Sequence[Name]) -> tuple[Speaker, ...]:
    """The speaker of each quotation, in the same order; NOBODY where the words around it report none."""
    scene = _Scene(article, quotations, names)
    speakers: list[Speaker] = []
    said = _Said(None, NOBODY, NOBODY)
    for at, quotation in enumerate(quotations):
        previous = quotations[at - 1] if at else None
        following = quotations[at + 1] if at + 1 < len(quotations) else None
        speaker = _speaker(scene, quotation, _between(scene, quotation, previous, following), said)
        speakers.append(speaker)
        known = said.known if speaker == NOBODY else speaker
        is_said = quotation.is_speech or speaker != NOBODY
        said = _Said(quotation, speaker, known) if is_said else said
    return _carried_back(quotations, speakers)


@dataclass(frozen=True, slots=True)
class _Said:
    """What was said before: the last quotation that is no doubtful term, its speaker, and the last one known."""

    quotation: Quotation | None
    speaker: Speaker
    known: Speaker


def _between(
    scene: _Scene, quotation: Quotation, previous: Quotation | None, following: Quotation | None
) -> tuple[int, int]:
    """The stretch around a quotation in which it can be reported: its paragraph, up to the quotations beside it."""
    start, end = scene.paragraphs[quotation.paragraph - 1]
    left = max(start, previous.closed if previous else start, quotation.opened - _REACH)
    right = min(end, following.opened if following else end, quotation.closed + _REACH)
    return left, right


def _carried_back(quotations: Sequence[Quotation], speakers: list[Speaker]) -> tuple[Speaker, ...]:
    """A quotation that goes on in the next paragraph has the speaker found there, where none was found before."""
    for at in range(len(quotations) - 2, -1, -1):
        if quotations[at].continued and speakers[at] == NOBODY:
            speakers[at] = speakers[at + 1]
    return tuple(speakers)


def _speaker(scene: _Scene, quotation: Quotation, around: tuple[int, int], said: _Said) -> Speaker:
    left, right = around
    ended = scene.text[quotation.closed - 2 : quotation.closed - 1] == "."
    before = _before(scene, left, quotation.opened, said.known)
    after = _after(scene, quotation.closed, right, said.known)
    # What follows a full stop is mostly the next sentence, with a report of its own.
    found = (before or after) if ended else (after or before)
    return found or _continued(scene, quotation, said) or _inside(scene, quotation) or NOBODY


def _inside(scene: _Scene, quotation: Quotation) -> Speaker | None:
    """The subject of a sentence that goes on in quoted words: `Smith slammed it as “a waste …”`. With a capital they
    may be a title."""
    if scene.text[quotation.start].isupper():
        return None
    return _subject(scene, scene.sentence_start(quotation.opened - 1), quotation.opened)


def _continued(scene: _Scene, quotation: Quotation, said: _Said) -> Speaker | None:
    """The speaker of a quotation that nothing beside it reports: that of the speech which it continues."""
    last = said.quotation
    if last is not None and last.continued and last.paragraph == quotation.paragraph - 1:
        return said.speaker
    if not quotation.is_speech:
        return None
    if last is not None and last.paragraph == quotation.paragraph:
        return said.speaker
    return _from_paragraph_before(scene, quotation, said)


def _from_paragraph_before(scene: _Scene, quotation: Quotation, said: _Said) -> Speaker | None:
    """A paragraph that is all quotation goes on with the speaker of the one before it."""
    start, end = scene.paragraphs[quotation.paragraph - 1]
    is_alone = quotation.opened - start < 2 and end - quotation.closed < 3
    if not is_alone or quotation.paragraph == 1:
        return None
    if said.quotation is not None and said.quotation.paragraph == quotation.paragraph - 1:
        return said.speaker
    start, end = scene.paragraphs[quotation.paragraph - 2]
    return _last_verb(scene, max(start, scene.sentence_start(end - 1)), end, said.known)


# --- after a quotation ------------------------------------------------------------------------------------------


def _after(scene: _Scene, start: int, end: int, last: Speaker) -> Speaker | None:
    """Who the words after a quotation say has spoken: `… ,” said Smith`, `… ,” Smith told reporters`."""
    end = min(end, scene.sentence_end(start))
    if dash := _SIGNED.match(scene.text, start, end):
        return _phrase(scene, dash.end(), end)
    words = list(_WORD.finditer(scene.text, start, end))
    for at, word in enumerate(words[:14]):
        if word[0].lower() in scene.cues.verbs:
            if all(before[0].lower() in scene.cues.auxiliaries for before in words[:at]):
                return _subject_behind(scene, word.end(), end, last)
            return _subject_before(scene, words[0].start(), word.start(), last)
    return _according(scene, start, end, last)


def _according(scene: _Scene, start: int, end: int, last: Speaker) -> Speaker | None:
    match = scene.cues.according.search(scene.text, start, end)
    return _subject_behind(scene, match.end(), end, last) if match else None


def _subject_behind(scene: _Scene, start: int, end: int, last: Speaker) -> Speaker | None:
    """The subject that follows its verb."""
    words = list(_WORD.finditer(scene.text, start, end))
    if not words:
        return last if last != NOBODY else None
    first = words[0]
    if first[0].lower() in scene.cues.pronouns:
        return _pronoun(scene, start, last)
    if first[0].lower() in scene.cues.ends - scene.cues.determiners:
        return None
    stretch_end = _phrase_end(scene, words, end)
    return _phrase(scene, first.start(), stretch_end)


def _phrase_end(scene: _Scene, words: list[re.Match[str]], end: int) -> int:
    """Where a noun phrase ends: before a preposition, a conjunction or a clause, but for an apposed name."""
    stop = end
    for word in words[1:]:
        if word[0].lower() in scene.cues.ends:
            stop = word.start()
            break
    clause = _CLAUSE.search(scene.text, words[0].end(), stop)
    if clause is None:
        return stop
    named = scene.names(words[0].start(), clause.start())
    apposed = scene.names(clause.end(), clause.end() + 2)
    is_role = not any(place.name.type == "person" for place in named)
    if clause[0] != "," or (named and not (is_role and apposed and apposed[0].name.type == "person")):
        return clause.start()
    behind = _CLAUSE.search(scene.text, clause.end(), stop)
    return behind.start() if behind else stop


# --- before a verb ----------------------------------------------------------------------------------------------


def _before(scene: _Scene, start: int, end: int, last: Speaker) -> Speaker | None:
    """Who the words before a quotation say speaks: `Smith said: “ …`, also at the end of the paragraph before."""
    stretch_start = max(start, scene.sentence_start(end - 1)) if end > start else start
    if not scene.text[stretch_start:end].strip():
        return _announced(scene, end, last)
    found = _last_verb(scene, stretch_start, end, last) or _according(scene, stretch_start, end, last)
    return found or (
        _subject(scene, stretch_start, end) if scene.text[stretch_start:end].rstrip().endswith(":") else None
    )


def _subject(scene: _Scene, start: int, end: int) -> Speaker | None:
    """The person with whom a sentence begins that ends with a colon before a quotation: `Smith is angry: “ …`."""
    place = next(iter(scene.names(start, min(end, start + _SUBJECT_REACH))), None)
    return _named(place.name) if place and place.name.type == "person" else None


def _announced(scene: _Scene, at: int, last: Speaker) -> Speaker | None:
    """The speaker that a paragraph announces which ends with a colon before this one."""
    ended = scene.text[:at].rstrip() if at < 400 else scene.text[at - 400 : at].rstrip()
    if not ended.endswith((":", "：")):
        return None
    end = at - (min(at, 400) - len(ended))
    return _before(scene, max(scene.paragraph_start(end), end - _REACH), end, last)


def _last_verb(scene: _Scene, start: int, end: int, last: Speaker) -> Speaker | None:
    words = list(_WORD.finditer(scene.text, start, end))
    for at in range(len(words) - 1, -1, -1):
        if words[at][0].lower() in scene.cues.verbs:
            behind = _subject_behind(scene, words[at].end(), end, last) if at == 0 else None
            return behind or (_subject_before(scene, start, words[at].start(), last) if at else None)
    return None


def _subject_before(scene: _Scene, start: int, end: int, last: Speaker) -> Speaker | None:
    """The subject that stands between `start` and its verb at `end`."""
    words = list(_WORD.finditer(scene.text, start, end))
    if not words:
        return None
    near = {word[0].lower() for word in words[-2:]}
    if near & scene.cues.pronouns:
        return _pronoun(scene, start, last)
    places = scene.names(start, end)
    person = next((place for place in reversed(places) if place.name.type == "person"), None)
    if person is not None and not _is_unnamed(scene, start, end, person):
        return _named(person.name)
    clause = max((match.end() for match in _CLAUSE.finditer(scene.text, start, end - 2)), default=start)
    return _phrase(scene, clause, end)


# --- a noun phrase ----------------------------------------------------------------------------------------------


def _phrase(scene: _Scene, start: int, end: int) -> Speaker | None:
    """The speaker that a noun phrase names; its words as a role when it names nobody."""
    words = scene.text[start:end].strip(" .,;:-–—'’‘\"“”")
    if not words:
        return None
    places = scene.names(start, end)
    first = next((place for place in places if place.name.type == "person"), None)
    if first is not None and not _is_unnamed(scene, start, end, first):
        return _named(first.name)
    if places and places[0].start - start < 5 and places[0].name.type != "place":
        return _named(places[0].name)
    split = words.lower().split()
    is_phrase = split[0] in scene.cues.determiners and fold(split[-1]) not in scene.stop
    return Speaker(None, words) if is_phrase and len(split) <= _PHRASE_WORDS else None


def _is_unnamed(scene: _Scene, start: int, end: int, place: _Place) -> bool:
    """Whether the phrase speaks of somebody who only belongs to the one with the name: `a spokesman for Smith`."""
    before = [word[0].lower() for word in _WORD.finditer(scene.text, start, place.start)]
    return bool(before) and before[0] in scene.cues.unnamed and not scene.cues.of.isdisjoint(before)


def _pronoun(scene: _Scene, at: int, last: Speaker) -> Speaker | None:
    """Whom `she` stands for: the one who spoke last, unless somebody else has since been named in the paragraph, or
    been the subject of a sentence before it."""
    start = scene.paragraph_start(at)
    here = [place.name for place in scene.names(start, at) if place.name.type == "person"]
    if here and last.name not in {name.text for name in here}:
        return _named(here[0])
    if not here and (subject := scene.subject_since_quoted(start)):
        return _named(subject)
    if last.name:
        return last
    person = scene.person_before(at)
    return _named(person) if person else None


def _named(name: Name) -> Speaker:
    return Speaker(name.text, name.role)
