"""Who: the person, the body or the group that the headline, or else the first sentences, say something of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from summarizer.article import Article
from summarizer.languages import primary, table
from summarizer.rules.answer import Answer
from summarizer.rules.gazetteer import gazetteer
from summarizer.rules.mentioned import Mentioned, names_in
from summarizer.rules.names import Name
from summarizer.rules.words import fold, stop_words, word_set

LEAD = 2
"""So many of the first sentences may have who acts for their subject."""

HEAD_WORDS = 6
"""The noun of a subject is among so many of its first words."""

MOST_DESCRIBED = 1
"""Words that may describe the noun: of two of them one may be a verb (`Storm hits farmers`)."""

MOST_JOINED = 2
"""Words at most between the noun and the last one of what is joined to it: `of a lifeboat charity`."""

SHORTEST_GROUP = 5
"""Letters of a noun that may end a longer one: `bee-keepers`."""

LONGEST = 200
"""Characters of a line in which its subject is sought."""

AGENTS = ("person", "organization")

_QUOTED = re.compile(r"[“\"„«][^“”\"„«»]*[“”\"»]")
_TOKEN = re.compile(r"[^\W_]+(?:[-.,][^\W_]+)*")

_Line = tuple[str, tuple[int, ...]]


def find_who(
    article: Article,
    names: Sequence[Name],
    forms: Mapping[str, Name],
    headline: Answer | None,
    acting: Mentioned | None,
    lead: Sequence[int],
) -> Answer | None:
    """The name that begins the headline; else the author who speaks of themselves, or the subject without a name of
    the lead or the headline; else the name that acts in the headline; else the first person or body in the text."""
    lines: list[_Line] = [(article.sentence_text(number), (number,)) for number in lead]
    lines += [(headline.text, headline.sentences)] if headline else []
    places = _places(lines, forms, article.language)
    if acting and headline and _is_rejected(headline.text, acting, places, article.language):
        acting = None
    if acting and headline and acting.name.type != "place" and _leads(headline.text, acting):
        return _pair(headline, acting, forms, article.language) or _answer(article, acting.name)
    found = _author(article, lines) or _subject(lines, len(lead), forms, article.language)
    found = found or _body(lines, article.language)
    name = acting.name if acting else _first_agent(names, places)
    return found or (_answer(article, name) if name else None)


def _answer(article: Article, name: Name) -> Answer:
    sentence = article.sentence_at(name.mentions[0].start)
    return Answer(name.text, (sentence.number,) if sentence else ())


def _leads(line: str, acting: Mentioned) -> bool:
    return acting.at == 0 or line[: acting.at].endswith(": ")


def _first_agent(names: Sequence[Name], places: frozenset[str]) -> Name | None:
    """The first person or body in the text, else the first name that is no place."""
    free = [name for name in names if name.type != "place" and name.text not in places]
    return min(free, key=lambda name: (name.type not in AGENTS, name.mentions[0].start), default=None)


def _author(article: Article, lines: Sequence[_Line]) -> Answer | None:
    """Who writes, where the first sentences speak of themselves outside of quotation marks."""
    own = word_set(article.language, "names", "first_person")
    for line, numbers in lines[:LEAD] if article.authors else ():
        if not own.isdisjoint(word[0].lower() for word in _TOKEN.finditer(_QUOTED.sub("", line))):
            return Answer(article.authors[0], numbers)
    return None


def _pair(headline: Answer, acting: Mentioned, forms: Mapping[str, Name], language: str) -> Answer | None:
    """Two people who act together: `Freya and Ingrid Tollund`."""
    word, _, _ = headline.text[acting.end + 1 :].partition(" ")
    next_at = acting.end + len(word) + 2
    other = next((found for found in names_in(headline.text, forms) if found.at == next_at), None)
    if other is None or word not in word_set(language, "names", "joins") or other.name.type != "person":
        return None
    return Answer(headline.text[acting.at : other.end], headline.sentences)


# --- names that are no agents --------------------------------------------------------------------------------------


def _places(lines: Sequence[_Line], forms: Mapping[str, Name], language: str) -> frozenset[str]:
    """Names that are a place's by what stands beside them in one of these lines: `in Halmer`, `mayor of Halmer`,
    `Marl county`."""
    return frozenset(
        found.name.text
        for line, _ in lines
        for found in names_in(line, forms)
        if found.name.type != "organization" and _is_place(line, found, language)
    )


def _is_place(line: str, found: Mentioned, language: str) -> bool:
    known = gazetteer(language)
    behind = _TOKEN.match(line, found.end + 1)
    if behind and line[found.end] == " " and behind[0] in word_set(language, "names", "sites"):
        return True
    before = _before(line, found, language)
    if found.name.type == "person" or not before:
        return False
    is_of_office = len(before) > 1 and before[-1] in known.links and known.is_role(before[-2])
    return is_of_office or before[-1] in known.locative


def _is_rejected(line: str, acting: Mentioned, places: frozenset[str], language: str) -> bool:
    """Whether a name in the headline is a place's, or a preposition stands before what is nobody's."""
    before = _before(line, acting, language)
    ends = word_set(language, "speech", "subject_ends", "of") | gazetteer(language).locative
    return acting.name.text in places or (acting.name.type not in AGENTS and bool(before) and before[-1] in ends)


def _before(line: str, found: Mentioned, language: str) -> list[str]:
    """The words just before a name, without its article."""
    words = [word[0].lower() for word in _TOKEN.finditer(line, max(0, found.at - 40), found.at)]
    return words[:-1] if words and words[-1] in gazetteer(language).determiners else words


# --- subjects without a name ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A subject: its words, and where it ends in the line."""

    text: str
    end: int


