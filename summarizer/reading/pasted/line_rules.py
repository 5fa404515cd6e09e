"""One line of a pasted text, and the rules that know it for junk by its words alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property

from summarizer.article import unspaced_in
from summarizer.languages.language import alternatives, languages, lower
from summarizer.languages.tables import PasteTable, Patterns
from summarizer.text.sentence_ends import END

LONGEST_JUNK = 600
"""Characters: a longer line is never taken for junk by its words."""
_SIGNS = rf"[\W_]{{0,{LONGEST_JUNK}}}"
"""What may stand before the words of a line."""

LONGEST_NOTICE = 120
"""Words."""

LONGEST_CALL = 80
"""Words."""

LONGEST_CREDIT = 120
"""Characters at the end of a line."""

LONGEST_HEADING = 120
"""Characters."""

_HANGUL = re.compile(r"[\uac00-\ud7af]")


@dataclass(frozen=True)
class PageLine:
    """One line of the source, without the white space around it."""

    start: int
    end: int
    text: str

    @property
    def place(self) -> tuple[int, int]:
        """Where it begins and ends."""
        return self.start, self.end

    @cached_property
    def words(self) -> int:
        """Words; of scripts without spaces, and of Korean, two characters count as one more."""
        dense = len(unspaced_in(self.text)) + len(_HANGUL.findall(self.text))
        return len(self.text.split()) + dense // 2

    @cached_property
    def lower(self) -> str:
        """Its text in lower case, as the word lists are."""
        return lower(self.text)

    @cached_property
    def is_sentence(self) -> bool:
        """Whether it ends as a sentence does."""
        return bool(END.search(self.text))


@dataclass(frozen=True)
class Lexicon:
    """The word lists of all languages: pages carry junk in other languages than their article's."""

    ad: re.Pattern[str]
    share: frozenset[str]
    promo: re.Pattern[str]
    calls: re.Pattern[str]
    info: re.Pattern[str]
    rights: tuple[str, ...]
    related: re.Pattern[str]
    section: re.Pattern[str]
    closing: re.Pattern[str]
    credit: re.Pattern[str]
    """At the end of a line that ends as no sentence does."""
    credit_of_sentence: re.Pattern[str]
    """At the end of any line."""
    notice: re.Pattern[str]


@cache
def lexicon() -> Lexicon:
    """The lists of `languages/*/paste.toml`, compiled."""
    tables = [language.paste for language in languages()]

    def either(listed: Callable[[PasteTable], Patterns]) -> str:
        return alternatives(lambda language: listed(language.paste))

    def starting(listed: Callable[[PasteTable], Patterns], before: str = _SIGNS) -> re.Pattern[str]:
        return re.compile(f"^{before}(?:{either(listed)})")

    credit, before_heading = either(lambda words: words.credit), rf"[\W_\d]{{0,{LONGEST_HEADING}}}"
    return Lexicon(
        ad=re.compile(rf"{_SIGNS}(?:{either(lambda words: words.ad)}){_SIGNS}"),
        share=frozenset(word for words in tables for word in words.share),
        promo=starting(lambda words: words.promo),
        calls=re.compile(rf"(?<!\w){either(lambda words: words.calls)}"),
        info=re.compile(rf"^{_SIGNS}(?:{either(lambda words: words.info)})$"),
        rights=tuple(phrase for words in tables for phrase in words.rights),
        related=starting(lambda words: words.related),
        section=starting(lambda words: words.section, before_heading),
        closing=starting(lambda words: words.closing, before_heading),
        credit=re.compile(
            rf"\b(?:{credit}) ?(?:[:©]|credit\b|by (?-i:[A-Z]))[^.!?]{{2,70}}$"
            r"|\bcopyright (?-i:[A-Z])[^.!?]{2,70}$"
            r"|\[[^\]]{3,40}/[^\]]{2,40}\]$"
            r"|\(?(?:getty images|reuters|afp|picture alliance|imago)[^.!?]{0,30}\)?$",
            re.IGNORECASE,
        ),
        credit_of_sentence=re.compile(rf"(?:^|[. ])©.{{2,60}}$|\billustration of\b.{{0,{LONGEST_CREDIT}}}\bby "),
        notice=starting(lambda words: words.notice),
    )


