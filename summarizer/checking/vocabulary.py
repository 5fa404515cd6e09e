"""The words of an article in the forms in which a name may be met again."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, fields
from functools import cache, lru_cache

from summarizer.article import Article
from summarizer.languages import primary, table, with_table
from summarizer.rules.words import fold

STEM = 4
"""Letters that the stem of a country's name must have, so that Iran and Irish stay apart."""

LONGEST_ACRONYM = 6

SMALL = 3
"""Letters of a word that may stand within a name: University of Oslo."""

INFLECTED = frozenset({"cs", "de", "el", "fi", "hu", "pl", "ro", "ru", "tr", "uk"})
"""Languages whose names change their endings with the case."""

LONGEST_ENDING = 3

WORD = re.compile(r"\w+(?:[-.'’&]\w+)*")
_JOINT = re.compile(r"[-&.'’]")
_PEOPLE = re.compile(r"(?:ians?|eans?|ans?|ns?|ese|ish|is?|ia|ey|y|a|e|s)$")


@dataclass(frozen=True)
class Vocabulary:
    """The words of an article with its title, authors and site. All but `lower` are folded."""

    words: frozenset[str]
    lower: frozenset[str]
    """Words that stand somewhere without a capital."""
    neighbours: frozenset[tuple[str, str]]
    """Words that stand together, a small word between them or none, in their order."""
    shared_names: frozenset[tuple[str, str]]
    stems: frozenset[str]
    countries: frozenset[str]
    """All that a country which it names, or whose people it names, and its people are called."""
    initials: frozenset[str]
    inflected: frozenset[str]
    """Words without their last letters, in languages that inflect names; and names that stand together."""
    inflected_neighbours: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, article: Article) -> Vocabulary:
        """The vocabulary of an article; the last few are kept."""
        beside = "\n".join(filter(None, (article.title, *article.authors, article.site)))
        return _with(article.text, beside, primary(article.language) in INFLECTED)

    def knows(self, word: str) -> bool:
        """Whether the article has the word, its country or people, its parts, or what it is the initials of."""
        folded = _form(word)
        if folded in self.words or has_habitual_capital(word):
            return True
        if folded in self.countries or (is_acronym(word) and folded in self.initials):
            return True
        if len(stem := _stem(folded)) >= STEM and stem in self.stems:
            return True
        if self._has_inflected(folded):
            return True
        parts = [part for part in re.split(r"[-.&]", word) if part]
        if any(part.isdigit() for part in parts):
            return False  # SARS-CoV-2 is not SARS-CoV-3
        return len(parts) > 1 and all(self.knows(part) for part in parts)

    def _has_inflected(self, folded: str) -> bool:
        return bool(self.inflected) and not self.inflected.isdisjoint(_beginnings(folded))

    def abbreviates(self, words: Sequence[str]) -> bool:
        """Whether the article has the initials of the words: EU for European Union."""
        return len(words) > 1 and "".join(word[0] for word in words).lower() in self.words

    def never_joins(self, words: Sequence[str]) -> bool:
        """Whether it has all the words, and no two neighbours of them stand together in it."""
        folded = [_form(word) for word in words if not has_habitual_capital(word)]
        pairs = list(itertools.pairwise(folded))
        has_all = bool(pairs) and all(word in self.words or self._has_inflected(word) for word in folded)
        in_both_orders = [*pairs, *((other, one) for one, other in pairs)]
        return has_all and self.neighbours.isdisjoint(in_both_orders) and not self.joins_inflected(words)

    def shares_family_name(self, words: Sequence[str]) -> bool:
        """Whether two people of that family name are named together: Freya and Ingrid Tollund."""
        return tuple(map(_form, words)) in self.shared_names

    def joins_inflected(self, words: Sequence[str]) -> bool:
        """Whether it has the words side by side, in other cases of theirs."""
        pairs = [(_beginnings(_form(one)), _beginnings(_form(other))) for one, other in itertools.pairwise(words)]
        return bool(pairs) and all(
            not self.inflected_neighbours.isdisjoint(itertools.product(ones, others)) for ones, others in pairs
        )


@lru_cache(maxsize=8)
def _with(text: str, beside: str, is_inflected: bool) -> Vocabulary:
    """The vocabulary of a text and of what stands beside it: with the title and without."""
    of_text, other = _vocabulary(text, is_inflected), _vocabulary(beside, is_inflected)
    return Vocabulary(*(getattr(of_text, field.name) | getattr(other, field.name) for field in fields(Vocabulary)))


