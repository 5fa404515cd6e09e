"""Names in a written text that the article does not have, told by capital letters alone."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from summarizer.article import Article
from summarizer.languages import primary, table, with_table

NOUNS_HAVE_CAPITALS = frozenset({"de", "lb"})
"""Languages in which the capital of a single word tells nothing."""

TITLE_CASE = 0.6
"""Share of words with a capital from which on capitals tell nothing: a headline in title case."""

STEM = 4
"""Letters that the stem of a country's name must have, so that Iran and Irish stay apart."""

LONGEST_ACRONYM = 6

_WORD = re.compile(r"\w+(?:[-.'’&]\w+)*")
_PEOPLE = re.compile(r"(?:ians?|eans?|ans?|ns?|ese|ish|is?|ia|ey|y|a|e|s)$")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;…\n]|[“\"«„‘'(–—-])\s*$")

_Run = list[re.Match[str]]
"""Words with capitals that stand side by side."""


@dataclass(frozen=True)
class _Vocabulary:
    """The words of an article in the forms in which a name may be met again."""

    words: frozenset[str]
    neighbours: frozenset[tuple[str, str]]
    stems: frozenset[str]
    initials: frozenset[str]


def missing_names(text: str, article: Article, language: str | None = None) -> list[str]:
    """The names of `text` that stand neither in the article nor in its title, in order; also those put together of
    words that never stand together there.

    Not told: names in scripts without capitals, single words where every noun has one, and the first word of a
    sentence unless another capital follows.
    """
    vocabulary = _vocabulary("\n".join([article.text, article.title or "", *article.authors, article.site or ""]))
    nouns_have_capitals = primary(language or article.language) in NOUNS_HAVE_CAPITALS
    missing: list[str] = []
    for run in _runs(text):
        if (nouns_have_capitals and len(run) == 1 and not _is_acronym(run[0].group())) or _is_initialled(
            run, vocabulary
        ):
            continue
        unknown = [word for word in run if not _is_known(word.group(), vocabulary)]
        if not unknown and not nouns_have_capitals and _is_put_together(run, vocabulary):
            unknown = run
        missing += _stretches(text, unknown)
    return list(dict.fromkeys(missing))


def words_missing(name: str, article: Article) -> list[str]:
    """The words of a name that the article has nowhere."""
    vocabulary = _vocabulary("\n".join([article.text, article.title or "", *article.authors, article.site or ""]))
    return [word for word in _WORD.findall(name) if not _is_known(word, vocabulary)]


def _runs(text: str) -> Iterator[_Run]:
    words = list(_WORD.finditer(text))
    if len(words) > 4 and sum(_has_capital(word.group()) for word in words) >= TITLE_CASE * len(words):
        return
    run: _Run = []
    for word in words:
        if run and text[run[-1].end() : word.start()] != " ":
            yield from _without_common_first(text, run)
            run = []
        if _has_capital(word.group()):
            run.append(word)
        else:
            yield from _without_common_first(text, run)
            run = []
    yield from _without_common_first(text, run)


def _without_common_first(text: str, run: _Run) -> Iterator[_Run]:
    """The run without a first word that owes its capital to the beginning of a sentence alone."""
    if run and _SENTENCE_START.search(text[max(0, run[0].start() - 3) : run[0].start()]):
        follows_name = len(run) > 1 and not _is_common(run[1].group())
        if not follows_name and not _is_acronym(run[0].group()):
            run = run[1:]
    if run:
        yield run


def _stretches(text: str, words: _Run) -> Iterator[str]:
    """The words, those side by side as one."""
    stretch: _Run = []
    for word in words:
        if stretch and word.start() > stretch[-1].end() + 1:
            yield _without_possessive(text[stretch[0].start() : stretch[-1].end()])
            stretch = []
        stretch.append(word)
    if stretch:
        yield _without_possessive(text[stretch[0].start() : stretch[-1].end()])


def _is_known(word: str, vocabulary: _Vocabulary) -> bool:
    folded = _fold(word)
    if folded in vocabulary.words or _is_common(word):
        return True
    if _is_acronym(word) and folded in vocabulary.initials:
        return True
    if len(stem := _stem(folded)) >= STEM and stem in vocabulary.stems:
        return True
    parts = [part for part in re.split(r"[-.&]", word) if part]
    if any(part.isdigit() for part in parts):
        return False  # SARS-CoV-2 is not SARS-CoV-3
    return len(parts) > 1 and all(_is_known(part, vocabulary) for part in parts)


def _is_common(word: str) -> bool:
    """Whether a capital is the word's habit: "I", months and weekdays, which checking/dates.py looks after."""
    return word == "I" or word.startswith(("I'", "I’")) or word.lower() in _calendar()


def _is_initialled(run: _Run, vocabulary: _Vocabulary) -> bool:
    """Whether the article has the run's initials: European Union where it says EU."""
    return len(run) > 1 and "".join(word.group()[0] for word in run).lower() in vocabulary.words


def _is_put_together(run: _Run, vocabulary: _Vocabulary) -> bool:
    """Whether no two neighbours of the run stand together in the article."""
    words = [_fold(word.group()) for word in run if not _is_common(word.group())]
    pairs = list(itertools.pairwise(words))
    in_article = all(word in vocabulary.words for word in words)
    return in_article and bool(pairs) and vocabulary.neighbours.isdisjoint(pairs)


def _is_acronym(word: str) -> bool:
    return sum(map(str.isupper, word)) > 1


def _has_capital(word: str) -> bool:
    return any(map(str.isupper, word))


@lru_cache(maxsize=4)
def _vocabulary(text: str) -> _Vocabulary:
    tokens = _WORD.findall(text)
    forms = {form for word in tokens for form in (word, *re.split(r"[-&.'’]", word)) if form}
    folded = [_fold(word) for word in tokens]
    pairs = set(itertools.pairwise(folded))
    over_one = zip(folded, folded[1:], folded[2:], strict=False)
    pairs |= {(first, last) for first, between, last in over_one if len(between) <= 3}  # University of Oslo
    pairs |= {(right, left) for left, right in pairs}
    return _Vocabulary(
        words=frozenset(map(_fold, forms)),
        neighbours=frozenset(pairs),
        stems=frozenset(_stem(_fold(form)) for form in forms if _has_capital(form)),
        initials=frozenset(_initials(tokens)),
    )


def _initials(tokens: list[str]) -> Iterator[str]:
    """The initials of up to six words with capitals in a row; small words between them are passed over."""
    run = ""
    for word in tokens:
        if _has_capital(word):
            run = (run + word[0].lower())[-LONGEST_ACRONYM:]
            yield from (run[at:] for at in range(len(run) - 1))
        elif len(word) > 3:
            run = ""


@lru_cache(maxsize=8192)
def _fold(word: str) -> str:
    """Lower case, without accents, full stops and possessive ending."""
    decomposed = unicodedata.normalize("NFKD", _without_possessive(word))
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return plain.casefold().replace(".", "").replace("’", "'")


def _without_possessive(word: str) -> str:
    return re.sub(r"['’]s?$", "", word)


def _stem(word: str) -> str:
    """What a country and its people share: Italy, Italian."""
    return _PEOPLE.sub("", word)


@cache
def _calendar() -> frozenset[str]:
    """Months and weekdays of all languages."""
    tables = [table(code, "calendar") for code in with_table("calendar")]
    months = {name for words in tables for names in words["months"] for name in names}
    return frozenset(months.union(*(words["weekdays"] for words in tables)))
