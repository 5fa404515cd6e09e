"""Which of the lines above an article is its title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet

from summarizer.reading.header.bylines import opens_as_byline

SHORTEST_TITLE, LONGEST_TITLE = 3, 30
"""Words."""
FEWEST_OF_HEADING = 5
"""Words of a heading at the top of a text; fewer may say of what kind it is: `Handball, 3. Liga`."""
LEAST_AGREEMENT = 0.4
"""The share of a title's longer words that the article uses too."""
STEM = 6
"""So many letters of two words agree when they are forms of one."""
AS_GOOD = 0.75
"""The first line with this share of the best score is the title: what follows it says the same at more length."""
HALFWAY = 60
"""A line so many lines above the article counts half."""
LONG_ENOUGH = 6
"""So many longer words are needed to count in full."""
ABOVE_DATE = 1.5
"""How much more a line counts that stands within REACH lines above authors or a date."""
REACH = 5
BELOW_BYLINE = 2
"""So many lines below a byline its date stands."""
# Chosen on the copies of 68 pages; from half to twice these values one or two titles in 57 change.

LIKENESS = 0.7
"""Words shared (Dice) by two forms of one title."""
SHOWN_SHARE = 0.5
"""Of a page's own title, the words that its story's heading has."""


def title_line(
    lines: Sequence[str],
    candidates: Sequence[int],
    prose: Iterable[str],
    about: Collection[int] = (),
    *,
    is_top: bool = False,
) -> int | None:
    """The number of the line whose words the article takes up most, of those that stand near it rather than far.

    `prose` are the lines of the article, `about` the numbers of the lines that tell authors or dates. `is_top` says
    that the text itself begins with these lines, so that the first of a heading's length is the title and the next
    one its deck.
    """
    if is_top and (first := _first_heading(lines, candidates)) is not None:
        return first
    said = vocabulary(prose) if candidates else set()
    scores = {
        number: _score(lines, number, said) * (ABOVE_DATE if _stands_above(number, about) else 1)
        for number in candidates
        if can_be_title(lines[number]) or (number + 1 in about and can_be_title(lines[number].rstrip(".。")))
    }
    best = max(scores.values(), default=0.0)
    if not best:
        # Compounds and inflected words may not stand in the article; the place then tells.
        return next((number for number in scores if any(number < at <= number + 3 for at in about)), None)
    chosen = next(number for number, score in scores.items() if score >= AS_GOOD * best)
    return _above_byline(lines, chosen, list(scores), about)


def _first_heading(lines: Sequence[str], candidates: Sequence[int]) -> int | None:
    """The first line of a text if it is a heading, or the second below a few words that say of what kind it is."""
    if not candidates or candidates[0] != 0:
        return None
    long = (n for n in candidates[:2] if len(lines[n].split()) >= FEWEST_OF_HEADING and " | " not in lines[n])
    at = next(long, None)
    if at is None or at > 1 or opens_as_byline(lines[at]) or lines[at].isupper():
        return None
    return at if can_be_title(lines[at]) else None


def _above_byline(lines: Sequence[str], chosen: int, possible: Sequence[int], about: Collection[int]) -> int:
    """The line above one that opens as a byline does and has a date just below it: `By our staff in Oslo`."""
    above = [number for number in possible if number < chosen]
    is_byline = opens_as_byline(lines[chosen]) and any(chosen < at <= chosen + BELOW_BYLINE for at in about)
    return above[-1] if is_byline and above and chosen - above[-1] <= REACH else chosen


def _stands_above(number: int, about: Collection[int]) -> bool:
    return any(number < at <= number + REACH for at in about)


def _score(lines: Sequence[str], number: int, said: AbstractSet[str]) -> float:
    words = vocabulary([lines[number]])
    found = len(words & said)
    if not words or found < LEAST_AGREEMENT * len(words):
        return 0.0
    score = found / len(words) * min(1, len(words) / LONG_ENOUGH) / (1 + (len(lines) - number) / HALFWAY)
    return score / 2 if opens_as_byline(lines[number]) else score


def vocabulary(texts: Iterable[str]) -> set[str]:
    """The stems of the longer words of texts."""
    found: set[str] = set()
    for text in texts:
        found.update(_STEMS.findall(text.lower()) if _is_spaced(text) else [w[:STEM] for w in content_words(text)])
    return found


def agreement(text: str, said: AbstractSet[str]) -> float:
    """The share of a text's longer words that are among `said`."""
    words = vocabulary([text])
    return len(words & said) / max(1, len(words))


def can_be_title(line: str) -> bool:
    """Whether the line has a title's length and no mark of another kind of line."""
    dense = 0 if line.isascii() else sum(character > "\u2e80" for character in line)
    words = max(len(line.split()), dense // 2)
    return SHORTEST_TITLE <= words <= LONGEST_TITLE and not _NO_TITLE.search(line)


def is_like(heading: str, title: str) -> bool:
    """Whether a heading is a page's title, which may have the name of the site behind it."""
    words, others = (Counter(re.findall(r"\w+", text.lower())) for text in (heading, title))
    shared = (words & others).total()
    is_whole = words.total() >= 3 and shared == words.total() and shared >= SHOWN_SHARE * others.total()
    return is_whole or 2 * shared > LIKENESS * (words.total() + others.total())


_NO_TITLE = re.compile(
    r"[.。।:;,]$"
    r"|(?:(?<=[^\W\d_]{3})[.!?。！？]\s.*){2}"  # three sentences
    r"|www\.|://|@|\b(?:[01]?\d|2[0-4]):[0-5]\d\b"
    r"|^[-•*–—>»]\s|(?:\s[>»›|•·/]\s.*){2}|\S {2,}+\S.*  \S"  # an item of a list, a path, a menu
)


def content_words(text: str) -> list[str]:
    """Words of four letters and more, in lower case; pairs of characters in scripts without spaces."""
    if _is_spaced(text):
        return re.findall(r"\w{4,}", text.lower())
    return [*_WORD.findall(text.lower()), *_DENSE.findall(text)]


def _is_spaced(text: str) -> bool:
    return text.isascii() or not _INDIC_OR_DENSE.search(text)


_STEMS = re.compile(rf"(\w{{4,{STEM}}})\w*")
_INDIC_OR_DENSE = re.compile("[\u0900-\u0963\u0970-\u0dff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# Indic scripts put marks on their letters, which `\w` does not match.
_WORD = re.compile(r"(?:[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[\u0900-\u0963\u0970-\u0dff]){4,}")
_DENSE = re.compile(r"(?=([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2}))")
