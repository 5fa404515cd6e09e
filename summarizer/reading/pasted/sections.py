"""Lists of other stories in a copied page, each under its heading: which lines are theirs, and where they end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from summarizer.reading.header.bylines import names_in_byline
from summarizer.reading.header.publication_dates import date_in_line
from summarizer.reading.header.titles import vocabulary
from summarizer.reading.pasted.line_context import AROUND, LabelledLines
from summarizer.reading.pasted.line_features import is_stamp
from summarizer.reading.pasted.line_rules import is_closing

LISTED_SHARE = 0.35
"""A heading may stand below the article only when less than this share of the prose follows."""
FEWEST_TEASERS = 2
"""Stories with a headline and a sentence each that make a list of them certain: one may be a subheading of the
article with a paragraph below it."""
MANY_TEASERS, MOST_TOGETHER = 3, 0.6
"""So many are certain, too, when together they have at most this share of their longer words in common with it."""
MOST_AGREEMENT = 0.3
"""The share of the longer words of a story's headline and sentence that other prose of the page has."""
COMMENT_LINES, FEWEST_STAMPS = 20, 3
"""So many lines with an hour or a date among the first ones below a heading make them comments."""
STRANGE_AGREEMENT = 0.2
"""The share of its longer words that a sentence of another story has in common with the text above it."""
LINK_WORDS = 3
"""Words of a link that leads on to a story."""
RESUMED_WORDS = 40
"""Words at a stretch with which an article goes on below a list that may be behind its end."""


def drop_sections(page: LabelledLines) -> None:
    """What stands under a heading such as "Most read" goes; a sentence there that may be the article's has the rule
    of what is not like one."""
    if not (any(page.prose) and any(page.sections)):
        return
    first, words, at = page.first_prose(), _Words.of(page), 0
    weights = [line.words if prose else 0 for line, prose in zip(page.lines, page.prose, strict=True)]
    following = [*list(accumulate(reversed(weights)))[::-1], 0]
    while at < len(page.lines):
        if not page.sections[at]:
            at += 1
            continue
        below = at > first and following[at] < LISTED_SHARE * following[0]
        closes = is_closing(page.lines[at]) and (below or (at > first and _are_comments(page, at)))
        at = _drop_closing(page, at) if closes else _drop_list(page, at, words, below)


def _are_comments(page: LabelledLines, heading: int) -> bool:
    """Whether hours or dates stand between the lines that follow."""
    return sum(map(is_stamp, page.lines[heading + 1 : heading + 1 + COMMENT_LINES])) >= FEWEST_STAMPS


def _drop_closing(page: LabelledLines, heading: int) -> int:
    for i in range(heading, len(page.lines)):
        page.drop(i, "section")
    return len(page.lines)


def _drop_list(page: LabelledLines, heading: int, words: _Words, below: bool) -> int:
    """Drops the stories under the heading. The line with which something else begins."""
    page.drop(heading, "section")
    teasers: list[int] = []
    at = heading + 1
    if at < len(page.lines) and page.prose[at] and not page.lines[at].is_sentence:
        page.drop(at, "section")  # headlines in a row
        at += 1
    _doubt_sentences(page, at, words)
    while (start := _past_headlines(page, at, below)) > at and None in page.rules[at:start]:
        for i in range(at, start):
            page.drop(i, "section")
        if not _is_teaser(page, at, start, teasers):
            at = start
            break
        teasers.append(start)
        at = start + 1
    _drop_teasers(page, teasers, words, is_first=page.first_prose() > heading)
    return _resumed(page, at) if below else at


def _doubt_sentences(page: LabelledLines, at: int, words: _Words) -> None:
    """Sentences in a row right below a heading that say nothing of what the prose above says are like no article."""
    if page.first_prose() >= at:
        return
    end = at
    while end < len(page.lines) and page.prose[end] and words.above(page.lines[end].text, at) < STRANGE_AGREEMENT:
        end += 1
    for i in range(at, end):
        page.drop(i, AROUND)