def _subject(lines: Sequence[_Line], count: int, forms: Mapping[str, Name], language: str) -> Answer | None:
    """The subject of one of the first of `count` sentences, or that of the headline behind them, which may be a
    single word; the person who is named behind what they are."""
    for at, (line, numbers) in enumerate([*lines[: min(count, LEAD)], *lines[count:]]):
        phrase = _phrase(line, language)
        is_headline = at >= min(count, LEAD)
        if phrase and (is_headline or " " in phrase.text):
            return Answer(_person_beside(line, phrase, forms) or phrase.text, numbers)
    return None


def _person_beside(line: str, phrase: _Phrase, forms: Mapping[str, Name]) -> str | None:
    """`Gérard Lantier` behind `L'ancien maire de Vaubrise, ` or in `Governor Ilka Benedek`."""
    at = phrase.end + 2 if line[phrase.end : phrase.end + 2] == ", " else phrase.end
    people = (found for found in names_in(line, forms) if found.name.type == "person")
    return next((found.name.text for found in people if found.at == at or found.end == phrase.end), None)


def _phrase(line: str, language: str) -> _Phrase | None:
    """The noun phrase with which a line begins, if its noun is one for somebody, with what is joined to it."""
    start = _opened(line, language)
    tokens = list(_TOKEN.finditer(line, start, start + LONGEST))
    modifiers = word_set(language, "names", "before_office")
    described = 0
    for at, token in enumerate(tokens[:HEAD_WORDS]):
        word = token[0].lower()
        if at and not _adjoins(line, tokens, at):
            return None
        if word not in modifiers and _is_group(word, language) and not _is_compounded(line, tokens, at, language):
            end = _joined(line, tokens, _named_end(line, tokens, at, language), language)
            return _Phrase(line[:end], end)
        is_counted = _counts(word, language)
        if is_counted and described:  # a verb stands before: `Das teilte der Landkreis mit`
            return None
        described += not is_counted and word not in modifiers
        if described > MOST_DESCRIBED:
            return None
    return None


def _opened(line: str, language: str) -> int:
    """Where the line goes on behind `at least`."""
    lower = line[:60].lower()
    openers = (opener for opener in word_set(language, "names", "openers") if lower.startswith(opener + " "))
    return max(map(len, openers), default=0)


def _is_group(word: str, language: str) -> bool:
    """Whether a noun is one for people or a body; who speaks for one does not act."""
    if word in word_set(language, "speech", "spokespeople"):
        return False
    groups = word_set(language, "names", "groups")
    return word in groups or gazetteer(language).is_role(word) or word.endswith(_long(groups))


@cache
def _long(groups: frozenset[str]) -> tuple[str, ...]:
    return tuple(group for group in groups if len(group) >= SHORTEST_GROUP)


def _counts(word: str, language: str) -> bool:
    """Whether a word is an article or a number, so that it says nothing of the one it stands before."""
    known = gazetteer(language)
    return word in known.determiners or word in known.elided or word[0].isdigit()


def _is_compounded(line: str, tokens: Sequence[re.Match[str]], at: int, language: str) -> bool:
    """Whether a noun only describes the next one: `council spokesman`."""
    if at + 1 == len(tokens) or not _adjoins(line, tokens, at + 1):
        return False
    behind = tokens[at + 1][0]
    is_voice = behind in word_set(language, "speech", "spokespeople")
    return behind.islower() and (is_voice or _is_group(behind, language))


def _named_end(line: str, tokens: Sequence[re.Match[str]], at: int, language: str) -> int:
    """The last word of the name, or of its kind, that follows a word: `De gemeente Rozenwaard`, `of Marl county`."""
    while at + 1 < len(tokens) and tokens[at + 1][0][0].isupper() and _adjoins(line, tokens, at + 1):
        at += 1
    is_kind = at + 1 < len(tokens) and tokens[at + 1][0] in word_set(language, "names", "sites")
    return at + 1 if is_kind and tokens[at][0][0].isupper() and _adjoins(line, tokens, at + 1) else at


def _joined(line: str, tokens: Sequence[re.Match[str]], at: int, language: str) -> int:
    """Where a noun ends with what prepositions join to it: `The beekeepers of Marl county`."""
    joining = word_set(language, "speech", "of") | gazetteer(language).locative
    while at + 2 < len(tokens) and tokens[at + 1][0].lower() in joining and _adjoins(line, tokens, at + 1):
        last = _joined_end(line, tokens, at + 2, language)
        if last is None:
            break
        at = last
    return tokens[at].end()


def _joined_end(line: str, tokens: Sequence[re.Match[str]], at: int, language: str) -> int | None:
    """The last word of what begins at `at`: a name with its kind, or the words before one without content."""
    while at + 1 < len(tokens) and _counts(tokens[at][0].lower(), language):
        at += 1
    stop = stop_words(language)
    if fold(tokens[at][0]) in stop:
        return None
    if tokens[at][0][0].isupper():
        return _named_end(line, tokens, at, language)
    for last in range(at, min(at + MOST_JOINED, len(tokens) - 1)):
        if fold(tokens[last + 1][0]) in stop or not _adjoins(line, tokens, last + 1):
            return last
    return at


def _adjoins(line: str, tokens: Sequence[re.Match[str]], at: int) -> bool:
    return line[tokens[at - 1].end() : tokens[at].start()] in (" ", "'", "’")


# --- by patterns, in scripts without capitals ----------------------------------------------------------------------


def _body(lines: Sequence[_Line], language: str) -> Answer | None:
    for pattern in _patterns(primary(language)):
        for line, numbers in lines:
            if found := pattern.search(line):
                return Answer(found["body"], numbers)
    return None


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    patterns: list[str] = table(language, "names").get("body_patterns", [])
    return tuple(map(re.compile, patterns))
