"""What a statement takes from the article that the article itself takes back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.checking.analysis import Analysis, ArticleAnalysis
from summarizer.checking.statements.word_alignment import Token, places_between, tokens
from summarizer.text.corrections import CorrectionWords, correction_words
from summarizer.text.numbers import Number

FEWEST = 2
"""Telling words that a statement shares with a correction, to be about the same thing."""

MOST = 0.5
"""Share of the telling words of a statement that what is taken back has at least."""

_PART = re.compile(r"[;:]|\s[–—-]\s")
"""Where a sentence may go on to the version that holds."""


@dataclass(frozen=True)
class _Correction:
    """A version that is taken back, and what holds instead."""

    text: str
    stems: frozenset[str]
    """Of the whole sentence."""
    old: frozenset[str]
    """The stems of the version that is taken back; empty where only a number is."""
    told: frozenset[str]
    """Those of them that no other sentence has."""
    old_values: frozenset[float]
    new_values: frozenset[float]


def superseded(said: Analysis, article: ArticleAnalysis) -> str | None:
    """The number, or the words, of a statement that the article takes back; None where it says so itself."""
    words = correction_words(article.language)
    if words is None or words.old.search(said.text) or words.new.search(said.text):
        return None
    alone = next((number for number in said.numbers if number.value in article.superseded), None)
    if alone is not None:
        return alone.text if _is_told_alone(alone, said, article, words) else None
    stems = {word.stem for word in said.seen_as(tokens) if word.is_telling}
    for correction in article.seen_as(_corrections):
        if len(stems & correction.stems) < FEWEST or not said.values.isdisjoint(correction.new_values):
            continue
        if number := next((each for each in said.numbers if each.value in correction.old_values), None):
            return number.text
        if stems & correction.told and len(stems & correction.old) >= max(FEWEST, MOST * len(stems)):
            return correction.text.strip(" ,.;:")
    return None


def _is_told_alone(number: Number, said: Analysis, article: ArticleAnalysis, words: CorrectionWords) -> bool:
    """Whether a statement copies a sentence that has a number, without a second one of the correction: "from 40 to
    55"."""
    stems, others = _stems(said), said.values - {number.value}
    known = [each for each in _sentences(article) if number.value in each.values]
    is_copy = any(len(stems & _stems(each)) >= MOST * len(stems) for each in known)
    return is_copy and all(others.isdisjoint(each.values) for each in known if words.old.search(each.text))


def _sentences(article: ArticleAnalysis) -> Sequence[Analysis]:
    return tuple(article.sentences_in(article.article.span(0, len(article.text))))


def _corrections(article: Analysis) -> Sequence[_Correction]:
    words = correction_words(article.language)
    if words is None or not isinstance(article, ArticleAnalysis):
        return ()
    return tuple(_corrections_in(_sentences(article), words))


def _corrections_in(sentences: Sequence[Analysis], words: CorrectionWords) -> Iterator[_Correction]:
    is_new = [words.new.search(each.text) is not None for each in sentences]
    plain = [frozenset[str]() if words.old.search(each.text) else _stems(each) for each in sentences]
    for at, sentence in enumerate(sentences):
        match = words.old.search(sentence.text)
        if match and (any(is_new[max(0, at - 1) : at + 2]) or words.versions.search(sentence.text)):
            end = _end_of_version(sentence.text, match.end(), words)
            goes_on = end == len(sentence.text) and at + 1 < len(sentences)
            holds = _stems(sentences[at + 1]) if goes_on else frozenset[str]()
            elsewhere = holds.union(*plain[:at], *plain[at + 1 :])
            yield _correction(sentence, match.end(), end, elsewhere)
        elif match or is_new[at]:
            yield _correction(sentence, 0, 0, frozenset())


def _correction(sentence: Analysis, start: int, end: int, elsewhere: frozenset[str]) -> _Correction:
    """The correction of a sentence that has the version which is taken back from `start` to `end`."""
    behind = places_between(sentence.seen_as(tokens), start, end)
    old = frozenset(word.stem for word in _at(sentence, behind) if word.is_telling)
    told = old - elsewhere - (_stems(sentence) - old)
    old_values = frozenset(_denied_values(sentence))
    new_values = sentence.values - old_values if old_values else frozenset[float]()
    return _Correction(sentence.text[start:end], _stems(sentence), old, told, old_values, new_values)


def _at(sentence: Analysis, places: range) -> Sequence[Token]:
    return sentence.seen_as(tokens)[places.start : places.stop]


def _stems(text: Analysis) -> frozenset[str]:
    return text.seen_as(_telling_stems)


def _telling_stems(text: Analysis) -> frozenset[str]:
    return frozenset(word.stem for word in text.seen_as(tokens) if word.is_telling)


def _end_of_version(text: str, start: int, words: CorrectionWords) -> int:
    """Where the version that no longer holds ends: at what says the one that does."""
    ends = [match.start() for pattern in (words.new, _PART) for match in pattern.finditer(text, start + 1)]
    return min(ends, default=len(text))


def _denied_values(sentence: Analysis) -> Iterator[float]:
    """The values that a correction denies ("22, not 21"), or changes into others ("from five to eight")."""
    words = sentence.seen_as(tokens)
    denied = {negation.start for negation in (sentence.polarity.plain if sentence.polarity else ())}
    known = [(number, places_between(words, number.start, number.end)) for number in sentence.numbers]
    placed = [(number, places) for number, places in known if places and number.value is not None]
    for at, (number, places) in enumerate(placed):
        is_denied = any(words[place].start in denied for place in range(max(0, places.start - DENIED), places.start))
        behind = placed[at + 1] if at + 1 < len(placed) else None
        if number.value is not None and (is_denied or (behind and _is_changed(number, places, *behind))):
            yield abs(number.value)


DENIED = 2
"""Words before a number among which a negation stands that denies it."""


def _is_changed(number: Number, places: range, other: Number, there: range) -> bool:
    """Whether one small word stands between two numbers that may be told from one another: "five to eight"."""
    return there.start - places.stop == 1 and number.value != other.value and places.start > 0