def _drop_teasers(page: LabelledLines, teasers: Sequence[int], words: _Words, *, is_first: bool) -> None:
    """The sentences of the stories go where it is certain that they are such: above the article the last may be its
    title and its first sentence."""
    own = Counter(word for i in teasers for word in vocabulary([page.lines[i].text]))
    together = words.elsewhere("\n".join(page.lines[i].text for i in teasers), own)
    are_many = len(teasers) >= MANY_TEASERS and together < MOST_TOGETHER
    for i in teasers:
        agrees = words.elsewhere(f"{page.lines[i - 1].text} {page.lines[i].text}", own) >= MOST_AGREEMENT
        is_sure = are_many or (len(teasers) >= FEWEST_TEASERS and not agrees)
        is_sure &= not (is_first and i == teasers[-1])
        page.drop(i, "section" if is_sure else AROUND)


@dataclass(frozen=True)
class _Words:
    """The longer words of a page's prose: in how many lines each stands, and in which first."""

    lines: Counter[str]
    first: dict[str, int]

    @classmethod
    def of(cls, page: LabelledLines) -> _Words:
        """Those of the page as it is now, read once for all of its lists."""
        lines: Counter[str] = Counter()
        first: dict[str, int] = {}
        for i, line in enumerate(page.lines):
            for word in vocabulary([line.text]) if page.prose[i] else ():
                lines[word] += 1
                first.setdefault(word, i)
        return cls(lines, first)

    def above(self, text: str, at: int) -> float:
        """The share of a text's longer words that stand above the line `at`."""
        said = vocabulary([text])
        return sum(self.first.get(word, at) < at for word in said) / max(1, len(said))

    def elsewhere(self, text: str, own: Counter[str]) -> float:
        """The share of a text's longer words that stand in other lines than those counted in `own`."""
        said = vocabulary([text])
        return sum(self.lines[word] > own[word] for word in said) / max(1, len(said))


def _past_headlines(page: LabelledLines, at: int, below: bool) -> int:
    """The first line from `at` on that is no headline of a list: prose, another heading, or above the article its
    head."""
    i = at
    while i < len(page.lines) and not (page.prose[i] or page.sections[i]):
        if i > at and not below and is_about_text(page.lines[i].text):
            return i - 1
        i += 1
    return i


def is_about_text(line: str) -> bool:
    """Whether a line tells authors or a date."""
    return bool(names_in_byline(line)) or date_in_line(line) is not None


def _is_teaser(page: LabelledLines, at: int, i: int, teasers: list[int]) -> bool:
    """Whether the line of prose under the headline in line `at` is that of a story in the list: the next line is a
    headline again, or the stories before had such lines."""
    headlines = [line.text for line in page.lines[at:i] if not is_about_text(line.text)]
    if i >= len(page.lines) or not page.prose[i] or len(headlines) > 1:
        return False
    is_alone = i + 1 >= len(page.lines) or (page.rules[i + 1] is None and not page.prose[i + 1])
    return is_alone or bool(teasers)


def _is_listed(page: LabelledLines, i: int) -> bool:
    """Whether a rank stands above the line, or "Read more" below it."""
    follows = i + 1 < len(page.lines) and page.rules[i + 1] == "related" and page.lines[i + 1].words <= LINK_WORDS
    return follows or page.lines[i - 1].text.strip(".").isdigit()


def _resumed(page: LabelledLines, at: int) -> int:
    """The line at which the article goes on; what stands before it is not like one."""
    while at < len(page.lines) and not page.sections[at]:
        end = next((i for i in range(at, len(page.lines)) if not page.prose[i]), len(page.lines))
        if sum(line.words for line in page.lines[at:end]) >= RESUMED_WORDS:
            return at
        for i in range(at, min(end + 1, len(page.lines))):
            if not page.sections[i]:
                page.drop(i, AROUND if page.prose[i] and not _is_listed(page, i) else "section")
        at = end + 1 if end < len(page.lines) and not page.sections[end] else end
    return at
