"""Findings on one written text: what in it does not stand in its evidence.

They are findings, not a judgement: a text that raises none may still be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.article import Span
from summarizer.checking.analysis import Analysis, ArticleAnalysis
from summarizer.checking.statements.contradictions import (
    Mismatch,
    certain_words,
    changed_bounds,
    opposite_words,
    replaced_numbers,
)
from summarizer.checking.statements.dates import undated_words
from summarizer.checking.statements.rounding import is_rounded
from summarizer.checking.statements.sentence_alignment import AlignedPair, pairs
from summarizer.checking.statements.swapped_names import exchanged_names
from summarizer.checking.statements.unknown_names import missing_names
from summarizer.record import FindingCode
from summarizer.text.numbers import Number
from summarizer.text.terms import terms

FEWEST_QUOTED = 4
"""Words between quote marks that are taken for a quotation; fewer are often a term, a title or irony."""

LONGEST_FRAGMENT = 8
"""Words of a quotation that may be a paraphrase in quotation marks; more are a sentence that nobody has said."""

FEWEST_TERMS = 3
"""Telling words by which such a paraphrase is known."""

NEAR_ENOUGH = 0.4
"""Share of a sentence's terms that its source must have for a negation in one of them to be missed in the other."""

_QUOTED = re.compile(
    r"“([^”“]+)”|\"([^\"]+)\"|«([^«»]+)»|»([^«»]+)«|„([^“”„]+)[“”]|「([^「」]+)」|『([^『』]+)』"
    r"|(?<!\w)[‘']([^‘’']+(?:[’']\w[^‘’']*){0,20})[’'](?!\w)"
)


@dataclass(frozen=True, slots=True)
class StatementFinding:
    """Something that could not be verified, in words for an editor."""

    code: FindingCode
    severity: Literal["error", "warning", "note"]
    message: str


def findings(
    text: str, evidence: Sequence[Span], article: ArticleAnalysis, *, language: str | None = None
) -> list[StatementFinding]:
    """What is doubtful in `text`, which is written in `language` (None: the article's) and rests on `evidence`."""
    said, support = Analysis(text, language or article.language), article.cited(evidence)
    compared = [] if article.is_translated(said.language) else pairs(said, evidence, article)
    return [
        *_numbers(said, evidence, compared, article),
        *_dates(said, support, article),
        *_names(said, article),
        *_quotations(said, article),
        *_negations(said, support),
        *_turned_round(compared, article),
    ]


def _numbers(
    said: Analysis, evidence: Sequence[Span], compared: Sequence[AlignedPair], article: ArticleAnalysis
) -> Iterator[StatementFinding]:
    if not said.numbers:
        return
    cited = [article.cited([span]) for span in evidence]
    supported = article.year_of_publication.union(*(text.values | text.implied for text in cited))
    exact = sorted(supported)
    has_percent = any(number.unit in ("percent", "percentage points") for text in cited for number in text.numbers)
    replaced = {turned.said: turned for pair in compared for turned in replaced_numbers(pair)}
    for number in said.numbers:
        if number.value is None or number.value == 1 or is_rounded(number, exact, said.text, said.language):
            continue  # "dozens" can't be compared; "one" seldom counts
        if abs(number.value) not in supported:
            yield _number_finding(number, article)
        elif number.unit == "percent" and not has_percent:
            yield StatementFinding(
                "number_not_in_evidence",
                "warning",
                f"“{number.text}”: the cited sentences have the number, but not as a percentage.",
            )
        elif number.text in replaced:
            yield _in_place_of("number_not_in_evidence", replaced[number.text])
    for turned in (turned for pair in compared for turned in changed_bounds(pair)):
        yield _in_place_of("number_not_in_evidence", turned)


def _number_finding(number: Number, article: ArticleAnalysis) -> StatementFinding:
    start = None if number.value is None else article.seen_as(_first_places).get(abs(number.value))
    if start is None:
        return StatementFinding("number_not_in_evidence", "error", f"“{number.text}” stands nowhere in the article.")
    place = article.article.sentence_at(start)
    where = f"sentence {place.number}" if place else "elsewhere in the article"
    message = f"“{number.text}” does not stand in the sentences cited for it; {where} has this number."
    return StatementFinding("number_not_in_evidence", "warning", message)


def _first_places(text: Analysis) -> Mapping[float, int]:
    """Where each number first stands, without its sign."""
    places: dict[float, int] = {}
    for number in text.numbers:
        if number.value is not None:
            places.setdefault(abs(number.value), number.start)
    return places


