"""Names of the article that stand, in a statement, in the place of another name of its sources."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from summarizer.checking.analysis import ArticleAnalysis
from summarizer.checking.capitals import is_title_case
from summarizer.checking.statements.finding import Mismatch
from summarizer.checking.statements.word_alignment import Alignment, Token, places_between, tokens
from summarizer.checking.vocabulary import (
    has_capital,
    has_case,
    has_habitual_capital,
    is_country,
    is_spelled_alike,
    without_possessive,
)
from summarizer.languages.language import language_of
from summarizer.text.numbers import Number
from summarizer.text.words import fold

NEAR_COPY = 0.4
"""Share of words from which on a statement is so near its sources that another name in a place is another role."""

NEAR = 3
"""Sentences before one in which whoever it speaks of may be named."""

LONGEST_TITLE = 4
"""Letters of a short form such as `Gov.`"""

NUMBER_REACH = 6
"""Words behind a name within which a number is its own."""

Run = range
"""Words of a name that stand side by side."""


def exchanged_names(aligned: Alignment, article: ArticleAnalysis) -> Iterator[Mismatch]:
    """Names of the article in the place of others, and names that have changed places with each other.

    A name that the article does not have is the matter of unknown_names.py.
    """
    if aligned.share < NEAR_COPY:
        return
    names = name_runs(aligned.words, aligned.said.text, article, aligned.language)
    theirs = name_runs(aligned.theirs, aligned.their_text, article, aligned.language)
    for name in names:
        if turned := _replaced(name, aligned, theirs, article):
            yield turned
            return
    yield from _swapped(names, theirs, aligned, article)
    yield from _numbers_swapped(names, theirs, aligned)


def name_runs(words: Sequence[Token], text: str, article: ArticleAnalysis, language: str) -> Sequence[Run]:
    """The names in a text: words of the names that the record lists, and words with capitals where those tell."""
    capitals_tell = not language_of(language).writing.nouns_capitalised and not is_title_case(text)
    runs: list[Run] = []
    for at, word in enumerate(words):
        if not _is_name(word, at, words, text, article, capitals_tell):
            continue
        if runs and (runs[-1].stop == at or _is_initial(words, runs[-1].stop, at)):
            runs[-1] = range(runs[-1].start, at + 1)
        else:
            runs.append(range(at, at + 1))
    return runs


def _is_initial(words: Sequence[Token], start: int, end: int) -> bool:
    """Whether nothing but the full stop of an initial or a title is between."""
    before = words[start - 1]
    return end - start == 1 and words[start].text == "." and before.end - before.start <= LONGEST_TITLE


def _is_name(
    word: Token, at: int, words: Sequence[Token], text: str, article: ArticleAnalysis, capitals_tell: bool
) -> bool:
    written = text[word.start : word.end]
    if not word.is_telling or word.stem[:1].isdigit() or has_habitual_capital(written) or is_country(written):
        return False
    if article.key_of(written) in article.kinds and (has_capital(written) or not has_case(text)):
        return has_case(text) or article.kind_of(written) is not None
    if not capitals_tell or not has_capital(written):
        return False
    begins = at == 0 or not words[at - 1].stem
    return not begins or (at + 1 < len(words) and has_capital(text[words[at + 1].start : words[at + 1].end]))


def _replaced(name: Run, aligned: Alignment, theirs: Sequence[Run], article: ArticleAnalysis) -> Mismatch | None:
    """ "said Moe of the union" for "said Lund of the union"."""
    words = [aligned.words[at] for at in name]
    if name == range(1) and article.kind_of(words[0].text) is None:
        return None  # a first word has its capital by its place
    if name.start and aligned.words[name.start - 1].text == "(":
        return None  # "Moe (Labour)": whose member somebody is need not be cited
    if not all(article.vocabulary.knows(aligned.said_at(range(at, at + 1))) for at in name):
        return None
    is_cited = any(word.stem in aligned.their_stems for word in words)
    opposite = aligned.opposite(name.start, name.stop - 1)
    for other in theirs:
        there = [aligned.theirs[at] for at in other]
        is_new = all(aligned.is_new(at) for at in other if aligned.theirs[at].is_telling)
        kinds = article.kind_of(words[-1].text), article.kind_of(there[-1].text)
        if not is_new or _is_one(words, there) or kinds[0] != kinds[1] or (article.kinds and None in kinds):
            continue
        if other.start in opposite and other.stop - 1 in opposite:
            is_replaced = aligned.is_framed(name) and not is_cited if not article.kinds else not is_cited
        else:
            is_replaced = bool(article.kinds) and not (is_cited or _is_near(words, aligned, article))
        said, source = aligned.said_at(name), aligned.theirs_at(other)
        if is_replaced and (without_possessive(source) == source or without_possessive(said) != said):
            return Mismatch(said, source)
    return None


def _is_near(words: Sequence[Token], aligned: Alignment, article: ArticleAnalysis) -> bool:
    """Whether a name stands so close to the sources that "she" in them may be its bearer."""
    for source in aligned.sources:
        at = article.text.find(source.text)
        sentence = article.article.sentence_at(at) if at >= 0 else None
        if sentence is None:
            return True
        near = article.article.sentences[max(0, sentence.number - 1 - NEAR) : sentence.number + 1]
        around = article.cited([article.article.span(near[0].start, near[-1].end)])
        if {word.stem for word in words} & {word.stem for word in around.seen_as(tokens)}:
            return True
    return False


def _is_one(words: Sequence[Token], others: Sequence[Token]) -> bool:
    """Whether one is the initials of the other, or the same with other letters."""
    one, other = "".join(word.stem[:1] for word in words), "".join(word.stem[:1] for word in others)
    if any(fold(each.text) in (one, other) for each in (*words, *others)):
        return True
    return any(is_spelled_alike(word.text, each.text) for word in words for each in others)


def _swapped(
    names: Sequence[Run], theirs: Sequence[Run], aligned: Alignment, article: ArticleAnalysis
) -> Iterator[Mismatch]:
    """ "Moe beat Lund" for "Lund beat Moe": the same words between two names, and the names the other way round."""
    known = {_between(one, other, aligned.theirs): (one, other) for one, other in itertools.pairwise(theirs)}
    for one, other in itertools.pairwise(names):
        words = aligned.words
        first, between, second = _between(one, other, words)
        kinds = {article.kind_of(words[name.stop - 1].text) for name in (one, other)}
        if article.kinds and (len(kinds) > 1 or None in kinds):
            continue
        if between and (second, between, first) in known and (first, between, second) not in known:
            there = known[second, between, first]
            source = aligned.theirs_at(range(there[0].start, there[1].stop))
            yield Mismatch(aligned.said_at(range(one.start, other.stop)), source)


_Frame = tuple[str, tuple[str, ...], str]


def _between(one: Run, other: Run, words: Sequence[Token]) -> _Frame:
    """The last words of two names, and the words between them without articles."""
    between = tuple(words[at].stem for at in range(one.stop, other.start) if len(words[at].text) > 3)
    return words[one.stop - 1].stem, between, words[other.stop - 1].stem


def _numbers_swapped(names: Sequence[Run], theirs: Sequence[Run], aligned: Alignment) -> Iterator[Mismatch]:
    """ "Moe had 22 percent and Lund 20" for "Lund had 22 percent and Moe 20"."""
    if not has_case(aligned.said.text):
        return
    numbers = [(each, places_between(aligned.words, each.start, each.end)) for each in aligned.said.numbers]
    mine = _owners(names, numbers, aligned.words)
    known = _owners(theirs, aligned.their_numbers, aligned.theirs)
    for (one, first), (other, second) in itertools.combinations(mine.items(), 2):
        if first != second and known.get(one) == second and known.get(other) == first:
            yield Mismatch(f"{first} … {one:g}, {second} … {other:g}", f"{second} … {one:g}, {first} … {other:g}")


def _owners(
    names: Sequence[Run], numbers: Sequence[tuple[Number, range]], words: Sequence[Token]
) -> dict[float, str]:
    """For each value the last word of the name before it; without those that have several."""
    found: dict[float, set[str]] = {}
    for number, places in numbers:
        before = [
            name for name in names if places and name.stop <= places[0] and places[0] - name.stop <= NUMBER_REACH
        ]
        if number.value is not None and before:
            found.setdefault(number.value, set()).add(words[before[-1].stop - 1].stem)
    return {value: owners.pop() for value, owners in found.items() if len(owners) == 1}
