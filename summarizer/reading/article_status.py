"""Whether a text is an article that a summary can be made of; if not, what it is instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from summarizer.article import Removed, Status, count_words
from summarizer.languages.language import ANYTHING, alternatives, lower
from summarizer.languages.tables import PagesTable, Patterns
from summarizer.reading.pasted.line_context import is_prose
from summarizer.reading.pasted.line_rules import PageLine

FEWEST_WORDS = 20
"""A shorter text is no article that a summary could be made of."""
LONGEST_STUB = 200
"""Words: where more than that is left, a call to subscribe has not cut the article off."""
FEWEST_SIGNS = 3
"""One or two may stand in an article or around it."""
MOST_OF_IT = 0.5
"""The share of the lines, or of the words, that makes a page what it is."""
FEWEST_LINKS, LINK_SHARE = 10, 0.75


@dataclass(frozen=True, slots=True)
class StatusVerdict:
    """The status and, unless it is ok, the reason in a sentence."""

    status: Status = "ok"
    reason: str | None = None


def article_status(text: str, removed: Sequence[Removed], *, for_subscribers: bool = False) -> StatusVerdict:
    """The article_status on a text. What was removed around it has a say: a shop's buttons are no part of the text.

    `for_subscribers`: the page itself says that it is not free to read.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    around = [entry.text for entry in removed if not entry.rule.startswith(("char.", "hidden."))]
    words = count_words(text)
    if kind := _other_kind(lines, around):
        return StatusVerdict("not_an_article", f"This is {kind}, not an article.")
    if words < LONGEST_STUB and (for_subscribers or any(map(_signs().paywall.search, map(lower, [*lines, *around])))):
        return StatusVerdict("paywalled", f"The article goes on behind a paywall; {words} words of it can be read.")
    if words < FEWEST_WORDS:
        return StatusVerdict("too_short", f"The text has {words} words; an article needs at least {FEWEST_WORDS}.")
    return StatusVerdict()


def _other_kind(lines: Sequence[str], around: Sequence[str]) -> str | None:
    if is_code(lines):
        return "source code"
    lower_lines, lower_around = list(map(lower, lines)), list(map(lower, around))
    if is_consent(lower_lines, lower_around):
        return "a page that asks for consent to cookies"
    if is_shop(lower_lines, lower_around):
        return "a product page"
    if is_recipe([*lower_lines, *lower_around]):
        return "a recipe"
    return "a list of headlines or links" if is_list(lines) else None


def is_code(lines: Sequence[str]) -> bool:
    """Half of the lines, and at least FEWEST_SIGNS, are statements."""
    found = sum(bool(_CODE.search(line)) for line in lines)
    return found >= FEWEST_SIGNS and found >= MOST_OF_IT * len(lines)


_CODE = re.compile(
    r"^\s*(?:"
    r"(?:async )?def \w+\(|class \w.*[:{]$|import \w[\w.]*$|from \S+ import |#include\b|return\b.*[;)\w]$"
    r"|(?:public|private|static|const|let|var|func|fn|function|package|using)\b.*[;{(=]"
    r"|(?:if|for|while|elif|else|try|except|catch|switch)\b.*[:{]$"
    r"|[\w.\[\]]+ [-+]?= \S|[\w.]+\(.*\)[;:]?$|<[^<>]+>$|@\w+|//|/\*|\$ "
    r")|[;{}]\s*$|^\s*[)\]}]+[,;]?\s*$"
)


def is_consent(lines: Sequence[str], around: Sequence[str]) -> bool:
    """Most words stand in lines that ask for consent, with at least FEWEST_SIGNS different requests.

    The lines are in lower case, here and for a shop and a recipe.
    """
    if not any(_signs().cookie.search(line) for line in (*lines, *around)):
        return False
    asking = _signs().consent
    said = {match[0] for line in (*lines, *around) for match in asking.finditer(line)}
    share = _words(line for line in lines if asking.search(line))
    return len(said) >= FEWEST_SIGNS and share >= MOST_OF_IT * _words(lines)


