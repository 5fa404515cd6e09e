"""Which lines of prose go with a block that is known for what it is, and which stay as doubtful."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, takewhile

from summarizer.languages.language import alternatives
from summarizer.reading.header.titles import agreement, vocabulary
from summarizer.reading.pasted.line_context import UNLIKE, LabelledLines, is_prose
from summarizer.reading.pasted.line_features import is_stamp
from summarizer.reading.pasted.line_rules import PageLine, is_call

FEWEST_CARDS = 3
"""Teasers with a headline each, or comments with their hour, that make a block."""
NEAR_TITLE = 2
"""Lines above the title in which its own standfirst may stand."""
CARDS_SHARE = 0.6
"""Of the lines of prose in a block of teasers, those that stand alone."""
STAMP_LINES = 4
"""Lines above a comment in which its hour stands."""
TEASERS_AGREEMENT, STRANGE_AGREEMENT, NOTICE_AGREEMENT = 0.5, 0.2, 0.3
"""The share of their longer words that the article has: less makes a row of cards teasers, a line outside of the
article strange to it, and one with the words of a notice a notice. Of the article's own lines one of fifty has less
than .2 in common with the rest, of teasers and notices one of two."""
WITHIN_AGREEMENT = 0.3
"""The same for cards between lines of the article, which may be its own under subheadings."""
FEWEST_MENU, MENU_WORDS = 3, 4
"""Lines of so many words at most that make a menu above or below a text."""


def doubt_calls(page: LabelledLines) -> LabelledLines:
    """Gives their rule to lines that speak to the readers of the page, apart from other prose."""
    calls = (i for i, line in enumerate(page.lines) if page.rules[i] is None and is_call(line))
    return page.drop({i: "call" for i in calls if not _beside_prose(page, i)})


def strange_lines(page: LabelledLines) -> list[int]:
    """The lines of prose below the first that say next to nothing of what other lines say."""
    words = [vocabulary([line.text]) if prose else set() for line, prose in zip(page.lines, page.prose, strict=True)]
    first, lines_with = page.first_prose(), Counter(chain.from_iterable(words))
    shared = {word for word, number in lines_with.items() if number > 1}
    return [i for i, said in enumerate(words) if i > first and len(said & shared) < STRANGE_AGREEMENT * len(said)]


def doubt_menus(page: LabelledLines) -> LabelledLines:
    """Gives their rule to runs of short lines at the very top and at the very end."""
    numbers = range(len(page.lines))
    page = page.drop(_menu(page, numbers))
    return page.drop(_menu(page, numbers[::-1]))


def _menu(page: LabelledLines, order: Iterable[int]) -> dict[int, str]:
    run = takewhile(lambda i: page.rules[i] or _is_of_menu(page.lines[i]), order)
    lines = [i for i in run if page.rules[i] is None]
    return dict.fromkeys(lines, "list") if len(lines) >= FEWEST_MENU else {}


def _is_of_menu(line: PageLine) -> bool:
    return line.words <= MENU_WORDS and not line.is_sentence and not re.search(r"\d", line.text)


def doubtful(page: LabelledLines, copied: bool) -> set[int]:
    """The lines that only their place or looks speak against, and that are in no block of teasers, comments or
    notices; of the copy of a page, which has menus, those of prose."""
    suspects = [i for i, rule in enumerate(page.rules) if rule in UNLIKE and (is_prose(page.lines[i]) or not copied)]
    kept = [i for i, rule in enumerate(page.rules) if rule is None]
    if not (copied and kept):
        return set(suspects)
    said = vocabulary(page.lines[i].text for i in kept)
    title = page.rules.index("title") if "title" in page.rules else 0
    article = range(min(title, kept[0]), kept[-1])
    inside = [i for i in suspects if i in article]
    outside = [i for i in suspects if i not in article]
    known = (
        {i for i in suspects if i < title - NEAR_TITLE}
        | _notices(page, suspects, article, said)
        | _strangers(page, outside, article.start, said)
        | _comments(page, outside)
    )
    known |= _teasers(page, [i for i in inside if page.rules[i - 1] in UNLIKE], said, WITHIN_AGREEMENT)
    known |= _teasers(page, outside, said, TEASERS_AGREEMENT)
    return set(suspects) - known


def _teasers(page: LabelledLines, lines: Sequence[int], said: set[str], most: float) -> set[int]:
    found: set[int] = set()
    for run in _runs(page, lines):
        cards = [i for i in run if _is_alone(page, i)]
        text = "\n".join(page.lines[i].text for i in cards)
        if len(cards) >= max(FEWEST_CARDS, CARDS_SHARE * len(run)) and agreement(text, said) < most:
            found.update(i for i in run if not _runs_on(page.lines[i - 1]) or not _runs_on(page.lines[i]))
    return found


def _runs(page: LabelledLines, lines: Sequence[int]) -> Iterator[list[int]]:
    """The lines in groups between which none is kept and no list of stories begins."""
    run: list[int] = []
    for i in lines:
        if run and (None in page.rules[run[-1] : i] or any(page.sections[run[-1] : i])):
            yield run
            run = []
        run.append(i)
    yield run


def _is_alone(page: LabelledLines, i: int) -> bool:
    """Whether it stands alone below a headline."""
    is_headed = i > 0 and page.rules[i - 1] in (*UNLIKE, "section") and not page.lines[i - 1].text.endswith(".")
    return is_headed and not _beside_prose(page, i)


def _beside_prose(page: LabelledLines, i: int) -> bool:
    return any(_runs_on(line) for line in (*page.lines[max(0, i - 1) : i], *page.lines[i + 1 : i + 2]))


def _runs_on(line: PageLine) -> bool:
    """Whether it is prose and no headline that was cut."""
    return is_prose(line) and not line.text.endswith(("...", "…"))


def _strangers(page: LabelledLines, lines: Sequence[int], top: int, said: set[str]) -> set[int]:
    """Lines under a headline of their own, or above the article's `top`, of which it says next to nothing."""
    return {
        i
        for i in lines
        if _is_alone(page, i)
        and (page.rules[i - 1] in UNLIKE or i < top)
        and _agrees(page.lines[i], said) < STRANGE_AGREEMENT
    }


def _comments(page: LabelledLines, lines: Sequence[int]) -> set[int]:
    """From the first line below an hour to the last, where there are several, and the paragraphs that follow it."""
    stamped = [i for i in lines if any(map(is_stamp, page.lines[max(0, i - STAMP_LINES) : i]))]
    if len(stamped) < FEWEST_CARDS:
        return set()
    end = next((i for i in range(stamped[-1], len(page.lines)) if not is_prose(page.lines[i])), len(page.lines))
    return {i for i in lines if stamped[0] <= i < end}


def _notices(page: LabelledLines, lines: Sequence[int], article: range, said: set[str]) -> set[int]:
    """What a site says of cookies and of itself, and outside of the article to its readers."""
    calls = {i for i in lines if i not in article and is_call(page.lines[i])}
    notices = {i for i in lines if _of_notices().search(page.lines[i].lower)}
    return calls | {i for i in notices if _agrees(page.lines[i], said) < NOTICE_AGREEMENT}


@cache
def _of_notices() -> re.Pattern[str]:
    cookie = alternatives(lambda language: language.pages.cookie)
    promo = alternatives(lambda language: language.paste.promo)
    return re.compile(rf"{cookie}|(?:^|[.!?] )(?:{promo})")


def _agrees(line: PageLine, said: set[str]) -> float:
    return agreement(line.text, said)
