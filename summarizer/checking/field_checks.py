"""Every promise that a field's type makes, held against the article; for any pydantic model, a user's own too.

The promises are the markers of record/promises.py (Written, Verbatim, Named, Dated) in a field's type. They are held
against the `Evidence` field beside them, that of an enclosing model where there is none, or the whole article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from pydantic import BaseModel

from summarizer.article import Article, Span, TitleSpan
from summarizer.checking.analysis import Analysis, ArticleAnalysis, values
from summarizer.checking.marks import is_evidence, marks_of
from summarizer.checking.quote_location import Location, locate_cited
from summarizer.checking.statements.dates import date_findings
from summarizer.checking.statements.names.unknown_names import stands_together, words_missing
from summarizer.checking.statements.statement_checks import findings
from summarizer.checking.vocabulary import has_capital, has_case
from summarizer.languages.language import language_of
from summarizer.record import COMPUTED, Dated, Finding, FindingCode, Loose, Named, Verbatim, Written
from summarizer.text.negation import polarity
from summarizer.text.numbers import find_numbers
from summarizer.text.terms import stop_words
from summarizer.text.words import JOINED, fold

SHORT_ARTICLE = 9
"""With fewer sentences than this a third of them is as few as a statement may need."""

Promise = Written | Verbatim | Named | Dated


def check(part: BaseModel, article: Article, path: str = "", *, language: str | None = None) -> tuple[Finding, ...]:
    """What in `part` can't be verified, in the order of its fields.

    `path` is where `part` stands in the record; `language` (BCP-47) is that of the written texts, None the article's.
    """
    return check_within(ArticleAnalysis(article), part, path, language=language)


def check_within(
    article: ArticleAnalysis, part: BaseModel, path: str = "", *, language: str | None = None
) -> tuple[Finding, ...]:
    """The same against an article that has been analysed already."""
    return once(_check(part, Place(article, path, None, language or article.language)))


def once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """All findings; of notes that say the same the first."""
    return tuple(_once(findings))


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    said: set[tuple[FindingCode, str]] = set()
    for finding in findings:
        if finding.severity != "note" or (finding.code, finding.message) not in said:
            said.add((finding.code, finding.message))
            yield finding


class Place(NamedTuple):  # hundreds a record, and a frozen dataclass takes three times as long to make
    """What a field is held against, and how it is called in findings."""

    article: ArticleAnalysis
    path: str
    evidence: tuple[Span, ...] | None
    """None where no field of evidence is in sight."""
    language: str
    is_loose: bool = False

    def at(self, name: str) -> Place:
        return self.called(f"{self.path}.{name}" if self.path else name)

    def called(self, path: str) -> Place:
        return self._replace(path=path)

    @property
    def cited(self) -> Analysis:
        """The text that counts as evidence."""
        return self.article if self.evidence is None else self.article.cited(self.evidence)

    @property
    def scopes(self) -> tuple[Span, ...]:
        """The spans that do."""
        article = self.article.article
        return (article.span(0, len(article.text)),) if self.evidence is None else self.evidence

    def finding(self, code: FindingCode, severity: Any, message: str) -> Finding:
        return Finding(code=code, severity=severity, path=self.path, message=message, evidence=self.evidence or ())


def _check(part: BaseModel, place: Place) -> Iterator[Finding]:
    form = _form_of(type(part))
    for name in form.evidence:
        place = place._replace(evidence=getattr(part, name) or ())
    for name, promises in form.asked:
        there = place.at(name)
        yield from _value(
            getattr(part, name), promises, there._replace(is_loose=True) if name in form.loose else there
        )


@dataclass(frozen=True, slots=True)
class _Form:
    """The fields of a model that hold evidence, and those that were asked for with what they promise."""

    evidence: tuple[str, ...]
    asked: tuple[tuple[str, tuple[Promise, ...]], ...]
    loose: frozenset[str]


@cache  # models are few, and their parts many
def _form_of(model: type[BaseModel]) -> _Form:
    marks = marks_of(model)
    evidence = tuple(name for name, found in marks.items() if is_evidence(found))
    computed = [name for name, field in model.model_fields.items() if field.json_schema_extra == COMPUTED]
    asked = [name for name in marks if name not in (*evidence, *computed)]
    promised = ((name, tuple(mark for mark in marks[name] if isinstance(mark, Promise))) for name in asked)
    loose = frozenset(name for name in asked if any(isinstance(mark, Loose) for mark in marks[name]))
    return _Form(evidence, tuple(promised), loose)


def _value(value: Any, promises: tuple[Promise, ...], place: Place) -> Iterator[Finding]:
    if isinstance(value, BaseModel):
        yield from _check(value, place)
    elif isinstance(value, list | tuple):
        for at, item in enumerate(value):
            yield from _value(item, promises, place.called(f"{place.path}[{at}]"))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _value(item, promises, place.at(str(key)))
    elif isinstance(value, str):
        for promise in promises:
            yield from promised(value, promise, place)


def promised(text: str, promise: Promise, place: Place) -> Iterator[Finding]:
    """What a text at a place does not keep of what is promised of it."""
    if isinstance(promise, Written | Dated) and place.evidence == ():
        yield place.finding("no_evidence", "error", f"No sentence of the article is cited for this: “{text}”")
        return
    match promise:
        case Written():
            yield from _written(text, place)
        case Verbatim("number_not_in_evidence"):
            yield from _figure(text, place)
        case Verbatim(code):
            yield from _quote(text, code, place)
        case Named(code):
            yield from _name(text, code, place)
        case Dated():
            for finding in date_findings(text, place.cited, place.article):
                yield place.finding(finding.code, finding.severity, finding.message)


def _written(text: str, place: Place) -> Iterator[Finding]:
    said = findings(text, place.scopes, place.article, language=place.language, is_loose=place.is_loose)
    for finding in said:
        yield place.finding(finding.code, finding.severity, finding.message)
    yield from _too_broad(place)


def _too_broad(place: Place) -> Iterator[Finding]:
    """Evidence that shows nobody where to look."""
    article = place.article.article
    cited = {article.number_of(span) for span in place.evidence or ()}
    total = len(article.sentences)
    if total >= SHORT_ARTICLE and len(cited) > total / 3:
        message = f"{len(cited)} of the article's {total} sentences are cited for this, more than a third."
        yield place.finding("evidence_too_broad", "warning", message)


def _quote(text: str, code: FindingCode, place: Place) -> Iterator[Finding]:
    found = locate_cited(text, place.evidence or (), place.article.locator)
    if not found.spans and place.article.in_title(text):
        return
    if not found.spans:
        yield place.finding(code, "error", f"These words do not stand in the article like this: “{text}”")
        return
    if found.repeated:
        message = f"The article has these words more than once; the first place is taken: “{text}”"
        yield place.finding("quote_repeated", "note", message)
    if word := _negation_left_out(found, place.article.article):
        message = f"Where the quote has “...”, the article says “{word}”."
        yield place.finding("negation_differs", "warning", message)


def _negation_left_out(found: Location, article: Article) -> str | None:
    """A negation in what a quote leaves out, within one sentence."""
    for (_, end), (start, _) in zip(found.spans, found.spans[1:], strict=False):
        if article.sentence_at(end - 1) != article.sentence_at(start):
            continue
        left_out = polarity(article.text[end:start], article.language)
        if left_out and left_out.plain:
            return left_out.plain[0].word
    return None


def _figure(text: str, place: Place) -> Iterator[Finding]:
    code: FindingCode = "number_not_in_evidence"
    article = place.article
    find = article.locator.locate
    scopes = [scope for scope in place.scopes if not isinstance(scope, TitleSpan)]
    if any(find(text, start=scope.start, end=scope.end, shortest=1).spans for scope in scopes):
        return
    if article.in_title(text) or _is_inflected(text, place.cited):
        return
    elsewhere = find(text, shortest=1)
    if elsewhere.spans:
        sentence = article.article.sentence_at(elsewhere.spans[0][0])
        where = f"sentence {sentence.number}" if sentence else "another place"
        if place.evidence or elsewhere.repeated:
            message = f"“{text}” does not stand in the sentences cited for it; {where} has it."
            yield place.finding(code, "warning", message)
    elif (said := values(find_numbers(text, place.language))) and said <= place.cited.values:
        yield place.finding(code, "warning", f"The cited sentences have the number, but not written as “{text}”.")
    else:
        yield place.finding(code, "error", f"“{text}” does not stand in the article.")


def _name(text: str, code: FindingCode, place: Place) -> Iterator[Finding]:
    article = place.article
    if any(where.locate(text, shortest=1).spans for where in (article.locator, article.locator_beside)):
        return
    named = _named_in(text, place.language, is_loose=place.is_loose)
    if not named:
        return  # a description, as "some residents"
    if missing := words_missing(named, article):
        is_translated = article.is_translated(place.language)
        reason = "; in another language it may be a translation" if is_translated else ""
        names = " and ".join(f"“{word}”" for word in missing)
        severity = "warning" if is_translated else "error"
        yield place.finding(code, severity, f"“{text}”: the article does not have {names}{reason}.")
    elif len(JOINED.findall(named)) > 1 and not stands_together(named, article):
        yield place.finding(code, "warning", f"The article has the words of “{text}”, but not together like this.")


_OPENING = "“”„«»‘’'\"("


def _is_inflected(text: str, cited: Analysis) -> bool:
    """Whether all words of a figure begin words of what is cited, side by side, the first perhaps behind a small one
    that clings to it: `14 köy` in `14 köyü`, `خمسة عشر` in `بخمسة عشر`."""
    words, theirs = text.lower().split(), [word.lstrip(_OPENING) for word in cited.text.lower().split()]
    first = tuple(prefix + words[0] for prefix in ("", *language_of(cited.language).writing.prefixes))
    starts = range(len(theirs) - len(words) + 1)
    return any(
        theirs[at].startswith(first) and all(map(str.startswith, theirs[at + 1 : at + len(words)], words[1:]))
        for at in starts
    )


def _named_in(text: str, language: str, *, is_loose: bool) -> str:
    """The words of a name up to a comma; those with capitals, where there are any but the first."""
    first = text.partition(",")[0]
    if first.lower() == first.upper():
        return "" if is_loose else first
    if not has_case(first):
        return ""
    words = JOINED.findall(first)
    if len(words) > 1 and fold(words[0]) in stop_words(language):
        words = words[1:]
    capitals = [word for word in words if has_capital(word) or word[0].isdigit()]
    is_description = len(words) > 1 and capitals == words[:1]
    return "" if is_description else " ".join(capitals)
