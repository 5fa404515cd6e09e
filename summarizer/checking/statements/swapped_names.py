"""Names of the article that stand, in a written sentence, in the place of another name of its source."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from summarizer.checking.analysis import Analysis, ArticleAnalysis
from summarizer.checking.statements.contradictions import Mismatch
from summarizer.checking.statements.sentence_alignment import AlignedPair
from summarizer.checking.vocabulary import Vocabulary, has_habitual_capital
from summarizer.text.terms import stop_words
from summarizer.text.words import JOINED, fold

REACH = 60
"""Characters before a name among which the word before it is sought."""

NEAR_COPY = 0.6
"""Share of terms from which on a sentence is so near its source that another name in it is another role."""


def exchanged_names(pair: AlignedPair, article: ArticleAnalysis) -> Iterator[Mismatch]:
    """Names of the article in the place of others, and names that have changed places with each other.

    A name that the article does not have is the matter of unknown_names.py. Nothing is told of a headline in title
    case, nor in languages where capitals do not tell names.
    """
    if pair.share < NEAR_COPY or pair.said.is_title_case:
        return
    names, closest = pair.said.seen_as(_names), pair.sources[0]  # no other is close enough to tell
    if names:
        yield from _replaced(names, pair, closest.seen_as(_framed), article.vocabulary)
        yield from _swapped(names, closest.seen_as(_paired))


def _replaced(
    names: Sequence[re.Match[str]], pair: AlignedPair, theirs: Mapping[_Frame, re.Match[str]], vocabulary: Vocabulary
) -> Iterator[Mismatch]:
    """ "said Moe of the union" for "said Lund of the union": other names between the same words."""
    for said in names:
        source = theirs.get(_frame(said))
        if source is None or not all(map(vocabulary.knows, said.group().split())):
            continue
        is_new = not any(_has(text, word) for word in said.group().split() for text in pair.sources)
        is_lost = not any(_has(pair.said, word) for word in source.group().split())
        if is_new and is_lost:
            yield Mismatch(said.group(), source.group())


_Frame = tuple[tuple[str, ...], tuple[str, ...]]


def _framed(source: Analysis) -> Mapping[_Frame, re.Match[str]]:
    """The names of a source by the words around them."""
    return {_frame(name): name for name in source.seen_as(_names)}


def _frame(name: re.Match[str]) -> _Frame:
    """The word before a name and the two after it."""
    before = JOINED.findall(name.string[max(0, name.start() - REACH) : name.start()])[-1:]
    after = itertools.islice(JOINED.finditer(name.string, name.end()), 2)
    return tuple(map(fold, before)), tuple(fold(word.group()) for word in after)


_Two = tuple[re.Match[str], re.Match[str]]


def _paired(source: Analysis) -> Mapping[tuple[str, str, str], _Two]:
    """Neighbouring names of a source by themselves and the words between them."""
    return {_between(*two): two for two in itertools.pairwise(source.seen_as(_names))}


def _swapped(names: Sequence[re.Match[str]], theirs: Mapping[tuple[str, str, str], _Two]) -> Iterator[Mismatch]:
    """ "Moe beat Lund" for "Lund beat Moe": the same words between two names, and the names the other way round."""
    for two in itertools.pairwise(names):
        first, between, second = _between(*two)
        if between and (second, between, first) in theirs and (first, between, second) not in theirs:
            source = theirs[second, between, first]
            yield Mismatch(_stretch(*two), _stretch(*source))


def _between(one: re.Match[str], other: re.Match[str]) -> tuple[str, str, str]:
    return fold(one.group()), fold(one.string[one.end() : other.start()]).strip(" ,"), fold(other.group())


def _stretch(one: re.Match[str], other: re.Match[str]) -> str:
    return one.string[one.start() : other.end()]


def _has(text: Analysis, word: str) -> bool:
    return fold(word) in text.seen_as(_folded)


def _folded(text: Analysis) -> str:
    return fold(text.text)


def _names(text: Analysis) -> tuple[re.Match[str], ...]:
    """Words with capitals side by side; not a first word that is common, nor months and weekdays."""
    found: list[re.Match[str]] = []
    for run in text.capital_runs:
        words = [word for word in run if not has_habitual_capital(word.group())]
        if words and words[0].start() == 0 and fold(words[0].group()) in stop_words(text.language):
            words = words[1:]
        if words:
            found.append(text.stretch(words[0].start(), words[-1].end()))
    return tuple(found)
