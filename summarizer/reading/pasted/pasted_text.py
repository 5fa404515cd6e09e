"""Pasted text: the lines of the article kept, those of the page around it left out, whole and by named rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from summarizer.reading.characters.offset_map import MappedText
from summarizer.reading.extract import Extract
from summarizer.reading.header.bylines import is_bio, names_in_byline
from summarizer.reading.header.header import Header, read_header
from summarizer.reading.header.metadata import Metadata, labelled_genre
from summarizer.reading.header.publication_dates import date_in_line, opening_date
from summarizer.reading.header.titles import FEWEST_OF_HEADING
from summarizer.reading.pasted.doubtful_lines import doubt_calls, doubt_menus, doubtful, strange_lines
from summarizer.reading.pasted.line_classifier import likely_lines
from summarizer.reading.pasted.line_context import AROUND, LabelledLines, is_prose
from summarizer.reading.pasted.line_features import traits
from summarizer.reading.pasted.line_rules import LINE_RULES, PageLine, is_contact
from summarizer.reading.pasted.live_blog import posts_of
from summarizer.reading.pasted.sections import drop_sections, is_about_text

FARTHEST_ABOVE = 400
"""Lines above the article that are read for its title, authors and date."""
LONGEST_KICKER = 4
"""Words."""
ABOUT = ("title", "byline", "date", "caption")
"""The rules of lines that tell what the article is, who wrote it and when, and what its pictures show."""
LONGEST_HEADER, LONGEST_TAIL = 5, 6
"""Lines in which authors and date may follow a sentence above the article, and in which authors may be described."""


def clean_lines(source: MappedText) -> Extract:
    """The article in a pasted text. Titles, bylines and dates above it go into the metadata."""
    page = page_of(source.text)
    copied = page.smells_copied()
    page = page.drop_captions().drop_blocks()
    page = doubt_calls(page.believe(likely_article(page))) if copied else _doubt_strange(drop_sections(page))
    posts = posts_of(page)
    page = page.keep(posts or ())
    headed = _read_header(page, copied, _header_end(page) if posts is None else posts.start)
    page = _keep_below_title(headed.page if copied else doubt_menus(headed.page))
    doubts = doubtful(page, copied)
    rules = [None if i in doubts else rule for i, rule in enumerate(page.rules)]
    rules = _without_repeats(page, rules) if copied else rules
    kept = [i for i, rule in enumerate(rules) if rule is None]
    gone = [source.listed(rule, *page.lines[i].place) for i, rule in enumerate(rules) if rule]
    body = source.keep([page.lines[i].place for i in kept], gone)
    return Extract(body, headed.metadata, frozenset(number for number, i in enumerate(kept, 1) if i in doubts))


def _doubt_strange(page: LabelledLines) -> LabelledLines:
    """In a text that is no copy of a whole page: what is neither like an article nor says anything of this one."""
    strange = strange_lines(page)
    unlike = likely_article(page) if strange else ()
    return page.drop({i: AROUND for i in strange if unlike[i]})


def _keep_below_title(page: LabelledLines) -> LabelledLines:
    """Keeps the prose right below the title, with nothing but adverts and what tells authors and dates between."""
    if "title" not in page.rules:
        return page
    below = range(page.rules.index("title") + 1, len(page.lines))
    own = takewhile(lambda i: is_prose(page.lines[i]) or page.rules[i] in (*LINE_RULES, *ABOUT), below)
    return page.keep([*own])


def _without_repeats(page: LabelledLines, rules: Sequence[str | None]) -> list[str | None]:
    """The rules with one for prose that the lines kept so far have word for word."""
    seen: set[str] = set()
    result = list(rules)
    for i, line in enumerate(page.lines):
        if rules[i] is None and is_prose(line):
            result[i] = "repeated" if line.text in seen else None
            seen.add(line.text)
    return result


def all_lines(source: MappedText) -> Extract:
    """The whole of a pasted text, with what its first lines say."""
    body = source.keep(line.place for line in page_of(source.text).lines)
    return Extract(body, clean_lines(source).metadata)


def page_of(text: str) -> LabelledLines:
    """The lines of a text, those known for junk by their words marked."""
    stretches = re.finditer(r"\S+(?:[^\S\n]+\S+)*", text)
    return LabelledLines.of([PageLine(match.start(), match.end(), match[0]) for match in stretches])


def suspicions(page: LabelledLines) -> Sequence[str | None]:
    """The rule that each line falls under if the rules for many lines are believed."""
    return drop_sections(page).keep_heaviest_prose().drop_link_lists().rules


def likely_article(page: LabelledLines, weights: Mapping[str, float] | None = None) -> list[str | None]:
    """For each line of the copy of a whole page the rule that drops it, or None.

    No rule for many lines is believed alone: all traits of a line are weighed. Only before the first and after the
    last prose that is kept is a suspicion enough, and where no prose would be kept.
    """
    suspected = suspicions(page)
    likely = likely_lines(traits(page, suspected), [line.words for line in page.lines], weights)
    prose = [i for i, is_prose in enumerate(page.prose) if is_prose and likely[i]]
    if not prose:
        likely, prose = [suspicion is None for suspicion in suspected], [0, len(likely) - 1]
    first, last = page.first_following(prose[0]), prose[-1]
    # A short last sentence of the article is as unlike prose as what follows it.
    end = page.last_going_along(last, suspected)

    def doubt(i: int) -> str | None:
        if not likely[i] and not (first <= i < prose[0] or last < i <= end):
            return suspected[i] or AROUND
        return None if first <= i <= end else suspected[i]

    return [rule or doubt(i) for i, rule in enumerate(page.rules)]


@dataclass(frozen=True)
class _Headed:
    """The lines with those labelled that tell what the article is, and what they tell."""

    page: LabelledLines
    metadata: Metadata


def _read_header(page: LabelledLines, copied: bool, end: int) -> _Headed:
    """Gives the lines above the article that say its title, authors and date their rules, and those at its end that
    say more of them."""
    if end == len(page.lines):
        return _Headed(page, Metadata())
    header = _read_above(page, copied, end)
    page = page.relabel(header.rules)
    page = page.relabel(_tail(page, header.metadata.authors))
    return _Headed(page, _dated(page, header.metadata))


def _read_above(page: LabelledLines, copied: bool, end: int) -> Header:
    """What stands above the title on the copy of a page goes, and elsewhere the few words that say of what kind it
    is."""
    start = max(0, end - FARTHEST_ABOVE)
    above = [line.text for line in page.lines[start:end]]
    opens_dated = opening_date(page.lines[end].text) is not None
    about = next((i for i, line in enumerate(above) if is_about_text(line)), len(above) if opens_dated else None)
    possible = range(len(above)) if copied else _possible_titles(above, about)
    candidates = [i for i in possible if page.may_be_title(start + i)]
    is_top = not copied and start == 0
    header = read_header(above, candidates, _prose(page, end), opens_dated=opens_dated, is_top=is_top)
    rules = {start + i: rule for i, rule in header.rules.items()}
    title = header.title_line
    for i in range(0 if title is None else start + title):
        if copied or page.lines[i].words <= LONGEST_KICKER:
            rules.setdefault(i, page.rules[i] or "kicker")
    genre = labelled_genre(above[:title], header.metadata.title)
    return replace(header, rules=rules, metadata=replace(header.metadata, genre=genre))


def _possible_titles(above: Sequence[str], about: int | None) -> range:
    """Those above authors and date, unless these come first; without them the very first line, or the second below a
    few words that say of what kind the text is."""
    if about == 0:
        return range(len(above))
    is_kicker = bool(above) and len(above[0].split()) < FEWEST_OF_HEADING
    return range(min(1 + is_kicker, len(above)) if about is None else about)


def _header_end(page: LabelledLines) -> int:
    """The number of the first line of the article: a sentence above authors and date is no part of it yet."""
    first = page.first_prose()
    after = next((i for i in range(first + 1, len(page.lines)) if page.prose[i]), len(page.lines))
    following = page.lines[first + 1 : min(after, first + LONGEST_HEADER)]
    is_above = first > 0 and after < len(page.lines) and any(_is_surely_about_text(line.text) for line in following)
    return after if is_above else first


def _is_surely_about_text(line: str) -> bool:
    """Whether it is a byline, or a date with words about dates alone: a timeline has others, or but hours."""
    dated = date_in_line(line)
    is_date = dated is not None and dated.is_pure and bool(dated.published or dated.modified)
    return is_date or bool(names_in_byline(line))


def _prose(page: LabelledLines, start: int) -> Iterator[str]:
    lines = zip(page.lines[start:], page.prose[start:], strict=True)
    return (line.text for line, is_prose in lines if is_prose)


def _tail(page: LabelledLines, authors: Sequence[str]) -> dict[int, str]:
    """What the end of the article says of its authors, and how they are reached."""
    last, rules = page.last_prose(), dict[int, str]()
    for i in range(max(0, last - LONGEST_TAIL), len(page.lines)):
        text = page.lines[i].text
        if page.rules[i] is None and (text in authors or is_bio(text, authors)):
            rules[i] = "bio"
        elif page.rules[i] is None and i > last and is_contact(page.lines[i]):
            rules[i] = "contact"
    return rules


def _dated(page: LabelledLines, said: Metadata) -> Metadata:
    """With a date that has a word about it, below the article or in its dateline, where the header has none."""
    if said.published:
        return said
    below = [date_in_line(line.text) for line in page.lines[page.last_prose() + 1 :]]
    labelled = [found for found in below if found and found.labelled]
    published = next((found.published for found in labelled if found.published), None)
    modified = next((found.modified for found in labelled if found.modified), said.modified)
    opening = opening_date(page.lines[page.first_prose()].text)
    return replace(said, published=opening or published, modified=modified)
