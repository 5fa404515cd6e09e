"""Alarms on one written text: what in it does not stand in its evidence.

They are alarms, not a judgement: a text that raises none may still be wrong.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.article import Article, Span
from summarizer.checking.dates import undated_words
from summarizer.checking.locate import locator
from summarizer.checking.names import missing_names
from summarizer.languages import primary
from summarizer.rules.negation import Polarity, polarity
from summarizer.rules.numbers import Number, find_numbers, implied_numbers
from summarizer.summary import FindingCode

FEWEST_QUOTED = 4
"""Words between quote marks that are taken for a quotation; fewer are often a term, a title or irony."""

_QUOTED = re.compile(
    r"“([^”“]+)”|\"([^\"]+)\"|«([^«»]+)»|»([^«»]+)«|„([^“”„]+)[“”]|「([^「」]+)」|『([^『』]+)』"
    r"|(?<!\w)[‘']([^‘’']+(?:[’']\w[^‘’']*)*)[’'](?!\w)"
)


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that could not be verified, in words for an editor."""

    code: FindingCode
    severity: Literal["error", "warning"]
    message: str


def alarms(text: str, evidence: Sequence[Span], article: Article, *, language: str | None = None) -> list[Alarm]:
    """What is doubtful in `text`, which is written in `language` (None: the article's) and rests on `evidence`."""
    language = language or article.language
    support = "\n".join(span.text for span in evidence)
    return [
        *_numbers(text, support, article, language),
        *_dates(text, support, article, language),
        *_names(text, article, language),
        *_quotations(text, article),
        *_negations(text, support, article, language),
    ]


def _numbers(text: str, support: str, article: Article, language: str) -> Iterator[Alarm]:
    cited = find_numbers(support, article.language)
    supported = values(cited) | implied_numbers(support, article.language) | year_of_publication(article)
    has_percent = any(number.unit == "percent" for number in cited)
    for number in find_numbers(text, language):
        if number.value is None or number.value == 1:
            continue  # "dozens" can't be compared; "one" seldom counts
        if abs(number.value) not in supported:
            yield _number_alarm(number, article)
        elif number.unit == "percent" and not has_percent:
            yield Alarm(
                "number_not_in_evidence",
                "warning",
                f"“{number.text}”: the cited sentences have the number, but not as a percentage.",
            )


def _number_alarm(number: Number, article: Article) -> Alarm:
    for other in find_numbers(article.text, article.language):
        if other.value is not None and number.value is not None and abs(other.value) == abs(number.value):
            place = article.sentence_at(other.start)
            where = f"sentence {place.number}" if place else "elsewhere in the article"
            message = f"“{number.text}” does not stand in the sentences cited for it; {where} has this number."
            return Alarm("number_not_in_evidence", "warning", message)
    return Alarm("number_not_in_evidence", "error", f"“{number.text}” stands nowhere in the article.")


def values(numbers: Sequence[Number]) -> set[float]:
    """The values without their signs: "fell by 5" and "-5" agree."""
    return {abs(number.value) for number in numbers if number.value is not None and math.isfinite(number.value)}


def year_of_publication(article: Article) -> set[float]:
    """The year, which any text may name; empty when it is not known."""
    year = (article.published or "")[:4]
    return {float(year)} if year.isdecimal() else set()


def _dates(text: str, support: str, article: Article, language: str) -> Iterator[Alarm]:
    for word in undated_words(text, support, article, language):
        yield Alarm(
            "date_not_in_evidence",
            "warning",
            f"“{word.text}” does not follow from the sentences cited for it.",
        )


def _names(text: str, article: Article, language: str) -> Iterator[Alarm]:
    is_translated = primary(language) != primary(article.language)
    reason = "; in a text in another language it may be a translation" if is_translated else ""
    for name in missing_names(text, article, language):
        if name.is_put_together:
            message = f"The article has the words of “{name.text}”, but never together{reason}."
        else:
            message = f"The article does not have “{name.text}”{reason}."
        yield Alarm("name_not_in_article", "warning", message)


def _quotations(text: str, article: Article) -> Iterator[Alarm]:
    for match in _QUOTED.finditer(text):
        quote = next(words for words in match.groups() if words)
        if len(quote.split()) >= FEWEST_QUOTED and not locator(article.text).locate(quote).spans:
            message = f"The words in quotation marks are not in the article like this: “{quote}”"
            yield Alarm("quote_not_found", "error", message)


def _negations(text: str, support: str, article: Article, language: str) -> Iterator[Alarm]:
    said, source = polarity(text, language), polarity(support, article.language)
    if said is None or source is None:
        return
    if said.plain and not source.negations:
        yield _negation_alarm(f"“{said.plain[0].word}” has nothing to match it in the sentences cited for it.")
    elif primary(language) == primary(article.language):
        yield from _turned_round(said, source)


def _turned_round(said: Polarity, source: Polarity) -> Iterator[Alarm]:
    """What is affirmed on one side and denied on the other."""
    if not said.negations:
        always_denied = source.negated - source.affirmed
        for negation in source.plain:
            if negation.governs & said.affirmed & always_denied:
                yield _negation_alarm(f"The cited sentences say “{negation.word}”, and this text does not.")
                return
    for negation in said.plain:
        if negation.governs & source.affirmed and not negation.governs & source.negated:
            yield _negation_alarm(f"This text says “{negation.word}” of what the cited sentences affirm.")
            return


def _negation_alarm(message: str) -> Alarm:
    return Alarm("negation_differs", "warning", message)
