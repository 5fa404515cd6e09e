"""How a language writes its numbers: the table `numbers` of the language and of `mul`, made ready to match with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from summarizer.languages import primary
from summarizer.languages.language import ALL, language_of

SHORTEST = 4
"""Letters of a number to which a small word may cling; a shorter one with a letter more is often another word."""

LONGEST_WORD = 60
"""Letters; longer compounds are no numbers that anybody wrote."""


@dataclass(frozen=True)
class Grammar:
    """The signs and words that numbers are made of. All words are in lower case, and the text must be so to match."""

    decimal: str
    group: str
    values: Mapping[str, float]
    scales: Mapping[str, float]
    money_scales: Mapping[str, float]
    signed_scales: Mapping[str, float]
    counted: tuple[str, ...]
    counted_before: tuple[str, ...]
    numerals: Mapping[str, float]
    vague: frozenset[str]
    connectors: frozenset[str]
    articles: frozenset[str]
    parts: Mapping[str, float]
    implied: Mapping[str, float]
    endings: tuple[str, ...]
    units: Mapping[str, str]
    currencies: Mapping[str, str]
    before: Mapping[str, str]
    of: tuple[str, ...]
    chained: bool
    ten_joins: bool
    """Whether eleven is written as ten and one, in two words."""
    prefixes: frozenset[str]
    """Small words that cling to the next one."""

    @cached_property
    def numeral(self) -> re.Pattern[str]:
        """A number in digits: grouped, with a decimal part, or plain; what is neither is read piece by piece."""
        group, decimal = re.escape(self.group), re.escape(self.decimal)
        start, stop = rf"(?<!\d[,.{decimal}{group}])(?<!\d)", rf"(?![{decimal}{group}]?\d)"
        other_group = re.escape("".join({",", "."} - set(self.group)))
        return re.compile(
            r"(?=\d)(?:"  # so that five branches need not be tried where there is no digit
            rf"{start}\d{{1,3}}(?P<sign>[{group}])\d{{3}}(?:(?P=sign)\d{{3}})*+(?:[{decimal}]\d++)?{stop}"
            rf"|{start}(?P<swapped>\d{{1,3}}(?:(?:[{other_group}]\d{{3}})++[.,]\d++|(?:[{other_group}]\d{{3}}){{2,}}+)){stop}"
            rf"|{start}(?P<indian>\d{{1,2}}(?:,\d\d(?=,))++,\d{{3}}(?:\.\d++)?){stop}"
            rf"|{start}\d++[{decimal}]\d++{stop}"
            r"|\d++)"
        )

    @cached_property
    def ending(self) -> re.Pattern[str]:
        """What may cling to digits: the `th` of 20th."""
        return re.compile(_any_of(self.endings))

    @cached_property
    def scale(self) -> re.Pattern[str]:
        """A word that multiplies what stands before it."""
        return re.compile(rf"[ -]?(?P<word>{_any_of(self.scales)})")

    @cached_property
    def money_scale(self) -> re.Pattern[str]:
        """A letter that multiplies a sum of money: the m of £5m."""
        return re.compile(rf" ?(?P<word>{_any_of(self.money_scales)})")

    @cached_property
    def counted_scale(self) -> re.Pattern[str]:
        """The same letter before what is paid, measured or counted: the m of `5m euros` and `3m more people`."""
        counted = _any_of({*self.counted, *self.currencies, *self.units})
        between = _any_of(self.counted_before)
        return re.compile(rf"(?P<word>{_any_of(self.money_scales)})(?= (?:(?:{between}) )?(?:{counted}))")

    @cached_property
    def signed_scale(self) -> re.Pattern[str]:
        """The same before the sign of a currency: `1,37 M€`."""
        return re.compile(rf" ?(?P<word>{_any_of(self.signed_scales, bounded=False)})(?= ?[$€£¥])")

    @cached_property
    def unit(self) -> re.Pattern[str]:
        """What is counted, after the number."""
        words = _any_of({**self.currencies, **self.units})
        return re.compile(rf"[ -]?(?:{_any_of(self.of, bounded=False)})?(?P<word>{words})(?!\d)")

    @cached_property
    def unit_before(self) -> re.Pattern[str]:
        """A currency, or what means percent, that ends where the number starts."""
        return re.compile(rf"(?<![^\W\d_])(?P<word>{_any_of(self.before, bounded=False)}) ?$")

    @cached_property
    def compound(self) -> re.Pattern[str] | None:
        """A word put together of number words: einundzwanzig. A letter, as in 20k, is none."""
        if not self.parts:
            return None
        words = [word for word in (*self.all_parts, *self.connectors) if len(word) > 1]
        return re.compile(_any_of(words, bounded=False))

    @cached_property
    def all_parts(self) -> Mapping[str, float]:
        """What compounds are made of, with values."""
        return {**self.values, **self.scales, **self.parts}

    @cached_property
    def words(self) -> frozenset[str]:
        """All words that are numbers by themselves, or behind what clings to them."""
        return frozenset({**self.values, **self.scales, **self._prefixed})

    @cached_property
    def _prefixed(self) -> Mapping[str, tuple[str, ...]]:
        """The words of a number with a small one before it, of which "and" is one to count."""
        long = [word for word in (*self.values, *self.scales) if len(word) >= SHORTEST]
        known = [(prefix, word) for prefix in self.prefixes for word in long]
        return {
            prefix + word: (prefix[0], word) if prefix[0] in self.connectors else (word,) for prefix, word in known
        }

    def split(self, word: str) -> tuple[str, ...]:
        """The number words that `word` is made of; empty when it is not made of them alone."""
        if word in self.values or word in self.scales:
            return (word,)
        if word in self._prefixed:
            return self._prefixed[word]
        if self.compound is None or len(word) > LONGEST_WORD or not self.compound.match(word):
            return ()
        pieces = tuple(self.compound.findall(word))
        return pieces if "".join(pieces) == word else ()


def _any_of(words: Iterable[str], *, bounded: bool = True) -> str:
    """Any of the words, the longest first; a word in letters with case must not run on."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return (
        "|".join(
            re.escape(word) + (r"(?![^\W\d_])" if bounded and word[-1].upper() != word[-1].lower() else "")
            for word in ordered
        )
        or r"(?!)"
    )


def grammar(language: str) -> Grammar:
    """The grammar of a language by its BCP-47 tag; digits and signs alone where it has no table."""
    return _grammar(primary(language))


@cache
def _grammar(code: str) -> Grammar:
    own, shared = language_of(code).numbers, language_of(ALL).numbers
    currencies = {**shared.currencies, **own.currencies}
    percent = (*shared.percent, *own.percent)
    return Grammar(
        decimal=own.decimal + shared.decimal,
        group=own.group + shared.group,
        values={**own.values, **own.ordinals},
        scales={**shared.scales, **own.scales},
        money_scales=own.money_scales,
        signed_scales=shared.signed_scales,
        counted=own.counted,
        counted_before=own.counted_before,
        numerals=own.numerals,
        vague=own.vague,
        connectors=own.connectors,
        articles=own.articles,
        parts=own.parts,
        implied=own.implied,
        endings=own.endings,
        units={**shared.units, **own.units, **dict.fromkeys(percent, "percent")},
        currencies=currencies,
        before={**currencies, **dict.fromkeys(own.percent_before, "percent")},
        of=own.of,
        chained=own.chained,
        ten_joins=own.ten_joins,
        prefixes=language_of(code).writing.prefixes,
    )
