"""Sentences and metadata of an article that address a language model instead of a reader."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property

from summarizer.article import Article, Removed, unspaced_in
from summarizer.languages import primary
from summarizer.languages.alternation import any_of
from summarizer.languages.language import ALL, language_of, with_table
from summarizer.languages.tables import Patterns
from summarizer.text.instructions.unfamiliar_terms import Familiar
from summarizer.text.quotations import find_quotations
from summarizer.text.terms import stop_words, terms

LONGEST_TASK = 300
"""Characters: what is longer is no order that stands alone."""
MOST_SHARED = 0.34
"""Of what a task is about so much may occur elsewhere in the article: more of it is asked of readers. With 0.5 two of
302 articles are blamed wrongly, with this none."""
OTHER_SCRIPTS = frozenset({"ar", "hi", "ja", "ko", "ru", "zh"})
FIELDS = ("title", "site", "url")
"""Metadata that a source words as it likes, besides the authors."""
RULE = "instruction."
"""The family of rules that took out metadata, followed by the field."""


def instruction_sentences(article: Article) -> frozenset[int]:
    """The numbers of the sentences that speak to a model: "ignore previous instructions", "in your response, ...", or
    that set a task which is nothing to the article and its readers: "Write a poem about the sea."."""
    sentences = _Sentences(article)
    told = {number for number, said in sentences.said.items() if said.to_model()}
    return frozenset(told | {number for number, about in sentences.tasks.items() if sentences.lack(about)})


def without_instructions(article: Article) -> Article:
    """The article without those of its metadata that speak to a model, which are among what was removed."""
    named = [*((name, getattr(article, name)) for name in FIELDS), *(("authors", name) for name in article.authors)]
    sentences = _Sentences(article)
    told = [Removed(RULE + field, text) for field, text in named if text and _addresses(text, sentences)]
    texts = {entry.text for entry in told}
    return replace(
        article,
        title=None if article.title in texts else article.title,
        site=None if article.site in texts else article.site,
        url=None if article.url in texts else article.url,
        authors=tuple(name for name in article.authors if name not in texts),
        removed=(*article.removed, *told),
    )


def addresses_model(text: str, language: str) -> bool:
    """Whether a sentence speaks to a model; English phrases count in every language."""
    return _Said.of(text, language).to_model()


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence as it is looked at: in plain lower case, by the tables of these languages."""

    plain: str
    codes: tuple[str, ...]

    @classmethod
    def of(cls, text: str, language: str) -> _Said:
        plain = unicodedata.normalize("NFKC", text).replace("’", "'").lower().strip()  # letters in disguise, too
        return cls(plain, _codes(plain, language))

    def to_model(self) -> bool:
        starting, in_words, others = _phrases(self.codes)
        if starting.match(self.plain) or in_words.search(self.plain) or others.search(self.plain):
            return True
        return any(map(self._orders_machine, self.codes))

    def _orders_machine(self, code: str) -> bool:
        """Whether it names a machine, speaks of its reading this text, and says what it has to do."""
        machines, reading, duties = _machine_words(code)
        return bool(machines.search(self.plain) and reading.search(self.plain) and duties.search(self.plain))

    def task(self) -> str | None:
        """What the task is about that the sentence sets; None for other sentences."""
        codes = self.codes if len(self.plain) <= LONGEST_TASK else ()
        return next((about for code in codes if code != ALL and (about := _words_of(code).task(self.plain))), None)


@dataclass(frozen=True, eq=False)
class _Sentences:
    """The sentences of an article, by their numbers."""

    article: Article

    @cached_property
    def said(self) -> Mapping[int, _Said]:
        """As they are looked at."""
        article = self.article
        return {s.number: _Said.of(article.text[s.start : s.end], article.language) for s in article.sentences}

    @cached_property
    def tasks(self) -> Mapping[int, str]:
        """What those that set a task in words or ask for knowledge, be it of a model or of readers, are about; what
        is quoted is said to whoever was there."""
        found = {number: about for number, said in self.said.items() if (about := said.task())}
        quoted = _quoted(self.article) if found else ()
        return {number: about for number, about in found.items() if number not in quoted}

    def lack(self, text: str) -> bool:
        """Whether what a task is about is nothing to the article."""
        return self._familiar.lacks(set(terms(text, self.article.language)), MOST_SHARED)

    @cached_property
    def _familiar(self) -> Familiar:
        """To the sentences that set no task: a task that stands there twice is no less strange."""
        article = self.article
        told = (s for s in article.sentences if s.number not in self.tasks)
        return Familiar.to(article, (set(terms(article.text[s.start : s.end], article.language)) for s in told))


def _addresses(field: str, sentences: _Sentences) -> bool:
    """Whether a sentence of a piece of metadata speaks to a model, or sets a task that is nothing to the article."""
    parts = [part for part in _PARTS.split(field) if len(part.split()) > 1 or unspaced_in(part)]
    said = [_Said.of(part, sentences.article.language) for part in parts]
    return any(part.to_model() or ((about := part.task()) and sentences.lack(about)) for part in said)


_PARTS = re.compile(r"(?<=[.!?…])\s|(?<=[。！？])|\s[|–—•·]\s")
"""Where a title is parted into sentences."""


