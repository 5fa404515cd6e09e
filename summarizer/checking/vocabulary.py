"""The words of an article in the forms in which a name may be met again."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property

from summarizer.languages.language import language_of, languages
from summarizer.text.numbers import find_numbers
from summarizer.text.words import JOINED, fold

SHORTEST = 4
"""Letters that must be left of a word without its ending, so that Iran and Irish stay apart."""

LONGEST_ACRONYM = 6

SMALL = 3
"""Letters of a word that may stand within a name: University of Oslo."""

LONGEST_ENDING = 3

ELIDED = 2
"""Letters before an apostrophe that are no part of a name."""

SHORTEST_ROOT = 4
"""Letters of a name that a word may be of with another ending; there must be more."""

_UMLAUT = re.compile("([aou])e?")
_NUMBERED = re.compile(r"[a-z]\d{1,2}")
_NEXT = re.compile(r"[. ] ?([^\W\d_])")
_JOINT = re.compile(r"[-&.'’]")
_PEOPLE = re.compile(r"(?:ians?|eans?|ans?|ns?|ese|ish|is?|ia|ey|y|a|e|s)$")


class WordForms:
    """The words of one text in a language. What few articles need is made when it is asked for."""

    def __init__(self, text: str, language: str) -> None:
        self._text, self._language = text, language
        self._tokens = JOINED.findall(text)
        self.is_inflected = language_of(language).writing.names_inflected
        self.prefixes = language_of(language).writing.prefixes
        distinct = set(self._tokens)
        parts = map(_JOINT.split, itertools.filterfalse(str.isalnum, distinct))
        self.forms = distinct.union(*parts) - {""}
        """Words as they are written, and the parts of those with a hyphen or an apostrophe."""
        self._form_of = {form: _form(form) for form in self.forms}
        self.folded = set(self._form_of.values())

    @cached_property
    def capitals(self) -> set[str]:
        """Words with a capital, folded."""
        return {self._form_of[form] for form in self._capitals}

    @cached_property
    def _capitals(self) -> set[str]:
        return set(filter(has_capital, self.forms))

    @cached_property
    def _in_order(self) -> str:
        return f" {' '.join(map(self._form_of.__getitem__, self._tokens))} "

    def has_side_by_side(self, one: str, other: str) -> bool:
        """Whether two folded words stand together in this order, a small word between them or none."""
        if f" {one} {other} " in self._in_order or f" {one} {other}-" in self._in_order:
            return True
        place = self._in_order.find(f" {one} ")
        while place >= 0:
            after = place + len(one) + 2
            between, _, rest = self._in_order[after : after + SMALL + len(other) + 2].partition(" ")
            if len(between) <= SMALL and rest.startswith(f"{other} "):
                return True
            place = self._in_order.find(f" {one} ", after - 1)
        return False

    @cached_property
    def shared_names(self) -> set[tuple[str, str]]:
        """First and family name where two people share it: Freya Tollund in "Freya and Ingrid Tollund"."""
        tokens, capitals = self._tokens, self._capitals
        return {
            (_form(first), _form(family))
            for first, small, other, family in zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False)
            if family in capitals and len(small) <= SMALL and small.islower() and {first, other} <= capitals
        }

    @cached_property
    def umlauts(self) -> set[str]:
        """Names with ä, ö, ü and with ae, oe, ue alike."""
        return {_without_umlaut(word) for word in self.capitals}

    @cached_property
    def numbered(self) -> set[str]:
        """Short forms of what it numbers: `q3` for "third quarter"."""
        numbers = find_numbers(self._text, self._language)
        counted = ((number.value, _NEXT.match(self._text, number.end)) for number in numbers)
        return {f"{fold(word[1])}{value:g}" for value, word in counted if value is not None and word}

    @cached_property
    def places(self) -> set[str]:
        return {_place(_form(form)) for form in self._capitals}

    @cached_property
    def countries(self) -> set[str]:
        """All that a country which it names, or whose people it names, and its people are called."""
        return set[str]().union(*(_countries()[word] for word in self.folded & _countries().keys()))

    @cached_property
    def initials(self) -> set[str]:
        return set(_initials(self._tokens, self._capitals))

    @cached_property
    def spelled_out(self) -> set[str]:
        """The initials of longer words in a row, whatever their letters: VAT of "value-added tax"."""
        parts = [part for token in self._tokens for part in _JOINT.split(token)]
        letters = "".join(part[0].lower() if len(part) >= SMALL else " " for part in parts if part)
        return {letters[at : at + size] for size in (SMALL, SMALL + 1) for at in range(len(letters) - size + 1)}

    @cached_property
    def inflected(self) -> set[str]:
        """Words without their last letters, in languages that inflect names."""
        return set(_all_beginnings(self.forms)) if self.is_inflected else set()

    def joins_inflected(self, one: str, other: str) -> bool:
        """Whether two folded words stand together in other cases of theirs, the first with a capital."""
        if not self._inflected_neighbours.isdisjoint(itertools.product(_beginnings(one), _beginnings(other))):
            return True
        return self.is_inflected and any(
            _is_other_case(one, (first,)) and _is_other_case(other, (second,))
            for first, second in self._capital_pairs
        )

    @cached_property
    def _inflected_neighbours(self) -> set[tuple[str, str]]:
        return set(_beginning_pairs(self._tokens)) if self.is_inflected else set()

    @cached_property
    def _capital_pairs(self) -> set[tuple[str, str]]:
        pairs = itertools.pairwise(self._tokens)
        return {(_form(one), _form(other)) for one, other in pairs if has_capital(one) and has_capital(other)}


@dataclass(frozen=True)
class Vocabulary:
    """The words of an article with its title, authors and site."""

    parts: tuple[WordForms, ...]

    @property
    def has_capitals(self) -> bool:
        """Whether any word has a capital; some copies of articles have none."""
        return any(part.capitals for part in self.parts)

    def has_in_lower_case(self, word: str) -> bool:
        """Whether a word in lower case stands somewhere just so."""
        return word.islower() and any(word in part.forms for part in self.parts)

    def knows(self, word: str) -> bool:
        """Whether the article has the word, its country or people, its parts, or what it is the initials of."""
        folded = _form(word)
        if self._has(folded) or has_habitual_capital(word):
            return True
        if any(folded in part.countries for part in self.parts):
            return True
        if len(folded) >= SHORTEST and any(_without_umlaut(folded) in part.umlauts for part in self.parts):
            return True
        if _NUMBERED.fullmatch(folded) and any(folded in part.numbered for part in self.parts):
            return True
        if is_acronym(word) and any(folded in part.initials or folded in part.spelled_out for part in self.parts):
            return True
        if len(place := _place(folded)) >= SHORTEST and any(place in part.places for part in self.parts):
            return True
        if self._has_inflected(folded) or self._has_root(folded):
            return True
        elided, _, rest = word.replace("’", "'").partition("'")
        if rest and len(elided) <= ELIDED and self.knows(rest):
            return True  # d'Aubertin
        parts = [part for part in re.split(r"[-.&]", word) if part]
        if any(part.isdigit() for part in parts):
            return False  # SARS-CoV-2 is not SARS-CoV-3
        named = [part for part in parts if has_capital(part)]
        return len(parts) > 1 and bool(named) and all(self.knows(part) for part in named)

    def _has(self, folded: str) -> bool:
        return any(folded in part.folded for part in self.parts)

    def _has_root(self, folded: str) -> bool:
        """Whether a name of the article is all of the word but its ending or a prefix: Utrechtse of Utrecht."""
        cuts = range(1, LONGEST_ENDING + 1)
        shortest = SHORTEST_ROOT - any(part.is_inflected for part in self.parts) * 2
        roots = {folded[:-cut] for cut in cuts if len(folded) - cut > shortest}
        if any(not roots.isdisjoint(part.capitals) for part in self.parts):
            return True
        if any(part.is_inflected and _is_other_case(folded, part.capitals) for part in self.parts):
            return True
        if len(folded) > SHORTEST_ROOT + 1 and any(_begins_any(folded, part.capitals) for part in self.parts):
            return True
        return any(
            form.endswith(folded) and form.removesuffix(folded) in part.prefixes
            for part in self.parts
            if part.prefixes
            for form in part.folded
        )

    def _has_inflected(self, folded: str) -> bool:
        return any(part.inflected and not part.inflected.isdisjoint(_beginnings(folded)) for part in self.parts)

    def abbreviates(self, words: Sequence[str]) -> bool:
        """Whether the article has the initials of the words: EU for European Union."""
        return len(words) > 1 and self._has("".join(word[0] for word in words).lower())

    def never_joins(self, words: Sequence[str]) -> bool:
        """Whether it has all the words, and no two neighbours of them stand together in it."""
        folded = [_form(word) for word in words if not has_habitual_capital(word)]
        pairs = list(itertools.pairwise(folded))
        if any("'" in word or "’" in word for word in words):
            return False  # an ending, as of `Ankara'da`, ends a phrase
        has_all = bool(pairs) and all(self._has(word) or self._has_inflected(word) for word in folded)
        return has_all and not self.joins_any(words) and not self.joins_inflected(words)

    def joins_any(self, words: Sequence[str]) -> bool:
        """Whether two neighbours of the words stand together somewhere."""
        return any(itertools.starmap(self._join, itertools.pairwise(map(_form, words))))

    def _join(self, one: str, other: str) -> bool:
        """Whether two folded words stand together somewhere, in any order, or as a name that two people share."""
        return any(
            part.has_side_by_side(*pair) or pair in part.shared_names
            for pair in ((one, other), (other, one))
            for part in self.parts
        )

    def shares_family_name(self, words: Sequence[str]) -> bool:
        """Whether two people of that family name are named together: Freya and Ingrid Tollund."""
        return any(tuple(map(_form, words)) in part.shared_names for part in self.parts)

    def joins_inflected(self, words: Sequence[str]) -> bool:
        """Whether it has the words side by side, in other cases of theirs."""
        pairs = list(itertools.pairwise(map(_form, words)))
        return bool(pairs) and all(any(part.joins_inflected(*pair) for part in self.parts) for pair in pairs)


def _is_other_case(word: str, names: Iterable[str]) -> bool:
    """Whether a name of the article is this one in another case: Łęgi, Łęgach."""
    for name in names:
        shared = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(word, name, strict=False)))
        shorter, longer = sorted((len(word), len(name)))
        if shared >= max(SMALL, shorter - 2) and longer - shared <= LONGEST_ENDING:
            return True
    return False


def _begins_any(root: str, words: Iterable[str]) -> bool:
    """Whether a word is all of another but its ending: Democrat of Democratic."""
    return any(word.startswith(root) and len(word) - len(root) <= LONGEST_ENDING for word in words)


def _all_beginnings(forms: Iterable[str]) -> Iterator[str]:
    return itertools.chain.from_iterable(_beginnings(_form(form)) for form in forms)


def _beginning_pairs(tokens: list[str]) -> Iterator[tuple[str, str]]:
    for one, other in itertools.pairwise(tokens):
        if has_capital(one):
            yield from itertools.product(_beginnings(_form(one)), _beginnings(_form(other)))


def _beginnings(word: str) -> list[str]:
    """The word, and what is left of it without an ending: a third of it at most, and never all but a few letters."""
    cuts = range(min(LONGEST_ENDING, len(word) // 3) + 1)
    return [word[: len(word) - cut] for cut in cuts if len(word) - cut >= min(SHORTEST, len(word))]


def _initials(tokens: list[str], capitals: Set[str]) -> Iterator[str]:
    """The initials of two to six words with capitals in a row; small words between them are passed over."""
    run = ""
    for word in tokens:
        if word in capitals:
            run = (run + word[0].lower())[-LONGEST_ACRONYM:]
            yield from (run[at:] for at in range(len(run) - 1))
        elif len(word) > SMALL:
            run = ""


def _form(word: str) -> str:
    """The word folded, without full stops and possessive ending: `us` for `U.S.'s`."""
    if word.isascii() and word.isalpha():
        return word.lower()
    return fold(without_possessive(word)).translate(_WITHOUT_ACCENT).replace(".", "").replace("’", "'")


_WITHOUT_ACCENT = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe"})
"""Letters that no accent makes, as they are written where a keyboard lacks them."""


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


def has_case(text: str) -> bool:
    """Whether a text has capitals at all."""
    return text != text.lower()


def is_country(word: str) -> bool:
    """Whether a word names a country or its people."""
    return _form(word) in _countries()


def has_habitual_capital(word: str) -> bool:
    """Whether a capital says nothing: "I", and months and weekdays, which statements/dates.py looks after."""
    return word == "I" or word.startswith(("I'", "I’")) or word.lower() in _calendar()


def _without_umlaut(word: str) -> str:
    return _UMLAUT.sub(r"\1", word)


def is_spelled_alike(one: str, other: str) -> bool:
    """Whether two words are one with and without what a keyboard may lack: Łódź and Lodz, Müller and Mueller."""
    return _without_umlaut(_form(one)) == _without_umlaut(_form(other))


def _place(word: str) -> str:
    """What a place and its people share where no table has them: Asia, Asian."""
    return _PEOPLE.sub("", word)


@cache
def _countries() -> Mapping[str, frozenset[str]]:
    """For each name of a country or its people, if of one word, all that those are called whom a table calls so."""
    tables = [language.names.countries for language in languages()]
    found: dict[str, frozenset[str]] = {}
    for country, peoples in itertools.chain.from_iterable(countries.items() for countries in tables):
        names = frozenset(_form(name) for name in (country, *peoples) if " " not in name)
        found.update({name: found.get(name, frozenset()) | names for name in names})
    return found


@cache
def _calendar() -> frozenset[str]:
    """Months and weekdays of all languages, without short forms such as Jan, which is a name too."""
    tables = [language.calendar for language in languages()]
    months = {name for words in tables for names in words.months for name in names[:1]}
    return frozenset(name for name in months.union(*(words.weekdays for words in tables)) if len(name) > 3) | months
