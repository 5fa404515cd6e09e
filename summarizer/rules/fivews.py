"""The five Ws: who, what, when, where and why, as short phrases of title and first sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from summarizer.article import Article
from summarizer.languages import primary, table
from summarizer.rules.dates import day_of, find_dates, with_preposition
from summarizer.rules.names import Name
from summarizer.rules.words import word_set
from summarizer.summary import EntityType

FIRST_SENTENCES = 5
"""When, where and why are sought in so many of the first sentences: people find 88 of 100 places there."""

MOST_WORDS = 18
"""A longer clause is no short answer."""

RECENT_DAYS = 31
"""A date farther from that of publication is what the article looks back on, or ahead to."""

LONGEST_LINE = 1000
"""Characters of a line in which names are sought: no sentence that says the news is longer."""

LONGEST_NAME = 8
"""Words of a name at most."""

_WORD = re.compile(r"[^\W_]+")
_CLOCK = re.compile(r"\b\d{1,2}(?:[:.]\d\d(?: ?[ap]\.?m\b\.?)?| ?[ap]\.?m\b\.?| ?[hH] ?\d\d| Uhr)(?!\w)")
MOST_LETTERS = 110
"""A longer headline is a sentence of the text, of which the clause behind its subject is enough."""

_AGENTS = {"person": 0, "organization": 1}
_BREAK = re.compile(r"[,;:.!?](?=\s|$)|[()—“”\"«»„]|\s[–-]\s")


@dataclass(frozen=True, slots=True)
class Answer:
    """A phrase, and the numbers of the sentences that say it."""

    text: str
    sentences: tuple[int, ...]


@dataclass(frozen=True)
class Answers:
    """What the rules found; None where they found nothing."""

    who: Answer | None = None
    what: Answer | None = None
    when: Answer | None = None
    where: Answer | None = None
    why: Answer | None = None
    how: Answer | None = None


def find_five_ws(
    article: Article, names: Sequence[Name], headline: Answer | None, skipped: frozenset[int] = frozenset()
) -> Answers:
    """Answers by rules. `headline` is the line that says the news: the title, or the sentence that stands for it."""
    read = [sentence.number for sentence in article.sentences if sentence.number not in skipped]
    lead = read[:FIRST_SENTENCES]
    forms = _forms(article, names)
    acting = _acting(headline.text, forms) if headline else None
    return Answers(
        who=_who(article, names, acting),
        what=_what(headline, acting),
        when=_when(article, read[: 2 * FIRST_SENTENCES]),
        where=_where(article, names, forms, headline, lead),
        why=_introduced(article, lead, "because"),
        how=_introduced(article, lead, "by"),
    )


# --- names in a line that may not be a part of the text -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Found:
    """A name in a line, and the form in which it stands there."""

    name: Name
    form: str
    at: int


def _forms(article: Article, names: Sequence[Name]) -> dict[str, Name]:
    """Every form in which a name is mentioned, and the surname that a headline may give a person; where two names
    share one, it means the name that comes first."""
    forms: dict[str, Name] = {}
    for name in names:
        for form in (name.text, *(article.text[mention.start : mention.end] for mention in name.mentions)):
            forms.setdefault(form, name)
    for name in names:
        if name.type == "person":
            forms.setdefault(name.text.split()[-1], name)
    return forms


def _names_in(line: str, forms: Mapping[str, Name]) -> Iterator[_Found]:
    """The names of a line in their order, each in its longest form."""
    words = list(_WORD.finditer(line, 0, LONGEST_LINE))
    at = 0
    while at < len(words):
        start = words[at].start()
        ends = [(end, words[end].end()) for end in range(min(at + LONGEST_NAME, len(words)) - 1, at - 1, -1)]
        found = next(((end, line[start:stop]) for end, stop in ends if line[start:stop] in forms), None)
        if found:
            yield _Found(forms[found[1]], found[1], start)
        at = found[0] + 1 if found else at + 1


# --- the answers --------------------------------------------------------------------------------------------------


def _who(article: Article, names: Sequence[Name], acting: _Found | None) -> Answer | None:
    """The name that acts in the headline; else the one that comes first in the text."""
    if not names:
        return None
    name = acting.name if acting else min(names, key=lambda name: name.mentions[0].start)
    return Answer(name.text, _sentences(article, name.mentions[0].start))


def _acting(line: str, forms: Mapping[str, Name]) -> _Found | None:
    """The name with which a line begins, else the first person in it, else the first body, else the first name. A
    place in capitals is that of a dateline."""
    found = [name for name in _names_in(line, forms) if not (name.name.type == "place" and name.form.isupper())]
    return min(found, key=lambda name: (name.at > 0 and _AGENTS.get(name.name.type, 2), name.at), default=None)


def _what(headline: Answer | None, acting: _Found | None) -> Answer | None:
    """What the headline says of the one who acts in it; the whole of it where that can't be told."""
    if headline is None or acting is None:
        return headline
    rest = headline.text[acting.at + len(acting.form) :]
    said = _BREAK.split(rest.removeprefix(",").strip(), maxsplit=1)[0] if len(headline.text) > MOST_LETTERS else rest
    is_subject = acting.at == 0 or len(headline.text) > MOST_LETTERS
    if is_subject and rest[:1] in " ," and said.strip()[:1].islower() and len(said.split()) > 1:
        return Answer(said.strip(), headline.sentences)
    return headline


