"""Quotation: the stretches of an article that stand in quotation marks, in every style and in sloppy ones, or behind
a dash where speech is written so."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from summarizer.article import Article, count_words
from summarizer.text.reporting_words import Cues, cues

CLOSERS = {
    "“": "”",
    "”": "”",
    "„": "“”",
    "‚": "‘’",
    "‘": "’",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹",
    "「": "」",
    "『": "』",
    '"': '"',
    "'": "'",
}
"""Marks that open, and those that properly close them."""

SLOPPY_CLOSERS = {
    "“": "\"“’'",
    '"': "”“’'",
    "„": '"’',
    "‘": "'\"”",
    "'": "’‘",
    "‚": "'",
    "”": '"',
    "«": '"”',
    "»": '"',
}
"""Marks that are found in their place where the proper one is missing; taken only after punctuation."""

SPEECH_WORDS = 5
"""From so many words on, quoted words are taken for speech; fewer are mostly a term or a doubt about it."""

LOOKAHEAD = 60
"""Marks after an opening one among which its partner is sought, so that time stays linear in the text."""

DEEPEST = 3
"""Quotations within each other; more marks that open are none that will be closed."""

_DASH = re.compile(r"(?:[–—―]\s*|-\s+)(?=[^\W\d_]|[¿¡])")
"""What opens speech at the beginning of a paragraph, in languages that write it so."""

_REPORT = re.compile(r"(?:(?:[,.]|(?<![\s,.]))\s*+[–—]\s*+|(?<=[?!…])\s++|,\s++)([^\W\d_]+)")
"""What ends it: a comma, a question mark or another dash, and the verb that reports it."""

_MARK = re.compile(r"[“”„‚‘’«»‹›「」『』\"']")
_CORNERS = "「」『』"
_SINGLE = "‘’'‚"
_END = ".!?…,;:。！？—–-"


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks, or behind a dash: `start` and `end` are those of the words, without the marks.

    `opened` and `closed` are the offsets of the marks' outer sides. `continued` says that it goes on in the next
    paragraph, which is a Quotation of its own. `is_parted`: a comma parts it from what may report it, so that few
    words are speech where something does.
    """

    start: int
    end: int
    opened: int
    closed: int
    paragraph: int
    is_speech: bool
    continued: bool = False
    is_parted: bool = False


def find_quotations(article: Article) -> tuple[Quotation, ...]:
    """Every quotation in the order of the text; those inside another one belong to it."""
    found: list[Quotation] = []
    paragraphs = paragraph_spans(article)
    for number, (start, end) in enumerate(paragraphs, start=1):
        following = paragraphs[number][0] if number < len(paragraphs) else None
        next_mark = article.text[following] if following is not None else ""
        spoken = _behind_dash(article.text, start, end, number, cues(article.language))
        if spoken:
            found.append(spoken)
            start = spoken.closed
        found += _in_paragraph(article.text, start, end, number, next_mark)
    return tuple(found)


def _behind_dash(text: str, start: int, end: int, paragraph: int, speech: Cues) -> Quotation | None:
    """The words behind the dash that opens a paragraph, up to its report: `– Vi stänger, säger Berg.`"""
    dash = _DASH.match(text, start, end) if speech.dashes else None
    if dash is None:
        return None
    for report in _REPORT.finditer(text, dash.end(), end):
        if report[1] in speech.verbs:
            stop = report.start()
            return Quotation(dash.end(), stop, start, stop, paragraph, is_speech=stop > dash.end(), is_parted=True)
    return None


def paragraph_spans(article: Article) -> list[tuple[int, int]]:
    """Start and end of each paragraph, by the sentences in it."""
    spans: dict[int, tuple[int, int]] = {}
    for sentence in article.sentences:
        start, _ = spans.get(sentence.paragraph, (sentence.start, 0))
        spans[sentence.paragraph] = (start, sentence.end)
    return list(spans.values())


