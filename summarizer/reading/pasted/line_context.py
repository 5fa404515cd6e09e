"""The lines of a pasted text, and the rules that look at more than one of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from summarizer.reading.header.metadata import labelled_genre
from summarizer.reading.pasted.line_rules import LINE_RULES, PageLine, is_section, line_rule

AROUND = "page"
"""The rule of a line of a copied page that no other rule knows, but that is not like the article."""
UNLIKE = frozenset((AROUND, "call", "head", "list", "tail"))
"""The rules of lines against which only their place or looks speak, or a word to the readers."""
PROSE_WORDS = 12
"""A line of so many words that ends as a sentence does is prose; one of LONG_WORDS mostly is however it ends."""
LONG_WORDS = 25
ROW_SHARE = 0.7
"""Of the words of a row of links, those with a capital."""
GAP = 8
"""So many short lines in a row part two clusters of prose."""
KEPT_CLUSTER = 0.25
"""Clusters with this share of the heaviest one's words are kept."""
PARTED_SHARE = 0.6
"""Of the lines of prose, those that a blank line must follow before blank lines are taken to part paragraphs."""
LONGEST_BLOCK, HEADING_WORDS = 6, 8
"""Lines that a heading may have below it, and words that it may have."""
# GAP and KEPT_CLUSTER were chosen on one half of 517 copied pages, for recall before precision.