def _when(article: Article, read: Sequence[int]) -> Answer | None:
    """The first date that can be that of the news, else the first time of day in the first sentences."""
    return next(chain(_recent_dates(article, read), _clock_times(article, read[:FIRST_SENTENCES])), None)


def _recent_dates(article: Article, read: Sequence[int]) -> Iterator[Answer]:
    """Dates close to that of publication; where that is not known, all of the first sentences."""
    numbers = read if article.published else read[:FIRST_SENTENCES]
    for number in numbers:
        text = article.sentence_text(number)
        for found in find_dates(text, article.language, article.published):
            if found.iso is None or _is_recent(found.iso, article.published):
                start = with_preposition(text, found, article.language)
                yield Answer(text[start : found.end], (number,))


def _is_recent(iso: str, published: str | None) -> bool:
    issued, day = day_of(published), day_of(iso)
    if published is None or issued is None:
        return True
    return abs((day - issued).days) <= RECENT_DAYS if day else published.startswith(iso)


def _clock_times(article: Article, read: Sequence[int]) -> Iterator[Answer]:
    for number in read:
        if match := _CLOCK.search(article.sentence_text(number)):
            yield Answer(match[0], (number,))


def _where(
    article: Article, names: Sequence[Name], forms: Mapping[str, Name], headline: Answer | None, lead: Sequence[int]
) -> Answer | None:
    """The name behind a preposition of place in the headline, else in the first sentences; else the place that is
    mentioned most."""
    if headline and (form := _located(headline.text, forms, ("place", "other"), article.language)):
        return Answer(form, headline.sentences)
    for number in lead:
        if form := _located(article.sentence_text(number), forms, ("place",), article.language):
            return Answer(form, (number,))
    place = next((name for name in names if name.type == "place"), None)
    return Answer(place.text, _sentences(article, place.mentions[0].start)) if place else None


def _located(line: str, forms: Mapping[str, Name], types: Sequence[EntityType], language: str) -> str | None:
    """The first name of these types with a preposition of place among the three words before it."""
    locative = word_set(language, "words", "in")
    for found in _names_in(line, forms):
        before = line[max(0, found.at - 40) : found.at].lower().split()[-3:]
        if found.name.type in types and not locative.isdisjoint(before):
            return found.form
    return None


def _introduced(article: Article, lead: Sequence[int], key: str) -> Answer | None:
    """The phrase that the words of this key introduce (`because`, `citing`)."""
    words = sorted(table(primary(article.language), "words").get(key, ()), key=len, reverse=True)
    if not words:
        return None
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\s", re.IGNORECASE)
    for number in lead:
        text = article.sentence_text(number)
        match = pattern.search(text)
        if match is None:
            continue
        end = _BREAK.search(text, match.end())
        phrase = text[match.start() : end.start() if end else len(text)].strip()
        if 3 < len(phrase.split()) <= MOST_WORDS:
            return Answer(phrase, (number,))
    return None


def _sentences(article: Article, offset: int) -> tuple[int, ...]:
    sentence = article.sentence_at(offset)
    return (sentence.number,) if sentence else ()
