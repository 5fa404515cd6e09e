"""The five Ws: short answers of the title and the first sentences, each only where one sign leaves no doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarizer.article import Article
from summarizer.extractive.answer import CitedPhrase
from summarizer.extractive.sentences.ranking import ESSAYS
from summarizer.names.entities import Name
from summarizer.text.dates import FoundDate, date_phrase, find_dates
from summarizer.text.days import day_of
from summarizer.text.gazetteer import gazetteer
from summarizer.text.terms import terms
from summarizer.text.words import WORD

LEAD = 2
"""So many of the first sentences tell the news."""

MOST_WORDS = 18
"""A longer clause is no short answer."""

TOLD = 0.4
"""Share of a headline's terms that the first sentences have where it says what happened."""

CLOSE_DAYS = 7
"""News is of a day that is not farther from that of publication."""

LONGEST_NAME = 8
"""Words of a name at most."""

_NEXT = re.compile(r"[ \u00a0]([^\W\d_]+)")
_BREAK = re.compile(r"[,;:.!?](?=\s|$)|[()—“”\"«»„]|\s[–-]\s")
_MARKS = "'\"‘“„«»?|"


@dataclass(frozen=True)
class FiveWsAnswers:
    """What the rules found; None where they are not sure."""

    who: CitedPhrase | None = None
    what: CitedPhrase | None = None
    when: CitedPhrase | None = None


def find_five_ws(
    article: Article, names: Sequence[Name], headline: CitedPhrase | None, skipped: frozenset[int] = frozenset()
) -> FiveWsAnswers:
    """Answers by rules. `headline` is the line that says the news: the title, or the sentence that stands for it.
    Of what an essay tells no line says who, when and where."""
    read = [sentence.number for sentence in article.sentences if sentence.number not in skipped]
    if headline is None or not read or article.genre in ESSAYS:
        return FiveWsAnswers()
    lead = [CitedPhrase(article.sentence_text(number), (number,)) for number in read[:LEAD]]
    forms = _forms_of(article, names)
    return FiveWsAnswers(
        who=_first(_subject(line, forms, article.language) for line in (headline, lead[0])),
        what=headline if _tells(headline, lead, article.language) else None,
        when=_day(lead[0], article),
    )


def _first(answers: Iterator[CitedPhrase | None]) -> CitedPhrase | None:
    return next((answer for answer in answers if answer), None)


def _tells(headline: CitedPhrase, lead: Sequence[CitedPhrase], language: str) -> bool:
    """Whether a headline says what happened: the first sentences have many of its words, and it quotes nobody."""
    wanted = set(terms(headline.text, language))
    told = {term for line in lead for term in terms(line.text, language)}
    return not any(mark in headline.text for mark in _MARKS) and len(wanted & told) >= TOLD * len(wanted)


# --- who ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Mentioned:
    """A name in a line, which may be no part of the text, from `at` to `end`."""

    name: Name
    at: int
    end: int


def _forms_of(article: Article, names: Sequence[Name]) -> dict[str, Name | None]:
    """Every form in which a name is mentioned, and the surname that a headline may give a person; None where two
    share one."""
    forms: dict[str, Name | None] = {}
    for name in names:
        spans = {name.text, *(article.text[mention.start : mention.end] for mention in name.mentions)}
        for form in spans | ({name.text.split()[-1]} if name.type == "person" else set()):
            forms[form] = name if forms.get(form, name) == name else None
    return forms


def _names_in(line: str, forms: Mapping[str, Name | None]) -> Iterator[_Mentioned]:
    """The names of a line in their order, each in its longest form."""
    words = list(WORD.finditer(line))
    at = 0
    while at < len(words):
        start = words[at].start()
        ends = range(min(at + LONGEST_NAME, len(words)) - 1, at - 1, -1)
        last = next((end for end in ends if line[start : words[end].end()] in forms), at)
        if name := forms.get(line[start : words[last].end()]):
            yield _Mentioned(name, start, words[last].end())
        at = last + 1


def _subject(line: CitedPhrase, forms: Mapping[str, Name | None], language: str) -> CitedPhrase | None:
    """The person or body with whose name, or with whose role before it, a line begins that goes on with a verb."""
    found = next(_names_in(line.text, forms), None)
    if found is None or found.name.type not in ("person", "organization"):
        return None
    known = gazetteer(language)
    before = WORD.findall(line.text[: found.at].lower())
    begins = all(word in known.determiners or known.is_role(word) for word in before)
    following = _NEXT.match(line.text, found.end)
    goes_on = following is not None and following[1].islower() and following[1] not in known.joins
    return CitedPhrase(found.name.text, line.sentences) if begins and goes_on else None


# --- when ---------------------------------------------------------------------------------------------------------


def _day(line: CitedPhrase, article: Article) -> CitedPhrase | None:
    """The only day that a sentence names, if it is one just before that of publication; on that day itself much else
    is done, too."""
    dates = find_dates(line.text, article.language, article.dated)
    if len(dates) != 1 or not _is_close(dates[0], article.dated):
        return None
    return CitedPhrase(date_phrase(line.text, dates[0], article.language).rstrip("."), line.sentences)


def _is_close(found: FoundDate, published: str | None) -> bool:
    issued, day = day_of(published), day_of(found.iso)
    return issued is not None and day is not None and 0 < (issued - day).days <= CLOSE_DAYS