@dataclass(frozen=True)
class LabelledLines:
    """The lines, and for each the rule that drops it, or None."""

    lines: tuple[PageLine, ...]
    rules: tuple[str | None, ...]
    sections: tuple[bool, ...]
    """Which lines are headings of lists of other texts."""
    prose: tuple[bool, ...]
    """Which lines are running text, and kept so far."""

    @classmethod
    def of(cls, lines: Sequence[PageLine]) -> LabelledLines:
        """What each line is by its own words, and by whether prose stands above it."""
        rules = [line_rule(line) for line in lines]
        sections = [rule is None and is_section(line) for line, rule in zip(lines, rules, strict=True)]
        prose = tuple(
            rule is None and not section and is_prose(line)
            for line, rule, section in zip(lines, rules, sections, strict=True)
        )
        first = _first(prose)
        for i, line in enumerate(lines):
            if i < first and rules[i] == "related" and labelled_genre((), line.text):
                rules[i] = None
            if i >= first:
                # Above an article `12 comments` is a button, below it a heading.
                is_heading = rules[i] in ("share", "related") and not re.search("[:：]", line.text)
                sections[i] |= is_heading and is_section(line)
        return cls(tuple(lines), tuple(rules), tuple(sections), prose)

    def first_prose(self) -> int:
        """The number of the first line of prose; of none, when there is no prose."""
        return _first(self.prose)

    def last_prose(self) -> int:
        """The number of the last line of prose, where there is any."""
        return max(self._prose_lines())

    def smells_copied(self) -> bool:
        """Whether it is a copy of a whole page: three different lines of junk, or twelve short ones above all prose.

        Only then is more dropped than single lines: a clean article must lose nothing.
        """
        verdicts = zip(self.lines, self.rules, self.sections, strict=True)
        junk = {line.text for line, rule, section in verdicts if section or rule not in (None, "symbols")}
        return any(self.prose) and (len(junk) >= 3 or self.first_prose() >= 12)

    def drop(self, rules: Mapping[int, str]) -> LabelledLines:
        """These lines fall under the rule that is given for each, unless under another one already."""
        prose = tuple(prose and i not in rules for i, prose in enumerate(self.prose))
        return replace(self, rules=tuple(rule or rules.get(i) for i, rule in enumerate(self.rules)), prose=prose)

    def relabel(self, rules: Mapping[int, str]) -> LabelledLines:
        """These lines fall under the rule that is given for each, whatever was thought of them."""
        return replace(self, rules=tuple(rules.get(i, rule) for i, rule in enumerate(self.rules)))

    def believe(self, rules: Sequence[str | None]) -> LabelledLines:
        """These rules hold from now on."""
        prose = (prose and rule is None for prose, rule in zip(self.prose, rules, strict=True))
        return replace(self, rules=tuple(rules), prose=tuple(prose))

    def keep(self, kept: Collection[int]) -> LabelledLines:
        """These lines are kept if but their place, their looks or a word to the readers speak against them."""
        free = {i for i in kept if self.rules[i] in UNLIKE}
        rules = tuple(None if i in free else rule for i, rule in enumerate(self.rules))
        prose = (is_prose(self.lines[i]) if i in free else prose for i, prose in enumerate(self.prose))
        return replace(self, rules=rules, prose=tuple(prose))

    def part(self, start: int, end: int) -> LabelledLines:
        """The lines from `start` up to `end`."""
        at = slice(start, end)
        return LabelledLines(self.lines[at], self.rules[at], self.sections[at], self.prose[at])

    def drop_captions(self) -> LabelledLines:
        """Without lines that the next one, with its credit, says again; and agency captions above the article."""
        said_again = {
            i: "caption"
            for i, (line, below) in enumerate(pairwise(self.lines))
            if self.rules[i + 1] == "credit" and below.text.startswith(line.text)
        }
        page = self.drop(said_again)
        return page.drop(dict.fromkeys(page._agency_captions(), "caption"))

    def _agency_captions(self) -> Iterator[int]:
        rest = self._weight(range(len(self.lines)))
        for i in self._prose_lines():
            line = self.lines[i]
            rest -= line.words
            if not (_AGENCY.search(line.text) and line.words < 30 and rest > line.words):
                return
            yield i

    def drop_blocks(self) -> LabelledLines:
        """Without what follows such a heading as "Read also" line upon line, where blank lines part the paragraphs.

        Teasers may be sentences as whole as those of the article.
        """
        gaps = [after.start - before.end > 1 for before, after in pairwise(self.lines)]
        parted = [gap for gap, is_prose in zip(gaps, self.prose, strict=False) if is_prose]
        if sum(parted) < PARTED_SHARE * len(parted) or len(parted) < 2:
            return self
        return self.drop(dict.fromkeys(self._in_blocks(gaps), "section"))

    def _in_blocks(self, gaps: Sequence[bool]) -> Iterator[int]:
        """The lines of such blocks; `gaps` says below which lines a blank one stands."""
        for i in range(self.first_prose(), len(self.lines) - 1):
            if gaps[i - 1] and not gaps[i] and self._heads_block(i):
                end = next((k for k in range(i, len(gaps)) if gaps[k]), len(gaps))
                yield from range(i, min(end, i + LONGEST_BLOCK) + 1)

    def _heads_block(self, index: int) -> bool:
        line = self.lines[index]
        is_heading = line.words <= HEADING_WORDS and not line.is_sentence
        return is_heading and (self.sections[index] or self.rules[index] in ("related", "promo", "section"))

    def keep_heaviest_prose(self) -> LabelledLines:
        """Without what stands before and after the clusters of prose that carry the most words."""
        if not any(self.prose):
            return self
        clusters = self._clusters()
        heaviest = max(self._weight(cluster) for cluster in clusters)
        kept = [cluster for cluster in clusters if self._weight(cluster) >= KEPT_CLUSTER * heaviest]
        low, high = kept[0][0], kept[-1][-1]
        while (after := self._below(high)) is not None and self._goes_along(after, fewest=3):
            high = after
        while low > 0 and self._goes_along(low - 1, fewest=5):
            low -= 1
        below = range(high + 1, len(self.lines))
        return self.drop(dict.fromkeys(range(low), "head") | dict.fromkeys(below, "tail"))

    def drop_link_lists(self) -> LabelledLines:
        """Without runs of four and more short lines without a full stop above others, one of which is junk."""
        runs: list[list[int]] = [[]]
        for i, line in enumerate(self.lines):
            if self.prose[i] or line.is_sentence:
                runs.append([])
            else:
                runs[-1].append(i)
        lists = (run for run in runs[:-1] if len(run) >= 4 and any(self.rules[i] for i in run))
        return self.drop(dict.fromkeys(chain.from_iterable(lists), "list"))

    def may_be_title(self, index: int) -> bool:
        """Whether the line is known neither for prose nor, by its own words, for junk."""
        return not (self.prose[index] or self.sections[index] or self.rules[index] in (*LINE_RULES, "caption"))

    def _prose_lines(self) -> Iterator[int]:
        return (i for i, prose in enumerate(self.prose) if prose)

    def _weight(self, indices: Iterable[int]) -> int:
        return sum(self.lines[i].words for i in indices if self.prose[i])

    def _goes_along(self, index: int, fewest: int) -> bool:
        """Whether a short line next to the prose is a sentence of it."""
        line = self.lines[index]
        return self.rules[index] is None and line.is_sentence and line.words >= fewest

    def last_going_along(self, last: int, suspected: Sequence[str | None]) -> int:
        """The last of the short sentences that follow the line `last` of prose at once, adverts aside."""
        while (
            (after := self._below(last)) is not None
            and suspected[after] is None
            and self._goes_along(after, fewest=4)
        ):
            last = after
        return last

    def first_following(self, first: int) -> int:
        """The first of the lines of prose of which each stands just above the next, down to the line `first`."""
        while first > 0 and self.prose[first - 1]:
            first -= 1
        return first

    def _below(self, index: int) -> int | None:
        """The next line that is no advert within the text."""
        following = (i for i in range(index + 1, len(self.lines)) if self.rules[i] not in _WITHIN)
        return next(following, None)

    def _clusters(self) -> list[list[int]]:
        """Prose lines with fewer than GAP other short lines between them."""
        clusters: list[list[int]] = []
        for i in self._prose_lines():
            between = range(clusters[-1][-1] + 1, i) if clusters else range(0)
            if clusters and sum(not self.lines[k].is_sentence for k in between) < GAP:
                clusters[-1].append(i)
            else:
                clusters.append([i])
        return clusters


_WITHIN = ("ad", "credit")
"""The rules of lines that stand within a text."""
_AGENCY = re.compile(r"[.!?)]\s*\(?[A-ZÄÖÜ]{2,}[A-Za-z./ -]{0,30}\)?$")


def _first(prose: Sequence[bool]) -> int:
    return prose.index(True) if any(prose) else len(prose)


def is_prose(line: PageLine) -> bool:
    """Whether it is long enough for running text, and no row of links."""
    if line.is_sentence:
        return line.words >= PROSE_WORDS
    return line.words >= LONG_WORDS and not _is_row(line)


def _is_row(line: PageLine) -> bool:
    """`Home News Sport Business Weather ...`"""
    names = sum(word[:1].isupper() for word in line.text.split())
    return names >= ROW_SHARE * line.words
