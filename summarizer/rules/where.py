"""Where: the place of the news, by the prepositions and the words that stand beside a place's name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from summarizer.article import Article
from summarizer.languages import primary, table
from summarizer.rules.answer import Answer
from summarizer.rules.gazetteer import gazetteer
from summarizer.rules.mentioned import is_located, names_in
from summarizer.rules.names import Name
from summarizer.rules.words import fold, stop_words, word_set
from summarizer.summary import EntityType

MOST_BETWEEN = 3
"""Small words at most between a preposition of place and the name: `in the port city of`, `en su casa de`."""

SHORTEST_STEM = 3
"""Letters at least before the ending of a place's name: `Quell-bach`."""

LONGEST_BEHIND = 60
"""Characters behind a name in which its kind is sought, or what it lies in."""

TITLE_CASE = 0.6
"""In a headline where so many of the longer words have a capital, capitals tell no names."""

_DATELINE = re.compile(
    r"(?:^|\s)([A-ZÀ-Þ][A-ZÀ-Þ.'’ -]{2,30})(?:,[^()–—-]{2,30})?(?: \([^()]{2,20}\))? ?(?: -|--|–|—) ?(?=[\w“\"„«])"
)
_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*(?:['’][^\W_]+)?")


def find_where(
    article: Article,
    names: Sequence[Name],
    forms: Mapping[str, Name],
    headline: Answer | None,
    lead: Sequence[int],
) -> Answer | None:
    """The place in the headline; else in the first sentence that has one; else one that a body or an office tells,
    else the place that is mentioned most."""
    sentences = [_Line(article.sentence_text(number), (number,), article.language, forms) for number in lead]
    if headline:
        line = _Line(headline.text, headline.sentences, article.language, forms)
        if site := _first((line,), (_in_headline, _known_place, _behind_preposition, _beside_kind, _by_pattern)):
            return _in_full(site, sentences)
    site = _first(sentences, (_by_name, _beside_kind, _behind_preposition, _by_pattern, _dateline))
    site = site or _first(sentences, (_of_venue, _of_office))
    if site:
        return _in_full(site, sentences)
    place = next((name for name in names if name.type == "place"), None)
    return Answer(place.text, _sentences(article, place.mentions[0].start)) if place else None


@dataclass(frozen=True)
class _Line:
    """The headline or a sentence of the lead."""

    text: str
    numbers: tuple[int, ...]
    language: str
    forms: Mapping[str, Name]

    @property
    def tokens(self) -> list[re.Match[str]]:
        return list(_TOKEN.finditer(self.text))


@dataclass(frozen=True, slots=True)
class _Site:
    """A place's name in a line."""

    text: str
    at: int
    line: _Line


_Finder = Callable[[_Line], _Site | None]


def _first(lines: Sequence[_Line], finders: Sequence[_Finder]) -> _Site | None:
    """What the first of the finders finds in the first line in which one does."""
    return next((site for line in lines for find in finders if (site := find(line))), None)


# --- by names ------------------------------------------------------------------------------------------------------


def _in_headline(line: _Line) -> _Site | None:
    return _located(line, ("place", "other"))


def _by_name(line: _Line) -> _Site | None:
    """A place, or a body where things happen, that a preposition of place leads to."""
    return _located(line, ("place",)) or _located(line, ("organization",), word_set(line.language, "names", "venues"))


def _located(line: _Line, types: Sequence[EntityType], kinds: frozenset[str] | None = None) -> _Site | None:
    """The first name of these types, with a word of these kinds in it, that a preposition of place leads to."""
    for found in names_in(line.text, line.forms):
        is_kind = kinds is None or not kinds.isdisjoint(found.form.lower().split())
        if found.name.type in types and is_kind and is_located(line.text, found.at, line.language):
            return _Site(found.form, found.at, line)
    return None


def _known_place(line: _Line) -> _Site | None:
    """A place of the gazetteer directly behind a preposition of place."""
    known = gazetteer(line.language)
    tokens = line.tokens
    for at in (at for at, token in enumerate(tokens, 1) if token[0].lower() in known.locative):
        for last in tokens[at : at + 3][::-1]:
            form = line.text[tokens[at].start() : last.end()]
            if form in known.known_places:
                return _Site(form, tokens[at].start(), line)
    return None


def _dateline(line: _Line) -> _Site | None:
    found = _DATELINE.search(line.text)
    return _Site(found[1].strip(), found.start(1), line) if found else None


# --- by the words around a capital ---------------------------------------------------------------------------------


def _behind_preposition(line: _Line) -> _Site | None:
    """Words with capitals that a preposition of place leads to, or whose ending tells where."""
    if _is_title_case(line):
        return None
    tokens, known = line.tokens, gazetteer(line.language)
    for at, token in enumerate(tokens):
        if stem := _with_ending(token[0], line.language):
            return _Site(stem, token.start(), line)
        if token[0].lower() in known.locative:
            site = _ahead(line, tokens, at + 1)
            if site:
                return site
    return None


def _ahead(line: _Line, tokens: Sequence[re.Match[str]], at: int) -> _Site | None:
    """The place's name that begins at this token, or behind a few small words."""
    known = gazetteer(line.language)
    for first in range(at, min(at + MOST_BETWEEN + 1, len(tokens))):
        if not _adjoins(line, tokens, first):
            return None
        if _is_capital(tokens[first][0], line.language):
            is_led = first <= at + 1 or tokens[first - 1][0].lower() in known.links | known.determiners
            site = _run(line, tokens, first)
            return site if is_led and _can_be_place(site, is_bare=first == at) else None
    return None


def _is_capital(word: str, language: str) -> bool:
    return word[0].isupper() and fold(word) not in stop_words(language)


def _run(line: _Line, tokens: Sequence[re.Match[str]], first: int) -> _Site:
    """The words with capitals from this token on."""
    last = first
    while (
        last + 1 < len(tokens)
        and tokens[last + 1][0][0].isupper()
        and line.text[tokens[last].end() : tokens[last + 1].start()] == " "
        and not gazetteer(line.language).nouns_capitalised
    ):
        last += 1
    return _Site(line.text[tokens[first].start() : tokens[last].end()], tokens[first].start(), line)


def _can_be_place(site: _Site, is_bare: bool) -> bool:
    """Whether it is no person, no body, no month; where all nouns have capitals, whether it ends as a place does."""
    known = gazetteer(site.line.language)
    words = site.text.split()
    is_person_or_date = words[0] in known.given or site.text.lower() in known.calendar
    if not _is_free(site) or is_person_or_date or any(map(known.is_body, words)):
        return False
    is_named = is_bare and site.text in site.line.forms
    return not known.nouns_capitalised or is_named or _ends_as_place(site.text, site.line.language)


def _is_free(site: _Site) -> bool:
    """Whether it is not known for somebody's name, or a body's."""
    name = site.line.forms.get(site.text)
    return name is None or name.type in ("place", "other")


def _ends_as_place(word: str, language: str) -> bool:
    """Whether a noun ends as the names of places do: `Quellbachtal`."""
    lower = word.lower()
    endings = (end for end in word_set(language, "names", "site_endings") if len(lower) >= len(end) + SHORTEST_STEM)
    return not lower.endswith(tuple(word_set(language, "names", "no_sites"))) and lower.endswith(tuple(endings))


def _with_ending(word: str, language: str) -> str | None:
    """A name before an ending that tells where: `Karaçam'da`."""
    stem, mark, ending = word.replace("’", "'").partition("'")
    is_site = mark and stem[0].isupper() and ending.lower() in word_set(language, "names", "locative_endings")
    return stem if is_site else None


def _is_title_case(line: _Line) -> bool:
    long = [token[0] for token in line.tokens[1:] if len(token[0]) > 3]
    capitals = sum(word[0].isupper() for word in long)
    return not gazetteer(line.language).nouns_capitalised and capitals > TITLE_CASE * len(long)


# --- by a word that says what a place is ---------------------------------------------------------------------------


def _beside_kind(line: _Line) -> _Site | None:
    """A name beside a word for a kind of place: `Marl county`, `the island of Skarr`, `gemeente Rozenwaard`."""
    tokens, language = line.tokens, line.language
    if _is_title_case(line):
        return None
    kinds = word_set(language, "names", "sites")
    for at, token in enumerate(tokens):
        if token[0].lower() in kinds and (site := _before_kind(line, tokens, at) or _behind_kind(line, tokens, at)):
            return site
    return None


def _before_kind(line: _Line, tokens: Sequence[re.Match[str]], at: int) -> _Site | None:
    """`Marl county`; not where every noun has a capital."""
    if gazetteer(line.language).nouns_capitalised or at == 0 or not _is_capital(tokens[at - 1][0], line.language):
        return None
    first = at - 1
    while first and _is_capital(tokens[first - 1][0], line.language) and _adjoins(line, tokens, first):
        first -= 1
    is_joined = _adjoins(line, tokens, at)
    name = line.text[tokens[first].start() : tokens[at - 1].end()]
    text = line.text[tokens[first].start() : tokens[at].end()]
    is_sure = first > 0 or name in line.forms
    return _Site(text, tokens[first].start(), line) if is_joined and is_sure else None


def _behind_kind(line: _Line, tokens: Sequence[re.Match[str]], at: int) -> _Site | None:
    """`the island of Skarr`, `gemeente Rozenwaard`."""
    known = gazetteer(line.language)
    ahead = at + 1
    if ahead < len(tokens) and tokens[ahead][0].lower() in known.links:
        ahead += 1
    if ahead >= len(tokens) or not all(_adjoins(line, tokens, index) for index in range(at + 1, ahead + 1)):
        return None
    if not _is_capital(tokens[ahead][0], line.language) or known.is_role(tokens[ahead][0]):
        return None
    site = _run(line, tokens, ahead)
    return site if _is_free(site) else None


def _adjoins(line: _Line, tokens: Sequence[re.Match[str]], at: int) -> bool:
    return line.text[tokens[at - 1].end() : tokens[at].start()] == " "


def _of_venue(line: _Line) -> _Site | None:
    return _of(line, lambda word: word in word_set(line.language, "names", "venues"))


def _of_office(line: _Line) -> _Site | None:
    return _of(line, gazetteer(line.language).is_role)


def _of(line: _Line, is_head: Callable[[str], bool]) -> _Site | None:
    """The name that a small word joins to such a noun: `tribunal de Valbourg`, `the mayor of Halmer`."""
    tokens, known = line.tokens, gazetteer(line.language)
    for at, token in enumerate(tokens):
        joins = token[0].lower() in known.links and at and at + 1 < len(tokens)
        if not joins or not any(is_head(before[0].lower()) for before in tokens[max(0, at - 2) : at]):
            continue
        if _is_capital(tokens[at + 1][0], line.language) and _adjoins(line, tokens, at + 1):
            site = _run(line, tokens, at + 1)
            if _is_free(site):
                return site
    return None


# --- by patterns, in scripts without capitals ----------------------------------------------------------------------


def _by_pattern(line: _Line) -> _Site | None:
    for pattern in _patterns(primary(line.language)):
        if found := pattern.search(line.text):
            return _Site(found["place"], found.start("place"), line)
    return None


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    patterns: list[str] = table(language, "names").get("site_patterns", [])
    return tuple(map(re.compile, patterns))


# --- the answer ----------------------------------------------------------------------------------------------------


def _in_full(site: _Site, lead: Sequence[_Line]) -> Answer:
    """The place as the article has it most fully where it is first said: with its kind, and with what it lies in."""
    for line in (site.line, *lead):
        if full := _fuller(site, line):
            return Answer(full, line.numbers)
    return Answer(site.text, site.line.numbers)


def _fuller(site: _Site, line: _Line) -> str | None:
    return next((form for form in _wider(site, line) if form), None)


def _wider(site: _Site, line: _Line) -> Iterator[str | None]:
    """`Sorran province` for `Sorran`, `the Institute in Vell` for `the Institute`."""
    at = line.text.find(site.text)
    if at < 0:
        return
    end = at + len(site.text)
    behind = list(_TOKEN.finditer(line.text, end, end + LONGEST_BEHIND))
    if not behind or line.text[end : behind[0].start()] != " ":
        return
    if behind[0][0] in word_set(line.language, "names", "sites"):
        yield line.text[at : behind[0].end()]
    known = gazetteer(line.language)
    if len(behind) > 1 and behind[0][0] in known.locative and _adjoins(line, behind, 1):
        second = behind[1][0]
        if second[0].isupper() and not known.nouns_capitalised and second.lower() not in known.calendar:
            yield line.text[at : behind[1].end()]


def _sentences(article: Article, offset: int) -> tuple[int, ...]:
    sentence = article.sentence_at(offset)
    return (sentence.number,) if sentence else ()
