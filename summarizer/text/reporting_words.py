"""Cues: the words of a language that report speech."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from summarizer.languages import primary, table
from summarizer.text.terms import word_set

_UNSPACED = ("ja", "zh", "th")
"""Languages that write no spaces between words."""


@dataclass(frozen=True)
class Cues:
    """The words of a language that report speech, in lower case.

    `word` matches one word; where none are parted by spaces, one of these words or else a single character.
    `drops_subject`: a verb without a subject says as much as one with a pronoun.
    `dashes`: a dash at the beginning of a paragraph opens speech.
    """

    verbs: frozenset[str]
    participles: frozenset[str]
    judging: frozenset[str]
    pronouns: frozenset[str]
    unnamed: frozenset[str]
    ends: frozenset[str]
    determiners: frozenset[str]
    auxiliaries: frozenset[str]
    adverbs: frozenset[str]
    relatives: frozenset[str]
    of: frozenset[str]
    agents: frozenset[str]
    passive: frozenset[str]
    according: re.Pattern[str]
    word: re.Pattern[str]
    drops_subject: bool
    dashes: bool


@cache
def cues(language: str) -> Cues:
    """The cues of a language; empty where it has no table."""
    known = table(primary(language), "speech")

    def words(*keys: str) -> frozenset[str]:
        return word_set(language, "speech", *keys)

    verbs = words("verbs", "participles")
    return Cues(
        verbs=verbs,
        participles=words("participles"),
        judging=words("judging"),
        pronouns=words("pronouns"),
        unnamed=words("unnamed"),
        ends=words("subject_ends"),
        determiners=words("determiners", "unnamed"),
        auxiliaries=words("auxiliaries"),
        adverbs=words("adverbs", "auxiliaries"),
        relatives=words("relatives"),
        of=words("of"),
        agents=words("agents"),
        passive=words("passive"),
        according=_according(language, words("according")),
        word=_word(language, verbs | words("pronouns", "subject_ends", "auxiliaries", "adverbs")),
        drops_subject=bool(known.get("drops_subject", False)),
        dashes=bool(known.get("dashes", False)),
    )


def _according(language: str, phrases: frozenset[str]) -> re.Pattern[str]:
    any_phrase = _alternatives(phrases)
    if primary(language) in _UNSPACED:
        return re.compile(any_phrase)
    return re.compile(rf"\b(?:{any_phrase})(?=\s)", re.IGNORECASE)


def _word(language: str, cue_words: frozenset[str]) -> re.Pattern[str]:
    if primary(language) in _UNSPACED:
        return re.compile(rf"{_alternatives(cue_words)}|[A-Za-z0-9]+|[^\W_]")
    return re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def _alternatives(phrases: frozenset[str]) -> str:
    return "|".join(map(re.escape, sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))) or "(?!)"
