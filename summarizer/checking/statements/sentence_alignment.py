"""What a written sentence comes closest to in its evidence, and whether words of both are about the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.article import Article, Span
from summarizer.text.terms import terms

LEAST_SHARED = 0.3
"""Share of a written sentence's terms that the closest sentence must have; below it nothing is compared."""

ALMOST_AS_CLOSE = 0.7
"""The second sentence counts too, if it comes so close in proportion to the first."""

BEFORE_AND_AFTER = 3
"""Terms on either side of a word that say what it is about; one more in the source, which tends to be longer."""

LONGEST = 2_000
"""Characters of a written sentence; of a longer one each stretch is compared by itself, as the article's are."""

SAME_PLACE = 2
"""Terms that two words must both have beside them to be about the same thing."""

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’»)]*\s+|(?<=[。！？])")


@dataclass(frozen=True, slots=True)
class AlignedPair:
    """A written sentence and what it comes closest to: one sentence of the evidence or two, the closest first."""

    said: str
    sources: tuple[str, ...]
    share: float
    """Share of the terms of the written sentence that the closest one has."""
    language: str

    def is_about_the_same(self, said: re.Match[str], source: re.Match[str]) -> bool:
        """Whether a word of the written sentence and one of a source stand among the same terms."""
        here = _beside(said, BEFORE_AND_AFTER, self.language)
        return len(here & _beside(source, BEFORE_AND_AFTER + 1, self.language)) >= SAME_PLACE


def pairs(text: str, evidence: Sequence[Span], article: Article) -> list[AlignedPair]:
    """Each sentence of `text`, which is in the article's language, with what it comes closest to in the evidence;
    those that come close to nothing are left out."""
    candidates = tuple(part.text for span in evidence for part in _sentences_in(span, article))
    said = [
        stretch[at : at + LONGEST] for stretch in _SENTENCE_END.split(text) for at in range(0, len(stretch), LONGEST)
    ]
    found = [_closest(stretch, candidates, article.language) for stretch in said]
    return [pair for pair in found if pair is not None]


def _sentences_in(span: Span, article: Article) -> list[Span]:
    """The sentences of the article that a span covers, as far as it does."""
    first = article.sentence_at(span.start)
    if first is not None and span.end <= first.end:
        return [span]
    parts = [(max(span.start, s.start), min(span.end, s.end)) for s in article.sentences]
    return [article.span(start, end) for start, end in parts if start < end]


def _closest(said: str, candidates: Sequence[str], language: str) -> AlignedPair | None:
    wanted = frozenset(_terms(said, language))
    if not wanted:
        return None
    shares = [len(wanted.intersection(_terms(text, language))) / len(wanted) for text in candidates]
    best = sorted(range(len(candidates)), key=lambda at: -shares[at])[:2]
    if not best or shares[best[0]] < LEAST_SHARED:
        return None
    close = [at for at in best if shares[at] >= ALMOST_AS_CLOSE * shares[best[0]]]
    return AlignedPair(said, tuple(candidates[at] for at in close), shares[best[0]], language)


def _beside(word: re.Match[str], reach: int, language: str) -> frozenset[str]:
    """The terms nearest to a word on both sides, in its sentence."""
    before, after = word.string[: word.start()], word.string[word.end() :]
    return frozenset(_terms(before, language)[-reach:] + _terms(after, language)[:reach])


@lru_cache(maxsize=4096)
def _terms(text: str, language: str) -> tuple[str, ...]:
    return tuple(terms(text, language))
