"""Where the people of a record stand in its article: by their full names, and by a part of them alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from summarizer.languages.language import language_of
from summarizer.text.gazetteer import gazetteer
from summarizer.text.terms import stop_words
from summarizer.text.words import LETTERS, any_of, fold

APART = 2
"""Characters between two words of one name: a space, or the full stop of an initial and one."""

SURNAME = 2
"""Characters of a family name where no space parts it."""

REMEMBERED = 400
"""Characters after a full name in which its surname alone is that one's."""


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A place where a name stands, and whose it may be: of several people where they share a surname."""

    start: int
    end: int
    people: frozenset[str]


class People:
    """The people of a record in its article, each by the name that the record has."""

    def __init__(self, names: Iterable[str], text: str, language: str, key_of: Callable[[str], str]) -> None:
        """`key_of` says what the forms of a word of a name share."""
        self._language, self._key_of = language, key_of
        self._parts = {name: frozenset(self._keys(name)) for name in names}
        self._holders: dict[str, frozenset[str]] = {}
        for name, keys in self._parts.items():
            for key in keys:
                self._holders[key] = self._holders.get(key, frozenset()) | {name}
        self._is_spaced = not language_of(language).writing.unspaced
        found = self.mentioned_in(text)
        self._mentions = tuple(_resolved(found) if self._is_spaced else found)
        self._starts = [mention.start for mention in self._mentions]

    def between(self, start: int, end: int) -> Sequence[PersonMention]:
        """The mentions that begin between two offsets."""
        return self._mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def has_part(self, word: str) -> bool:
        """Whether a word belongs to one of their names."""
        return self._key_of(word) in self._holders

    def named(self, name: str) -> frozenset[str]:
        """Who of them may have a name: those of whose names it is a part, and the other way round."""
        keys = frozenset(self._keys(name))
        return frozenset(each for each, parts in self._parts.items() if parts and (keys <= parts or parts <= keys))

    def mentioned_in(self, text: str) -> Iterator[PersonMention]:
        """Whom a text names, word by word; words side by side are one's name as far as one has them all."""
        if not self._is_spaced:
            yield from self._unspaced(text)
            return
        last: PersonMention | None = None
        for word in LETTERS.finditer(text):
            holders = self._holders.get(self._key_of(word.group()))
            if holders is None:
                continue
            if last and word.start() - last.end <= APART and last.people & holders:
                last = PersonMention(last.start, word.end(), last.people & holders)
                continue
            if last:
                yield last
            last = PersonMention(word.start(), word.end(), holders)
        if last:
            yield last

    def _unspaced(self, text: str) -> Iterator[PersonMention]:
        """Full names, and where no space tells them what may be a family name alone."""
        surnames = {name[:SURNAME] for name in self._parts}
        for match in re.finditer(any_of({*self._parts, *surnames}), text):
            people = frozenset(name for name in self._parts if name.startswith(match.group()))
            yield PersonMention(match.start(), match.end(), people)

    def _keys(self, name: str) -> Iterator[str]:
        small = stop_words(self._language) | gazetteer(self._language).particles
        for word in LETTERS.findall(name):
            if len(word) > 1 and fold(word) not in small:
                yield self._key_of(word)


def _resolved(mentions: Iterable[PersonMention]) -> Iterator[PersonMention]:
    """A shared surname alone is that of who was named in full shortly before."""
    full: dict[frozenset[str], PersonMention] = {}
    for mention in mentions:
        if len(mention.people) == 1:
            full |= {shared: mention for shared in full if mention.people <= shared}
            full[mention.people] = mention
            yield mention
            continue
        known = full.setdefault(mention.people, _latest(full, mention))
        is_near = known.people < mention.people and mention.start - known.end <= REMEMBERED
        yield replace(mention, people=known.people) if is_near else mention


def _latest(full: dict[frozenset[str], PersonMention], mention: PersonMention) -> PersonMention:
    """The last full name of one whose surname this is; itself where there was none."""
    named = [each for people, each in full.items() if len(people) == 1 and people <= mention.people]
    return max(named, key=lambda each: each.end, default=mention)