@lru_cache(maxsize=8)
def _vocabulary(text: str, is_inflected: bool) -> Vocabulary:
    tokens = WORD.findall(text)
    forms = set(tokens).union(*map(_JOINT.split, filter(_JOINT.search, set(tokens)))) - {""}
    words, capitals = frozenset(map(_form, forms)), frozenset(filter(has_capital, forms))
    shared_names = frozenset(_shared_names(tokens, capitals))
    return Vocabulary(
        words=words,
        lower=frozenset(form for form in forms if form.islower()),
        neighbours=shared_names.union(*_neighbours([_form(word) for word in tokens])),
        shared_names=shared_names,
        stems=frozenset(_stem(_form(form)) for form in capitals),
        countries=frozenset().union(*(_countries()[word] for word in words & _countries().keys())),
        initials=frozenset(_initials(tokens, capitals)),
        inflected=frozenset(_all_beginnings(forms) if is_inflected else ()),
        inflected_neighbours=frozenset(_beginning_pairs(tokens) if is_inflected else ()),
    )


def _all_beginnings(forms: Iterable[str]) -> Iterator[str]:
    return itertools.chain.from_iterable(_beginnings(_form(form)) for form in forms)


def _beginning_pairs(tokens: list[str]) -> Iterator[tuple[str, str]]:
    for one, other in itertools.pairwise(tokens):
        if has_capital(one):
            yield from itertools.product(_beginnings(_form(one)), _beginnings(_form(other)))


def _beginnings(word: str) -> list[str]:
    """The word, and what is left of it without an ending: a third of it at most, and no short stem."""
    cuts = range(min(LONGEST_ENDING, len(word) // 3) + 1)
    return [word[: len(word) - cut] for cut in cuts if len(word) - cut >= min(STEM, len(word))]


def _neighbours(words: list[str]) -> tuple[Iterable[tuple[str, str]], ...]:
    threes = zip(words, words[1:], words[2:], strict=False)
    return itertools.pairwise(words), ((left, right) for left, small, right in threes if len(small) <= SMALL)


def _shared_names(tokens: list[str], capitals: Set[str]) -> Iterator[tuple[str, str]]:
    """First and family name where two people share it: Freya Tollund in "Freya and Ingrid Tollund"."""
    for first, small, other, family in zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False):
        if family in capitals and len(small) <= SMALL and small.islower() and {first, other} <= capitals:
            yield _form(first), _form(family)


def _initials(tokens: list[str], capitals: Set[str]) -> Iterator[str]:
    """The initials of two to six words with capitals in a row; small words between them are passed over."""
    run = ""
    for word in tokens:
        if word in capitals:
            run = (run + word[0].lower())[-LONGEST_ACRONYM:]
            yield from (run[at:] for at in range(len(run) - 1))
        elif len(word) > SMALL:
            run = ""


@lru_cache(maxsize=8192)
def _form(word: str) -> str:
    """The word folded, without full stops and possessive ending: `us` for `U.S.'s`."""
    return fold(without_possessive(word)).replace(".", "").replace("’", "'")


_ENDING = re.compile(r"['’]s?$|(?<=\w{3})['’][a-zçğıöşü]{1,5}$")


def without_possessive(word: str) -> str:
    """`Moe` for `Moe's`, `Ankara` for `Ankara'da`."""
    return _ENDING.sub("", word)


def is_acronym(word: str) -> bool:
    """Whether more than one letter is a capital: NATO, but also McDonald."""
    return sum(map(str.isupper, word)) > 1


def has_capital(word: str) -> bool:
    """Whether any letter is a capital: also that of iPhone."""
    return word != word.lower()


def has_habitual_capital(word: str) -> bool:
    """Whether a capital says nothing: "I", and months and weekdays, which checking/dates.py looks after."""
    return word == "I" or word.startswith(("I'", "I’")) or word.lower() in _calendar()


def _stem(word: str) -> str:
    """What a place and its people share where no table has them: Asia, Asian."""
    return _PEOPLE.sub("", word)


@cache
def _countries() -> Mapping[str, frozenset[str]]:
    """For each name of a country or its people, if of one word, all that those are called whom a table calls so."""
    tables = [table(code, "names").get("countries", {}) for code in with_table("names")]
    found: dict[str, frozenset[str]] = {}
    for country, peoples in itertools.chain.from_iterable(countries.items() for countries in tables):
        names = frozenset(_form(name) for name in (country, *peoples.split()) if " " not in name)
        found.update({name: found.get(name, frozenset()) | names for name in names})
    return found


@cache
def _calendar() -> frozenset[str]:
    """Months and weekdays of all languages, without short forms such as Jan, which is a name too."""
    tables = [table(code, "calendar") for code in with_table("calendar")]
    months = {name for words in tables for names in words["months"] for name in names[:1]}
    return (
        frozenset(name for name in months.union(*(words["weekdays"] for words in tables)) if len(name) > 3) | months
    )
