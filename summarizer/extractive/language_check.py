"""Checks of a language: every table is read, its expressions are compiled, and its sample is tried."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from summarizer.article import Article
from summarizer.errors import LanguageInvalid
from summarizer.languages.language import Language
from summarizer.languages.tables import Patterns, Table
from summarizer.names.entities import find_names
from summarizer.quotes.quote_attribution import find_speakers
from summarizer.reading.article_status import article_status
from summarizer.reading.header.publication_dates import date_in_line
from summarizer.reading.pasted.line_rules import PageLine, line_rule
from summarizer.reading.sentences import split_sentences
from summarizer.text.antonyms import opposites
from summarizer.text.corrections import correction_words
from summarizer.text.dates import find_dates
from summarizer.text.instructions.prompt_injection import instruction_sentences
from summarizer.text.negation import polarity
from summarizer.text.numbers import find_numbers
from summarizer.text.quotations import find_quotations
from summarizer.text.terms import stop_words
from summarizer.text.words import WORD, fold

PUBLISHED = "2024-05-15"
"""When samples appear: a Wednesday."""


@dataclass(frozen=True, slots=True)
class TableCheck:
    """What came of a table: its fault, or None; and whether a sample was tried, or needs not be."""

    table: str
    fault: str | None = None
    is_tried: bool = False


def check_language(language: Language) -> Iterator[TableCheck]:
    """Each table of the language in alphabetical order."""
    for name in language.table_names:
        try:
            yield _checked(language, name)
        except LanguageInvalid as error:
            yield TableCheck(name, str(error))


def _checked(language: Language, name: str) -> TableCheck:
    faults = _faulty_patterns(language.table(name))
    sample = getattr(language.samples, name, None)
    if faults or sample is None:
        return TableCheck(name, "; ".join(faults) or None, is_tried=name == "samples")
    found = FINDERS[name](_article(sample.text, language.code))
    fault = None if found == list(sample.finds) else f"in “{sample.text}” it finds {found}, not {list(sample.finds)}"
    return TableCheck(name, fault, is_tried=True)


def _faulty_patterns(table: Table) -> list[str]:
    """What is wrong with the expressions of a table, each with its key."""
    return [f"{key}: {pattern!r}: {fault}" for key, pattern in _patterns(table) if (fault := _fault(pattern))]


def _patterns(table: Table, above: str = "") -> Iterator[tuple[str, str]]:
    for key, field in type(table).model_fields.items():
        value = getattr(table, key)
        if isinstance(value, Table):
            yield from _patterns(value, f"{above}{key}.")
        elif field.annotation == Patterns and not field.metadata:
            yield from ((f"{above}{key}", pattern) for pattern in value)


def _fault(pattern: str) -> str | None:
    try:
        re.compile(pattern)
    except re.error as error:
        return str(error)
    return None


def _article(text: str, code: str) -> Article:
    return Article(text, split_sentences(text, code), language=code, published=PUBLISHED)


def _corrections(article: Article) -> list[str]:
    words = correction_words(article.language)
    found = (match for one in (words.old, words.new) for match in one.finditer(article.text)) if words else ()
    return [match[0] for match in sorted(found, key=re.Match.start)]


def _dates(article: Article) -> list[str]:
    found = find_dates(article.text, article.language, article.published)
    return [f"{article.text[date.start : date.end]} = {date.iso}" for date in found]


def _dates_at_the_head(article: Article) -> list[str]:
    line = date_in_line(article.text)
    return [date for date in (line.published, line.modified) if date] if line else []


def _instructions(article: Article) -> list[str]:
    return [article.sentence_text(number) for number in sorted(instruction_sentences(article))]


def _names(article: Article) -> list[str]:
    return [f"{name.text} = {name.type}" for name in find_names(article)]


def _negations(article: Article) -> list[str]:
    said = polarity(article.text, article.language)
    return [negation.word for negation in said.negations] if said else []


def _numbers(article: Article) -> list[str]:
    numbers = find_numbers(article.text, article.language)
    return [f"{n.text} = {'vague' if n.value is None else f'{n.value:.12g}'}" for n in numbers]


def _with_opposite(article: Article) -> list[str]:
    known = opposites(article.language)
    sides = known.turned_in(article.text) if known else ()
    found = {match.span(): match[0] for one, _ in sides for match in one.finditer(article.text)}
    return [found[place] for place in sorted(found)]


def _status(article: Article) -> list[str]:
    return [article_status(article.text, ()).status]


def _junk(article: Article) -> list[str]:
    lines = article.text.split("\n")
    return [f"{line} = {rule}" for line in lines if (rule := line_rule(PageLine(0, len(line), line)))]


def _sentences(article: Article) -> list[str]:
    return [article.sentence_text(sentence.number) for sentence in article.sentences]


def _speakers(article: Article) -> list[str]:
    speakers = find_speakers(article, find_quotations(article), find_names(article))
    return [speaker.name or "nobody" for speaker in speakers]


def _content(article: Article) -> list[str]:
    return [word for word in WORD.findall(article.text) if fold(word) not in stop_words(article.language)]


FINDERS: dict[str, Callable[[Article], list[str]]] = {
    "calendar": _dates_at_the_head,
    "corrections": _corrections,
    "dates": _dates,
    "instructions": _instructions,
    "names": _names,
    "negation": _negations,
    "numbers": _numbers,
    "opposites": _with_opposite,
    "pages": _status,
    "paste": _junk,
    "sentences": _sentences,
    "speech": _speakers,
    "words": _content,
}
"""What is looked for in the sample of each table."""
