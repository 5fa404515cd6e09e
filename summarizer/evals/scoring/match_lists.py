"""Lists: entities and figures of a record against the labelled ones, one to one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from summarizer.evals.scoring.tokens import all_words, name_words, printed
from summarizer.evals.suites.labels import EntityLabel, FigureLabel
from summarizer.languages.language import ALL, language_of
from summarizer.record import Entity, Figure
from summarizer.text.number_grammar import grammar
from summarizer.text.numbers import find_numbers
from summarizer.text.words import LETTERS

SAME_TEXT = 0.5
"""Token F1 from which on two figures without a value are written alike; their numbers have to be the same besides."""


def alike(one: Sequence[str], other: Sequence[str]) -> float:
    """Token F1: the share of words that two wordings have in common, counted as often as they stand."""
    shared = sum((Counter(one) & Counter(other)).values())
    return 2 * shared / (len(one) + len(other)) if shared else 0.0


def entity_likeness(label: EntityLabel, entity: Entity, language: str) -> float:
    """0 for another name, else 1 at most: less for an alias, and a little less for another type."""
    name = name_words(entity.name, language)
    if name not in {name_words(known, language) for known in (label.name, *label.aliases)}:
        return 0.0
    is_full, is_typed = name == name_words(label.name, language), entity.type == label.type
    return 0.25 + 0.5 * is_full + is_typed / 256  # no number of types outweighs a name


def figure_likeness(label: FigureLabel, figure: Figure, language: str) -> float:
    """0 for another value or another unit, else 1 at most: less where it is written in another way.

    Where the rules of the language read another value in the label's text than it has, or none, the same text is
    enough: what `a third` is worth, 33.3 or 0.333, is a matter of taste, and a range has no one value.
    """
    likeness = alike(all_words(label.text), all_words(figure.text))
    is_same = label.value is not None and _value(figure, language) == abs(label.value)
    if is_same and printed(label.text).casefold() != printed(figure.text).casefold():
        is_same = _agree(label, figure, language)
    if not is_same and likeness >= SAME_TEXT and not _is_plain(label, language):
        is_same = _numbers(label.text, language) == _numbers(figure.text, language)
    return 0.5 + 0.5 * likeness if is_same else 0.0


def _is_plain(label: FigureLabel, language: str) -> bool:
    """Whether the value is the number that stands in the text."""
    return label.value is not None and [label.value] == [
        number.value for number in find_numbers(label.text, language)
    ]


def _value(figure: Figure, language: str) -> float | None:
    """The size of a figure's value; where none is given the one that its text has, if that is one number."""
    said = [number.value for number in find_numbers(figure.text, language)]
    value = figure.value if figure.value is not None or len(said) != 1 else said[0]
    return None if value is None else abs(value)


def _numbers(text: str, language: str) -> Counter[float | None]:
    """Every number in a text, also the `one` that is seldom a count elsewhere."""
    numbers = find_numbers(text, language)
    rest = text
    for number in reversed(numbers):
        rest = rest[: number.start] + rest[number.end :]
    single = [grammar(language).values.get(word.lower()) for word in LETTERS.findall(rest)]
    return Counter([number.value for number in numbers] + [value for value in single if value is not None])


def _agree(label: FigureLabel, figure: Figure, language: str) -> bool:
    """Whether the units are one; what a record leaves out is not wrong, and dollars may be those of any country."""
    expected, given = _unit(label, language), _unit(figure, language)
    if expected is None or given is None:
        return expected == given or (given is None and figure.unit is None)
    return expected == given or expected.endswith(f" {given}") or given.endswith(f" {expected}")


def _unit(figure: FigureLabel | Figure, language: str) -> str | None:
    """The currency, measure or percent of a figure, by one name in all languages; None for what is counted."""
    if figure.unit:
        if currency := language_of(ALL).currencies.codes.get(figure.unit.upper()):
            return currency
        for tongue in (language, "en"):
            habits = grammar(tongue)
            named = find_numbers(f"2 {figure.unit}", tongue)
            if named and named[0].unit:
                return named[0].unit
            if figure.unit.lower() in {*habits.units.values(), *habits.currencies.values()}:
                return figure.unit.lower()
    said = [number.unit for number in find_numbers(figure.text, language) if number.unit]
    return said[0] if said else None
