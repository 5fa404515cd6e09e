"""Pasted text: the lines of the article kept, those of the page around it left out, whole and by named rules."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass

from summarizer.reading.header import content_words, read_header
from summarizer.reading.likely import likely_lines
from summarizer.reading.lines import Line
from summarizer.reading.metadata import Metadata
from summarizer.reading.page import PageLines
from summarizer.reading.traced import Traced
from summarizer.reading.traits import traits

AROUND = "page"
"""The rule of a line of a copied page that no other rule knows, but that is not like the article."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """What is left of a pasted text, with what its first lines say."""

    body: Traced
    metadata: Metadata


def clean_lines(source: Traced) -> Pasted:
    """The article in a pasted text. Titles, bylines and dates above it go into the metadata."""
    page = page_of(source.text)
    copied = page.smells_copied()
    page.drop_captions()
    if copied:
        page.believe(likely_article(page))
    else:
        page.drop_sections()
    metadata = _read_header(page, copied)
    verdicts = list(zip(page.lines, page.rules, strict=True))
    kept = [(line.start, line.end) for line, rule in verdicts if rule is None]
    gone = [source.listed(rule, line.start, line.end) for line, rule in verdicts if rule]
    return Pasted(source.keep(kept, gone), metadata)


def page_of(text: str) -> PageLines:
    """The lines of a text, those known for junk by their words marked."""
    stretches = re.finditer(r"\S(?:[^\n]*\S)?", text)
    return PageLines([Line(match.start(), match.end(), match[0]) for match in stretches])


def suspicions(page: PageLines) -> list[str | None]:
    """The rule that each line falls under if the rules for many lines are believed."""
    suspected = copy(page)
    suspected.rules, suspected.prose = list(page.rules), list(page.prose)
    suspected.drop_sections()
    suspected.keep_heaviest_prose()
    suspected.drop_link_lists()
    return suspected.rules


def likely_article(page: PageLines, weights: Mapping[str, float] | None = None) -> list[str | None]:
    """For each line of the copy of a whole page the rule that drops it, or None.

    No rule for many lines is believed alone: all traits of a line are weighed. Only before the first and after the
    last prose that is kept is a suspicion enough, and where no prose would be kept.
    """
    suspected = suspicions(page)
    likely = likely_lines(traits(page, suspected), [line.words for line in page.lines], weights)
    prose = [i for i, is_prose in enumerate(page.prose) if is_prose and likely[i]]
    if not prose:
        likely, prose = [suspicion is None for suspicion in suspected], [0, len(likely) - 1]
    inside = range(prose[0], prose[-1] + 1)
    doubted = [
        (suspicion or AROUND) if not likely[i] else (suspicion if i not in inside else None)
        for i, suspicion in enumerate(suspected)
    ]
    return [rule or doubt for rule, doubt in zip(page.rules, doubted, strict=True)]


def _read_header(page: PageLines, copied: bool) -> Metadata:
    """Gives the lines above the article that say its title, authors and date their rules.

    On the copy of a page the title may be any of them, in other texts only the very first line.
    """
    above = page.lines[: page.first_prose()]
    if len(above) == len(page.lines):
        return Metadata()
    sure = (None, "head", AROUND)
    candidates = [i for i in range(len(above) if copied else min(1, len(above))) if page.rules[i] in sure]
    vocabulary = {word for line in page.lines[len(above) :] for word in content_words(line.text)}
    header = read_header([line.text for line in above], candidates, vocabulary)
    for i, rule in header.rules.items():
        page.rules[i] = rule
    return header.metadata
