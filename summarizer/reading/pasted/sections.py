"""Lists of other stories in a copied page, each under its heading: which lines are theirs, and where they end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise, takewhile

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


def drop_sections(page: LabelledLines) -> LabelledLines:
    """Without what stands under a heading such as "Most read"; a sentence there that may be the article's has the
    rule of what is not like one."""
    if not (any(page.prose) and any(page.sections)):
        return page
    headings = [i for i, is_heading in enumerate(page.sections) if is_heading]
    first, words, rules = page.first_prose(), _Words.of(page), dict[int, str]()
    following = [*accumulate(_weights(page)[::-1], initial=0)][::-1]
    is_first = first > headings[0]
    for heading, end in pairwise([*headings, len(page.lines)]):
        below = heading > first and following[heading] < LISTED_SHARE * following[0]
        if is_closing(page.lines[heading]) and (below or (heading > first and _are_comments(page, heading))):
            return page.drop(rules | dict.fromkeys(range(heading, len(page.lines)), "section"))
        found = _list_rules(page.part(heading, end + 1), words.from_line(heading), is_first=is_first, below=below)
        rules |= {heading + i: rule for i, rule in found.items()}
        is_first &= all(i in rules for i in range(heading, end) if page.prose[i])
    return page.drop(rules)


def _weights(page: LabelledLines) -> list[int]:
    """The words of each line of prose."""
    return [line.words if prose else 0 for line, prose in zip(page.lines, page.prose, strict=True)]


def _are_comments(page: LabelledLines, heading: int) -> bool:
    """Whether hours or dates stand between the lines that follow."""
    return sum(map(is_stamp, page.lines[heading + 1 : heading + 1 + COMMENT_LINES])) >= FEWEST_STAMPS


def _list_rules(block: LabelledLines, words: _Words, *, is_first: bool, below: bool) -> dict[int, str]:
    """The rules of lines that stand from one heading on, the first line, to the next, the last. `is_first` says that
    no prose is kept above, `below` that the heading may stand below the article."""
    rules = {0: "section"}
    if len(block.lines) > 1 and block.prose[1] and not block.lines[1].is_sentence:
        rules[1] = "section"  # headlines in a row
    start = len(rules)
    rules |= {} if is_first else _strange_sentences(block, start, words)
    block = block.drop(rules)
    stories = _Stories.of(block, start, below)
    return {
        **dict.fromkeys(range(start, stories.end), "section"),
        **_teaser_rules(block, stories.teasers, words, is_first=is_first),
        **(_until_resumed(block, stories.end) if below else {}),
        **rules,
    }


def _strange_sentences(block: LabelledLines, at: int, words: _Words) -> dict[int, str]:
    """Sentences in a row right below a heading that say nothing of what the prose above says are like no article."""
    below = takewhile(lambda i: block.prose[i], range(at, len(block.lines)))
    strange = takewhile(lambda i: words.above(block.lines[i].text, at) < STRANGE_AGREEMENT, below)
    return dict.fromkeys(strange, AROUND)


def _teaser_rules(block: LabelledLines, teasers: Sequence[int], words: _Words, *, is_first: bool) -> dict[int, str]:
    """The sentences of the stories go where it is certain that they are such: above the article the last may be its
    title and its first sentence."""
    own = Counter(word for i in teasers for word in vocabulary([block.lines[i].text]))
    together = words.elsewhere("\n".join(block.lines[i].text for i in teasers), own)
    are_many = len(teasers) >= MANY_TEASERS and together < MOST_TOGETHER

    def is_sure(i: int) -> bool:
        agrees = words.elsewhere(f"{block.lines[i - 1].text} {block.lines[i].text}", own) >= MOST_AGREEMENT
        is_list = are_many or (len(teasers) >= FEWEST_TEASERS and not agrees)
        return is_list and not (is_first and i == teasers[-1])

    return {i: "section" if is_sure(i) else AROUND for i in teasers}


@dataclass(frozen=True)
class _Words:
    """The longer words of a page's prose: in how many lines each stands, and in which first."""

    lines: Counter[str]
    first: dict[str, int]
    start: int = 0
    """The line from which lines are numbered."""

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

    def from_line(self, start: int) -> _Words:
        """The same with the lines numbered from `start`."""
        return replace(self, start=start)

    def above(self, text: str, at: int) -> float:
        """The share of a text's longer words that stand above the line `at`."""
        said, at = vocabulary([text]), self.start + at
        return sum(self.first.get(word, at) < at for word in said) / max(1, len(said))

    def elsewhere(self, text: str, own: Counter[str]) -> float:
        """The share of a text's longer words that stand in other lines than those counted in `own`."""
        said = vocabulary([text])
        return sum(self.lines[word] > own[word] for word in said) / max(1, len(said))


@dataclass(frozen=True)
class _Stories:
    """Where the lines of prose of a list's stories stand, each below its headline, and where the list ends."""

    teasers: tuple[int, ...]
    end: int

    @classmethod
    def of(cls, block: LabelledLines, at: int, below: bool) -> _Stories:
        """Those whose first headline stands in line `at`."""
        teasers: list[int] = []
        while (start := _past_headlines(block, at, below)) > at and None in block.rules[at:start]:
            if not _is_teaser(block, at, start, is_later=bool(teasers)):
                return cls(tuple(teasers), start)
            teasers.append(start)
            at = start + 1
        return cls(tuple(teasers), at)


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


def _is_teaser(page: LabelledLines, at: int, i: int, *, is_later: bool) -> bool:
    """Whether the line of prose under the headline in line `at` is that of a story in the list: the next line is a
    headline again, or the stories before had such lines."""
    headlines = [line.text for line in page.lines[at:i] if not is_about_text(line.text)]
    if i >= len(page.lines) or not page.prose[i] or len(headlines) > 1:
        return False
    is_alone = i + 1 >= len(page.lines) or (page.rules[i + 1] is None and not page.prose[i + 1])
    return is_alone or is_later


def _is_listed(page: LabelledLines, i: int) -> bool:
    """Whether a rank stands above the line, or "Read more" below it."""
    follows = i + 1 < len(page.lines) and page.rules[i + 1] == "related" and page.lines[i + 1].words <= LINK_WORDS
    return follows or page.lines[i - 1].text.strip(".").isdigit()


def _until_resumed(page: LabelledLines, at: int) -> dict[int, str]:
    """What stands before the line at which the article goes on is not like one."""
    rules: dict[int, str] = {}
    while at < len(page.lines) and not page.sections[at]:
        end = next((i for i in range(at, len(page.lines)) if not page.prose[i]), len(page.lines))
        if sum(line.words for line in page.lines[at:end]) >= RESUMED_WORDS:
            break
        for i in range(at, min(end + 1, len(page.lines))):
            if not page.sections[i]:
                rules[i] = AROUND if page.prose[i] and not _is_listed(page, i) else "section"
        at = end + 1 if end < len(page.lines) and not page.sections[end] else end
    return rules
