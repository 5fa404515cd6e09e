"""Lists: entities, figures and dates of a record against the labelled ones, one to one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from summarizer.evals.labels import EntityLabel, FigureLabel
from summarizer.evals.wording import all_words, name_words
from summarizer.languages import table
from summarizer.rules.numbers import find_numbers
from summarizer.summary import Entity, Figure

ALIKE = 0.5
"""Token F1 from which on two wordings count as the same; people's five Ws are judged with it as well."""


def entity_likeness(label: EntityLabel, entity: Entity, language: str) -> float:
    """0 for another name, else 1 at most: less for an alias, and for another type."""
    name = name_words(entity.name, language)
    if name not in {name_words(known, language) for known in (label.name, *label.aliases)}:
        return 0.0
    is_full, is_typed = name == name_words(label.name, language), entity.type == label.type
    return 0.25 + 0.5 * is_full + 0.25 * is_typed


def figure_likeness(label: FigureLabel, figure: Figure, language: str) -> float:
    """0 for another value or another unit, else 1 at most: less where it is written in another way.

    A number that the rules of the language can't read (`a third`, `dozens`) has no value to hold a record to, nor has
    a label without one: there the texts have to agree.
    """
    likeness = alike(all_words(label.text), all_words(figure.text))
    expected, given = _value(label.value, label.text, language), _value(figure.value, figure.text, language)
    if label.value is None or given is None or not find_numbers(label.text, language):
        is_same = likeness >= ALIKE or (expected is not None and given == expected)
    else:
        is_same = expected is not None and given == expected
    if not is_same or not _agree(_unit(label, language), _unit(figure, language)):
        return 0.0
    return 0.5 + 0.5 * likeness


def _value(value: float | None, text: str, language: str) -> float | None:
    """The size of a figure's value; where none is given the one its text has, if that is one number."""
    said = [number.value for number in find_numbers(text, language)]
    given = value if value is not None else said[0] if len(said) == 1 else None
    return None if given is None else abs(given)


def _unit(figure: FigureLabel | Figure, language: str) -> str | None:
    """The currency, the measure or the percent of a figure, by one name in all languages; None for what is counted."""
    if figure.unit:
        if code := table("mul", "currencies")["codes"].get(figure.unit.upper()):
            return str(code)
        for tongue in (language, "en"):
            named = find_numbers(f"2 {figure.unit}", tongue)
            if named and named[0].unit:
                return named[0].unit
    said = [number.unit for number in find_numbers(figure.text, language) if number.unit]
    return said[0] if said else None


def _agree(expected: str | None, given: str | None) -> bool:
    """Whether two units are one; dollars may be those of any country."""
    if expected is None or given is None:
        return expected == given
    return expected == given or expected.endswith(f" {given}") or given.endswith(f" {expected}")


def alike(one: Sequence[str], other: Sequence[str]) -> float:
    """Token F1: the share of words that two wordings have in common, counted as often as they stand."""
    shared = sum((Counter(one) & Counter(other)).values())
    return 2 * shared / (len(one) + len(other)) if shared else 0.0
