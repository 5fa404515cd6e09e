"""What a written sentence comes closest to in its evidence, and whether words of both are about the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.article import Span
from summarizer.checking.analysis import Analysis, ArticleAnalysis
from summarizer.text.sentence_ends import BETWEEN

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


@dataclass(frozen=True, slots=True)
class AlignedPair:
    """A written sentence and what it comes closest to: one sentence of the evidence or two, the closest first."""

    said: Analysis
    sources: tuple[Analysis, ...]
    share: float
    """Share of the terms of the written sentence that the closest one has."""

    @property
    def language(self) -> str:
        """That of the article, which both are in."""
        return self.said.language

    @property
    def closest(self) -> Analysis:
        """What it comes closest to, as one text."""
        first, *others = self.sources
        return Analysis("\n".join(text.text for text in self.sources), self.language) if others else first

    def is_about_the_same(self, said: re.Match[str], source: re.Match[str]) -> bool:
        """Whether a word of the written sentence and one of a source stand among the same terms."""
        text = next(text for text in self.sources if text.text == source.string)
        here = _beside(said, self.said, BEFORE_AND_AFTER)
        return len(here & _beside(source, text, BEFORE_AND_AFTER + 1)) >= SAME_PLACE


def pairs(text: Analysis, evidence: Sequence[Span], article: ArticleAnalysis) -> list[AlignedPair]:
    """Each sentence of a text, which is in the article's language, with what it comes closest to in the evidence;
    those that come close to nothing are left out."""
    candidates = [part for span in evidence for part in article.sentences_in(span)]
    found = (_closest(sentence, candidates) for sentence in _sentences_of(text, article.language))
    return [pair for pair in found if pair is not None]


def _sentences_of(text: Analysis, language: str) -> Iterator[Analysis]:
    """The sentences of a written text; that of a text of one is the text."""
    for sentence in BETWEEN.split(text.text):
        for at in range(0, len(sentence), LONGEST):
            stretch = sentence[at : at + LONGEST]
            is_whole = (stretch, language) == (text.text, text.language)
            yield text if is_whole else Analysis(stretch, language)


def _closest(said: Analysis, candidates: Sequence[Analysis]) -> AlignedPair | None:
    wanted = said.terms
    if not wanted:
        return None
    shares = [len(wanted & source.terms) / len(wanted) for source in candidates]
    best = sorted(range(len(candidates)), key=lambda at: -shares[at])[:2]
    if not best or shares[best[0]] < LEAST_SHARED:
        return None
    close = [at for at in best if shares[at] >= ALMOST_AS_CLOSE * shares[best[0]]]
    return AlignedPair(said, tuple(candidates[at] for at in close), shares[best[0]])


def _beside(word: re.Match[str], text: Analysis, reach: int) -> frozenset[str]:
    """The terms nearest to a word on both sides, in its sentence."""
    before, after = text.terms_around(word)
    return frozenset(before[-reach:] + after[:reach])
