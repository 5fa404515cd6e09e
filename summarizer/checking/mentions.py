"""Where the entities of a record are mentioned: every exact occurrence of a name, and of a person's surname."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from summarizer.checking.analysis import ArticleAnalysis
from summarizer.record import Entity
from summarizer.text.gazetteer import gazetteer
from summarizer.text.terms import stop_words
from summarizer.text.words import fold

_Place = tuple[int, int]

BEFORE = 30
"""Characters before a surname in which the word beside it is sought."""
_WORD_BEFORE = re.compile(rf"([^\W\d_][\w'’.-]{{0,{BEFORE}}})\s$")


def with_mentions(entities: Sequence[Entity], article: ArticleAnalysis) -> tuple[Entity, ...]:
    """The entities with all their mentions, in order. A name inside a longer one is no mention: York in New York."""
    full = [article.locator.occurrences(entity.name) for entity in entities]
    taken = _Taken(place for places in full for place in places)
    words = Counter(word for entity in entities for word in set(entity.name.split()))
    filled = []
    for entity, places in zip(entities, full, strict=True):
        own = [place for place in places if not taken.has_longer(place)]
        own += _by_surname(entity, words, taken, article)
        spans = tuple(article.article.span(*place) for place in sorted(set(own)))
        filled.append(entity.model_copy(update={"mentions": spans}))
    return tuple(filled)


class _Taken:
    """The places of all names, by where they begin."""

    def __init__(self, places: Iterable[_Place]) -> None:
        ordered = sorted(set(places))
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))
        self._longest = dict(ordered)  # of the places with one beginning, the last is the longest

    def has_longer(self, place: _Place) -> bool:
        """Whether another place holds this one and more."""
        start, end = place
        before = bisect_left(self._starts, start)
        return self._longest.get(start, end) > end or (before > 0 and self._reach[before - 1] >= end)


def _by_surname(entity: Entity, holders: Counter[str], taken: _Taken, article: ArticleAnalysis) -> Iterator[_Place]:
    """Mentions of a person by the last word of the name, where no other entity has that word."""
    words = entity.name.split()
    if entity.type != "person" or len(words) < 2 or holders[words[-1]] > 1:
        return
    for place in article.locator.occurrences(words[-1]):
        if not taken.has_longer(place) and not _is_somebody_else(place[0], entity, article):
            yield place


def _is_somebody_else(start: int, entity: Entity, article: ArticleAnalysis) -> bool:
    """Whether a word with a capital before the surname is another first name, as far as one can tell: no part of the
    name or the role, no title and no word such as "But"."""
    before = _WORD_BEFORE.search(article.text[max(0, start - BEFORE) : start])
    if before is None or not before[1][0].isupper():
        return False
    word, known = before[1].rstrip("."), gazetteer(article.language)
    if word in f"{entity.name} {entity.role or ''}" or word.lower() in known.titles or known.is_role(word):
        return False
    return fold(word) not in stop_words(article.language)
