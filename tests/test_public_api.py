"""The public names are exactly those in `__all__`, and each can be had."""

from __future__ import annotations

import inspect

import summarizer
from summarizer import errors


def test_every_public_name_can_be_had_and_has_a_docstring() -> None:
    assert all(inspect.getdoc(getattr(summarizer, name)) for name in summarizer.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    assert not hasattr(summarizer, "sumarize")


def test_the_tree_in_the_docstring_is_the_tree_of_the_errors() -> None:
    classes = [value for value in vars(errors).values() if inspect.isclass(value) and issubclass(value, Exception)]
    drawn = [
        line.strip("│├└─ ").split()[0]
        for line in (errors.__doc__ or "").splitlines()
        if "Error" in line or "──" in line
    ]
    assert {cls.__name__ for cls in classes} == {
        name for name in drawn if name.isidentifier() and name[0].isupper()
    } - {"The"}
    assert all(issubclass(cls, errors.SummarizerError) for cls in classes)


def test_summarize_and_its_twin_take_the_same_arguments() -> None:
    assert inspect.signature(summarizer.summarize) == inspect.signature(summarizer.asummarize)


def arguments(function: object) -> dict[str, str]:
    assert callable(function)
    return {name: str(parameter) for name, parameter in inspect.signature(function).parameters.items()}


def test_many_articles_take_what_one_takes() -> None:
    one, many = arguments(summarizer.summarize), arguments(summarizer.summarize_many)
    assert {name: one[name] for name in one if name != "source"}.items() <= many.items()
    assert many == arguments(summarizer.asummarize_many)
