"""The public names are exactly those in `__all__`, and each can be had."""

from __future__ import annotations

import inspect
import re
from dataclasses import replace
from pathlib import Path

import summarizer
from summarizer import errors
from summarizer.views.markdown import escape

HARBOUR = Path(__file__).parent.parent / "examples" / "harbour.txt"


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


def test_the_list_of_names_is_what_there_is() -> None:
    for module in (summarizer, summarizer.models, summarizer.prompts, summarizer.views):
        assert dir(module) == sorted(module.__all__)
        assert all(inspect.getdoc(getattr(module, name)) for name in module.__all__)
        assert not hasattr(module, "nothing_of_this_name")


def test_a_name_is_the_same_wherever_it_is_had() -> None:
    assert summarizer.Summary is summarizer.record.Summary
    assert summarizer.SummarizerError is summarizer.errors.SummarizerError
    assert summarizer.models.connect.__module__ == "summarizer.models.connecting"


def told(title: str) -> summarizer.Summary:
    text = f"{title}\n\n" + "The council of Vestby closed two schools on Monday, its mayor said. " * 6
    article = replace(summarizer.read_article(text, kind="text"), title=title)
    return summarizer.summarize(article, model="extractive", prompt="brief", settings=summarizer.Settings())


def test_a_summary_is_shown_in_one_line() -> None:
    shown = repr(told("Two schools\nof Vestby \x1b[31mclose\u2028" + "x" * 900))
    assert len(shown.splitlines()) == 1 and len(shown) < 300 and "\x1b" not in shown
    assert shown.startswith("<Summary ok: ") and "model: 'extractive'" in shown
    assert str(told("Vestby")) == repr(told("Vestby"))


def test_what_a_notebook_shows_holds_no_markup_of_the_article() -> None:
    shown = told("<script>alert(1)</script> [x](javascript:alert(2)) ![y](http://x.example/z.png)")._repr_html_()
    assert "&lt;script&gt;" in shown
    assert not re.search(r"<(?:script|img)\b|<a (?!href=\"#)", shown)


def test_the_views_of_a_summary_are_those_of_its_module() -> None:
    summary = told("Two schools close")
    assert summary.to_jsonld() == summarizer.views.jsonld.render(summary)
    assert summary.to_markdown() == summarizer.views.markdown.render(summary)


def test_without_its_article_every_number_in_the_markdown_is_that_of_a_sentence_at_its_end() -> None:
    summary = summarizer.summarize(HARBOUR, model="extractive", settings=summarizer.Settings())
    text, _, evidence = summary.to_markdown().partition("## Evidence")
    named = {int(number) for cited in re.findall(r" \[([\d, –]+)\]", text) for number in re.findall(r"\d+", cited)}
    pieces = re.findall(r"^- \[(\d+)\] (.+)", evidence, re.MULTILINE)
    assert named <= {int(number) for number, _ in pieces}
    article = summarizer.read_article(HARBOUR)
    assert pieces[0] == ("0", escape(article.title or ""))
    assert all(words in escape(article.sentence_text(int(number))) for number, words in pieces[1:])