def _dates(said: Analysis, support: Analysis, article: ArticleAnalysis) -> Iterator[StatementFinding]:
    for word in undated_words(said, support, article):
        yield StatementFinding(
            "date_not_in_evidence",
            "warning",
            f"“{word.text}” does not follow from the sentences cited for it.",
        )


def _names(said: Analysis, article: ArticleAnalysis) -> Iterator[StatementFinding]:
    is_translated = article.is_translated(said.language)
    reason = "; in a text in another language it may be a translation" if is_translated else ""
    for name in missing_names(said, article.vocabulary):
        if name.is_put_together:
            message = f"The article has the words of “{name.text}”, but never together{reason}."
        else:
            message = f"The article does not have “{name.text}”{reason}."
        yield StatementFinding("name_not_in_article", "warning", message)


def _quotations(said: Analysis, article: ArticleAnalysis) -> Iterator[StatementFinding]:
    """Words in quotation marks that nobody says in the article.

    An error, unless they are a fragment that a sentence of the article says in other words. That is no quotation
    either, and an editor wants to know; but the statement holds, and people who judge summaries call it faithful
    (19 of 140 summaries of news, all of one article), so it is a note and no finding.
    """
    for match in _QUOTED.finditer(said.text):
        quote = next(words for words in match.groups() if words)
        if len(quote.split()) < FEWEST_QUOTED or article.locator.locate(quote).spans:
            continue
        if source := _in_other_words(Analysis(quote, article.language), article):
            message = f"Not word for word: “{quote}” are not the words of the article, which says: “{source}”"
            yield StatementFinding("quote_not_found", "note", message)
        else:
            message = f"The words in quotation marks are not in the article like this: “{quote}”"
            yield StatementFinding("quote_not_found", "error", message)


def _in_other_words(quote: Analysis, article: ArticleAnalysis) -> str | None:
    """The sentence that has all telling words of a quote, denies as it does and turns none of it round."""
    if len(quote.text.split()) > LONGEST_FRAGMENT or len(terms(quote.text, quote.language)) < FEWEST_TERMS:
        return None
    everything = article.article.span(0, len(article.text))
    for pair in pairs(quote, [everything], article):
        said, source = pair.said.polarity, pair.sources[0].polarity
        is_alike = said is None or source is None or bool(said.negations) == bool(source.negations)
        if pair.share == 1 and is_alike and not any(opposite_words(pair)):
            return pair.sources[0].text
    return None


def _negations(text: Analysis, support: Analysis) -> Iterator[StatementFinding]:
    said, source = text.polarity, support.polarity
    if said is None or not said.plain:
        return
    if source and not source.negations:
        yield _negation_finding(f"“{said.plain[0].word}” has nothing to match it in the sentences cited for it.")


def _turned_round(compared: Sequence[AlignedPair], article: ArticleAnalysis) -> Iterator[StatementFinding]:
    """What is turned round in the sentence of the evidence that each sentence of the text comes closest to."""
    for pair in compared:
        yield from _denied(pair)
        yield from (_in_place_of("negation_differs", turned) for turned in opposite_words(pair))
        yield from (_in_place_of("certainty_differs", turned) for turned in certain_words(pair))
        yield from (_in_place_of("role_differs", turned) for turned in exchanged_names(pair, article))


def _in_place_of(code: FindingCode, turned: Mismatch) -> StatementFinding:
    message = f"This text says “{turned.said}” where the cited sentences say “{turned.source}”."
    return StatementFinding(code, "warning", message)


def _denied(pair: AlignedPair) -> Iterator[StatementFinding]:
    """What is affirmed on one side and denied on the other."""
    if pair.share < NEAR_ENOUGH:
        return
    said, source = pair.said.polarity, pair.closest.polarity
    if said is None or source is None:
        return
    if not said.negations:
        always_denied = source.negated - source.affirmed
        for negation in source.plain:
            if negation.governs & said.affirmed & always_denied:
                yield _negation_finding(f"The cited sentences say “{negation.word}”, and this text does not.")
                return
    for negation in said.plain:
        affirmed = negation.governs & source.affirmed
        if len(affirmed) >= min(2, len(negation.governs)) > 0 and not negation.governs & source.negated:
            yield _negation_finding(f"This text says “{negation.word}” of what the cited sentences affirm.")
            return


def _negation_finding(message: str) -> StatementFinding:
    return StatementFinding("negation_differs", "warning", message)
