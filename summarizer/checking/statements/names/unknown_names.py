"""Names in a written text that the article does not have, told by capital letters alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.checking.analysis import Analysis, ArticleAnalysis
from summarizer.checking.capitals import CapitalRun
from summarizer.checking.vocabulary import (
    Vocabulary,
    has_habitual_capital,
    is_acronym,
    without_possessive,
)
from summarizer.languages.language import language_of
from summarizer.text.gazetteer import gazetteer
from summarizer.text.numbers import find_numbers
from summarizer.text.terms import stop_words
from summarizer.text.words import JOINED, fold

_BEGINS = frozenset(".!?:;…“\"«„‘'(–—-")
"""What a word with a capital may follow because of its place."""


@dataclass(frozen=True, slots=True)
class MissingName:
    """A name that the article does not have; with `is_put_together` it has the words, but never side by side."""

    text: str
    is_put_together: bool = False


def missing_names(said: Analysis, article: ArticleAnalysis, vocabulary: Vocabulary) -> list[MissingName]:
    """The names of a text that are not in the vocabulary of an article, in order.

    Not told: names in scripts without capitals, single words where every noun has one, and the first word of a
    sentence unless another capital follows.
    """
    text, language = said.text, said.language
    nouns_have_capitals = language_of(language).writing.nouns_capitalised
    if not nouns_have_capitals and said.is_title_case:
        return []
    missing: list[MissingName] = []
    for whole in said.capital_runs:
        run = _without_common_first(text, whole, vocabulary, language)
        words = [word.group() for word in run]
        if not words or (nouns_have_capitals and len(words) == 1 and not is_acronym(words[0])):
            continue
        if vocabulary.abbreviates(words):
            continue
        unknown = [word for word in run if not vocabulary.knows(word.group())]
        if nouns_have_capitals:
            unknown = [word for word in unknown if not _is_noun(word, run, article, vocabulary)]
        missing += [MissingName(name) for name in _stretches(text, unknown)]
        is_title = gazetteer(language).is_role(words[0])  # "President Moe"
        if (
            not unknown
            and not is_title
            and not nouns_have_capitals
            and vocabulary.has_capitals
            and vocabulary.never_joins(words)
        ):
            missing.append(MissingName(text[run[0].start() : run[-1].end()], is_put_together=True))
    return list(dict.fromkeys(missing))


def _is_noun(word: re.Match[str], run: CapitalRun, article: ArticleAnalysis, vocabulary: Vocabulary) -> bool:
    """Whether a word may be a noun where all have a capital: one that stands beside no word of a name. "Claudia
    Meier" is a name, since Claudia is a given one, or one in the record, and "Fraktionschefin Weber" none."""
    parts = word.group().split("-")
    if len(parts) > 1 or is_acronym(word.group()):
        return any(vocabulary.knows(part) for part in parts)
    at, given = run.index(word), gazetteer(article.language).given
    if word.group() in given and word is not run[-1]:
        return False
    before = run[at - 1].group() if at else ""
    return article.key_of(before) not in article.kinds and before not in given


def words_missing(name: str, article: ArticleAnalysis) -> list[str]:
    """The words of a name that the article has nowhere."""
    return [word for word in JOINED.findall(name) if not article.vocabulary.knows(word)]


def _in_one_sentence(words: Sequence[str], article: ArticleAnalysis) -> bool:
    """ "the other Cozic of the council, Martine"."""
    wanted = {article.key_of(word) for word in words}
    texts = (article.article.sentence_text(each.number) for each in article.article.sentences)
    return any(wanted <= {article.key_of(word) for word in JOINED.findall(text)} for text in texts)


def stands_together(name: str, article: ArticleAnalysis) -> bool:
    """Whether two neighbours among the words of a name stand together, also in another case, or around another first
    name."""
    vocabulary, words = article.vocabulary, JOINED.findall(name)
    return (
        any(part.prefixes for part in vocabulary.parts)
        or _in_one_sentence(words, article)
        or vocabulary.joins_any(words)
        or vocabulary.joins_inflected(words)
        or vocabulary.shares_family_name(words)
    )


def _without_common_first(text: str, run: CapitalRun, vocabulary: Vocabulary, language: str) -> CapitalRun:
    """The run without a first word that owes its capital to the beginning of a sentence alone."""
    first = run[0]
    if not _is_at_start(text, first.start()) or is_acronym(first.group()):
        return run
    lower = first.group().lower()
    is_common = (
        fold(lower) in stop_words(language)
        or vocabulary.has_in_lower_case(lower)
        or bool(find_numbers(lower, language))
    )
    stands_alone = len(run) == 1 or has_habitual_capital(run[1].group())
    is_verb = len(run) > 2 and not vocabulary.knows(first.group())  # "Dies Ada Lund", where a verb comes first
    return run[1:] if is_common or stands_alone or is_verb else run


def _is_at_start(text: str, at: int) -> bool:
    """Whether a sentence, a line or words in quotation marks or brackets begin here."""
    before = text[max(0, at - 3) : at]
    word = before.rstrip()
    return not word or word[-1] in _BEGINS or "\n" in before[len(word) :]


def _stretches(text: str, run: CapitalRun) -> Iterator[str]:
    """The words of a run, those side by side as one."""
    stretch: CapitalRun = []
    for word in run:
        if stretch and word.start() > stretch[-1].end() + 1:
            yield without_possessive(text[stretch[0].start() : stretch[-1].end()])
            stretch = []
        stretch.append(word)
    if stretch:
        yield without_possessive(text[stretch[0].start() : stretch[-1].end()])
