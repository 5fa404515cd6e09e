"""Scene: an article as the search for speakers sees it, with where names stand outside of quotations."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from summarizer.article import Article
from summarizer.rules.cues import Cues, Gender, cues
from summarizer.rules.gazetteer import Gazetteer, gazetteer
from summarizer.rules.names import Name
from summarizer.rules.quotes import Quotation, paragraph_spans
from summarizer.rules.words import stop_words, word_set

SUBJECT_REACH = 30
"""Characters from the beginning of its sentence within which a name is its subject: a role may stand before it."""

PRONOUN_REACH = 120
"""Characters behind a name in which a pronoun of its sentence tells the gender."""

TITLE_REACH = 14
"""Characters of a title or a word for kin before a name."""

_BESIDE = re.compile(r"(?<![^\W\d_])([^\W\d_]++)(\.?) \Z")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: a name with its role, or only what the article calls somebody without a name."""

    name: str | None
    role: str | None


NOBODY = Speaker(None, None)

Known = tuple[Speaker, ...]
"""Who has spoken so far, the last one first."""


def named(name: Name) -> Speaker:
    """The speaker with this name."""
    return Speaker(name.text, name.role)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name stands."""

    start: int
    end: int
    name: Name

    @property
    def is_person(self) -> bool:
        return self.name.type == "person"


class Scene:
    """An article with its quotations and names, and what lies before and around an offset in it."""

    def __init__(self, article: Article, quotations: Sequence[Quotation], names: Sequence[Name]) -> None:
        self.text = article.text
        self.cues: Cues = cues(article.language)
        self.known: Gazetteer = gazetteer(article.language)
        self.stop = stop_words(article.language)
        self.people = names
        self.paragraphs = paragraph_spans(article)
        self.stops = [s.end for s in article.sentences if not self.text[s.end : s.end + 3].lstrip()[:1].islower()]
        places = [Place(mention.start, mention.end, name) for name in names for mention in name.mentions]
        self.places = sorted(_outside(quotations, places), key=lambda place: place.start)
        self.starts = [place.start for place in self.places]
        self.closings = [quotation.closed for quotation in quotations if quotation.is_speech]

    def words(self, start: int, end: int) -> list[re.Match[str]]:
        """The words between two offsets."""
        return list(self.cues.word.finditer(self.text, start, end))

    def names(self, start: int, end: int) -> list[Place]:
        """The names that begin between two offsets."""
        return self.places[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def recent(self, at: int, most: int) -> list[Place]:
        """The last `most` names that begin before `at`, the last one first."""
        index = bisect_left(self.starts, at)
        return self.places[max(0, index - most) : index][::-1]

    def sentence_end(self, at: int) -> int:
        """Where the sentence ends that goes on at `at`; one before a small letter has not ended."""
        index = bisect_right(self.stops, at)
        return self.stops[index] if index < len(self.stops) else len(self.text)

    def sentence_start(self, at: int) -> int:
        """Where the sentence that holds `at` begins."""
        index = bisect_right(self.stops, at)
        return self.stops[index - 1] if index else 0

    def paragraph_at(self, at: int) -> int:
        """Index of the paragraph that holds `at`."""
        return max(0, bisect_right(self.paragraphs, at, key=lambda span: span[0]) - 1)

    def paragraph_start(self, at: int) -> int:
        """Where the paragraph begins that holds `at`."""
        return self.paragraphs[self.paragraph_at(at)][0]

    def last_closing(self, at: int) -> int:
        """Where the last speech before `at` was closed; 0 before the first."""
        index = bisect_right(self.closings, at)
        return self.closings[index - 1] if index else 0

    def is_subject(self, place: Place) -> bool:
        """Whether a name is the subject of its sentence, by its place at the beginning."""
        start = self.sentence_start(place.start)
        if place.start - start >= SUBJECT_REACH or self.is_possessive(place):
            return False
        return all(word[0].lower() not in self.cues.pronouns for word in self.words(start, place.start))

    def is_possessive(self, place: Place) -> bool:
        """Whether a name only tells whose the next word is: `Okafor's report`."""
        return self.text[place.end : place.end + 2] in ("'s", "’s", "' ", "’ ")

    def gender_of(self, speaker: Speaker) -> Gender | None:
        """The gender of a speaker, by the given name, a title, or a word of the role; None where nothing tells."""
        if speaker.name is None:
            return self.cues.gender(_words_in(speaker.role or ""))
        return self.genders.get(speaker.name)

    @cached_property
    def genders(self) -> dict[str, Gender]:
        """The gender of all whom a given name, a title or a role tells, or else the pronouns beside their names."""
        people = [name for name in self.people if name.type == "person"]
        told = {name.text: gender for name in people if (gender := self._told(name))}
        seen: dict[str, Counter[Gender]] = defaultdict(Counter)
        for place, after in zip(self.places, [*self.starts[1:], len(self.text)], strict=True):
            if place.is_person and place.name.text not in told and (gender := self._pronoun_after(place, after)):
                seen[place.name.text][gender] += 1
        return told | {text: counts.most_common(1)[0][0] for text, counts in seen.items()}

    def _told(self, name: Name) -> Gender | None:
        first = name.text.split()[0]
        if first in word_set("mul", "names", "feminine"):
            return "feminine"
        if first in self.known.given - word_set("mul", "names", "either"):
            return "masculine"
        before = frozenset(filter(None, (self._title_before(mention.start) for mention in name.mentions)))
        return self.cues.gender(_words_in(name.role or "") | before)

    def _title_before(self, at: int) -> str | None:
        """The word that stands directly before a name; behind a full stop only a title, such as `Mrs.`."""
        match = _BESIDE.search(self.text, max(0, at - TITLE_REACH), at)
        word = match[1].lower() if match else None
        return None if match and match[2] and word not in self.known.titles else word

    def _pronoun_after(self, place: Place, end: int) -> Gender | None:
        """The gender of the pronoun that follows a name in its sentence, before anybody else is named."""
        if not self.is_subject(place):
            return None
        end = min(end, self.sentence_end(place.start), place.end + PRONOUN_REACH)
        words = (word[0].lower() for word in self.words(place.end, end))
        pronoun = next((word for word in words if word in self.cues.pronouns), None)
        return self.cues.gender(frozenset((pronoun,))) if pronoun else None


def _words_in(text: str) -> frozenset[str]:
    return frozenset(_LETTERS.findall(text.lower()))


def _outside(quotations: Sequence[Quotation], places: Sequence[Place]) -> Iterator[Place]:
    """Names in the article's own words: who is spoken of does not speak."""
    for place in places:
        at = bisect_right(quotations, place.start, key=lambda quotation: quotation.start) - 1
        if at < 0 or place.start >= quotations[at].end:
            yield place
