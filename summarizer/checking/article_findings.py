"""What is to be said of the article itself, whoever summarises it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from summarizer.article import Article, Removed
from summarizer.checking.analysis import Analysis, ArticleAnalysis
from summarizer.checking.statements.names.unknown_names import missing_names
from summarizer.checking.statements.rounding import is_rounded
from summarizer.record import Finding
from summarizer.text.instructions.prompt_injection import RULE, addresses_model

_LABEL = re.compile(r"^\W*+[A-ZÄÖÜÉ][A-ZÄÖÜÉ ]{2,}+:\s")
"""What sort of text it is, before the headline: PRESS RELEASE: ..."""

SHOWN = 120
"""Characters of a removed text that a message shows."""
MOST_SHOWN = 10
"""Passages of prose that a message quotes."""

_HOW = {
    "hidden.display": "not displayed",
    "hidden.element": "in an element that shows no text",
    "hidden.visibility": "invisible",
    "hidden.opacity": "transparent",
    "hidden.clip": "cut away",
    "hidden.room": "in a box without room",
    "hidden.transform": "turned away",
    "hidden.behind": "behind another box",
    "hidden.size": "too small to read",
    "hidden.place": "off the screen",
    "hidden.masked": "as dots",
    "hidden.colour": "in the colour of its ground",
}
"""By the rule that took the text out."""


def article_findings(analysis: ArticleAnalysis) -> tuple[Finding, ...]:
    """Text that addresses a model, text that a reader could not see, prose that was left out or may be none of the
    article's, a headline that says more than the text."""
    article = analysis.article
    return (
        *_instructions(analysis),
        *_hidden(article),
        *_left_out(article),
        *_doubtful(article),
        *_headline(analysis),
    )


def _instructions(analysis: ArticleAnalysis) -> Iterator[Finding]:
    article = analysis.article
    sentences = [article.sentence(number) for number in sorted(analysis.instructions)]
    if sentences:
        yield Finding(
            code="instruction_in_article",
            severity="warning",
            path="",
            message="The article has text that addresses a language model; see that nothing of it is in the record.",
            evidence=tuple(article.span(sentence.start, sentence.end) for sentence in sentences),
        )
    for entry in article.removed:
        if entry.rule.startswith(RULE):
            field = entry.rule.removeprefix(RULE)
            yield Finding(
                code="instruction_in_article",
                severity="warning",
                path=f"article.{field}",
                message=f"What the source gives as {field} addresses a language model: “{entry.text[:SHOWN]}"
                f"{'…' * (len(entry.text) > SHOWN)}”. It was left out.",
            )


def _hidden(article: Article) -> Iterator[Finding]:
    """Hidden text is common (menus, labels for screen readers); one that addresses a model is an attack."""
    hidden = [entry for entry in article.removed if entry.rule in _HOW]
    attacks = [entry for entry in hidden if addresses_model(entry.text, article.language)]
    others = [entry for entry in hidden if entry not in attacks]
    said = [f"text that addresses a language model: {_passages(attacks, SHOWN)}"] if attacks else []
    if others:
        what = ("other " if attacks else "") + ("text" if len(others) == 1 else "texts")
        said.append(f"{len(others)} {what}: {_passages(others, SHOWN // 2)}")
    if said:
        yield Finding(
            code="hidden_text_removed",
            severity="warning" if attacks else "note",
            path="",
            message=f"The page has, where a reader can't see it, {'; and '.join(said)}. It was left out.",
        )


def _passages(hidden: list[Removed], length: int) -> str:
    """Each text once, at most so many characters of it, with how it was hidden."""
    shown = (f"“{entry.text[:length]}{'…' * (len(entry.text) > length)}” ({_HOW[entry.rule]})" for entry in hidden)
    return ", ".join(f"{text} {number} times" if number > 1 else text for text, number in Counter(shown).items())


_SAID_ELSEWHERE = ("title", "byline", "date", "repeated")
"""Rules of what is in the record, or in the text, all the same."""


_OF_THE_PAGE = ("promo", "bio", "credit", "notice")
"""Rules of sentences about the article or who made it."""


def _left_out(article: Article) -> Iterator[Finding]:
    """A sentence that is missing can be told by nothing else in the record."""
    gone = [entry for entry in article.removed if entry.is_prose and entry.rule not in _SAID_ELSEWHERE]
    if gone:
        shown = ", ".join(f"“{_beginning(entry.text)}” ({entry.rule})" for entry in gone[:MOST_SHOWN])
        more = f", and {len(gone) - MOST_SHOWN} more" if len(gone) > MOST_SHOWN else ""
        yield Finding(
            code="prose_removed",
            severity="note" if all(entry.rule in _OF_THE_PAGE for entry in gone) else "warning",
            path="",
            message=f"Prose was left out as none of the article's: {shown}{more}.",
        )


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN].rstrip()}…"


def _doubtful(article: Article) -> Iterator[Finding]:
    sentences = [article.sentence(number) for number in sorted(article.doubtful)]
    if sentences:
        yield Finding(
            code="doubtful_text",
            severity="note",
            path="",
            message="The article has text that may be none of it but of the page around it; rules choose none of it, "
            "and a model is told which it is.",
            evidence=tuple(article.span(sentence.start, sentence.end) for sentence in sentences),
        )


def _headline(article: ArticleAnalysis) -> Iterator[Finding]:
    if not article.article.title:
        return
    title = Analysis(article.article.title, article.language)
    body = article.values | article.implied | article.year_of_publication if title.numbers else frozenset()
    exact = sorted(body)
    missing = [
        number
        for number in title.numbers
        if number.value is not None
        and number.value != 1
        and abs(number.value) not in body
        and not is_rounded(number, exact, title.text, title.language)
    ]
    named = Analysis(_LABEL.sub("", title.text), title.language)
    # The first word has a capital anyhow: "Dies Ada Lund, ...".
    names = missing_names(named, article, article.untitled_vocabulary)
    lacking = [number.text for number in missing]
    lacking += [name.text for name in names if name.text != named.text.split()[0]]
    if lacking:
        # A headline may play with names, count what the text names, and round.
        yield Finding(
            code="headline_differs_from_body",
            severity="note",
            path="article.title",
            message=f"The headline has {' and '.join(f'“{words}”' for words in lacking)}; the text does not.",
        )
