"""Speakers: who said what stands in quotation marks, by the words that report it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from summarizer.article import Article
from summarizer.rules.names import Name
from summarizer.rules.quotes import Quotation, paragraph_spans
from summarizer.rules.words import word_set

_REACH = 240
"""Characters beside a quotation in which its report is sought."""

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
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
    according: tuple[str, ...]


@cache
def cues(language: str) -> Cues:
    """The cues of a language; empty where it has no table."""

    def words(key: str) -> frozenset[str]:
        return word_set(language, "speech", key)

    according = tuple(sorted(words("according"), key=len, reverse=True))
    return Cues(
        verbs=words("verbs"),
        pronouns=words("pronouns"),
        unnamed=words("unnamed"),
        ends=words("subject_ends"),
        determiners=words("determiners") | words("unnamed"),
        auxiliaries=words("auxiliaries"),
        according=according,
    )


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    name: Name


class _Scene:
    """The article as the search for speakers sees it: its text, and where names stand in it."""

    def __init__(self, article: Article, names: Sequence[Name]) -> None:
        self.text = article.text
        self.cues = cues(article.language)
        self.paragraphs = paragraph_spans(article)
        self.stops = [s.end for s in article.sentences if not self.text[s.end : s.end + 3].lstrip()[:1].islower()]
        places = [_Place(mention.start, name) for name in names for mention in name.mentions]
        self.places = sorted(places, key=lambda place: place.start)
        self.starts = [place.start for place in self.places]

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

    def person_before(self, at: int) -> Name | None:
        """The person named last before `at`."""
        index = bisect_left(self.starts, at)
        persons = (place.name for place in reversed(self.places[max(0, index - 40) : index]))
        return next((name for name in persons if name.type == "person"), None)


def find_speakers(article: Article, quotations: Sequence[Quotation], names: Sequence[Name]) -> tuple[Speaker, ...]:
    """The speaker of each quotation, in the same order; NOBODY where the words around it report none."""
    scene = _Scene(article, names)
    speakers: list[Speaker] = []
    for at, quotation in enumerate(quotations):
        previous = quotations[at - 1] if at else None
        following = quotations[at + 1] if at + 1 < len(quotations) else None
        last = speakers[-1] if speakers else NOBODY
        speakers.append(_speaker(scene, quotation, previous, following, last))
    return _carried_back(quotations, speakers)


def _carried_back(quotations: Sequence[Quotation], speakers: list[Speaker]) -> tuple[Speaker, ...]:
    """A quotation that goes on in the next paragraph has the speaker found there, where none was found before."""
    for at in range(len(quotations) - 2, -1, -1):
        if quotations[at].continued and speakers[at] == NOBODY:
            speakers[at] = speakers[at + 1]
    return tuple(speakers)


def _speaker(
    scene: _Scene, quotation: Quotation, previous: Quotation | None, following: Quotation | None, last: Speaker
) -> Speaker:
    start, end = scene.paragraphs[quotation.paragraph - 1]
    left = max(start, previous.closed if previous and previous.paragraph == quotation.paragraph else start)
    right = min(end, following.opened if following and following.paragraph == quotation.paragraph else end)
    goes_on = previous is not None and previous.continued and previous.paragraph == quotation.paragraph - 1
    ended = scene.text[quotation.closed - 2 : quotation.closed - 1] == "."
    after = None if ended else _after(scene, quotation.closed, min(right, quotation.closed + _REACH), last)
    found = after or _before(scene, max(left, quotation.opened - _REACH), quotation.opened, last)
    if not found and ended:
        found = _after(scene, quotation.closed, min(right, quotation.closed + _REACH), last)
    if found:
        return found
    if goes_on:
        return last
    if not quotation.is_speech:
        return NOBODY
    if previous is not None and previous.paragraph == quotation.paragraph:
        return last
    return _from_paragraph_before(scene, quotation, previous, last)


def _from_paragraph_before(scene: _Scene, quotation: Quotation, previous: Quotation | None, last: Speaker) -> Speaker:
    """A paragraph that is all quotation goes on with the speaker of the one before it."""
    start, end = scene.paragraphs[quotation.paragraph - 1]
    alone = quotation.opened - start < 2 and end - quotation.closed < 3
    if not alone or quotation.paragraph == 1:
        return NOBODY
    if previous is not None and previous.paragraph == quotation.paragraph - 1 and previous.is_speech:
        return last
    before = scene.paragraphs[quotation.paragraph - 2]
    return _last_verb(scene, max(before[0], scene.sentence_start(before[1] - 1)), before[1], last) or NOBODY


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
    lower = scene.text[start:end].lower()
    for phrase in scene.cues.according:
        at = lower.find(phrase)
        if at >= 0:
            return _subject_behind(scene, start + at + len(phrase), end, last)
    return None


def _subject_behind(scene: _Scene, start: int, end: int, last: Speaker) -> Speaker | None:
    """The subject that follows its verb."""
    words = list(_WORD.finditer(scene.text, start, end))
    if not words:
        return None
    first = words[0]
    if first[0].lower() in scene.cues.pronouns:
        return _pronoun(scene, start, last)
    stretch_end = _phrase_end(scene, words, end)
    if first[0].lower() in scene.cues.ends:
        return None
    return _phrase(scene, first.start(), stretch_end)


def _phrase_end(scene: _Scene, words: list[re.Match[str]], end: int) -> int:
    """Where a noun phrase ends: before a preposition, a conjunction or a clause, but for an apposed name."""
    stop = end
    for word in words:
        if word[0].lower() in scene.cues.ends:
            stop = word.start()
            break
    clause = _CLAUSE.search(scene.text, words[0].end(), stop)
    if clause is None:
        return stop
    before = scene.names(words[0].start(), clause.start())
    if before or clause[0] != ",":
        return clause.start()
    behind = _CLAUSE.search(scene.text, clause.end(), stop)
    return behind.start() if behind else stop


# --- before a verb ----------------------------------------------------------------------------------------------


def _before(scene: _Scene, start: int, end: int, last: Speaker) -> Speaker | None:
    """Who the words before a quotation say speaks: `Smith said: “ …`, also at the end of the paragraph before."""
    stretch_start = max(start, scene.sentence_start(end - 1)) if end > start else start
    if not scene.text[stretch_start:end].strip():
        return _announced(scene, end, last)
    found = _last_verb(scene, stretch_start, end, last)
    return found or _according(scene, stretch_start, end, last)


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
    words = scene.text[start:end].strip(" ,;:-–—'’‘\"“”")
    if not words:
        return None
    places = scene.names(start, end)
    first = next((place for place in places if place.name.type == "person"), None)
    if first is not None and not _is_unnamed(scene, start, end, first):
        return _named(first.name)
    if places and places[0].start - start < 5 and places[0].name.type != "place":
        return _named(places[0].name)
    split = words.split()
    return Speaker(None, words) if split[0].lower() in scene.cues.determiners and len(split) <= 10 else None


def _is_unnamed(scene: _Scene, start: int, end: int, place: _Place) -> bool:
    """Whether the phrase speaks of somebody who only belongs to the one with the name: `a spokesman for Smith`."""
    before = [word[0].lower() for word in _WORD.finditer(scene.text, start, place.start)]
    return bool(before) and before[0] in scene.cues.unnamed and bool(set(before) & _OF)


_OF = frozenset({"of", "for", "von", "für", "de", "du", "del", "di", "do", "da", "voor", "van"})


def _pronoun(scene: _Scene, at: int, last: Speaker) -> Speaker | None:
    """Whom `she` stands for: the one who spoke last, unless the paragraph has since named somebody else."""
    start = scene.paragraph_start(at)
    here = [place.name for place in scene.names(start, at) if place.name.type == "person"]
    if here and last.name not in {name.text for name in here}:
        return _named(here[0])
    if last.name:
        return last
    person = scene.person_before(at)
    return _named(person) if person else None


def _named(name: Name) -> Speaker:
    return Speaker(name.text, name.role)