def is_symbols(line: PageLine) -> bool:
    """`***`"""
    return not re.search(r"\w", line.text)


def is_ad(line: PageLine) -> bool:
    """`ADVERTISEMENT`"""
    return line.words <= 14 and bool(lexicon().ad.fullmatch(line.lower))


def is_share(line: PageLine) -> bool:
    """`Share this articleComments`"""
    words = [word for word in re.findall(r"\w+", line.text) if not word.isdigit()] if line.words <= 14 else []
    if line.is_sentence and len(words) == 1:
        return False  # `Facebook.` heads what its spokesman says
    return bool(words) and all(map(_is_share_word, words))


def _is_share_word(word: str) -> bool:
    """Buttons are copied without the space between them: `articleComments`."""
    glued = re.sub(r"([a-zà-ÿ])([A-ZÀ-Þ])", r"\1 \2", word).lower().split()
    return word.lower() in lexicon().share or lexicon().share.issuperset(glued)


def is_info(line: PageLine) -> bool:
    """`5 min read`, `© 2026 The Echo. All rights reserved.`"""
    if line.words > 45:
        return False
    return bool(lexicon().info.match(line.lower)) or any(phrase in line.lower for phrase in lexicon().rights)


def is_promo(line: PageLine) -> bool:
    """`Sign up for our newsletter`"""
    return line.words <= 45 and bool(lexicon().promo.match(line.lower))


def is_call(line: PageLine) -> bool:
    """`Have you been affected by the strike? Let us know what you think.`"""
    if not lexicon().calls.search(line.lower):
        return False
    return line.is_sentence and line.words <= LONGEST_CALL and not _QUOTED.search(line.text)


_QUOTED = re.compile('["“”«»„]')


def is_related(line: PageLine) -> bool:
    """`Read more: Oslo expels diplomats`"""
    return line.words <= (12 if line.is_sentence else 20) and bool(lexicon().related.match(line.lower))


def is_credit(line: PageLine) -> bool:
    """`The embassy in Oslo. Copyright Ann Byrd / NTB`"""
    start = max(0, len(line.text) - LONGEST_CREDIT)
    if line.words > 70:
        return False
    if lexicon().credit_of_sentence.search(line.lower, start):
        return True
    return line.text[-1] not in ".!?" and bool(lexicon().credit.search(line.text, start))


def is_contact(line: PageLine) -> bool:
    """`ann@vestby.example`"""
    return bool(_CONTACT.fullmatch(line.text))


_CONTACT = re.compile(r"[^\w@]*+(?:[\w.+-]++@[\w-]++\.[\w.-]++|@\w{2,30})\W*+")


def is_notice(line: PageLine) -> bool:
    """`This e-mail is confidential and meant only for the person to whom it is addressed.`"""
    return line.words <= LONGEST_NOTICE and bool(lexicon().notice.match(line.lower))


def is_section(line: PageLine) -> bool:
    """`You might also like`"""
    return _is_heading(line) and bool(lexicon().section.match(line.lower) or lexicon().closing.match(line.lower))


def is_closing(line: PageLine) -> bool:
    """`Comments`, `Press contact`: nothing of the article follows."""
    return _is_heading(line) and bool(lexicon().closing.match(line.lower))


def _is_heading(line: PageLine) -> bool:
    return line.words <= 8 and len(line.text) <= LONGEST_HEADING and not line.is_sentence


LINE_RULES: dict[str, Callable[[PageLine], bool]] = {
    "symbols": is_symbols,
    "ad": is_ad,
    "share": is_share,
    "info": is_info,
    "promo": is_promo,
    "related": is_related,
    "credit": is_credit,
    "notice": is_notice,
}


def line_rule(line: PageLine) -> str | None:
    """The first rule that the line falls under on its own."""
    if len(line.text) > LONGEST_JUNK:
        return None
    return next((name for name, holds in LINE_RULES.items() if holds(line)), None)
