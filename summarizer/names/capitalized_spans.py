"""Capitals: words that begin with one and belong together, in scripts that have them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from summarizer.article import Article
from summarizer.text.gazetteer import Gazetteer
from summarizer.text.words import JOINED, fold

HEADLINE_WORDS, HEADLINE_SHARE = 5, 0.75
"""In a line of so many words, so many of them with a capital and no full stop, capitals say nothing."""

MOST_SMALL_WORDS = 3
"""Small words in a row that may join two parts of a name: `Ministry of the Interior`."""

_POSSESSIVE = ("'s", "’s")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_OPENING = "“\"„«‘'‚(:—–-"


class Word(NamedTuple):  # of which an article has thousands, and they are made twice as fast
    """A word with its place in the text, without the `'s` of a possessive or an elided article."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        return self.text.lower()


@dataclass(frozen=True)
class NameSpan:
    """Words with a capital in a row, and the small ones that join them.

    `initial`: the first of them would have a capital anyway. `before` is the word before it, in lower case.
    """

    words: tuple[Word, ...]
    initial: bool
    before: str = ""
    role: str | None = None
    titled: bool = False

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(word.text for word in self.words)


def words_of(text: str, start: int, end: int, known: Gazetteer) -> Iterator[Word]:
    """The words between two offsets."""
    for match in JOINED.finditer(text, start, end):
        left, right = match.span()
        word = match[0]
        if "'" in word or "’" in word:
            if word[-2:] in _POSSESSIVE:
                word, right = word[:-2], right - 2
            head, mark, rest = word.partition("’" if "’" in word else "'")
            if mark and head.lower() in known.elided:
                word, left = rest, left + len(head) + 1
        if text[right : right + 1] == "." and _INITIALS.fullmatch(word):
            word, right = word + ".", right + 1
        yield Word(word, left, right)


def _behind_acronym(run: NameSpan, known: Gazetteer) -> NameSpan:
    """Without the acronym of a body that stands before somebody's name: `PP Rodrigo Sanjurjo`."""
    is_led = len(run.words) > 2 and run.texts[0].isupper() and len(run.texts[0]) > 1 and run.texts[1] in known.given
    return replace(run, words=run.words[1:], initial=False) if is_led else run


def find_runs(article: Article, known: Gazetteer, skipped: frozenset[int]) -> Iterator[NameSpan]:
    """The runs in all sentences but the `skipped` ones; nothing from headlines with capitals."""
    for sentence in article.sentences:
        if sentence.number not in skipped:
            words = list(words_of(article.text, sentence.start, sentence.end, known))
            ends = article.text[sentence.end - 1] in ".!?"
            if ends or known.nouns_capitalised or not _is_headline(words):
                yield from _runs(article.text, words, known)


def _is_headline(words: list[Word]) -> bool:
    capitals = sum(word.text[0].isupper() for word in words)
    return len(words) >= HEADLINE_WORDS and capitals > HEADLINE_SHARE * len(words)


def _runs(text: str, words: list[Word], known: Gazetteer) -> Iterator[NameSpan]:
    at = 0
    while at < len(words):
        if not _is_part(words[at], known):
            at += 1
            continue
        end = _run_end(text, words, at, known)
        start = at - 1 if _is_proper_article(text, words, at - 1, known) else at
        before = words[start - 1].lower if start else ""
        yield _behind_acronym(NameSpan(tuple(words[start:end]), _is_initial(text, words, start), before), known)
        at = end


def _is_initial(text: str, words: list[Word], at: int) -> bool:
    """Whether a word has a capital for standing where it stands: first, or behind a mark that opens something."""
    return at == 0 or text[max(0, words[at].start - 2) : words[at].start].rstrip()[-1:] in (*_OPENING, "")


def _is_proper_article(text: str, words: list[Word], at: int, known: Gazetteer) -> bool:
    """Whether an article or particle belongs to the name behind it, since it has a capital within a sentence:
    `la colonia El Olmar`, `zei Van Dongen`."""
    if not 0 <= at < len(words) - 1 or known.nouns_capitalised or words[at].lower not in known.own_articles:
        return False
    is_apart = not words[at].text.istitle() or _is_initial(text, words, at)
    return not is_apart and text[words[at].end : words[at + 1].start] == " "


