"""Cues: the words of a language that report speech."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from summarizer.languages.language import language_of
from summarizer.text.phrases import expression
from summarizer.text.words import WITH_APOSTROPHE, any_of


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


@dataclass(frozen=True)
class Claims:
    """By what a language leaves a statement to somebody, and by what it shows at all that one is somebody's."""

    claims: re.Pattern[str]
    attributions: re.Pattern[str]
    verbs: re.Pattern[str]
    """Those that report words."""
    moods: re.Pattern[str]
    """Those of the claims that are forms of a verb, which say nothing of whose it is."""
    doubted: re.Pattern[str]
    """Those that nobody would use of what he takes for true."""


@cache
def claims(language: str) -> Claims | None:
    """Those of a language by its BCP-47 tag; None for one that has no list of them."""
    known = language_of(language).speech
    if not known.claims:
        return None
    own = (*known.claims, *known.moods)
    verbs = (*known.verbs, *known.participles, *known.according)
    return Claims(
        expression(own, language),
        expression((*own, *verbs, *known.judging, *known.views), language),
        expression(verbs, language),
        expression(known.moods, language),
        expression(known.doubted, language),
    )


@cache
def cues(language: str) -> Cues:
    """The cues of a language; empty where it has no table."""
    table = language_of(language).speech
    verbs = table.verbs | table.participles
    return Cues(
        verbs=verbs,
        participles=table.participles,
        judging=table.judging,
        pronouns=table.pronouns,
        unnamed=table.unnamed,
        ends=table.subject_ends,
        determiners=table.determiners | table.unnamed,
        auxiliaries=table.auxiliaries,
        adverbs=table.adverbs | table.auxiliaries,
        relatives=table.relatives,
        of=table.of,
        agents=table.agents,
        passive=table.passive,
        according=_according(language, table.according),
        word=_word(language, verbs | table.pronouns | table.subject_ends | table.auxiliaries | table.adverbs),
        drops_subject=table.drops_subject,
        dashes=table.dashes,
    )


def _according(language: str, phrases: frozenset[str]) -> re.Pattern[str]:
    any_phrase = any_of(phrases)
    if language_of(language).writing.unspaced:
        return re.compile(any_phrase)
    return re.compile(rf"\b(?:{any_phrase})(?=\s)", re.IGNORECASE)


def _word(language: str, cue_words: frozenset[str]) -> re.Pattern[str]:
    if language_of(language).writing.unspaced:
        return re.compile(rf"{any_of(cue_words)}|[A-Za-z0-9]+|[^\W_]")
    return WITH_APOSTROPHE
