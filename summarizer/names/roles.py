"""Roles: the office, title or occupation that stands beside a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from summarizer.names.capitalized_spans import NameSpan, Word, words_of
from summarizer.text.gazetteer import Gazetteer
from summarizer.text.words import JOINED, WORD, fold

REACH = 80
"""Characters beside a name in which its role is sought."""

MOST_WORDS, FIRST_WORDS = 9, 5
"""An apposed role has at most so many words, and its office or occupation among the first of them."""

_BREAK = re.compile(r"[,.;:()–—“”\"„«»]| - ")


def without_role(text: str, run: NameSpan, known: Gazetteer) -> NameSpan | None:
    """The run without the role before its name, which it keeps as `role`; None when there is no name in it."""
    words = run.words
    if all(word.text in known.demonyms for word in words):
        return None
    if (governor := _governor(text, run, known)) is not None:
        return _behind_governor(text, run, governor, known)
    heads = [at for at, word in enumerate(words) if known.is_role(word.text) or word.lower in known.titles]
    if not heads or (known.is_body(words[-1].text) and not known.is_role(words[-1].text)):
        before = _role_before(text, run, known)
        return replace(run, words=_without_demonym(words, known), role=before or None, titled=before is not None)
    behind = heads[-1] + 1
    if behind == len(words):
        return None
    if _is_small(words[behind], known):
        return _behind_office(text, run, behind, known)
    if all(word.text in known.demonyms for word in words[behind:]):
        return None
    offices = [at for at in heads if words[at].lower not in known.titles]  # Kämmerin Dr. Hanebeck
    first = next(
        (at for at, word in enumerate(words) if fold(word.text) not in known.stop | known.determiners), 0
    )  # Deren Chefin
    is_one = bool(offices) and all(word.text not in known.given for word in words[first : offices[-1]])
    role = text[words[first].start : words[offices[-1]].end] if is_one else None
    given = next((at for at in range(behind, len(words)) if words[at].text in known.given), behind)
    if given > behind:  # wethouder Cultuur Ilse van Gompel
        role = None
    return replace(run, words=_without_demonym(words[given:], known), initial=False, role=role, titled=True)


def _is_small(word: Word, known: Gazetteer) -> bool:
    return word.text in known.links or word.text in known.particles


def _without_demonym(words: tuple[Word, ...], known: Gazetteer) -> tuple[Word, ...]:
    """Without `Norwegian` before somebody's name; a body keeps it."""
    if any(known.is_body(word.text) or word.lower in known.events for word in words):
        return words
    behind = next((at for at, word in enumerate(words) if word.text not in known.demonyms), len(words))
    return words[behind:] or words


# --- an office with what it is for: Minister of Foreign Affairs --------------------------------------------------


def _behind_office(text: str, run: NameSpan, at: int, known: Gazetteer) -> NameSpan | None:
    """The name behind an office whose domain begins at `at`; the domain itself where no name follows it."""
    words = run.words
    name = _behind_domain(words, at, known)
    if name == len(words) or all(_is_small(word, known) for word in words[at:name]):
        inner = next((i for i in range(at, len(words)) if not _is_small(words[i], known)), len(words))
        is_known = " ".join(word.text for word in words[inner:]) in known.known_places
        return replace(run, words=words[inner:], initial=False) if is_known else None
    return replace(run, words=words[name:], initial=False, role=text[run.start : words[name - 1].end], titled=True)


def _behind_domain(words: Sequence[Word], at: int, known: Gazetteer) -> int:
    """Index of the given name behind a domain that begins at `at`; behind the last word where there is none."""
    while at < len(words) and (_is_small(words[at], known) or _is_domain(words[at], known)):
        at += 1
    return next((name for name in range(at, len(words)) if words[name].text in known.given), len(words))


def _is_domain(word: Word, known: Gazetteer) -> bool:
    return word.lower in known.portfolios or word.text in known.known_places


def _governor(text: str, run: NameSpan, known: Gazetteer) -> int | None:
    """Offset of an office in small letters that governs the run: `ministro dell’Interno …`; None without one."""
    begin = max(0, run.start - REACH)
    stretch = text[begin : run.start]
    words = list(WORD.finditer(stretch))
    at = len(words)
    while at > 0 and _is_joint(words[at - 1][0], known):
        at -= 1
    if at in (0, len(words)) or not known.is_role(words[at - 1][0]) or _BREAK.search(stretch, words[at - 1].end()):
        return None
    return begin + words[at - 1].start()