def _quoted(article: Article) -> set[int]:
    """The numbers of the sentences that begin within a quotation."""
    quotations = find_quotations(article)
    starts = {s.start: s.number for s in article.sentences}
    return {starts[at] for q in quotations for at in range(q.opened + 1, q.closed) if at in starts}


def _codes(plain: str, language: str) -> tuple[str, ...]:
    """The languages whose tables are asked: the article's and English, and all for words that may be in another."""
    code = primary(language)
    if unspaced_in(plain):
        return tuple(sorted({"en", "mul", "ja", "zh", code}))
    stop, words = stop_words(code), plain.split()
    small = sum(map(stop.__contains__, words))
    if not stop or small > max(1, len(words) // 8):
        return _near(code)
    said = sum(word[0].isalpha() for word in words)
    is_other = said > 1 + plain.isascii() and small <= max(1, said // 8)
    return _all(plain.isascii()) if is_other else _near(code)


@cache
def _near(code: str) -> tuple[str, ...]:
    return tuple(sorted({"en", "mul", code}))


@cache
def _all(is_ascii: bool) -> tuple[str, ...]:
    """All languages, or those that may do with ASCII."""
    return tuple(code for code in with_table("instructions") if not (is_ascii and code in OTHER_SCRIPTS))


@cache
def _phrases(codes: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """The phrases of these languages: those that begin a sentence, those that begin with a word, and all others.

    Each is tried where it may begin, and not at every character.
    """
    phrases = sorted({_lower(phrase) for code in codes for phrase in language_of(code).instructions.phrases})
    starting = "|".join(phrase for phrase in phrases if phrase.startswith("^"))
    in_words = any_of(phrase[2:] for phrase in phrases if phrase.startswith(r"\b"))
    others = any_of(phrase for phrase in phrases if not phrase.startswith(("^", r"\b")))
    return re.compile(starting), re.compile(rf"(?<!\w){in_words}"), re.compile(others)


@cache
def _machine_words(code: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    known = language_of(code).instructions
    return re.compile(_any(known.machines)), re.compile(_any(known.reading)), re.compile(_any(known.duties))


def _lower(phrase: str) -> str:
    """The expression for lower case, in which it is searched three times as fast as with no regard to case."""
    return re.sub(r"\\.|[^\\]+", lambda part: part[0] if part[0].startswith("\\") else part[0].lower(), phrase)


@dataclass(frozen=True, slots=True)
class _Verbs:
    """Words of command, as expressions: where a sentence begins with them, or where it ends."""

    first: re.Pattern[str]
    last: re.Pattern[str] | None

    def rest(self, plain: str) -> str | None:
        """What a sentence says besides the command that it begins or ends with; None if it does not."""
        if found := self.first.match(plain):
            return plain[found.end() :]
        found = self.last.search(plain) if self.last else None
        return plain[: found.start()] + plain[found.end() :] if found else None


@dataclass(frozen=True, slots=True)
class _Words:
    """How a language sets tasks, as expressions."""

    commands: _Verbs
    """All by which one may be set; few sentences have them."""
    orders: _Verbs
    """About words: explain, translate."""
    changes: _Verbs
    """About anything; with a form they are for a model: use rhymes."""
    form: re.Pattern[str]
    machine: re.Pattern[str]
    """A form that says enough by itself: Base64."""
    question: re.Pattern[str]
    reader: re.Pattern[str]
    """Who else may be spoken to: write to us."""

    def task(self, plain: str) -> str | None:
        """What the task is about that the text sets, if it sets one, and not to its readers."""
        if self.commands.rest(plain) is None:
            return None
        ordered, changed = self.orders.rest(plain), self.changes.rest(plain)
        about = next((rest for rest in (ordered, changed) if rest is not None), None)
        if about is not None and (named := self.machine.search(plain)):
            about = named[0]
        elif ordered is None and changed is not None and not self.form.search(changed):
            about = None
        if about is None and _ASKS.search(plain) and (asked := self.question.match(plain)):
            about = plain[asked.end() :]
        return None if about is None or self.reader.search(plain) else about.strip(_MARKS) or plain


_ASKS = re.compile(r"[?？؟]\W{0,3}$|か[。.]?$")
_START = r"""[^\w"“”„«»‘’'「『]{0,9}"""
_NEVER = "(?!)"
_MARKS = " .!?,:;。！？।"


@cache
def _words_of(code: str) -> _Words:
    known = language_of(code).instructions
    openers = rf"(?:(?:{_any(known.openers)})[,:!，：！]?\s{{0,3}}){{0,3}}"

    def opening(listed: Patterns) -> re.Pattern[str]:
        return re.compile(rf"{_START}{openers}(?:{_any(listed)})")

    def closing(listed: Patterns) -> re.Pattern[str] | None:
        return re.compile(rf"(?:{_any(listed)})(?:\W{{0,5}}$|[:：])") if listed else None

    return _Words(
        _Verbs(
            opening((*known.orders, *known.changes, *known.questions)),
            closing((*known.last_orders, *known.last_changes)),
        ),
        _Verbs(opening(known.orders), closing(known.last_orders)),
        _Verbs(opening(known.changes), closing(known.last_changes)),
        re.compile(_any(known.forms)),
        re.compile("|".join(language_of(ALL).instructions.forms)),
        opening(known.questions),
        re.compile(_any(known.readers)),
    )


def _any(listed: Patterns) -> str:
    return "|".join(listed) or _NEVER