def is_shop(lines: Sequence[str], around: Sequence[str]) -> bool:
    """At least FEWEST_SIGNS different lines of a shop, a price among the lines, and little running text."""
    everything = [*lines, *around]
    signs = {line for line in everything if _signs().shop.fullmatch(line)}
    priced = any(_PRICE.match(line) for line in everything)
    return len(signs) >= FEWEST_SIGNS and priced and _words(lines) < 2 * LONGEST_STUB


_CURRENCY = r"(?:[$£€¥]|usd|eur|gbp|chf|kr)"
_PRICE = re.compile(rf"(?:\D{{0,20}}[:\s])?{_CURRENCY}\s?\d[\d.,]*|\d[\d.,]*\s?{_CURRENCY}(?!\w)")


def is_recipe(lines: Sequence[str]) -> bool:
    """At least FEWEST_SIGNS quantities, each in a line of its own, and two headings of a recipe or one and numbered
    steps; or twice as many quantities and steps."""
    quantities = sum(bool(_signs().quantity.match(line)) for line in lines)
    if quantities < FEWEST_SIGNS:
        return False
    headings = {line for line in lines if _signs().recipe.fullmatch(line.strip(" :：*#【】"))}
    has_steps = sum(bool(_STEP.match(line)) for line in lines) >= FEWEST_SIGNS
    return len(headings) + has_steps >= 2 if headings else has_steps and quantities >= 2 * FEWEST_SIGNS


_STEP = re.compile(r"(?:[^\W\d_]{1,12}\s)?\d{1,2}\s?[.):、．]\s?\S")


def is_list(lines: Sequence[str]) -> bool:
    """Headlines one below the other and no sentence of running text among them."""
    links = sum(bool(_LINK.fullmatch(line)) for line in lines)
    return links >= FEWEST_LINKS and links >= LINK_SHARE * len(lines) and not any(map(_is_prose, lines))


_LINK = re.compile(r"(?:[-*•»>] ?)?[^\W\d_](?:\S* ){2,15}\S*[^\s.!:;。]")


def _is_prose(line: str) -> bool:
    return is_prose(PageLine(0, len(line), line))


def _words(lines: Iterable[str]) -> int:
    return sum(map(count_words, lines))


@dataclass(frozen=True, slots=True)
class _Signs:
    cookie: re.Pattern[str]
    consent: re.Pattern[str]
    recipe: re.Pattern[str]
    quantity: re.Pattern[str]
    shop: re.Pattern[str]
    paywall: re.Pattern[str]


@cache
def _signs() -> _Signs:
    """The lists of `languages/*/pages.toml`, of all languages at once, for lines in lower case."""

    def either(listed: Callable[[PagesTable], Patterns]) -> str:
        return alternatives(lambda language: listed(language.pages))

    measure = either(lambda words: words.measure)
    number = r"[\d½¼¾⅓⅔][\d½¼¾⅓⅔.,/ –-]{0,12}"
    amount = rf"(?:{number}(?:{measure})|(?:{measure}) ?{number})(?![^\W\d_])"
    quantity = rf"\s*(?:[-*•▢・] ?)?(?:{amount}|[^\W\d_][^.!?。]{{0,30}}[\s:：—–…-]{amount}\.?$)"
    # A time or a number of servings may stand behind a heading.
    recipe = rf"(?:{either(lambda words: words.recipe)})(?:\s?[:：]\s?.{{0,30}}\d{ANYTHING}|\s?[(（].{{1,30}}[)）])?"
    cookie = either(lambda words: words.cookie)  # the long list takes 8 ms for 700 words
    return _Signs(
        cookie=re.compile(cookie),
        consent=re.compile(either(lambda words: words.consent)),
        recipe=re.compile(recipe),
        quantity=re.compile(quantity),
        shop=re.compile(either(lambda words: words.shop)),
        paywall=re.compile(either(lambda words: words.paywall)),
    )