def _is_part(word: Word, known: Gazetteer) -> bool:
    """Whether a word can be part of a name; `US` can, `Us` can't. `Julio` can where months
    have small letters."""
    if not word.text[0].isupper() or (word.lower in known.calendar and not known.calendar_small):
        return False
    return fold(word.text) not in known.stop or (len(word.text) > 1 and word.text.isupper())


def _run_end(text: str, words: list[Word], at: int, known: Gazetteer) -> int:
    """Where the run ends that starts at `at`: it goes over small words only when a capitalised one follows, but takes
    the adjective of a body along: `Assemblée nationale`."""
    end, is_joined = at + 1, False
    while (ahead := _next_part(text, words, end, known)) is not None:
        has_particle = ahead > end and words[end].text in known.particles
        is_acronym = len(words[ahead].text) > 1 and words[ahead].text.isupper()
        if has_particle and (is_joined or is_acronym or _is_full(words[at:end], known)):
            break  # Bas van Ewijk van de Veiligheidsregio
        end, is_joined = ahead + 1, is_joined or has_particle
    if end < len(words) and words[end].text in known.tails and known.is_body(words[end - 1].text):
        return end + 1
    return end


def _is_full(words: list[Word], known: Gazetteer) -> bool:
    """Whether a given name and a surname are there, behind which a particle tells where somebody belongs."""
    has_surname = len(words) > 1 and words[0].text in known.given and words[-1].text not in known.given
    return has_surname and not known.surnames_joined


def _next_part(text: str, words: list[Word], at: int, known: Gazetteer) -> int | None:
    """The next capitalised word of the same name, behind words[at - 1]; None when the name ends there."""
    for ahead in range(at, min(at + MOST_SMALL_WORDS + 1, len(words))):
        if not _adjoin(text, words[ahead - 1], words[ahead], known):
            return None
        if _is_part(words[ahead], known) or (ahead == at and words[ahead].text in known.numerals):
            return None if _is_other(words[at : ahead + 1], words[at - 1], known) else ahead
        is_own = ahead == at and _is_proper_article(text, words, ahead, known)
        if not is_own and not _joins(words[ahead], words[at - 1], known):
            return None
    return None


def _is_other(between: list[Word], head: Word, known: Gazetteer) -> bool:
    """Whether small words lead to another name, the last of `between`: a conjunction with an article behind it
    (`Unión Europea y la Junta`), or a particle between what is no body and a body (`la Ondine de la Marine`)."""
    *small, name = between
    if len(small) > 1 and small[0].text in known.joins and small[-1].text in known.articles:
        return True
    is_body = known.is_body(name.text) and not known.is_body(head.text) and not known.is_role(head.text)
    return bool(small) and is_body and head.text not in known.given


def _joins(small: Word, head: Word, known: Gazetteer) -> bool:
    """Whether a small word can stand inside a name: `van` anywhere, `of` behind a body, an office or an event."""
    is_given = head.text in known.given and small.text not in known.determiners  # Solange der Wecker
    if small.text in known.particles and (is_given or not known.nouns_capitalised):
        return True
    return small.text in known.links and (
        known.is_role(head.text) or known.is_body(head.text) or head.lower in known.events
    )


def _adjoin(text: str, left: Word, right: Word, known: Gazetteer) -> bool:
    gap = text[left.end : right.start]
    if gap == ". ":
        return len(left.text) == 1 or left.lower in known.titles or left.lower in known.abbreviations
    if gap in ("' ", "’ "):  # Ellery Hauliers' Association
        return left.text.endswith("s") and known.is_body(right.text)
    if gap in ("'s ", "’s "):  # St Orla's Hospital
        return known.is_body(right.text) and text[: left.start].endswith(("St ", "St. "))
    if known.elided and gap[-1:] in "'’" and gap[1:-1].lower() in known.elided:  # Banca d’Italia
        return known.is_body(left.text) or left.lower in known.events
    return gap in (" ", "")