def _is_joint(word: str, known: Gazetteer) -> bool:
    return word in known.links or word in known.particles or word in known.elided


def _behind_governor(text: str, run: NameSpan, office: int, known: Gazetteer) -> NameSpan | None:
    """The name behind the domain with which the run begins; the run as it is when it begins with no domain."""
    words = run.words
    at = 0
    while at < len(words) and (words[at].lower in known.portfolios or _is_small(words[at], known)):
        at += 1
    if at == 0:
        return run
    if at == len(words):
        return None
    return replace(run, words=words[at:], role=text[office : words[at - 1].end], titled=True)


# --- a role in small letters before a name, or behind it ---------------------------------------------------------


def _role_before(text: str, run: NameSpan, known: Gazetteer) -> str | None:
    """`Tron founder Justin Sun`, `the mayor of London, Sadiq Khan,`; empty for an office of which only a part is
    certain, `police chief Kamal`; None where there is none."""
    stretch = text[max(0, run.start - REACH) : run.start]
    if stretch.endswith(", "):
        return _apposed(stretch[:-2], known) if text[run.end : run.end + 1] in (",", ".") else None
    words = list(words_of(stretch, 0, len(stretch), known))
    if not words or not known.is_role(words[-1].text) or stretch[words[-1].end :] != " ":
        return None
    start = _phrase_start(stretch, words, len(words) - 1, known)
    role = "" if start is None else stretch[start : words[-1].end]
    return "" if role.lower() in known.modifiers else role


def _apposed(stretch: str, known: Gazetteer) -> str | None:
    """The role that ends `stretch`, with an article before it and a few words behind its office."""
    clause = max((match.end() for match in _BREAK.finditer(stretch)), default=0)
    words = list(words_of(stretch, clause, len(stretch), known))
    at = next((at for at, word in enumerate(words) if known.is_role(word.text)), None)
    if at is None or at == 0 or len(words) - at > MOST_WORDS:
        return None
    start = _phrase_start(stretch, words, at, known)
    return None if start is None else stretch[start:]


def _phrase_start(text: str, words: Sequence[Word], at: int, known: Gazetteer) -> int | None:
    """Where the office at `at` begins with the names before it: `the Tron founder`; None where another word goes with
    it, which may be a verb: `police chief`."""
    while at > 0 and text[words[at - 1].end : words[at].start] in (" ", "'s ", "’s "):
        before = words[at - 1]
        if fold(before.text) in known.stop or before.text in known.reporting:
            break
        if not (before.text[0].isupper() or known.is_role(before.text)):
            return None
        at -= 1
    return words[at].start


def role_after(text: str, end: int, known: Gazetteer) -> str | None:
    """A role between commas behind a name: `Miriam Okafor, the authority's chief engineer,`."""
    if text[end : end + 2] != ", ":
        return None
    stretch = text[end + 2 : end + 2 + REACH]
    stop = _BREAK.search(stretch)
    phrase = stretch[: stop.start()].strip() if stop and stop[0] in ",.;:" else ""
    words = JOINED.findall(phrase)
    if not 1 <= len(words) <= MOST_WORDS or (words[0][0].isupper() and not known.is_role(words[0])):
        return None
    head = next((at for at, word in enumerate(words[:FIRST_WORDS]) if known.is_role(word)), None)
    if head is None or _is_clause(words, head, known):
        return None
    # `Dorothy Quill, her neighbour June Abbs, …` speaks of two people.
    is_other = [word[0].isupper() for word in words[head + 1 : head + 3]] == [True, True]
    return None if is_other else phrase


def _is_clause(words: Sequence[str], head: int, known: Gazetteer) -> bool:
    """Whether the word at `head` is no role of who stands before: a verb with its object (`juge la peine …`), or
    within a clause (`a boat whose skipper …`)."""
    if not known.relatives.isdisjoint(words[:head]):
        return True
    following = words[head + 1].lower() if head + 1 < len(words) else ""
    article, mark, _ = following.replace("’", "'").partition("'")
    return (article + mark if mark else following) in known.articles