def _in_paragraph(text: str, start: int, end: int, paragraph: int, next_mark: str) -> Iterator[Quotation]:
    marks = [match.start() for match in _MARK.finditer(text, start, end)]
    at = 0
    while at < len(marks):
        opening = marks[at]
        if not _opens(text, opening, start, end):
            at += 1
            continue
        closing = _closing(text, marks, at, start, end)
        if closing is not None:
            if closing > opening + 1:
                yield _quotation(text, opening, closing, closing + 1, paragraph)
            at = bisect_left(marks, closing) + 1
        elif text[opening] == next_mark and text[opening] not in _SINGLE:
            yield replace(_quotation(text, opening, end, end, paragraph), is_speech=True, continued=True)
            return
        else:
            at += 1


def _quotation(text: str, opening: int, closing: int, closed: int, paragraph: int) -> Quotation:
    """The words between two marks, without a comma that belongs to the sentence around them."""
    inner = text[opening + 1 : closing]
    left = opening + 1 + len(inner) - len(inner.lstrip())
    words = inner.strip()
    is_speech = _is_speech(words)
    is_parted = words[:1].isupper() and (words.endswith(",") or text[closed : closed + 1] == ",")
    words = words.removesuffix(",").rstrip()
    return Quotation(left, left + len(words), opening, closed, paragraph, is_speech, is_parted=is_parted)


def _is_speech(text: str) -> bool:
    if count_words(text) >= SPEECH_WORDS:
        return True
    return count_words(text) > 1 and text[:1].isupper() and text[-1:] in ".!?…"


def _opens(text: str, at: int, start: int, end: int) -> bool:
    """Whether the mark at `at` can begin a quotation: nothing but space or an opening sign stands before it."""
    mark = text[at]
    if mark not in CLOSERS or at + 1 >= end:
        return False
    if mark in _CORNERS:
        return True
    before = text[at - 1] if at > start else " "
    after = text[at + 1]
    if before.isalnum() or (not before.isspace() and before not in "([{—–-:/,>“‘„\"'«»…"):
        return mark in "“„«" and not before.isalnum()
    if mark in "»›”":
        return before.isspace() and after.isalnum()
    if mark == "'":
        return after.isalpha() or after in '[“"'
    return not after.isspace() or mark == "«"


def _closes(text: str, at: int, start: int, end: int) -> bool:
    """Whether the mark at `at` can end a quotation."""
    mark = text[at]
    if mark in _CORNERS:
        return True
    after = text[at + 1] if at + 1 < end else " "
    if after.isalnum():
        return mark in "”»"
    return at > start and (not text[at - 1].isspace() or mark == "»" or (mark in '"”' and after.isspace()))


def _closing(text: str, marks: list[int], at: int, start: int, end: int) -> int | None:
    """The mark that closes the one at `marks[at]`: the proper one, else one in its place after punctuation."""
    opener = text[marks[at]]
    window = marks[at + 1 : at + 1 + LOOKAHEAD]
    proper = _own(text, window, opener, CLOSERS[opener], start, end)
    if opener in _SINGLE and proper:
        return _not_an_apostrophe(text, proper)
    if proper:
        return proper[0]
    sloppy = _own(text, window, opener, SLOPPY_CLOSERS.get(opener, ""), start, end)
    return next((mark for mark in sloppy if text[mark - 1] in _END), None)


def _own(text: str, window: list[int], opener: str, closers: str, start: int, end: int) -> list[int]:
    """Marks of `window` that may close `opener`, up to where the next quotation of its kind begins; pairs of the
    same kind in between are passed over."""
    found: list[int] = []
    depth = 0
    for mark in window:
        character = text[mark]
        if character in closers and _closes(text, mark, start, end):
            if depth:
                depth -= 1
                continue
            found.append(mark)
            if opener not in _SINGLE:
                break
        elif character == opener and _opens(text, mark, start, end):
            if opener in "\"'‘" or found:
                break
            depth += 1
            if depth > DEEPEST:
                break
    return found


def _not_an_apostrophe(text: str, candidates: list[int]) -> int:
    """Of single marks the first that is surely no apostrophe, as the one of `the officers’ cars` may be."""
    sure = (mark for mark in candidates if text[mark - 1] in _END or text[mark - 1] not in "sSxz")
    return next(sure, candidates[0])
